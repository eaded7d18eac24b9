//! `flashpoint explain`: what the code of a diagnostic means, with an example.

use super::Exit;
use super::args::Messages;
use super::console::{Console, print};
use crate::diagnostic::{Code, nearest};

/// How far examples stand in from the text around them.
const INDENT: &str = "    ";

pub(super) fn run(name: Option<&str>) -> Exit {
    let Some(name) = name else {
        return print(&list());
    };
    let Some(code) = Code::named(name) else {
        let console = Console::new(Messages::default());
        console.error(format!("there is no code `{name}`"));
        console.hint(
            &match nearest(name, Code::ALL.iter().map(|code| code.name())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`flashpoint explain` without a code lists all".to_owned(),
            },
        );
        return Exit::Usage;
    };
    print(&shown(code.help()))
}

/// Every code with the first sentence of its help.
fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.name().len()).max();
    let width = width.unwrap_or_default();
    let line = |code: &Code| format!("{:width$}  {}\n", code.name(), first_sentence(code.help()));
    Code::ALL.iter().map(line).collect()
}

fn first_sentence(help: &str) -> String {
    let paragraph = help.split("\n\n").next().unwrap_or_default();
    let paragraph = paragraph.replace('\n', " ");
    let end = paragraph.find(". ").map_or(paragraph.len(), |end| end + 1);
    paragraph[..end].to_owned()
}

/// Help as it is shown: examples are indented, their fences left out.
fn shown(help: &str) -> String {
    let mut shown = String::with_capacity(help.len());
    let mut example = false;
    for line in help.lines() {
        if line.starts_with("```") {
            example = !example;
            continue;
        }
        if example && !line.is_empty() {
            shown.push_str(INDENT);
        }
        shown.push_str(line);
        shown.push('\n');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_help_with_an_example_in_lines_of_a_terminal() {
        for code in Code::ALL {
            let help = code.help();
            assert!(help.contains("\n```"), "{code} has no example");
            assert!(help.ends_with('\n') && help.len() > 120, "{code}");
            assert_eq!(help.matches("\n```").count() % 2, 0, "{code}");
            let first = first_sentence(help);
            assert!(first.ends_with(['.', ':']), "{code}: {first}");
        }
    }

    #[test]
    fn examples_are_indented_and_fences_left_out() {
        assert_eq!(
            shown("A.\n\n```yaml x\na: b\n\nc\n```\nB.\n"),
            "A.\n\n    a: b\n\n    c\nB.\n"
        );
    }
}
