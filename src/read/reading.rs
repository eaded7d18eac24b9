//! What a file says: blocks of text in the order in which they are read, and what it says of itself.

use std::sync::Arc;

use super::drawing::Drawing;
use super::paper::{DrawnLine, Nest, Paper, Spot};
use super::sign::Sign;
use super::soundness::Fault;
use super::spelled::Spelled;
use super::style_sheet::StrangeStyle;
use crate::compose::{Role, Shift, canonical_line, repeated, silent};
use crate::digest::Sha256;
use crate::drawing::Shape;
use crate::piece::Direction;

/// The kinds of file that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// PDF (ISO 32000).
    Pdf,
    /// A Word document (ISO/IEC 29500).
    Docx,
    /// EPUB 2 or 3.
    Epub,
    /// A document in HTML.
    Html,
}

impl FileKind {
    /// Its name as it is said to people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Docx => "DOCX",
            Self::Epub => "EPUB",
            Self::Html => "HTML",
        }
    }
}

/// What a file says.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    /// The kind of file.
    pub kind: FileKind,
    /// The blocks in reading order; notes apart.
    pub blocks: Vec<Block>,
    /// The blocks of notes, in the order of the notes.
    pub notes: Vec<Block>,
    /// What it says of itself.
    pub metadata: Metadata,
    /// Whether it says what its parts are (headings, lists): a PDF without tags does not.
    pub is_structured: bool,
    /// What is said and not seen, or seen and not said.
    pub unseen: Vec<Unseen>,
    /// What its text is drawn with.
    pub drawing: Drawing,
    /// The names that its contents, bookmarks and navigation list.
    pub listed: Vec<Listed>,
    /// Where its pages begin, or those of its paper edition.
    pub pages: Vec<PageStart>,
    /// Rules of its format that it breaks.
    pub faults: Vec<Fault>,
    /// What its pages show besides the text.
    pub paper: Paper,
    /// What its style sheets say that those of editions do not.
    pub styles: Vec<StrangeStyle>,
    /// What its styles say of kinds of text, where it is an edition of ours that flows.
    pub spelled: Arc<Vec<Spelled>>,
}

/// A name that leads into the text, in contents, bookmarks or navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The name.
    pub text: String,
    /// Where it is listed.
    pub place: String,
}

/// The beginning of a page in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageStart {
    /// The page's label.
    pub label: String,
    /// How many blocks end before it.
    pub blocks: usize,
    /// How much of the block that is open stands before it, in characters that are no white space.
    pub characters: usize,
}

/// Text that is said and not seen, or seen and not said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// Where it stands.
    pub place: String,
    /// The text.
    pub text: String,
    /// Why.
    pub reason: String,
}

/// What a file says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title.
    pub title: Option<String>,
    /// The names of those who made it, in order.
    pub creators: Vec<String>,
    /// The language tag.
    pub language: Option<String>,
    /// The SHA-256 of the canonical text that it claims.
    pub text_hash: Option<Sha256>,
    /// The SHA-256 of the source that it claims to be made of.
    pub source_hash: Option<Sha256>,
    /// Everything that it says, under the names of its format, in the order of the file.
    pub statements: Vec<Statement>,
}

impl Metadata {
    /// Whether the program that wrote a Word document last is this one.
    pub(crate) fn is_last_by_us(&self) -> bool {
        self.said("program Application")
            .any(|program| program == "Flashpoint")
    }

    /// Whether another program saved a PDF again.
    pub(crate) fn is_saved_again(&self) -> bool {
        let mut producers = self.said("Producer");
        producers.any(|producer| !producer.starts_with("Flashpoint"))
    }

    /// What is said under a name, in the order of the file.
    pub(crate) fn said<'m>(&'m self, name: &str) -> impl Iterator<Item = &'m str> {
        let said = self.statements.iter().filter(move |said| said.name == name);
        said.map(|said| said.value.as_str())
    }
}

/// Something that a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement {
    /// What is said, as its format calls it.
    pub name: String,
    /// What that is, as a canonical line.
    pub value: String,
    /// The signs that such a line leaves out, since nobody sees them.
    pub unseen: String,
}

impl Statement {
    pub(super) fn new(name: impl Into<String>, value: impl AsRef<str>) -> Self {
        Self {
            name: name.into(),
            value: canonical_line(value.as_ref()),
            unseen: silent(value.as_ref()).collect(),
        }
    }
}

/// The hash of an address that names what it leads to by its contents (`nih:sha-256;…`, RFC 6920, 7).
pub(super) fn hash_of(address: String) -> Option<Sha256> {
    Sha256::parse(address.rsplit(';').next()?)
}

/// A block of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it is.
    pub role: Role,
    /// In how many lists it stands.
    pub depth: usize,
    /// Its stretches of text.
    pub spans: Vec<Span>,
    /// Where it stands in the file, for people: a page, or a part and the block's number in it.
    pub place: String,
    /// What stands before its words, the outermost first.
    pub signs: Vec<Sign>,
    /// Where on paper it begins.
    pub spot: Option<Spot>,
    /// Where it stands among the elements of a tagged PDF.
    pub nest: Option<Nest>,
    /// The picture that its words stand for, where the file holds it.
    pub picture: Option<Arc<Picture>>,
    /// What the file calls its look: the id of a style, or an element with its classes. Empty where nothing is said.
    pub style: String,
    /// The size of its Latin letters where it is drawn, in thousandths of a point; nothing where it is not known.
    pub size: i64,
    /// The names by which others lead to it, and to what stands before it without words.
    pub names: Vec<String>,
    /// The direction that it says of itself.
    pub turned: Option<Direction>,
    /// What stands between its Latin letters besides, in thousandths of their size.
    pub spacing: i64,
    /// The colours of its letters and signs where it is drawn and they lead nowhere, in red, green and blue up to 255.
    pub inks: Vec<[u8; 3]>,
    /// The colours of those that lead outside.
    pub link_inks: Vec<[u8; 3]>,
    /// Its lines where it is drawn.
    pub lines: Vec<DrawnLine>,
    /// Where the label stands that is drawn before them.
    pub label: Option<DrawnLine>,
}

/// A picture as a file holds and shows it.
#[derive(Clone, PartialEq)]
pub struct Picture {
    /// Its file; empty where it is not there.
    pub bytes: Arc<[u8]>,
    /// The file of the drawing that programs show in its place which know drawings (Word documents).
    pub vectors: Option<Arc<[u8]>>,
    /// Width and height as it is shown, in one unit, where the file says both.
    pub shown: Option<(f64, f64)>,
    /// Which part of the measure it is wide, where the file says it.
    pub share: Option<f64>,
    /// The marks that it is made of, where it is a drawing; none where it is drawn in a way that no drawing of ours is.
    pub drawn: Option<Option<Arc<Vec<Shape>>>>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let marks = self.drawn.as_ref().map(Option::is_some);
        write!(
            f,
            "Picture({} bytes, {:?}, {marks:?})",
            self.bytes.len(),
            self.shown
        )
    }
}

/// A stretch of text with one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The characters.
    pub text: String,
    /// How they look and where they lead.
    pub look: Look,
}

/// What is said of a stretch of text besides its characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// Emphasised.
    pub emphasis: bool,
    /// Strong.
    pub strong: bool,
    /// Raised or lowered.
    pub shift: Shift,
    /// Its language, where that is not the file's.
    pub language: Option<String>,
    /// Where it leads.
    pub link: Option<Link>,
}

/// Where a stretch of text leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// An address outside the file.
    Outside(String),
    /// A place in it, by its name.
    Inside(String),
    /// A note: the text is the mark of a reference, and is no word of the file.
    Note(String),
}

impl Block {
    /// The words alone: the marks of notes left out.
    #[must_use]
    pub fn plain(&self) -> String {
        let words = self
            .spans
            .iter()
            .filter(|span| !matches!(span.look.link, Some(Link::Note(_))));
        words.map(|span| span.text.as_str()).collect()
    }

    /// The canonical line.
    #[must_use]
    pub fn line(&self) -> String {
        canonical_line(&self.plain())
    }
}

impl Contents {
    /// The blocks that count: all but the pull quotes that repeat the text. A format that cannot say so shows them as blocks.
    pub fn text(&self) -> impl Iterator<Item = &Block> {
        let is_pull = |block: &&Block| block.role == Role::Pull;
        let plain =
            |blocks: Vec<&Block>| -> Vec<String> { blocks.into_iter().map(Block::plain).collect() };
        let (pulls, others): (Vec<&Block>, Vec<&Block>) =
            self.blocks.iter().chain(&self.notes).partition(is_pull);
        // What stands for a picture is no text that a pull quote repeats.
        let others = others.into_iter();
        let others = others
            .filter(|block| block.role != Role::Alternative)
            .collect();
        let mut repeated = repeated(&plain(pulls), &plain(others)).into_iter();
        let counts = move |block: &&Block| !is_pull(block) || !repeated.next().unwrap_or(false);
        self.blocks.iter().filter(counts)
    }
}
