//! The console: messages on standard error, machine output on standard output, and progress on a terminal.
//!
//! A reader that closes its pipe ends the talking, not the work, and nothing panics.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::Exit;
use super::args::{MessageFormat, Messages};
use crate::diagnostic::render;
use crate::diagnostic::{Code, Diagnostic, Severity, SourceText};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// A run shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_millis(400);

/// Where everything is said.
pub(super) struct Console {
    format: MessageFormat,
    quiet: bool,
    deny_warnings: bool,
    bar: ProgressBar,
    /// Since when progress is to be shown, and not yet is; a short run needs no bar.
    waiting: Mutex<Option<Instant>>,
    names: Mutex<Vec<String>>,
    /// A folder of fetched files, and the address that it is shown as.
    shown: OnceLock<(String, String)>,
}

impl Console {
    /// A console for these wishes.
    pub(super) fn new(messages: Messages) -> Self {
        Self {
            format: messages.message_format,
            quiet: messages.quiet,
            deny_warnings: messages.deny_warnings,
            bar: ProgressBar::hidden(),
            waiting: Mutex::default(),
            names: Mutex::default(),
            shown: OnceLock::new(),
        }
    }

    /// The same, with a bar where there is a terminal to show it.
    pub(super) fn with_progress(mut self) -> Self {
        if !self.quiet && io::stderr().is_terminal() {
            self.waiting = Mutex::new(Some(Instant::now()));
        }
        self
    }

    /// Shows the paths of a folder of fetched files as the addresses that they were fetched from.
    pub(super) fn show_as(&self, folder: &Path, address: &str) {
        let _ = self
            .shown
            .set((folder.display().to_string(), address.to_owned()));
    }

    fn with_addresses<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.shown.get() {
            Some((folder, address)) => text.replace(folder, address).into(),
            None => text.into(),
        }
    }

    /// Shows a diagnostic.
    pub(super) fn diagnostic(&self, source: &SourceText, diagnostic: &Diagnostic) {
        if self.is_silent(diagnostic.severity) {
            return;
        }
        match self.format {
            MessageFormat::Text => self.say(&render::text(source, diagnostic, true)),
            MessageFormat::Json => self.output(&render::json(source, diagnostic)),
            MessageFormat::Github => self.output(&render::github(source, diagnostic)),
        }
    }

    /// Tells of an error that has no place in a source.
    pub(super) fn error(&self, message: impl fmt::Display) {
        self.note(Severity::Error, message);
    }

    /// Tells of something that has no place in a source.
    pub(super) fn note(&self, severity: Severity, message: impl fmt::Display) {
        if self.is_silent(severity) {
            return;
        }
        let (style, word) = match severity {
            Severity::Error => (ERROR, "error"),
            Severity::Warning => (WARNING, "warning"),
            Severity::Note => (HINT, "note"),
        };
        match self.format {
            MessageFormat::Text => {
                self.say(&format!("{style}{word}{style:#}: {}\n", harmless(message)));
            }
            MessageFormat::Json => {
                let message = message.to_string();
                let line = serde_json::json!({ "severity": severity, "code": Code::Configuration, "message": message, "file": null });
                self.output(&format!("{line}\n"));
            }
            MessageFormat::Github => {
                let message = render::data(&message.to_string());
                self.output(&format!("::{word}::{message}\n"));
            }
        }
    }

    /// Tells the way out of what was said last.
    pub(super) fn hint(&self, hint: &str) {
        self.say(&format!("{HINT}help{HINT:#}: {hint}\n"));
    }

    /// Tells what was asked for, on standard output: lines, or an object for programs.
    pub(super) fn answer(&self, lines: &str, object: impl FnOnce() -> serde_json::Value) {
        match self.format {
            MessageFormat::Json => self.output(&format!("{}\n", object())),
            MessageFormat::Text | MessageFormat::Github => self.output(lines),
        }
    }

    /// Tells what was done, unless quiet was asked for.
    pub(super) fn summary(&self, line: &str) {
        if !self.quiet {
            self.say(&format!("{line}\n"));
        }
    }

    /// Whether quiet was asked for, and this does not fail a piece.
    fn is_silent(&self, severity: Severity) -> bool {
        let fails = match severity {
            Severity::Error => true,
            Severity::Warning => self.deny_warnings,
            Severity::Note => false,
        };
        self.quiet && !fails
    }

    fn say(&self, text: &str) {
        let text = self.with_addresses(text);
        self.bar.suspend(|| {
            let _ = anstream::stderr().lock().write_all(text.as_bytes());
        });
    }

    fn output(&self, text: &str) {
        let text = self.with_addresses(text);
        self.bar.suspend(|| {
            let _ = io::stdout().lock().write_all(text.as_bytes());
        });
    }
}

/// Progress.
impl Console {
    /// So much of a stage is done, which one word names.
    pub(super) fn step(&self, doing: &str, done: usize, total: usize) {
        if done == 1 {
            self.bar.reset();
            self.bar.set_length(total as u64);
            let template =
                format!("{doing} {{bar:30}} {{human_pos}} of {{human_len}}, {{eta}} left");
            self.bar.set_style(style(&template));
        }
        self.show_bar();
        self.bar.set_position(done as u64);
    }

    /// So many pieces will be made.
    pub(super) fn due(&self, total: usize) {
        self.bar.reset();
        self.bar.set_length(total as u64);
        self.bar.set_style(style(
            "{bar:30} {human_pos} of {human_len}, {rate}, {eta} left  {wide_msg}",
        ));
    }

    /// Work on a piece begins.
    pub(super) fn begun(&self, path: &Path) {
        self.show_bar();
        self.show_names(|names| names.push(stem(path)));
    }

    /// Work on a piece has ended.
    pub(super) fn ended(&self, path: &Path) {
        let stem = stem(path);
        self.show_names(|names| {
            if let Some(at) = names.iter().position(|name| *name == stem) {
                names.remove(at);
            }
        });
        self.bar.inc(1);
    }

    /// Nothing more is to come.
    pub(super) fn end_progress(&self) {
        self.bar.finish_and_clear();
    }

    fn show_bar(&self) {
        let Ok(mut waiting) = self.waiting.lock() else {
            return;
        };
        if waiting.is_some_and(|since| since.elapsed() > PATIENCE) {
            *waiting = None;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    fn show_names(&self, change: impl FnOnce(&mut Vec<String>)) {
        if self.bar.is_hidden() {
            return;
        }
        if let Ok(mut names) = self.names.lock() {
            change(&mut names);
            self.bar.set_message(names.join(", "));
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    let style = ProgressStyle::with_template(template).expect("the template is written here");
    style.with_key("rate", |state: &ProgressState, out: &mut dyn fmt::Write| {
        let _ = write!(out, "{:.0} a second", state.per_sec());
    })
}

/// A message without what a terminal would obey: the names of files may hold anything.
fn harmless(message: impl fmt::Display) -> String {
    let message = message.to_string();
    let shown = message.chars();
    shown
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .chars()
        .filter(|c| !c.is_control())
        .collect()
}

/// Prints what a command is for; a reader that has seen enough may close the pipe.
pub(super) fn print(text: &str) -> Exit {
    print_to(io::stdout().lock(), text)
}

/// Prints text with colours, which reach only terminals.
pub(super) fn print_styled(text: &str) -> Exit {
    print_to(anstream::stdout().lock(), text)
}

fn print_to(mut out: impl Write, text: &str) -> Exit {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Exit::Done,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
        Err(error) => {
            let _ = writeln!(
                io::stderr(),
                "error: cannot write to standard output: {error}"
            );
            Exit::Failed
        }
    }
}
