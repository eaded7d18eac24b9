//! Tests of pages: notes at the foot, floats, kept headings; nothing lost and nothing on top of something else.

#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::tests::{assert_inside, assert_read_back, lines};
use super::*;
use crate::compose::sample::composed;
use crate::compose::{BlockKind, Content, Kind};
use crate::theme::Pt;

/// Words of a given number.
fn prose(words: usize) -> String {
    let stock = "the relations of both countries remained under strain while talks continued in a third capital";
    let words: Vec<&str> = stock.split(' ').cycle().take(words).collect();
    words.join(" ")
}

/// No two lines of a page's text stand on each other, and none stands below the text or among the notes.
fn assert_apart(layout: &Layout) {
    for page in &layout.pages {
        let mut placed: Vec<(f32, f32, f32)> = Vec::new();
        for item in &page.content {
            let Placed::Line(line) = item else { continue };
            if matches!(line.owner, Owner::Text(_)) {
                placed.push((line.baseline.0, line.x.0, line.x.0 + line.width.0));
            }
        }
        for (index, (baseline, left, right)) in placed.iter().enumerate() {
            for (other, from, to) in &placed[..index] {
                let beside = *right <= from + 0.1 || *to <= left + 0.1;
                assert!(
                    beside || (baseline - other).abs() > 8.0,
                    "page {}: {baseline} and {other}",
                    page.label
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn pages_of_any_blocks_lose_nothing_and_cover_nothing(
        blocks in proptest::collection::vec((0u8..9, 1usize..140), 1..40),
        notes in proptest::collection::vec(1usize..900, 1..5),
        letter in any::<bool>(),
    ) {
        let mut yaml = "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  affiliation: Of a Place\n  bio: A life.\n  statement:\n".to_owned();
        let mut used = 0;
        for (kind, length) in &blocks {
            let text = prose(*length);
            yaml.push_str(&match kind {
                0 if used < notes.len() => {
                    used += 1;
                    format!("  - {text}[^n{used}] and on.\n")
                }
                1 => format!("  - heading: {}\n", prose(length % 12 + 1)),
                2 => format!("  - quote: {{text: {text}, by: Somebody}}\n"),
                3 => format!("  - list:\n    - {text}\n    - - {text}\n      - numbered: [one, two]\n"),
                4 => {
                    let rows: String = (0..length / 3 + 1).map(|row| format!("      - [{row}, {}, c]\n", prose(row % 20 + 1))).collect();
                    format!("  - table:\n      caption: A table\n      header: [[A, B, C]]\n      rows:\n{rows}")
                }
                5 => format!("  - pull: {}\n", prose(length % 20 + 1)),
                6 => "  - break:\n".to_owned(),
                _ => format!("  - {text}\n"),
            });
        }
        if used == 0 {
            yaml.push_str("  - End[^n1].\n");
            used = 1;
        }
        yaml.push_str("notes:\n");
        for (index, length) in notes.iter().take(used).enumerate() {
            yaml.push_str(&format!("  n{}: {}\n", index + 1, prose(*length)));
        }
        let composition = composed(&yaml);
        let size = if letter { PageSize::Letter } else { PageSize::A4 };
        let layout = layout(&composition, &Theme::classic(), size).unwrap();
        let pulls: Vec<_> = pulled(&composition);
        assert_read_back(&composition, &layout, &pulls);
        assert_inside(&layout);
        assert_apart(&layout);
        let geometry = Geometry::new(&Theme::classic(), size);
        for line in lines(&layout) {
            prop_assert!(line.baseline.0 <= (geometry.top + geometry.depth).0 + 1.0, "{:?}", line.owner);
        }
        let starts: Vec<_> = layout.pages.iter().filter_map(|page| page.start).map(|start| (start.text, start.byte)).collect();
        prop_assert!(starts.is_sorted());
    }
}

/// Pull quotes that are artifacts: their texts are on no line of their own.
fn pulled(composition: &Composition) -> Vec<crate::compose::TextId> {
    let blocks = composition
        .sections
        .iter()
        .flat_map(|section| &section.blocks);
    blocks
        .filter_map(|block| match block.kind {
            crate::compose::BlockKind::Pull(text) => {
                (composition[text].reading == crate::compose::Reading::Decoration).then_some(text)
            }
            _ => None,
        })
        .collect()
}

#[test]
fn a_heading_stays_with_two_lines_of_what_follows() {
    // Paragraphs of growing length push the heading down the page line by line.
    for words in (300..620).step_by(12) {
        let yaml = format!(
            "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement:\n  - {}\n- name: Second\n  affiliation: Of a Place\n  statement:\n  - {}\n",
            prose(words),
            prose(200)
        );
        let composition = composed(&yaml);
        let heading = composition.sections[1].heading.as_ref().unwrap().text;
        let layout = layout(&composition, &Theme::classic(), PageSize::A4).unwrap();
        let page = layout.pages.iter().find(|page| {
            page.content.iter().any(
                |placed| matches!(placed, Placed::Line(line) if line.owner == Owner::Text(heading)),
            )
        });
        let page = page.unwrap();
        let at = page.content.iter().position(
            |placed| matches!(placed, Placed::Line(line) if line.owner == Owner::Text(heading)),
        );
        // The heading, the affiliation and two lines.
        assert!(page.content.len() - at.unwrap() >= 4, "{words} words");
    }
}

#[test]
fn under_a_heading_stands_the_sheets_space_and_running_text_on_its_grid() {
    for (name, words) in ["classic", "modern"].into_iter().flat_map(|name| {
        let words = (40..160).step_by(30);
        words.map(move |words| (name, words))
    }) {
        let theme = Theme::named(name).unwrap();
        let yaml = format!(
            "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement:\n  - a {0}\n  - heading: H\n  - b {0}\n  - heading: H\n  - subheading: K\n  - c {0}\n  - quote: {0}\n  - heading: H\n  - d\n- name: M\n  affiliation: Of a Place\n  statement:\n  - e {0}\n",
            prose(words)
        );
        let composition = composed(&yaml);
        let layout = layout(&composition, &theme, PageSize::A4).unwrap();
        let sheet = crate::theme::Sheet::of(&theme);
        let grid = theme.measures.leading;
        let top = Geometry::new(&theme, PageSize::A4).top;
        let mut under = 0;
        for page in &layout.pages {
            let lines: Vec<_> = page
                .content
                .iter()
                .filter_map(|placed| match placed {
                    Placed::Line(line) => match line.owner {
                        Owner::Text(text) => Some((composition[text].kind, line.baseline)),
                        _ => None,
                    },
                    _ => None,
                })
                .collect();
            for (kind, baseline) in &lines {
                let line = (*baseline - top) / grid - flow::BASELINE;
                assert!(
                    *kind != Kind::Paragraph || (line - line.round()).abs() < 0.01,
                    "{line}"
                );
            }
            for pair in lines.windows(2) {
                let [(upper, above), (Kind::Paragraph, below)] = pair[..] else {
                    continue;
                };
                if !upper.is_heading() && upper != Kind::Affiliation {
                    continue;
                }
                let row = &sheet[upper];
                let space =
                    below - above - row.leading * (1.0 - flow::BASELINE) - grid * flow::BASELINE;
                assert!(
                    (space - row.after).0.abs() < 0.1,
                    "{name} {words}: {upper:?} {space:?}"
                );
                under += 1;
            }
        }
        assert!(under >= 4, "{under}");
    }
}

#[test]
fn a_float_passes_no_heading_and_no_note_passes_a_floats() {
    let rows = "[a, b], ".repeat(18);
    let mut moved = 0;
    for words in (120..420).step_by(20) {
        let yaml = format!(
            "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement:\n  - {0}\n  - table: {{header: [[A, 'B[^one]']], rows: [{rows}]}}\n  - {1}\n  - Noted[^two].\n  - heading: H\n  - {1}\nnotes: {{one: First., two: Second.}}\n",
            prose(words),
            prose(60)
        );
        let composition = composed(&yaml);
        let layout = layout(&composition, &Theme::classic(), PageSize::A4).unwrap();
        let place = |wanted: &dyn Fn(crate::compose::TextId) -> bool| {
            let pages = layout.pages.iter().enumerate();
            let mut places = pages.flat_map(|(page, content)| {
                content
                    .content
                    .iter()
                    .filter_map(move |placed| match placed {
                        Placed::Line(line) => match line.owner {
                            Owner::Text(text) => Some((page, line.baseline.0, text)),
                            _ => None,
                        },
                        _ => None,
                    })
            });
            places
                .find(|(.., text)| wanted(*text))
                .map(|(page, baseline, _)| (page, baseline))
                .unwrap()
        };
        let of_kind = |kind| place(&|text| composition[text].kind == kind);
        let table = of_kind(Kind::HeadCell);
        assert!(table < of_kind(Kind::Heading3), "{words}");
        let [first, second] = [0, 1].map(|note| composition.notes[note].text);
        assert!(
            place(&|text| text == first) < place(&|text| text == second),
            "{words}"
        );
        let noted = place(&|text| composition[text].plain() == "Noted.");
        assert!(table < noted, "{words}");
        let after = composition
            .texts
            .iter()
            .position(|text| text.plain() == prose(60))
            .unwrap();
        moved += usize::from(place(&|text| text.0 as usize == after) < table);
    }
    assert!(moved > 0, "no table was put off");
}

#[test]
fn a_character_for_private_use_is_refused_with_its_place() {
    let piece = "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement: [a, \"b \u{f8ff}\"]\n";
    match layout(&composed(piece), &Theme::classic(), PageSize::A4) {
        Err(error @ TypesetError::PrivateCharacter { .. }) => {
            assert_eq!(error.origin().as_str(), "contributors[0].statement[1]");
            assert!(error.to_string().contains("U+F8FF"), "{error}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_wider_than_its_line_is_broken_and_told() {
    let long = "Donaudampfschifffahrtsgesellschaft".repeat(6);
    let yaml = format!(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: xx\ncontributors:\n- name: N\n  statement:\n  - a {long} b\n  - c \u{1F9FF} d\n"
    );
    let composition = composed(&yaml);
    let layout = layout(&composition, &Theme::classic(), PageSize::A4).unwrap();
    assert_read_back(&composition, &layout, &[]);
    let found: Vec<_> = layout
        .findings
        .iter()
        .map(|finding| (finding.path.as_str(), finding.diagnostic.code.name()))
        .collect();
    assert_eq!(
        found,
        [
            ("contributors[0].statement[0]", "word-too-wide"),
            ("contributors[0].statement[1]", "missing-character"),
        ]
    );
    assert!(layout.findings[1].diagnostic.message.contains("U+1F9FF"));
}

#[test]
fn a_word_of_many_bytes_and_no_break_is_set() {
    for word in [
        "—".repeat(54),
        "й".repeat(700),
        "क्षि".repeat(90),
        "é\u{301}".repeat(300),
    ] {
        let yaml = format!(
            "series: S\nslug: s\ntitle: {word}\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement:\n  - {word}\n  - list: [{word}]\n"
        );
        let composition = composed(&yaml);
        let layout = layout(&composition, &Theme::classic(), PageSize::A4).unwrap();
        assert_read_back(&composition, &layout, &[]);
        assert_inside(&layout);
    }
}

/// The words of artifacts that are neither running head nor folio.
fn shown_only(layout: &Layout) -> usize {
    let placed = layout.pages.iter().flat_map(|page| &page.artifacts);
    let literals = placed.filter_map(|artifact| match &artifact.placed {
        Placed::Line(line) if line.owner == Owner::Artifact => Some(line),
        _ => None,
    });
    literals
        .map(|line| {
            let words: String = line.runs.iter().map(|run| run.literal.as_str()).collect();
            words.split_whitespace().count()
        })
        .sum()
}

#[test]
fn what_is_taller_than_a_page_goes_on_over_the_next_ones() {
    let geometry = Geometry::new(&Theme::classic(), PageSize::A4);
    let tall_row = format!("[{}, b]", prose(1_500));
    let many_rows = vec!["[a, b]"; 70].join(", ");
    for (block, notes) in [
        (
            format!(
                "table: {{caption: {}, header: [[A, B]], rows: [[c, d]]}}",
                prose(1_100)
            ),
            "",
        ),
        (
            format!("table: {{header: [{many_rows}], rows: [[c, d], [e, f]]}}"),
            "",
        ),
        (
            format!("table: {{header: [{tall_row}], rows: [[c, d], [e, f]]}}"),
            "",
        ),
        (
            format!("table: {{header: [{tall_row}], rows: [{tall_row}, {tall_row}]}}"),
            "",
        ),
        (
            format!("table: {{header: [['A[^n]', B]], rows: [{tall_row}, {tall_row}]}}"),
            "n",
        ),
        (format!("pull: {}", prose(600)), ""),
        // Its words stand in the text: an artifact.
        (format!("{0}\n  - pull: {0}", prose(600)), ""),
    ] {
        for before in [0, 300, 420] {
            let notes = match notes {
                "" => String::new(),
                name => format!("notes:\n  {name}: {}\n", prose(1_400)),
            };
            let yaml = format!(
                "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement:\n  - b {}\n  - {block}\n  - {}\n{notes}",
                prose(before),
                prose(200)
            );
            let composition = composed(&yaml);
            let layout = layout(&composition, &Theme::classic(), PageSize::A4).unwrap();
            assert_read_back(&composition, &layout, &pulled(&composition));
            assert_inside(&layout);
            assert_apart(&layout);
            for page in &layout.pages {
                let artifacts = page.artifacts.iter().map(|artifact| &artifact.placed);
                for placed in page.content.iter().chain(artifacts) {
                    let Placed::Line(line) = placed else { continue };
                    let folio = (line.baseline - geometry.folio).0.abs() < 0.1;
                    let foot = geometry.top + geometry.depth + Pt(1.0);
                    assert!(
                        folio || line.baseline <= foot,
                        "{block:.60}: {:?}",
                        line.owner
                    );
                }
            }
            if block.contains("- pull: ") {
                assert!(shown_only(&layout) >= 600);
            }
        }
    }
}

#[test]
fn a_figure_of_many_words_goes_on_over_the_next_page() {
    let yaml = format!(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement:\n  - a\n  - {}\n",
        prose(100)
    );
    let mut composition = composed(&yaml);
    let text = composition.sections[0].blocks[1].clone();
    let BlockKind::Content(Content::Paragraph(caption)) = text.kind else {
        panic!("a paragraph")
    };
    composition.texts[caption.0 as usize].spans[0].text = prose(1_100);
    composition.images.push(crate::piece::Image::new(
        [],
        crate::piece::ImageFormat::Png,
        1_600,
        1_200,
    ));
    for portrait in [false, true] {
        composition.sections[0].blocks[1].kind =
            BlockKind::Content(Content::Figure(crate::compose::Figure {
                image: crate::compose::ImageId(0),
                alt: "A map".to_owned(),
                portrait,
                caption: Some(caption),
                credit: None,
                width: None,
            }));
        let layout = layout(&composition, &Theme::classic(), PageSize::A4).unwrap();
        assert_read_back(&composition, &layout, &[]);
        assert_inside(&layout);
        assert_apart(&layout);
        assert!(layout.pages.len() > 1);
    }
}

#[test]
fn more_languages_than_any_piece_has_are_refused_with_their_place() {
    let words = |count: usize| -> String {
        let first = b'a'..=b'z';
        let tags = first.flat_map(|a| (b'a'..=b'z').map(move |b| [b'q', a, b]));
        let spans = tags.take(count).map(|tag| {
            let tag = String::from_utf8(tag.to_vec()).unwrap();
            format!("[w](lang:{tag}) ")
        });
        spans.collect()
    };
    let refused = |count: usize| {
        let yaml = format!(
            "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement: ['a', '{}']\n",
            words(count)
        );
        layout(&composed(&yaml), &Theme::classic(), PageSize::A4).err()
    };
    assert_eq!(refused(MOST_LANGUAGES), None);
    let error = refused(MOST_LANGUAGES + 1).unwrap();
    assert_eq!(error.origin().to_string(), "contributors[0].statement[1]");
}

#[test]
fn labels_and_folio_have_the_digits_of_the_language_and_bullets_their_depth() {
    let composition = composed(
        "{series: S, title: T, date: 2025-11-04, language: bn, contributors: [{name: N, statement: [
            {numbered: [ক, খ]}, {list: [ক, [খ, {list: [গ, [ঘ, {list: [ঙ]}]]}]]}]}]}",
    );
    let layout = layout(&composition, &Theme::classic(), PageSize::A4).unwrap();
    let shown = |line: &Line| -> String {
        let literals = line.runs.iter().map(|run| run.literal.as_str());
        literals.collect()
    };
    let labels = lines(&layout).filter(|line| matches!(line.owner, Owner::Label(_)));
    let labels: Vec<_> = labels.map(shown).collect();
    assert_eq!(labels, ["১.", "২.", "•", "•", "◦", "◦", "▪"]);
    let page = &layout.pages[0];
    assert_eq!(page.label, "১");
    let folio = (page.artifacts.iter()).find(|artifact| artifact.kind == ArtifactKind::Footer);
    let Some(Placed::Line(folio)) = folio.map(|artifact| &artifact.placed) else {
        panic!("a folio")
    };
    assert_eq!(shown(folio), "১ / ১");
    assert!(layout.findings.is_empty(), "{:?}", layout.findings);
}

/// Why a piece with this short title cannot be set, which running heads alone have.
fn refused_in_heads(short_title: &str) -> TypesetError {
    let piece = format!(
        "series: S\ntitle: T\nshort_title: {short_title}\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement: [a]\n"
    );
    let error = layout(&composed(&piece), &Theme::classic(), PageSize::A4).unwrap_err();
    assert_eq!(error.origin().as_str(), "short_title");
    error
}

#[test]
fn what_cannot_be_set_is_refused_in_heads_too() {
    let error = refused_in_heads("A \u{e000} title");
    assert!(
        matches!(error, TypesetError::PrivateCharacter { .. }),
        "{error:?}"
    );
    let error = refused_in_heads("A \u{13000} title");
    assert!(matches!(error, TypesetError::NoFace { .. }), "{error:?}");
}
