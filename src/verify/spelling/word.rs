//! What the styles of Word editions say under a theme (ISO/IEC 29500-1, 17.3 and 17.7): lengths in twentieths of a point, sizes in
//! halves, rules in eighths.

use super::{Dress, Should, side};
use crate::compose::Kind;
use crate::piece::Direction;
use crate::theme::{Case, Colour, FaceRole, Hyphens, Ink, Pt, Row, Slant, Weight};

/// The styles of kinds of text, and whether each keeps its lines together, and with the next.
const KINDS: &[(Kind, &str, bool, bool)] = &[
    (Kind::Series, "Series", true, true),
    (Kind::Title, "Title", true, true),
    (Kind::Subtitle, "Subtitle", true, true),
    (Kind::Byline, "Contributors", true, true),
    (Kind::Credit, "OtherContributors", true, true),
    (Kind::Date, "Dateline", true, true),
    (Kind::Heading2, "Heading2", true, true),
    (Kind::Heading3, "Heading3", true, true),
    (Kind::Heading4, "Heading4", true, true),
    (Kind::EndHeading, "EndHeading2", true, true),
    (Kind::EndSubheading, "EndHeading3", true, true),
    (Kind::Affiliation, "Affiliation", true, true),
    (Kind::Paragraph, "FirstParagraph", false, false),
    (Kind::Quote, "Quote", false, false),
    (Kind::QuoteSource, "QuoteAttribution", false, false),
    (Kind::Pull, "IntenseQuote", true, false),
    (Kind::ListText, "ListParagraph", false, false),
    (Kind::Caption, "Caption", true, true),
    (Kind::FigureCredit, "Credit", false, false),
    (Kind::HeadCell, "TableHead", true, true),
    (Kind::RowHead, "TableRowHead", false, false),
    (Kind::Cell, "TableText", false, false),
    (Kind::Note, "FootnoteText", false, false),
    (Kind::EndMatter, "EndMatter", false, false),
];
/// Those of texts that follow their like.
const FOLLOWING: &[(Kind, &str)] = &[
    (Kind::Paragraph, "BodyText"),
    (Kind::Quote, "QuoteContinued"),
    (Kind::EndMatter, "EndMatterContinued"),
];
/// What is held. Of faces the Latin one is: the others are those of letters that stand in a piece.
const WATCHED: &[&str] = &[
    "rPr/b",
    "rPr/bCs",
    "rPr/i",
    "rPr/iCs",
    "rPr/caps",
    "rPr/smallCaps",
    "rPr/strike",
    "rPr/u@val",
    "rPr/vertAlign@val",
    "rPr/sz@val",
    "rPr/szCs@val",
    "rPr/spacing@val",
    "rPr/color@val",
    "rPr/color@themeColor",
    "rPr/rFonts@ascii",
    "rPr/rFonts@hAnsi",
    "rPr/rFonts@asciiTheme",
    "rPr/rFonts@hAnsiTheme",
    "pPr/widowControl",
    "pPr/widowControl@val",
    "pPr/suppressAutoHyphens",
    "pPr/suppressAutoHyphens@val",
    "pPr/keepNext",
    "pPr/keepLines",
    "pPr/contextualSpacing",
    "pPr/jc@val",
    "pPr/spacing@before",
    "pPr/spacing@after",
    "pPr/spacing@line",
    "pPr/spacing@lineRule",
    "pPr/ind@left",
    "pPr/ind@right",
    "pPr/ind@hanging",
    "pPr/ind@firstLine",
    "pPr/tabs/tab@pos",
    "rPrDefault/rPr/sz@val",
    "rPrDefault/rPr/szCs@val",
    "rPrDefault/rPr/rFonts@ascii",
    "rPrDefault/rPr/rFonts@hAnsi",
    "rPrDefault/rPr/rFonts@asciiTheme",
    "rPrDefault/rPr/rFonts@hAnsiTheme",
];
/// What is held of rules: all that is said of them, and of those around tables.
const RULES: &[&str] = &["pPr/pBdr/", "tblPr/tblBorders/", "tblPr/tblCellMar/"];
/// Colours of the theme, by their names in Word's (20.1.6.2).
type OfTheme = (&'static str, Colour);

pub(super) fn is_watched(what: &str) -> bool {
    WATCHED.contains(&what)
        || RULES.iter().any(|start| what.starts_with(start))
        || what.starts_with("theme/")
}

fn twips(length: Pt) -> String {
    ((length.0 * 20.0).round() as i64).to_string()
}

fn half_points(length: Pt) -> String {
    ((length.0 * 2.0).round().max(2.0) as i64).to_string()
}

fn eighths(width: Pt) -> String {
    ((width.0 * 8.0).round().max(2.0) as i64).to_string()
}

/// What styles say under a theme.
pub(super) fn should(dress: &Dress) -> Should {
    let mut all = Should::default();
    for (kind, id, keeps_lines, keeps_next) in KINDS {
        let row = dress.row(*kind);
        run(&mut all, dress, id, row);
        paragraph(&mut all, id, row, *kind);
        if row.hyphens == Hyphens::Cut {
            all.say(id, "pPr/suppressAutoHyphens@val", "0");
        }
        if *keeps_lines {
            all.say(id, "pPr/keepLines", "");
        }
        if *keeps_next {
            all.say(id, "pPr/keepNext", "");
        }
    }
    for (kind, id) in FOLLOWING {
        let row = dress.row(*kind);
        all.say(id, "pPr/spacing@before", twips(row.between));
        all.say(id, "pPr/ind@firstLine", twips(row.indent));
        insets(&mut all, id, row);
    }
    // Spaces stand around lists, and not between their items.
    all.say("ListParagraph", "pPr/contextualSpacing", "");
    rules(&mut all, dress);
    others(&mut all, dress);
    characters(&mut all, dress);
    defaults(&mut all, dress);
    theme(&mut all, dress);
    all
}

fn run(all: &mut Should, dress: &Dress, id: &str, row: &Row) {
    let size = half_points(row.size);
    all.say(id, "rPr/sz@val", size.clone());
    all.say(id, "rPr/szCs@val", size);
    faces(all, dress, id, "rPr", row.face);
    if row.weight == Weight::Semibold {
        bold(all, id);
    }
    if row.slant == Slant::Italic {
        italic(all, id);
    }
    if row.case != Case::AsWritten {
        all.say(id, "rPr/smallCaps", "");
    }
    if row.tracking.0 != 0.0 {
        all.say(id, "rPr/spacing@val", twips(row.tracking * row.size));
    }
    let colour = row.ink.colour(&dress.colours);
    all.say(id, "rPr/color@val", colour.to_string());
    let of_theme = match row.ink {
        Ink::Text => "text1",
        Ink::Headings => "text2",
        Ink::Accent => "accent1",
        Ink::Quiet => "accent2",
        Ink::Links => "hyperlink",
        Ink::Own(_) => return,
    };
    all.say(id, "rPr/color@themeColor", of_theme);
}

/// What is bold is so in every script, and so is what is slanted.
fn bold(all: &mut Should, id: &str) {
    all.say(id, "rPr/b", "");
    all.say(id, "rPr/bCs", "");
}

fn italic(all: &mut Should, id: &str) {
    all.say(id, "rPr/i", "");
    all.say(id, "rPr/iCs", "");
}

fn faces(all: &mut Should, dress: &Dress, id: &str, above: &str, role: FaceRole) {
    for slot in ["ascii", "hAnsi"] {
        let names = dress.names(role).docx.to_vec();
        all.either(id, &format!("{above}/rFonts@{slot}"), names);
    }
    // Word's themes have two faces; a third has its name alone.
    let of_theme = match role {
        FaceRole::Text => "minorHAnsi",
        FaceRole::Headings => "majorHAnsi",
        FaceRole::Apparatus => return,
    };
    for slot in ["ascii", "hAnsi"] {
        all.say(id, &format!("{above}/rFonts@{slot}Theme"), of_theme);
    }
}

fn paragraph(all: &mut Should, id: &str, row: &Row, kind: Kind) {
    all.say(id, "pPr/spacing@before", twips(row.before));
    all.say(id, "pPr/spacing@after", twips(row.after));
    all.say(id, "pPr/spacing@line", twips(row.leading));
    all.say(id, "pPr/spacing@lineRule", "atLeast");
    let names = ["both", "left", "center", "right"];
    all.say(id, "pPr/jc@val", side(row.alignment, names));
    match kind {
        // Their numbering says how far they stand in.
        Kind::ListText => {}
        Kind::Note => {
            all.say(id, "pPr/ind@left", twips(row.inset_start));
            all.say(id, "pPr/ind@hanging", twips(row.inset_start));
        }
        _ => insets(all, id, row),
    }
}

fn insets(all: &mut Should, id: &str, row: &Row) {
    for (name, inset) in [("left", row.inset_start), ("right", row.inset_end)] {
        if inset > Pt(0.0) {
            all.say(id, &format!("pPr/ind@{name}"), twips(inset));
        }
    }
}

/// The rules under the title block and beside pull quotes, and those of tables.
fn rules(all: &mut Should, dress: &Dress) {
    let sheet = &dress.sheet;
    let rule = |all: &mut Should, id: &str, side: &str, colour: Colour, width: Pt, space: Pt| {
        let kind = if width > Pt(0.0) { "single" } else { "nil" };
        let space = (space.0.round().clamp(0.0, 31.0) as i64).to_string();
        all.say(id, &format!("pPr/pBdr/{side}@val"), kind);
        all.say(id, &format!("pPr/pBdr/{side}@sz"), eighths(width));
        all.say(id, &format!("pPr/pBdr/{side}@space"), space);
        all.say(id, &format!("pPr/pBdr/{side}@color"), colour.to_string());
    };
    let (colours, above) = (&dress.colours, sheet.spaces.above_rule);
    rule(
        all,
        "Dateline",
        "bottom",
        colours.rules,
        sheet.title_rule,
        above,
    );
    let side = match dress.direction {
        Direction::LeftToRight => "left",
        Direction::RightToLeft => "right",
    };
    let space = dress.row(Kind::Pull).inset_start - sheet.pull_bar;
    rule(
        all,
        "IntenseQuote",
        side,
        colours.accent,
        sheet.pull_bar,
        space,
    );
    let date = dress.row(Kind::Date);
    for (id, after) in [
        ("SummaryEnd", sheet.spaces.float),
        ("ContentsEnd", date.after),
    ] {
        rule(all, id, "bottom", colours.rules, sheet.title_rule, Pt(0.0));
        all.say(id, "pPr/spacing@before", "0");
        all.say(id, "pPr/spacing@after", twips(after));
        all.say(id, "pPr/spacing@line", twips(above));
        all.say(id, "pPr/spacing@lineRule", "exact");
    }
}

/// Styles of what is no kind of text by itself.
fn others(all: &mut Should, dress: &Dress) {
    let spaces = &dress.sheet.spaces;
    let caption = dress.row(Kind::Caption);
    let names = ["both", "left", "center", "right"];
    for (id, before, after, keeps_next) in [
        ("FigureCaption", Pt(0.0), spaces.float, false),
        ("TableCaption", spaces.float, spaces.cell, true),
    ] {
        run(all, dress, id, caption);
        all.say(id, "pPr/spacing@before", twips(before));
        all.say(id, "pPr/spacing@after", twips(after));
        all.say(id, "pPr/spacing@line", twips(caption.leading));
        all.say(id, "pPr/spacing@lineRule", "atLeast");
        all.say(id, "pPr/jc@val", side(caption.alignment, names));
        insets(all, id, caption);
        all.say(id, "pPr/keepLines", "");
        if keeps_next {
            all.say(id, "pPr/keepNext", "");
        }
    }
    // What stands under a figure sets it off from what follows.
    all.say("Credit", "pPr/spacing@after", twips(spaces.float));
    for (id, after) in [("Figure", spaces.under_image), ("Picture", spaces.float)] {
        all.say(id, "pPr/spacing@before", twips(spaces.float));
        all.say(id, "pPr/spacing@after", twips(after));
    }
    all.say("Figure", "pPr/keepNext", "");
    slivers(all, dress);
    all.say("Break", "pPr/spacing@before", twips(spaces.thought_break));
    all.say("Break", "pPr/spacing@after", twips(spaces.thought_break));
    all.say(
        "Break",
        "pPr/spacing@line",
        twips(dress.row(Kind::Paragraph).leading),
    );
    all.say("Break", "pPr/spacing@lineRule", "atLeast");
    all.say("Break", "pPr/jc@val", "center");
    for (id, level) in [("TOC2", 0), ("TOC3", 1), ("TOC4", 2)] {
        let indent = (dress.indent.0 * 20.0).round() as i32 * level;
        all.say(id, "pPr/ind@left", indent.to_string());
    }
    for id in ["TableHeadNumber", "TableNumber"] {
        all.say(id, "pPr/jc@val", "right");
    }
    let furniture = dress.row(Kind::Furniture);
    for (id, alignment) in [
        ("Header", furniture.alignment),
        ("Footer", crate::theme::Alignment::Centre),
    ] {
        run(all, dress, id, furniture);
        paragraph(all, id, furniture, Kind::Furniture);
        all.say(id, "pPr/jc@val", side(alignment, names));
    }
    let measure = twips(dress.measure);
    let half = (dress.measure.0 * 20.0).round() as i64 / 2;
    let places = vec![measure, half.to_string()];
    all.either("Header", "pPr/tabs/tab@pos", places);
    run(all, dress, "TOCHeading", dress.row(Kind::EndHeading));
    paragraph(
        all,
        "TOCHeading",
        dress.row(Kind::EndHeading),
        Kind::EndHeading,
    );
    all.say("TOCHeading", "pPr/keepNext", "");
}

/// Paragraphs as low as can be, beside tables and portraits: they take their point off the spaces there.
fn slivers(all: &mut Should, dress: &Dress) {
    let low = Pt(1.0);
    let beside = Pt((dress.sheet.spaces.float - low).0.abs());
    for (id, before, after, keeps_next) in [
        ("TableStart", beside, Pt(0.0), true),
        ("TableEnd", Pt(0.0), beside, false),
        ("Portrait", Pt(0.0), Pt(0.0), true),
    ] {
        all.say(id, "pPr/spacing@before", twips(before));
        all.say(id, "pPr/spacing@after", twips(after));
        all.say(id, "pPr/spacing@line", twips(low));
        all.say(id, "pPr/spacing@lineRule", "exact");
        all.say(id, "rPr/sz@val", "2");
        all.say(id, "rPr/szCs@val", "2");
        if keeps_next {
            all.say(id, "pPr/keepNext", "");
        }
    }
}

/// Styles of words inside paragraphs.
fn characters(all: &mut Should, dress: &Dress) {
    for (id, is_bold, is_italic) in [
        ("Emphasis", false, true),
        ("Strong", true, false),
        ("StrongEmphasis", true, true),
        ("HyperlinkEmphasis", false, true),
        ("HyperlinkStrong", true, false),
        ("HyperlinkStrongEmphasis", true, true),
    ] {
        all.known(id);
        if is_bold {
            bold(all, id);
        }
        if is_italic {
            italic(all, id);
        }
    }
    all.say(
        "Hyperlink",
        "rPr/color@val",
        dress.colours.links.to_string(),
    );
    all.say("Hyperlink", "rPr/color@themeColor", "hyperlink");
    all.say("Hyperlink", "rPr/u@val", "single");
    all.say("FootnoteReference", "rPr/vertAlign@val", "superscript");
    all.known("DefaultParagraphFont");
}

fn defaults(all: &mut Should, dress: &Dress) {
    let size = half_points(dress.sheet.body());
    all.say("DEFAULTS", "rPrDefault/rPr/sz@val", size.clone());
    all.say("DEFAULTS", "rPrDefault/rPr/szCs@val", size);
    faces(all, dress, "DEFAULTS", "rPrDefault/rPr", FaceRole::Text);
    let leading = dress.row(Kind::Paragraph).leading;
    all.say("Normal", "rPr/color@val", dress.colours.text.to_string());
    all.say("Normal", "rPr/color@themeColor", "text1");
    all.say("Normal", "pPr/widowControl", "");
    all.say("Normal", "pPr/suppressAutoHyphens", "");
    all.say("Normal", "pPr/spacing@before", "0");
    all.say("Normal", "pPr/spacing@after", "0");
    all.say("Normal", "pPr/spacing@line", twips(leading));
    all.say("Normal", "pPr/spacing@lineRule", "atLeast");
    let sheet = &dress.sheet;
    let spaces = &sheet.spaces;
    let (cell, gutter) = (twips(spaces.cell), twips(spaces.gutter));
    let (none, usual) = ("0".to_owned(), "108".to_owned());
    for (id, margins) in [
        ("TableNormal", [&none, &usual, &none, &usual]),
        ("PieceTable", [&cell, &none, &cell, &gutter]),
    ] {
        for (side, width) in ["top", "left", "bottom", "right"].iter().zip(margins) {
            let under = format!("tblPr/tblCellMar/{side}");
            all.say(id, &format!("{under}@w"), width.clone());
            all.say(id, &format!("{under}@type"), "dxa");
        }
    }
    for side in ["top", "bottom"] {
        let under = format!("tblPr/tblBorders/{side}");
        let colour = dress.colours.quiet.to_string();
        all.say("PieceTable", &format!("{under}@val"), "single");
        all.say("PieceTable", &format!("{under}@space"), "0");
        all.say("PieceTable", &format!("{under}@color"), colour);
        all.say(
            "PieceTable",
            &format!("{under}@sz"),
            eighths(sheet.table_rule),
        );
    }
}

/// The faces that Word's own themes name for scripts, which stand in where a file's have no letters.
const BY_SCRIPT: &str = "Jpan Yu Mincho, Hang Malgun Gothic, Hans DengXian, Hant PMingLiU, Arab Times New Roman, \
    Hebr Times New Roman, Thai Angsana New, Beng Vrinda, Deva Mangal, Gujr Shruti, Guru Raavi, Taml Latha, Telu Gautami";

/// The theme of the file.
fn theme(all: &mut Should, dress: &Dress) {
    const OF: &str = "the theme";
    let colours = &dress.colours;
    let said: [OfTheme; 12] = [
        ("dk1", colours.text),
        ("lt1", colours.paper),
        ("dk2", colours.headings),
        ("lt2", colours.cover_text),
        ("accent1", colours.accent),
        ("accent2", colours.quiet),
        ("accent3", colours.rules),
        ("accent4", colours.cover_paper),
        ("accent5", colours.cover_accent),
        ("accent6", colours.links),
        ("hlink", colours.links),
        ("folHlink", colours.links),
    ];
    for (name, colour) in said {
        all.say(OF, &format!("theme/{name}"), colour.to_string());
    }
    for (name, role) in [
        ("majorFont", FaceRole::Headings),
        ("minorFont", FaceRole::Text),
    ] {
        let names = dress.names(role).docx.to_vec();
        all.either(OF, &format!("theme/{name}/latin"), names);
        all.say(OF, &format!("theme/{name}/ea"), "");
        all.say(OF, &format!("theme/{name}/cs"), "");
        all.say(OF, &format!("theme/{name}/font"), BY_SCRIPT);
    }
    let fill = "solidFill(schemeClr=phClr)";
    let fills = [fill; 3].join(" ");
    let lines = ["6350", "12700", "19050"].map(|wide| format!("ln={wide}({fill})"));
    let lines = lines.join(" ");
    let effects = ["effectStyle(effectLst)"; 3].join(" ");
    let formats = format!(
        "fillStyleLst({fills}) lnStyleLst({lines}) effectStyleLst({effects}) bgFillStyleLst({fills})"
    );
    all.say(OF, "theme/fmtScheme", formats);
    all.say(OF, "theme/name", dress.name.clone());
}
