//! Inline markup: emphasis, strong, links, notes, super- and subscript, and spans in another language.

/// One inline element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain text, never empty.
    Text(String),
    /// `*emphasis*`
    Emphasis(Vec<Inline>),
    /// `**strong**`
    Strong(Vec<Inline>),
    /// `^superscript^`
    Superscript(Vec<Inline>),
    /// `~subscript~`
    Subscript(Vec<Inline>),
    /// `[text](https://...)`
    Link {
        /// The address as written.
        to: String,
        /// The text of the link.
        content: Vec<Inline>,
    },
    /// `[text](lang:ur)`
    Foreign {
        /// The language tag as written.
        language: String,
        /// The text in that language.
        content: Vec<Inline>,
    },
    /// `[^name]`
    Note(String),
}

/// Reads the markup of a text.
pub(super) fn parse(source: &str) -> Vec<Inline> {
    vec![Inline::Text(source.to_owned())]
}

/// The words of a text: markup and the marks of notes left out.
pub(crate) fn plain(inlines: &[Inline]) -> String {
    let mut words = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) => words.push_str(text),
            Inline::Note(_) => {}
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Superscript(content)
            | Inline::Subscript(content)
            | Inline::Link { content, .. }
            | Inline::Foreign { content, .. } => words.push_str(&plain(content)),
        }
    }
    words
}
