//! Decimals: how far the figures of a column stand off its side, so that all of them stand under their decimal points.

use super::form::Form;
use crate::compose::{CellValue, Composition, Kind, Span, Table, Text};
use crate::piece::Direction;
use crate::shape::{Features, LanguageId, Shaper, Tracking, Voice};
use crate::theme::{Em, Row, Sheet, Theme};

/// The insets of a table's cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Decimals {
    columns: usize,
    /// Row by row; empty where every cell stands at its column's side.
    insets: Vec<Em>,
}

impl Decimals {
    pub(super) fn inset(&self, row: usize, column: usize) -> Em {
        let inset = self.insets.get(row * self.columns + column);
        inset.copied().unwrap_or(Em(0.0))
    }

    pub(super) fn of(
        composition: &Composition,
        theme: &Theme,
        table: &Table,
        forms: &[Form],
    ) -> Self {
        let mut decimals = Self {
            columns: forms.len(),
            insets: Vec::new(),
        };
        let mut tails: Option<Tails<'_>> = None;
        for (column, form) in forms.iter().enumerate() {
            let cells = table.rows.iter().filter_map(|row| row.get(column));
            let texts = || cells.clone().map(|cell| &composition[*cell]);
            let ends = |(text, value): (&Text, &CellValue)| match value {
                CellValue::Figure { point } => text.plain().len() == *point && !has_mark(text),
                CellValue::Nothing | CellValue::Words => true,
            };
            if texts().zip(&form.values).all(ends) {
                continue;
            }
            let tails = tails.get_or_insert_with(|| Tails::new(composition, theme));
            let widths: Vec<Em> = texts()
                .zip(&form.values)
                .map(|(text, value)| match value {
                    CellValue::Figure { point } => tails.width(text, *point),
                    CellValue::Nothing | CellValue::Words => Em(0.0),
                })
                .collect();
            let longest = widths
                .iter()
                .fold(0.0, |longest: f32, width| longest.max(width.0));
            decimals
                .insets
                .resize(table.rows.len() * forms.len(), Em(0.0));
            for (row, (width, value)) in widths.iter().zip(&form.values).enumerate() {
                if *value != CellValue::Words {
                    decimals.insets[row * forms.len() + column] = Em(longest - width.0);
                }
            }
        }
        decimals
    }
}

/// Whether the mark of a note stands in a text.
fn has_mark(text: &Text) -> bool {
    text.spans.iter().any(Span::is_mark)
}

/// Measures what stands behind the decimal points.
struct Tails<'a> {
    shaper: Shaper<'a>,
    row: Row,
    theme: &'a Theme,
    language: LanguageId,
}

impl<'a> Tails<'a> {
    fn new(composition: &Composition, theme: &'a Theme) -> Self {
        let mut shaper = Shaper::new(&theme.fonts);
        let language = shaper.language(&composition.record.language);
        let writing = theme.writing(&composition.record.language);
        Self {
            shaper,
            row: *Sheet::of(theme).row(Kind::Cell, writing),
            theme,
            language,
        }
    }

    /// The width of what stands behind a byte of a text's words, the marks of notes included.
    fn width(&mut self, text: &Text, point: usize) -> Em {
        let (mut at, mut width) = (0, 0.0);
        for span in &text.spans {
            let skip = match span.is_mark() {
                true => 0,
                false => {
                    let start = at;
                    at += span.text.len();
                    point.saturating_sub(start).min(span.text.len())
                }
            };
            let behind = span.text.get(skip..).unwrap_or_default();
            // A mark before the point is no part of what stands behind it.
            if behind.is_empty() || (span.is_mark() && at < point) {
                continue;
            }
            let voice = Voice {
                family: self.row.face.family(&self.theme.faces),
                weight: self.row.weight.of_words(span.strong),
                slant: self.row.slant.of_words(span.emphasis),
                features: Features::LINING | Features::TABULAR,
                tracking: Tracking::of(self.row.tracking),
                language: self.language,
                direction: Direction::LeftToRight,
            };
            width += self.shaper.shape(voice.shifted(span.shift), behind).width.0;
        }
        Em(width)
    }
}
