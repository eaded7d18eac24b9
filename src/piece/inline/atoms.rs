//! The marks that are read here, and those that only look like marks: where a mark of each kind can begin and end.
//!
//! - Never inside a bare address, `https://example.org/~b/~c`, `a~b~c@example.org`.
//! - `*` begins no emphasis inside a word of letters that words are spaced in, nor between digits: `2*3*4`, `a*b*c`.
//!   Elsewhere its rules are CommonMark's.
//! - `~` lowers what stands behind something: a letter, a digit, a closing bracket; but between two digits it is a range.
//! - `~` and `^` never end between two digits: `10^6,10^7`.

use std::ops::Range;

use super::east_asian::{is_east_asian_letter, is_east_asian_mark};
use super::escapes::{is_escape, run};

/// A part of the text that is hidden from pulldown-cmark.
pub(super) struct Atom {
    pub(super) range: Range<usize>,
    pub(super) kind: AtomKind,
}

#[derive(Clone, Copy)]
pub(super) enum AtomKind {
    Note,
    Superscript,
    Subscript,
    /// Text, whatever marks stand in it.
    Literal,
}

/// What [`atoms`] finds, in order.
#[derive(Default)]
pub(super) struct Atoms {
    pub(super) atoms: Vec<Atom>,
    /// What would be a mark elsewhere, and might have been meant as one.
    pub(super) unread: Vec<Range<usize>>,
}

/// Finds notes, super- and subscript, addresses, and asterisks inside words. Every search ends at the next character of its
/// own kind, so all of them together pass over the text a fixed number of times.
pub(super) fn atoms(source: &str, part: &Range<usize>) -> Atoms {
    let mut scan = Scan {
        text: &source[..part.end],
        start: part.start,
        found: Atoms::default(),
        open: 0,
        asterisk: None,
    };
    let mut at = part.start;
    while at < part.end {
        at = scan.step(at);
    }
    scan.found
}

struct Scan<'a> {
    /// The source up to the end of the part that is read.
    text: &'a str,
    start: usize,
    found: Atoms,
    /// How many runs of asterisks have opened and not closed.
    open: usize,
    /// Where the last asterisk inside a word begins.
    asterisk: Option<usize>,
}

impl Scan<'_> {
    /// Looks at one place, and gives the next to look at.
    fn step(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        if let Some(end) = self.bare_host_end(at) {
            return self.atom(at..end, AtomKind::Literal);
        }
        match bytes[at] {
            b'\\' if is_escape(bytes, at) => at + 2,
            b'[' => match note_end(self.text, at) {
                Some(end) => self.atom(at..end, AtomKind::Note),
                None => at + 1,
            },
            b'^' => self.script(at, AtomKind::Superscript),
            b'~' => self.script(at, AtomKind::Subscript),
            b'*' => self.asterisks(at),
            b'h' | b'H' | b'm' | b'M' | b'w' | b'W' => match self.address_end(at) {
                Some(end) if self.text[at..end].contains(['*', '^', '~']) => {
                    self.atom(at..end, AtomKind::Literal)
                }
                Some(end) => end,
                None => at + 1,
            },
            _ => at + 1,
        }
    }

    fn atom(&mut self, range: Range<usize>, kind: AtomKind) -> usize {
        let end = range.end;
        self.found.atoms.push(Atom { range, kind });
        end
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[self.start..at].chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Super- or subscript, if it is one.
    fn script(&mut self, at: usize, kind: AtomKind) -> usize {
        // A run that opens nothing is text as a whole.
        let run = run(self.text.as_bytes(), at);
        let Some(end) = script_end(self.text, at) else {
            let is_told = self.found.unread.last().is_some_and(|last| last.end > at);
            if run == 1 && !is_told && self.may_be_meant(at, kind) {
                self.found.unread.push(at..at + run);
            }
            return at + run;
        };
        if self.may_enclose(at, end, kind) {
            return self.atom(at..end, kind);
        }
        if self.before(at) != Some('/') {
            self.found.unread.push(at..end);
        }
        at + 1
    }

    /// Whether a `^` or `~` that has no partner before a space is like those of formulas (`x^2`, `H~2`), or opens words (`^two words^`).
    fn may_be_meant(&self, at: usize, kind: AtomKind) -> bool {
        /// Words are hardly raised that are longer than so many characters together.
        const LONGEST: usize = 80;
        let (before, after) = (self.before(at), self.after(at + 1));
        let is_formula = |c: char| c.is_alphanumeric() || c == ')';
        let has_partner = || self.text[at + 1..].chars().take(LONGEST).any(|c| c == '^');
        match kind {
            AtomKind::Superscript if !after.is_some_and(char::is_alphanumeric) => false,
            AtomKind::Superscript => match before.filter(|c| !c.is_whitespace()) {
                Some(before) => is_formula(before),
                None => has_partner(),
            },
            // `5~6`, `Mon~Fri` and `~20` are written too.
            _ => before.is_some_and(|c| c.is_ascii_alphabetic() || c == ')') && digit(after),
        }
    }

    /// Whether a `^` or `~` can open here and close before `end`.
    fn may_enclose(&self, at: usize, end: usize, kind: AtomKind) -> bool {
        let (before, first) = (self.before(at), self.after(at + 1));
        let (last, after) = (self.before(end - 1), self.after(end));
        if digit(last) && digit(after) || self.is_in_mail(end) {
            return false;
        }
        match (before, kind) {
            (Some('/'), _) => false,
            (_, AtomKind::Superscript) => true,
            (Some(c), _) => {
                let bearer = c.is_alphanumeric() || matches!(c, ')' | ']' | '}' | '^' | '*');
                bearer && !(digit(before) && digit(first))
            }
            (None, _) => false,
        }
    }

    /// Whether the name of an address for mail goes on here, `~joe~s@example.org`; no name is longer (RFC 5321, 4.5.3.1.1).
    fn is_in_mail(&self, at: usize) -> bool {
        const LONGEST: usize = 64;
        let is_of_name = |c: &char| c.is_ascii_alphanumeric() || "._%+-~^*".contains(*c);
        let rest = &self.text[at..];
        let name = rest.chars().take(LONGEST).take_while(is_of_name).count();
        let domain = rest[name..].strip_prefix('@');
        domain.is_some_and(|domain| domain.starts_with(|c: char| c.is_ascii_alphanumeric()))
    }

    /// A run of asterisks: hidden where it is part of a word, unless it closes what was opened before.
    fn asterisks(&mut self, at: usize) -> usize {
        let end = at + run(self.text.as_bytes(), at);
        let (before, after) = (self.before(at), self.after(end));
        if in_word(before) && in_word(after) {
            if self.open > 0 && !(digit(before) && digit(after)) {
                self.open -= 1;
                return end;
            }
            // Two in one word look like emphasis.
            let last = self.asterisk.replace(at);
            if let Some(last) =
                last.filter(|last| !self.text[*last..at].contains(char::is_whitespace))
            {
                self.found.unread.push(last..end);
            }
            return self.atom(at..end, AtomKind::Literal);
        }
        let alphanumeric =
            |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_east_asian_letter(c));
        let opens = !space(after) && !alphanumeric(before);
        let closes = !space(before) && !alphanumeric(after);
        match (opens, closes) {
            (true, true) if self.open > 0 => self.open -= 1,
            (true, _) => self.open += 1,
            (false, true) => self.open = self.open.saturating_sub(1),
            (false, false) => {}
        }
        end
    }

    /// The end of the bare address that begins here: at white space or what stands in no address, without the marks and
    /// the punctuation behind it.
    fn address_end(&self, at: usize) -> Option<usize> {
        const BEGINNINGS: &[&str] = &["http://", "https://", "mailto:", "www."];
        let begins = |beginning: &&&str| {
            let found = self.text.get(at..at + beginning.len());
            found.is_some_and(|found| found.eq_ignore_ascii_case(beginning))
        };
        let beginning = BEGINNINGS.iter().find(begins)?;
        let is_in_word = |c: char| c.is_alphanumeric() && !is_east_asian_letter(c);
        if self.before(at).is_some_and(is_in_word) {
            return None;
        }
        Some(self.end_of_address(at).max(at + beginning.len()))
    }

    /// The end of an address that is written without its scheme, `e.org/*a*` or `doi:10.1000/*a*`, and has marks in it.
    fn bare_host_end(&self, at: usize) -> Option<usize> {
        const DOI: &str = "doi:10.";
        // Any byte may be asked for, one inside a character as well.
        if !self.text.as_bytes()[at].is_ascii_alphanumeric() {
            return None;
        }
        let before = self.before(at);
        let begins = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“'));
        if !begins {
            return None;
        }
        let rest = &self.text[at..];
        let is_doi = rest
            .get(..DOI.len())
            .is_some_and(|own| own.eq_ignore_ascii_case(DOI));
        if !is_doi {
            let is_of_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
            let length = rest.find(|c| !is_of_host(c))?;
            let (domain, top) = rest[..length].rsplit_once('.')?;
            let is_top = top.len() > 1 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
            if !is_top || domain.is_empty() || !rest[length..].starts_with(['/', '?']) {
                return None;
            }
        }
        let end = self.end_of_address(at);
        self.text[at..end].contains(['*', '^', '~']).then_some(end)
    }

    /// Where an address ends that begins here.
    fn end_of_address(&self, at: usize) -> usize {
        let mut open = 0_usize;
        let rest = &self.text[at..];
        let end = rest.find(|c: char| match c {
            '(' => {
                open += 1;
                false
            }
            ')' if open == 0 => true,
            ')' => {
                open -= 1;
                false
            }
            _ if is_east_asian_mark(c) => true,
            // Addresses are seldom written in these letters, and text goes on behind an address without a space.
            _ if is_east_asian_letter(c) => true,
            _ => c.is_whitespace() || "<>\"[]\\—–…“”„«»‘’".contains(c),
        });
        let address = &rest[..end.unwrap_or(rest.len())];
        let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '~', '^', '\'']);
        at + address.len()
    }
}

fn digit(c: Option<char>) -> bool {
    c.is_some_and(char::is_numeric)
}

fn space(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

/// Whether a character is part of a word of the Latin, Greek or Cyrillic script, or a digit: there a word begins behind a
/// space. In other scripts words stand together, or prefixes are written on to them.
fn in_word(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        let spaced =
            matches!(c, '\0'..='\u{52f}' | '\u{1e00}'..='\u{1fff}' | '\u{2c60}'..='\u{2c7f}');
        c.is_numeric() || (spaced && c.is_alphabetic())
    })
}

/// The end of the note that begins at a `[`.
fn note_end(text: &str, at: usize) -> Option<usize> {
    let name = text[at + 1..].strip_prefix('^')?;
    let length = name.find(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '^' | '\\'))?;
    (length > 0 && name[length..].starts_with(']')).then_some(at + 2 + length + 1)
}

/// The end of the super- or subscript that begins at a `^` or `~`, as far as its own characters say.
fn script_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let delimiter = bytes[at];
    if run(bytes, at) > 1 {
        return None;
    }
    let (mut brackets, mut parentheses) = (0_usize, 0_usize);
    let mut chars = text[at + 1..].char_indices();
    while let Some((offset, c)) = chars.next() {
        let here = at + 1 + offset;
        match c {
            '\\' if is_escape(bytes, here) => {
                chars.next();
            }
            '[' => brackets += 1,
            '(' => parentheses += 1,
            ']' => brackets = brackets.checked_sub(1)?,
            ')' => parentheses = parentheses.checked_sub(1)?,
            // A no-break space may stand inside: it is asked for on purpose.
            c if c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}') => return None,
            // `[^` opens a note, also in superscript.
            '^' if delimiter == b'^' && bytes[here - 1] == b'[' => {
                let end = note_end(text, here - 1)?;
                while chars.as_str().len() > bytes.len() - end {
                    chars.next();
                }
                brackets = brackets.checked_sub(1)?;
            }
            c if c == char::from(delimiter) => {
                let closed = brackets == 0 && parentheses == 0 && run(bytes, here) == 1;
                return closed.then_some(here + 1);
            }
            _ => {}
        }
    }
    None
}
