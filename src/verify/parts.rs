//! The parts of hypertext editions: sections with what they mean, and covers.

use super::difference::{Difference, Kind, quoted};
use super::pictures;
use super::places::stem;
use crate::compose::{Composition, SectionRole, canonical_line};
use crate::cover;
use crate::piece::Image;
use crate::read::{Contents, FileKind, SectionMark};
use crate::theme::Theme;

/// A section as editions call it.
#[derive(Debug, Clone)]
struct Part {
    name: String,
    meaning: &'static str,
    role: Option<&'static str>,
    /// What it is called where it has no heading.
    label: Option<&'static str>,
}

/// What parts an edition must have.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    sections: Vec<Part>,
    /// The picture of a cover, where it is the piece's own.
    cover: Option<Image>,
    /// What a cover says, under the theme and under those that are shipped.
    words: Vec<String>,
}

impl Parts {
    pub(super) fn of(composition: &Composition, theme: Option<&Theme>) -> Self {
        let sections = composition.sections.iter();
        // A house may put the summary into a box of its own.
        let sections = sections.filter(|section| section.role != SectionRole::Summary);
        let sections = sections.map(|section| {
            let row = section.role.row();
            Part {
                name: section.anchor.to_string(),
                meaning: row.meaning,
                role: row.aria,
                label: match &section.heading {
                    Some(_) => None,
                    None => Some(composition.unheaded(section.role)),
                },
            }
        });
        let own = composition.cover.as_ref();
        let mut words: Vec<String> = match own {
            Some((_, words)) => vec![canonical_line(words)],
            None => {
                let themes = theme.into_iter().chain(super::shipped::themes());
                let all = themes.map(|theme| cover::alt_text(composition, theme));
                all.map(|words| canonical_line(&words)).collect()
            }
        };
        words.dedup();
        Self {
            sections: sections.collect(),
            cover: own.map(|(image, _)| composition[*image].clone()),
            words,
        }
    }
}

/// Holds the parts of an edition of ours.
pub(super) fn hold(contents: &Contents, parts: &Parts, found: &mut Vec<Difference>) {
    let is_flowing = matches!(contents.kind, FileKind::Epub | FileKind::Html);
    if !is_flowing || contents.metadata.text_hash.is_none() {
        return;
    }
    sections(contents, parts, found);
    if contents.kind == FileKind::Epub {
        cover_of(contents, parts, found);
    }
}

fn sections(contents: &Contents, parts: &Parts, found: &mut Vec<Difference>) {
    let mut own: &[SectionMark] = &contents.paper.sections;
    // The summary that a house puts under the title block is none of the text, and may take a name of it.
    let is_summary = |own: &SectionMark| {
        own.meaning.as_deref() == Some("abstract") || own.role.as_deref() == Some("doc-abstract")
    };
    if let [first, rest @ ..] = own
        && own.len() > parts.sections.len()
        && is_summary(first)
    {
        own = rest;
    }
    let mut say = |place: &str, message: String| {
        found.push(Difference {
            kind: Kind::Block,
            place: place.to_owned(),
            message,
        });
    };
    for (section, part) in own.iter().zip(&parts.sections) {
        // What a house puts above the text may take a name.
        if stem(&section.name) != stem(&part.name) {
            return say(
                &section.place,
                format!(
                    "the section `{}` stands where the source has `{}`",
                    section.name, part.name
                ),
            );
        }
        let is_right = section.role.as_deref() == part.role
            && (contents.kind == FileKind::Html
                || section.meaning.as_deref() == Some(part.meaning));
        if !is_right {
            let said = section.role.as_ref().or(section.meaning.as_ref());
            let said = said.map_or("nothing", String::as_str);
            say(
                &section.place,
                format!(
                    "the section `{}` means `{said}`, in the source `{}`",
                    section.name, part.meaning
                ),
            );
        }
    }
    for (section, part) in own.iter().zip(&parts.sections) {
        if section.label.as_deref() != part.label {
            let label = section.label.as_deref().unwrap_or_default();
            let message = format!("the section `{}` is called {}", section.name, quoted(label));
            say(&section.place, message);
        }
    }
    if own.len() != parts.sections.len() {
        let (has, should) = (own.len(), parts.sections.len());
        say(
            "the file",
            format!("it has {has} sections, the source {should}"),
        );
    }
}

fn cover_of(contents: &Contents, parts: &Parts, found: &mut Vec<Difference>) {
    let mut say = |kind: Kind, place: &str, message: String| {
        found.push(Difference {
            kind,
            place: place.to_owned(),
            message,
        });
    };
    let Some(own) = &contents.paper.cover else {
        return say(Kind::Picture, "the file", "it has no cover".to_owned());
    };
    let words = canonical_line(&own.words);
    if !parts.words.contains(&words) {
        say(
            Kind::Words,
            &own.place,
            format!(
                "its cover says {}, which the source does not",
                quoted(&words)
            ),
        );
    }
    let reason = match &parts.cover {
        Some(image) => pictures::other(image, &own.bytes),
        None => pictures::is_drawn(&own.bytes, cover::Size::Full.pixels()),
    };
    if let Some(reason) = reason {
        say(Kind::Picture, &own.place, format!("its cover: {reason}"));
    }
}
