//! The comparison: three verdicts, and differences with their places.

use super::alone::{sight, soundness};
use super::anchors;
use super::blocks::{structure, words};
use super::claims;
use super::difference::{Difference, Kind, MOST, quoted};
use super::expected::Expected;
use super::house;
use super::kinds;
use super::listed;
use super::loose;
use super::metadata;
use super::nests;
use super::outlines::{self, Origin};
use super::parts;
use super::pictures;
use super::returns;
use super::signs;
use super::written;
use crate::compose::{Kind as TextKind, Role};
use crate::read::{Block, Contents, FileKind, Need, StrangeStyle, strange_styles};

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
    let text = signs::text(contents);
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
    let has_all_words = found.is_empty();
    if has_all_words {
        if contents.is_structured && is_loose {
            found.extend(loose::headings(&expected.blocks, &text));
        } else if contents.is_structured {
            // Word knows the items of lists, and not what else stands in them.
            let depth = |index: usize, found: &Block| {
                contents.kind != FileKind::Docx || found.depth > 0 || expected.begins_item[index]
            };
            let kind = contents.kind;
            structure(&expected.blocks, &text, kind, depth, &mut found);
            let kinds = (&expected.blocks[..], &expected.kinds[..]);
            kinds::hold(kinds, &text, kind, &mut found);
            if kind == FileKind::Docx {
                kinds::follow(expected, &text, &mut found);
            }
            if kind == FileKind::Pdf {
                sizes(&text, contents, expected, &mut found);
                written::unseen(&expected.blocks, &text, &mut found);
            }
            let should = (
                &expected.blocks[..],
                &expected.pictures[..],
                &expected.shares[..],
            );
            pictures::hold(should, &text, contents, &mut found);
            if kind != FileKind::Pdf {
                written::hold(expected, &text, kind, &mut found);
                written::notes(expected, &contents.notes, kind, &mut found);
                anchors::hold(contents, &text, expected, &mut found);
                if !anchors::has_more(contents, &text) {
                    metadata::counted(&contents.metadata, &expected.counts, &mut found);
                }
                returns::hold(contents, &expected.aims, &mut found);
                let of_notes = vec![Some(TextKind::Note); expected.notes.len()];
                let notes = (&expected.notes[..], &of_notes[..]);
                kinds::hold(notes, &contents.notes, kind, &mut found);
            }
            let no_depth = |_: usize, _: &Block| false;
            structure(&expected.notes, &contents.notes, kind, no_depth, &mut found);
        } else {
            found.push(Difference {
                kind: Kind::Tags,
                place: "the file".to_owned(),
                message: "it has no tags: nobody can tell its headings from its paragraphs"
                    .to_owned(),
            });
        }
    }
    found.extend(sight(contents, expected.mark.as_deref()));
    let outlines = match &expected.faces {
        Some(faces) if is_loose => outlines::hold(&contents.drawing, faces, Origin::DrawnAgain),
        Some(faces) => outlines::hold(&contents.drawing, faces, Origin::Own),
        None => outlines::Found::default(),
    };
    found.extend(outlines.differences);
    let mut not_made = outlines.not_made;
    if let Some(faces) = &expected.faces {
        not_made.extend(outlines::carried(
            contents,
            faces,
            &expected.plain,
            &mut found,
        ));
    }
    found.extend(soundness(contents, |need| has(expected, need)));
    listed::hold(contents, expected, &mut found);
    parts::hold(contents, &expected.parts, &mut found);
    metadata(contents, expected, &mut found);
    metadata::hold(
        &contents.metadata,
        contents.kind,
        &expected.record,
        &mut found,
    );
    claims::hold(contents, &expected.record, &mut found);
    metadata::accessibility(contents, expected, &mut found);
    turned(&text, contents, expected, &mut found);
    let is_word = contents.kind == FileKind::Docx;
    if contents.kind != FileKind::Pdf {
        styles(contents, expected, &mut found);
        if let Some(spelling) = &expected.spelling {
            spelling.hold(contents, &mut found);
        }
        if let Some(measures) = expected.measures.as_ref().filter(|_| is_word) {
            measures.hold(contents, &mut found);
        }
        let (paper, kind) = (&contents.paper, contents.kind);
        expected.beside.hold_flowing(paper, kind, &mut found);
    }
    if contents.kind == FileKind::Pdf && !is_loose {
        if has_all_words {
            expected.aims.hold(contents, &text, &mut found);
            if let Some(ruled) = &expected.ruled {
                ruled.hold(&contents.paper, &text, &expected.kinds, &mut found);
            }
            if let Some(stands) = &expected.stands {
                let own = (&text[..], &expected.kinds[..]);
                stands.hold(&contents.paper, own, &contents.notes, &mut found);
            }
            nests::hold(&expected.blocks, &text, &contents.notes, &mut found);
            nests::lists(
                &expected.lists,
                &contents.paper,
                expected.points,
                &mut found,
            );
        }
        let stands = expected.stands.as_ref().filter(|_| has_all_words);
        let is_in_theme = || {
            stands.is_some_and(|stands| {
                let own = (&text[..], &expected.kinds[..]);
                stands.is_in_theme(&contents.paper, own, &contents.notes)
            })
        };
        expected
            .beside
            .hold(&contents.paper, is_in_theme, &mut found);
    }
    Held {
        tally: Tally {
            outlines: outlines.compared,
            ..tally(&text, contents)
        },
        differences: found,
        not_made,
    }
}

/// Whether the theme of an edition, or one that is shipped, has what something needs.
fn has(expected: &Expected, need: Need) -> bool {
    expected.looks.iter().any(|looks| looks.has(need))
}

/// Words are as large as a theme has them: the one with which they agree best.
fn sizes(text: &[Block], contents: &Contents, expected: &Expected, found: &mut Vec<Difference>) {
    let notes = vec![Some(TextKind::Note); expected.notes.len()];
    let mut best: Option<Vec<Difference>> = None;
    for looks in &expected.looks {
        let mut own = looks.sizes((&expected.blocks, &expected.kinds), text);
        own.extend(looks.sizes((&expected.notes, &notes), &contents.notes));
        if best.as_ref().is_none_or(|best| own.len() < best.len()) {
            best = Some(own);
        }
        if best.as_ref().is_some_and(Vec::is_empty) {
            return;
        }
    }
    found.extend(best.into_iter().flatten().take(MOST));
}

/// Style sheets say what those of editions say. A theme may add rules of its own to pages in a browser; where none is known, nothing
/// is known of those.
fn styles(contents: &Contents, expected: &Expected, found: &mut Vec<Difference>) {
    let own: Vec<StrangeStyle> = match (contents.kind, &expected.extra_css) {
        (FileKind::Html, None) => return,
        (FileKind::Html, Some(css)) => strange_styles(&[css]),
        _ => Vec::new(),
    };
    let has_own = contents.kind == FileKind::Html
        && expected
            .extra_css
            .as_ref()
            .is_some_and(|css| !css.trim().is_empty());
    // What stands in a theme's own sheet may say again what stands in the sheet of every edition.
    let is_own = |style: &&StrangeStyle| {
        own.contains(style) || has_own && style.said.ends_with(", once more")
    };
    let is_asked = |style: &&StrangeStyle| style.unless.is_some_and(|need| has(expected, need));
    let others = contents.styles.iter();
    let others = others.filter(|style| !is_own(style) && !is_asked(style));
    found.extend(others.take(MOST).map(|style| Difference {
        kind: Kind::Soundness,
        place: "the styles".to_owned(),
        message: format!(
            "its style sheets say `{}`, which those of editions do not",
            style.said
        ),
    }));
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
    let unseen = |blocks: &[Block]| {
        let spans = blocks.iter().flat_map(|block| &block.spans);
        let characters = spans.flat_map(|span| span.text.chars());
        characters.filter(|c| matches!(c, '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')).count()
    };
    if unseen(text) + unseen(&contents.notes) > unseen(&expected.blocks) + unseen(&expected.notes) {
        found.push(Difference {
            kind: Kind::Words,
            place: "the text".to_owned(),
            message: "it has signs that nobody sees and the source has not".to_owned(),
        });
    }
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

/// Holds the words of two editions against each other.
#[must_use]
pub fn same_text(old: &Contents, new: &Contents) -> Vec<Difference> {
    match [old, new].map(loose::is_loose) {
        [true, true] if loose::are_alike(old, new) => return Vec::new(),
        [false, true] => return loosely(old, new, ["it", OTHER]),
        [true, false] => return loosely(new, old, [OTHER, "it"]),
        _ => {}
    }
    let own = |blocks: Vec<&Block>| blocks.into_iter().cloned().collect::<Vec<_>>();
    let (one, other) = (old.parted(), new.parted());
    let mut found = if one.is_named && other.is_named {
        // A cover stands in some formats alone, and says what the title block does.
        let house = |blocks: Vec<&Block>| {
            let words = blocks.into_iter();
            let words = words.filter(|block| block.role != Role::Alternative);
            words.cloned().collect::<Vec<_>>()
        };
        let mut found = words(&own(one.text), &own(other.text), OTHER);
        found.extend(words(&house(one.house), &house(other.house), OTHER));
        found
    } else {
        let all = |contents: &Contents| contents.text().cloned().collect::<Vec<_>>();
        words(&all(old), &all(new), OTHER)
    };
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
        words: blocks()
            .map(|block| 1 + block.line().bytes().filter(|byte| *byte == b' ').count())
            .sum(),
        headings: count(|role| matches!(role, Role::Heading(_))),
        notes: contents.notes.len(),
        links,
        cells: count(|role| matches!(role, Role::Cell { .. })),
        images: count(|role| *role == Role::Alternative),
        creators: contents.metadata.creators.len(),
        outlines: 0,
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
    // An EPUB says its subtitle by itself.
    let titles = match contents.kind {
        FileKind::Epub => &expected.titles[..],
        _ => &expected.titles[1..],
    };
    match &own.title {
        // Spaces that do not break may stand at its end; readers take them off.
        Some(title) if titles.iter().any(|own| own.trim() == title) => {}
        Some(title) => say(format!(
            "the title is {}, in the source {}",
            quoted(title),
            quoted(&titles[0])
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
