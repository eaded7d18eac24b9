//! The part of a source that editions print.

use crate::diagnostic::{ByteSpan, SourceText};

/// The keys of a piece that print nothing: they decide whether and where it is published.
const UNPRINTED: &[&str] = &[
    "status",
    "withdrawn",
    "embargo",
    "aliases",
    "translation_of",
];

/// The text of a source without the lines of what prints nothing, and without the spaces at the ends of lines.
pub(crate) fn printed(source: &SourceText) -> String {
    let mut spans: Vec<ByteSpan> = Vec::new();
    for key in UNPRINTED {
        let below = |path: &str| {
            let rest = path.strip_prefix(key);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let places = source.places.iter();
        let places = places.filter(|(path, _)| below(path.as_str()));
        let span = places.fold(None, |whole: Option<ByteSpan>, (_, place)| {
            let span = &place.span;
            Some(match whole {
                None => span.clone(),
                Some(whole) => whole.start.min(span.start)..whole.end.max(span.end),
            })
        });
        spans.extend(span.and_then(|span| with_key(&source.text, key, span)));
    }
    spans.sort_by_key(|span| span.start);
    let mut text = String::with_capacity(source.text.len());
    let mut from = 0;
    for span in spans {
        text.push_str(source.text.get(from..span.start).unwrap_or_default());
        from = from.max(span.end);
    }
    text.push_str(source.text.get(from..).unwrap_or_default());
    let lines = text.lines().map(str::trim_end);
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// A value with its key, whole lines of them; none where the key cannot be told, as inside braces.
fn with_key(text: &str, key: &str, value: ByteSpan) -> Option<ByteSpan> {
    let before = text.get(..value.start)?;
    let at = before.rfind(key)?;
    let start = before[..at].rfind('\n').map_or(0, |end| end + 1);
    let stands_alone = before[start..at]
        .trim_matches(['"', '\'', ' ', '?'])
        .is_empty();
    let end = value.end.max(value.start);
    let end = text
        .get(end..)?
        .find('\n')
        .map_or(text.len(), |more| end + more + 1);
    stands_alone.then_some(start..end)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::load::load_text;
    use crate::project::Projects;
    use std::path::Path;

    const FIRST: &str = "series: S\ntitle: T\n";
    const REST: &str = "date: 2025-11-04\n# a comment\nlanguage: en\ncontributors: [{name: N, statement: [Words.]}]\n";

    fn of(text: &str) -> String {
        let loaded = load_text(Path::new("a.yaml"), text, &Projects::none());
        assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
        printed(&loaded.source)
    }

    #[test]
    fn what_prints_nothing_is_no_part_of_what_is_printed() {
        let plain = of(&format!("{FIRST}{REST}"));
        for life in [
            "status: draft\n",
            "embargo: 2025-11-04T09:00+05:00   # until the talks\n",
            "\"embargo\": '2025-11-04T09:00Z'\n",
            "aliases: [a, Old Series/b]\n",
            "aliases:\n  - a\n  - Old Series/b\n",
            "status: withdrawn\nwithdrawn:\n  date: 2025-11-05\n  reason: >\n    Two\n    lines.\n",
            "translation_of: other\n\n\n",
        ] {
            assert_eq!(of(&format!("{FIRST}{life}{REST}")), plain, "{life}");
            assert_eq!(of(&format!("{FIRST}{REST}{life}")), plain, "{life}");
        }
        assert_ne!(of(&format!("{FIRST}summary: status\n{REST}")), plain);
        assert_ne!(
            of(&format!("{FIRST}{REST}").replace("Words", "Words, status")),
            plain
        );
    }
}
