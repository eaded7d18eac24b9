//! The direction of each text: how it is read, and from which side its lines start.

use crate::piece::Direction;

use super::{Kind, Span};

/// How a text stands in what is around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stance {
    /// The direction in which it is read.
    pub(super) direction: Direction,
    /// The direction from whose start its lines begin.
    pub(super) column: Direction,
}

/// What decides the direction of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decides {
    /// The language that it stands in, unless every word of it is in a language of the other direction; its lines start there.
    Language,
    /// The same, and its lines start where those around it do: it heads them, or stands beside a label.
    LanguageInPlace,
    /// Its first strong letter: it is a name or a cell, and stays in its row of others.
    Letters,
}

impl Decides {
    /// What decides for texts of a kind; names that stand alone are told apart by [`super::arena::Arena::name`].
    pub(super) fn of(kind: Kind) -> Self {
        match kind {
            Kind::Cell | Kind::HeadCell | Kind::RowHead => Self::Letters,
            Kind::Paragraph | Kind::Quote | Kind::Pull | Kind::EndMatter => Self::Language,
            Kind::Series
            | Kind::Title
            | Kind::Subtitle
            | Kind::Byline
            | Kind::Credit
            | Kind::Date
            | Kind::Heading2
            | Kind::Heading3
            | Kind::Heading4
            | Kind::EndHeading
            | Kind::EndSubheading
            | Kind::Affiliation
            | Kind::QuoteSource
            | Kind::ListText
            | Kind::Caption
            | Kind::FigureCredit
            | Kind::Note
            | Kind::Furniture => Self::LanguageInPlace,
        }
    }

    /// How a text of spans stands among texts of a direction.
    pub(super) fn stance(self, spans: &[Span], around: Direction) -> Stance {
        let direction = match self {
            Self::Letters => {
                let words: String = words(spans).map(|span| span.text.as_str()).collect();
                Direction::of_letters(&words).unwrap_or(around)
            }
            Self::Language | Self::LanguageInPlace => {
                let lettered = |span: &&Span| span.text.chars().any(char::is_alphanumeric);
                let mut lettered = words(spans).filter(lettered).peekable();
                let turned = |span: &Span| {
                    let foreign = span.language.as_ref();
                    foreign.is_some_and(|foreign| foreign.direction != around)
                };
                if lettered.peek().is_some() && lettered.all(turned) {
                    around.other()
                } else {
                    around
                }
            }
        };
        let column = match self {
            Self::Letters | Self::LanguageInPlace => around,
            Self::Language => direction,
        };
        Stance { direction, column }
    }
}

/// The spans that are not marks of notes.
fn words(spans: &[Span]) -> impl Iterator<Item = &Span> {
    spans.iter().filter(|span| !span.is_mark())
}

#[cfg(test)]
mod tests {
    use crate::compose::sample::composed;
    use crate::piece::Direction::{self, LeftToRight, RightToLeft};

    /// Direction and column of the texts that begin so.
    fn stances(language: &str, beginnings: &[&str]) -> Vec<(Direction, Direction)> {
        let composition = composed(&format!(
            "{{series: S, title: T, date: 2025-11-04, language: {language}, contributors: [{{name: آمنہ خان, statement: [
              'Words and [سلام](lang:ur).', '[سلام، دنیا](lang:ur)', '**[Peace](lang:en)**, [now](lang:en).', '12',
              {{table: {{header: [[کل, Sum]], rows: [['(A) ب', '1,200']]}}}}]}}]}}"
        ));
        let found = beginnings.iter().map(|beginning| {
            let mut texts = composition.texts.iter().rev();
            let text = texts.find(|text| text.plain().starts_with(beginning));
            text.map(|text| (text.direction, text.column))
        });
        found.flatten().collect()
    }

    #[test]
    fn the_language_decides_for_a_paragraph_and_the_first_letter_for_names_and_cells() {
        let texts = [
            "Words", "سلام", "Peace", "12", "آمنہ", "کل", "Sum", "(A)", "1,200",
        ];
        let (ltr, rtl) = (LeftToRight, RightToLeft);
        assert_eq!(
            stances("en", &texts),
            [
                (ltr, ltr),
                (rtl, rtl),
                (ltr, ltr),
                (ltr, ltr),
                (rtl, ltr),
                (rtl, ltr),
                (ltr, ltr),
                (ltr, ltr),
                (ltr, ltr),
            ]
        );
        assert_eq!(
            stances("ur", &texts),
            [
                (rtl, rtl),
                (rtl, rtl),
                (ltr, ltr),
                (rtl, rtl),
                (rtl, rtl),
                (rtl, rtl),
                (ltr, rtl),
                (ltr, rtl),
                (rtl, rtl),
            ]
        );
    }

    #[test]
    fn what_has_a_language_of_its_own_stands_in_its_columns() {
        let composition = composed(
            "{series: S, title: T, date: 2025-11-04, language: en, contributors: [
              {name: A (b), name_language: ur, language: ur, statement: [
                {heading: سوال}, 'ایک Word', {list: ['(A) ب']}, {quote: {text: q, by: r, language: fr}},
                {table: {header: [[ا]], rows: [['12']]}}]},
              {name: B, statement: [{quote: {text: ہم, by: وزیر, language: ur}}, {pull: {text: ہم, language: ur}}]}]}",
        );
        let (ltr, rtl) = (LeftToRight, RightToLeft);
        let found = |text: &str| {
            let mut texts = composition.texts.iter().rev();
            let text = texts.find(|known| known.plain() == text);
            text.map(|text| {
                let language = text
                    .language
                    .as_ref()
                    .map(|foreign| foreign.tag.to_string());
                (text.direction, text.column, language.unwrap_or_default())
            })
        };
        let expected =
            |direction, column, language: &str| Some((direction, column, language.to_owned()));
        assert_eq!(found("سوال"), expected(rtl, rtl, "ur"));
        assert_eq!(found("ایک Word"), expected(rtl, rtl, "ur"));
        assert_eq!(found("(A) ب"), expected(rtl, rtl, "ur"));
        assert_eq!(found("q"), expected(ltr, ltr, "fr"));
        assert_eq!(found("— r"), expected(ltr, ltr, "fr"));
        assert_eq!(found("12"), expected(rtl, rtl, "ur"));
        assert_eq!(found("ہم"), expected(rtl, rtl, "ur"));
        assert_eq!(found("A (b)"), expected(ltr, ltr, "ur"));
    }
}
