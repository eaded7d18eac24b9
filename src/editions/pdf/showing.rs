//! The operation that shows text: strings of codes, and how far the pen goes back between them (ISO 32000-1, 9.4.3, TJ).

use std::fmt::Write;

/// Strings and distances as they are written, gathered until they are shown.
#[derive(Debug, Default)]
pub(super) struct Strings {
    written: String,
    open: Option<Form>,
}

/// How a string of codes is written (ISO 32000-1, 7.3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Its bytes as they are: two a code. Only codes whose bytes need no escape and are ASCII, as almost all are.
    Literal,
    /// Four digits a code.
    Hexadecimal,
}

impl Strings {
    /// Whether nothing was gathered.
    pub(super) fn is_empty(&self) -> bool {
        self.written.is_empty()
    }

    /// Adds a code.
    pub(super) fn code(&mut self, code: u16) {
        let bytes = code.to_be_bytes();
        let form = match bytes.is_ascii() {
            true => Form::Literal,
            false => Form::Hexadecimal,
        };
        if self.open != Some(form) {
            self.end();
            self.open = Some(form);
            self.begin(match form {
                Form::Literal => '(',
                Form::Hexadecimal => '<',
            });
        }
        match form {
            Form::Literal => self.written.extend(bytes.map(char::from)),
            Form::Hexadecimal => {
                let _ = write!(self.written, "{code:04X}");
            }
        }
    }

    /// Moves the pen back, in thousandths of the size.
    pub(super) fn back(&mut self, distance: i64) {
        self.end();
        let after_number = self.written.ends_with(|c: char| c.is_ascii_digit());
        self.begin(if after_number { ' ' } else { '[' });
        let _ = write!(self.written, "{distance}");
    }

    /// The whole operation; none where nothing was gathered.
    pub(super) fn shown(mut self) -> Option<String> {
        self.end();
        if self.written.is_empty() {
            return None;
        }
        self.written.push_str("] TJ");
        Some(self.written)
    }

    /// Begins the array with its first item, and each item with its own sign.
    fn begin(&mut self, sign: char) {
        if self.written.is_empty() {
            self.written.push('[');
        }
        if sign != '[' {
            self.written.push(sign);
        }
    }

    /// Ends the open string.
    fn end(&mut self) {
        match self.open.take() {
            Some(Form::Literal) => self.written.push(')'),
            Some(Form::Hexadecimal) => self.written.push('>'),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_written_as_briefly_as_they_can_be() {
        let mut strings = Strings::default();
        assert!(strings.is_empty());
        strings.back(-12);
        strings.back(7);
        strings.code(0x0141);
        strings.code(0x0242);
        strings.code(0x8001);
        strings.back(250);
        strings.code(0x0143);
        assert_eq!(
            strings.shown().as_deref(),
            Some("[-12 7(\u{1}A\u{2}B)<8001>250(\u{1}C)] TJ")
        );
        assert_eq!(Strings::default().shown(), None);
    }
}
