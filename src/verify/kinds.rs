//! Kinds of text, as formats name them: the style of a paragraph in Word, the class or element in hypertext.

use crate::compose::Kind;
use crate::read::FileKind;

/// The names of a kind in Word, in lower case, and in hypertext.
type Names = (&'static [&'static str], &'static [&'static str]);

/// The names under which editions show a kind of text. Headings are known by their levels.
fn names(kind: Kind) -> Option<Names> {
    Some(match kind {
        Kind::Series => (&["series"], &["series"]),
        Kind::Subtitle => (&["subtitle"], &["subtitle"]),
        Kind::Byline => (&["contributors"], &["byline"]),
        Kind::Credit => (&["other contributors"], &["credit"]),
        Kind::Date => (&["dateline"], &["date"]),
        Kind::Affiliation => (&["affiliation"], &["affiliation"]),
        Kind::Paragraph => (&["first paragraph", "body text"], &["p"]),
        Kind::Quote => (&["quote", "quote continued"], &["quote"]),
        Kind::QuoteSource => (&["quote attribution"], &["source"]),
        Kind::Pull => (&["intense quote"], &["pull"]),
        Kind::ListText => (&["list paragraph"], &["li", "item"]),
        Kind::Caption => (
            &["caption", "figure caption", "table caption"],
            &["caption"],
        ),
        Kind::FigureCredit => (&["credit"], &["image-credit"]),
        Kind::EndMatter => (&["end matter", "end matter continued"], &["end-matter"]),
        Kind::Title
        | Kind::Heading2
        | Kind::Heading3
        | Kind::Heading4
        | Kind::EndHeading
        | Kind::EndSubheading
        | Kind::HeadCell
        | Kind::RowHead
        | Kind::Cell
        | Kind::Note
        | Kind::Furniture => return None,
    })
}

/// Whether a text of a kind is named otherwise in an edition of ours.
pub(super) fn is_other(kind: Kind, found: Option<&str>, file: FileKind) -> bool {
    // A tagged file knows captions apart from paragraphs, and no other kinds.
    if file == FileKind::Pdf {
        return match kind {
            // A credit without a caption stands by itself.
            Kind::FigureCredit => false,
            kind => (kind == Kind::Caption) != (found == Some("Caption")),
        };
    }
    let Some((word, hypertext)) = names(kind) else {
        return false;
    };
    let known = match file {
        FileKind::Docx => word,
        FileKind::Epub | FileKind::Html => hypertext,
        FileKind::Pdf => return false,
    };
    found.is_some_and(|found| !known.contains(&found))
}
