//! `--fix`: writes into sources what is certain, and shows the difference.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::console::Console;
use crate::pipeline;
use crate::project::Projects;
use crate::store::{open_plain, replace};

/// Sets right what is certain in these sources; gives how many could not be written.
pub(super) fn all(sources: &[PathBuf], projects: &Projects, console: &Console) -> usize {
    let fixed = sources
        .iter()
        .filter(|path| match one(path, projects, console) {
            Ok(()) => false,
            Err(error) => {
                console.error(format!("cannot fix {}: {error}", path.display()));
                true
            }
        });
    fixed.count()
}

fn one(path: &Path, projects: &Projects, console: &Console) -> io::Result<()> {
    // What cannot be read is told by the check that follows.
    let Ok(whole) = open_plain(path).and_then(io::read_to_string) else {
        return Ok(());
    };
    let text = whole.strip_prefix('\u{feff}').unwrap_or(&whole);
    let fixed = pipeline::fix(path, text, projects);
    if fixed == text {
        return Ok(());
    }
    let mark = &whole[..whole.len() - text.len()];
    replace(path, format!("{mark}{fixed}").as_bytes())?;
    let lines = difference(&path.display().to_string(), text, &fixed);
    console.answer(
        &lines,
        || json!({ "fixed": { "file": path.display().to_string(), "difference": lines } }),
    );
    Ok(())
}

/// The lines that differ. A fix stays within its line, so lines answer to each other.
fn difference(path: &str, before: &str, after: &str) -> String {
    let shown = |line: &str| -> String {
        let chars = line.trim_end_matches('\r').chars();
        let visible = chars.map(|c| match c {
            '\t' => '→',
            '\u{a0}' => '·',
            c if c.is_control() || matches!(c, '\u{ad}' | '\u{200b}') => '\u{fffd}',
            c => c,
        });
        visible.collect()
    };
    let mut out = String::new();
    let lines = before.split('\n').zip(after.split('\n')).enumerate();
    for (index, (old, new)) in lines.filter(|(_, (old, new))| old != new) {
        out += &format!("{path}:{}\n- {}\n+ {}\n", index + 1, shown(old), shown(new));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_shows_lines_that_differ_and_what_is_invisible() {
        let shown = difference("a.yaml", "a\n\tb: c\r\nd", "a\n  b: c\r\nd");
        assert_eq!(shown, "a.yaml:2\n- →b: c\n+   b: c\n");
    }
}
