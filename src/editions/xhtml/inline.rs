//! Spans: emphasis, links, languages, note references, and page breaks between them.

use crate::compose::{
    Anchor, Foreign, Kind, NoteId, Shift, Span, Stress, Target, Text, TextId, acronyms,
};

use super::{Body, Element, Markup, NavigationTarget, dir, in_language};
use crate::measure::{held, word_ends};
use crate::piece::{Direction, LanguageTag};
use crate::theme::Acronyms;
use crate::typeset::ListedPage;

/// Whether links and note references of a text are links in this place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    /// They are.
    Live,
    /// They are shown as plain text: for words repeated for the eye, which assistive technology skips.
    Plain,
}

/// An element that a span stands in. The order is the order of nesting: a link that a page break cuts is closed with all inside it.
#[derive(Debug, Clone, PartialEq)]
enum Layer<'t> {
    Link(String),
    /// A name in a row of names that runs against the text around it.
    Name(Direction),
    Language(&'t Foreign),
    Strong,
    Emphasis(Stress),
    Shift(&'static str),
}

impl Layer<'_> {
    fn element(&self) -> Element {
        match self {
            Self::Link(href) => Element::new("a").with("href", href),
            Self::Name(direction) => Element::new("bdi").with("dir", dir(*direction)),
            Self::Language(foreign) => {
                in_language(Element::new("span"), &foreign.tag).with("dir", dir(foreign.direction))
            }
            Self::Strong => Element::new("strong"),
            Self::Emphasis(stress) => Element::new("em").with_some(
                "class",
                match stress {
                    Stress::Slant => None,
                    Stress::Weight => Some("heavy"),
                    Stress::Dots => Some("dotted"),
                },
            ),
            Self::Shift(name) => Element::new(name),
        }
    }
}

fn shift(shift: Shift) -> Option<Layer<'static>> {
    match shift {
        Shift::None => None,
        Shift::Superscript | Shift::Mark => Some(Layer::Shift("sup")),
        Shift::Subscript => Some(Layer::Shift("sub")),
    }
}

/// The elements open at a place in a text. Neighbouring spans share what they have in common.
#[derive(Debug, Default)]
struct Layers<'t>(Vec<Layer<'t>>);

impl<'t> Layers<'t> {
    fn become_these(&mut self, markup: &mut Markup, wanted: Vec<Layer<'t>>) {
        let both = self.0.iter().zip(&wanted);
        let shared = both.take_while(|(have, want)| have == want).count();
        (shared..self.0.len()).for_each(|_| markup.close());
        wanted[shared..]
            .iter()
            .for_each(|layer| markup.open(layer.element()));
        self.0 = wanted;
    }

    /// Closes a link, so that what comes next is no part of its name.
    fn leave_link(&mut self, markup: &mut Markup) {
        if matches!(self.0.first(), Some(Layer::Link(_))) {
            self.become_these(markup, Vec::new());
        }
    }
}

impl<'a, 's> Body<'a, 's> {
    /// Writes the spans of a text with the page breaks in it.
    pub(super) fn text(&mut self, id: TextId) {
        let pages = self.context.pages;
        self.text_after(id, Links::Live, pages.within(id));
    }

    /// Writes the spans of a text that only the eye sees: neither links nor page breaks.
    pub(super) fn text_for_the_eye(&mut self, id: TextId) {
        self.text_after(id, Links::Plain, &[]);
    }

    /// Writes the spans of a text with these page breaks.
    pub(super) fn text_after(&mut self, id: TextId, links: Links, pages: &'a [ListedPage]) {
        let composition = self.context.composition;
        let mut pages = pages.iter().peekable();
        let acronyms = self.acronyms(composition[id].kind);
        let breaks = Breaks::of(&composition[id], &composition.record.language);
        let mut layers = Layers::default();
        let mut at = 0;
        // A name or a cell is read in its own direction, and begins where its neighbours do.
        let text = &composition[id];
        let apart = text.direction != text.column;
        if apart {
            let element = Element::new("bdi").with("dir", dir(text.direction));
            self.markup.open(element);
        }
        let around = text.language.as_ref();
        for span in &composition[id].spans {
            let mut rest = span.text.as_str();
            let note = span.is_mark();
            while let Some(page) = pages.next_if(|page| page.start.byte < at + rest.len()) {
                let cut = match page.start.byte.saturating_sub(at) {
                    // A page that begins at a mark begins before it; a mark is never cut.
                    _ if note => 0,
                    cut => boundary(rest, cut),
                };
                let (before, after) = rest.split_at(cut);
                if !before.is_empty() {
                    let part = (before, at);
                    self.parted(
                        &mut layers,
                        (span, around),
                        part,
                        links,
                        (&breaks, acronyms),
                    );
                }
                layers.leave_link(&mut self.markup);
                self.page_break(page);
                at += cut;
                rest = after;
            }
            let part = (rest, at);
            self.parted(
                &mut layers,
                (span, around),
                part,
                links,
                (&breaks, acronyms),
            );
            at += rest.len();
        }
        layers.become_these(&mut self.markup, Vec::new());
        if apart {
            self.markup.close();
        }
        pages.for_each(|page| self.page_break(page));
    }

    /// Writes a part of a text, `at` so many bytes, with the places in it at which lines may end.
    fn parted(
        &mut self,
        layers: &mut Layers<'a>,
        own: (&'a Span, Option<&Foreign>),
        (text, at): (&str, usize),
        links: Links,
        (breaks, acronyms): (&Breaks<'_>, Acronyms),
    ) {
        let mut from = 0;
        let ends = match own.0.is_mark() {
            true => &[],
            false => breaks.ends_in(at, text),
        };
        for end in ends {
            let part = &text[from..end - at];
            let ties = breaks.ties_in(at + from, part);
            self.span(layers, own, part, links, (&ties, acronyms));
            self.markup.empty(Element::new("wbr"));
            from = end - at;
        }
        let ties = breaks.ties_in(at + from, &text[from..]);
        self.span(layers, own, &text[from..], links, (&ties, acronyms));
    }

    fn span(
        &mut self,
        layers: &mut Layers<'a>,
        (span, around): (&'a Span, Option<&Foreign>),
        text: &str,
        links: Links,
        (ties, acronyms): (&[usize], Acronyms),
    ) {
        let look = Layers::of(span, around);
        match (&span.target, links) {
            (Some(Target::Note { note, reference }), Links::Live) => {
                layers.become_these(&mut self.markup, look);
                self.note_reference(*note, reference, text);
            }
            (Some(Target::Note { .. }), Links::Plain) => {
                layers.become_these(&mut self.markup, look);
                self.markup.leaf(Element::new("sup"), text);
            }
            (Some(Target::Back { reference, number }), Links::Live) => {
                layers.become_these(&mut self.markup, look);
                let back = &self.context.composition.words.back;
                self.link_back(reference, text, &[back, " ", number].concat());
            }
            (Some(target), Links::Live) => {
                let href = match target {
                    Target::Url(url) => Some(url.to_string()),
                    Target::Anchor(anchor) => self.context.places.href(anchor, self.document),
                    Target::Note { .. } | Target::Back { .. } => None,
                };
                let link = href.map(Layer::Link);
                let piece = self.context.composition.record.direction;
                let own = Direction::of_letters(&span.text).filter(|own| *own != piece);
                let name = matches!(target, Target::Anchor(_)).then_some(own).flatten();
                let outer = link.into_iter().chain(name.map(Layer::Name));
                layers.become_these(&mut self.markup, outer.chain(look).collect());
                tied_words(&mut self.markup, text, ties, acronyms);
            }
            (_, _) => {
                layers.become_these(&mut self.markup, look);
                tied_words(&mut self.markup, text, ties, acronyms);
            }
        }
    }

    /// Which capitals the acronyms of a kind of text have.
    fn acronyms(&self, kind: Kind) -> Acronyms {
        let theme = &self.context.options.theme;
        match kind.is_running_text() && theme.paragraphs.small_capitals {
            true => theme.paragraphs.acronyms,
            false => Acronyms::Capitals,
        }
    }

    fn note_reference(&mut self, note: NoteId, reference: &Anchor, mark: &str) {
        let composition = self.context.composition;
        let found = composition.notes.get(note.0 as usize);
        let href = found.and_then(|note| self.context.places.href(&note.anchor, self.document));
        let link = self
            .meaning("a", "noteref", Some("doc-noteref"))
            .with("id", reference.as_str())
            .with_some("href", href.as_deref());
        self.markup.open(Element::new("sup"));
        self.markup.leaf(link, mark);
        self.markup.close();
    }

    /// A link from a note back to a reference; `name` is what it is called.
    pub(super) fn link_back(&mut self, reference: &Anchor, shown: &str, name: &str) {
        let Some(href) = self.context.places.href(reference, self.document) else {
            return self.markup.text(shown);
        };
        let link = self
            .meaning("a", "backlink", Some("doc-backlink"))
            .with("href", &href);
        let link = self.named(link, name);
        self.markup.leaf(link, shown);
    }

    /// Marks where a page of the paper edition begins (EPUB Accessibility 1.1, 3.2).
    pub(super) fn page_break(&mut self, page: &'a ListedPage) {
        // Anchors have no hyphen, so this is none of them.
        let id = format!("page-{}", page.number);
        let element = self
            .meaning("span", "pagebreak", Some("doc-pagebreak"))
            .with("id", &id)
            .with("aria-label", &page.label);
        self.markup.leaf(element, "");
        self.marks.push(NavigationTarget::Page {
            id,
            label: &page.label,
        });
    }
}

impl<'t> Layers<'t> {
    /// What a span's look and language ask for in an element of a language; its target left out.
    fn of(span: &'t Span, around: Option<&Foreign>) -> Vec<Layer<'t>> {
        let own = span.language.as_ref().filter(|own| Some(*own) != around);
        let language = own.map(Layer::Language);
        let strong = span.strong.then_some(Layer::Strong);
        let emphasis = span.emphasis.then_some(Layer::Emphasis(span.stress));
        // A note's mark is raised by its own element.
        let note = matches!(span.target, Some(Target::Note { .. }));
        let shift = if note { None } else { shift(span.shift) };
        let layers = language.into_iter().chain(strong).chain(emphasis);
        layers.chain(shift).collect()
    }
}

/// Where the lines of a text end, and where they do not.
struct Breaks<'t> {
    /// The ties of the text.
    ties: &'t [u32],
    /// Those, and what a title rather holds together.
    held: Vec<u32>,
    /// Where lines of a title may end that has no spaces.
    ends: Vec<usize>,
}

impl<'t> Breaks<'t> {
    fn of(text: &'t Text, language: &LanguageTag) -> Self {
        Self {
            ties: &text.ties,
            held: held(text, language),
            ends: word_ends(text),
        }
    }

    /// The ends inside of a part of the text, none at its own ends.
    fn ends_in(&self, at: usize, part: &str) -> &[usize] {
        let from = self.ends.partition_point(|end| *end <= at);
        let to = self.ends.partition_point(|end| *end < at + part.len());
        &self.ends[from..to.max(from)]
    }

    /// The ties in a part of the text, by their bytes there. Where the words around stand in different elements, a tie is a character;
    /// what is only rather held together is none there.
    fn ties_in(&self, at: usize, part: &str) -> Vec<usize> {
        let from = self.held.partition_point(|tie| (*tie as usize) < at);
        let own = self.held[from..].iter().map(|tie| *tie as usize - at);
        let is_inside = |tie: usize| tie > 0 && tie + 1 < part.len();
        let is_tie = |tie: usize| self.ties.binary_search(&((tie + at) as u32)).is_ok();
        own.take_while(|tie| *tie < part.len())
            .filter(|tie| is_inside(*tie) || is_tie(*tie))
            .collect()
    }
}

/// Writes words, those that hold together in an element that does not wrap. A tie whose words stand in different elements is a
/// no-break space.
fn tied_words(markup: &mut Markup, text: &str, ties: &[usize], acronyms: Acronyms) {
    let mut at = 0;
    let mut ties = ties.iter().copied().peekable();
    while let Some(tie) = ties.next() {
        let is_space = text.as_bytes().get(tie) == Some(&b' ');
        if is_space && (tie == 0 || tie + 1 == text.len()) {
            words(markup, &text[at..tie], acronyms);
            markup.text("\u{A0}");
            at = tie + 1;
            continue;
        }
        let word = |from: usize| text[from..].find(' ').map_or(text.len(), |end| from + end);
        // In a number, a code or a date the tie may stand behind a dash, whose last byte begins no character.
        let mut before = text.as_bytes()[at..tie].iter();
        let start = before
            .rposition(|byte| *byte == b' ')
            .map_or(at, |space| at + space + 1);
        let mut end = word(tie + 1);
        while let Some(next) =
            ties.next_if(|next| *next < end || (*next == end && end + 1 < text.len()))
        {
            if next == end {
                end = word(end + 1);
            }
        }
        words(markup, &text[at..start], acronyms);
        markup.open(Element::new("span").with("class", "tied"));
        words(markup, &text[start..end], acronyms);
        markup.close();
        at = end;
    }
    words(markup, &text[at..], acronyms);
}

/// Writes words, acronyms among them in elements of their own where they look different.
fn words(markup: &mut Markup, text: &str, own: Acronyms) {
    let mut at = 0;
    if own == Acronyms::SmallCapitals {
        for acronym in acronyms(text) {
            markup.text(&text[at..acronym.start]);
            let element = Element::new("span").with("class", "acronym");
            markup.leaf(element, &text[acronym.start..acronym.end]);
            at = acronym.end;
        }
    }
    markup.text(&text[at..]);
}

/// The place in a text at `byte`, or before it where that is inside a character.
fn boundary(text: &str, byte: usize) -> usize {
    let mut places = (0..=byte.min(text.len())).rev();
    places
        .find(|byte| text.is_char_boundary(*byte))
        .unwrap_or(0)
}

/// A text as the label of a link: markup without links and note marks. Falls back on every character when nothing else is left.
pub(crate) fn label(spans: &[Span]) -> Vec<u8> {
    let mut markup = Markup::fragment();
    let mut layers = Layers::default();
    let mut words = spans.iter().filter(|span| !span.is_mark());
    let blank = words.all(|span| span.text.trim().is_empty());
    for span in spans {
        if blank || !span.is_mark() {
            layers.become_these(&mut markup, Layers::of(span, None));
            markup.text(&span.text);
        }
    }
    layers.become_these(&mut markup, Vec::new());
    markup.finish()
}
