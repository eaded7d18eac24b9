//! Tests of floats: in which order they stand, how full pages are that they leave, and pages on their side.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::tests::{assert_inside, assert_read_back};
use super::*;
use crate::compose::sample::composed;
use crate::compose::{BlockKind, Content, Figure, ImageId, TextId};
use crate::measure::Frame;
use crate::theme::Pt;

/// Words of a given number.
fn prose(words: usize) -> String {
    let stock = "the relations of both countries remained under strain while talks continued in a third capital";
    let words: Vec<&str> = stock.split(' ').cycle().take(words).collect();
    words.join(" ")
}

/// A piece of these blocks; a paragraph that is the word `PICTURE` becomes a figure of so many pixels.
fn piece(blocks: &str, (width, height): (u32, u32)) -> Composition {
    let mut composition = composed(&format!(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\nrights: All.\ncontributors:\n- name: N\n  statement:\n{blocks}"
    ));
    composition.images.push(crate::piece::Image {
        bytes: Vec::new().into(),
        format: crate::piece::ImageFormat::Png,
        width,
        height,
        natural: (width, height),
    });
    let texts = composition.texts.clone();
    for block in composition
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.blocks)
    {
        if let BlockKind::Content(Content::Paragraph(text)) = block.kind
            && texts[text.0 as usize].plain() == "PICTURE"
        {
            block.kind = BlockKind::Content(Content::Figure(Figure {
                image: ImageId(0),
                alt: "A map".to_owned(),
                portrait: false,
                caption: Some(text),
                credit: None,
                width: None,
            }));
        }
    }
    composition
}

/// How far down the text of a page reaches, from the top of the text, and the kinds of its texts in order.
fn reach(composition: &Composition, page: &Page, frame: Frame) -> (Pt, Vec<Kind>) {
    let mut bottom = Pt(0.0);
    let mut kinds = Vec::new();
    for placed in &page.content {
        let low = match placed {
            Placed::Line(line) => {
                if let Owner::Text(text) = line.owner {
                    kinds.push(composition[text].kind);
                }
                line.baseline
            }
            Placed::Image { y, height, .. } => *y + *height,
            Placed::Rule { y, .. } => *y,
        };
        bottom = Pt(bottom.0.max(low.0));
    }
    (bottom - frame.top, kinds)
}

#[test]
fn no_page_is_a_third_empty_for_a_figure_or_a_table_and_no_heading_ends_one() {
    let theme = Theme::classic();
    let frame = Frame::new(&theme, PageSize::A4);
    let rows = "[a, b], ".repeat(22);
    let table = format!("  - table: {{caption: C, header: [[A, B]], rows: [{rows}]}}\n");
    let figure = "  - PICTURE\n".to_owned();
    for words in (60..640).step_by(23) {
        for blocks in [
            // Nothing may move up: a heading follows at once.
            format!("{figure}  - heading: H\n  - {}\n", prose(300)),
            format!("{table}  - heading: H\n  - {}\n", prose(300)),
            format!("{figure}{table}  - {}\n", prose(300)),
            format!("{figure}{figure}  - {}\n", prose(30)),
            format!(
                "  - heading: H\n{figure}  - heading: H\n  - {}\n",
                prose(300)
            ),
            format!("{figure}  - {}\n{table}  - {}\n", prose(40), prose(300)),
        ] {
            let blocks = format!("  - {}\n{blocks}", prose(words));
            let composition = piece(&blocks, (1_600, 1_200));
            let layout = layout(&composition, &theme, PageSize::A4).unwrap();
            assert_read_back(&composition, &layout, &[]);
            assert_inside(&layout);
            let pages = layout.pages.len();
            for (index, page) in layout.pages.iter().enumerate() {
                let (bottom, kinds) = reach(&composition, page, frame);
                assert!(bottom <= frame.depth + Pt(1.0), "{words} {blocks:.80}");
                if index + 1 == pages {
                    continue;
                }
                assert!(
                    bottom >= frame.depth * 0.62,
                    "{words} page {index}: {bottom:?} of {:?}: {}",
                    frame.depth,
                    &blocks[prose(words).len()..]
                );
                assert_ne!(kinds.last(), Some(&Kind::Heading3), "{words} page {index}");
            }
        }
    }
}

#[test]
fn floats_keep_their_order_and_pass_no_heading() {
    let theme = Theme::classic();
    for words in (60..640).step_by(37) {
        let blocks = format!(
            "  - {}\n  - PICTURE\n  - {}\n  - table: {{caption: C, header: [[A, B]], rows: [[a, b], [c, d]]}}\n  - {}\n  - heading: H\n  - {}\n",
            prose(words),
            prose(60),
            prose(60),
            prose(60)
        );
        let composition = piece(&blocks, (1_600, 1_200));
        let layout = layout(&composition, &theme, PageSize::A4).unwrap();
        let mut picture = None;
        let mut places = std::collections::BTreeMap::new();
        for (page, content) in layout.pages.iter().enumerate() {
            for placed in &content.content {
                match placed {
                    Placed::Image { y, .. } => picture = Some((page, *y)),
                    Placed::Line(line) => {
                        if let Owner::Text(text) = line.owner {
                            let kind = composition[text].kind;
                            places.entry(kind).or_insert((page, line.baseline));
                        }
                    }
                    Placed::Rule { .. } => {}
                }
            }
        }
        let picture = picture.unwrap();
        assert!(picture < places[&Kind::HeadCell], "{words}");
        assert!(places[&Kind::HeadCell] < places[&Kind::Heading3], "{words}");
    }
}

#[test]
fn a_table_that_is_too_wide_stands_on_a_page_on_its_side_while_the_text_goes_on() {
    let heads: Vec<String> = (1..=16).map(|month| format!("M{month}")).collect();
    let cells = vec!["'11,101'"; 16].join(", ");
    let blocks = format!(
        "  - {}\n  - table: {{caption: C, header: [[{}]], rows: [[{cells}]]}}\n  - {}\n",
        prose(100),
        heads.join(", "),
        prose(600)
    );
    for language in ["en", "ur-u-nu-latn"] {
        let mut composition = piece(&blocks, (1, 1));
        if language != "en" {
            composition.record.direction = crate::piece::Direction::RightToLeft;
        }
        let theme = Theme::classic();
        let layout = layout(&composition, &theme, PageSize::A4).unwrap();
        assert_read_back(&composition, &layout, &[]);
        assert_inside(&layout);
        let frame = Frame::new(&theme, PageSize::A4);
        let turned: Vec<_> = layout
            .pages
            .iter()
            .enumerate()
            .filter(|(_, page)| page.width > page.height)
            .collect();
        let [(1, page)] = turned[..] else {
            panic!("the second page alone")
        };
        assert_eq!((page.width, page.height), (frame.height, frame.width));
        assert_eq!(page.label, "2");
        assert_eq!(
            layout.pages.last().map(|page| page.label.clone()),
            Some(layout.pages.len().to_string())
        );
        let (first, kinds) = reach(&composition, &layout.pages[0], frame);
        assert!(first > frame.depth * 0.9 && !kinds.contains(&Kind::Cell));
        let (_, kinds) = reach(&composition, page, frame.turned());
        assert!(
            kinds
                .iter()
                .all(|kind| matches!(kind, Kind::Caption | Kind::HeadCell | Kind::Cell)),
            "{kinds:?}"
        );
        // The furniture stands over and under this page's text, from edge to edge.
        let lines = page
            .artifacts
            .iter()
            .filter_map(|artifact| match &artifact.placed {
                Placed::Line(line) => Some((artifact.kind, line)),
                _ => None,
            });
        let heads: Vec<&Line> = lines
            .clone()
            .filter(|(kind, _)| *kind == ArtifactKind::Header)
            .map(|(_, line)| line)
            .collect();
        let left = heads.iter().map(|line| line.x.0).fold(f32::MAX, f32::min);
        let right = heads
            .iter()
            .map(|line| line.x.0 + line.width.0)
            .fold(0.0, f32::max);
        let side = frame.turned().start.0;
        assert!((left - side).abs() < 1.0 && (page.width.0 - right - side).abs() < 1.0);
        let mut feet = lines.filter(|(kind, _)| *kind == ArtifactKind::Footer);
        assert!(feet.all(|(_, line)| line.baseline < page.height));
    }
}

#[test]
fn a_page_before_one_on_its_side_is_filled_though_notes_stand_in_the_table_and_no_line_is_left_alone()
 {
    let heads: Vec<String> = (1..=16).map(|month| format!("M{month}")).collect();
    let mut cells = vec!["'11,101'"; 15];
    cells.push("'7[^table]'");
    let theme = Theme::classic();
    let frame = Frame::new(&theme, PageSize::A4);
    for words in [40, 100, 160, 220, 280, 340, 400, 460] {
        let blocks = format!(
            "  - {}\n  - table: {{caption: C, header: [[{}]], rows: [[{}]]}}\n  - {} end.[^text]\n  - {}\nnotes: {{table: Of the table., text: Of the text.}}\n",
            prose(words),
            heads.join(", "),
            cells.join(", "),
            prose(51),
            prose(600)
        );
        let composition = piece(&blocks, (1, 1));
        let layout = layout(&composition, &theme, PageSize::A4).unwrap();
        assert_read_back(&composition, &layout, &[]);
        assert_inside(&layout);
        let is_turned = |page: &Page| page.width > page.height;
        let turned = layout.pages.iter().position(is_turned).unwrap();
        let (first, _) = reach(&composition, &layout.pages[turned - 1], frame);
        // Less two lines that stay with the next.
        assert!(first > frame.depth * 0.6, "{words}: {first:?}");
        // Of each paragraph that two pages share, both have two lines at least.
        let mut pages_of = std::collections::BTreeMap::<TextId, Vec<usize>>::new();
        for page in layout.pages.iter().filter(|page| !is_turned(page)) {
            let mut here = std::collections::BTreeMap::<TextId, usize>::new();
            for placed in &page.content {
                if let Placed::Line(line) = placed
                    && let Owner::Text(text) = line.owner
                    && composition[text].kind == Kind::Paragraph
                {
                    *here.entry(text).or_default() += 1;
                }
            }
            for (text, lines) in here {
                pages_of.entry(text).or_default().push(lines);
            }
        }
        for lines in pages_of.values().filter(|lines| lines.len() > 1) {
            assert!(lines.iter().all(|lines| *lines > 1), "{words}: {lines:?}");
        }
    }
}

#[test]
fn a_table_that_no_page_holds_is_refused_with_its_place() {
    let cells = vec!["'1,234,567.25'"; 30].join(", ");
    let blocks = format!("  - table: {{header: [[{cells}]], rows: [[{cells}]]}}\n");
    let composition = piece(&blocks, (1, 1));
    let error = layout(&composition, &Theme::classic(), PageSize::A4).unwrap_err();
    assert!(
        matches!(error, TypesetError::TableTooWide { columns: 30, .. }),
        "{error}"
    );
    assert_eq!(error.code(), Code::TableTooWide);
    let origin = error.origin().to_string();
    assert!(
        origin.starts_with("contributors[0].statement[0].table."),
        "{origin}"
    );
}

#[test]
fn a_column_that_is_too_narrow_for_a_word_is_told_by_its_number() {
    let blocks = "  - table: {columns: [{width: 98%}, {width: 2%}], header: [[A, Casualties]], rows: [[b, c]]}\n";
    let error = layout(&piece(blocks, (1, 1)), &Theme::classic(), PageSize::A4).unwrap_err();
    assert!(
        matches!(
            error,
            TypesetError::ColumnTooNarrow {
                column: 2,
                given: 2,
                needed: 3..,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn a_portrait_stands_beside_the_biography_and_nothing_beside_its_foot() {
    let theme = Theme::classic();
    for words in [4, 60, 300] {
        let yaml = format!(
            "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  bio: {}\n  statement: [a]\n- name: M\n  bio: Other.\n  statement: [b]\n",
            prose(words)
        );
        let mut composition = composed(&yaml);
        let image =
            crate::piece::Image::new(Vec::new(), crate::piece::ImageFormat::Png, 800, 1_000);
        composition.images.push(image);
        let mut sections = composition.sections.iter_mut();
        let section = sections
            .find(|section| section.role == crate::compose::SectionRole::Biographies)
            .unwrap();
        let mut portrait = section.blocks[1].clone();
        portrait.kind = BlockKind::Content(Content::Figure(Figure {
            image: ImageId(0),
            alt: "A face".to_owned(),
            portrait: true,
            caption: None,
            credit: None,
            width: None,
        }));
        section.blocks.insert(1, portrait);
        let layout = layout(&composition, &theme, PageSize::A4).unwrap();
        assert_read_back(&composition, &layout, &[]);
        assert_inside(&layout);
        let page = layout
            .pages
            .iter()
            .find(|page| {
                let mut placed = page.content.iter();
                placed.any(|placed| matches!(placed, Placed::Image { .. }))
            })
            .unwrap();
        let (right, top, bottom) = page
            .content
            .iter()
            .find_map(|placed| match placed {
                Placed::Image {
                    x,
                    y,
                    width,
                    height,
                    ..
                } => Some((*x + *width, *y, *y + *height)),
                _ => None,
            })
            .unwrap();
        let mut beside = 0;
        for placed in &page.content {
            let Placed::Line(line) = placed else { continue };
            let Owner::Text(text) = line.owner else {
                continue;
            };
            let biography = composition[text].plain() == prose(words);
            let level = line.baseline > top && line.baseline - Pt(8.0) < bottom;
            assert!(!level || biography, "{:?}", composition[text].kind);
            if biography {
                assert!(line.x > right, "{line:?}");
                beside += usize::from(level);
            }
        }
        assert!(beside > 0, "{words}");
    }
}

#[test]
fn no_text_stands_among_the_rows_of_a_table_that_goes_on_overleaf() {
    // A tall row leaves room for a line at the foot of some pages.
    let rows: String = (0..90)
        .map(|row| format!("[r, {}], ", prose(1 + row % 7 * 9)))
        .collect();
    for words in (0..60).step_by(4) {
        let piece = composed(&format!(
            "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement:\n  - {}\n  - table: {{header: [[A, B]], rows: [{rows}]}}\n  - after\n  - {}\n",
            prose(20 + words),
            prose(30)
        ));
        let layout = layout(&piece, &Theme::classic(), PageSize::A5).unwrap();
        let lines = layout.pages.iter().flat_map(|page| &page.content);
        let texts = lines.filter_map(|placed| match placed {
            Placed::Line(line) => match line.owner {
                Owner::Text(text) => Some(text),
                _ => None,
            },
            _ => None,
        });
        let order: Vec<TextId> = texts.collect();
        let place = |wanted: &dyn Fn(TextId) -> bool| order.iter().position(|text| wanted(*text));
        let after = place(&|text| piece[text].plain() == "after").unwrap();
        let last = order
            .iter()
            .rposition(|text| piece[*text].kind == Kind::Cell);
        assert!(last.unwrap() < after, "{words} words before the table");
    }
}
