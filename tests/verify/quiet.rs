//! Small pieces that were called faulty in one edition or another for what they hold: none is told of any.

use std::io::Cursor;

use image::{ImageFormat, Rgba, RgbaImage};

use crate::program::Place;

const PIECE: &str = "series: Flash Point\ntitle: Quiet\ndate: 2025-11-04\nlanguage: en\ncontributors:\n\
    - name: Amina Khan\n  statement: [STATEMENT]\nnotes: {n: A note.}\n";

/// What a piece holds, the words of the piece that give way to it, and it.
#[rustfmt::skip]
const PIECES: &[(&str, &str, &str)] = &[
    ("a note before the stop of a wide table's caption", "STATEMENT",
        "{table: {caption: 'Trade by year[^n].', header: [[Country name, 2021 value, 2022 value, 2023 value, 2024 value, 2025 value]], rows: [[Pakistan and Afghanistan, '1,200.50', '1,300.75', '1,400.00', '15', '16']]}}"),
    ("a note before the stop of a wide table's head", "STATEMENT",
        "{table: {header: [['Country[^n].', 2021 value, 2022 value, 2023 value, 2024 value, 2025 value]], rows: [[Pakistan and Afghanistan, '1,200.50', '1,300.75', '1,400.00', '15', '16']]}}"),
    ("a table in Urdu letters", "STATEMENT", "{table: {header: [[سرحد, تجارت]], rows: [[پاکستان, '۱۲']]}}"),
    ("a table in Latin letters in Urdu", "en\ncontributors:\n- name: Amina Khan\n  statement: [STATEMENT]",
        "ur\ncontributors:\n- name: Amina Khan\n  statement: [{table: {header: [[NATO, GDP]], rows: [[IMF, '14']]}}]"),
    ("a table in Latin letters in a statement in Urdu", "  statement: [STATEMENT]",
        "  language: ur\n  statement: [{table: {header: [[NATO, GDP]], rows: [[IMF, '14']]}}]"),
    ("a pull quote with marks inside a word", "STATEMENT", "The prefix of words stands here., {pull: 'the **pre**fix of *words*'}"),
    ("a pull quote with raised figures", "STATEMENT", "The x^2^ of CO~2~ words stands here., {pull: 'x^2^ of CO~2~ words'}"),
    ("a pull quote behind one that repeats nothing", "STATEMENT", "The words of the text., {pull: Lone and nowhere}, {pull: words of the text}"),
    ("a pull quote of the words of a picture", "STATEMENT", "{figure: {image: thread.png, alt: The words of the text}}, {pull: The words of the text}, W"),
    ("a pull quote with the mark of a note", "STATEMENT", "'The words of the text[^n] stand here.', {pull: 'words of the text[^n] stand'}"),
    ("a pull quote with the mark of a note before its text", "STATEMENT", "{pull: 'words of the text[^n] stand'}, 'The words of the text[^n] stand here.'"),
    ("items that begin with no paragraph", "STATEMENT",
        "{list: [[{quote: Words of another}, W], [{table: {header: [[h, i]], rows: [[a, b]]}}, W], [{numbered: [N, [{list: [O, P]}, Q]]}, W], [{figure: {image: thread.png, alt: A thread}}]]}"),
    ("two marks at a word of a wide caption", "STATEMENT",
        "'First[^n]', {table: {caption: 'Trade[^n][^n] by year', header: [[Country name, 2021 value, 2022 value, 2023 value, 2024 value, 2025 value]], rows: [[Pakistan and Afghanistan, '1,200.50', '1,300.75', '1,400.00', '15', '16']]}}"),
    ("two spaces in a name", "Amina Khan", "Amina  Khan"),
    ("two spaces in a name of many words", "Amina Khan", "Amina von  der  Leyen"),
    ("a tab in the series", "Flash Point", "\"Flash\\tPoint\""),
    ("a tab in the title", "Quiet", "\"Quiet\\tand small\""),
    ("a tab in the short title", "title: Quiet", "title: Quiet and small\nshort_title: \"Quiet\\tsmall\""),
    ("a picture like a thread", "STATEMENT", "Words, {figure: {image: thread.png, alt: A thread, width: 9%}}"),
    ("a tab in a heading", "STATEMENT", "HEADINGS"),
    ("a note set off from a heading", "STATEMENT", "{heading: 'The border [^n]'}, Words, {heading: '[^n] The talks'}, Words"),
    ("a note set off from the title", "title: Quiet", "title: Quiet and small [^n]"),
    ("a break behind which nothing stands", "STATEMENT", "Words, {break: }, More, {break: }, {break: }"),
    ("a break", "STATEMENT", "Words, {break: }, More*, {pull: 'Words, more'}"),
    ("a column with nothing in it", "STATEMENT", "{table: {header: [[a, '', c, '']], rows: [['1', '', '2', '']]}}, Words"),
    ("a column of one narrow letter", "STATEMENT",
        "{table: {header: [[Claim, '']], rows: [['The closure is a response to attacks, and it will be lifted once they are over.', l]]}}"),
    ("a table of many columns", "STATEMENT", "{table: {header: [[HEADS]], rows: [[HEADS]]}}"),
    ("a note with many ways back", "STATEMENT", "REFERENCES"),
    ("figures and spans of time from right to left", "en\ncontributors:\n- name: Amina Khan\n  statement: [STATEMENT]",
        "ar\ncontributors:\n- name: نور حداد\n  statement: [{table: {header: [[البلد, القيمة]], rows: [[مصر, '3–18'], [لبنان, '2193'], [عمان, '4.25']]}}]"),
    ("a list with one item that runs the other way", "STATEMENT", "{list: [[{quote: {text: 'کلمہ کلمہ', language: ur}}], one, two]}"),
    ("ideographic spaces", "STATEMENT", "SPACED\u{3000}"),
    ("thin spaces", "STATEMENT", "SPACED\u{2009}"),
    ("hair spaces", "STATEMENT", "SPACED\u{200A}"),
    ("mathematical spaces", "STATEMENT", "SPACED\u{205F}"),
];

/// So many headings that they are listed.
fn headings() -> String {
    let headings =
        (0..30).map(|number| format!("{{heading: \"The\\trelations {number}\"}}, Words"));
    headings.collect::<Vec<_>>().join(", ")
}

/// Pages of words with spaces of a kind between most.
fn spaced(space: char) -> String {
    let words =
        "However anxiously extraordinarily uncharacteristically we_may wish_these complaints_";
    let words = words.replace(' ', &space.to_string()).replace('_', " ");
    vec![words.repeat(60).trim().to_owned(); 5].join(", ")
}

/// A picture of a few rows, which are fewer where it is shown small.
fn thread() -> Vec<u8> {
    let picture = RgbaImage::from_fn(600, 4, |x, y| {
        let [red, green, ..] = (x * 7919 + y * 104_729)
            .wrapping_mul(2_654_435_761)
            .to_le_bytes();
        Rgba([red, green, 90, 255 - red / 2])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn nothing_is_told_of_small_pieces_that_were_called_faulty() {
    let place = Place::new();
    place.write("source/thread.png", thread());
    for (number, (what, old, new)) in PIECES.iter().enumerate() {
        let new = match new.strip_prefix("SPACED") {
            Some(space) => spaced(space.chars().next().unwrap()),
            None => new
                .replace("HEADINGS", &headings())
                .replace("HEADS", &["a"; 45].join(", "))
                .replace("REFERENCES", &["'Words[^n]'"; 50].join(", ")),
        };
        assert!(PIECE.contains(old), "{what}");
        let piece = PIECE.replace(old, &new).replace("STATEMENT", "Words");
        place.write(
            format!("source/{number}.yaml"),
            format!("# {what}\nslug: piece-{number}\n{piece}"),
        );
    }
    place.run("export source -q -f all,html").expect(0);
    let ran = place.run("verify source --strict").expect(0);
    let equal = "pdf equal, docx equal, epub equal, html equal";
    assert_eq!(
        ran.stderr.matches(equal).count(),
        PIECES.len(),
        "{}",
        ran.stderr
    );
}
