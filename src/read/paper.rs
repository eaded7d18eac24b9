//! What a paged file shows besides its text, and how its pages are called.

use std::collections::BTreeMap;
use std::sync::Arc;

/// What is known of the pages of a file; nothing of one that has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// What the names lead to that links have (ISO 32000-1, 12.3.2.3).
    pub destinations: BTreeMap<String, Spot>,
    /// The bookmarks in their order.
    pub bookmarks: Vec<Bookmark>,
    /// The entries of the contents: their words, the page with them, and where each leads.
    pub contents: Vec<Lead>,
    /// The marks of references to notes, in the order of the text: their words, and where each leads.
    pub marks: Vec<Lead>,
    /// The lists in their order.
    pub lists: Vec<ListLabels>,
    /// The labels of notes in their order, and the names to which their ways back lead.
    pub notes: Vec<NoteLabel>,
    /// The label of each page (ISO 32000-1, 12.4.2), its number where the file gives none.
    pub labels: Vec<String>,
    /// What stands beside the text, in the order of the pages.
    pub beside: Vec<Beside>,
    /// The rules that are drawn.
    pub rules: Vec<DrawnRule>,
    /// The hyphens that stand there for the eye alone, each as a line of its own.
    pub hyphens: Vec<DrawnLine>,
    /// The width and height of each page, in hundredths of a point.
    pub sizes: Vec<[i64; 2]>,
    /// What a Word document's heads and feet say.
    pub heads: Vec<WordHead>,
    /// The pull quotes that are shown to the eye alone, or all where a format knows no difference.
    pub pulls: Vec<PullQuote>,
    /// The sections of hypertext that have names, in their order.
    pub sections: Vec<SectionMark>,
    /// The cover of a publication: its file, and what its alternative text says.
    pub cover: Option<CoverMark>,
    /// The references to notes of a file that flows, in the order in which they are met.
    pub references: Vec<Reference>,
    /// Of each note of such a file the ways back from it.
    pub returns: Vec<Vec<Return>>,
    /// The measures of a Word document that stand in no style.
    pub word: WordMeasures,
}

/// A reference to a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its name.
    pub name: String,
    /// The name of the note to which it leads.
    pub to: String,
    /// What it shows; nothing where whoever shows the file counts its notes.
    pub words: Option<String>,
    /// Whether it stands in a note.
    pub is_in_note: bool,
}

/// A way back from a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// The name of the reference to which it leads.
    pub to: String,
    /// What it shows.
    pub words: String,
    /// What it is called to those who listen, where a format can say so.
    pub label: Option<String>,
}

/// The measures of a Word document that stand in no style, in twentieths of a point.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordMeasures {
    /// The pages of its sections.
    pub pages: Vec<WordPage>,
    /// How far the first level of its lists stands in.
    pub list: Option<i64>,
    /// The rule under the heads of its tables: its width in eighths of a point and its colour.
    pub rule: Option<[String; 2]>,
}

/// The pages of a section of a Word document, in twentieths of a point.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordPage {
    /// Width and height.
    pub size: [i64; 2],
    /// Whether they lie on their side.
    pub is_turned: bool,
    /// The margins above, at the right, below and at the left, and those of heads and feet.
    pub margins: [i64; 6],
}

/// A rule on a page, in thousandths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawnRule {
    /// The page's number, from 1.
    pub page: usize,
    /// Its left and lower edges.
    pub low: [i64; 2],
    /// Its right and upper edges.
    pub high: [i64; 2],
    /// Its colour.
    pub colour: [u8; 3],
}

/// A section of hypertext.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionMark {
    /// Its name.
    pub name: String,
    /// What it means (EPUB Structural Semantics Vocabulary 1.1), where that is said.
    pub meaning: Option<String>,
    /// Its role (DPUB-ARIA 1.1), where that is said.
    pub role: Option<String>,
    /// What it is called where no heading names it.
    pub label: Option<String>,
    /// Where it stands.
    pub place: String,
}

/// A cover.
#[derive(Clone, PartialEq, Eq)]
pub struct CoverMark {
    /// Its file; empty where it is not there.
    pub bytes: Arc<[u8]>,
    /// Its alternative text.
    pub words: String,
    /// Where it stands.
    pub place: String,
}

impl std::fmt::Debug for CoverMark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.place, self.bytes.len())
    }
}

/// What stands in words for the number of a page, and for that of all pages, where a word processor counts them: characters that
/// no text may hold.
pub(crate) const PAGE: char = '\u{FDD0}';
pub(crate) const PAGES: char = '\u{FDD1}';

/// A head or foot of a Word document's pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordHead {
    /// Whether it stands below the text.
    pub is_foot: bool,
    /// Whether it is the first page's.
    pub is_first: bool,
    /// Its words.
    pub words: String,
    /// How many tabs part them; none where no part holds it.
    pub tabs: Option<usize>,
    /// The part that holds it.
    pub place: String,
}

/// A pull quote, which repeats the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullQuote {
    /// The block that stands before it.
    pub behind: String,
    /// Its words.
    pub words: String,
    /// Where it stands.
    pub place: String,
}

/// A place on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The page's number, from 1.
    pub page: usize,
    /// Its height from the page's lower edge, in hundredths of a point.
    pub top: i64,
    /// How much lies below it before something else begins: the size of the words there, none where it is not known.
    pub size: i64,
}

impl Spot {
    /// Whether a reader who is led to the other place comes here: the same page, and no two lines higher or lower. Lines of some
    /// scripts stand more than twice their size apart, and an empty cell before this one may be the place, of which nothing but its
    /// line is known.
    #[must_use]
    pub fn is_at(&self, other: &Self) -> bool {
        let room = self.size.max(other.size).max(100);
        self.page == other.page && (self.top - other.top).abs() <= room * 2
    }
}

impl Spot {
    /// Whether a reader who is led to the other place comes just here: lengths are written with three decimals.
    #[must_use]
    pub fn is_just_at(&self, other: &Self) -> bool {
        self.page == other.page && (self.top - other.top).abs() <= 6
    }
}

/// A line of a block as it is drawn, in hundredths of a point from the page's lower left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawnLine {
    /// The page's number, from 1.
    pub page: usize,
    /// What its letters stand on.
    pub base: i64,
    /// Where it begins and ends.
    pub left: i64,
    /// See [`DrawnLine::left`].
    pub right: i64,
    /// The size of its largest letters.
    pub size: i64,
    /// The colour of its first letters.
    pub ink: [u8; 3],
    /// Whether a Latin letter or a digit stands at its left end: signs hang out.
    pub is_plain: bool,
}

/// A bookmark (ISO 32000-1, 12.3.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// Its words.
    pub title: String,
    /// How many stand above it.
    pub depth: usize,
    /// Where it leads.
    pub leads: Option<Spot>,
}

/// Words that lead elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// The words.
    pub words: String,
    /// Where they stand.
    pub spot: Option<Spot>,
    /// The name to which they lead, empty where there is none.
    pub to: String,
    /// What is said of them to those who listen, where they are the mark of a note.
    pub said: Option<String>,
}

/// Where a block stands among the elements of a tagged file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nest {
    /// The roles of the elements around it and its own, the outermost first, as the standard calls them.
    pub path: Vec<String>,
    /// How many of these are around the block before it as well.
    pub shared: usize,
    /// Which way its lines and columns run, where that is not the way of the file (ISO 32000-1, table 344).
    pub turned: Option<String>,
}

/// What a list says of the labels of its items, and these.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListLabels {
    /// Their kind (ISO 32000-1, table 347).
    pub numbering: String,
    /// As they are shown.
    pub labels: Vec<String>,
    /// The number of the page on which the list begins.
    pub page: usize,
}

/// What stands before a note.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoteLabel {
    /// Its identifier.
    pub id: String,
    /// Its number, as it is shown.
    pub label: String,
    /// Where the ways back from it lead, the one from its number first.
    pub backs: Vec<String>,
    /// How each of them is described to those who do not see it.
    pub said: Vec<String>,
}

/// Words on a page that are no part of the text (ISO 32000-1, 14.8.2.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// The page's number, from 1.
    pub page: usize,
    /// What they are there for.
    pub kind: BesideKind,
    /// The words, as far as the glyphs say them.
    pub words: String,
    /// The lowest and the highest line that they stand on, and the height of the page, in hundredths of a point.
    pub lines: [i64; 2],
    pub height: i64,
    /// Where they begin and end across the page, and the sizes of the smallest and the largest, in hundredths of a point.
    pub across: [i64; 2],
    /// The same of each part of them that stands by itself.
    pub parts: Vec<[i64; 2]>,
    pub sizes: [i64; 2],
    /// Whether each ends farther to the right than the ones that are said before it.
    pub runs_forward: bool,
    /// Their colours, in red, green and blue up to 255.
    pub inks: Vec<[u8; 3]>,
}

/// What words beside the text are there for, as the file says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BesideKind {
    /// They head the page.
    Head,
    /// They stand at its foot.
    Foot,
    /// They are there because pages end: the head of a table once more.
    Repeated,
    /// They are there for the eye.
    Decoration,
}
