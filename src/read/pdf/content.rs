//! The text of pages: by marked-content identifier, and as it is drawn.

mod objects;
mod pairs;
mod rules;
mod words;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use hayro_syntax::Pdf;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{
    self, Array, Dict, Name, Number, Object, ObjectIdentifier, Rect, Stream,
};
use hayro_syntax::page::Resources;

use objects::OpenObjects;
use pairs::Pairs;

use super::budget::{Budget, OPERATION};
use super::drawn::Draughts;
use super::font::Font;
use super::forms;
use super::pictures::{Files, ShownPicture};
use super::sight::{PictureSight, Sight, Stretch};
use super::strings;
use super::usual;
use crate::read::drawing::Drawing;
use crate::read::paper::{Beside, BesideKind, DrawnLine, DrawnRule};

/// Form XObjects stand in each other at most so deep.
const DEEPEST: usize = 8;
/// A move back by more than this, in thousandths of the size, is a space to those who read without structure.
const SPACE: f64 = -180.0;

/// Text that is said and not seen, or seen and not said: the number of its page, its words, and why.
pub(super) type Unsaid = (usize, String, &'static str);

/// The text of all pages.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// By page and marked-content identifier.
    pub(super) marked: HashMap<(ObjectIdentifier, i64), String>,
    /// What marked content is called.
    pub(super) tags: HashMap<(ObjectIdentifier, i64), String>,
    /// Where the words of marked content stand on their page.
    pub(super) places: HashMap<(ObjectIdentifier, i64), Vec<Stretch>>,
    /// The number of each page, from 1.
    pub(super) numbers: HashMap<ObjectIdentifier, usize>,
    /// What is said and not seen, or seen and not said: the page's number, the text and why.
    pub(super) unseen: Vec<Unsaid>,
    /// All text of each page as it is drawn, that of artifacts left out.
    pub(super) loose: Vec<String>,
    /// Lines beside the text that do not stand on every page, with the number of theirs.
    pub(super) aside: Vec<(usize, String)>,
    /// The pages on which something is drawn outside all marked content.
    pub(super) painted: Vec<usize>,
    /// All words beside the text.
    pub(super) beside: Vec<Beside>,
    /// Which glyphs are drawn for which text.
    pub(super) drawing: Drawing,
    /// The pictures in marked content.
    pub(super) pictures: HashMap<(ObjectIdentifier, i64), Vec<ShownPicture>>,
    /// The pictures that no marked content of a tag holds, each with the number of its page.
    pub(super) loose_pictures: Vec<usize>,
    /// What is drawn in a way that none of our editions has, and the number of each page.
    pub(super) strange: Vec<(usize, usual::Odd)>,
    /// The rules that are drawn.
    pub(super) rules: Vec<DrawnRule>,
    /// The hyphens that are there for the eye alone.
    pub(super) hyphens: Vec<DrawnLine>,
}

impl Pages {
    /// Reads all pages; `off` are the layers that are not shown.
    pub(super) fn read(pdf: &Pdf, off: &HashSet<ObjectIdentifier>, budget: &Budget) -> Self {
        let mut pages = Self::default();
        let mut fonts = HashMap::new();
        let mut draughts = Draughts::default();
        let mut files = Files::default();
        let mut pairs = Pairs::default();
        for (index, page) in pdf.pages().iter().enumerate() {
            let id = page.raw().obj_id();
            if let Some(id) = id {
                pages.numbers.insert(id, index + 1);
            }
            let mut reader = Reader {
                budget,
                page: id,
                number: index + 1,
                draughts: &mut draughts,
                marked: &mut pages.marked,
                tags: &mut pages.tags,
                loose: String::new(),
                fonts: &mut fonts,
                open: Vec::new(),
                forms: HashSet::new(),
                off,
                sight: Sight::new(page.intersected_crop_box()),
                lies: Vec::new(),
                unmarked: String::new(),
                paints_unmarked: false,
                has_ground: false,
                aside: String::new(),
                beside: &mut pages.beside,
                files: &mut files,
                pictures: Vec::new(),
                strange: BTreeSet::new(),
                rules: &mut pages.rules,
                hyphens: &mut pages.hyphens,
                last: None,
                gap: None,
                pairs: &mut pairs,
            };
            let stream = content(page.raw(), budget);
            reader.stream(&stream, page.resources(), 0);
            reader.covers(page.raw());
            if reader.paints_unmarked {
                pages.painted.push(index + 1);
            }
            for (mark, mut picture) in std::mem::take(&mut reader.pictures) {
                reader.sight.judge(&mut picture.sight);
                match id.zip(mark) {
                    Some(place) => pages.pictures.entry(place).or_default().push(picture),
                    None => pages.loose_pictures.push(index + 1),
                }
            }
            let strange = std::mem::take(&mut reader.strange).into_iter();
            let of_files = std::mem::take(&mut reader.files.strange).into_iter();
            let strange = strange.chain(of_files.map(|what| (what, None)));
            pages.strange.extend(strange.map(|what| (index + 1, what)));
            let (loose, unmarked) = (reader.loose, reader.unmarked);
            let lines = reader
                .aside
                .lines()
                .map(|line| (index + 1, line.to_owned()));
            pages.aside.extend(lines);
            let lies = reader.lies.into_iter();
            let lies = lies.map(|text| (index + 1, text, REPLACED));
            pages.unseen.extend(lies);
            for (mark, stretch) in reader.sight.stretches() {
                if let Some(id) = id {
                    pages.places.entry((id, mark)).or_default().push(stretch);
                }
            }
            let unseen = reader.sight.unseen().into_iter();
            let unseen = unseen.map(|unseen| (index + 1, unseen.text, unseen.reason));
            pages.unseen.extend(unseen);
            if !unmarked.trim().is_empty() {
                pages.unseen.push((index + 1, unmarked, UNMARKED));
            }
            pages.loose.push(loose);
        }
        pages.drawing = draughts.finish();
        pages
    }
}

/// The content of a page: one stream, or some that go on in each other.
fn content(page: &Dict<'_>, budget: &Budget) -> Vec<u8> {
    let own = page.get::<Stream<'_>>("Contents");
    let parts = page.get::<Array<'_>>("Contents");
    let parts = parts.iter().flat_map(|parts| parts.iter::<Stream<'_>>());
    let mut content = Vec::new();
    for stream in own.into_iter().chain(parts) {
        let Some(part) = budget.decoded(&stream) else {
            continue;
        };
        content.extend_from_slice(&part);
        // A word ends where its stream does (ISO 32000-1, table 30).
        content.push(b' ');
    }
    content
}

/// Why a text that stands for another is not what is seen.
pub(super) const REPLACED: &str = "another text stands for what is drawn";
/// Why text of a tagged file is not said.
pub(super) const UNMARKED: &str = "no tag says it";

/// A sequence of marked content that is open.
struct Marked {
    /// Its identifier, where it has one.
    mcid: Option<i64>,
    /// What it is there for, where it is no part of the text.
    artifact: Option<BesideKind>,
    /// The text that stands for what is drawn, where there is one.
    actual: Option<String>,
    /// What is drawn.
    drawn: String,
    /// Whether it stands on a layer that is off.
    is_hidden: bool,
    /// Whether it is the ground of the first page.
    is_ground: bool,
}

struct Reader<'p> {
    budget: &'p Budget,
    page: Option<ObjectIdentifier>,
    /// The page's number, from 1.
    number: usize,
    draughts: &'p mut Draughts,
    marked: &'p mut HashMap<(ObjectIdentifier, i64), String>,
    tags: &'p mut HashMap<(ObjectIdentifier, i64), String>,
    loose: String,
    fonts: &'p mut HashMap<ObjectIdentifier, Rc<Font>>,
    open: Vec<Marked>,
    /// The forms that are being read: none is read inside itself.
    forms: HashSet<ObjectIdentifier>,
    off: &'p HashSet<ObjectIdentifier>,
    sight: Sight,
    /// Texts that stand for others.
    lies: Vec<String>,
    /// Text outside all marked content.
    unmarked: String,
    /// Whether something is drawn outside all marked content.
    paints_unmarked: bool,
    /// Whether the page has the ground that covers have.
    has_ground: bool,
    /// Text beside the text, a line each.
    aside: String,
    beside: &'p mut Vec<Beside>,
    files: &'p mut Files,
    /// The pictures of the page, each with the marked content that holds it.
    pictures: Vec<(Option<i64>, ShownPicture)>,
    /// What is drawn in a way that none of our editions has.
    strange: BTreeSet<usual::Odd>,
    rules: &'p mut Vec<DrawnRule>,
    hyphens: &'p mut Vec<DrawnLine>,
    /// The last letter that was shown, and how far the pen went back behind it, in thousandths of the size.
    last: Option<char>,
    gap: Option<f64>,
    /// The room between letters of the words of the file.
    pairs: &'p mut Pairs,
}

/// Whether an operation draws something that is no text.
fn paints(operation: &TypedInstruction<'_, '_>) -> bool {
    use TypedInstruction as Op;
    matches!(
        operation,
        Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillPathEvenOdd(_)
            | Op::FillAndStrokeNonZero(_)
            | Op::FillAndStrokeEvenOdd(_)
            | Op::CloseFillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeEvenOdd(_)
            | Op::StrokePath(_)
            | Op::CloseAndStrokePath(_)
            | Op::Shading(_)
            | Op::InlineImage(_)
            | Op::XObject(_)
    )
}

/// What an artifact is there for (ISO 32000-1, 14.8.2.2.2).
fn artifact(properties: Option<&Dict<'_>>) -> BesideKind {
    let name = |key: &str| {
        let name = properties?.get::<Name<'_>>(key)?;
        Some(name.as_str().to_owned())
    };
    match (name("Type").as_deref(), name("Subtype").as_deref()) {
        (Some("Pagination"), Some("Header")) => BesideKind::Head,
        (Some("Pagination"), Some("Footer")) => BesideKind::Foot,
        (Some("Pagination"), _) => BesideKind::Repeated,
        _ => BesideKind::Decoration,
    }
}

impl Reader<'_> {
    fn stream(&mut self, stream: &[u8], resources: &Resources<'_>, depth: usize) {
        let mut font = Rc::new(Font::default());
        let mut operations = TypedIter::new(stream);
        let from = self.open.len();
        let mut objects = OpenObjects::default();
        while let Some(operation) = operations.next() {
            if !self.budget.pay(OPERATION) {
                break;
            }
            if depth == 0 && matches!(operation, TypedInstruction::FillPathNonZero(_)) {
                self.rule();
            }
            self.sight.follow(&operation);
            self.odd(objects.follow(&operation, self.open.len()));
            if depth == 0 {
                let wrong = usual::operation(&operation);
                // The ground of a cover is an area.
                let is_ground = self.open.last().is_some_and(|marked| marked.is_ground)
                    && matches!(operation, TypedInstruction::RectPath(_));
                self.strange.extend(wrong.filter(|_| !is_ground));
            }
            if self.open.is_empty() && paints(&operation) {
                self.paints_unmarked = true;
            }
            match operation {
                TypedInstruction::BeginMarkedContent(begin) => {
                    self.begin(begin.0.as_str(), None);
                }
                TypedInstruction::BeginMarkedContentWithProperties(begin) => {
                    let properties = match begin.1 {
                        Object::Dict(properties) => Some(properties.clone()),
                        Object::Name(name) => resources.properties.get(name),
                        _ => None,
                    };
                    self.begin(begin.0.as_str(), properties.as_ref());
                }
                TypedInstruction::EndMarkedContent(_) if self.open.len() > from => self.end(),
                TypedInstruction::TextFont(named) => self.choose(named.0, resources, &mut font),
                TypedInstruction::SetGraphicsState(named) => {
                    if let Some(state) = resources.get_ext_g_state(named.0) {
                        self.sight.extend(&state);
                    }
                }
                TypedInstruction::ShowText(text) => self.show(text.0.as_bytes(), &font),
                TypedInstruction::NextLineAndShowText(text) => {
                    self.space();
                    self.show(text.0.as_bytes(), &font);
                }
                TypedInstruction::ShowTextWithParameters(text) => {
                    self.space();
                    self.show(text.2.as_bytes(), &font);
                }
                TypedInstruction::ShowTexts(texts) => self.show_all(texts.0, &font),
                TypedInstruction::NextLine(_)
                | TypedInstruction::NextLineAndSetLeading(_)
                | TypedInstruction::NextLineUsingLeading(_)
                | TypedInstruction::SetTextMatrix(_)
                | TypedInstruction::BeginText(_) => self.space(),
                TypedInstruction::XObject(named) if depth < DEEPEST => {
                    self.form(named.0, resources, depth);
                }
                _ => {}
            }
        }
        self.odd(objects.end());
        while self.open.len() > from {
            self.end();
        }
        self.draughts.pause();
    }

    /// Takes down what no edition does.
    fn odd(&mut self, what: Option<&str>) {
        self.strange
            .extend(what.map(|what| (what.to_owned(), None)));
    }

    /// Marked content ends. A text that stands for what is drawn must be what is drawn, as far as glyphs say what they are.
    fn end(&mut self) {
        let Some(Marked {
            actual: Some(actual),
            drawn,
            ..
        }) = self.open.pop()
        else {
            return;
        };
        self.draughts.end_replacing();
        let letters = |text: &str| -> Vec<char> {
            let line = crate::compose::canonical_line(text);
            line.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        let (said, seen) = (letters(&actual), letters(&drawn));
        if !seen.is_empty() && said != seen {
            let text = format!("{} for {}", actual.trim(), drawn.trim());
            self.lies.push(text);
        }
    }

    fn form(&mut self, name: &Name<'_>, resources: &Resources<'_>, depth: usize) {
        let Some(stream) = resources.get_x_object(name) else {
            return;
        };
        let subtype = stream.dict().get::<Name<'_>>("Subtype");
        let is_form = subtype.is_some_and(|subtype| subtype.as_str() == "Form");
        let sight = self.sight.picture();
        if !is_form {
            self.sight.image();
        } else if !self.draw(&stream, resources, depth) {
            return;
        }
        if depth == 0 {
            self.picture(&stream, is_form, sight);
        }
    }

    /// Draws a form; tells whether it did: none is drawn inside itself.
    fn draw(&mut self, stream: &Stream<'_>, resources: &Resources<'_>, depth: usize) -> bool {
        let id = stream.obj_id();
        if !self.forms.insert(id) {
            return false;
        }
        if let Some(decoded) = self.budget.decoded(stream) {
            let numbers = |key: &str| -> Vec<f64> {
                let array = stream.dict().get::<Array<'_>>(key);
                let numbers = array.iter().flat_map(|array| array.iter::<Number>());
                numbers.map(|number| number.as_f64()).collect()
            };
            let (matrix, bounds) = (numbers("Matrix"), numbers("BBox"));
            let (matrix, bounds) = (matrix.try_into().ok(), bounds.try_into().ok());
            let outside = self.sight.enter(matrix, bounds);
            let own = stream.dict().get::<Dict<'_>>("Resources");
            match own {
                Some(own) => self.stream(&decoded, &Resources::new(own), depth + 1),
                None => self.stream(&decoded, resources, depth + 1),
            }
            self.sight.leave(outside);
        }
        self.forms.remove(&id);
        true
    }

    /// Takes down a picture that was drawn.
    fn picture(&mut self, stream: &Stream<'_>, is_form: bool, mut sight: PictureSight) {
        self.sight.end_picture(&mut sight);
        let bounds = is_form.then(|| stream.dict().get::<Rect>("BBox")).flatten();
        let shown = ShownPicture {
            file: (!is_form).then(|| self.files.file(stream, self.budget)),
            drawn: is_form.then(|| {
                let shapes = forms::shapes(stream, self.budget, self.files);
                shapes.filter(|_| forms::stands(stream)).map(Arc::new)
            }),
            natural: bounds.map(|bounds| (bounds.x1 - bounds.x0, bounds.y1 - bounds.y0)),
            sight,
        };
        let mark = self.open.iter().rev().find_map(|marked| marked.mcid);
        self.pictures.push((mark, shown));
    }

    /// What stands over the page: annotations that show something. Links show nothing.
    fn covers(&mut self, page: &Dict<'_>) {
        let annotations = page.get::<Array<'_>>("Annots");
        let annotations = annotations.iter().flat_map(|all| all.iter::<Dict<'_>>());
        for annotation in annotations {
            let kind = annotation.get::<Name<'_>>("Subtype");
            let is_link = kind.is_some_and(|kind| matches!(kind.as_str(), "Link" | "Popup"));
            let shows = annotation.contains_key("AP");
            if let Some(place) = annotation.get::<Rect>("Rect").filter(|_| shows && !is_link) {
                self.sight.cover(place);
            }
        }
    }

    fn begin(&mut self, tag: &str, properties: Option<&Dict<'_>>) {
        self.odd(usual::properties(tag, properties).as_deref());
        if !self.open.is_empty() {
            let what = format!("content that is called {tag} stands in other content");
            self.odd(Some(&what));
        }
        let mcid = properties.and_then(|properties| properties.get::<Number>("MCID"));
        let actual =
            properties.and_then(|properties| properties.get::<object::String<'_>>("ActualText"));
        let actual = actual.filter(|actual| self.budget.pay(actual.len()));
        let reason = properties.and_then(|properties| properties.get::<Name<'_>>("Type"));
        let is_ground =
            self.number == 1 && reason.is_some_and(|reason| reason.as_str() == "Background");
        self.has_ground |= is_ground;
        let other = ["E", "Alt"].iter().find_map(|key| {
            let text = properties?.get::<object::String<'_>>(key)?;
            self.budget.pay(text.len()).then(|| strings::text(&text))
        });
        self.lies.extend(other);
        if let Some((page, mcid)) = self.page.zip(mcid.as_ref()) {
            let place = (page, mcid.as_i64());
            self.tags.entry(place).or_insert_with(|| tag.to_owned());
        }
        self.open.push(Marked {
            mcid: mcid.map(|number| number.as_i64()),
            artifact: (tag == "Artifact").then(|| artifact(properties)),
            actual: None,
            drawn: String::new(),
            is_ground,
            is_hidden: tag == "OC"
                && properties
                    .and_then(Dict::obj_id)
                    .is_some_and(|id| self.off.contains(&id)),
        });
        if let Some(actual) = actual {
            let actual = strings::text(&actual);
            self.say(&actual);
            self.draughts.begin_replacing(&actual, self.number);
            if let Some(marked) = self.open.last_mut() {
                marked.actual = Some(actual);
            }
        }
    }
}
