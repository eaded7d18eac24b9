//! Updates: an edition that somebody edited in Word goes back into its source, and nothing else of the source changes.

use std::fs;
use std::io::{Cursor, Read};

use super::desk::{Desk, PIECE, around, followed, heading, paragraph, replaced, without};
use crate::support::{root, valid_sources};

#[test]
fn an_edition_that_nobody_edited_changes_nothing() {
    let mut wrong = Vec::new();
    for source in valid_sources() {
        let text = fs::read_to_string(&source).unwrap();
        let desk = Desk::new(&text);
        let docx = desk.docx();
        let ran = desk.run(&["update", "piece.yaml", docx.to_str().unwrap()]);
        let told = String::from_utf8_lossy(&ran.stderr).into_owned();
        if desk.source() != text || !told.contains("nothing changed") || told.contains("warning") {
            wrong.push(format!(
                "{}\n{told}\n{}",
                source.display(),
                String::from_utf8_lossy(&ran.stdout)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_that_changed_change_and_every_other_byte_stays() {
    for end in ["\n", "\r\n"] {
        let piece = PIECE.replace('\n', end);
        let desk = Desk::new(&piece);
        desk.edit(|document| {
            document
                .replace("closed since October", "shut since early October")
                .replace("second paragraph", "second, and longer, paragraph")
                .replace(">Trade<", ">Trade and Transit<")
                .replace("the second item", "the 2nd item")
                .replace(">15<", ">16<")
                .replace("Director of the Centre", "Director, the Centre")
        });
        let (source, told) = desk.update();
        let expected = piece
            .replace("closed since October", "shut since early October")
            .replace("second paragraph", "second, and longer, paragraph")
            .replace("heading: Trade", "heading: Trade and Transit")
            .replace("the second item", "the 2nd item")
            .replace("\"15\"", "\"16\"")
            .replace("Director of the Centre", "Director, the Centre");
        assert_eq!(source, expected, "{told}");
    }
}

#[test]
fn paragraphs_items_and_rows_come_and_go() {
    let desk = Desk::new(PIECE);
    desk.edit(|document| {
        let two = paragraph("A new paragraph.") + &paragraph("And another: it is new.");
        let document = replaced(document, "second paragraph", &two);
        let document = without(&document, "the first item");
        let last = paragraph("The very last one.");
        let mut document = followed(&document, "The last paragraph of all.", &last);
        let Some(row) = document.find("1913") else {
            return document;
        };
        let (start, end) = (
            document[..row].rfind("<w:tr>").unwrap(),
            row + document[row..].find("</w:tr>").unwrap() + "</w:tr>".len(),
        );
        let new = document[start..end]
            .replace("1913", "1912")
            .replace(">12<", ">9<");
        document.insert_str(start, &new);
        document
    });
    let (source, told) = desk.update();
    let expected = PIECE
        .replace("      - 'It''s the second paragraph, with a [link](https://example.org/) in it.'\n", "")
        .replace("      # A remark about the next one\n", "      - A new paragraph.\n      - \"And another: it is new.\"\n      # A remark about the next one\n")
        .replace("          - the first item\n", "")
        .replace("            - [\"1913\"", "            - [\"1912\", \"9\"]\n            - [\"1913\"")
        .replace("      - The last paragraph of all.\n", "      - The last paragraph of all.\n      - The very last one.\n");
    // The remark stood above what is gone, and stays.
    assert_eq!(source, expected, "{told}");
}

#[test]
fn tracked_changes_are_taken_over_or_not() {
    let desk = Desk::new(PIECE);
    desk.edit(|document| {
        document.replace(
            "The last paragraph",
            "</w:t></w:r><w:ins w:author=\"A\"><w:r><w:t xml:space=\"preserve\">Perhaps </w:t></w:r></w:ins><w:del w:author=\"A\"><w:r><w:delText>The</w:delText></w:r></w:del>\
             <w:r><w:t xml:space=\"preserve\">the last paragraph",
        )
    });
    let rejected = desk.run(&[
        "update",
        "piece.yaml",
        "edited.docx",
        "--changes",
        "reject",
        "--dry-run",
    ]);
    let told = String::from_utf8_lossy(&rejected.stdout).into_owned();
    assert!(
        told.contains("{+Thethe+}") || told.contains("Thethe"),
        "{told}"
    );
    assert_eq!(desk.source(), PIECE);
    let (source, _) = desk.update();
    assert_eq!(
        source,
        PIECE.replace("The last paragraph", "Perhaps the last paragraph")
    );
}

#[test]
fn comments_of_word_become_questions_at_their_place() {
    let desk = Desk::new(PIECE);
    desk.edit(|part| match part.contains("<Relationships") {
        true => part.replace(
            "</Relationships>",
            "<Relationship Id=\"rIdComments\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"comments.xml\"/></Relationships>",
        ),
        false => part.replace(
            "The last paragraph",
            "</w:t></w:r><w:commentRangeStart w:id=\"7\"/><w:r><w:t xml:space=\"preserve\">The last</w:t></w:r><w:commentRangeEnd w:id=\"7\"/>\
             <w:r><w:commentReference w:id=\"7\"/></w:r><w:r><w:t xml:space=\"preserve\"> paragraph",
        ),
    });
    let (source, told) = desk.update();
    let question = "      - query: \"Noor, 2025-11-05: Is it the last? (on “The last”)\"\n";
    let expected = PIECE.replace(
        "      - The last paragraph of all.\n",
        &format!("      - The last paragraph of all.\n{question}"),
    );
    assert_eq!(source, expected, "{told}");
}

#[test]
fn any_word_of_the_real_piece_can_be_changed() {
    let text = fs::read_to_string(root().join("source/flash-point.yaml")).unwrap();
    let desk = Desk::new(&text);
    let mut archive = zip::ZipArchive::new(Cursor::new(fs::read(desk.docx()).unwrap())).unwrap();
    let mut xml = String::new();
    archive
        .by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut xml)
        .unwrap();
    let statements = text.find("contributors:\n").unwrap();
    let words = text[statements..].split(|c: char| !c.is_alphabetic());
    // Words that stand once are told apart by themselves; those of queries are in no edition.
    let once: Vec<&str> = words
        .filter(|word| word.is_ascii() && word.len() > 6)
        .filter(|word| text.matches(*word).count() == 1 && xml.matches(*word).count() == 1)
        .collect();
    let changed = |text: &str, words: &[&str]| -> String {
        let change = |text: String, word: &&str| text.replace(*word, &format!("{}Zz", &word[..3]));
        words.iter().fold(text.to_owned(), change)
    };
    for (skip, step) in [(0, 1), (1, 7), (3, 11)] {
        let some: Vec<&str> = once.iter().skip(skip).step_by(step).copied().collect();
        assert!(some.len() > 5, "{some:?}");
        fs::write(desk.folder.path().join("piece.yaml"), &text).unwrap();
        desk.edit(|xml| changed(xml, &some));
        let (source, told) = desk.update();
        assert_eq!(source, changed(&text, &some), "{told}");
    }
}

#[test]
fn any_word_of_any_piece_can_be_changed() {
    let mut wrong = Vec::new();
    for path in valid_sources() {
        let text = fs::read_to_string(&path).unwrap();
        let desk = Desk::new(&text);
        let mut archive =
            zip::ZipArchive::new(Cursor::new(fs::read(desk.docx()).unwrap())).unwrap();
        let mut xml = String::new();
        archive
            .by_name("word/document.xml")
            .unwrap()
            .read_to_string(&mut xml)
            .unwrap();
        // Words that stand once in both, and are neither keys, labels nor parts of addresses.
        let is_word = |word: &&str| {
            let at = text.find(word).unwrap_or_default();
            let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let before = text[line..at].trim_start_matches([' ', '-']);
            let behind = text[at + word.len()..].chars().next();
            let is_key = before.is_empty() && behind == Some(':');
            let is_in_address = before.ends_with(['/', '.', '@', '#', '_'])
                || matches!(behind, Some('.' | '/' | '@' | '_')) && before.contains("//");
            let is_date = before.starts_with("date");
            word.len() > 4
                && word.is_ascii()
                && text.matches(*word).count() == 1
                && !is_key
                && !is_in_address
                && !is_date
                && !before.starts_with('#')
                && !before.contains("query:")
                && !before.contains("citation:")
                && xml.matches(*word).count() == 1
                && xml.contains(&format!(">{word}")) | xml.contains(&format!(" {word}"))
        };
        let once: Vec<&str> = text
            .split(|c: char| !c.is_alphabetic())
            .filter(is_word)
            .collect();
        let changed = |text: &str, words: &[&str]| -> String {
            let change =
                |text: String, word: &&str| text.replace(*word, &format!("{}zq", &word[..3]));
            words.iter().fold(text.to_owned(), change)
        };
        for (skip, step) in [(0, 2), (1, 5)] {
            let some: Vec<&str> = once.iter().skip(skip).step_by(step).copied().collect();
            if some.is_empty() {
                continue;
            }
            fs::write(desk.folder.path().join("piece.yaml"), &text).unwrap();
            desk.edit(|part| changed(part, &some));
            let ran = desk.run(&["update", "piece.yaml", "edited.docx"]);
            let expected = changed(&text, &some);
            let source = desk.source();
            if source != expected {
                let told = String::from_utf8_lossy(&ran.stderr).into_owned();
                let differ = expected.lines().zip(source.lines()).find(|(a, b)| a != b);
                wrong.push(format!("{} {some:?}: {differ:?}\n{told}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn people_come_and_go() {
    let desk = Desk::new(PIECE);
    desk.edit(|document| {
        let new = heading("Noor Jahan")
            + &paragraph("A late statement.")
            + &paragraph("It has two paragraphs.");
        followed(document, "The last paragraph of all.", &new)
    });
    let (source, told) = desk.update();
    let late = "  - name: Noor Jahan\n    statement:\n      - A late statement.\n      - It has two paragraphs.\n";
    assert_eq!(
        source,
        PIECE.replace("notes:\n", &format!("{late}notes:\n")),
        "{told}"
    );
    let desk = Desk::new(PIECE);
    desk.edit(|document| {
        let mut document = document.to_owned();
        for text in ["The last paragraph of all.", ">Fahd Humayun<"] {
            while let Some(at) = document.rfind(text) {
                // The line of names under the title stays.
                if document[..at].rfind("Heading2").is_none() {
                    break;
                }
                let own = around(&document[..], &document[at..at + text.len()]);
                let own = if own.end < at {
                    document[..at].rfind("<w:p>").unwrap()
                        ..at + document[at..].find("</w:p>").unwrap() + 6
                } else {
                    own
                };
                document.replace_range(own, "");
                if text.starts_with('T') {
                    break;
                }
            }
        }
        document
    });
    let (source, told) = desk.update();
    let gone = "  - name: Fahd Humayun\n    statement:\n      - The last paragraph of all.\n";
    assert_eq!(source, PIECE.replace(gone, ""), "{told}");
}

const BRACKETS: &str = r#"series: Flash Point
title: In Brackets
date: 2025-11-04
language: en-GB
introduction:
  - A word before.
contributors:
  - {name: Amina Khan, statement: [The first of three paragraphs., The second is quoted., The third ends it.]}
  - name: Fahd Humayun
    statement:
      - figure: {image: images/rgb.png, alt: A disc above a bar, caption: Palette}
      - numbered:
          - - an item of two paragraphs
            - the other paragraph of it
          - last
"#;

#[test]
fn what_stands_in_brackets_and_what_is_emptied_goes_and_comes() {
    let desk = Desk::new(BRACKETS);
    desk.edit(|document| {
        let gone = [
            "A word before.",
            "The second is quoted.",
            "an item of two paragraphs",
        ];
        let document = gone.iter().fold(document.to_owned(), |document, gone| {
            without(&document, gone)
        });
        let fourth = paragraph("A fourth: it is new.");
        followed(&document, "The third ends it.", &fourth).replace(">Palette<", ">Colours<")
    });
    let (source, told) = desk.update();
    let expected = BRACKETS
        .replace("introduction:\n  - A word before.\n", "")
        .replace(", The second is quoted.", "")
        .replace(
            "The third ends it.]",
            "The third ends it., \"A fourth: it is new.\"]",
        )
        .replace("caption: Palette", "caption: Colours")
        .replace(
            "- - an item of two paragraphs\n            - the other",
            "- - the other",
        );
    assert_eq!(source, expected, "{told}");
}

#[test]
fn a_statement_that_would_be_empty_stays_with_its_notes_and_is_told() {
    let piece = PIECE.replace(
        "The last paragraph of all.",
        "The last paragraph of all.[^b]",
    ) + "  b: The other note.\n";
    let desk = Desk::new(&piece);
    desk.edit(|document| {
        without(document, "The last paragraph of all.")
            .replace("closed since October", "closed since May")
    });
    let (source, told) = desk.update();
    assert_eq!(
        source,
        piece.replace("since October", "since May"),
        "{told}"
    );
    assert!(
        told.contains("“The last paragraph of all.” is gone in the edition"),
        "{told}"
    );
}

#[test]
fn the_list_of_notes_goes_with_its_last_note() {
    let one = "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n  - name: Ada\n    statement:\n      - One that stays.\n      - A paragraph that goes[^a].\nnotes:\n  a: A note.\n";
    let desk = Desk::new(one);
    desk.edit(|document| without(document, "A paragraph that goes"));
    let (source, told) = desk.update();
    let expected = one.replace(
        "      - A paragraph that goes[^a].\nnotes:\n  a: A note.\n",
        "",
    );
    assert_eq!(source, expected, "{told}");
}

#[test]
fn the_second_reference_of_a_note_that_went_with_its_first_stays_one() {
    let piece = "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n  - name: Ada\n    statement:\n      - A paragraph that goes[^a].\n      - One that stays[^b].\n      - Another that says more[^a].\nnotes:\n  a: A note.\n  b: Its sister.\n";
    let desk = Desk::new(piece);
    desk.edit(|document| {
        without(document, "A paragraph that goes").replace("says more", "says a little more")
    });
    let (source, told) = desk.update();
    let expected = piece
        .replace("      - A paragraph that goes[^a].\n", "")
        .replace("says more", "says a little more");
    assert_eq!(source, expected, "{told}");
    assert!(!told.contains("by hand"), "{told}");
}

#[test]
fn a_paragraph_that_became_a_heading_is_one_and_the_other_way_round() {
    let piece = PIECE.replace(
        "The last paragraph of all.",
        "What next\n      - Trade will come back.",
    );
    let desk = Desk::new(&piece);
    desk.edit(|document| {
        let Some(at) = document.find("What next") else {
            return document.to_owned();
        };
        let start = document[..at].rfind("<w:p>").unwrap();
        let end = at + document[at..].find("</w:p>").unwrap();
        let own = document[start..end].to_owned();
        let style = own
            .split("<w:pStyle w:val=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let heading = own
            .replace(&format!("w:val=\"{style}\""), "w:val=\"Heading3\"")
            .replace("next", "now");
        let document = document.replace(&own, &heading);
        let at = document.find(">Trade<").unwrap();
        let start = document[..at].rfind("<w:p>").unwrap();
        let own = document[start..at].to_owned();
        let text = own.replace("Heading3", "BodyText");
        document.replace(&own, &text)
    });
    let (source, told) = desk.update();
    let expected = piece
        .replace("- What next", "- heading: What now")
        .replace("- heading: Trade", "- Trade");
    assert_eq!(source, expected, "{told}");
}

#[test]
fn what_a_theme_puts_around_the_title_is_no_part_of_the_piece() {
    let piece = PIECE.replacen(
        "language: en-GB\n",
        "language: en-GB\npublisher: The Institute\nsummary:\n  - The first key point.\n  - The second key point.\n",
        1,
    );
    let desk = Desk::new(&piece);
    let theme =
        "logo: {file: images/rgb.png, alt: The house}\nfront: {publisher: on, summary: on}\n";
    fs::write(desk.folder.path().join("house.yaml"), theme).unwrap();
    let ran = desk.run(&[
        "export",
        "piece.yaml",
        "-f",
        "docx",
        "--theme",
        "house.yaml",
    ]);
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{told}");
    let docx = desk.docx();
    let docx = docx.to_str().unwrap();
    let ran = desk.run(&["update", "piece.yaml", docx]);
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(
        desk.source() == piece && told.contains("nothing changed"),
        "{told}"
    );
    let ran = desk.run(&["import", docx, "-o", "-"]);
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    let house = "what the theme puts around the title is left out: “The Institute Key points The first key point. The second key point.”";
    assert!(
        told.contains(house) && !told.contains("found no place"),
        "{told}"
    );
    let source = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(
        !source.contains("introduction:") && !source.contains("figure:"),
        "{source}"
    );
    assert!(
        source.contains("The border has been closed since October"),
        "{source}"
    );
}
