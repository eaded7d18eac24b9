//! Tests of lines in two directions, and of pieces that run from right to left.

#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::tests::{assert_inside, assert_read_back, fitted, lines, upright_lines};
use super::*;
use crate::compose::Kind;
use crate::compose::sample::composed;
use crate::piece::Direction;
use crate::theme::Pt;

fn set(yaml: &str) -> (Composition, Layout) {
    let composition = composed(yaml);
    let layout = layout(&composition, &Theme::classic(), PageSize::A4).unwrap();
    (composition, layout)
}

/// A piece whose statement holds these blocks.
fn piece(language: &str, blocks: &str) -> String {
    format!(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: {language}\ncontributors:\n- name: N\n  statement:\n{blocks}"
    )
}

/// The text of a line's runs from the left, those that run from right to left turned round.
fn shown(composition: &Composition, line: &Line) -> String {
    let Owner::Text(id) = line.owner else {
        return line.runs.iter().map(|run| run.literal.as_str()).collect();
    };
    let runs = line.runs.iter().map(|run| {
        let bytes: usize = run
            .glyphs
            .iter()
            .map(|glyph| usize::from(glyph.bytes))
            .sum();
        let start = run.start as usize;
        let text = &composition[id].spans[run.span as usize].text[start..start + bytes];
        match run.direction {
            Direction::LeftToRight => text.to_owned(),
            Direction::RightToLeft => text.chars().rev().collect(),
        }
    });
    runs.collect()
}

fn lines_of<'a>(composition: &Composition, layout: &'a Layout, kind: Kind) -> Vec<&'a Line> {
    let of_kind =
        |line: &&Line| matches!(line.owner, Owner::Text(id) if composition[id].kind == kind);
    lines(layout).filter(of_kind).collect()
}

#[test]
fn words_from_right_to_left_stand_in_the_order_of_their_own_direction() {
    for (text, expected) in [
        (
            "The word [امن](lang:ur) means peace.",
            "The word نما means peace.",
        ),
        (
            "Both [سلام دنیا](lang:ur), then 12 more",
            "Both ایند مالس, then 12 more",
        ),
        (
            "Unmarked سلام دنیا stands so",
            "Unmarked ایند مالس stands so",
        ),
        ("A bracket [(سلام)](lang:ur) more", "A bracket )مالس( more"),
        (
            "An invisible a\u{200F}b is harmless",
            "An invisible a\u{200F}b is harmless",
        ),
    ] {
        let text = serde_json::to_string(text).unwrap();
        let (composition, layout) = set(&piece("en", &format!("  - {text}\n")));
        assert_read_back(&composition, &layout, &[]);
        let lines = lines_of(&composition, &layout, Kind::Paragraph);
        assert_eq!(shown(&composition, lines[0]), expected);
        assert!(layout.findings.is_empty(), "{:?}", layout.findings);
    }
}

#[test]
fn a_line_of_a_right_to_left_piece_starts_on_the_right() {
    let (composition, layout) = set(&piece("ur", "  - 'سلام 12 (Peace) دنیا'\n"));
    let lines = lines_of(&composition, &layout, Kind::Paragraph);
    assert_eq!(shown(&composition, lines[0]), "ایند )Peace( 12 مالس");
    let right = lines[0].x + lines[0].extent();
    let theme = Theme::classic();
    let edge = (layout.width + theme.measures.measure) * 0.5;
    assert!((right.0 - edge.0).abs() < 0.01, "{right:?} {edge:?}");
}

#[test]
fn a_line_in_a_script_that_the_themes_family_lacks_is_one_run() {
    for (language, text) in [
        ("ur", "سرحد پر خاموشی امن نہیں ہے"),
        ("hi", "सीमा पर शांति है"),
    ] {
        let (composition, layout) = set(&piece(language, &format!("  - {text}\n")));
        let lines = lines_of(&composition, &layout, Kind::Paragraph);
        assert_eq!(lines[0].runs.len(), 1, "{language}");
        let spaces = lines[0].runs[0].glyphs.iter();
        let spaces = spaces.filter(|glyph| glyph.kind == GlyphKind::Space);
        assert_eq!(spaces.count(), text.matches(' ').count());
    }
}

#[test]
fn pages_of_a_right_to_left_piece_are_those_of_another_turned_over() {
    let blocks = "  - one\n  - quote: two\n  - list: [three, [{list: [four]}]]\n  - numbered: [five]\n  - pull: one\n  - table: {header: [[A, B]], rows: [[c, d]]}\n  - Noted[^n].\n";
    let of = |language: &str| {
        let yaml = piece(language, blocks).replace("date:", "notes: {n: note}\ndate:");
        set(&yaml).1
    };
    // Both have English words and European digits, so that every line has the same glyphs.
    let (english, hebrew) = (of("en"), of("he-u-nu-latn"));
    let rules = |layout: &Layout| -> Vec<(Pt, Pt)> {
        let artifacts = layout.pages.iter().flat_map(|page| &page.artifacts);
        let rules = artifacts.filter_map(|artifact| match artifact.placed {
            Placed::Rule { x, width, .. } => Some((x, width)),
            _ => None,
        });
        rules.collect()
    };
    let width = english.width;
    for ((x, own), (mirrored, other)) in rules(&english).into_iter().zip(rules(&hebrew)) {
        assert!((own.0 - other.0).abs() < 0.01);
        assert!(
            (mirrored.0 - (width - x - own).0).abs() < 0.01,
            "{x:?} {mirrored:?}"
        );
    }
    let mut compared = 0;
    for (line, mirrored) in lines(&english).zip(lines(&hebrew)) {
        let glyphs = |line: &Line| -> usize { line.runs.iter().map(|run| run.glyphs.len()).sum() };
        if glyphs(line) != glyphs(mirrored) || (line.extent() - mirrored.extent()).0.abs() > 0.01 {
            // Words of the edition's own.
            continue;
        }
        compared += 1;
        let expected = width - line.x - line.extent();
        assert!(
            (expected.0 - mirrored.x.0).abs() < 0.01,
            "{line:?} {mirrored:?}"
        );
    }
    assert!(compared >= 10, "{compared}");
}

#[test]
fn lines_of_nastaliq_have_the_room_that_its_words_ask_for() {
    let text = "سرحد پر خاموشی امن نہیں ہے۔ ".repeat(60);
    let baselines = |language: &str| {
        let (composition, layout) = set(&piece(language, &format!("  - {text}\n")));
        let lines = lines_of(&composition, &layout, Kind::Paragraph);
        let baselines: Vec<Pt> = lines.iter().map(|line| line.baseline).collect();
        baselines
    };
    let size = Theme::classic().measures.text;
    let urdu = baselines("ur");
    let arabic = baselines("ar");
    let between = |lines: &[Pt]| (lines[1] - lines[0]) / size;
    assert!((2.0..=2.3).contains(&between(&urdu)), "{}", between(&urdu));
    assert!(between(&arabic) < 2.0, "{}", between(&arabic));
    // All of them stand on one grid.
    for pair in urdu.windows(2).filter(|pair| pair[1] > pair[0]) {
        assert!(
            ((pair[1] - pair[0]) / size - between(&urdu)).abs() < 0.01,
            "{pair:?}"
        );
    }
}

#[test]
fn a_paragraph_in_a_language_of_the_other_direction_takes_its_side() {
    let (composition, layout) = set(&piece(
        "en",
        "  - First.\n  - '[سلام دنیا](lang:ur)'\n  - table: {header: [[A, B]], rows: [[سلام, c]]}\n",
    ));
    let theme = Theme::classic();
    let left = (layout.width - theme.measures.measure) * 0.5;
    let turned = lines_of(&composition, &layout, Kind::Paragraph)[1];
    // The indent of a paragraph that follows another, from the right.
    let right = turned.x + turned.extent();
    let edge = left + theme.measures.measure - theme.measures.indent;
    assert!((right.0 - edge.0).abs() < 0.01, "{right:?} {edge:?}");
    // A cell stays in its column.
    let cell = lines_of(&composition, &layout, Kind::Cell)[0];
    assert!((cell.x.0 - left.0).abs() < 0.01, "{cell:?}");
}

#[test]
fn hostile_directions_cost_no_more_than_their_length_and_lose_nothing() {
    for text in [
        "\u{202B}a\u{2067} ".repeat(10_000),
        format!("ب{} ", "\u{64B}".repeat(30)).repeat(3_900),
        "١2۳४ ".repeat(2_000),
        "א\u{2069}\u{202C}\u{202E}ב ".repeat(2_000),
        "سلام".repeat(4_000),
    ] {
        let quoted = serde_json::to_string(&text).unwrap();
        for language in ["en", "ur"] {
            let (composition, layout) = set(&piece(language, &format!("  - {quoted}\n")));
            assert_read_back(&composition, &layout, &[]);
            assert_inside(&layout);
        }
    }
}

/// Words of many scripts, with everything that changes direction between them.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => "[a-zA-Zé]{1,12}",
        6 => "[\u{628}-\u{63A}]{1,9}",
        3 => "[אבגדהוזחטיכל]{1,9}",
        2 => "[0-9]{1,5}|[۰-۹]{1,4}|[٠-٩]{1,4}",
        1 => "\\([a-z]{1,5}|[\u{628}-\u{63A}]{1,5}\\)|«[\u{628}-\u{63A}]{1,5}»",
        1 => "\\[[\u{628}-\u{63A}]{1,5} [a-z]{1,4}\\]\\(lang:ur\\)|\\[[a-z]{1,5}, [0-9]\\]\\(lang:en\\)",
        1 => "[\u{200E}\u{200F}\u{61C}\u{202A}-\u{202E}\u{2066}-\u{2069}]{1,2}",
        1 => "[\u{628}-\u{63A}]{40,90}|[a-z]{30,90}",
        1 => "ک\u{64E}ت\u{64F}ا\u{651}ب|[a-z]{2,4}-[\u{628}-\u{63A}]{2,4}|68%|،|؟",
    ];
    let space =
        prop_oneof![20 => Just(" "), 1 => Just("  "), 1 => Just("\u{A0}"), 1 => Just("\u{2009}")];
    proptest::collection::vec((word, space), 1..60).prop_map(|pairs| {
        let parts = pairs
            .into_iter()
            .flat_map(|(word, space)| [word, space.to_owned()]);
        parts.collect::<String>().trim().to_owned()
    })
}

/// No two runs of a line stand for the same bytes, and none goes back over the one before it.
fn assert_no_overlap(line: &Line) {
    let mut ends: Vec<(u32, u32, u32)> = line
        .runs
        .iter()
        .map(|run| {
            let bytes: u32 = run.glyphs.iter().map(|glyph| u32::from(glyph.bytes)).sum();
            (run.span, run.start, run.start + bytes)
        })
        .collect();
    ends.sort_unstable();
    // Runs follow each other on the line by their advances; none stands for what another stands for.
    for pair in ends.windows(2) {
        assert!(pair[0].0 < pair[1].0 || pair[0].2 <= pair[1].1, "{line:?}");
    }
    // Letters of Nastaliq reach under their neighbours; runs do not go back.
    for run in &line.runs {
        let width: i32 = run
            .glyphs
            .iter()
            .map(|glyph| i32::from(glyph.advance))
            .sum();
        assert!(width >= 0, "{line:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn mixed_directions_fit_and_lose_nothing(text in words(), measure in 60.0f32..450.0, language in "en|ur|he|ar") {
        assert_fits(&text, measure, &language);
    }
}

#[test]
fn a_no_break_space_at_a_line_end_pushes_nothing_out() {
    let text = "\u{202b}\u{61c}\u{2009}«جضطبب» ث\u{a0}frLéKéBéKV \u{61c}\u{61c}";
    assert_fits(text, 80.92347, "en");
}

/// A text that fills blocks of every kind is set whole within the measure, each byte once, and no joined letters are stretched.
fn assert_fits(text: &str, measure: f32, language: &str) {
    let (_, layout) = fitted(text, measure, language);
    for line in upright_lines(&layout).filter(|line| matches!(line.owner, Owner::Text(_))) {
        assert_no_overlap(line);
        let forward = |run: &Run| run.direction == Direction::LeftToRight;
        assert!(line.scale == 1.0 || line.runs.iter().all(forward));
    }
}
