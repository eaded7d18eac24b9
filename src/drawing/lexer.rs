//! Numbers and letters of attributes, as they follow each other: with signs, exponents and units, and with nothing between
//! them where none is needed (CSS Values 4, 5 and 6). What they mean is for [`super::numbers`].

/// A number with its unit.
pub(super) struct Number {
    pub(super) value: f64,
    pub(super) unit: Unit,
}

/// What a number counts.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Unit {
    /// So many pixels of CSS, or units of the drawing.
    Pixels(f64),
    /// Hundredths of something else.
    Percent,
    /// Letters, or halves of them.
    Letters,
}

pub(super) struct Lexer<'a> {
    rest: &'a [u8],
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            rest: text.as_bytes(),
        }
    }

    fn advance(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        let count = self
            .rest
            .iter()
            .take_while(|byte| is_skipped(**byte))
            .count();
        self.advance(count);
    }

    /// Skips what parts numbers.
    fn separators(&mut self) {
        self.skip(|byte| byte.is_ascii_whitespace() || byte == b',');
    }

    /// The number that comes next, where one does.
    fn number(&mut self) -> Option<f64> {
        let length = self.length();
        let text = std::str::from_utf8(self.rest.get(..length)?).ok()?;
        let value = text.parse().ok()?;
        self.advance(length);
        Some(value)
    }

    /// How many bytes of what comes next are one number.
    fn length(&self) -> usize {
        let byte = |at: usize| self.rest.get(at).copied().unwrap_or_default();
        let digits = |from: usize| (from..).take_while(|at| byte(*at).is_ascii_digit()).count();
        let sign = |at: usize| usize::from(matches!(byte(at), b'+' | b'-'));
        let mut length = sign(0);
        length += digits(length);
        if byte(length) == b'.' {
            length += 1;
            length += digits(length);
        }
        // `em` and `ex` are units.
        if matches!(byte(length), b'e' | b'E') {
            let signed = length + 1 + sign(length + 1);
            let exponent = digits(signed);
            if exponent > 0 {
                return signed + exponent;
            }
        }
        length
    }

    /// The next number wherever it stands, but for those in names, colours and addresses.
    pub(super) fn next_measure(&mut self) -> Option<Number> {
        loop {
            self.separators();
            let first = *self.rest.first()?;
            let is_name = |byte: u8| {
                byte.is_ascii_alphanumeric()
                    || matches!(byte, b'_' | b'-' | b'#')
                    || !byte.is_ascii()
            };
            if self.rest.starts_with(b"url(") {
                self.skip(|byte| byte != b')');
            } else if is_name(first) && !first.is_ascii_digit() && first != b'-' {
                self.skip(is_name);
            } else if let Some(value) = self.number() {
                let unit = self.unit();
                return Some(Number { value, unit });
            } else {
                self.advance(1);
            }
        }
    }

    fn unit(&mut self) -> Unit {
        const UNITS: [(&[u8], Unit); 9] = [
            (b"%", Unit::Percent),
            (b"em", Unit::Letters),
            (b"ex", Unit::Letters),
            (b"px", Unit::Pixels(1.0)),
            (b"in", Unit::Pixels(96.0)),
            (b"cm", Unit::Pixels(96.0 / 2.54)),
            (b"mm", Unit::Pixels(96.0 / 25.4)),
            (b"pt", Unit::Pixels(96.0 / 72.0)),
            (b"pc", Unit::Pixels(16.0)),
        ];
        let mut units = UNITS.iter();
        match units.find(|(name, _)| self.rest.starts_with(name)) {
            Some((name, unit)) => {
                self.advance(name.len());
                *unit
            }
            None => Unit::Pixels(1.0),
        }
    }
}
