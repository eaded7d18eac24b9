//! Colours that sheets name for text, on the paper that they name: those of dark screens and of print too, which nobody sees while the
//! other ones hold.

use std::collections::BTreeMap;

use super::super::contrast::{contrast, luminance, of_digits};

/// Text of less contrast than this is hardly seen (WCAG 2.2, 1.4.3).
const LEAST: f64 = 2.0;
/// The names of colours that text has.
const TEXT: &[&str] = &["--text", "--headings", "--accent", "--quiet", "--links"];

/// The declarations of colours of text that are hardly seen on the paper of their own rule; each has its rule, its name and its value.
pub(super) fn pale<'a>(
    said: impl Iterator<Item = (usize, &'a str, &'a str)>,
) -> Vec<(&'a str, &'a str)> {
    let mut rules: BTreeMap<usize, Vec<(&str, &str)>> = BTreeMap::new();
    for (rule, name, value) in said {
        if name == "--paper" || TEXT.contains(&name) {
            rules.entry(rule).or_default().push((name, value));
        }
    }
    let of_rule = |all: Vec<(&'a str, &'a str)>| -> Vec<(&'a str, &'a str)> {
        let paper = all.iter().rev().find(|(name, _)| *name == "--paper");
        let Some(paper) = paper.and_then(|(_, value)| light(value)) else {
            return Vec::new();
        };
        let is_pale = |value: &str| light(value).is_some_and(|ink| contrast(ink, paper) < LEAST);
        let text = all.into_iter().filter(|(name, _)| *name != "--paper");
        text.filter(|(_, value)| is_pale(value)).collect()
    };
    rules.into_values().flat_map(of_rule).collect()
}

/// How light a colour in hexadecimal digits is.
fn light(colour: &str) -> Option<f64> {
    of_digits(colour.strip_prefix('#')?).map(luminance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_the_colour_of_its_paper_is_told() {
        let said = [
            (1, "--paper", "#FFFFFF"),
            (1, "--text", "#1A1A1A"),
            (2, "--paper", "#14181D"),
            (2, "--text", "#14181D"),
            (3, "--paper", "#fff"),
            (3, "--quiet", "#f4f4f4"),
        ];
        let told = pale(said.into_iter());
        assert_eq!(told, [("--text", "#14181D"), ("--quiet", "#f4f4f4")]);
    }
}
