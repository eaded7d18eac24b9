//! From inline markup to spans.

use crate::check::checked::Inline;

use super::arena::Arena;
use super::span::push;
use super::{Foreign, Shift, Span, Stress, Target};

impl Span {
    /// A span of plain text.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Styling::default().span(text.into())
    }

    /// A span of interface words.
    pub(super) fn words(words: &str, language: Option<&Foreign>) -> Self {
        Self {
            language: language.cloned(),
            ..Self::plain(words)
        }
    }
}

/// What the marks around a text have decided for it.
#[derive(Debug, Clone, Default)]
struct Styling {
    emphasis: bool,
    strong: bool,
    shift: Shift,
    language: Option<Foreign>,
    target: Option<Target>,
}

impl Styling {
    fn span(&self, text: String) -> Span {
        Span {
            text,
            emphasis: self.emphasis,
            stress: Stress::default(),
            strong: self.strong,
            shift: self.shift,
            language: self.language.clone(),
            target: self.target.clone(),
        }
    }
}

impl Arena<'_> {
    /// The spans of inline elements; neighbours of one look are one span.
    pub(super) fn spans(&mut self, inlines: &[Inline]) -> Vec<Span> {
        let mut out = Vec::new();
        self.collect(inlines, &Styling::default(), &mut out);
        out
    }

    fn collect(&mut self, inlines: &[Inline], styling: &Styling, out: &mut Vec<Span>) {
        for inline in inlines {
            let (inner, content) = match inline {
                Inline::Text(text) => {
                    if styling.emphasis {
                        for (part, stress) in stresses(text) {
                            let span = styling.span(part.to_owned());
                            push(out, Span { stress, ..span });
                        }
                    } else {
                        push(out, styling.span(text.clone()));
                    }
                    continue;
                }
                Inline::Note(note) => {
                    if out.last().is_some_and(Span::is_mark) {
                        out.push(self.between_marks());
                    }
                    out.push(self.reference(*note));
                    continue;
                }
                // Emphasis within emphasis is set upright, as a typesetter does.
                Inline::Emphasis(content) => (
                    Styling {
                        emphasis: !styling.emphasis,
                        ..styling.clone()
                    },
                    content,
                ),
                Inline::Strong(content) => (
                    Styling {
                        strong: true,
                        ..styling.clone()
                    },
                    content,
                ),
                Inline::Superscript(content) => (
                    Styling {
                        shift: Shift::Superscript,
                        ..styling.clone()
                    },
                    content,
                ),
                Inline::Subscript(content) => (
                    Styling {
                        shift: Shift::Subscript,
                        ..styling.clone()
                    },
                    content,
                ),
                Inline::Link { to, content } => (
                    Styling {
                        target: Some(Target::Url(to.clone())),
                        ..styling.clone()
                    },
                    content,
                ),
                Inline::Foreign { language, content } => (
                    Styling {
                        language: Some(Foreign::of(language)),
                        ..styling.clone()
                    },
                    content,
                ),
            };
            self.collect(content, &inner, out);
        }
    }
}

/// The parts of a text whose emphasis is shown alike. What belongs to no script goes with what stands before it.
fn stresses(text: &str) -> Vec<(&str, Stress)> {
    let mut parts: Vec<(usize, Stress)> = Vec::new();
    for (at, c) in text.char_indices() {
        let Some(stress) = Stress::of(c) else {
            continue;
        };
        match parts.last() {
            Some((_, last)) if *last == stress => {}
            Some(_) => parts.push((at, stress)),
            None => parts.push((0, stress)),
        }
    }
    if parts.is_empty() {
        return vec![(text, Stress::default())];
    }
    let ends = parts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let parts = parts.iter().zip(ends);
    parts
        .map(|((start, stress), end)| (&text[*start..end], *stress))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_script_shows_emphasis_in_its_own_way() {
        assert_eq!(stresses("plain, 12"), [("plain, 12", Stress::Slant)]);
        assert_eq!(stresses("12"), [("12", Stress::Slant)]);
        assert_eq!(
            stresses("“紧张” (tense), ہم!"),
            [
                ("“紧张” (", Stress::Dots),
                ("tense), ", Stress::Slant),
                ("ہم!", Stress::Weight)
            ]
        );
    }
}
