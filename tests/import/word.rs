//! Documents of Word, written by hand in its XML: what no library writes.

use flashpoint::import::{Changes, Imported, Wishes};

use super::imported;

/// A Word document of these parts, written by hand.
pub(super) fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
    const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
        xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
        xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
        xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
        xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
        xmlns:v=\"urn:schemas-microsoft-com:vml\"";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut put = |name: &str, content: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        std::io::Write::write_all(&mut zip, content.as_bytes()).unwrap();
    };
    put(
        "_rels/.rels",
        &format!(
            "<Relationships><Relationship Id=\"a\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
        ),
    );
    let mut relationships = String::new();
    for (name, content) in parts {
        let is_part = name.ends_with(".xml");
        let root = match *name {
            "document" => {
                format!("<w:document {NAMESPACES}><w:body>{content}</w:body></w:document>")
            }
            other if !is_part => format!("<w:{other} {NAMESPACES}>{content}</w:{other}>"),
            _ => (*content).to_owned(),
        };
        let path = if is_part {
            (*name).to_owned()
        } else {
            format!("word/{name}.xml")
        };
        put(&path, &root);
        if !is_part && *name != "document" {
            let kind = if name.starts_with("hdr") {
                "header"
            } else {
                name
            };
            relationships.push_str(&format!(
                "<Relationship Id=\"r{name}\" Type=\"{OFFICE}/{kind}\" Target=\"{name}.xml\"/>"
            ));
        }
    }
    relationships.push_str(&format!(
        "<Relationship Id=\"link\" Type=\"{OFFICE}/hyperlink\" Target=\"https://example.org/\" TargetMode=\"External\"/>\
         <Relationship Id=\"file\" Type=\"{OFFICE}/hyperlink\" Target=\"picture.jpg\" TargetMode=\"External\"/>\
         <Relationship Id=\"out\" Type=\"{OFFICE}/image\" Target=\"../../../etc/passwd\"/>"
    ));
    put(
        "word/_rels/document.xml.rels",
        &format!("<Relationships>{relationships}</Relationships>"),
    );
    zip.finish().unwrap().into_inner()
}

pub(super) const TEXT: &str = "This is running text that is long enough to be no line of its own, and it ends as a sentence does.";

pub(super) fn p(inside: &str) -> String {
    format!("<w:p>{inside}</w:p>")
}

pub(super) fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// The lines of a statement that a document of these parts becomes.
pub(super) fn statement(parts: &[(&str, &str)]) -> (String, Imported) {
    let imported = imported("a.docx", &docx(parts), &Wishes::default());
    let from = imported.source.find("statement:\n").unwrap_or(0);
    (imported.source[from..].to_owned(), imported)
}

#[test]
fn what_word_writes_is_read() {
    let body = [
        p(&(r("One ") + "<w:ins w:author=\"A\">" + &r("new ") + "</w:ins><w:del w:author=\"A\"><w:r><w:delText>old </w:delText></w:r></w:del>" + &r(TEXT))),
        p(&("<w:commentRangeStart w:id=\"3\"/>".to_owned() + &r("Two") + "<w:commentRangeEnd w:id=\"3\"/><w:r><w:commentReference w:id=\"3\"/></w:r>"
            + "<w:r><w:footnoteReference w:id=\"2\"/></w:r>" + &r(" go on; ") + "<w:hyperlink r:id=\"link\">" + &r("a link") + "</w:hyperlink>" + &r(" too."))),
        p(&("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>HYPERLINK \"https://e.org/\" </w:instrText></w:r>\
            <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>".to_owned() + &r("A field") + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>" + &r(" leads there."))),
        "<w:sdt><w:sdtPr/><w:sdtContent>".to_owned() + &p(&("<w:smartTag>".to_owned() + &r("In a control.") + "</w:smartTag>")) + "</w:sdtContent></w:sdt>",
        p(&("<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><wp:docPr descr=\"x\"/><w:txbxContent>".to_owned() + &p(&r("In a box."))
            + "</w:txbxContent></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>" + &p(&r("In a box."))
            + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>" + &r("Beside a box."))),
        p("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Joined</w:t></w:r>"),
        p(&r("with the next.")),
        p(&("<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>".to_owned() + &r(" is known."))),
        p(&("<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden</w:t></w:r>".to_owned() + &r("Seen <w:x/>"))),
    ]
    .concat();
    let (source, imported) = statement(&[
        ("document", &body),
        (
            "comments",
            "<w:comment w:id=\"3\" w:author=\"Amina\" w:date=\"2025-11-04T10:00:00Z\"><w:p><w:r><w:t>Is this so?</w:t></w:r></w:p></w:comment>",
        ),
        (
            "footnotes",
            "<w:footnote w:id=\"2\"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>",
        ),
        ("hdr", "<w:p><w:r><w:t>Running head</w:t></w:r></w:p>"),
    ]);
    for line in [
        "- Two[^1] go on; [a link](https://example.org/) too.\n",
        "- \"Amina, 2025-11-04: Is this so? (on “Two”)\"\n",
        "- \"[A field](https://e.org/) leads there.\"\n",
        "- In a control.\n      - Beside a box.\n      - In a box.\n      - Joined with the next.\n      - E=mc is known.\n",
        "  1: A note.\n",
    ] {
        let line = line.replace("- \"Amina", "- query: \"Amina");
        assert!(
            source.contains(&line),
            "no {line} in:\n{source}\n{:?}",
            imported.remarks
        );
    }
    assert!(source.contains("One new This is running"), "{source}");
    let told: Vec<&str> = imported
        .remarks
        .iter()
        .map(|remark| remark.words.as_str())
        .collect();
    for words in ["old ", "Running head", "Hidden"] {
        assert!(told.contains(&words), "{told:?}");
    }
    assert!(
        !imported
            .remarks
            .iter()
            .any(|remark| remark.message.contains("found no place")),
        "{:?}",
        imported.remarks
    );
    let rejected = Wishes {
        changes: Changes::Reject,
        ..Wishes::default()
    };
    let before = self::imported("a.docx", &docx(&[("document", &body)]), &rejected);
    assert!(
        before.source.contains("One old This is running"),
        "{}",
        before.source
    );
    assert!(before.source.contains("- Joined\n"), "{}", before.source);
}

/// What documents of other programs' tests taught.
#[test]
fn nothing_of_what_programs_leave_behind_is_lost() {
    let comment = |id: u8| {
        format!(
            "<w:comment w:id=\"{id}\" w:author=\"Noor\"><w:p><w:r><w:t>Question {id}?</w:t></w:r></w:p></w:comment>"
        )
    };
    let asked = |id: u8, inside: &str, style: &str| {
        p(&format!(
            "<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}<w:r><w:commentReference w:id=\"{id}\"/></w:r>",
            r(inside)
        ))
    };
    let styles = ["Title", "heading 1"].map(|name| {
        let id = name.replace(' ', "").replace('h', "H");
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/></w:style>"
        )
    });
    let numbered = |text: &str| {
        p(
            &("<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>"
                .to_owned()
                + &r(text)),
        )
    };
    let cell = |inside: &str| format!("<w:tc>{inside}</w:tc>");
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell(&p(&r("What"))),
        cell(&p(&r("Steps"))),
        cell(&p(&r("Talks"))),
        cell(&(numbered("meet") + &numbered("agree"))),
    );
    let body = [
        asked(1, "東京の題", "Title"),
        asked(2, "Amina Khan", "Heading1"),
        asked(3, "Director, Centre for Afghanistan", ""),
        p(&(r(TEXT) + "<w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:footnoteReference w:id=\"9\"/></w:r>")),
        p(&("<w:hyperlink r:id=\"file\">".to_owned() + &r("A picture") + "</w:hyperlink>"
            + "<w:r><w:ruby><w:rt><w:r><w:t>とう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東</w:t></w:r></w:rubyBase></w:ruby></w:r>")),
        table,
        "</w:body><w:body>".to_owned(),
        p(&r("A second body of a damaged file.")),
    ]
    .concat();
    let notes = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:t>Footnotes</w:t></w:r></w:p></w:footnote>\
        <w:footnote w:id=\"2\"><w:p/></w:footnote>";
    let numbering = "<w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>";
    let comments = [comment(1), comment(2), comment(3)].concat();
    let imported = imported(
        "Tokyo talks.docx",
        &docx(&[
            ("document", &body),
            ("styles", &styles.concat()),
            ("comments", &comments),
            ("footnotes", notes),
            ("numbering", numbering),
        ]),
        &Wishes::default(),
    );
    let source = &imported.source;
    let lines = [
        "slug: tokyo-talks\n",
        "  - name: Amina Khan\n    affiliation: Director, Centre for Afghanistan\n",
        "- query: \"Noor: Question 1? (on “東京の題”)\"\n",
        "- query: \"Noor: Question 2? (on “Amina Khan”)\"\n",
        "- query: \"Noor: Question 3? (on “Director, Centre for Afghanistan”)\"\n",
        "- A picture東\n",
        "- [Talks, 1. meet 2. agree]\n",
        "- A second body of a damaged file.\n",
    ];
    for line in lines {
        assert!(source.contains(line), "no {line} in:\n{source}");
    }
    assert!(!source.contains("[^"), "{source}");
    let told = |message: &str, words: &str| {
        let mut remarks = imported.remarks.iter();
        remarks.any(|remark| remark.message.contains(message) && remark.words.contains(words))
    };
    assert!(
        told("readings above letters", "とう"),
        "{:?}",
        imported.remarks
    );
    assert!(told("between text and notes", "Footnotes"));
    assert!(told("a mark of a note", "") && told("`picture.jpg`", ""));
    assert!(!told("found no place", ""), "{:?}", imported.remarks);
}

#[test]
fn lists_and_tables_of_word_are_those_of_the_format() {
    let item = |text: &str, id: u8, level: u8| {
        p(&(format!(
            "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr></w:pPr>"
        ) + &r(text)))
    };
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(&r(text)))
    };
    let table = [
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>",
        &cell("", "Year"),
        &cell("<w:gridSpan w:val=\"2\"/>", "Ships"),
        "</w:tr><w:tr>",
        &cell("", "1913"),
        &cell("", "12"),
        &cell("", "3"),
        "</w:tr></w:tbl>",
    ]
    .concat();
    let body = [
        p(&r(TEXT)),
        item("one", 1, 0),
        item("two", 1, 0),
        item("inner", 2, 1),
        item("three", 1, 0),
        p(&r(TEXT)),
        item("four", 1, 0),
        table,
    ]
    .concat();
    let level = |level: u8, format: &str| {
        format!(
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"7\">{}</w:abstractNum><w:abstractNum w:abstractNumId=\"8\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"8\"/></w:num>",
        level(0, "decimal"),
        level(1, "bullet")
    );
    let (source, imported) = statement(&[("document", &body), ("numbering", &numbering)]);
    let lists = "      - numbered:\n          - one\n          - - two\n            - list:\n                - inner\n          - three\n";
    assert!(source.contains(lists), "{source}");
    assert!(
        source.contains("      - numbered:\n          - four\n"),
        "{source}"
    );
    assert!(source.contains("header:\n            - [Year, Ships, \"\"]\n          rows:\n            - [\"1913\", \"12\", \"3\"]\n"), "{source}");
    let told = |words: &str| {
        imported
            .remarks
            .iter()
            .any(|remark| remark.message.contains(words))
    };
    assert!(
        told("begins with 4 begins with 1") && told("merged cells"),
        "{:?}",
        imported.remarks
    );
}

#[test]
fn a_large_first_letter_belongs_to_its_word() {
    let frame = "<w:pPr><w:framePr w:dropCap=\"drop\" w:lines=\"3\"/></w:pPr>";
    let document = p(&r(TEXT)) + &p(&(frame.to_owned() + &r("T"))) + &p(&r(&TEXT[1..]));
    let (source, imported) = statement(&[("document", &document)]);
    let first: Vec<&str> = source.split_whitespace().collect();
    assert!(first.join(" ").matches(TEXT).count() == 2, "{source}");
    let lost = imported
        .remarks
        .iter()
        .find(|remark| remark.message.contains("found no place"));
    assert_eq!(lost, None);
}

#[test]
fn many_notes_cost_as_much_as_their_number() {
    const NOTES: usize = 15_000;
    let body: String = (0..NOTES)
        .map(|n| {
            p(&format!(
                "{}<w:r><w:footnoteReference w:id=\"{n}\"/></w:r>",
                r("A")
            ))
        })
        .collect();
    let notes: String = (0..NOTES)
        .map(|n| format!("<w:footnote w:id=\"{n}\">{}</w:footnote>", p(&r("Note."))))
        .collect();
    let start = std::time::Instant::now();
    let (_, imported) = statement(&[("document", &body), ("footnotes", &notes)]);
    assert_eq!(
        imported.count.found,
        imported.count.written + imported.count.told
    );
    // Looked for one by one among all, they took minutes.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn a_resolved_comment_is_told_and_left_out_with_its_answers() {
    let comments: String = ["Is it?", "It was.", "It is.", "Stay."]
        .iter()
        .enumerate()
        .map(|(n, text)| {
            format!(
                "<w:comment w:id=\"{n}\" w:author=\"Amina\"><w:p w:paraId=\"A{n}\">{}</w:p></w:comment>",
                r(text)
            )
        })
        .collect();
    let threads = "<w:commentEx w:paraId=\"A0\" w:done=\"0\"/><w:commentEx w:paraId=\"A1\" w:done=\"1\"/>\
        <w:commentEx w:paraId=\"A2\" w:paraIdParent=\"A1\" w:done=\"0\"/><w:commentEx w:paraId=\"A3\" w:paraIdParent=\"A0\"/>";
    let refer = (0..4)
        .map(|n| format!("<w:r><w:commentReference w:id=\"{n}\"/></w:r>"))
        .collect::<String>();
    let body = p(&(r(TEXT) + &refer));
    let parts = [
        ("document", body.as_str()),
        ("comments", comments.as_str()),
        ("commentsExtended", threads),
    ];
    let (statement, imported) = statement(&parts);
    let at = |words: &str| statement.find(words);
    assert!(
        at("Is it?") < at("Stay.") && at("Is it?").is_some(),
        "{statement}"
    );
    assert_eq!((at("It was."), at("It is.")), (None, None), "{statement}");
    let told: Vec<_> = imported
        .remarks
        .iter()
        .map(|told| told.words.as_str())
        .collect();
    assert!(
        told.contains(&"Amina: It was.") && told.contains(&"Amina: It is."),
        "{told:?}"
    );
}

#[test]
fn a_deleted_paragraph_leaves_the_heading_below_it_as_it_is() {
    let styles =
        "<w:style w:type=\"paragraph\" w:styleId=\"H\"><w:name w:val=\"heading 2\"/></w:style>";
    let gone = p(
        "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del>",
    );
    let heading = p(&("<w:pPr><w:pStyle w:val=\"H\"/></w:pPr>".to_owned() + &r("Trade")));
    let body = [p(&r(TEXT)), gone, heading, p(&r(TEXT))].concat();
    let (statement, _) = statement(&[("document", &body), ("styles", styles)]);
    assert!(statement.contains("- heading: Trade"), "{statement}");
}
