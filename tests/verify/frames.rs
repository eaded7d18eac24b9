//! Rows of style sheets that are of no kind of text, gone or with another value, each alone; and sheets in other words that mean the
//! same.

use crate::change::{Change, edition, every_change_is_found, exported_as, repack};

#[rustfmt::skip]
const CHANGES: &[Change] = &[
    // Rows that are gone.
    ("breaks that show nothing", "epub", "stylesheet.css", "hr::before { content: \"*\\2003*\\2003*\"; }", "", "`hr::before`"),
    ("breaks that show nothing", "html", "", "hr::before { content: \"*\\2003*\\2003*\"; }", "", "`hr::before`"),
    ("no colours on dark pages", "epub", "later.css", "@media (prefers-color-scheme: dark) {", "@media (max-width: 36em) {", "@media (prefers-color-scheme: dark)"),
    ("a bar as by day", "epub", "later.css", ".pull-quote { border-color:", ".pull-quote { color:", "`border-color`"),
    ("numbers at the left", "epub", "stylesheet.css", ".number, .ended { text-align: right; text-align: end; }", "", "`.number`"),
    ("numbers at the left", "html", "", ".number, .ended { text-align: end; }", "", "`.number`"),
    ("one way to say it", "epub", "stylesheet.css", "text-align: right; text-align: end;", "text-align: end;", "1 values of `text-align`"),
    ("emphasis by weight", "epub", "stylesheet.css", "em.heavy { font-style: normal; font-weight: 600; }", "", "`em.heavy`"),
    ("emphasis in what is heavy", "epub", "stylesheet.css", "h1 em.heavy { font-weight: 400; }", "", "`h1 em.heavy`"),
    ("links", "epub", "stylesheet.css", "a { color: inherit; text-decoration: underline; }", "", "`a`"),
    ("words that hold together", "epub", "stylesheet.css", ".tied { white-space: nowrap; }", "", "`.tied`"),
    ("what keys are at", "html", "", "a:focus-visible { outline: .2rem solid var(--accent); outline-offset: .15rem; }", "", "`a:focus-visible`"),
    ("text beside a portrait", "html", "", "section, h3.end { clear: both; }", "", "`clear`"),
    ("what is hidden", "epub", "stylesheet.css", "[hidden] { display: none; }", "", "`[hidden]`"),
    ("headings under each other", "html", "", "h2 + h3", "h2 + h5", "`h2 + h3`"),
    ("lines of phones", "html", "", "white-space: normal;", "", "`white-space`"),
    ("the slant of a face", "epub", "stylesheet.css", "font-style: normal;\n", "", "without its font-style"),
    ("contents without sheets", "epub", "nav.xhtml", "<link rel=\"stylesheet\" type=\"text/css\" href=\"stylesheet.css\"/>", "", "other style sheets"),
    // Values.
    ("a face of no weight", "epub", "stylesheet.css", "font-weight: 400;\n", "font-weight: 600.2;\n", "font-weight: 600.2"),
    ("narrow pictures", "epub", "stylesheet.css", "img { max-width: 100%;", "img { max-width: 5%;", "`max-width`"),
    ("narrow tables", "epub", "stylesheet.css", "width: 100%; overflow-wrap", "width: 5%; overflow-wrap", "`width`"),
    ("a small cover", "epub", "stylesheet.css", "width: 75%; max-height: 98vh;", "width: 1%; max-height: 1vh;", "`.cover img`"),
    ("large marks", "epub", "stylesheet.css", "sup, sub { font-size: 0.75em;", "sup, sub { font-size: 3em;", "`sup`"),
    ("an affiliation on its name", "epub", "stylesheet.css", "h2 + .affiliation { margin-top: -", "h2 + .affiliation { margin-top: -1", "`h2 + .affiliation`"),
    ("small print", "html", "", "html { font-size: 11pt; }", "html { font-size: 5.5pt; }", "`@media print > html`"),
    ("small titles on phones", "html", "", "@media (max-width: 40em) {\n  h1 { font-size: ", "@media (max-width: 40em) {\n  h1 { font-size: -", "`@media (max-width: 40em) > h1`"),
    ("letters that phones make small", "html", "", "text-size-adjust: 100%", "text-size-adjust: 10%", "`-webkit-text-size-adjust`"),
    ("a row that others give way to", "html", "", "hr { border: 0;", "hr { border: 0 !important;", "!important"),
];

#[test]
fn every_row_that_is_gone_or_says_other_is_found_and_named() {
    for format in ["epub", "html"] {
        every_change_is_found(format, CHANGES);
    }
}

/// What is changed in all sheets, and what stands there then.
const HARMLESS: &[(&str, &str)] = &[
    ("#8C1C13", "#8c1c13"),
    ("#8C1C13", "rgb(140, 28, 19)"),
    ("font-weight: 400;", "font-weight: normal;"),
    ("text-indent: 0;", "text-indent: 0em;"),
    ("margin: 0;", "margin: 0 0 0 0;"),
    (": ", ":"),
    (" {", "{"),
    ("h2 + h3", "h2+h3"),
    (", ", ","),
    ("/* Kinds of text */", ""),
    (": 0.", ": ."),
];

#[test]
fn sheets_that_say_the_same_in_other_words_are_equal() {
    let place = exported_as(&["epub", "html"]);
    let (book, page) = (edition("epub"), edition("html"));
    let (whole, html) = (place.read(&book), place.read(&page));
    let html = String::from_utf8(html).unwrap();
    let (head, rest) = html.split_once("<style>").unwrap();
    let (sheet, tail) = rest.split_once("</style>").unwrap();
    // Faces of a page stand in its sheet, and addresses have no other words.
    let (faces, sheet) = sheet.split_at(sheet.find(":root").unwrap());
    for (from, to) in HARMLESS {
        let change = |text: &str| text.replace(from, to);
        let (bytes, _) = repack(&whole, ".css", change);
        place.write(&book, bytes);
        let sheet = change(sheet);
        let page_text = format!("{head}<style>@charset \"utf-8\";{faces}{sheet}</style>{tail}");
        place.write(&page, page_text);
        let ran = place.run("verify source --strict");
        assert_eq!(ran.code, Some(0), "{from} as {to}: {}", ran.stderr);
    }
}
