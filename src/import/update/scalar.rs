//! A value of a source that is another now: the bytes of it that change, in the form that it is written in.

use super::words::{Change, changes};
use crate::diagnostic::{Edit, Place, ValueStyle};
use crate::yaml::writer::{Context, WIDTH, inline, is_plain, wrapped};

/// The edit that makes the value at a place another; all of it is one edit, in which what did not change is as it was. None where
/// the value is the same.
pub(super) fn edit(text: &str, place: &Place, old: &str, new: &str) -> Option<Edit> {
    if old == new {
        return None;
    }
    let span = place.span.clone();
    let raw = &text[span.clone()];
    let found = tightened(old, changes(old, new));
    let ranges: Vec<_> = found.iter().map(|change| change.old.clone()).collect();
    let places = place.parts(text, old, &ranges);
    let is_whole = places.iter().all(|part| *part == span)
        && !ranges.iter().all(|range| *range == (0..old.len()));
    let spliced = (!is_whole).then(|| {
        let local = found.iter().zip(&places).map(|(change, part)| Change {
            old: part.start - span.start..part.end - span.start,
            new: spelled(&change.new, place.style),
        });
        super::words::changed(raw, &local.collect::<Vec<_>>())
    });
    let fits = |raw: &String| match place.style {
        ValueStyle::Plain => {
            is_plain(new, Context::Block)
                || raw.contains('\n') && !new.contains(": ") && !new.contains(" #")
        }
        _ => true,
    };
    let written = spliced.filter(fits).unwrap_or_else(|| match place.style {
        ValueStyle::Literal | ValueStyle::Folded => new.to_owned(),
        _ => inline(new, Context::Flow),
    });
    let written = match place.style {
        ValueStyle::Literal | ValueStyle::Folded => narrowed(text, place, raw, &written),
        _ => written,
    };
    Some(Edit::new(span, written))
}

/// Characters as they stand in a style.
fn spelled(text: &str, style: ValueStyle) -> String {
    match style {
        ValueStyle::SingleQuoted => text.replace('\'', "''"),
        ValueStyle::DoubleQuoted => {
            let quoted = crate::yaml::writer::double_quoted(text);
            quoted[1..quoted.len() - 1].to_owned()
        }
        _ => text.to_owned(),
    }
}

/// Words that go take the space before them with them rather than the one behind, which may be the end of a line.
fn tightened(old: &str, mut found: Vec<Change>) -> Vec<Change> {
    for change in &mut found {
        let gone = &old[change.old.clone()];
        let before = old[..change.old.start].ends_with(' ');
        if before && change.new.is_empty() && gone.ends_with(' ') && !gone.starts_with(' ') {
            change.old = change.old.start - 1..change.old.end - 1;
        }
    }
    found
}

/// Lines of a block that became too long by the edit are broken; the others stay.
fn narrowed(text: &str, place: &Place, before: &str, after: &str) -> String {
    if place.style != ValueStyle::Folded {
        return after.to_owned();
    }
    let line_start = text[..place.span.start]
        .rfind('\n')
        .map_or(0, |end| end + 1);
    let indent = &text[line_start..place.span.start];
    if !indent.trim().is_empty() {
        return after.to_owned();
    }
    let end = if before.contains("\r\n")
        || text[..place.span.start].ends_with("\r\n")
        || text.contains("\r\n")
    {
        "\r\n"
    } else {
        "\n"
    };
    let old: std::collections::BTreeSet<&str> = before.lines().map(str::trim).collect();
    // Who wrote longer lines keeps them.
    let longest = before.lines().enumerate().map(|(index, line)| {
        let own = if index == 0 {
            indent.chars().count()
        } else {
            0
        };
        own + line.trim_end().chars().count()
    });
    let most = longest.max().unwrap_or(0).max(WIDTH);
    let lines = after
        .split('\n')
        .map(|line| line.trim_end_matches('\r'))
        .enumerate();
    let lines = lines.map(|(index, line)| {
        let content = line.trim_start();
        let lead = &line[..line.len() - content.len()];
        let own = if index == 0 { indent } else { lead };
        if old.contains(content.trim_end()) || own.chars().count() + content.chars().count() <= most
        {
            return line.to_owned();
        }
        let width = WIDTH.saturating_sub(own.chars().count()).max(20);
        let broken = wrapped(content, width);
        format!("{lead}{}", broken.join(&format!("{end}{own}")))
    });
    lines.collect::<Vec<_>>().join(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(
        yaml: &str,
        span: std::ops::Range<usize>,
        style: ValueStyle,
        old: &str,
        new: &str,
    ) -> String {
        let place = Place { span, style };
        match edit(yaml, &place, old, new) {
            Some(edit) => crate::load::edited(yaml, &[edit]),
            None => yaml.to_owned(),
        }
    }

    #[test]
    fn words_change_in_every_style() {
        let yaml = "- One two three\n";
        assert_eq!(
            edited(
                yaml,
                2..15,
                ValueStyle::Plain,
                "One two three",
                "One too three"
            ),
            "- One too three\n"
        );
        assert_eq!(
            edited(
                yaml,
                2..15,
                ValueStyle::Plain,
                "One two three",
                "One: two three"
            ),
            "- \"One: two three\"\n"
        );
        let yaml = "- 'It''s two'\n";
        assert_eq!(
            edited(
                yaml,
                2..13,
                ValueStyle::SingleQuoted,
                "It's two",
                "It's Tom's"
            ),
            "- 'It''s Tom''s'\n"
        );
        let yaml = "- \"A \\u0041 \\\"b\\\"\"\n";
        assert_eq!(
            edited(
                yaml,
                2..18,
                ValueStyle::DoubleQuoted,
                "A A \"b\"",
                "A A \"c\""
            ),
            "- \"A \\u0041 \\\"c\\\"\"\n"
        );
        let yaml = "- >-\r\n  One\r\n  two three\r\n  four\r\n";
        let span = 8..yaml.len() - 2;
        assert_eq!(
            edited(
                yaml,
                span.clone(),
                ValueStyle::Folded,
                "One two three four",
                "One two four"
            ),
            "- >-\r\n  One\r\n  two\r\n  four\r\n"
        );
        assert_eq!(
            edited(
                yaml,
                span,
                ValueStyle::Folded,
                "One two three four",
                "One new two three four"
            ),
            "- >-\r\n  One\r\n  new two three\r\n  four\r\n"
        );
    }
}
