//! Soundness: rules of its format that a file breaks, as far as reading meets them.

mod container;
mod contents;
mod epub;
mod faults;
mod forms;
mod navigation;
mod needed;
mod nesting;
mod opf;
mod vocabulary;
mod word;
mod word_direct;
mod word_fields;
mod word_looks;
mod word_numbering;
mod word_order;
mod word_package;
mod word_parts;
mod word_settings;
mod word_styles;
mod word_text;
mod word_types;

pub(super) use self::contents::Book;
pub(super) use self::epub::epub;
pub use self::faults::Fault;
pub(super) use self::faults::Faults;
pub(super) use self::forms::forms;
pub(super) use self::nesting::nesting;
pub(super) use self::vocabulary::hypertext;
pub(super) use self::word::docx;

/// The first words of a text, as messages quote them.
fn beginning(text: &str) -> String {
    const MOST: usize = 8;
    let words: Vec<&str> = text.split_whitespace().take(MOST).collect();
    format!("“{}”", words.join(" "))
}
