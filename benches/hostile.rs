//! What hostile shapes of a source cost: seconds and megabytes for each megabyte of source, above what an empty piece costs.
//!
//! All formats are made, from one megabyte up to the size limit; a shape that a limit refuses must be refused as cheaply.
//! `cargo bench --bench hostile -- SHAPE` measures those whose name holds SHAPE.

#[path = "support/measured.rs"]
mod measured;

use std::fmt::Write;
use std::fs;

use measured::{attempt, mb};

/// The sizes of the sources in megabytes; the last is as large as a source may be, a little room for its frame left.
const SIZES: [f64; 3] = [1.0, 4.0, 15.9];
/// The most for each megabyte of source.
const MOST_SECONDS: f64 = 2.0;
const MOST_MEGABYTES: f64 = 60.0;

const FRAME: &str = "series: S\ndate: 2025-11-04\nlanguage: LANGUAGE\ntitle: TITLE\ncontributors:\n- name: N\n  statement:\n";

/// A shape: its name, the language of the piece, and what makes the part of the source behind the frame.
type Shape = (&'static str, &'static str, fn(usize) -> String);

const SHAPES: &[Shape] = &[
    ("a paragraph of words", "en", |size| {
        text(size, |out, n| write!(out, "word{} of a text ", n % 977))
    }),
    ("links", "en", |size| {
        text(size, |out, n| write!(out, "[a](https://example.org/{n}) "))
    }),
    ("emphasis", "en", |size| {
        text(size, |out, n| write!(out, "*a{}* **b** ", n % 10))
    }),
    ("raised letters", "en", |size| {
        text(size, |out, n| write!(out, "字^{}^", n % 10))
    }),
    ("notes that are not there", "en", |size| {
        text(size, |out, n| write!(out, "a[^n{n}] "))
    }),
    ("notes", "en", |size| {
        let count = size / 26;
        let mut out = text(count * 10, |out, n| {
            write!(out, "a[^n{:05}] ", n % count.max(1))
        });
        out.push_str("notes:\n");
        for n in 0..count {
            let _ = writeln!(out, "  n{n:05}: words");
        }
        out
    }),
    ("references to one note", "en", |size| {
        text(size, |out, _| out.write_str("a[^n] ")) + "notes: {n: words}\n"
    }),
    ("earlier addresses", "en", |size| {
        let mut out = "  - a\naliases:\n".to_owned();
        for n in 0..(size / 14).min(249_000) {
            let _ = writeln!(out, "- old-{n:06}");
        }
        out
    }),
    ("contributors of one name", "en", |size| {
        let mut out = "  - a\n".to_owned();
        while out.len() < size {
            out.push_str("- name: A B\n  statement: [a]\n");
        }
        out
    }),
    ("tabs before items", "en", |size| {
        let mut out = "  - a\n".to_owned();
        while out.len() < size {
            out.push_str("\t- a few words\n");
        }
        out
    }),
    ("letters and zero-width spaces", "en", |size| {
        text(size, |out, _| out.write_str("a\u{200B}"))
    }),
    ("nothing that shows, and zero-width spaces", "en", |size| {
        text(size, |out, _| out.write_str("\u{3164}\u{200B}"))
    }),
    ("soft hyphens", "en", |size| {
        text(size, |out, n| {
            write!(out, "{}\u{AD}", char::from(b'a' + (n * n % 23) as u8))
        })
    }),
    ("dashes", "en", |size| {
        text(size, |out, _| out.write_str("—"))
    }),
    ("narrow signs without spaces", "en", |size| {
        text(size, |out, _| out.write_str("'"))
    }),
    ("slashes", "en", |size| {
        text(size, |out, _| out.write_str("/"))
    }),
    ("letters with hyphens", "en", |size| {
        text(size, |out, _| out.write_str("a-"))
    }),
    ("one letter of Arabic", "ur", |size| {
        text(size, |out, _| out.write_str("ب"))
    }),
    ("marks on one letter", "en", |size| {
        text(size, |out, _| out.write_str("\u{301}"))
    }),
    ("a word without end", "en", |size| {
        text(size, |out, n| {
            write!(out, "{}", char::from(b'a' + (n * n % 25) as u8))
        })
    }),
    ("Thai without spaces", "th", |size| {
        text(size, |out, n| {
            let words = [
                "ภาษา",
                "ไทย",
                "เขียน",
                "ติดกัน",
                "โดย",
                "ไม่มี",
                "ช่องว่าง",
                "การเมือง",
            ];
            out.write_str(words[(n * n + n / 3) % words.len()])
        })
    }),
    ("Chinese, which no face has", "zh", |size| {
        text(size, |out, n| {
            out.write_char(char::from_u32(0x4E00 + (n as u32 * 7) % 20_000).unwrap_or('字'))
        })
    }),
    ("JSON on one line", "en", |size| {
        text(size, |out, n| {
            write!(
                out,
                "{{\"\"key{n}\"\":[{n},true,\"\"v{}\"\"]}},",
                n * 31 % 9_973
            )
        })
        .replace("\"\"", "\\\"")
    }),
    ("a table on one line", "en", |size| {
        let mut out = "  - table: {header: [[a, b]], rows: [".to_owned();
        let mut n = 0;
        while out.len() < size {
            let _ = write!(out, "[r{n}, {}], ", n * 17 % 1_009);
            n += 1;
        }
        out + "]}\n"
    }),
    ("a heading", "en", |size| {
        let text = text(size, |out, _| out.write_str("long heading "));
        text.replacen("- \"", "- heading: \"", 1)
    }),
    ("marks of a citation", "en", |size| {
        let marks = "*a* ".repeat(size / 4);
        format!("  - a\ncitation: \"{marks}\"\n")
    }),
    ("half raised letters", "en", |size| {
        text(size, |out, _| out.write_str("^a"))
    }),
    ("backticks", "en", |size| {
        text(size, |out, _| out.write_str("`a "))
    }),
    ("brackets", "en", |size| {
        text(size, |out, _| out.write_str("["))
    }),
    ("elements of HTML", "en", |size| {
        text(size, |out, _| out.write_str("<b>a</b> <i>"))
    }),
    ("doubled signs", "en", |size| {
        text(size, |out, _| out.write_str(" ==a [b][c"))
    }),
    ("headings", "en", |size| {
        "  - heading: a\n  - b\n".repeat(size / 21)
    }),
    ("items of a list", "en", |size| {
        "  - list:\n".to_owned() + &"    - a\n".repeat(size / 8)
    }),
    ("paragraphs of a block of lines", "en", |size| {
        "  - |\n".to_owned() + &"    a\n\n".repeat(size / 7)
    }),
    ("columns", "en", |size| {
        let cells = "1,".repeat((size / 4).min(100_000));
        format!("  - table: {{header: [[{cells}]], rows: [[{cells}]]}}\n")
    }),
    ("as many paragraphs as there may be", "en", |size| {
        filled(size, "  - a\n".repeat(most(size, 7_990)))
    }),
    ("as many headings as there may be", "en", |size| {
        filled(size, "  - heading: a\n  - b\n".repeat(most(size, 3_990)))
    }),
    ("as many cells as there may be", "en", |size| {
        let rows = "[1, 2], ".repeat(most(size, 4_990));
        filled(
            size,
            format!("  - table: {{header: [[a, b]], rows: [{rows}]}}\n"),
        )
    }),
    ("as many links as there may be", "en", |size| {
        filled(
            size,
            format!(
                "  - \"{}\"\n",
                "[a](https://a.b) ".repeat(most(size, 6_000))
            ),
        )
    }),
    ("as many references as there may be", "en", |size| {
        let marks = "a[^n] ".repeat(most(size, 2_500));
        let text = format!("  - \"{marks}\"\nnotes: {{n: words}}\n");
        filled(size, text)
    }),
    ("paragraphs", "en", |size| {
        let mut out = String::new();
        while out.len() < size {
            out.push_str("  - a few words\n");
        }
        out
    }),
];

/// So many for each mebibyte of a source, or part of one.
fn most(size: usize, each: usize) -> usize {
    size.div_ceil(1 << 20) * each
}

/// Lines that are read and say nothing, behind others, up to so many bytes.
fn filled(size: usize, mut lines: String) -> String {
    while lines.len() < size {
        lines.push_str("# a comment, which is read and printed nowhere\n");
    }
    lines
}

/// Paragraphs of so many bytes together, each as long as may be, in quotes on one line.
fn text(size: usize, part: impl Fn(&mut String, usize) -> std::fmt::Result) -> String {
    const LONGEST: usize = 249_900;
    let mut out = String::new();
    let mut n = 0;
    while out.len() < size {
        out.push_str("  - \"a");
        let end = (out.len() + LONGEST).min(size);
        while out.len() < end {
            part(&mut out, n).expect("a string takes all");
            n += 1;
        }
        out.push_str("\"\n");
    }
    out
}

fn frame(language: &str, title: &str) -> String {
    FRAME.replace("LANGUAGE", language).replace("TITLE", title)
}

fn main() {
    let wanted = std::env::args()
        .nth(1)
        .filter(|name| !name.starts_with("--"));
    let place = tempfile::tempdir().expect("a temporary folder");
    let measure = |source: &str| {
        fs::write(place.path().join("piece.yaml"), source).expect("a file");
        attempt(
            place.path(),
            "export piece.yaml -d dist --force -q -f pdf,docx,epub,html",
        )
    };
    let (empty, made) = measure(&(frame("en", "T") + "  - a\n"));
    assert!(made, "an empty piece is made");
    println!("for each MB of source: at most {MOST_SECONDS} s and {MOST_MEGABYTES} MB");
    let report = |name: &str, source: &str| {
        let size = source.len() as f64 / 1e6;
        let (cost, made) = measure(source);
        let seconds = (cost.time.as_secs_f64() - empty.time.as_secs_f64()) / size;
        let memory = (mb(cost.peak) - mb(empty.peak)) / size;
        let met = seconds <= MOST_SECONDS && memory <= MOST_MEGABYTES;
        let verdict = if met { "met" } else { "MISSED" };
        let made = if made { "made" } else { "refused" };
        println!(
            "{name:<44} {size:>5.1} MB {seconds:>8.2} s/MB {memory:>8.1} MB/MB  {made:<8} {verdict}"
        );
    };
    for (name, language, shape) in SHAPES {
        if wanted
            .as_ref()
            .is_some_and(|wanted| !name.contains(wanted.as_str()))
        {
            continue;
        }
        for size in SIZES {
            let source = frame(language, "T") + &shape((size * 1e6) as usize);
            report(name, &source);
        }
    }
    if wanted
        .as_ref()
        .is_none_or(|wanted| "a title".contains(wanted.as_str()))
    {
        for size in [20_000, 1_000_000, 15_900_000] {
            let title = format!("\"{}\"", "a title that goes on ".repeat(size / 21));
            report("a title", &(frame("en", &title) + "  - a\n"));
        }
    }
}
