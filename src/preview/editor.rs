//! The editor in which places are opened: a program and its arguments, never a line for a shell.

use std::io::{self, ErrorKind};
use std::process::{Command, Stdio};
use std::thread;

use super::problems::Place;
use crate::platform::PROGRAM_ENDINGS;

/// An editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    program: String,
    /// Its arguments, in which `{file}`, `{line}` and `{column}` stand for the place.
    arguments: Vec<String>,
}

/// Why a text names no editor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditorError {
    /// Nothing was named.
    #[error("no editor is named")]
    Empty,
    /// A quotation mark is left open.
    #[error("a quotation mark in `{0}` is not closed")]
    Unclosed(String),
}

/// How editors that are known are told of a place: their names, the program, its arguments.
const KNOWN: &[(&[&str], &str, &[&str])] = &[
    (&["vscode", "code"], "code", GOTO),
    (&["vscodium", "codium"], "codium", GOTO),
    (&["cursor"], "cursor", GOTO),
    (&["zed"], "zed", COLONS),
    (&["sublime", "subl"], "subl", COLONS),
    (
        &["kate"],
        "kate",
        &["--line", "{line}", "--column", "{column}", "{file}"],
    ),
    (&["gedit"], "gedit", PLUS),
    (&["gnome-text-editor"], "gnome-text-editor", PLUS),
    (
        &["emacsclient"],
        "emacsclient",
        &["--no-wait", "+{line}:{column}", "{file}"],
    ),
    (&["bbedit"], "bbedit", PLUS_LINE),
    (
        &["mate", "textmate"],
        "mate",
        &["--line", "{line}:{column}", "{file}"],
    ),
];

const GOTO: &[&str] = &["--goto", "{file}:{line}:{column}"];
const COLONS: &[&str] = &["{file}:{line}:{column}"];
const PLUS: &[&str] = &["+{line}:{column}", "{file}"];
const PLUS_LINE: &[&str] = &["+{line}", "{file}"];

impl Editor {
    /// The editor of a name that is known, or a command. One that says nowhere where the place goes gets the file behind its
    /// arguments.
    ///
    /// # Errors
    /// [`EditorError`] when there is no program in it.
    pub fn parse(text: &str) -> Result<Self, EditorError> {
        let mut words = split(text)?.into_iter();
        let program = words.next().ok_or(EditorError::Empty)?;
        let mut arguments: Vec<String> = words.collect();
        let known = KNOWN
            .iter()
            .find(|(names, ..)| names.contains(&program.as_str()));
        if let Some((_, program, template)) = known {
            arguments.extend(template.iter().map(|part| (*part).to_owned()));
            let program = (*program).to_owned();
            return Ok(Self { program, arguments });
        }
        if !arguments.iter().any(|argument| argument.contains("{file}")) {
            arguments.push("{file}".to_owned());
        }
        Ok(Self { program, arguments })
    }

    /// Its program's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.program
    }

    fn arguments(&self, place: &Place) -> Vec<String> {
        // From the root on, so that no file's name can be taken for an option.
        let file = std::path::absolute(&place.path).unwrap_or_else(|_| place.path.clone());
        let file = file.to_string_lossy();
        let (line, column) = (place.line.to_string(), place.column.to_string());
        let fill = |argument: &String| {
            // The file last: its name may hold the other words.
            let argument = argument.replace("{line}", &line);
            argument
                .replace("{column}", &column)
                .replace("{file}", &file)
        };
        self.arguments.iter().map(fill).collect()
    }

    /// Opens a place, and does not wait for the editor to end.
    pub(super) fn open(&self, place: &Place) -> io::Result<()> {
        let spawn = |ending: &str| {
            Command::new(format!("{}{ending}", self.program))
                .args(self.arguments(place))
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
        };
        let (first, others) = PROGRAM_ENDINGS.split_first().unwrap_or((&"", &[]));
        let mut spawned = spawn(first);
        for ending in others {
            match spawned {
                Err(error) if error.kind() == ErrorKind::NotFound => spawned = spawn(ending),
                _ => break,
            }
        }
        let mut child = spawned?;
        // Somebody has to ask how it ended, or it stays in the system's table.
        thread::spawn(move || child.wait());
        Ok(())
    }
}

/// The words of a command: parted by spaces, but for those between quotation marks. Nothing else means anything.
fn split(text: &str) -> Result<Vec<String>, EditorError> {
    let mut words: Vec<String> = Vec::new();
    let (mut open, mut quote) = (false, None);
    for c in text.chars() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                if !open {
                    words.push(String::new());
                    open = true;
                }
            }
            (None, c) if c.is_whitespace() => open = false,
            (_, c) => {
                if !open {
                    words.push(String::new());
                    open = true;
                }
                words.last_mut().expect("a word is open").push(c);
            }
        }
    }
    match quote {
        None => Ok(words),
        Some(_) => Err(EditorError::Unclosed(text.to_owned())),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn arguments(text: &str) -> (String, Vec<String>) {
        let editor = Editor::parse(text).unwrap();
        let place = Place {
            path: "/a b/{line}.yaml".into(),
            line: 14,
            column: 3,
        };
        (editor.name().to_owned(), editor.arguments(&place))
    }

    #[test]
    fn known_editors_are_told_of_the_place_in_their_own_way() {
        let told = |text: &str| {
            let (program, arguments) = arguments(text);
            format!("{program} {}", arguments.join("|"))
        };
        assert_eq!(told("vscode"), "code --goto|/a b/{line}.yaml:14:3");
        assert_eq!(
            told("code --new-window"),
            "code --new-window|--goto|/a b/{line}.yaml:14:3"
        );
        assert_eq!(told("zed"), "zed /a b/{line}.yaml:14:3");
        assert_eq!(told("sublime"), "subl /a b/{line}.yaml:14:3");
        assert_eq!(told("kate"), "kate --line|14|--column|3|/a b/{line}.yaml");
    }

    #[test]
    fn a_command_is_words_and_no_shell_reads_it() {
        let (program, words) = arguments("'/opt/my editor/run' \"a b\" +{line} $(x) ; {file}");
        assert_eq!(program, "/opt/my editor/run");
        assert_eq!(words, ["a b", "+14", "$(x)", ";", "/a b/{line}.yaml"]);
        assert_eq!(arguments("vi").1, ["/a b/{line}.yaml"]);
        assert_eq!(Editor::parse("  "), Err(EditorError::Empty));
        let open = "vi 'a";
        assert_eq!(Editor::parse(open), Err(EditorError::Unclosed(open.into())));
    }
}
