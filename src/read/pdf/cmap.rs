//! CMaps: the tokens that lead from codes to characters, and to the numbers of glyphs (ISO 32000-1, 9.7.5 and 9.10.3).

/// A part of a CMap that matters.
pub(super) enum Token<'a> {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(&'a [u8]),
}

/// The tokens of a CMap that matter.
pub(super) struct Tokens<'a>(pub(super) &'a [u8]);

impl<'a> Tokens<'a> {
    pub(super) fn next_token(&mut self) -> Option<Token<'a>> {
        loop {
            let start = self.0.iter().position(|byte| !byte.is_ascii_whitespace())?;
            self.0 = &self.0[start..];
            match self.0[0] {
                b'%' => self.skip(|byte| byte == b'\n' || byte == b'\r'),
                b'<' if self.0.get(1) != Some(&b'<') => {
                    let end = self.0.iter().position(|byte| *byte == b'>')?;
                    let digits = &self.0[1..end];
                    self.0 = &self.0[end + 1..];
                    return Some(Token::Hex(bytes(digits)));
                }
                b'[' | b']' => {
                    let token = if self.0[0] == b'[' {
                        Token::Open
                    } else {
                        Token::Close
                    };
                    self.0 = &self.0[1..];
                    return Some(token);
                }
                _ => {
                    let stop = |byte: &u8| byte.is_ascii_whitespace() || b"<[]".contains(byte);
                    let end = self.0.iter().skip(1).position(stop);
                    let end = end.map_or(self.0.len(), |end| end + 1);
                    let (word, rest) = self.0.split_at(end);
                    self.0 = rest;
                    return Some(Token::Word(word));
                }
            }
        }
    }

    fn skip(&mut self, until: impl Fn(u8) -> bool) {
        let end = self
            .0
            .iter()
            .position(|byte| until(*byte))
            .unwrap_or(self.0.len());
        self.0 = &self.0[end..];
    }
}

fn bytes(digits: &[u8]) -> Vec<u8> {
    let values = digits
        .iter()
        .filter_map(|digit| char::from(*digit).to_digit(16));
    let values: Vec<u8> = values
        .filter_map(|value| u8::try_from(value).ok())
        .collect();
    let pairs = values.chunks(2);
    pairs
        .map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0))
        .collect()
}

pub(super) fn number(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}
