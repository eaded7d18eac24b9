//! Imports: documents of Word, Markdown and text, whole and damaged. Whatever comes in, its words are counted and what is written is YAML.

use std::io::{Cursor, Write};
use std::path::Path;

use flashpoint::import::{Changes, Input, Wishes, import};

use super::judge::Judged;
use super::random::Random;
use super::texts::line;

/// Elements that documents are made of; `{}` holds what is inside.
const INSIDE: &[&str] = &[
    "<w:r>{}</w:r>",
    "<w:r><w:rPr><w:b/><w:i/></w:rPr>{}</w:r>",
    "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/><w:lang w:val=\"ur-PK\"/></w:rPr>{}</w:r>",
    "<w:r><w:rPr><w:vanish/></w:rPr>{}</w:r>",
    "<w:ins>{}</w:ins>",
    "<w:del>{}</w:del>",
    "<w:hyperlink r:id=\"link\">{}</w:hyperlink>",
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:fldSimple w:instr=\"HYPERLINK &quot;https://e.org/&quot;\">{}</w:fldSimple>",
    "<w:r><w:fldChar w:fldCharType=\"begin\"/>{}<w:fldChar w:fldCharType=\"separate\"/></w:r>",
    "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>{}",
    "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
    "<w:r><w:footnoteReference w:id=\"2\"/></w:r>{}",
    "<w:commentRangeStart w:id=\"1\"/>{}<w:commentRangeEnd w:id=\"1\"/>",
];

const BLOCKS: &[&str] = &[
    "<w:p>{}</w:p>",
    "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>{}</w:p>",
    "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr>{}</w:p>",
    "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"3\"/></w:numPr></w:pPr>{}</w:p>",
    "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>",
    "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>",
    "<w:p><w:r><w:drawing><wp:docPr descr=\"x\"/><a:blip r:embed=\"p\"/><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:drawing></w:r></w:p>",
];

/// Makes a document: XML of a Word document, Markdown, or text.
pub(crate) fn make(random: &mut Random) -> Vec<u8> {
    if random.chance(40) {
        let mut text = String::new();
        for _ in 0..random.few() {
            let mark = random.pick(&[
                "",
                "# ",
                "- ",
                "1. ",
                "> ",
                "Amina Khan, Director\n",
                "Date: 4 May 2025\n",
                "[^a]: ",
                "| a | b |\n|---|---|\n| ",
                "---\n",
            ]);
            text.push_str(mark);
            text.push_str(&line(random));
            text.push_str(random.pick(&["\n", "\n\n", "\r\n", "[^a]\n"]));
        }
        return text.into_bytes();
    }
    let mut body = String::from("<w:body>");
    for _ in 0..random.few() {
        let mut inside = String::new();
        for _ in 0..random.few() {
            let escaped = line(random).replace('&', "&amp;").replace('<', "&lt;");
            let text = format!("<w:t xml:space=\"preserve\">{escaped}</w:t>");
            inside.push_str(&random.pick(INSIDE).replace("{}", &text));
        }
        body.push_str(&random.pick(BLOCKS).replace("{}", &inside));
    }
    body.push_str("</w:body>");
    body.into_bytes()
}

/// Imports a document, as the kinds of file that it may be.
pub(crate) fn run(_: &Path, input: &[u8]) -> Judged {
    let mut met = Vec::new();
    let mut whole = false;
    let files: [(&str, Vec<u8>); 3] = [
        ("a.docx", packed(input)),
        ("a.md", input.to_vec()),
        ("a.txt", input.to_vec()),
    ];
    for (name, bytes) in files {
        for changes in [Changes::Accept, Changes::Reject] {
            let input = Input {
                name: name.to_owned(),
                bytes: bytes.clone(),
            };
            let wishes = Wishes {
                changes,
                ..Wishes::default()
            };
            match import(&[input], &wishes) {
                Err(error) => met.push(error.reason.chars().take(30).collect()),
                Ok(imported) => {
                    let count = imported.count;
                    assert_eq!(count.found, count.written + count.told, "{name}");
                    let read: Result<serde_yaml::Value, _> = serde_yaml::from_str(&imported.source);
                    assert!(read.is_ok(), "{:?}\n{}", read.err(), imported.source);
                    let remarks = imported.remarks.iter();
                    met.extend(remarks.map(|remark| remark.message.chars().take(20).collect()));
                    whole = true;
                }
            }
        }
    }
    Judged::new(whole, met)
}

/// The package of a document whose main part holds these bytes.
fn packed(body: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, parts: &[&[u8]]| {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(name, options).expect("a part");
        parts
            .iter()
            .for_each(|part| zip.write_all(part).expect("bytes"));
    };
    put("word/_rels/document.xml.rels", &[b"<r><Relationship Id=\"p\" Type=\"x/image\" Target=\"../../x\"/><Relationship Id=\"n\" Type=\"x/footnotes\" Target=\"n.xml\"/></r>"]);
    put(
        "word/n.xml",
        &[b"<n><footnote id=\"2\"><p><r><t>A note</t></r></p></footnote></n>"],
    );
    let head =
        b"<w:document xmlns:w=\"w\" xmlns:r=\"r\" xmlns:mc=\"m\" xmlns:wp=\"d\" xmlns:a=\"a\">";
    put("word/document.xml", &[head, body, b"</w:document>"]);
    zip.finish().expect("a package").into_inner()
}
