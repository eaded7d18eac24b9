//! Covers: composition and theme to a PNG image.
