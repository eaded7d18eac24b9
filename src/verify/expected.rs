//! What an edition of a composition must say, in the terms in which editions are read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::beside::BesideText;
use super::follows::{self, Styles};
use super::nests::Nests;
use super::outlines::PlainLetters;
use super::parts::Parts;
use super::pictures;
use super::places::Aims;
use super::ruled::Ruled;
use super::spelling::Spelling;
use super::stands::Stands;
use super::themed::Looks;
use super::ties::written;
use super::word_measures::Measures;
use crate::compose::{
    Composition, Figure, Kind, Reading, Record, Role, Shift, Span, Target, TextId, Visit,
    canonical_line,
};
use crate::fonts::FaceSet;
use crate::piece::{Direction, Image, Summary};
use crate::read::{self, Block, Link, ListLabels, Look, Sign};
use crate::theme::Theme;

/// What an edition must say.
#[derive(Debug, Clone)]
pub struct Expected {
    /// The blocks of the text.
    pub(super) blocks: Vec<Block>,
    /// Of each block whether it begins the item of a list.
    pub(super) begins_item: Vec<bool>,
    /// Of each block what kind of text it is; a picture's alternative is none.
    pub(super) kinds: Vec<Option<Kind>>,
    /// Of each block the style that it has in a Word document, where that follows from what stands around it.
    pub(super) follows: Vec<Option<&'static str>>,
    /// Of each block the direction in which it is read and that of the column that it stands in; a picture's alternative has none.
    pub(super) directions: Vec<Option<(Direction, Direction)>>,
    /// Of each block its characters without the marks of notes, with what holds words together.
    pub(super) written: Vec<String>,
    /// The same of the notes, without the ways back from them.
    pub(super) notes_written: Vec<String>,
    /// The pictures, each with the block whose words stand for it.
    pub(super) pictures: Vec<(usize, Image)>,
    /// The notes.
    pub(super) notes: Vec<Block>,
    /// The title that blocks of metadata give, alone and with the subtitle.
    pub(super) titles: [String; 2],
    /// Names of parts that have no heading, as contents may list them.
    pub(super) names: Vec<String>,
    /// The creators.
    pub(super) creators: Vec<String>,
    /// The language.
    pub(super) language: String,
    /// The heading of the summary and its lines, which a house may put under the title block.
    pub(super) summary: Option<Vec<String>>,
    /// The mark of a draft, which its review editions show to the eye alone.
    pub(super) mark: Option<String>,
    /// What pages show beside the text: titles, names, series, publisher.
    pub(super) furniture: Vec<String>,
    /// The SHA-256 of the canonical text.
    pub(super) text_hash: crate::digest::Sha256,
    /// What is said of it in metadata.
    pub(super) record: Record,
    /// What is said of its accessibility: with and without pictures, and of each with and without pages.
    pub(super) accessibility: [[String; 2]; 2],
    /// What its theme adds to the style sheets of pages in a browser, where the theme is known.
    pub(super) extra_css: Option<String>,
    /// What its theme has, where it is known, and what those have that are shipped.
    pub(super) looks: Vec<Looks>,
    /// The rules of its pages, where its theme is known.
    pub(super) ruled: Option<Ruled>,
    /// Where its lines stand, where its theme is known.
    pub(super) stands: Option<Stands>,
    /// What styles say under its theme, where it is known.
    pub(super) spelling: Option<Spelling>,
    /// What Word documents say of how much is in them: words, characters without spaces and with them, and paragraphs.
    pub(super) counts: [usize; 4],
    /// The measures of a Word document under its theme, where it is known.
    pub(super) measures: Option<Measures>,
    /// The faces of its theme, where it is known.
    pub(super) faces: Option<Arc<FaceSet>>,
    /// The letters of its running text.
    pub(super) plain: PlainLetters,
    /// The lists in their order.
    pub(super) lists: Vec<ListLabels>,
    /// How many lists a house may put above the text.
    pub(super) points: usize,
    /// What leads where.
    pub(super) aims: Aims,
    /// The names of headings.
    pub(super) headings: BTreeSet<String>,
    /// What pages show beside the text.
    pub(super) beside: BesideText,
    /// The parts of hypertext.
    pub(super) parts: Parts,
    /// What calls ways back from notes.
    pub(super) back: String,
    /// Of each picture the shares of the measure that it may have, under the theme and under those that are shipped.
    pub(super) shares: Vec<Vec<f64>>,
}

impl Expected {
    /// What editions of this composition must say, whatever theme they are set in.
    #[must_use]
    pub fn of(composition: &Composition) -> Self {
        Self::new(composition, None)
    }

    /// What editions of this composition must say that are set in this theme.
    #[must_use]
    pub fn in_theme(composition: &Composition, theme: &Theme) -> Self {
        Self::new(composition, Some(theme))
    }

    fn new(composition: &Composition, theme: Option<&Theme>) -> Self {
        let mut listing = Listing {
            composition,
            blocks: Vec::new(),
            begins_item: Vec::new(),
            kinds: Vec::new(),
            styles: follows::styles(composition),
            follows: Vec::new(),
            directions: Vec::new(),
            written: Vec::new(),
            item: false,
            signs: Vec::new(),
            nests: Nests::of(composition),
            before: Vec::new(),
            anchors: BTreeMap::new(),
            waiting: Vec::new(),
            vague: BTreeSet::new(),
            is_own: Vec::new(),
            is_apart: Vec::new(),
            apart: false,
            has_gaps: false,
            pictures: Vec::new(),
            figures: Vec::new(),
            headings: BTreeSet::new(),
        };
        composition
            .walk_authored()
            .for_each(|visit| listing.visit(visit));
        let record = &composition.record;
        let notes = composition.notes.iter();
        let notes_written = notes.clone().map(|note| written(&composition[note.text]));
        Self {
            notes: notes
                .map(|note| listing.block(note.text, Role::Note, 0))
                .collect(),
            blocks: listing.blocks,
            begins_item: listing.begins_item.clone(),
            kinds: listing.kinds,
            follows: listing.follows,
            notes_written: notes_written.collect(),
            directions: listing.directions,
            written: listing.written,
            pictures: listing.pictures,
            titles: [record.title.clone(), record.full_title.clone()],
            names: composition
                .sections
                .iter()
                .filter(|section| section.heading.is_none())
                .map(|section| composition.unheaded(section.role).to_owned())
                .chain([
                    composition.words.title_page.clone(),
                    composition.words.cover.clone(),
                    composition.words.contents.clone(),
                    composition.words.notes.clone(),
                ])
                .collect(),
            creators: record
                .creators()
                .map(|person| person.name.clone())
                .collect(),
            language: record.language.to_string(),
            summary: composition.summary.as_ref().map(|summary| {
                let heading = composition.words.summary_heading(summary);
                let lines = summary.lines().iter().map(String::as_str);
                [heading]
                    .into_iter()
                    .chain(lines)
                    .map(canonical_line)
                    .collect()
            }),
            mark: composition
                .mark
                .clone()
                .or_else(|| composition.review_mark())
                .map(|mark| canonical_line(&mark)),
            furniture: furniture(composition),
            text_hash: record.text_hash,
            record: record.clone(),
            accessibility: [true, false].map(|pictures| {
                [true, false].map(|pages| composition.words.accessibility(pictures, pages))
            }),
            extra_css: theme.map(|theme| theme.extra_css.clone()),
            looks: Looks::of_themes(theme),
            ruled: theme.map(|theme| Ruled::of(composition, theme)),
            stands: theme.map(|theme| {
                Stands::of(
                    composition,
                    theme,
                    listing.is_own,
                    listing.is_apart,
                    listing.begins_item,
                    listing.has_gaps,
                )
            }),
            spelling: theme.map(|theme| Spelling::of(composition, theme)),
            counts: counts(composition),
            measures: theme.map(|theme| Measures::of(composition, theme)),
            faces: theme.map(|theme| Arc::clone(&theme.fonts)),
            plain: theme.map_or_else(PlainLetters::default, |theme| {
                PlainLetters::of(composition, theme)
            }),
            lists: listing.nests.into_lists(),
            points: usize::from(matches!(composition.summary, Some(Summary::Points(_)))),
            aims: Aims::of(composition, listing.anchors, listing.vague),
            headings: listing.headings,
            beside: BesideText::of(composition, theme),
            parts: Parts::of(composition, theme),
            back: canonical_line(&composition.words.back),
            shares: pictures::shares(&listing.figures, composition, theme),
        }
    }
}

/// How much is in a piece.
fn counts(composition: &Composition) -> [usize; 4] {
    let mut counts = [0, 0, 0, composition.texts.len()];
    for span in composition.texts.iter().flat_map(|text| &text.spans) {
        counts[0] += span.text.split_whitespace().count();
        let all = span.text.chars().count();
        let spaces = span.text.chars().filter(|c| c.is_whitespace()).count();
        counts[1] += all - spaces;
        counts[2] += all;
    }
    counts
}

/// What pages may show beside the text: running heads and feet, and pull quotes that repeat it.
fn furniture(composition: &Composition) -> Vec<String> {
    let record = &composition.record;
    let names: Vec<String> = record
        .creators()
        .map(|person| person.name.clone())
        .collect();
    let titles = [&record.title, &record.full_title, &record.series].map(Clone::clone);
    let sections = composition.sections.iter();
    let headings = sections.filter_map(|section| section.heading.as_ref());
    let headings = headings.map(|heading| composition[heading.text].plain());
    let mut pulls = Vec::new();
    composition.walk_authored().for_each(|visit| {
        if let Visit::Text { text, .. } = visit
            && composition[text].reading == Reading::Decoration
        {
            pulls.push(composition[text].plain());
        }
    });
    let all = titles.into_iter().chain(record.publisher.clone());
    let all = all.chain(headings).chain(pulls).chain([names.join(", ")]);
    all.chain(names).collect()
}

/// Takes down what a walk comes to.
struct Listing<'a> {
    composition: &'a Composition,
    blocks: Vec<Block>,
    begins_item: Vec<bool>,
    kinds: Vec<Option<Kind>>,
    /// The styles that follow from what stands around texts, and those of blocks.
    styles: Styles,
    follows: Vec<Option<&'static str>>,
    directions: Vec<Option<(Direction, Direction)>>,
    written: Vec<String>,
    /// Whether the next block begins an item.
    item: bool,
    /// What stands before the next block.
    signs: Vec<Sign>,
    /// Where things stand among the elements of a tagged file, and where the last stood.
    nests: Nests,
    before: Vec<(&'static str, u32)>,
    /// Names, each with the block to which it leads, and those that wait for theirs.
    anchors: BTreeMap<String, usize>,
    waiting: Vec<String>,
    /// Those that waited while something came that says nothing.
    vague: BTreeSet<String>,
    /// Of each block, whether it is in the language of the piece and runs as it.
    is_own: Vec<bool>,
    /// Of each block, whether something stands before it that is none, and whether that is so of the next.
    is_apart: Vec<bool>,
    apart: bool,
    has_gaps: bool,
    pictures: Vec<(usize, Image)>,
    figures: Vec<Figure>,
    /// The names of headings.
    headings: BTreeSet<String>,
}

/// Whether nobody who reads meets a block. A paragraph or cell that is nothing but the mark of a note is met by its mark.
fn says_nothing(block: &Block) -> bool {
    let is_mark = |span: &read::Span| {
        matches!(span.look.link, Some(Link::Note(_))) && !span.text.trim().is_empty()
    };
    block.line().is_empty() && !block.spans.iter().any(is_mark)
}

impl Listing<'_> {
    fn visit(&mut self, visit: Visit<'_>) {
        match visit {
            Visit::Item { item, place } => {
                // The label of an item that begins with a list stands on a line of its own.
                self.apart |= std::mem::replace(&mut self.item, true);
                self.signs.push(Sign::Label {
                    text: item.label.clone(),
                    place: Some(place),
                });
            }
            Visit::Break => {
                self.apart = true;
                self.signs.push(Sign::Break);
            }
            Visit::Text { text, role, depth } => {
                // Word numbers a paragraph that begins an item, and no quotation, figure or table.
                let is_other = matches!(self.composition[text].kind, Kind::Caption | Kind::Quote);
                self.item &= !is_other && !matches!(role, Role::Cell { .. });
                if self.composition[text].reading != Reading::Text {
                    self.apart = true;
                } else {
                    let block = self.block(text, role, depth);
                    if says_nothing(&block) {
                        self.apart = true;
                        self.has_gaps = true;
                        self.vague.extend(self.waiting.iter().cloned());
                    } else {
                        let nest = self.nests.text(text, &mut self.before);
                        let own = &self.composition[text];
                        let directions = Some((own.direction, own.column));
                        let written = written(own);
                        let before = self.blocks.len();
                        self.push(Block { nest, ..block }, Some(text), directions, written);
                        if self.blocks.len() > before {
                            self.follows.push(self.styles.get(&text).copied());
                        }
                    }
                }
            }
            Visit::Figure {
                block,
                figure,
                depth,
            } => {
                self.item = false;
                let nest = match canonical_line(&figure.alt).is_empty() {
                    true => None,
                    false => self.nests.figure(block, &mut self.before),
                };
                self.push(
                    Block {
                        nest,
                        role: Role::Alternative,
                        depth,
                        spans: vec![read::Span {
                            text: figure.alt.clone(),
                            look: Look::default(),
                        }],
                        place: String::new(),
                        signs: Vec::new(),
                        spot: None,
                        picture: None,
                        style: String::new(),
                        size: 0,
                        names: Vec::new(),
                        turned: None,
                        spacing: 0,
                        inks: Vec::new(),
                        link_inks: Vec::new(),
                        lines: Vec::new(),
                        label: None,
                    },
                    None,
                    None,
                    figure.alt.clone(),
                );
                self.follows.resize(self.blocks.len(), None);
                self.figures.push(figure.clone());
                self.pictures.push((
                    self.blocks.len().saturating_sub(1),
                    self.composition[figure.image].clone(),
                ));
            }
            Visit::Block(_, anchor) => self.waiting.push(anchor.to_string()),
            Visit::Heading(heading) => {
                self.waiting.push(heading.anchor.to_string());
                self.headings.insert(heading.anchor.to_string());
            }
        }
    }

    fn push(
        &mut self,
        block: Block,
        text: Option<TextId>,
        directions: Option<(Direction, Direction)>,
        written: String,
    ) {
        let kind = text.map(|text| self.composition[text].kind);
        // What says nothing is no block to those who read.
        if says_nothing(&block) {
            self.vague.extend(self.waiting.iter().cloned());
        } else {
            let at = self.blocks.len();
            for anchor in self.waiting.drain(..) {
                self.anchors.entry(anchor).or_insert(at);
            }
            let own = text.map(|text| &self.composition[text]);
            self.is_own.push(own.is_some_and(|own| {
                own.language.is_none() && own.column == self.composition.record.direction
            }));
            self.is_apart.push(std::mem::take(&mut self.apart));
            self.blocks.push(Block {
                signs: std::mem::take(&mut self.signs),
                ..block
            });
            self.kinds.push(kind);
            self.directions.push(directions);
            self.written.push(written);
            self.begins_item.push(std::mem::take(&mut self.item));
        }
    }

    fn block(&self, text: TextId, role: Role, depth: usize) -> Block {
        Block {
            role,
            depth,
            spans: self.composition[text]
                .spans
                .iter()
                .filter_map(|span| self.span(span))
                .collect(),
            place: String::new(),
            signs: Vec::new(),
            spot: None,
            nest: None,
            picture: None,
            style: String::new(),
            size: 0,
            names: Vec::new(),
            turned: None,
            spacing: 0,
            inks: Vec::new(),
            link_inks: Vec::new(),
            lines: Vec::new(),
            label: None,
        }
    }

    /// A stretch of text as it is read; ways back from notes are no part of the text.
    fn span(&self, span: &Span) -> Option<read::Span> {
        let link = match &span.target {
            // What keeps the marks of two notes apart is a part of them.
            None if span.shift == Shift::Mark && !span.text.trim().is_empty() => {
                Some(Link::Note(String::new()))
            }
            None => None,
            Some(Target::Url(address)) => Some(Link::Outside(address.to_string())),
            Some(Target::Anchor(anchor)) => Some(Link::Inside(anchor.to_string())),
            Some(Target::Note { note, .. }) => Some(Link::Note(note.0.to_string())),
            Some(Target::Back { .. }) => return None,
        };
        // Inside words of another language, those in the piece's own name it, and are nothing special to those who read.
        let language = span
            .language
            .as_ref()
            .map(|foreign| foreign.tag.to_string());
        let language = language.filter(|own| *own != self.composition.record.language.to_string());
        Some(read::Span {
            text: span.text.clone(),
            look: Look {
                emphasis: span.emphasis,
                strong: span.strong,
                shift: span.shift,
                language,
                link,
            },
        })
    }
}
