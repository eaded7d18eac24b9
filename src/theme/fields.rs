//! Fields of a theme's file as data: what each is called, what it may be, and where its value goes.

use serde_json::{Value as Schema, json};

use super::value::Value;
use super::{Colour, Em, Pt};
use crate::diagnostic::{Code, Diagnostic, nearest};

/// A field of a theme, or of one of its parts.
pub(super) struct Field<T: 'static> {
    /// Its path in the file, or below its part's.
    pub(super) path: &'static str,
    /// What it is for, in a sentence.
    pub(super) about: &'static str,
    pub(super) slot: Slot<T>,
}

/// What a field's value may be, and where it goes.
pub(super) enum Slot<T: 'static> {
    /// Words, not blank.
    Words(fn(&mut T, String)),
    Colour(fn(&mut T, Colour)),
    /// A length with its range in points.
    Length {
        set: fn(&mut T, Pt),
        least: f32,
        most: f32,
    },
    /// A share of the size of type, with its range.
    Em {
        set: fn(&mut T, Em),
        least: f32,
        most: f32,
    },
    /// One of some words; its index is set.
    Choice {
        set: fn(&mut T, usize),
        names: &'static [&'static str],
    },
    /// Anything else that one word or line can say: what it is, and how it is read.
    Special {
        read: fn(&mut T, &str) -> Result<(), Refused>,
        form: &'static str,
    },
}

/// Why a value is none that its field can have, and the way out.
pub(super) struct Refused {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) hint: String,
}

impl Refused {
    /// A value that its field cannot have.
    pub(super) fn value(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            code: Code::ThemeValue,
            message: message.into(),
            hint: hint.into(),
        }
    }
}

/// On or off, for [`Slot::Choice`]: on is the first.
pub(super) const SWITCH: &[&str] = &["on", "off"];

impl<T> Field<T> {
    /// Sets the field; `path` is the whole one.
    pub(super) fn set(&self, target: &mut T, path: &str, value: &Value) -> Result<(), Diagnostic> {
        let place = |refused: Refused| {
            let problem = Diagnostic::error(refused.code, refused.message);
            problem.at(Some(value.span.clone())).hint(refused.hint)
        };
        self.slot.set(target, path, &value.text).map_err(place)
    }

    /// The JSON Schema of its value.
    pub(super) fn schema(&self) -> Schema {
        let mut schema = self.slot.schema();
        schema["description"] = match self.slot {
            Slot::Special { form, .. } => format!("{} It is {form}.", self.about).into(),
            _ => self.about.into(),
        };
        schema
    }
}

impl<T> Slot<T> {
    fn set(&self, target: &mut T, path: &str, text: &str) -> Result<(), Refused> {
        match self {
            Self::Words(set) => {
                if text.trim().is_empty() {
                    let message = format!("`{path}` is empty");
                    return Err(Refused::value(
                        message,
                        "write the words, or leave the key out",
                    ));
                }
                set(target, text.to_owned());
            }
            Self::Colour(set) => set(target, colour(text)?),
            Self::Length { set, least, most } => {
                let length = Pt::parse(text).ok_or_else(|| Refused {
                    code: Code::ThemeUnit,
                    message: format!("`{text}` is not a length"),
                    hint: "a number and its unit without a space, for example 11pt; mm, cm and in are units too".to_owned(),
                })?;
                if !(*least..=*most).contains(&length.0) {
                    return Err(out_of_range(
                        text,
                        path,
                        &format!("from {least}pt to {most}pt"),
                    ));
                }
                set(target, length);
            }
            Self::Em { set, least, most } => {
                let share = Em::parse(text).ok_or_else(|| Refused {
                    code: Code::ThemeUnit,
                    message: format!("`{text}` is not a share of the size of type"),
                    hint: "a number and em without a space, for example 0.05em".to_owned(),
                })?;
                if !(*least..=*most).contains(&share.0) {
                    return Err(out_of_range(
                        text,
                        path,
                        &format!("from {least}em to {most}em"),
                    ));
                }
                set(target, share);
            }
            Self::Choice { set, names } => set(target, choice(names, path, text)?),
            Self::Special { read, .. } => read(target, text)?,
        }
        Ok(())
    }

    fn schema(&self) -> Schema {
        // Numbers and truth values are taken in, so that what is wrong with them is said in the field's own words.
        let scalar = json!({ "type": ["string", "integer", "number", "boolean"], "minLength": 1 });
        let with = |key: &str, value: Schema| {
            let mut schema = scalar.clone();
            schema[key] = value;
            schema
        };
        match self {
            Self::Words(_) => scalar,
            Self::Colour(_) => with("pattern", "^#[0-9A-Fa-f]{6}$".into()),
            Self::Length { .. } => with("pattern", "^-?[0-9.]+(pt|mm|cm|in)$".into()),
            Self::Em { .. } => with("pattern", "^-?[0-9.]+em$".into()),
            Self::Choice { names, .. } => {
                let names = names.iter().map(|name| Schema::from(*name));
                // YAML's other words for on and off.
                let truths = [true, false].map(Schema::from);
                let truths = truths.into_iter().filter(|_| self.is_switch());
                with("enum", names.chain(truths).collect())
            }
            Self::Special { .. } => scalar,
        }
    }

    fn is_switch(&self) -> bool {
        matches!(self, Self::Choice { names, .. } if *names == SWITCH)
    }
}

fn out_of_range(text: &str, path: &str, range: &str) -> Refused {
    Refused {
        code: Code::ThemeRange,
        message: format!("{text} is out of range for `{path}`"),
        hint: range.to_owned(),
    }
}

/// Reads a colour.
pub(super) fn colour(text: &str) -> Result<Colour, Refused> {
    Colour::parse(text).ok_or_else(|| {
        Refused::value(
            format!("`{text}` is not a colour"),
            "six hexadecimal digits in quotes, for example \"#1A2B3C\"",
        )
    })
}

/// Reads one of some words.
pub(super) fn choice(names: &[&str], path: &str, text: &str) -> Result<usize, Refused> {
    let text = match text {
        "true" | "yes" if names == SWITCH => "on",
        "false" | "no" if names == SWITCH => "off",
        text => text,
    };
    names.iter().position(|name| *name == text).ok_or_else(|| {
        let hint = match nearest(text, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is {}", names.join(" or ")),
        };
        Refused::value(format!("`{path}` cannot be `{text}`"), hint)
    })
}
