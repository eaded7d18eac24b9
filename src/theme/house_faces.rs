//! The faces that a theme brings along: its files, read once, and what may carry them.

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value as Schema, json};

use super::value::{Value, Values};
use super::{Family, Theme};
use crate::diagnostic::{Code, Diagnostic, FieldPath, SourceText, nearest};
use crate::fonts::{
    Claim, FamilyRecord, FontFile, Generic, Han, Hand, MAX_BYTES, OwnFace, Purpose, STYLES, Use,
    Uses, Withheld,
};
use crate::store::read_plain;

/// The roles of families: what a theme file calls each, and its place in the theme.
const ROLES: [(&str, Place); 3] = [
    ("text", |theme| &mut theme.faces.text),
    ("headings", |theme| &mut theme.faces.headings),
    ("apparatus", |theme| &mut theme.faces.apparatus),
];

type Place = fn(&mut Theme) -> &mut Family;

/// The keys of a family's files, in the order of [`STYLES`]; either of two names.
const STYLE_KEYS: [(&str, &str); 4] = [
    ("regular", "regular"),
    ("italic", "italic"),
    ("semibold", "bold"),
    ("semibold-italic", "bold-italic"),
];

/// Adds the keys of faces to the schema of a theme's file.
pub(super) fn schema() -> Schema {
    let text = || json!({ "type": "string", "minLength": 1 });
    let file = json!({ "anyOf": [
        text(),
        { "type": "object", "additionalProperties": false, "required": ["file"], "properties": {
            "file": { "type": "string", "minLength": 1, "description": "The font file." },
            "index": { "type": "integer", "format": "uint32" },
        } },
    ] });
    let uses = json!({ "type": "array", "items": text() });
    let mut family = serde_json::Map::new();
    for (name, other) in STYLE_KEYS {
        family.insert(name.to_owned(), file.clone());
        family.insert(other.to_owned(), file.clone());
    }
    family.insert("use".to_owned(), uses.clone());
    family.insert("licence".to_owned(), text());
    let family = json!({ "anyOf": [
        text(),
        { "type": "object", "additionalProperties": false, "properties": family },
    ] });
    let fallback = json!({ "anyOf": [
        text(),
        { "type": "object", "additionalProperties": false, "required": ["file"], "properties": {
            "file": { "type": "string", "minLength": 1, "description": "The font file." },
            "index": { "type": "integer", "format": "uint32" },
            "use": uses,
            "licence": text(),
        } },
    ] });
    let mut keys = serde_json::Map::new();
    for (role, _) in ROLES {
        keys.insert(role.to_owned(), family.clone());
    }
    keys.insert("han".to_owned(), text());
    keys.insert("urdu".to_owned(), text());
    keys.insert(
        "fallback".to_owned(),
        json!({ "type": "array", "items": fallback }),
    );
    json!({ "type": "object", "additionalProperties": false, "properties": keys })
}

/// Reads the faces of a theme's file: sets its families, and adds its faces to those of the theme.
pub(super) fn read(
    theme: &mut Theme,
    values: &Values,
    source: &SourceText,
    problems: &mut Vec<Diagnostic>,
) {
    let folder = source.path.parent().unwrap_or(Path::new("")).to_owned();
    let mut reader = Reader {
        values,
        source,
        folder,
        files: BTreeMap::new(),
        problems,
    };
    let mut named = Vec::new();
    for (index, (role, place)) in ROLES.into_iter().enumerate() {
        let path = format!("faces.{role}");
        match values.get(&path) {
            Some(value) => named.push((role, place, value)),
            None if reader.has_below(&path) => {
                if let Some(family) = reader.family(theme, index, &path) {
                    *place(theme) = family;
                }
            }
            None => {}
        }
    }
    // Last, since a role may be named that brings its own files.
    for (role, place, value) in named {
        match reader.named(theme, role, value) {
            Ok(family) => *place(theme) = family,
            Err(problem) => reader.problems.push(problem),
        }
    }
    reader.fallbacks(theme);
    if let Some(han) = reader.choice("faces.han", "forms of ideographs", &Han::ALL) {
        Arc::make_mut(&mut theme.fonts).han = han;
    }
    if let Some(urdu) = reader.choice("faces.urdu", "hand of Urdu", &Hand::ALL) {
        Arc::make_mut(&mut theme.fonts).urdu = urdu;
    }
}

struct Reader<'a> {
    values: &'a Values,
    source: &'a SourceText,
    folder: PathBuf,
    /// Each file is read once, however many faces come from it.
    files: BTreeMap<String, Option<FontFile>>,
    problems: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn has_below(&self, path: &str) -> bool {
        let within = |key: &String| {
            let rest = key.strip_prefix(path);
            rest.is_some_and(|rest| rest.starts_with(['.', '[']))
        };
        let from = self.values.range(path.to_owned()..);
        let mut near = from.take_while(|(key, _)| key.starts_with(path));
        near.any(|(key, _)| within(key))
    }

    fn at(&self, path: &str) -> Option<std::ops::Range<usize>> {
        let keys = path.split('.');
        let path = keys.fold(FieldPath::root(), |path, key| match key.split_once('[') {
            Some((key, index)) => {
                let index = index.trim_end_matches(']').parse().unwrap_or(0);
                path.key(key).index(index)
            }
            None => path.key(key),
        });
        self.source.place(&path)
    }

    /// The family that a role names: an embedded one, or that of another role.
    fn named(&self, theme: &mut Theme, role: &str, value: &Value) -> Result<Family, Diagnostic> {
        let text = value.text.as_str();
        if let Some(family) = Family::named(text) {
            return Ok(family);
        }
        let other = ROLES.iter().find(|(other, _)| *other == text);
        if let Some((other, place)) = other.filter(|(other, _)| *other != role) {
            // What it names in turn would have to be followed, perhaps in a circle.
            return match self.values.get(&format!("faces.{other}")) {
                Some(named) if Family::named(&named.text).is_none() => Err(Diagnostic::error(
                    Code::ThemeValue,
                    format!("`{other}` has no family of its own either"),
                )
                .at(Some(value.span.clone()))
                .hint("name a family, or one of its roles that brings its files")),
                _ => Ok(*place(theme)),
            };
        }
        let names = Family::EMBEDDED.iter().map(|(name, _)| *name);
        let problem = Diagnostic::error(Code::ThemeValue, format!("there is no family `{text}`"))
            .at(Some(value.span.clone()));
        let is_file = text.contains(['/', '.']);
        Err(if is_file {
            problem.hint(format!(
                "a family of your own has a file for each style: `{role}: {{regular: …, italic: …, bold: …, bold-italic: …}}`"
            ))
        } else {
            match nearest(text, names.clone()) {
                Some(near) => problem.hint(format!("did you mean `{near}`?")),
                None => {
                    let names: Vec<&str> = names.collect();
                    problem.hint(format!("the embedded families are {}", names.join(" and ")))
                }
            }
        })
    }

    /// A family of four files.
    fn family(&mut self, theme: &mut Theme, index: usize, path: &str) -> Option<Family> {
        let claim = self.claim(path);
        let licence = self.licence(path);
        let mut faces = Vec::new();
        let mut missing = Vec::new();
        for ((name, other), (weight, slant)) in STYLE_KEYS.into_iter().zip(STYLES) {
            let both = [name, other].map(|key| format!("{path}.{key}"));
            let given: Vec<&String> = both.iter().filter(|key| self.is_given(key)).collect();
            match given.as_slice() {
                [] => missing.push(if name == other {
                    format!("`{name}`")
                } else {
                    format!("`{name}` or `{other}`")
                }),
                [key, rest @ ..] => {
                    if let ([again], true) = (rest, name != other) {
                        let message = format!("`{name}` and `{other}` are two names of one style");
                        self.problems.push(
                            Diagnostic::error(Code::Face, message)
                                .at(self.at(again))
                                .hint("keep one of them"),
                        );
                    }
                    faces.push(self.face(key, Purpose::Style(weight, slant)));
                }
            }
        }
        if !missing.is_empty() {
            let message = format!("the family has no {}", missing.join(", no "));
            let hint = "a family has four styles; where the house does without one, give the file of another a second time";
            let problem = Diagnostic::error(Code::Face, message).at(self.at(path));
            self.problems.push(problem.hint(hint));
            return None;
        }
        let faces: Vec<OwnFace> = faces.into_iter().collect::<Option<_>>()?;
        let (uses, withheld) = shared_uses(&faces, claim);
        self.withheld(path, &faces[0].family, &withheld);
        self.must(path, uses);
        let record = record(ROLES[index].0, &faces[0], uses, licence);
        let mut faces = faces.into_iter().map(|own| own.face.used_for(uses));
        let mut next = || faces.next();
        let four = [next()?, next()?, next()?, next()?];
        Some(Arc::make_mut(&mut theme.fonts).add_family(record, four))
    }

    /// One of a few values that have names.
    fn choice<T: Copy>(&mut self, path: &str, what: &str, all: &[(&'static str, T)]) -> Option<T> {
        let value = self.values.get(path)?;
        if let Some((_, found)) = all.iter().find(|(name, _)| *name == value.text) {
            return Some(*found);
        }
        let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
        let message = format!("`{}` is no {what}", value.text);
        let problem = Diagnostic::error(Code::ThemeValue, message).at(Some(value.span.clone()));
        self.problems
            .push(match nearest(&value.text, names.iter().copied()) {
                Some(near) => problem.hint(format!("did you mean `{near}`?")),
                None => problem.hint(format!("one of {}", names.join(", "))),
            });
        None
    }

    fn fallbacks(&mut self, theme: &mut Theme) {
        let mut index = 0;
        loop {
            let path = format!("faces.fallback[{index}]");
            if !self.is_given(&path) {
                return;
            }
            let claim = self.claim(&path);
            if let Some(own) = self.face(&path, Purpose::Fallback) {
                let (uses, withheld) = own.uses(claim);
                self.withheld(&path, &own.family, &withheld);
                self.must(&path, uses);
                let licence = self.licence(&path);
                Arc::make_mut(&mut theme.fonts).add_fallback(own, uses, licence);
            }
            index += 1;
        }
    }

    fn is_given(&self, path: &str) -> bool {
        self.values.contains_key(path) || self.has_below(path)
    }

    /// A face, by the path of its file's name or of a mapping with an index.
    fn face(&mut self, path: &str, purpose: Purpose) -> Option<OwnFace> {
        let of_mapping = format!("{path}.file");
        let value = self
            .values
            .get(path)
            .or_else(|| self.values.get(&of_mapping))?;
        let index = self.values.get(&format!("{path}.index"));
        let index = index.and_then(|value| value.text.parse().ok());
        let file = self.file(value)?;
        match file.open(index, purpose) {
            Ok(face) => Some(face),
            Err(error) => {
                let message = format!("`{}` cannot be used: {error}", value.text);
                let problem = Diagnostic::error(Code::Face, message);
                let problem = problem.at(Some(value.span.clone())).hint(error.hint());
                self.problems.push(problem);
                None
            }
        }
    }

    fn file(&mut self, value: &Value) -> Option<FontFile> {
        if let Some(read) = self.files.get(&value.text) {
            return read.clone();
        }
        let read = beside(&self.folder, value, MAX_BYTES, "a font file");
        let read = read.map_err(|problem| self.problems.push(problem)).ok();
        let file = read.map(FontFile::new);
        self.files.insert(value.text.clone(), file.clone());
        file
    }

    /// What the theme says that the licence allows.
    fn claim(&mut self, path: &str) -> Claim {
        let list = format!("{path}.use");
        if !self.source.places.keys().any(|key| key.as_str() == list) {
            return Claim::Nothing;
        }
        let mut uses = Uses::NONE;
        for index in 0.. {
            let Some(value) = self.values.get(&format!("{list}[{index}]")) else {
                break;
            };
            match Use::named(&value.text) {
                Some(of) => uses = uses.with(of),
                None => {
                    let names = Use::ALL.map(|(name, _)| name);
                    let problem = Diagnostic::error(
                        Code::ThemeValue,
                        format!("there is no use `{}` of a face", value.text),
                    );
                    let problem = problem.at(Some(value.span.clone()));
                    self.problems.push(match nearest(&value.text, names) {
                        Some(near) => problem.hint(format!("did you mean `{near}`?")),
                        None => problem.hint(format!("the uses are {}", names.join(", "))),
                    });
                }
            }
        }
        Claim::Allows(uses)
    }

    fn licence(&mut self, path: &str) -> Option<Arc<[u8]>> {
        let value = self.values.get(&format!("{path}.licence"))?;
        let read = beside(&self.folder, value, 1 << 20, "a licence");
        let read = read.map_err(|problem| self.problems.push(problem)).ok();
        read.map(Arc::from)
    }

    /// Tells what names the face and does not carry it.
    fn withheld(&mut self, path: &str, family: &str, withheld: &[Withheld]) {
        // The whole mapping is long: its first file stands for it.
        let regular = format!("{path}.regular");
        let place = if self.is_given(&regular) {
            &regular
        } else {
            path
        };
        for Withheld { from, reason } in withheld {
            let (edition, _) = Use::ALL[*from as usize];
            let message = format!("{family} is named in {edition} and not carried: {reason}");
            let problem = Diagnostic::warning(Code::FaceUse, message).at(self.at(place));
            self.problems.push(problem.hint(
                "say with `use: [pdf, docx, epub, web, cover]` what its licence allows, and leave out what it does not",
            ));
        }
    }

    /// A PDF edition holds every face that it shows, and a cover is drawn with them: no face is of use without these.
    fn must(&mut self, path: &str, uses: Uses) {
        for of in [Use::Pdf, Use::Cover] {
            if !uses.allow(of) {
                let (edition, _) = Use::ALL[of as usize];
                let message = format!("the face may not be used for `{edition}`");
                let problem = Diagnostic::error(Code::Face, message).at(self.at(path));
                self.problems.push(problem.hint(
                    "paper and covers are made with the faces of the theme: add `pdf` and `cover`, or use another face",
                ));
            }
        }
    }
}

/// What may carry all faces of a family, and what is withheld from any, each edition once.
fn shared_uses(faces: &[OwnFace], claim: Claim) -> (Uses, Vec<Withheld>) {
    let mut shared = Uses::ALL;
    let mut all: Vec<Withheld> = Vec::new();
    for face in faces {
        let (uses, withheld) = face.uses(claim);
        shared = shared.and(uses);
        for one in withheld {
            if !all.iter().any(|told| told.from == one.from) {
                all.push(one);
            }
        }
    }
    (shared, all)
}

/// What editions say of a family of one's own. A part of a face that is written out as a file is a modified version of it, and
/// bears no name that its maker may have reserved.
fn record(role: &str, regular: &OwnFace, uses: Uses, licence: Option<Arc<[u8]>>) -> FamilyRecord {
    let name = &regular.family;
    let capital = role[..1].to_uppercase();
    let (instead, rest) = match regular.generic {
        Generic::Serif => ("Georgia", "Georgia, serif"),
        Generic::Sans => ("Arial", "system-ui, sans-serif"),
    };
    FamilyRecord {
        installed: name.clone().into(),
        subset: format!("Flashpoint {capital}{}", &role[1..]).into(),
        file: format!("house-{role}").into(),
        generic: regular.generic,
        instead,
        stack: format!("\"{name}\", {rest}").into(),
        uses,
        licence,
    }
}

/// The bytes of a file beside the theme.
pub(super) fn beside(
    folder: &Path,
    value: &Value,
    most: u64,
    what: &str,
) -> Result<Vec<u8>, Diagnostic> {
    let wrong =
        |code, message: String| Diagnostic::error(code, message).at(Some(value.span.clone()));
    let path = Path::new(&value.text);
    let inside = path.components().all(|part| {
        matches!(
            part,
            Component::Normal(_) | Component::CurDir | Component::ParentDir
        )
    });
    if !inside {
        let message = format!("`{}` is no path beside the theme", value.text);
        return Err(wrong(Code::ThemeValue, message)
            .hint("copy the file into the theme's folder, and write its path from there"));
    }
    match read_plain(&folder.join(path), most) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            let message = format!("`{}` is larger than {} MiB", value.text, most >> 20);
            Err(wrong(Code::FileTooLarge, message).hint(format!("is this {what}?")))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let message = format!("there is no file `{}`", value.text);
            let hint = format!("it is looked for in the theme's folder, {}", shown(folder));
            Err(wrong(Code::MissingFile, message).hint(hint))
        }
        Err(error) => {
            let message = format!("`{}` cannot be read: {error}", value.text);
            Err(wrong(Code::UnreadableFile, message).hint(format!("give {what}")))
        }
    }
}

fn shown(folder: &Path) -> String {
    if folder.as_os_str().is_empty() {
        "this one".to_owned()
    } else {
        folder.display().to_string()
    }
}
