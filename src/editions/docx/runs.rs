//! Text: spans become runs, links and references to footnotes.

use std::borrow::Cow;

use docx_rs::{
    AlignmentType, BookmarkEnd, BookmarkStart, BreakType, FieldCharType, Footnote,
    FootnoteReference, Hyperlink, HyperlinkData, HyperlinkType, InstrText, Paragraph,
    ParagraphChild, Run, RunChild, RunFonts, VertAlignType,
};

use super::body::Body;
use super::sheet::{other, paragraph as styles};
use super::slots::Slot;
use super::stretches::{Flow, Stretch, stretches};
use super::xml;
use crate::compose::{Anchor, Kind, NoteId, Shift, Span, Stress, Target, Text, TextId};
use crate::theme::{Alignment, Slant, Weight};

/// Which part a text stands in; links are kept part by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Story {
    Document,
    Footnotes,
}

impl<'a> Body<'a> {
    /// What a paragraph holds: the runs of a text.
    pub(super) fn content(&mut self, text: TextId, part: Story) -> Vec<ParagraphChild> {
        let composition = self.composition;
        let kind = composition[text].kind;
        let mut children = Vec::new();
        let tied = tied(&composition[text]);
        let mut spans = tied.as_ref();
        while let Some(span) = spans.first() {
            // Spans that lead to the same place are one link.
            let same = match &span.target {
                Some(Target::Url(_) | Target::Anchor(_) | Target::Back { .. }) => spans
                    .iter()
                    .take_while(|other| other.target == span.target)
                    .count(),
                _ => 1,
            };
            let (together, rest) = spans.split_at(same);
            spans = rest;
            match &span.target {
                None => children.extend(self.runs(span, &other::PLAIN, kind)),
                Some(Target::Note { note, reference }) => {
                    self.reference(span, *note, reference, part, &mut children);
                }
                Some(Target::Url(url)) => {
                    let links = match part {
                        Story::Document => &mut self.links,
                        Story::Footnotes => &mut self.note_links,
                    };
                    let rid = links.link(url.as_str());
                    let path = String::new();
                    // Names under the title are told from text by their place.
                    let styles = match kind {
                        Kind::Byline | Kind::Credit => &other::PLAIN,
                        _ => &other::LINKED,
                    };
                    let to = HyperlinkData::External { rid, path };
                    children.push(self.link(to, together, styles, kind));
                }
                Some(
                    Target::Anchor(anchor)
                    | Target::Back {
                        reference: anchor, ..
                    },
                ) => {
                    let anchor = anchor.to_string();
                    // What leads to a place in the piece looks like its text, as on paper.
                    let to = HyperlinkData::Anchor { anchor };
                    children.push(self.link(to, together, &other::PLAIN, kind));
                }
            }
        }
        children.shrink_to_fit();
        children
    }

    fn link(
        &mut self,
        to: HyperlinkData,
        spans: &[Span],
        styles: &[&str; 4],
        kind: Kind,
    ) -> ParagraphChild {
        let mut link = Hyperlink::new("", HyperlinkType::Anchor);
        // Set whole: the constructor would draw ids from a counter of the process.
        link.link = to;
        link.children = spans
            .iter()
            .flat_map(|span| self.runs(span, styles, kind))
            .collect();
        ParagraphChild::Hyperlink(link)
    }

    /// The runs of a span in a text of a kind, one for each direction; `styles` are the character styles by emphasis and strength.
    pub(super) fn runs(
        &mut self,
        span: &Span,
        styles: &[&str; 4],
        kind: Kind,
    ) -> Vec<ParagraphChild> {
        let foreign = span.language.as_ref();
        let language = foreign.map_or(&self.composition.record.language, |foreign| &foreign.tag);
        let faces = self.slots.faces(span, kind, &self.sheet);
        let stretches = stretches(&span.text, Flow::of(language), &faces).into_iter();
        let runs = stretches.map(|stretch| self.run(span, &stretch, styles, kind));
        runs.collect()
    }

    fn run(
        &mut self,
        span: &Span,
        stretch: &Stretch<'_>,
        styles: &[&str; 4],
        kind: Kind,
    ) -> ParagraphChild {
        let style = match span.shift {
            Shift::Mark => other::NOTE_REFERENCE,
            _ => styles[usize::from(span.emphasis) + 2 * usize::from(span.strong)],
        };
        let stressed = other::STRESSED
            .iter()
            .filter(|(stress, ..)| span.emphasis && span.stress == *stress);
        let suffix = stressed.map(|(_, suffix, _)| *suffix).next().unwrap_or("");
        let style = [style, suffix].concat();
        let style = self
            .ledger
            .run(&style, span.language.as_ref(), stretch.flow);
        let mut run = text_run(&style, &span.text[stretch.range.clone()]);
        let mut property = run.run_property;
        if let Some((slot, name)) = stretch.face {
            let fonts = RunFonts::new();
            property = property.fonts(match slot {
                Slot::Latin => fonts.ascii(name).hi_ansi(name).east_asia(name).cs(name),
                Slot::EastAsian => fonts.east_asia(name),
                Slot::Complex => fonts.cs(name),
            });
        }
        let row = self.row(kind);
        // Where the paragraph's style is slanted or heavy, Word turns a character style's slant or weight round, and others do
        // not (ISO/IEC 29500-1, 17.7.3): there a run says itself how it is.
        if span.emphasis && span.stress == Stress::Slant && row.slant == Slant::Italic {
            property = property.disable_italic();
        }
        if span.strong && row.weight == Weight::Semibold {
            property = property.bold();
        }
        run.run_property = match span.shift {
            Shift::None | Shift::Mark => property,
            Shift::Superscript => property.vert_align(VertAlignType::SuperScript),
            Shift::Subscript => property.vert_align(VertAlignType::SubScript),
        };
        ParagraphChild::Run(Box::new(run))
    }

    /// The first reference to a note is the footnote; every other one is a field that shows the same number.
    fn reference(
        &mut self,
        span: &Span,
        note: NoteId,
        reference: &Anchor,
        part: Story,
        children: &mut Vec<ParagraphChild>,
    ) {
        let first = &self.composition.notes[note.0 as usize].reference;
        let id = self.bookmark();
        let name = reference.as_str();
        children.push(ParagraphChild::BookmarkStart(BookmarkStart::new(id, name)));
        if reference == first && part == Story::Document {
            let footnote = FootnoteReference::from(self.footnote(note));
            let mut run = Run::new().style(&self.own_style(other::NOTE_REFERENCE));
            run.children.push(RunChild::FootnoteReference(footnote));
            children.push(ParagraphChild::Run(Box::new(run)));
        } else {
            let instruction = ["NOTEREF ", first.as_str(), " \\f \\h"].concat();
            let run = |run| ParagraphChild::Run(Box::new(run));
            let style = || self.own_style(other::NOTE_REFERENCE);
            children.extend(field(&instruction, &span.text, style).map(run));
        }
        children.push(ParagraphChild::BookmarkEnd(BookmarkEnd::new(id)));
    }

    /// A footnote: its number, a tab to where its lines begin, and its text, under a bookmark.
    fn footnote(&mut self, note: NoteId) -> Footnote {
        let composition = self.composition;
        let noted = &composition.notes[note.0 as usize];
        let id = self.bookmark();
        // 0 and -1 are the separators.
        let number = note.0 as usize + 1;
        let style = self.own_style(other::NOTE_REFERENCE);
        let mark = self.ledger.note(&style, number);
        let mut paragraph = self
            .empty_towards(styles::NOTE, noted.text)
            .add_bookmark_start(id, noted.anchor.as_str())
            .add_run(mark)
            .add_run(Run::new().add_tab());
        paragraph
            .children
            .extend(self.content(noted.text, Story::Footnotes));
        let paragraph = paragraph.add_bookmark_end(id);
        Footnote {
            id: number,
            content: vec![paragraph],
        }
    }

    fn own_style(&mut self, style: &str) -> String {
        let flow = Flow::of(&self.composition.record.language);
        self.ledger.run(style, None, flow)
    }

    /// A paragraph of a text.
    pub(super) fn paragraph(&mut self, style: &str, text: TextId) -> Paragraph {
        let mut paragraph = self.empty_towards(style, text);
        paragraph.children = self.content(text, Story::Document);
        paragraph
    }

    /// A paragraph without content, in the direction of a text.
    fn empty_towards(&mut self, style: &str, text: TextId) -> Paragraph {
        let piece = self.composition.record.direction;
        let text = &self.composition[text];
        let (direction, column) = (text.direction, text.column);
        let paragraph = Paragraph::new().style(&self.ledger.paragraph(style, direction, piece));
        if direction == column {
            return paragraph;
        }
        // A name and a cell are read in their own direction and begin where their neighbours do; in Word left is where lines start.
        let numbers = [styles::TABLE_NUMBER, styles::TABLE_HEAD_NUMBER].contains(&style);
        match (numbers, self.row(text.kind).alignment) {
            (false, Alignment::Centre) => paragraph,
            (true, _) | (false, Alignment::End) => paragraph.align(AlignmentType::Left),
            (false, Alignment::Start | Alignment::Balanced | Alignment::Justified) => {
                paragraph.align(AlignmentType::Right)
            }
        }
    }

    /// A paragraph without content, in the direction of the piece.
    pub(super) fn empty(&mut self, style: &str) -> Paragraph {
        let piece = self.composition.record.direction;
        Paragraph::new().style(&self.ledger.paragraph(style, piece, piece))
    }
}

/// The spans of a text with a no-break space at every tie: Word has no other way to hold words together.
fn tied(text: &Text) -> Cow<'_, [Span]> {
    // Whoever copies a name from Word wants it as it is spelled.
    let names = matches!(text.kind, Kind::Byline | Kind::Credit);
    if names || text.ties.is_empty() {
        return Cow::Borrowed(&text.spans);
    }
    let mut spans = text.spans.clone();
    let mut ends = text.spans.iter().map(|span| span.text.len());
    let mut ties = text.ties.iter().map(|tie| *tie as usize).peekable();
    let mut from = 0;
    for span in &mut spans {
        let end = from + ends.next().unwrap_or(0);
        let mut words = String::with_capacity(span.text.len() + 8);
        let mut at = 0;
        while let Some(tie) = ties.next_if(|tie| *tie < end) {
            let here = tie - from;
            // Behind a dash nothing can be put that Word shows as nothing in every face; the column is as wide as the number.
            if span.text.as_bytes()[here] != b' ' {
                continue;
            }
            words.push_str(&span.text[at..here]);
            words.push('\u{A0}');
            at = here + 1;
        }
        words.push_str(&span.text[at..]);
        span.text = words;
        from = end;
    }
    Cow::Owned(spans)
}

/// A run of text in which tabs and line ends are the elements that Word has for them.
pub(super) fn text_run(style: &str, text: &str) -> Run {
    match style {
        "" => add_text(Run::new(), text),
        style => add_text(Run::new().style(style), text),
    }
}

fn add_text(mut run: Run, text: &str) -> Run {
    let text = xml::allowed(text);
    let mut rest = text.as_ref();
    while let Some(index) = rest.find(['\t', '\n', '\r']) {
        let (before, after) = rest.split_at(index);
        if !before.is_empty() {
            run = run.add_text(before);
        }
        run = match after.as_bytes()[0] {
            b'\t' => run.add_tab(),
            _ => run.add_break(BreakType::TextWrapping),
        };
        rest = after.strip_prefix("\r\n").unwrap_or(&after[1..]);
    }
    if !rest.is_empty() {
        // Most runs hold one thing; a first push would make room for four.
        run.children.reserve_exact(1);
        run = run.add_text(rest);
    }
    run
}

/// A field: its instruction, which holds no text of the piece, and what it shows until it is brought up to date. `style` gives
/// the style of each of its runs.
pub(super) fn field(instruction: &str, shown: &str, mut style: impl FnMut() -> String) -> [Run; 5] {
    let mut run = || match style().as_str() {
        "" => Run::new(),
        style => Run::new().style(style),
    };
    [
        run().add_field_char(FieldCharType::Begin, false),
        run().add_instr_text(InstrText::Unsupported(instruction.to_owned())),
        run().add_field_char(FieldCharType::Separate, false),
        add_text(run(), shown),
        run().add_field_char(FieldCharType::End, false),
    ]
}
