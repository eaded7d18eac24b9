//! Reading on behind faults of YAML's own: each is told, mended in a copy of the text, and the text is read again.
//!
//! A mend changes as little as lets the reader go on at the next item: a character that YAML would obey becomes one of no
//! meaning and comes back in the value, a line is moved to the column that it was meant for, and what nothing helps is left out.
//! The author's file is not touched, and places stay those of the file.

mod brackets;
mod escapes;
mod keys;
mod lines;
mod mend;
mod open_items;
mod signs;
mod spaces;
mod structure;
mod texts;

use super::edits::Edits;
use super::tree::Fault;
use super::{FileKind, other_languages, syntax};
use crate::diagnostic::{Code, Diagnostic, MAX_PROBLEMS};
use lines::Lines;

/// So many bytes are read again at most for the sake of faults; a small file may have many, a large one a few.
const BUDGET: usize = 8 << 20;
/// No file is read more often than this.
const MOST_ROUNDS: usize = 300;
/// Every file is read so often.
const LEAST_ROUNDS: usize = 3;

/// A text in which nothing stops a reader, and what was in the way.
pub(super) struct Salvaged {
    /// The changes that were needed.
    pub(super) edits: Edits,
    /// What was told of.
    pub(super) problems: Vec<Diagnostic>,
    /// Whether the text can be read now.
    pub(super) is_whole: bool,
}

/// Mends a text whose reading ended at a fault.
pub(super) fn salvage(text: &str, kind: &FileKind<'_>, first: Box<Fault>) -> Salvaged {
    let mut salvager = Salvager {
        text,
        lines: Lines::of(text),
        keys: super::schema::Schema(kind.schema).keys(),
        mappings: super::schema::Schema(kind.schema).mappings(),
        edits: Edits::default(),
        problems: Vec::new(),
        told: Vec::new(),
        are_spaces_mended: false,
    };
    let rounds = (BUDGET / text.len().max(1)).clamp(LEAST_ROUNDS, MOST_ROUNDS);
    let mut fault = first;
    let mut is_whole = false;
    for _ in 0..rounds {
        if !salvager.mend(&fault) || salvager.problems.len() > MAX_PROBLEMS {
            break;
        }
        let (mended, origins) = salvager.all_edits().apply(text);
        match super::read_through(text, &mended, &origins, kind, &mut Vec::new()) {
            Ok(_) => {
                is_whole = true;
                break;
            }
            Err(next) => fault = next,
        }
    }
    texts::tell_once(&mut salvager.problems);
    if !is_whole && salvager.problems.is_empty() {
        salvager.problems.push(fault.diagnostic);
    }
    Salvaged {
        edits: salvager.all_edits(),
        problems: salvager.problems,
        is_whole,
    }
}

struct Salvager<'a> {
    text: &'a str,
    lines: Lines<'a>,
    /// The keys that the schema knows anywhere.
    keys: std::collections::BTreeSet<&'a str>,
    /// The keys of each mapping.
    mappings: Vec<Vec<&'a str>>,
    /// Changes within lines; those of indents follow from the lines.
    edits: Edits,
    problems: Vec<Diagnostic>,
    /// The lines that something was told of.
    told: Vec<usize>,
    are_spaces_mended: bool,
}

impl Salvager<'_> {
    /// All changes: within lines, and of their indents.
    fn all_edits(&self) -> Edits {
        let mut edits = Edits::default();
        edits.extend(self.lines.edits());
        edits.extend(self.edits.all());
        edits
    }

    /// Whether a key is one of the schema's, however it is spelled.
    fn knows(&self, key: &str) -> bool {
        other_languages::is_key(key, &self.keys)
    }

    /// Tells of a line, once: what follows from a fault is no other.
    fn tell(&mut self, line: usize, problem: Diagnostic) {
        let is_same =
            |told: &Diagnostic| told.span == problem.span && told.message == problem.message;
        if !self.told.contains(&line) && !self.problems.iter().any(is_same) {
            self.told.push(line);
            self.problems.push(problem);
        }
    }
}

/// Whether reading can go on behind a fault.
fn is_hopeless(fault: &Fault) -> bool {
    matches!(fault.diagnostic.code, Code::TooDeep | Code::TooManyValues)
}

impl Fault {
    /// The fault that a parser's error is.
    pub(super) fn of_syntax(info: &str, at: usize, text: &str) -> Self {
        Self {
            diagnostic: syntax::diagnostic(info, at, text),
            info: info.to_owned(),
            at,
        }
    }
}
