//! Styles of a whole kind of text that say other than the theme does, each alone, and spaces of another kind.

use crate::change::{Change, every_change_is_found};

#[rustfmt::skip]
const CHANGES: &[Change] = &[
    // Word documents.
    ("paragraphs slanted", "docx", "word/styles.xml", "<w:name w:val=\"Body Text\" />", "<w:name w:val=\"Body Text\" /><w:rPr><w:i/></w:rPr>", "`BodyText`"),
    ("headings not bold", "docx", "word/styles.xml", "<w:outlineLvl w:val=\"1\" /></w:pPr><w:rPr><w:rFonts w:ascii=\"Flashpoint Serif\" w:hAnsi=\"Flashpoint Serif\" w:asciiTheme=\"majorHAnsi\" w:hAnsiTheme=\"majorHAnsi\" w:cstheme=\"majorBidi\" w:eastAsiaTheme=\"majorEastAsia\" /><w:b /><w:bCs />", "<w:outlineLvl w:val=\"1\" /></w:pPr><w:rPr><w:rFonts w:ascii=\"Flashpoint Serif\" w:hAnsi=\"Flashpoint Serif\" w:asciiTheme=\"majorHAnsi\" w:hAnsiTheme=\"majorHAnsi\" w:cstheme=\"majorBidi\" w:eastAsiaTheme=\"majorEastAsia\" />", "`Heading2`"),
    ("another size", "docx", "word/styles.xml", "<w:sz w:val=\"30\" />", "<w:sz w:val=\"28\" />", "`rPr/sz@val`"),
    ("another of its faces", "docx", "word/styles.xml", "w:ascii=\"Flashpoint Sans\" w:hAnsi=\"Flashpoint Sans\"", "w:ascii=\"Flashpoint Serif\" w:hAnsi=\"Flashpoint Serif\"", "`rPr/rFonts@ascii`"),
    ("small capitals lost", "docx", "word/styles.xml", "<w:smallCaps/>", "", "`rPr/smallCaps`"),
    ("another colour of the theme", "docx", "word/styles.xml", "<w:color w:val=\"12263A\" w:themeColor=\"text2\" />", "<w:color w:val=\"8C1C13\" w:themeColor=\"accent1\" />", "`rPr/color@val`"),
    ("a rule lost", "docx", "word/styles.xml", "<w:pBdr><w:bottom w:val=\"single\" w:space=\"14\" w:sz=\"5\" w:color=\"B8BCC2\" /></w:pBdr>", "", "`pPr/pBdr/bottom@val`"),
    ("a theme's face of a script", "docx", "word/theme/theme1.xml", "script=\"Thai\" typeface=\"Angsana New\"", "script=\"Thai\" typeface=\"Tahoma\"", "`theme/majorFont/font`"),
    ("a theme's lines of shapes", "docx", "word/theme/theme1.xml", "<a:ln w=\"12700\">", "<a:ln w=\"25400\">", "`theme/fmtScheme`"),
    ("a theme's face of text", "docx", "word/theme/theme1.xml", "<a:latin typeface=\"Flashpoint Serif\"", "<a:latin typeface=\"Flashpoint Sans\"", "`theme/minorFont/latin`"),
    ("a colour of the theme", "docx", "word/theme/theme1.xml", "<a:accent3><a:srgbClr val=\"B8BCC2\"/>", "<a:accent3><a:srgbClr val=\"FF0000\"/>", "`theme/accent3`"),
    ("a space without a break", "docx", "word/document.xml", "The last word.", "The last\u{A0}word.", "U+00A0 for U+0020"),
    ("two spaces", "docx", "word/document.xml", "The last word.", "The last  word.", "U+0020 for U+0077"),
    // EPUB.
    ("headings not bold", "epub", "stylesheet.css", "h2 { font-family: \"Flashpoint Serif\", serif; font-weight: 600", "h2 { font-family: \"Flashpoint Serif\", serif; font-weight: 400", "`font-weight`"),
    ("another size", "epub", "stylesheet.css", "font-size: 1.3636em", "font-size: 1.2em", "`font-size`"),
    ("small capitals lost", "epub", "stylesheet.css", "font-variant: small-caps; ", "", "`font-variant`"),
    ("small capitals", "epub", "stylesheet.css", "hr::before {", ".affiliation { font-variant: small-caps } hr::before {", "`font-variant`"),
    ("another of its faces", "epub", "stylesheet.css", ".affiliation { font-family: \"Flashpoint Sans\", sans-serif", ".affiliation { font-family: \"Flashpoint Serif\", serif", "`font-family`"),
    ("no room between letters", "epub", "stylesheet.css", "hr::before {", "p { letter-spacing: 0.05em } hr::before {", "letter-spacing"),
    ("a space without a break", "epub", "statement-1.xhtml", "The last word.", "The last\u{A0}word.", "U+00A0 for U+0020"),
    // HTML.
    ("another size", "html", "", "font-size: 1.3636em", "font-size: 1.2em", "`font-size`"),
    ("quotations slanted", "html", "", ".quote { font-family: var(--text-face); font-weight: 400; font-style: normal", ".quote { font-family: var(--text-face); font-weight: 400; font-style: italic", "`font-style`"),
    ("the colour of the text", "html", "", "--text: #1A1A1A", "--text: #8C1C13", "`--text`"),
    ("the face of the text", "html", "", "--text-face: \"Flashpoint Serif\"", "--text-face: \"Flashpoint Sans\"", "`--text-face`"),
    ("a narrow page", "html", "", "max-width: calc(30.7273em", "max-width: calc(9em", "`max-width`"),
    ("a space without a break", "html", "", "The last word.", "The last\u{A0}word.", "U+00A0 for U+0020"),
];

#[test]
fn every_change_of_a_kind_of_text_is_found_and_named() {
    for format in ["docx", "epub", "html"] {
        every_change_is_found(format, CHANGES);
    }
}
