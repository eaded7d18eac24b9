//! The comparison: three verdicts, and differences with their places.

use std::collections::BTreeSet;

use super::difference::{Difference, Kind};
use super::expected::Expected;
use super::house;
use super::loose;
use super::metadata;
use super::outlines::{self, Origin};
use super::words::{Words, changes};
use crate::compose::{Head, Role, Shift, canonical_line};
use crate::read::{Block, Contents, FileKind, Link, Look, Unseen};

/// So many differences of an edition are told; the rest is counted.
const MOST: usize = 20;

/// What a file is held against, as messages name it.
const SOURCE: &str = "the source";
const OTHER: &str = "the other";

/// What became of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It says what its source says.
    Equal,
    /// The words are those of the source, and something about them is not.
    Structure,
    /// The words are not those of the source.
    Text,
}

/// What was compared, so that nobody takes "nothing looked at" for "nothing found".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Words.
    pub words: usize,
    /// Headings.
    pub headings: usize,
    /// Notes.
    pub notes: usize,
    /// Links.
    pub links: usize,
    /// Cells of tables.
    pub cells: usize,
    /// Alternative texts.
    pub images: usize,
    /// Names of creators in the metadata.
    pub creators: usize,
    /// Texts of glyphs whose outlines were held against their faces.
    pub outlines: usize,
}

/// What was found of an edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// What was compared.
    pub tally: Tally,
    /// What differs.
    pub differences: Vec<Difference>,
    /// What was not compared, and why.
    pub not_made: Vec<String>,
}

/// Holds an edition against what its source says.
#[must_use]
pub fn hold(contents: &Contents, expected: &Expected) -> Held {
    let text: Vec<Block> = contents.text().cloned().collect();
    let text = house::without(text, expected);
    let is_loose = loose::is_loose(contents);
    let mut found = match is_loose {
        true => {
            let said = loose::Said {
                blocks: &expected.blocks,
                notes: &expected.notes,
                furniture: &expected.furniture,
                names: ["it", SOURCE],
            };
            loose::words(&said, contents)
        }
        false => {
            let mut found = words(&expected.blocks, &text, SOURCE);
            found.extend(words(&expected.notes, &contents.notes, SOURCE));
            found
        }
    };
    // Blocks are held against each other where the words are the same; else every one would differ.
    if found.is_empty() {
        if contents.is_structured && is_loose {
            found.extend(loose::headings(&expected.blocks, &text));
        } else if contents.is_structured {
            // Word knows the items of lists, and not what else stands in them.
            let depth = |index: usize, found: &Block| {
                contents.kind != FileKind::Docx || found.depth > 0 || expected.begins_item[index]
            };
            structure(&expected.blocks, &text, depth, &mut found);
            structure(&expected.notes, &contents.notes, |_, _| false, &mut found);
        } else {
            found.push(Difference {
                kind: Kind::Tags,
                place: "the file".to_owned(),
                message: "it has no tags: nobody can tell its headings from its paragraphs"
                    .to_owned(),
            });
        }
    }
    let is_mark =
        |unseen: &&Unseen| expected.mark.as_deref() == Some(canonical_line(&unseen.text).as_str());
    let unseen = contents.unseen.iter().filter(|unseen| !is_mark(unseen));
    for unseen in unseen.take(MOST) {
        found.push(Difference {
            kind: Kind::Sight,
            place: unseen.place.clone(),
            message: format!(
                "what is seen is not what is said: {}: {}",
                quoted(&unseen.text),
                unseen.reason
            ),
        });
    }
    let outlines = match &expected.faces {
        Some(faces) if is_loose => outlines::hold(&contents.drawing, faces, Origin::DrawnAgain),
        Some(faces) => outlines::hold(&contents.drawing, faces, Origin::Own),
        None => outlines::Found::default(),
    };
    found.extend(outlines.differences);
    found.extend(contents.faults.iter().take(MOST).map(|fault| Difference {
        kind: Kind::Soundness,
        place: fault.place.clone(),
        message: format!("it breaks a rule of its format: {}", fault.message),
    }));
    listed(contents, expected, &mut found);
    metadata(contents, expected, &mut found);
    metadata::hold(
        &contents.metadata,
        contents.kind,
        &expected.record,
        &mut found,
    );
    turned(&text, contents, expected, &mut found);
    Held {
        tally: Tally {
            outlines: outlines.compared,
            ..tally(&text, contents)
        },
        differences: found,
        not_made: outlines.not_made,
    }
}

/// Marks that turn letters around (UAX 9, 2.2) are no words, and stand where the source has them.
fn turned(text: &[Block], contents: &Contents, expected: &Expected, found: &mut Vec<Difference>) {
    let count = |blocks: &[Block]| {
        let spans = blocks.iter().flat_map(|block| &block.spans);
        let characters = spans.flat_map(|span| span.text.chars());
        characters
            .filter(|c| matches!(c, '\u{202A}'..='\u{202E}'))
            .count()
    };
    let own = count(text) + count(&contents.notes);
    if own > count(&expected.blocks) + count(&expected.notes) {
        let has = |block: &&Block| {
            block
                .plain()
                .contains(['\u{202D}', '\u{202E}', '\u{202A}', '\u{202B}'])
        };
        let block = text.iter().chain(&contents.notes).find(has);
        found.push(Difference {
            kind: Kind::Sight,
            place: block.map_or_else(|| "the file".to_owned(), |block| block.place.clone()),
            message: "a mark that the source has not turns its letters around".to_owned(),
        });
    }
}

/// Every name in contents, bookmarks and navigation is that of a heading.
fn listed(contents: &Contents, expected: &Expected, differences: &mut Vec<Difference>) {
    let headings = expected.blocks.iter();
    let headings = headings.filter(|block| matches!(block.role, Role::Heading(_)));
    let known: BTreeSet<String> = headings
        .map(Block::line)
        .chain(expected.names.iter().map(|name| canonical_line(name)))
        .chain(expected.summary.iter().flatten().take(1).cloned())
        .collect();
    for listed in &contents.listed {
        let name = canonical_line(&listed.text);
        if !known.contains(&name) && differences.len() < MOST {
            differences.push(Difference {
                kind: Kind::Heading,
                place: listed.place.clone(),
                message: format!("{} is the name of no heading", quoted(&name)),
            });
        }
    }
}

/// Holds the words of two editions against each other.
#[must_use]
pub fn same_text(old: &Contents, new: &Contents) -> Vec<Difference> {
    match [old, new].map(loose::is_loose) {
        [true, true] if loose::are_alike(old, new) => return Vec::new(),
        [false, true] => return loosely(old, new, ["it", OTHER]),
        [true, false] => return loosely(new, old, [OTHER, "it"]),
        _ => {}
    }
    let text = |contents: &Contents| contents.text().cloned().collect::<Vec<_>>();
    let mut found = words(&text(old), &text(new), OTHER);
    found.extend(words(&old.notes, &new.notes, OTHER));
    found
}

/// Holds a file whose spaces are a guess against one whose words are known.
fn loosely(known: &Contents, other: &Contents, names: [&str; 2]) -> Vec<Difference> {
    // Running heads show titles and headings.
    const FIRST: usize = 6;
    let blocks: Vec<Block> = known.text().cloned().collect();
    let is_shown =
        |(index, block): &(usize, &Block)| *index < FIRST || matches!(block.role, Role::Heading(_));
    let shown = blocks.iter().enumerate().filter(is_shown);
    let shown = shown.map(|(_, block)| block.line());
    let pulls = known.blocks.iter();
    let pulls = pulls.filter(|block| block.role == Role::Pull);
    let furniture: Vec<String> = shown
        .chain(pulls.map(Block::line))
        .chain(known.metadata.title.clone())
        .chain(known.metadata.creators.clone())
        .chain([known.metadata.creators.join(", ")])
        .collect();
    let said = loose::Said {
        blocks: &blocks,
        notes: &known.notes,
        furniture: &furniture,
        names,
    };
    loose::words(&said, other)
}

impl Verdict {
    /// The verdict on these differences.
    #[must_use]
    pub fn of(found: &[Difference]) -> Self {
        let worst = found.iter().map(|difference| match difference.kind {
            Kind::Words | Kind::Sight => Self::Text,
            _ => Self::Structure,
        });
        worst.max().unwrap_or(Self::Equal)
    }
}

fn tally(text: &[Block], contents: &Contents) -> Tally {
    let blocks = || text.iter().chain(&contents.notes);
    let count = |is: fn(&Role) -> bool| blocks().filter(|block| is(&block.role)).count();
    let spans = blocks().flat_map(|block| &block.spans);
    let links = spans.filter(|span| span.look.link.is_some()).count();
    Tally {
        words: blocks().map(|block| block.line().split(' ').count()).sum(),
        headings: count(|role| matches!(role, Role::Heading(_))),
        notes: contents.notes.len(),
        links,
        cells: count(|role| matches!(role, Role::Cell { .. })),
        images: count(|role| *role == Role::Alternative),
        creators: contents.metadata.creators.len(),
        outlines: 0,
    }
}

/// The words that differ. Where blocks begin is no matter of words.
fn words(expected: &[Block], found: &[Block], other: &str) -> Vec<Difference> {
    let (expected, found_words) = (Words::of(expected), Words::of(found));
    let changes = changes(&expected.words, &found_words.words);
    let differences = changes.into_iter().take(MOST).map(|change| {
        let at = change
            .new
            .start
            .min(found_words.blocks.len().saturating_sub(1));
        let block = found_words
            .blocks
            .get(at)
            .and_then(|block| found.get(*block));
        let place = block.map_or("the file", |block| block.place.as_str());
        Difference {
            kind: Kind::Words,
            place: place.to_owned(),
            message: format!(
                "it says {} where {other} says {}",
                found_words.shown(change.new.clone()),
                expected.shown(change.old.clone())
            ),
        }
    });
    differences.collect()
}

/// Blocks of the same words, side by side. Blocks are parted alike first: a paragraph in two is one of words alone.
fn structure(
    expected: &[Block],
    found: &[Block],
    has_depth: impl Fn(usize, &Block) -> bool,
    differences: &mut Vec<Difference>,
) {
    let lines = |blocks: &[Block]| blocks.iter().map(Block::line).collect::<Vec<_>>();
    let (expected_lines, found_lines) = (lines(expected), lines(found));
    for (index, (own, other)) in expected.iter().zip(found).enumerate() {
        if differences.len() >= MOST {
            return;
        }
        if expected_lines[index] != found_lines[index] {
            differences.push(Difference {
                kind: Kind::Block,
                place: other.place.clone(),
                message: format!(
                    "a block ends elsewhere: it is {} where the source has {}",
                    quoted(&found_lines[index]),
                    quoted(&expected_lines[index])
                ),
            });
            // From here on blocks cannot be told which is which.
            return;
        }
        block(own, other, &found_lines[index], differences);
        if own.depth != other.depth && has_depth(index, other) {
            differences.push(Difference {
                kind: Kind::List,
                place: other.place.clone(),
                message: format!(
                    "it stands in {} lists, in the source in {}: {}",
                    other.depth,
                    own.depth,
                    quoted(&found_lines[index])
                ),
            });
        }
    }
}

fn block(expected: &Block, found: &Block, line: &str, differences: &mut Vec<Difference>) {
    let mut say = |kind: Kind, message: String| {
        differences.push(Difference {
            kind,
            place: found.place.clone(),
            message: format!("{message}: {}", quoted(line)),
        });
    };
    if let Some(kind) = other_role(expected.role, found.role) {
        let (is, was) = (named(found.role), named(expected.role));
        say(kind, format!("{is} is {was} in the source"));
    }
    let (own, other) = (looks(expected), looks(found));
    // Only the first: what follows in this block is shifted against each other.
    let mut differing = own.iter().zip(&other);
    let mut differing = differing
        .by_ref()
        .filter(|((text, own), (word, other))| text != word || !is_alike(own, other));
    if let Some(((text, own), (_, other))) = differing.next() {
        let (kind, what) = match () {
            () if own.language != other.language => (Kind::Language, "the language"),
            () if !leads_alike(own, other) => (Kind::Link, "the link"),
            () => (Kind::Look, "the emphasis or the level"),
        };
        let text = quoted(text);
        say(kind, format!("{what} of {text} is not that of the source"));
    }
}

/// What a difference of roles is about; none where they are the same to those who read.
fn other_role(expected: Role, found: Role) -> Option<Kind> {
    match (expected, found) {
        (own, other) if own == other => None,
        // Who said a quotation is part of it in one format and not in another.
        (
            Role::Paragraph | Role::Quote | Role::Pull,
            Role::Paragraph | Role::Quote | Role::Pull,
        ) => None,
        (Role::Heading(_), _) | (_, Role::Heading(_)) => Some(Kind::Heading),
        (Role::Cell { .. }, _) | (_, Role::Cell { .. }) => Some(Kind::Table),
        _ => Some(Kind::Block),
    }
}

/// A role as people call it.
#[must_use]
pub fn named(role: Role) -> String {
    match role {
        Role::Heading(level) => format!("a heading of level {level}"),
        Role::Paragraph | Role::Pull => "a paragraph".to_owned(),
        Role::Quote => "a quotation".to_owned(),
        Role::Cell { head, row, column } => {
            let kind = match head {
                Head::None => "cell",
                Head::Column => "head cell",
                Head::Row => "cell that heads its row",
            };
            format!("the {kind} in row {} and column {}", row + 1, column + 1)
        }
        Role::Alternative => "an alternative text".to_owned(),
        Role::Note => "a note".to_owned(),
    }
}

/// The looks of a block's characters, white space left out, as stretches: where a space belongs to is no matter.
fn looks(block: &Block) -> Vec<(String, Look)> {
    let mut stretches: Vec<(String, Look)> = Vec::new();
    for span in &block.spans {
        let look = comparable(&span.look, block.role);
        let text = match look.link {
            Some(Link::Note(_)) => "*".repeat(marks(&span.text)),
            _ => canonical_line(&span.text).replace(' ', ""),
        };
        match stretches.last_mut() {
            _ if text.is_empty() => {}
            Some((last, of)) if *of == look => last.push_str(&text),
            _ => stretches.push((text, look)),
        }
    }
    stretches
}

/// How many marks of notes a text shows: each format shows them in its own way, and parts them by commas.
fn marks(text: &str) -> usize {
    let marks = text.split([',', '\u{60C}']);
    marks.filter(|mark| !mark.trim().is_empty()).count()
}

/// Whether two looks are the same.
fn is_alike(own: &Look, other: &Look) -> bool {
    let bare = |look: &Look| Look {
        link: None,
        ..look.clone()
    };
    bare(own) == bare(other) && leads_alike(own, other)
}

/// Whether two links lead to the same place. One that leads to a whole document, or that an office program gave a name of its
/// own, leads inside and no more is known.
fn leads_alike(own: &Look, other: &Look) -> bool {
    match (&own.link, &other.link) {
        (Some(Link::Inside(own)), Some(Link::Inside(other))) => {
            own == other || other.is_empty() || other.contains('.') || other.starts_with('_')
        }
        (own, other) => own == other,
    }
}

/// A look, as far as every format can say it.
fn comparable(look: &Look, role: Role) -> Look {
    let link = look.link.as_ref().map(|link| match link {
        Link::Note(_) => Link::Note(String::new()),
        Link::Inside(place) => Link::Inside(place.clone()),
        Link::Outside(address) => Link::Outside(address.trim_end_matches('/').to_owned()),
    });
    let is_mark = matches!(link, Some(Link::Note(_)));
    Look {
        // Heads of tables and headings are strong or slanted by their own look.
        emphasis: look.emphasis && !is_mark,
        strong: look.strong
            && !is_mark
            && !matches!(
                role,
                Role::Heading(_)
                    | Role::Cell {
                        head: Head::Column | Head::Row,
                        ..
                    }
            ),
        shift: if is_mark { Shift::None } else { look.shift },
        language: look.language.clone().filter(|_| !is_mark),
        link,
    }
}

fn metadata(contents: &Contents, expected: &Expected, differences: &mut Vec<Difference>) {
    let own = &contents.metadata;
    let mut say = |message: String| {
        differences.push(Difference {
            kind: Kind::Metadata,
            place: "the metadata".to_owned(),
            message,
        });
    };
    match &own.title {
        Some(title) if expected.titles.contains(title) => {}
        Some(title) => say(format!(
            "the title is {}, in the source {}",
            quoted(title),
            quoted(&expected.titles[0])
        )),
        None => say("there is no title".to_owned()),
    }
    // Word has one text for all names.
    let joined = expected.creators.join("; ");
    let parts = joined.split(';').map(|name| name.trim().to_owned());
    let creators = match contents.kind {
        FileKind::Docx => parts.filter(|name| !name.is_empty()).collect(),
        _ => expected.creators.clone(),
    };
    if own.creators != creators {
        let list = |names: &[String]| quoted(&names.join("; "));
        say(format!(
            "the creators are {}, in the source {}",
            list(&own.creators),
            list(&creators)
        ));
    }
    if own.language.as_ref() != Some(&expected.language) {
        let language = own.language.as_deref().unwrap_or("none");
        say(format!(
            "the language is {language}, in the source {}",
            expected.language
        ));
    }
    if own.text_hash != Some(expected.text_hash) {
        say("the hash of the text is missing, or is that of another text".to_owned());
    }
}

/// A text as it is quoted in a message: its beginning.
fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("“{}…”", &text[..end]),
        None => format!("“{text}”"),
    }
}
