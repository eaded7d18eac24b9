//! Pictures of an edition: new ones, others in the place of one, their alternative texts, captions and credits.

use super::super::document::{self, Comment, Picture, Role};
use super::super::into::{line_end, line_start};
use super::unit::{Unit, What};
use super::{Desk, scalar, short};
use crate::diagnostic::{Edit, FieldPath};
use crate::load::{Standing, read_image, standing};
use crate::piece::ascii_words;
use crate::yaml::writer::{Context, Writer, inline};

/// So many files of one name are tried.
const MOST: usize = 1000;

/// The longest name of a picture that its words give.
const LONGEST: usize = 40;

impl Desk<'_> {
    /// A picture that is another now, or says something else to those who do not see it.
    pub(super) fn change_picture(&mut self, a: usize, b: usize) {
        let (current, edited) = (self.current, self.edited);
        let (old, new) = (&current.units[a], &edited.units[b]);
        let is_other = old.seen != new.seen && !self.kept_pictures.contains(&b);
        if is_other {
            self.replace_picture(old, new);
        }
        match new.line.is_empty() {
            true => self.tell(
                &new.place,
                format!(
                    "the alternative text of a picture is gone in the edition, and stays in the source: “{}”",
                    short(&old.line)
                ),
            ),
            false if new.line != old.line => self.change_text(old, new),
            false if is_other => self.tell(
                &new.place,
                format!(
                    "the picture is another; see whether its alternative text is right still: “{}”",
                    short(&old.line)
                ),
            ),
            false => {}
        }
    }

    fn replace_picture(&mut self, old: &Unit, new: &Unit) {
        let Some(field) = old.origin.parent().map(|figure| figure.key("image")) else {
            return;
        };
        let (Some(path), Some(place)) = (
            self.values.get(&field).cloned(),
            self.loaded.source.places.get(&field).cloned(),
        ) else {
            return;
        };
        if let Some(other) = self.path_of(new, Some(&path))
            && let Some(edit) = scalar::edit(&self.loaded.source.text, &place, &path, &other)
        {
            self.push(edit);
        }
    }

    /// A picture that is new, as a block; one that says nothing to those who do not see it becomes a question, since no piece can
    /// have it so.
    pub(super) fn new_picture(&mut self, unit: &Unit) -> Option<document::Block> {
        let path = self.path_of(unit, None)?;
        let mut paragraph = unit.paragraph.clone();
        if unit.line.is_empty() {
            let question = format!(
                "A picture is new here that has no alternative text: {path}. Say in words what it shows, and put it in as a `figure`."
            );
            // An earlier run may have asked it.
            if self.is_said(&question) {
                return None;
            }
            self.tell(
                &unit.place,
                format!(
                    "the new picture {path} has no alternative text; a `query` stands in its place"
                ),
            );
            paragraph.pictures.clear();
            paragraph.comments.push(Comment {
                text: question,
                ..Comment::default()
            });
        }
        Some(document::Block::Paragraph(paragraph))
    }

    /// The path of a picture of the edition: that of the source which looks like it, or that of a new file. `beside` is the one whose
    /// place it takes.
    fn path_of(&mut self, unit: &Unit, beside: Option<&str>) -> Option<String> {
        let index = unit
            .paragraph
            .pictures
            .first()
            .and_then(|picture: &Picture| picture.media);
        let Some(index) = index else {
            self.tell(
                &unit.place,
                "a picture of the edition cannot be found; put it in by hand",
            );
            return None;
        };
        if let Some(path) = self.paths.get(&index) {
            return Some(path.clone());
        }
        let same = self.current.units.iter().find(|own| own.seen == unit.seen);
        let field = same.and_then(|own| Some(own.origin.parent()?.key("image")));
        let path = match field.and_then(|field| self.values.get(&field)) {
            Some(path) => path.clone(),
            None => self.new_file(unit, index, beside)?,
        };
        self.paths.insert(index, path.clone());
        Some(path)
    }

    /// The path of a picture that is to be written.
    fn new_file(&mut self, unit: &Unit, index: usize, beside: Option<&str>) -> Option<String> {
        let media = self.document.pictures.get(index)?;
        let problem = match media.is_shown {
            false => Some("it is in a format that editions cannot show; save it as PNG".to_owned()),
            true => read_image(&media.bytes)
                .err()
                .map(|problem| problem.message),
        };
        if let Some(problem) = problem {
            let message = format!("the picture `{}` is not taken over, {problem}", media.name);
            self.tell(&unit.place, message);
            return None;
        }
        let (own, ending) = media.name.rsplit_once('.').unwrap_or((&media.name, "png"));
        let stem = |path: &str| {
            path.rsplit_once('.')
                .map_or(path, |(stem, _)| stem)
                .to_owned()
        };
        let folder = |path: &str| {
            path.rsplit_once('/')
                .map_or(String::new(), |(at, _)| format!("{at}/"))
        };
        let words = ascii_words(&unit.line, LONGEST);
        let begin = match beside {
            Some(beside) => stem(beside),
            None => {
                let first = self.loaded.files.first().map(|file| folder(&file.path));
                let name = self.request.path.file_stem().unwrap_or_default();
                let folder = first.unwrap_or_else(|| format!("media/{}/", name.to_string_lossy()));
                let name = if words.is_empty() { own } else { &words };
                format!("{folder}{name}")
            }
        };
        let path = (1..MOST).find_map(|number| {
            let path = match number {
                1 => format!("{begin}.{ending}"),
                number => format!("{begin}-{number}.{ending}"),
            };
            match (self.pending.get(&path), standing(self.request.path, &path)) {
                (Some(bytes), _) => (*bytes == media.bytes).then_some(path),
                (None, Standing::File(bytes)) => (bytes == media.bytes).then_some(path),
                (None, Standing::Nothing) => Some(path),
                (None, Standing::Other) => None,
            }
        })?;
        if matches!(standing(self.request.path, &path), Standing::Nothing) {
            self.pending.insert(path.clone(), media.bytes.clone());
        }
        Some(path)
    }

    /// Captions and credits that are new under a picture which stands there; gives how many of the new units they are.
    pub(super) fn add_captions(&mut self, behind: usize, new: &[usize]) -> usize {
        let current = self.current;
        let origin = &current.units[behind].origin;
        let figure = origin
            .parent()
            .filter(|above| above.as_str().ends_with(".figure"));
        let Some(figure) = figure else { return 0 };
        let mut lines = String::new();
        let mut taken = 0;
        for b in new {
            let unit = &self.edited.units[*b];
            let key = match unit.role {
                Role::Caption => "caption",
                Role::Credit => "credit",
                _ => break,
            };
            let path = figure.key(key);
            if unit.what != What::Text || self.values.contains_key(&path) {
                break;
            }
            let Some(line) = self.key_line(&figure, key, unit) else {
                break;
            };
            lines += &line;
            taken += 1;
        }
        if let Some(place) = self.loaded.source.places.get(origin).filter(|_| taken > 0) {
            let is_in_brackets = self.is_in_brackets(&figure);
            let text = &self.loaded.source.text;
            let at = match is_in_brackets {
                true => place.span.end,
                false => line_end(text, place.span.end),
            };
            self.push(Edit::new(at..at, lines));
        }
        taken
    }

    /// A key that is new in a mapping, as it is put behind another of it; none where the mapping cannot be found.
    fn key_line(&self, mapping: &FieldPath, key: &str, unit: &Unit) -> Option<String> {
        let text = match key {
            "credit" => unit.line.clone(),
            _ => self.marked(&unit.spans),
        };
        if self.is_in_brackets(mapping) {
            return Some(format!(", {key}: {}", inline(&text, Context::Flow)));
        }
        let start = self.loaded.source.places.get(mapping)?.span.start;
        let column = start - line_start(&self.loaded.source.text, start);
        let mut writer = Writer::default();
        writer.text(column, &format!("{key}: "), &text, column + 2);
        Some(format!("\n{}", writer.finish().trim_end()))
    }

    /// Whether a mapping is written in brackets.
    fn is_in_brackets(&self, mapping: &FieldPath) -> bool {
        let source = &self.loaded.source;
        let place = source.places.get(mapping);
        place.is_some_and(|place| source.text[place.span.clone()].starts_with('{'))
    }
}
