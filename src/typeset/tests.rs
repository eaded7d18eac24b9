//! Tests of whole layouts.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::compose::TextId;
use crate::compose::sample::composed;
use crate::theme::Pt;

/// The real piece.
pub(super) fn real() -> Composition {
    composed(include_str!("../../source/flash-point.yaml"))
}

pub(super) fn lines(layout: &Layout) -> impl Iterator<Item = &Line> {
    let placed = layout.pages.iter().flat_map(|page| &page.content);
    placed.filter_map(|placed| match placed {
        Placed::Line(line) => Some(line),
        _ => None,
    })
}

/// The bytes of every text that the layout's glyphs stand for, each byte once and in order; panics on a gap.
pub(super) fn assert_read_back(composition: &Composition, layout: &Layout, skipped: &[TextId]) {
    let mut read: Vec<Vec<usize>> = composition
        .texts
        .iter()
        .map(|text| vec![0; text.spans.len()])
        .collect();
    for line in lines(layout) {
        let Owner::Text(id) = line.owner else {
            continue;
        };
        let mut runs: Vec<_> = line.runs.iter().collect();
        runs.sort_by_key(|run| (run.span, run.start));
        for run in runs {
            let at = &mut read[id.0 as usize][run.span as usize];
            assert_eq!(
                *at, run.start as usize,
                "{:?} span {} in {}",
                id, run.span, composition[id].origin
            );
            *at += run
                .glyphs
                .iter()
                .map(|glyph| usize::from(glyph.bytes))
                .sum::<usize>();
        }
    }
    for (index, text) in composition.texts.iter().enumerate() {
        if skipped.contains(&TextId(index as u32)) {
            continue;
        }
        for (span, read) in text.spans.iter().zip(&read[index]) {
            assert_eq!(span.text.len(), *read, "{}: {:?}", text.origin, span.text);
        }
    }
}

/// Lines of ideographs with Latin words among them are filled by the space between ideographs.
#[cfg(feature = "cjk")]
#[test]
fn lines_of_ideographs_reach_the_edge_whatever_words_stand_in_them() {
    let words = "海峡は誰のものでもないがNATOとUN Securityが2025年に11億yenを約した時から港の人々は鍵の在り処を問い続けている".repeat(6);
    let composition = composed(&format!(
        "{{series: S, title: T, date: 2025-11-04, language: ja, contributors: [{{name: N, statement: [{words}]}}]}}"
    ));
    let layout = layout(&composition, &Theme::classic(), PageSize::A4).unwrap();
    let long = lines(&layout).filter(|line| line.width.0 > 200.0);
    let mut edges: Vec<f32> = long.map(|line| line.x.0 + line.width.0).collect();
    edges.pop();
    assert!(edges.len() > 8);
    let most = edges.iter().copied().fold(0.0, f32::max);
    // A stop may hang by the empty half of its square.
    for edge in edges {
        assert!(most - edge < 0.5, "{edge} of {most}");
    }
}

/// Ethiopic texts whose words are parted by signs alone reach the edge too: the room goes to both sides of each sign.
#[test]
fn lines_of_ethiopic_words_without_spaces_reach_the_edge() {
    let words = "የሰው፡ልጅ፡ሁሉ፡ሲወለድ፡ነጻና፡በክብርና፡በመብትም፡እኩልነት፡ያለው፡ነው።፡የተፈጥሮ፡ማስተዋልና፡ሕሊና፡ስላለው፡አንዱ፡ሌላውን፡ወይም፡"
        .repeat(6);
    let composition = composed(&format!(
        "{{series: S, title: T, date: 2025-11-04, language: am, contributors: [{{name: N, statement: [{words}]}}]}}"
    ));
    let layout = layout(&composition, &Theme::classic(), PageSize::A4).unwrap();
    assert_read_back(&composition, &layout, &[]);
    let mut long: Vec<_> = lines(&layout).filter(|line| line.width.0 > 200.0).collect();
    long.pop();
    assert!(long.len() > 8);
    let end = |line: &Line| line.x.0 + line.width.0;
    let most = long.iter().map(|line| end(line)).fold(0.0, f32::max);
    // Readers of PDF would take more room for a space, so some lines stay a little short.
    let mut short: Vec<f32> = long.iter().map(|line| most - end(line)).collect();
    short.sort_by(f32::total_cmp);
    let (middle, worst) = (short[short.len() / 2], short[short.len() - 1]);
    assert!(middle < 2.5 && worst < 16.0, "{short:?}");
    for line in long {
        let spaced = |run: &&Run| run.letter_space.0 != 0.0;
        for run in line.runs.iter().filter(spaced) {
            assert!(run.letter_space.0 / run.size.0 <= 0.0801);
            assert_eq!(run.glyphs.len() % 2, 0, "a letter, and the sign behind it");
        }
    }
}

/// No line leaves the paper, and no justified line its measure.
pub(super) fn assert_inside(layout: &Layout) {
    for page in &layout.pages {
        let artifacts = page.artifacts.iter().map(|artifact| &artifact.placed);
        for placed in page.content.iter().chain(artifacts) {
            let Placed::Line(line) = placed else { continue };
            let width = advance(line);
            assert!(
                line.x.0 >= 0.0 && line.x.0 + width <= page.width.0,
                "{line:?}"
            );
            assert!(
                line.baseline.0 > 0.0 && line.baseline.0 < page.height.0,
                "{line:?}"
            );
        }
    }
}

/// The lines of the pages that stand upright.
pub(super) fn upright_lines(layout: &Layout) -> impl Iterator<Item = &Line> {
    let pages = layout
        .pages
        .iter()
        .filter(|page| page.width == layout.width);
    let placed = pages.flat_map(|page| &page.content);
    placed.filter_map(|placed| match placed {
        Placed::Line(line) => Some(line),
        _ => None,
    })
}

/// The width of a line's glyphs, spaces at its right end left out.
pub(super) fn advance(line: &Line) -> f32 {
    let glyphs = line.runs.iter().flat_map(|run| {
        let unit = run.size.0 / f32::from(run.units_per_em);
        let space = run.letter_space.0;
        run.glyphs.iter().map(move |glyph| (glyph, unit, space))
    });
    let (mut width, mut seen) = (0.0, 0.0);
    for (glyph, unit, letter_space) in glyphs {
        width += f32::from(glyph.advance) * unit;
        if glyph.kind == GlyphKind::Space {
            width += line.word_space.0;
        } else if glyph.advance != 0 {
            seen = width;
            width += letter_space;
        }
    }
    seen * line.scale
}

#[test]
fn the_real_piece_is_set_whole() {
    let composition = real();
    let layout = layout(&composition, &Theme::classic(), PageSize::A4).unwrap();
    assert_read_back(&composition, &layout, &[]);
    assert_inside(&layout);
    assert!(layout.findings.is_empty(), "{:?}", layout.findings);
    assert_eq!(layout.pages.len(), 5);
}

/// The classic theme with the measure in which other typesetters are compared with this one: wider than a theme's own.
fn bench_theme() -> Theme {
    let mut theme = Theme::classic();
    theme.measures.measure = Pt(391.0);
    theme
}

#[test]
fn the_themes_own_measures_hold_66_to_70_characters() {
    let composition = real();
    for name in Theme::names() {
        let theme = Theme::named(name).unwrap();
        if !theme.paragraphs.justified {
            // Ragged lines are shorter than their measure.
            continue;
        }
        let layout = layout(&composition, &theme, PageSize::A4).unwrap();
        let statistics = Statistics::of(&composition, &layout, theme.measures.text.0);
        let lengths = statistics.full().map(|line| line.text.chars().count());
        let (lines, characters) = lengths.fold((0, 0), |(lines, all), own| (lines + 1, all + own));
        let average = characters as f32 / lines as f32;
        assert!((66.0..=70.0).contains(&average), "{name}: {average}");
    }
}

#[test]
fn lines_of_the_real_piece_are_evenly_filled() {
    let composition = real();
    let layout = layout(&composition, &bench_theme(), PageSize::A4).unwrap();
    let statistics = Statistics::of(&composition, &layout, 11.0);
    let full = statistics.full().count();
    expect_test::expect_file!["../../tests/goldens/lines.txt"].assert_eq(&statistics.to_string());
    assert!(full > 100);
    assert!(statistics.hyphens() <= 8 && statistics.ladder() <= 2);
    assert!(statistics.spread().1 <= 0.035);
    assert!(statistics.widest_space() <= 0.38);
    assert!(statistics.river() < 5);
}

/// Measures in which prose is set besides: a bench's, that of a theme, a book's, and a narrow one.
const MEASURES: [f32; 4] = [391.0, 338.0, 280.0, 220.0];

/// How evenly the lines of English prose of several kinds are filled: long words of an old debate, talk, figures and acronyms, an
/// essay of short words.
#[test]
fn lines_of_prose_of_every_kind_are_evenly_filled() {
    let mut shown = String::new();
    let mut files: Vec<_> = std::fs::read_dir("tests/fixtures/prose")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for file in &files {
        let words = std::fs::read_to_string(file).unwrap();
        let statement: Vec<&str> = words.split("\n\n").map(str::trim).collect();
        let yaml = serde_json::json!({
            "series": "S", "title": "T", "date": "2025-11-04", "language": "en-GB",
            "contributors": [{"name": "N", "statement": statement}],
        });
        let composition = composed(&yaml.to_string());
        for measure in MEASURES {
            let mut theme = Theme::classic();
            theme.measures.measure = Pt(measure);
            let layout = layout(&composition, &theme, PageSize::A4).unwrap();
            let statistics = Statistics::of(&composition, &layout, 11.0);
            let stem = file.file_stem().unwrap().to_string_lossy();
            if measure > 250.0 {
                // Narrower columns have some looser lines and more hyphens; never a ladder or a river.
                assert!(statistics.spread().1 <= 0.035, "{stem}, {measure}");
                assert!(statistics.widest_space() <= 0.38, "{stem}, {measure}");
            }
            assert!(statistics.ladder() <= 2 && statistics.river() < 5);
            shown.push_str(&format!("{stem}, {measure} pt: {}\n", statistics.summary()));
        }
    }
    expect_test::expect_file!["../../tests/goldens/prose-statistics.txt"].assert_eq(&shown);
}

/// How evenly the lines of every fixture are filled that can be set without its images, in the measures of both themes.
#[test]
fn lines_of_every_fixture_are_filled_as_they_were() {
    let folder = std::path::Path::new("tests/fixtures/valid");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    files.sort();
    files.push("source/flash-point.yaml".into());
    let mut shown = String::new();
    for file in &files {
        let loaded = crate::load::load(file);
        let composition =
            crate::compose::compose(&crate::check::check(&loaded).piece.unwrap(), None);
        for name in Theme::names() {
            let theme = Theme::named(name).unwrap();
            let Ok(layout) = layout(&composition, &theme, PageSize::A4) else {
                continue;
            };
            let statistics = Statistics::of(&composition, &layout, theme.measures.text.0);
            if statistics.full().next().is_some() {
                let stem = file.file_stem().unwrap().to_string_lossy();
                shown.push_str(&format!("{stem}, {name}: {}\n", statistics.summary()));
            }
        }
    }
    expect_test::expect_file!["../../tests/goldens/line-statistics.txt"].assert_eq(&shown);
}

/// Words with everything that lines must cope with.
fn words() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let word = prop_oneof![
        8 => "[a-zA-Zäöüéñ’]{1,12}",
        2 => "[A-Z]{2,5}-[0-9]{1,4}",
        1 => "[a-z]{30,120}",
        1 => "[“(]?[a-z]{1,9}-[a-z]{1,9}[,.;:!?”)]{0,2}",
        1 => "(https://example\\.org/[a-z/]{5,60})",
        1 => "[a-z]{2,5}\u{AD}[a-z]{2,8}|a\u{301}e\u{300}\u{302}|\u{2060}x|fi\u{200D}ffl",
        1 => "[कखगतनमरसि्ाी]{1,9}|[漢字仮名]{1,40}|😀|🧿",
        1 => "[0-9]{1,6}|%|km|Dr\\.|J\\.|—|–|…",
    ];
    let space =
        prop_oneof![20 => Just(" "), 1 => Just("  "), 1 => Just("\u{A0}"), 1 => Just("\u{2009}")];
    proptest::collection::vec((word, space), 1..120).prop_map(|pairs| {
        let text: String = pairs
            .into_iter()
            .flat_map(|(word, space)| [word, space.to_owned()])
            .collect();
        text.trim().to_owned()
    })
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 40, failure_persistence: None, max_shrink_iters: 60, ..Default::default() })]

    #[test]
    fn random_paragraphs_fit_and_lose_nothing(text in words(), measure in 60.0f32..450.0, language in "en|de|hi|ja|fr") {
        assert_fits(&text, measure, &language);
    }
}

#[test]
fn a_word_too_long_for_any_column_is_broken_though_a_number_is_tied_to_it() {
    let text = format!(
        "DDTHP-844\u{a0}{}\u{2009}{}",
        "snldbleizz".repeat(7),
        "muwhfifwqx".repeat(8)
    );
    assert_fits(&text, 350.5404, "ja");
}

/// A text that fills blocks of every kind is set whole within the measure.
fn assert_fits(text: &str, measure: f32, language: &str) {
    let (_, layout) = fitted(text, measure, language);
    for line in upright_lines(&layout).filter(|line| matches!(line.owner, Owner::Text(_))) {
        // A title of one letter aside, nothing is wider than the measure and the marks that hang.
        assert!(line.width.0 <= measure + 0.5, "{line:?}");
        assert!(
            line.runs
                .iter()
                .all(|run| run.glyphs.iter().all(|glyph| glyph.id != 0))
        );
    }
}

/// The layout of a piece of blocks that all hold the text, in a measure: nothing of it is lost, and no line leaves its column.
pub(super) fn fitted(text: &str, measure: f32, language: &str) -> (Composition, Layout) {
    let text = serde_json::to_string(text).unwrap();
    let yaml = format!(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: {language}\ncontributors:\n- name: N\n  statement:\n  - {text}\n  - {text}\n  - list:\n    - {text}\n  - quote: {text}\n  - table:\n      header: [[A, B]]\n      rows: [[{text}, c]]\n"
    );
    let composition = composed(&yaml);
    let mut theme = Theme::classic();
    theme.measures.measure = Pt(measure);
    let layout = layout(&composition, &theme, PageSize::A4).unwrap();
    assert_read_back(&composition, &layout, &[]);
    assert_inside(&layout);
    let left = (layout.width.0 - measure) / 2.0;
    // A table with a word that is wider than the measure stands on a page on its side.
    for line in upright_lines(&layout)
        .filter(|line| matches!(line.owner, Owner::Text(id) if id != TextId(1)))
    {
        assert!(line.x.0 >= left - 8.0, "{line:?}");
        assert!(
            line.x.0 + line.extent().0 <= left + measure + 8.0,
            "{line:?}"
        );
        assert!(line.word_space.0 >= -2.0, "{line:?}");
    }
    (composition, layout)
}

#[test]
fn acronyms_have_small_capitals_where_a_theme_says_so_and_stay_the_same_text() {
    let composition = composed(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement: ['The TTP met NATO-led UN *UNHCR* staff.']\n",
    );
    let mut theme = Theme::classic();
    let glyphs = |theme: &Theme| -> Vec<u16> {
        let layout = layout(&composition, theme, PageSize::A4).unwrap();
        assert_read_back(&composition, &layout, &[]);
        let of_text = |line: &&Line| matches!(line.owner, Owner::Text(id) if composition[id].plain().starts_with("The"));
        let lines = lines(&layout).filter(of_text);
        let runs = lines.flat_map(|line| line.runs.iter());
        runs.flat_map(|run| run.glyphs.iter().map(|glyph| glyph.id))
            .collect()
    };
    let capitals = glyphs(&theme);
    theme.paragraphs.acronyms = crate::theme::Acronyms::SmallCapitals;
    let small = glyphs(&theme);
    assert_eq!(capitals.len(), small.len());
    // TTP and NATO; neither UN, which is short, nor what is in italics.
    let changed = capitals.iter().zip(&small).filter(|(a, b)| a != b);
    assert_eq!(changed.count(), 7);
    theme.paragraphs.small_capitals = false;
    assert_eq!(glyphs(&theme), capitals);
}

#[test]
fn lines_of_narrow_signs_are_as_full_as_their_letters_allow() {
    // The slashes of an address are narrow: shared by width, more would be squeezed out of them than there is between them.
    let text = "名仮仮名仮漢仮名字仮名 https://example.org//f//w///bk/ycq//f/////dlqp/a/c/e///v///o///// usxcizgcehrlasdiqpuguvovttiohanhnnyopsqcxmrpiupobecfppvlisabgvwxvsuhcdrwgfgcxsursayripcrfovwbnabvram XRRT-437 14384 nayp zvkmuenhqxbadoaddbxfhagxjpffdvywhaaacawvmaeekvgkvi göüööfñé …\u{a0}GWBZL-131  https://example.org/dxhdfnc/oyvr/kgzjvpwaja/wk/yav/b//o/// EXE-4 yIääöS https://example.org//f/plaln//wpmu/e/boow/koau/cc////h//cj////u//uf////yon//glk";
    let measure = 251.81992;
    let (_, layout) = fitted(text, measure, "de");
    for line in upright_lines(&layout).filter(|line| matches!(line.owner, Owner::Text(_))) {
        assert!(line.width.0 <= measure + 0.2, "{line:?}");
    }
}
