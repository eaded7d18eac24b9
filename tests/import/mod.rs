//! Imports: documents of others become sources that say the same, and nothing of them is lost.

mod ancestors;
mod desk;
mod inbox;
mod nested;
mod pictures;
mod raised;
mod symbols;
mod tables;
mod update;
mod word;

use std::fs;
use std::path::Path;

use flashpoint::check::check;
use flashpoint::compose::{Composition, compose};
use flashpoint::import::{Changes, Imported, Input, Wishes, import};
use flashpoint::load::{Loaded, load};
use flashpoint::piece::{Block, LanguageTag, Piece};

use self::word::{TEXT, docx, p, r, statement};
use crate::support::{flashpoint, root, valid_sources};

/// What a file is imported as, with the words counted.
fn imported(name: &str, bytes: &[u8], wishes: &Wishes) -> Imported {
    let input = Input {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    let imported = import(&[input], wishes).unwrap_or_else(|error| panic!("{error}"));
    let count = imported.count;
    assert_eq!(count.found, count.written + count.told, "{name}");
    imported
}

/// The source as it stands in a folder with its pictures.
fn loaded(imported: &Imported, folder: &Path) -> Loaded {
    for (path, bytes) in &imported.media {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let path = folder.join("piece.yaml");
    fs::write(&path, &imported.source).unwrap();
    load(&path)
}

fn composed(loaded: &Loaded) -> Composition {
    let checked = check(loaded);
    let piece = checked.piece.unwrap_or_else(|| {
        panic!(
            "{:?}\n{:?}\n{}",
            loaded.diagnostics, checked.diagnostics, loaded.source.text
        )
    });
    compose(&piece, None)
}

fn without_queries(blocks: &mut Vec<Block>) {
    blocks.retain(|block| !matches!(block, Block::Query(_)));
}

#[test]
fn the_real_text_becomes_the_real_piece() {
    let folder = tempfile::tempdir().unwrap();
    let text = root().join("tests/fixtures/flash-point.txt");
    let ran = flashpoint(
        folder.path(),
        &["import", text.to_str().unwrap(), "--language", "en-GB"],
    );
    assert!(ran.status.success(), "{ran:?}");
    let piece = |path: &Path| -> Piece {
        let mut piece = load(path).piece.unwrap();
        piece.slug = None;
        piece.date_text = None;
        for contributor in &mut piece.contributors {
            without_queries(&mut contributor.statement);
        }
        piece
    };
    let made = folder
        .path()
        .join("source/istanbul-on-standby-will-the-taliban-control-their-militants.yaml");
    assert_eq!(piece(&made), piece(&root().join("source/flash-point.yaml")));
    // Every guess is told, and marked where an editor meets it.
    let (told, text) = (
        String::from_utf8(ran.stderr).unwrap(),
        fs::read_to_string(made).unwrap(),
    );
    assert_eq!(
        told.matches("taken for a name and an affiliation").count(),
        3,
        "{told}"
    );
    assert_eq!(text.matches("# check: ").count(), 5, "{text}");
    assert!(
        told.contains("1,708 words read: 1,707 in the source, 1 told above"),
        "{told}"
    );
    assert!(
        text.lines().all(|line| line.chars().count() <= 110),
        "{text}"
    );
}

/// What an edition of a source, imported, says otherwise than the source.
fn circle(source: &Path) -> Vec<String> {
    let manuscript =
        flashpoint::open(source).unwrap_or_else(|error| panic!("{}: {error}", source.display()));
    let docx = manuscript.edition("docx").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let imported = imported("edition.docx", &docx, &Wishes::default());
    let before = composed(&load(source));
    let after = loaded(&imported, folder.path());
    let Some(piece) = check(&after).piece else {
        return vec![format!(
            "{:?} {:?}\n{}",
            after.diagnostics,
            check(&after).diagnostics,
            imported.source
        )];
    };
    let after = compose(&piece, None);
    let mut found = Vec::new();
    let mut hold = |what: &str, left: String, right: String| {
        if left != right {
            found.push(format!("{what}\n{left}\n{right}"));
        }
    };
    let said = |composition: &Composition| composition.canonical_text().as_str().to_owned();
    hold("words", said(&after), said(&before));
    let people = |composition: &Composition| -> Vec<String> {
        let people = composition.record.people.iter();
        people
            .map(|person| format!("{} {:?} {}", person.name, person.affiliation, person.role))
            .collect()
    };
    hold(
        "people",
        format!("{:?}", people(&after)),
        format!("{:?}", people(&before)),
    );
    let headings = |composition: &Composition| -> Vec<(u8, String)> {
        let headings = composition.walk().headings();
        headings
            .map(|heading| (heading.level.number(), composition[heading.text].plain()))
            .collect()
    };
    hold(
        "headings",
        format!("{:?}", headings(&after)),
        format!("{:?}", headings(&before)),
    );
    let unexplained = imported
        .remarks
        .iter()
        .find(|remark| remark.message.contains("found no place"));
    hold("counts", format!("{unexplained:?}"), "None".to_owned());
    found
}

#[test]
fn an_edition_of_ours_comes_back_as_the_piece_it_was_made_of() {
    let mut wrong = Vec::new();
    for source in valid_sources() {
        let found = circle(&source);
        if !found.is_empty() {
            wrong.push(format!("{}\n{}", source.display(), found.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn wishes_hold_and_nothing_that_they_replace_is_lost() {
    let wishes = Wishes {
        title: Some("Another title".to_owned()),
        language: LanguageTag::parse("en-GB").ok(),
        changes: Changes::Accept,
        ..Wishes::default()
    };
    let text = "A Flash Point\nWhat Next for the Border?\n4 November 2025\n";
    let imported = imported("a.txt", text.as_bytes(), &wishes);
    assert!(
        imported.source.contains("title: Another title\n"),
        "{}",
        imported.source
    );
    assert!(
        imported.source.contains("date: 2025-11-04\n"),
        "{}",
        imported.source
    );
}

#[test]
fn bad_files_are_named_and_nothing_leads_out() {
    let fails = |bytes: &[u8], says: &str| {
        let input = Input {
            name: "a.docx".to_owned(),
            bytes: bytes.to_vec(),
        };
        let error = import(&[input], &Wishes::default())
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert!(error.contains(says), "{error}");
    };
    fails(b"", "empty");
    fails(b"PK\x03\x04 is no package", "no whole zip package");
    fails(b"%PDF-1.7", "PDF");
    fails(b"{\\rtf1}", "RTF");
    let utf16 =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let compound =
        |name: &str| [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), utf16(name)].concat();
    fails(&compound("EncryptedPackage"), "encrypted");
    fails(&compound("WordDocument"), ".doc");
    fails(&[0_u8; 64], "no text");
    fails(&docx(&[("document", "<w:p>")]), "no well-formed XML");
    let bomb = "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;\">\
        <!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;&e;\">]><w>&f;&f;&f;</w>";
    fails(&docx(&[("word/document.xml", bomb)]), "declares entities");
    // A picture whose part would lie outside is none, and says so.
    let picture = "<w:r><w:drawing><wp:inline><wp:docPr descr=\"A map\"/><a:blip r:embed=\"out\"/></wp:inline></w:drawing></w:r>";
    let (source, imported) = statement(&[("document", &(p(&r(TEXT)) + &p(picture)))]);
    assert!(
        imported.media.is_empty() && source.contains("could not be taken over"),
        "{source}"
    );
    // Strict documents have other namespaces, and the same names.
    let strict = "<w:document xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><w:body><w:p><w:r><w:t>Strict words.</w:t></w:r></w:p></w:body></w:document>";
    let (source, _) = statement(&[("word/document.xml", strict)]);
    assert!(source.contains("Strict words."), "{source}");
}

#[test]
fn markdown_becomes_blocks_and_fields() {
    let text = "---\ntitle: After the Summit\ndate: 2025-11-04\nseries: Flash Point\nlang: en-GB\nmood: dark\n---\n\n\
        # Amina Khan\n\nDirector of the Centre\n\nThe *first* paragraph[^a] with a [link](https://example.org/), 2\\*3 and `code`.\nIt goes on.\n\n\
        ## Trade\n\n> A quotation.\n\n1. one\n2. two\n   - inner\n\n| Year | Ships |\n|---|---|\n| 1913 | 12 |\n\n![A map](images/map.png)\n\n---\n\nLast.\n\n\
        [^a]: A note with **strength**.\n";
    let imported = imported("a.md", text.as_bytes(), &Wishes::default());
    for lines in [
        "series: Flash Point\ntitle: After the Summit\ndate: 2025-11-04\n",
        "language: en-GB\n",
        "- name: Amina Khan\n    affiliation: Director of the Centre\n",
        "- The *first* paragraph[^a] with a [link](https://example.org/), 2*3 and code. It goes on.\n",
        "- heading: Trade\n      - quote: A quotation.\n      - numbered:\n          - one\n          - - two\n            - list:\n                - inner\n",
        "- table:\n          header:\n            - [Year, Ships]\n          rows:\n            - [\"1913\", \"12\"]\n",
        "- figure:\n          image: images/map.png\n          alt: A map\n      - break:\n      - Last.\n",
        "notes:\n  a: A note with **strength**.\n",
    ] {
        assert!(
            imported.source.contains(lines),
            "no {lines} in:\n{}",
            imported.source
        );
    }
    let told = |words: &str| {
        imported
            .remarks
            .iter()
            .any(|remark| remark.words.contains(words))
    };
    assert!(told("mood dark"), "{:?}", imported.remarks);
}

#[test]
fn a_statement_goes_into_a_piece_and_nothing_else_changes() {
    let folder = tempfile::tempdir().unwrap();
    let piece = "series: S # kept\r\ntitle: T\r\ndate: 2025-11-04\r\nlanguage: en-GB\r\ncontributors:\r\n  - name: Robin Ashe\r\n    statement:\r\n      - One[^1].\r\n\
        \x20 - name: Amina Khan\r\n    statement:\r\n      - query: The statement is to come.\r\nnotes:\r\n  1: A note.\r\n";
    fs::write(folder.path().join("piece.yaml"), piece).unwrap();
    fs::write(
        folder.path().join("late.md"),
        "The answer[^x].\n\n[^x]: Another note.\n",
    )
    .unwrap();
    let add = |name: &str| {
        flashpoint(
            folder.path(),
            &[
                "import",
                "late.md",
                "--into",
                "piece.yaml",
                "--contributor",
                name,
            ],
        )
    };
    assert!(add("Amina Khan").status.success());
    let filled = piece
        .replace(
            "      - query: The statement is to come.\r\n",
            "      - The answer[^x].\r\n",
        )
        .replace("  1: A note.\r\n", "  1: A note.\r\n  x: Another note.\r\n");
    let read = || fs::read_to_string(folder.path().join("piece.yaml")).unwrap();
    assert_eq!(read(), filled);
    let again = add("Amina Khan");
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("has a statement there already"));
    assert!(add("Kim Fir").status.success());
    let added = filled
        .replace(
            "notes:\r\n",
            "  - name: Kim Fir\r\n    statement:\r\n      - The answer[^2].\r\nnotes:\r\n",
        )
        .replace(
            "  x: Another note.\r\n",
            "  x: Another note.\r\n  2: Another note.\r\n",
        );
    assert_eq!(read(), added);
}

#[test]
fn a_statement_goes_into_the_one_document_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let head = "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en-GB\ncontributors:\n";
    let one = format!("{head}  - name: Robin Ashe\n    statement:\n      - One.\n");
    let note = "The answer[^x].\n\n[^x]: A note.\n";
    fs::write(folder.path().join("late.md"), note).unwrap();
    let path = folder.path().join("piece.yaml");
    let add = |piece: &str| {
        fs::write(&path, piece).unwrap();
        let arguments = ["import", "late.md", "--into", "piece.yaml", "--contributor"];
        let ran = flashpoint(folder.path(), &[&arguments[..], &["Amina Khan"]].concat());
        let told = String::from_utf8_lossy(&ran.stderr).into_owned();
        (ran.status.code(), told, fs::read_to_string(&path).unwrap())
    };
    let two = format!("{one}---\n{one}");
    let (code, told, after) = add(&two);
    assert_eq!((code, after), (Some(1), two), "{told}");
    assert!(told.contains("piece.yaml:9:1"), "{told}");
    let ended = format!("---\n{one}...\n# kept\n");
    let (code, told, after) = add(&ended);
    let added =
        "  - name: Amina Khan\n    statement:\n      - The answer[^x].\nnotes:\n  x: A note.\n";
    assert_eq!(after, format!("---\n{one}{added}...\n# kept\n"), "{told}");
    assert_eq!(code, Some(0));
}

#[test]
fn places_before_dates_brackets_around_affiliations_and_rules_between_statements_are_no_words() {
    let prose = "The ceasefire has held for eleven days, which is longer than most people in the region expected when the talks began.";
    let people = [
        ("Amina Khan", "Director, Centre for Afghanistan, ISSI"),
        ("Fahd Humayun", "Tufts University"),
    ];
    let statement = |(name, what): &(&str, &str)| {
        format!("**{name}**\n\n[{what}]\n\n{prose}\n\n{prose}\n\n---\n\n")
    };
    let all: String = people.iter().map(statement).collect();
    let text = format!("# After the Summit\n\nIslamabad, 18 March 2026\n\n---\n\n{all}");
    let imported = imported("a.md", text.as_bytes(), &Wishes::default());
    for (name, what) in people {
        let lines = format!("  - name: {name}\n    affiliation: {what}\n");
        assert!(imported.source.contains(&lines), "{}", imported.source);
    }
    assert!(
        imported.source.contains("date: 2026-03-18\n"),
        "{}",
        imported.source
    );
    assert!(!imported.source.contains("break:"), "{}", imported.source);
}
