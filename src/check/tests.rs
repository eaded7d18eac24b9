//! What comes out of checking, on small pieces.

use super::checked::{BlockKind, Content, Inline};
use super::*;
use crate::diagnostic::Code;

fn checked(statement: &str) -> Checked {
    let yaml = format!(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement: {statement}\nnotes: {{a: A note}}\n"
    );
    let piece = serde_yaml::from_str(&yaml).expect("a piece");
    check(&Loaded {
        piece: Some(piece),
        ..Loaded::default()
    })
}

#[test]
fn markup_comes_out_with_its_values_read() {
    let statement =
        r#"["[a](https://example.org/?q={x}) *[b](lang:UR)*[^a] [c](mailto:d@example.org)"]"#;
    let piece = checked(statement).piece.expect("a piece");
    let BlockKind::Content(Content::Paragraph(text)) = &piece.contributors[0].statement[0].kind
    else {
        panic!("a paragraph");
    };
    assert_eq!(text.origin.as_str(), "contributors[0].statement[0]");
    let [first, _, emphasis, note, _, last] = text.inlines.as_slice() else {
        panic!("six elements: {text:?}");
    };
    assert!(
        matches!(first, Inline::Link { to, .. } if to.as_str() == "https://example.org/?q=%7Bx%7D")
    );
    assert!(matches!(
        emphasis,
        Inline::Emphasis(inner) if matches!(&inner[..], [Inline::Foreign { language, .. }] if language.as_str() == "ur")
    ));
    assert_eq!(note, &Inline::Note(NoteIndex(0)));
    assert!(matches!(last, Inline::Link { to, .. } if to.as_str() == "mailto:d@example.org"));
    assert_eq!(text.plain(), "a b c");
}

#[test]
fn an_error_that_nobody_would_read_any_more_refuses_the_piece_as_well() {
    let warnings = vec!["\"a\u{202a}\""; 300].join(", ");
    let warned = checked(&format!("[{warnings}, Words]"));
    assert!(warned.piece.is_some(), "warnings refuse nothing");
    let refused = checked(&format!("[{warnings}, '[a](https://example.org:99999/)']"));
    assert!(refused.piece.is_none());
    let gravest = refused.diagnostics.iter().map(|found| found.severity).max();
    assert_eq!(gravest, Some(Severity::Error));
}

#[test]
fn the_name_of_a_note_may_be_written_with_marks_of_its_own() {
    let yaml = "{series: S, title: T, date: 2025-11-04, language: en, notes: {cafe\u{301}: A note}, \
                contributors: [{name: N, statement: ['Words[^caf\u{e9}]']}]}";
    let outcome = check(&Loaded {
        piece: Some(serde_yaml::from_str(yaml).expect("a piece")),
        ..Loaded::default()
    });
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    assert!(outcome.piece.is_some());
}

#[test]
fn a_heading_has_words_besides_the_mark_of_a_note() {
    for (heading, is_refused) in [
        ("[^a]", true),
        ("*[^a]*", true),
        ("[^a] [^a]", true),
        ("Words[^a]", false),
    ] {
        let found = checked(&format!("[{{heading: '{heading}'}}, Words]")).diagnostics;
        let mut codes = found.iter().map(|found| found.code);
        assert_eq!(
            codes.any(|code| code == Code::EmptyText),
            is_refused,
            "{heading}"
        );
    }
}

#[test]
fn a_text_that_nobody_sees_is_refused_wherever_it_stands() {
    for unseen in ["\u{200b}", "\u{202e}", "\u{ad} \u{2060}", "\u{e0001}"] {
        for statement in [
            format!("[\"{unseen}\"]"),
            format!("[{{list: [\"{unseen}\"]}}]"),
            format!("[{{heading: \"{unseen}\"}}, Words]"),
            format!("[{{table: {{header: [[a]], rows: [[\"{unseen}\"]]}}}}]"),
        ] {
            let found = checked(&statement);
            let mut codes = found.diagnostics.iter().map(|found| found.code);
            assert!(codes.any(|code| code == Code::EmptyText), "{statement:?}");
            assert!(found.piece.is_none(), "{statement:?}");
        }
    }
    // Cells may be empty, and such characters stand beside others.
    let statement = "[{table: {header: [[a]], rows: [['']]}}, \"a\u{202e}b\"]";
    assert!(checked(statement).piece.is_some());
}

#[test]
fn a_break_at_the_end_is_told_and_left_out() {
    let found = checked("[Words, {break: }, More, {break: }, query: Is it so?, {break: }]");
    let told = found.diagnostics.iter();
    let told = told.filter(|found| found.code == Code::BareHeading).count();
    assert_eq!(told, 1);
    let piece = found.piece.expect("a piece");
    let kinds = piece.contributors[0]
        .statement
        .iter()
        .map(|block| &block.kind);
    let breaks = kinds
        .filter(|kind| matches!(kind, BlockKind::Break))
        .count();
    assert_eq!((piece.contributors[0].statement.len(), breaks), (3, 1));
    assert!(checked("[{break: }]").piece.is_none(), "it prints nothing");
}

#[test]
fn a_question_is_no_part_of_the_checked_piece() {
    let piece = checked("[Words, query: Is it so?, {list: [[One, query: And this?]]}]").piece;
    let piece = piece.expect("a piece");
    let statement = &piece.contributors[0].statement;
    let origins: Vec<_> = statement
        .iter()
        .map(|block| block.origin.as_str())
        .collect();
    assert_eq!(
        origins,
        [
            "contributors[0].statement[0]",
            "contributors[0].statement[2]"
        ]
    );
    let BlockKind::Content(Content::List { items, .. }) = &statement[1].kind else {
        panic!("a list");
    };
    assert_eq!(items[0].len(), 1);
}

#[test]
fn lists_stand_in_each_other_nine_levels_deep_and_no_deeper() {
    let nested = |depth: usize| {
        let inner = format!(
            "{}x{}",
            "{numbered: [[".repeat(depth - 1),
            "]]}".repeat(depth - 1)
        );
        checked(&format!("['[^a]', {{list: [[{inner}]]}}]"))
    };
    assert!(nested(9).piece.is_some());
    let refused = nested(12);
    assert!(refused.piece.is_none());
    let codes: Vec<_> = refused.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, [crate::diagnostic::Code::ListTooDeep]);
}
