//! The words of the structure tree are the composition's, each and in order.

use flashpoint::compose::{Block, BlockKind, Composition, Content, Reading, Target, TextId};

use hayro_syntax::Pdf;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::Object;

use flashpoint::theme::{PageSize, Theme};
use flashpoint::typeset::{GlyphKind, Placed, layout};

use crate::edition::{from_file, from_yaml, sources};
use crate::reader::{Element, Kid, artifacts, read, to_unicode};

/// The texts of a composition in reading order, what the eye alone meets and notes left out.
fn texts(composition: &Composition) -> Vec<TextId> {
    let head = &composition.title_block;
    let mut texts = vec![head.series, head.title.text];
    texts.extend(
        head.subtitle
            .iter()
            .chain(&head.byline)
            .chain(&head.credits),
    );
    texts.push(head.date);
    for section in &composition.sections {
        texts.extend(section.heading.iter().map(|heading| heading.text));
        texts.extend(section.affiliation);
        section
            .blocks
            .iter()
            .for_each(|block| of_block(block, &mut texts));
    }
    texts.retain(|text| composition[*text].reading == Reading::Text);
    texts
}

fn of_block(block: &Block, texts: &mut Vec<TextId>) {
    match &block.kind {
        BlockKind::Heading(heading) => texts.push(heading.text),
        BlockKind::Pull(text) => texts.push(*text),
        BlockKind::Break => {}
        BlockKind::Content(content) => of_content(content, texts),
    }
}

fn of_content(content: &Content, texts: &mut Vec<TextId>) {
    match content {
        Content::Paragraph(text) => texts.push(*text),
        Content::Quote { paragraphs, by } => texts.extend(paragraphs.iter().chain(by)),
        Content::List { items, .. } => {
            let blocks = items.iter().flat_map(|item| &item.blocks);
            blocks.for_each(|block| of_content(&block.kind, texts));
        }
        Content::Figure(figure) => texts.extend(figure.caption.iter().chain(&figure.credit)),
        Content::Table(table) => {
            let rows = table.header.iter().chain(&table.rows).flatten();
            texts.extend(table.caption.iter().chain(rows));
        }
    }
}

/// The texts of the elements that hold text, in order, labels and notes left out.
fn read_texts(element: &Element, found: &mut Vec<String>) {
    match element.role.as_str() {
        "Lbl" | "Note" => {}
        // A caption with a credit in it.
        "Caption" if matches!(element.kids.first(), Some(Kid::Element(kid)) if kid.role == "P") => {
            for kid in &element.kids {
                if let Kid::Element(kid) = kid {
                    found.push(kid.text());
                }
            }
        }
        "P" | "H1" | "H2" | "H3" | "H4" | "Caption" | "TH" | "TD" => {
            found.push(element.text());
        }
        _ => {
            for kid in &element.kids {
                match kid {
                    Kid::Element(kid) => read_texts(kid, found),
                    Kid::Text(text) => {
                        assert!(element.role == "Figure" && text.is_empty(), "{text}")
                    }
                    Kid::Annotation { .. } => panic!("a link in {}", element.role),
                }
            }
        }
    }
}

fn whole(composition: &Composition, text: TextId) -> String {
    let spans = composition[text].spans.iter();
    spans.map(|span| span.text.as_str()).collect()
}

#[test]
fn every_text_is_read_back_character_for_character() {
    let mut read_back = 0;
    for path in sources() {
        let Some(edition) = from_file(&path) else {
            continue;
        };
        let wanted = texts(&edition.composition)
            .into_iter()
            .map(|id| whole(&edition.composition, id));
        let mut found = Vec::new();
        read_texts(&read(&edition.bytes), &mut found);
        let wanted: Vec<String> = wanted.collect();
        for (found, wanted) in found.iter().zip(&wanted) {
            assert_eq!(found, wanted, "{}", path.display());
        }
        assert_eq!(found.len(), wanted.len(), "{}", path.display());
        read_back += 1;
    }
    assert!(read_back >= 20, "only {read_back} sources could be set");
}

/// A hyphen that a line was broken with belongs to the page alone: no structure has it, viewers join words by it.
#[test]
fn hyphens_at_the_ends_of_lines_are_artifacts_read_as_hyphens() {
    let edition = from_file(&crate::edition::root().join("source/flash-point.yaml")).unwrap();
    let layout = layout(&edition.composition, &Theme::classic(), PageSize::A4).unwrap();
    let lines = layout.pages.iter().flat_map(|page| &page.content);
    let runs = lines.flat_map(|placed| match placed {
        Placed::Line(line) => line.runs.as_slice(),
        _ => &[],
    });
    let broken = runs.flat_map(|run| &run.glyphs);
    let broken = broken.filter(|glyph| glyph.kind == GlyphKind::Hyphen);
    let shown = artifacts(&edition.bytes);
    let hyphens = shown.iter().filter(|text| *text == "-").count();
    assert_eq!(hyphens, broken.count());
    assert!(hyphens > 0);
    assert!(!read(&edition.bytes).text().contains('\u{AD}'));
}

/// Readers that join lines drop a hyphen at the end of one, but not where another character follows it.
#[test]
fn hyphens_of_the_author_at_the_ends_of_lines_are_guarded() {
    let words = "well-known ".repeat(200);
    let edition = from_yaml(&format!(
        "{{series: S, title: T, date: 2025-11-04, language: en, contributors: [{{name: N, statement: [{}]}}]}}",
        // A line has no other end than this.
        words.trim().replace(' ', "-")
    ));
    let lines = artifacts(&edition.bytes);
    let guards = lines.iter().filter(|text| *text == "\u{200B}").count();
    assert!(guards > 15, "{guards}");
    assert!(!read(&edition.bytes).text().contains('\u{200B}'));
}

#[test]
fn a_pull_quote_whose_words_stand_nowhere_else_is_read_with_its_note() {
    let yaml = "{series: S, title: T, date: 2025-11-04, language: en, contributors: [{name: N, statement: [
        Words of the text., {pull: 'Other words.[^n]'}, {pull: words of the text}, The last.]}], notes: {n: A note.}}";
    let made = from_yaml(yaml);
    let document = read(&made.bytes);
    let mut found = Vec::new();
    read_texts(&document, &mut found);
    let end = ["Words of the text.", "Other words.1", "The last."];
    assert_eq!(found[found.len() - 3..], end);
    let mut notes = Vec::new();
    document.find("Note", &mut notes);
    assert_eq!(notes.len(), 1);
}

#[test]
fn every_note_is_read_back_after_its_reference() {
    let path = crate::edition::root().join("tests/fixtures/valid/notes.yaml");
    let edition = from_file(&path).unwrap();
    let document = read(&edition.bytes);
    let (mut notes, mut references) = (Vec::new(), Vec::new());
    document.find("Note", &mut notes);
    document.find("Reference", &mut references);
    assert_eq!(notes.len(), edition.composition.notes.len());
    for (element, note) in notes.iter().zip(&edition.composition.notes) {
        let Some(Kid::Element(label)) = element.kids.first() else {
            panic!("a note without a label");
        };
        assert_eq!(label.role, "Lbl");
        assert_eq!(label.text().trim_end(), note.mark);
        let Some(Kid::Element(text)) = element.kids.last() else {
            panic!("a note without a text");
        };
        assert_eq!(text.text(), whole(&edition.composition, note.text));
    }
    let marks = edition
        .composition
        .texts
        .iter()
        .flat_map(|text| &text.spans);
    let marks = marks.filter(|span| matches!(span.target, Some(Target::Note { .. })));
    assert_eq!(references.len(), marks.count());
}

/// The texts of all codes that a file shows, and the distances inside words, in thousandths of the size, each with the text
/// before it: more than nothing leads back to the left.
fn shown(edition: crate::edition::Edition) -> (String, Vec<(f32, String)>) {
    let pdf = Pdf::new(edition.bytes).unwrap();
    let (mut seen, mut distances) = (String::new(), Vec::new());
    for page in pdf.pages().iter() {
        let mut codes = std::collections::BTreeMap::new();
        let mut operations = UntypedIter::new(page.page_stream().unwrap());
        let mut space = true;
        while let Some(operation) = operations.next() {
            let operands: Vec<&Object<'_>> = operation.operands().collect();
            match (operation.operator.as_ref() as &[u8], operands.as_slice()) {
                (b"Tf", [Object::Name(font), _]) => {
                    codes = to_unicode(&page.resources().get_font(font).unwrap());
                }
                (b"Tm" | b"Ts", _) => space = true,
                (b"TJ", [Object::Array(strings)]) => {
                    for item in strings.iter::<Object<'_>>() {
                        match item {
                            Object::String(string) => {
                                let code = |code: &[u8]| u16::from_be_bytes([code[0], code[1]]);
                                for text in string.as_bytes().chunks(2).map(code) {
                                    seen.push_str(&codes[&text]);
                                }
                                space = seen.ends_with(char::is_whitespace);
                            }
                            Object::Number(distance) if !space => {
                                distances.push((distance.as_f64() as f32, seen.clone()));
                            }
                            Object::Number(_) => {}
                            other => panic!("{other:?}"),
                        }
                    }
                }
                _ => {}
            }
        }
    }
    (seen, distances)
}

/// Viewers take a large move inside a string for a space: letters with their marks are one glyph, which moves by itself. From right
/// to left each glyph is an operation by itself, and the pen goes back before the next.
#[test]
fn nothing_is_moved_far_inside_a_word_whatever_its_letters() {
    let path = crate::edition::root().join("tests/fixtures/valid/letters-with-marks.yaml");
    let (seen, distances) = shown(from_file(&path).unwrap());
    let is_backward = |c: char| ('\u{590}'..'\u{8FF}').contains(&c);
    let (backward, forward): (Vec<_>, Vec<_>) = (distances.into_iter())
        .partition(|(_, before)| before.trim_end_matches('\u{200C}').ends_with(is_backward));
    for (distance, before) in forward {
        assert!(distance.abs() < 130.0, "{distance} behind {before:?}");
    }
    assert!(
        backward.iter().all(|(distance, _)| *distance > 0.0),
        "{backward:?}"
    );
    for word in ["शांति", "স্থিতিশীলতা", "கொள்கை", "q\u{303}uery"]
    {
        assert!(seen.contains(word), "{word}");
    }
}

/// The space between ideographs and Latin words belongs to the glyph before it.
#[cfg(feature = "cjk")]
#[test]
fn no_distance_parts_ideographs_from_the_words_and_figures_among_them() {
    let edition = from_yaml(
        "{series: S, title: T, date: 2025-11-04, language: ja, contributors: [{name: N, statement: [日本では2025年にNATOとの協力が38億yenに達した。]}]}",
    );
    let (seen, distances) = shown(edition);
    for (distance, before) in distances {
        assert!(-distance < 20.0, "{distance} behind {before:?}");
    }
    assert!(seen.contains("日本では2025年にNATOとの協力が38億yenに達した。"));
}

/// Some letters of Ethiopic are kerned by a quarter em, at which readers part words.
#[test]
fn no_kerning_parts_a_word() {
    let edition = from_yaml(
        "{series: S, title: T, date: 2025-11-04, language: am, contributors: [{name: N, statement: [የኢንተርናሽናል አቋም የኢንተርናሽናል]}]}",
    );
    let (seen, distances) = shown(edition);
    for (distance, before) in distances {
        assert!(distance.abs() < 130.0, "{distance} behind {before:?}");
    }
    assert!(seen.contains("የኢንተርናሽናል"), "{seen}");
}

/// Firefox's viewer counts the space behind letters once more where a string begins with a distance, and would part words.
#[test]
fn no_string_begins_with_a_distance_where_letters_are_spaced_far() {
    let words =
        "የዘር፡የቀለም፡የጾታ፡የቋንቋ፡የሃይማኖት፡የፖለቲካ፡ወይም፡የሌላ፡ዓይነት፡አስተሳሰብ፡የሀብት፡የትውልድ፡ወይም፡የሌላ፡ደረጃ፡ልዩነት፡".repeat(3);
    let edition = from_yaml(&format!(
        "{{series: S, title: T, date: 2025-11-04, language: am, contributors: [{{name: N, statement: [{words}]}}]}}"
    ));
    let pdf = Pdf::new(edition.bytes).unwrap();
    let (mut spaced, mut begun) = (0.0, 0);
    for page in pdf.pages().iter() {
        let mut operations = UntypedIter::new(page.page_stream().unwrap());
        while let Some(operation) = operations.next() {
            let operands: Vec<&Object<'_>> = operation.operands().collect();
            match (operation.operator.as_ref() as &[u8], operands.as_slice()) {
                (b"Tc", [Object::Number(space)]) => spaced = space.as_f64(),
                (b"TJ", [Object::Array(strings)]) if spaced > 0.3 => {
                    let first = strings.iter::<Object<'_>>().next();
                    assert!(matches!(first, Some(Object::String(_))));
                    begun += 1;
                }
                _ => {}
            }
        }
    }
    assert!(begun > 20, "{begun} strings have their letters spaced");
}

/// In Nastaliq a letter may lie wholly under the one before it, so that the pen goes back over it.
#[test]
fn letters_that_take_no_room_are_read_by_their_glyphs() {
    let edition = from_yaml(
        "{series: S, title: T, date: 2025-11-04, language: ur, contributors: [{name: N, statement: [کوئی شخص محروم نہیں کیا جائے گا، نہ تخریب ہوگی۔]}]}",
    );
    let (seen, _) = shown(edition);
    for word in ["محروم", "تخریب"] {
        assert!(seen.contains(word), "{word} in {seen}");
    }
}
