//! Pieces: every block and every field, most of them as they should be.

use std::fmt::Write;
use std::path::Path;

use flashpoint::editions::{FORMATS, Options};
use flashpoint::pipeline::{self, BuildRequest, Output, Proving};
use flashpoint::theme::{PageSize, Theme};

use super::judge::{Judged, judge_build, judge_edition};
use super::random::Random;
use super::texts::{Manner, line, quoted, scalar, text};

/// Fields of a piece with values, right and wrong.
const FIELDS: &[(&str, &[&str])] = &[
    (
        "number",
        &["1", "12345", "0", "-1", "9999999999999999999999"],
    ),
    ("updated", &["2025-12-01", "2024-01-01", "9999-12-31"]),
    (
        "isbn",
        &["978-0-306-40615-7", "9780306406157", "978-0-306-40615-8"],
    ),
    ("doi", &["10.1000/182", "10.1000/a<b>(c)", "doi"]),
    (
        "license",
        &["https://creativecommons.org/licenses/by/4.0/", "none"],
    ),
    ("keywords", &["[a, b, a]", "[]", "[\"a;b\"]"]),
    ("subjects", &["[Politics, \"War & Peace\"]"]),
    (
        "cover",
        &[
            "{image: images/cover.png, alt: A cover}",
            "{image: images/photo.jpg, alt: \"\"}",
        ],
    ),
    (
        "accessibility",
        &[
            "{conforms_to: EPUB Accessibility 1.1 - WCAG 2.1 Level AA, certified_by: A}",
            "{certified_by: A}",
        ],
    ),
    ("hyphenation", &["[re-la-tions, Is-tan-bul]", "[a]"]),
    ("slug", &["a-b", "A", "..", "con"]),
    ("identifier", &["urn:x:y", "a b"]),
];

/// Fields of a piece that hold texts.
const TEXTS: &[&str] = &[
    "subtitle",
    "short_title",
    "date_text",
    "publisher",
    "rights",
    "summary",
    "citation",
    "disclaimer",
];

const LANGUAGES: &[&str] = &[
    "en-GB",
    "en",
    "fr",
    "de",
    "ur",
    "ar",
    "fa",
    "hi",
    "th",
    "zh",
    "zh-Hant",
    "ja",
    "ko",
    "el",
    "tr",
    "bn-u-nu-latn",
    "en-u-nu-arab",
    "sr-Latn",
    "x",
    "und",
];

const ROLES: &[&str] = &["aut", "edt", "trl", "ill", "ctb", "editor", "zzz"];

const IMAGES: &[&str] = &[
    "images/rgb.png",
    "images/alpha.png",
    "images/palette.png",
    "images/grey.jpg",
    "images/photo.jpg",
    "images/sixteen-bit.png",
    "images/turned.jpg",
    "images/gone.png",
];

/// Makes a piece.
pub(crate) fn make(random: &mut Random) -> Vec<u8> {
    let mut out = String::new();
    let manner = if random.chance(20) {
        Manner::Hostile
    } else {
        Manner::Sound
    };
    let hostile = manner == Manner::Hostile;
    field(&mut out, random, "series", 0);
    field(&mut out, random, "title", 0);
    let _ = writeln!(
        out,
        "date: {}",
        if hostile && random.chance(20) {
            "0000-02-30"
        } else {
            "2025-11-04"
        }
    );
    let language = if random.chance(60) {
        "en-GB"
    } else {
        random.pick(if hostile {
            LANGUAGES
        } else {
            &LANGUAGES[..LANGUAGES.len() - 2]
        })
    };
    let _ = writeln!(out, "language: {language}");
    for name in TEXTS {
        if random.chance(15) {
            field(&mut out, random, name, 0);
        }
    }
    for (name, values) in FIELDS {
        if random.chance(12) {
            let value = if hostile {
                random.pick(values)
            } else {
                values[0]
            };
            let _ = writeln!(out, "{name}: {value}");
        }
    }
    if random.chance(20) {
        out.push_str("introduction:\n");
        blocks(&mut out, random, 2, 0, manner);
    }
    out.push_str("contributors:\n");
    for _ in 0..random.few() {
        let _ = writeln!(out, "  - name: {}", quoted(&line(random)));
        for (name, percent) in [("affiliation", 50), ("bio", 20), ("sort_name", 10)] {
            if random.chance(percent) {
                field(&mut out, random, name, 4);
            }
        }
        if random.chance(20) {
            let role = if hostile { random.pick(ROLES) } else { "edt" };
            let _ = writeln!(out, "    role: {role}");
        }
        if random.chance(10) {
            out.push_str("    portrait: {image: images/portrait.jpg, alt: A face}\n    orcid: 0000-0002-1825-0097\n");
        }
        out.push_str("    statement:\n");
        blocks(&mut out, random, 6, 0, manner);
    }
    out.push_str("notes:\n");
    for name in ["n1", "n2", "\"n 1\""] {
        // No note stands in a note.
        let words = text(random, manner).replace("[^", "[");
        let _ = writeln!(out, "  {name}: {}", scalar(random, &words, 2));
    }
    out.into_bytes()
}

fn field(out: &mut String, random: &mut Random, name: &str, indent: usize) {
    let words = line(random);
    let value = scalar(random, &words, indent);
    let _ = writeln!(out, "{}{name}: {value}", " ".repeat(indent));
}

/// Blocks as items of a list.
fn blocks(out: &mut String, random: &mut Random, indent: usize, depth: usize, manner: Manner) {
    for _ in 0..random.few() {
        block(out, random, indent, depth, manner);
    }
}

fn block(out: &mut String, random: &mut Random, indent: usize, depth: usize, manner: Manner) {
    let margin = " ".repeat(indent);
    let inner = indent + 6;
    let inset = " ".repeat(inner);
    let words = text(random, manner);
    let value = scalar(random, &words, indent);
    let short = quoted(&line(random));
    let _ = match random.below(if depth == 0 { 24 } else { 12 }) {
        0..=7 => writeln!(out, "{margin}- {value}"),
        8 | 9 if depth < 10 => {
            let kind = if random.chance(50) {
                "list"
            } else {
                "numbered"
            };
            let _ = writeln!(out, "{margin}- {kind}:");
            for _ in 0..random.few() {
                if random.chance(30) {
                    let _ = writeln!(out, "{inset}-");
                    blocks(out, random, inner + 2, depth + 1, manner);
                } else {
                    let _ = writeln!(out, "{inset}- {}", quoted(&line(random)));
                }
            }
            Ok(())
        }
        10 => {
            let sound = manner == Manner::Sound;
            let image = random.pick(if sound {
                &IMAGES[..IMAGES.len() - 1]
            } else {
                IMAGES
            });
            writeln!(
                out,
                "{margin}- figure: {{image: {image}, alt: {short}, caption: {}, credit: {short}}}",
                quoted(&words)
            )
        }
        11 => {
            let most = if random.chance(5) { 40 } else { 5 };
            let columns = 1 + random.below(most);
            let row = |random: &mut Random| {
                let cells: Vec<String> = (0..columns).map(|_| quoted(&line(random))).collect();
                format!("[{}]", cells.join(", "))
            };
            let header = row(random);
            let rows: Vec<String> = (0..random.few()).map(|_| row(random)).collect();
            let rest = if random.chance(50) {
                ", row_heads: true"
            } else {
                ""
            };
            writeln!(
                out,
                "{margin}- table: {{caption: {short}, header: [{header}], rows: [{}]{rest}}}",
                rows.join(", ")
            )
        }
        12 | 13 => writeln!(out, "{margin}- heading: {short}"),
        14 | 15 => writeln!(out, "{margin}- subheading: {short}"),
        16 | 17 => writeln!(
            out,
            "{margin}- quote: {{text: [{}, {short}], by: {short}}}",
            quoted(&words)
        ),
        18 => writeln!(out, "{margin}- quote: {value}"),
        19 => writeln!(out, "{margin}- pull: {value}"),
        20 => writeln!(out, "{margin}- break:"),
        21 => writeln!(out, "{margin}- query: {short}"),
        _ => writeln!(out, "{margin}- {short}"),
    };
}

/// Builds every edition of a piece in memory, and its cover.
pub(crate) fn run(folder: &Path, input: &[u8]) -> Judged {
    let path = folder.join("piece.yaml");
    std::fs::write(&path, input).expect("a file");
    let options = options(input);
    build(&path, &options)
}

/// Two themes on two papers, by the input.
fn options(input: &[u8]) -> Options {
    let sum = input.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
    Options {
        theme: Theme::named(if sum & 1 == 0 { "classic" } else { "modern" })
            .expect("a shipped theme"),
        page_size: if sum & 2 == 0 {
            PageSize::A4
        } else {
            PageSize::Letter
        },
    }
}

/// Builds everything of a piece and judges it. What `check` passes is made.
pub(crate) fn build(path: &Path, options: &Options) -> Judged {
    let editions = FORMATS.iter().map(Output::Edition);
    let outputs: Vec<Output> = editions.chain([Output::Cover]).collect();
    let request = BuildRequest {
        outputs: &outputs,
        pages: true,
        options,
        projects: &flashpoint::project::Projects::none(),
        epoch: None,
        deny_warnings: false,
        proving: Proving::Unasked,
    };
    let build = pipeline::build(path, None, request);
    let mut judged = judge_build(&build);
    for (output, bytes) in &build.editions {
        judge_edition(output.name(), bytes);
    }
    judged.whole = build.editions.len() == outputs.len();
    assert!(
        judged.whole || build.has_errors(),
        "an edition is not there, and nobody says why"
    );
    judged
}
