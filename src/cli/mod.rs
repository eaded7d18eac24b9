//! The command line: what was typed ([`args`]), what that means (one file a subcommand), and how it is shown.

mod args;
mod check;
mod checkers;
mod completions;
mod console;
mod diff;
mod distribute;
mod explain;
mod export;
mod export_plan;
mod export_store;
mod export_summary;
mod faces;
mod figures;
mod fix;
mod history;
mod import;
mod man;
mod merge;
mod new;
mod options;
mod plan;
#[cfg(feature = "preview")]
mod preview;
mod project;
mod publish;
mod schema;
#[cfg(feature = "standards")]
mod standards;
mod text;
mod update;
mod verify;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};
use console::Console;

use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::theme::ThemeError;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// All done.
    Done,
    /// Some piece failed, or a warning was denied.
    Failed,
    /// Wrong usage or configuration; nothing was written.
    Usage,
    /// Interrupted.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Interrupted => 130,
        })
    }
}

/// Runs the program with these arguments, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    crate::diagnostic::install_hook();
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way too; a closed pipe is no reason to complain.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let exit = match arguments.command {
        Command::Export(arguments) => export::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Plan(arguments) => plan::run(&arguments),
        Command::Merge(arguments) => merge::run(&arguments),
        Command::Distribute(arguments) => distribute::run(&arguments),
        Command::Publish(arguments) => publish::run(arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Text {
            file,
            project,
            messages,
        } => text::run(&file, &project, messages),
        Command::New(arguments) => new::run(&arguments),
        #[cfg(feature = "preview")]
        Command::Preview(arguments) => preview::run(arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Update(arguments) => update::run(&arguments),
        Command::Explain { code } => explain::run(code.as_deref()),
        Command::Schema(of) => schema::run(&of),
        Command::Completions { shell } => completions::run(shell),
        Command::Man => man::run(),
    };
    exit.into()
}

/// Why a command is not begun.
#[derive(Debug)]
enum Refusal {
    /// The theme is wrong.
    Theme(Box<ThemeError>),
    /// The project's file is wrong.
    File {
        /// Its text.
        source: Box<SourceText>,
        /// What is wrong with it.
        diagnostics: Vec<Diagnostic>,
    },
    /// Anything else.
    Reason {
        /// What is wrong, one error a line.
        message: String,
        /// The way out.
        hint: Option<&'static str>,
    },
}

impl Refusal {
    fn because(message: impl ToString) -> Self {
        Self::Reason {
            message: message.to_string(),
            hint: None,
        }
    }
}

impl Refusal {
    /// What is wrong, as a report tells it: the file that it stands in, and the errors.
    fn told(&self) -> (SourceText, Vec<Diagnostic>) {
        match self {
            Self::Theme(error) => (error.source_text.clone(), error.diagnostics.clone()),
            Self::File {
                source,
                diagnostics,
            } => ((**source).clone(), diagnostics.clone()),
            Self::Reason { message, hint } => {
                let error = |line: &str| Diagnostic {
                    hint: hint.map(str::to_owned),
                    ..Diagnostic::error(Code::Configuration, line)
                };
                (SourceText::default(), message.lines().map(error).collect())
            }
        }
    }
}

/// Tells of wrong usage or configuration.
fn refuse(console: &Console, refusal: &Refusal) -> Exit {
    match refusal {
        Refusal::Theme(error) => {
            for diagnostic in &error.diagnostics {
                console.diagnostic(&error.source_text, diagnostic);
            }
        }
        Refusal::File {
            source,
            diagnostics,
        } => {
            for diagnostic in diagnostics {
                console.diagnostic(source, diagnostic);
            }
        }
        Refusal::Reason { message, hint } => {
            for line in message.lines() {
                console.error(line);
            }
            if let Some(hint) = hint {
                console.hint(hint);
            }
        }
    }
    Exit::Usage
}
