//! Setting right what is certain: the fixes of diagnostics, made to a source's text until none is left.
//!
//! No word is changed: the letters and digits of the text are held to be the same before and after, but for dates that are
//! written in another order and soft hyphens. Comments, line ends and everything else stay as they are.

use std::path::Path;

use crate::check::check;
use crate::diagnostic::{Code, Diagnostic, Edit, Severity};
use crate::load::{self, Loaded, load_text};
use crate::project::Projects;

/// A fix may let the reader see the next fault; so often is the text read again at most.
const MOST_ROUNDS: usize = 20;

/// What the fixes make of a source's text; the text itself where there are none.
#[must_use]
pub fn fix(path: &Path, text: &str, projects: &Projects) -> String {
    let mut text = text.to_owned();
    for _ in 0..MOST_ROUNDS {
        match fixed_once(path, &text, projects) {
            Some(next) => text = next,
            None => break,
        }
    }
    text
}

fn fixed_once(path: &Path, text: &str, projects: &Projects) -> Option<String> {
    let problems = problems(path, text, projects);
    let of = |wanted: fn(&Diagnostic) -> bool| -> Vec<Edit> {
        let wanted = problems.iter().filter(|problem| wanted(problem));
        wanted
            .flat_map(|problem| problem.fix.iter().cloned())
            .collect()
    };
    let all = of(|_| true);
    if all.is_empty() {
        return None;
    }
    // A date's digits come in another order; all others stay.
    let others = of(|problem| problem.code != Code::Date);
    let is_same = load::letters(text) == load::letters(&load::edited(text, &others));
    let edits = if is_same {
        all
    } else {
        of(|problem| problem.code == Code::Date)
    };
    let next = load::edited(text, &edits);
    let after = self::problems(path, &next, projects);
    // What was in the way of reading may have hidden other faults, but not made fewer of them; and what is fixed is gone.
    let errors = |problems: &[Diagnostic]| {
        let errors = problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error);
        errors.count()
    };
    let fixes = |problems: &[Diagnostic]| {
        let fixes = problems.iter().filter(|problem| !problem.fix.is_empty());
        fixes.count()
    };
    let is_better = errors(&after) <= errors(&problems) && fixes(&after) < fixes(&problems);
    (next != text && is_better).then_some(next)
}

fn problems(path: &Path, text: &str, projects: &Projects) -> Vec<Diagnostic> {
    let loaded: Loaded = load_text(path, text, projects);
    let mut problems = check(&loaded).diagnostics;
    problems.extend(loaded.diagnostics);
    problems
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A piece, line by line.
    const LINES: &[&str] = &[
        "series: Flash Point",
        "title: Torkham: what now",
        "date: 2025-11-04",
        "language: en-GB # for now",
        "contributors:",
        "  - name: Amina Khan",
        "    affiliation: Centre for Trade: Policy",
        "    statement:",
        "      - The border [was](https://example.org) closed.",
        "      - heading: Trade",
        "      - *Pakistan* must talk, \"at once\".",
        "      - >",
        "        Folded text",
        "        goes on.",
        "      - list:",
        "          - One",
        "          - Two: three",
        "  - name: آمنہ خان",
        "    statement: [Words]",
    ];

    /// What people do to a line.
    fn slip(kind: usize, line: &str) -> String {
        match kind {
            0 => line.replacen("  ", "\t", 1),
            1 => line.replacen("  ", "\u{a0} ", 1),
            2 => line.replacen("- ", "-", 1),
            3 => line.replacen(": ", ":", 1),
            4 => line.replacen('e', "e\u{ad}", 1),
            5 => format!(" {line}"),
            6 => line.replacen("2025-11-04", "4 Nov 2025", 1),
            7 => line.replacen('"', "", 1),
            8 => format!("{line}: more"),
            _ => line.to_owned(),
        }
    }

    /// The letters and digits of a text without its dates.
    fn words(text: &str) -> String {
        let text = text.replace("4 Nov 2025", "").replace("2025-11-04", "");
        load::letters(&text)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn no_fix_changes_a_word(slips in proptest::collection::vec((0..LINES.len(), 0..10_usize), 0..6)) {
            let mut lines: Vec<String> = LINES.iter().map(|line| (*line).to_owned()).collect();
            for (at, kind) in slips {
                lines[at] = slip(kind, &lines[at]);
            }
            let text = lines.join("\n") + "\n";
            let fixed = fix(Path::new("piece.yaml"), &text, &Projects::none());
            prop_assert_eq!(words(&fixed), words(&text), "{}\n{}", text, fixed);
            // What is done is done: another run finds nothing.
            prop_assert_eq!(&fix(Path::new("piece.yaml"), &fixed, &Projects::none()), &fixed);
            let comments = |text: &str| text.matches("# for now").count();
            prop_assert_eq!(comments(&fixed), comments(&text));
        }
    }
}
