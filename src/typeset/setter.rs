//! The setter: sets texts of the composition as lines and strips, and notes what goes wrong.

use std::collections::BTreeSet;

use crate::compose::{Composition, Kind, NoteId, Reading, Span, Stress, Target, Text, TextId};
use crate::diagnostic::{Code, Diagnostic, FieldPath, Finding};
use crate::shape::{Features, LanguageId};
use crate::theme::{Pt, Row, Sheet, Theme, Writing};

use super::TypesetError;
use super::dots::{Side, dots};
use super::flow::{BASELINE, Setting, Strip};
use super::hyphenate::Exceptions;
use super::layout::{Artifact, ArtifactKind, Line, Owner, PageStart, Placed};
use super::lexicon::Lexicon;
use super::line_frame::{Edge, LineFrame};
use super::linebreak;
use super::lines::{SetLine, assemble};
use super::missing::Missing;
use super::opportunities::Opportunities;
use super::paragraph::prepare;
use super::styles::Style;
use super::tokens::{BreakKind, Paragraph};

/// Sets texts.
pub(super) struct Setter<'a> {
    pub(super) composition: &'a Composition,
    pub(super) theme: &'a Theme,
    pub(super) sheet: Sheet,
    /// How the piece's language is written.
    writing: Writing,
    findings: Vec<Finding>,
    missing: Missing,
    lexicon: Lexicon<'a>,
    opportunities: Opportunities,
    language: LanguageId,
    /// The first thing that no page holds.
    refused: Option<TypesetError>,
}

impl<'a> Setter<'a> {
    pub(super) fn new(composition: &'a Composition, theme: &'a Theme) -> Self {
        let mut lexicon = Lexicon::new(&theme.fonts, Exceptions::new(&composition.hyphenation));
        let language = lexicon.language(&composition.record.language);
        Self {
            composition,
            theme,
            sheet: Sheet::of(theme),
            writing: theme.writing(&composition.record.language),
            findings: Vec::new(),
            missing: Missing::default(),
            lexicon,
            opportunities: Opportunities::new(),
            language,
            refused: None,
        }
    }

    /// The row of a kind of text.
    pub(super) fn row(&self, kind: Kind) -> &Row {
        self.sheet.row(kind, self.writing)
    }

    /// The row of a text: that of its kind, in the writing of the language that all of it is in.
    pub(super) fn row_of(&self, text: TextId) -> &Row {
        let text = &self.composition[text];
        self.sheet.row(text.kind, self.writing_of(text))
    }

    /// How a text is written.
    fn writing_of(&self, text: &Text) -> Writing {
        let foreign = text.language.as_ref();
        foreign.map_or(self.writing, |foreign| self.theme.writing(&foreign.tag))
    }

    /// Whether the lines of a text start where those of the piece end.
    pub(super) fn is_turned(&self, text: TextId) -> bool {
        self.composition[text].column != self.composition.record.direction
    }

    /// The style of a kind of text.
    pub(super) fn style(&self, kind: Kind) -> Style {
        self.styled(self.row(kind), kind)
    }

    /// The style of a row of a kind.
    fn styled(&self, row: &Row, kind: Kind) -> Style {
        let mut style = Style::of(row, self.theme);
        if matches!(kind, Kind::Cell | Kind::RowHead | Kind::HeadCell) {
            style.text.features = style.text.features | Features::TABULAR;
        }
        style
    }

    /// Sets a text of the composition. A text set again, for another length, reports nothing again.
    pub(super) fn text(&mut self, id: TextId, setting: Setting) -> Vec<SetLine> {
        let text = &self.composition[id];
        self.spans(text, Owner::Text(id), setting)
    }

    /// Sets words that are no text of the composition, on as many lines as they need.
    pub(super) fn literal(&mut self, words: &str, owner: Owner, setting: Setting) -> Vec<SetLine> {
        let span = Span {
            text: words.to_owned(),
            emphasis: false,
            stress: Stress::default(),
            strong: false,
            shift: crate::compose::Shift::None,
            language: None,
            target: None,
        };
        let text = Text {
            kind: setting.kind,
            spans: vec![span],
            origin: FieldPath::root(),
            language: None,
            reading: Reading::Text,
            ties: Vec::new(),
            direction: self.composition.record.direction,
            column: self.composition.record.direction,
        };
        self.spans(&text, owner, setting)
    }

    /// Sets the spans of a text for an owner: the text itself, or decoration.
    pub(super) fn spans(&mut self, text: &Text, owner: Owner, setting: Setting) -> Vec<SetLine> {
        let row = self.sheet.row(setting.kind, self.writing_of(text));
        let mut style = self.styled(row, setting.kind);
        style.fill = setting.fill.unwrap_or(style.fill);
        let piece = &self.composition.record.language;
        let (tag, language) = match text.language.as_ref() {
            Some(foreign) => (&foreign.tag, self.lexicon.language(&foreign.tag)),
            None => (piece, self.language),
        };
        style.text.size = style.text.size * setting.scale;
        let paragraph = prepare(
            &mut self.lexicon,
            &mut self.opportunities,
            text,
            &style.text,
            language,
            setting.measure - setting.indent.max(Pt(0.0)),
        );
        let ends = linebreak::lines(
            &paragraph,
            style.fill,
            setting.measure,
            setting.indent,
            setting.looseness,
            tag.primary(),
        );
        if setting.looseness == 0 && !matches!(owner, Owner::Artifact | Owner::Contents(_)) {
            self.report(text, &paragraph, &ends);
        }
        if setting.kind == Kind::Furniture {
            // Words of heads and feet that stand in the text too were noted there.
            for c in &paragraph.missing {
                let titled = self.composition.running_head.title.contains(*c);
                let origin = FieldPath::root();
                let origin = if titled {
                    origin.key("short_title")
                } else {
                    origin
                };
                self.missing.note(*c, &origin);
            }
        }
        let frame = LineFrame {
            x: setting.x,
            measure: setting.measure,
            indent: setting.indent,
            fill: style.fill,
            align: setting.align.unwrap_or(style.align),
            from: if text.column == self.composition.record.direction {
                Edge::Start
            } else {
                Edge::End
            },
        };
        let mut spans = text.spans.iter();
        let dotted = spans.any(|span| span.emphasis && span.stress == Stress::Dots);
        let mut lines = Vec::with_capacity(ends.len());
        let mut from = 0usize;
        for (index, end) in ends.iter().enumerate() {
            let to = *end as usize;
            let places = (index == 0, index + 1 == ends.len());
            let pair = (&paragraph.breaks[from], &paragraph.breaks[to]);
            let mut line = assemble(
                &mut self.lexicon,
                &paragraph,
                &text.spans,
                pair,
                frame,
                places,
                owner,
            );
            if dotted && matches!(owner, Owner::Text(_)) {
                let side = |span: &Span| {
                    let own = span.language.as_ref();
                    Side::of(own.map_or(piece.primary(), |foreign| foreign.tag.primary()))
                };
                let faces = &self.theme.fonts;
                line.dots = dots(&line.line, &text.spans, faces, style.text.family, side);
            }
            lines.push(line);
            from = to;
        }
        lines
    }

    /// The notes that a line refers to first, of all references in the piece.
    pub(super) fn first_references(&self, text: &Text, line: &SetLine) -> Vec<NoteId> {
        let spans = line
            .references
            .iter()
            .map(|span| &text.spans[*span as usize]);
        spans
            .filter_map(|span| match &span.target {
                Some(Target::Note { note, reference }) => {
                    let first = &self.composition.notes[note.0 as usize].reference;
                    (first == reference).then_some(*note)
                }
                _ => None,
            })
            .collect()
    }

    /// Notes what is not as the author would have it: one warning of a kind for a text, however many characters or words.
    fn report(&mut self, text: &Text, paragraph: &Paragraph, ends: &[u32]) {
        for c in &paragraph.missing {
            self.missing.note(*c, &text.origin);
        }
        let ends = ends.iter().map(|end| &paragraph.breaks[*end as usize]);
        let forced = ends.filter(|end| end.kind == BreakKind::Emergency);
        let words = distinct(forced.filter_map(|end| {
            let token = paragraph.tokens.get(end.token as usize)?;
            let range = token.start as usize..(token.start + token.len) as usize;
            paragraph.text.get(range)
        }));
        if !words.is_empty() {
            let shown = |word: &&str| {
                let cut = word.char_indices().nth(40).map(|(at, _)| at);
                match cut.and_then(|at| word.get(..at)) {
                    Some(start) => format!("`{start}…`"),
                    None => format!("`{word}`"),
                }
            };
            let (what, verbs) = match words.as_slice() {
                [only] => (shown(only), ["is wider than its line", "is broken"]),
                _ => {
                    let what = listed("", words.iter().map(shown));
                    (what, ["are wider than their lines", "are broken"])
                }
            };
            let [wider, broken] = verbs;
            let message = format!("{what} {wider} in the PDF edition and {broken}");
            let hint = "list the breaks under `hyphenation`, or find a shorter word";
            self.find(
                text,
                Diagnostic::warning(Code::WordTooWide, message).hint(hint),
            );
        }
    }

    fn find(&mut self, text: &Text, diagnostic: Diagnostic) {
        self.findings.push(Finding {
            path: text.origin.clone(),
            diagnostic,
        });
    }

    /// Notes what no page holds; the first such thing is told.
    pub(super) fn refuse(&mut self, error: TypesetError) {
        self.refused.get_or_insert(error);
    }

    /// Refuses a table that no page holds, else text of which no face has the letters: boxes in their place would not be the author's words.
    pub(super) fn refuse_what_cannot_be_set(&self) -> Result<(), TypesetError> {
        let refused = self.refused.clone().or_else(|| self.missing.letters());
        refused.map_or(Ok(()), Err)
    }

    /// What went wrong while texts were set.
    pub(super) fn into_findings(self) -> Vec<Finding> {
        let mut findings = self.findings;
        findings.extend(self.missing.into_findings());
        findings
    }

    /// A strip of one line.
    pub(super) fn strip(&self, id: Option<TextId>, set: SetLine, leading: Pt) -> Strip {
        let (start, notes) = match id {
            Some(id) => (
                set.start.map(|byte| PageStart {
                    text: id,
                    byte: byte as usize,
                }),
                self.first_references(&self.composition[id], &set),
            ),
            None => (None, Vec::new()),
        };
        let decoration = |line| Artifact {
            kind: ArtifactKind::Decoration,
            placed: Placed::Line(line),
        };
        let line = at(set.line, leading * BASELINE);
        let (content, artifacts) = if line.owner == Owner::Artifact {
            (Vec::new(), vec![decoration(line)])
        } else {
            let dots = set.dots.into_iter();
            let dots = dots.map(|dot| decoration(at(dot, leading * BASELINE)));
            (vec![Placed::Line(line)], dots.collect())
        };
        Strip {
            height: leading,
            lines: 1,
            start,
            notes,
            content,
            artifacts,
            ..Strip::default()
        }
    }
}

/// Each once, in the order in which they come first.
fn distinct<T: Copy + Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    all.filter(|one| seen.insert(*one)).collect()
}

/// The first few of many.
fn listed(before: &str, all: impl ExactSizeIterator<Item = String>) -> String {
    const SHOWN: usize = 5;
    let more = all.len().saturating_sub(SHOWN);
    let shown: Vec<String> = all.take(SHOWN).collect();
    let rest = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!("{before}{}{rest}", shown.join(", "))
}

/// The line with its baseline at a height.
pub(super) fn at(line: Line, baseline: Pt) -> Line {
    Line { baseline, ..line }
}

impl Setting {
    /// A text across a measure.
    pub(super) fn new(kind: Kind, x: Pt, measure: Pt) -> Self {
        Self {
            kind,
            x,
            measure,
            indent: Pt(0.0),
            align: None,
            fill: None,
            looseness: 0,
            scale: 1.0,
        }
    }
}
