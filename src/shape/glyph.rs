//! Glyphs.

/// A glyph: eight bytes, since a book has millions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// Its id in the full face.
    pub id: u16,
    /// Its advance in design units of the face, kerning included, justification not.
    pub advance: i16,
    /// How many bytes of the text it stands for; 0 for the second and further glyphs of a cluster and for inserted hyphens.
    pub bytes: u16,
    /// What it is.
    pub kind: GlyphKind,
}

/// What a glyph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum GlyphKind {
    /// A glyph of the text. Characters that show nothing (U+00AD, U+200D) are space glyphs without an advance, and so are
    /// the second and further ones of several spaces.
    Text,
    /// A space between words, stretched with the line. At a line's end it has no width on the page.
    Space,
    /// A hyphen put in at the end of a line; stands for no character of the text.
    Hyphen,
    /// A box for a character that no face has; `bytes` covers the character.
    Missing,
}
