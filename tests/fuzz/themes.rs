//! Themes: a shipped one with other values, and what a piece with every block looks like in it.

use std::path::Path;

use flashpoint::editions::Options;
use flashpoint::theme::{PageSize, Theme};

use super::judge::{Judged, judge_all};
use super::pieces;
use super::random::Random;

const SHIPPED: [&str; 2] = [
    include_str!("../../src/theme/classic.yaml"),
    include_str!("../../src/theme/modern.yaml"),
];

/// Values that a field may be given instead of its own.
const VALUES: &[&str] = &[
    "0pt",
    "1pt",
    "7pt",
    "9.5pt",
    "12pt",
    "15pt",
    "24pt",
    "40pt",
    "180pt",
    "391pt",
    "523pt",
    "3cm",
    "20mm",
    "1in",
    "-1pt",
    "1e9pt",
    "NaNpt",
    "0.0001pt",
    "12",
    "12px",
    "source-serif",
    "source-sans",
    "noto",
    "\"#000000\"",
    "\"#ffffff\"",
    "\"#12345\"",
    "\"#767676\"",
    "'#FF00FF'",
    "\"\"",
    "[]",
    "{}",
    "~",
];

/// Makes a theme.
pub(crate) fn make(random: &mut Random) -> Vec<u8> {
    let shipped = random.pick(&SHIPPED);
    let percent = random.pick(&[0, 2, 5, 20]);
    let mut out = String::new();
    for row in shipped.lines() {
        match row.split_once(": ") {
            Some(_) if random.chance(10) => {}
            Some((key, value)) if random.chance(25) => {
                // Nearly the same: what a house would write.
                let number: Option<f32> = value
                    .strip_suffix("pt")
                    .and_then(|number| number.parse().ok());
                match number {
                    Some(number) => out.push_str(&format!(
                        "{key}: {}pt",
                        number * (0.7 + random.below(60) as f32 / 100.0)
                    )),
                    None => out.push_str(row),
                }
                out.push('\n');
            }
            Some((key, _)) if random.chance(percent) => {
                out.push_str(&format!("{key}: {}\n", random.pick(VALUES)));
            }
            _ => {
                out.push_str(row);
                out.push('\n');
            }
        }
    }
    out.into_bytes()
}

/// Loads the theme; where it is one, every edition is made in it.
pub(crate) fn run(folder: &Path, input: &[u8]) -> Judged {
    let path = folder.join("theme.yaml");
    std::fs::write(&path, input).expect("a file");
    match Theme::load(&path.to_string_lossy()) {
        Err(error) => {
            assert!(!error.diagnostics.is_empty());
            judge_all(&error.source_text, error.diagnostics.iter())
        }
        Ok(loaded) => {
            judge_all(&loaded.source_text, loaded.warnings.iter());
            let theme = loaded.theme;
            let options = Options {
                theme,
                page_size: PageSize::A4,
            };
            let built = pieces::build(&folder.join("every-block.yaml"), &options);
            assert!(
                built.whole,
                "a theme that is loaded makes every edition: {:?}",
                built.met
            );
            built
        }
    }
}
