//! What the styles of flowing editions say of kinds of text, held against the sheet of a theme: faces, weights, sizes, colours,
//! spaces. An edition is set in one theme, and each of its styles says what that theme says.

mod frame;
mod hypertext;
mod word;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::difference::{Difference, Kind, MOST, quoted};
use super::shipped;
use crate::compose::{Composition, Kind as TextKind};
use crate::fonts::{FamilyRecord, Use};
use crate::piece::{Direction, LanguageTag};
use crate::read::{Contents, FileKind, Spelled, spelled_styles};
use crate::theme::{Acronyms, Alignment, Colours, FaceRole, Pt, Row, Sheet, Theme};

/// Numbers that differ by less are one: editions round.
const SLACK: f64 = 0.0006;

/// How a theme sets a piece.
#[derive(Debug, Clone)]
pub(super) struct Spelling {
    own: Dress,
    language: LanguageTag,
    direction: Direction,
}

/// What styles are made of, under a theme and in a language.
#[derive(Debug, Clone, PartialEq)]
struct Dress {
    rows: Vec<Row>,
    sheet: Sheet,
    colours: Colours,
    /// The families of running text, headings and apparatus: their names by the kind of file.
    families: [Names; 3],
    name: String,
    measure: Pt,
    /// How far first lines and levels of contents stand in.
    indent: Pt,
    /// What its own sheet says for pages in a browser, which stands behind all else.
    own_css: Arc<Vec<Spelled>>,
    acronyms: Acronyms,
    direction: Direction,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Names {
    docx: [String; 2],
    epub: String,
    web: String,
}

impl Names {
    fn of(record: &FamilyRecord) -> Self {
        Self {
            docx: [record.subset.to_string(), record.installed.to_string()],
            epub: record.name_in(Use::Epub).to_owned(),
            web: record.name_in(Use::Web).to_owned(),
        }
    }
}

/// What a style must say: its values by what they are of. More than one value may stand where the writer has a choice.
#[derive(Debug, Default)]
struct Should {
    said: HashMap<(String, String), Vec<String>>,
    /// What is told where a style says it and should not.
    of: BTreeSet<String>,
    /// What is said as often as it has values: old readers know the first of them alone.
    each: BTreeSet<(String, String)>,
}

impl Should {
    fn say(&mut self, of: &str, what: &str, value: impl Into<String>) {
        self.either(of, what, vec![value.into()]);
    }

    fn either(&mut self, of: &str, what: &str, values: Vec<String>) {
        self.known(of);
        self.said.insert((of.to_owned(), what.to_owned()), values);
    }

    /// One more value, said behind those before it.
    fn also(&mut self, of: &str, what: &str, value: impl Into<String>) {
        self.known(of);
        let key = (of.to_owned(), what.to_owned());
        self.each.insert(key.clone());
        self.said.entry(key).or_default().push(value.into());
    }

    /// A style that says nothing of what is looked at.
    fn known(&mut self, of: &str) {
        self.of.insert(of.to_owned());
    }
}

/// Styles that agree with what they are made of.
type Agreed = VecDeque<(Dress, FileKind, Arc<Vec<Spelled>>)>;

/// So many are remembered, the last ones.
const MOST_AGREED: usize = 16;

fn agreed() -> MutexGuard<'static, Agreed> {
    static AGREED: Mutex<Agreed> = Mutex::new(VecDeque::new());
    AGREED.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Dress {
    fn of(theme: &Theme, language: &LanguageTag, direction: Direction) -> Self {
        let sheet = Sheet::of(theme);
        let writing = theme.writing(language);
        let names = |role: FaceRole| Names::of(theme.fonts.family(role.family(&theme.faces)));
        Self {
            rows: TextKind::ALL.map(|kind| *sheet.row(kind, writing)).to_vec(),
            colours: theme.colours.clone(),
            families: [FaceRole::Text, FaceRole::Headings, FaceRole::Apparatus].map(names),
            name: theme.name.clone(),
            measure: theme.measures.measure,
            indent: theme.measures.indent,
            own_css: spelled_styles(&theme.extra_css),
            acronyms: theme.paragraphs.acronyms,
            direction,
            sheet,
        }
    }

    /// Whether these very styles were held against it and agree: editions of one archive are read with the same ones.
    fn is_known_to_agree(&self, contents: &Contents) -> bool {
        agreed().iter().any(|(dress, kind, spelled)| {
            Arc::ptr_eq(spelled, &contents.spelled) && *kind == contents.kind && dress == self
        })
    }

    fn agrees(&self, contents: &Contents) {
        let mut agreed = agreed();
        agreed.truncate(MOST_AGREED - 1);
        let spelled = Arc::clone(&contents.spelled);
        agreed.push_front((self.clone(), contents.kind, spelled));
    }

    fn row(&self, kind: TextKind) -> &Row {
        &self.rows[kind as usize]
    }

    fn names(&self, role: FaceRole) -> &Names {
        match role {
            FaceRole::Text => &self.families[0],
            FaceRole::Headings => &self.families[1],
            FaceRole::Apparatus => &self.families[2],
        }
    }
}

impl Spelling {
    pub(super) fn of(composition: &Composition, theme: &Theme) -> Self {
        let record = &composition.record;
        Self {
            own: Dress::of(theme, &record.language, record.direction),
            language: record.language.clone(),
            direction: record.direction,
        }
    }

    /// Holds the styles of an edition of ours against the theme with which they agree best.
    pub(super) fn hold(&self, contents: &Contents, found: &mut Vec<Difference>) {
        if contents.spelled.is_empty() || contents.metadata.text_hash.is_none() {
            return;
        }
        if self.own.is_known_to_agree(contents) {
            return;
        }
        let own = against(&self.own, contents.kind, &contents.spelled);
        if own.is_empty() {
            self.own.agrees(contents);
            return;
        }
        let best = shipped::fewest(own, |theme| {
            let dress = Dress::of(theme, &self.language, self.direction);
            against(&dress, contents.kind, &contents.spelled)
        });
        found.extend(best.into_iter().take(MOST));
    }
}

/// What the style sheets of a book or of a browser say under a theme, of kinds of text and of all else.
fn of_web(dress: &Dress, is_screen: bool) -> Should {
    let mut all = hypertext::should(dress, is_screen);
    frame::say(&mut all, dress, is_screen);
    all
}

fn against(dress: &Dress, kind: FileKind, spelled: &[Spelled]) -> Vec<Difference> {
    let (should, is_watched): (Should, fn(&str) -> bool) = match kind {
        FileKind::Docx => (word::should(dress), word::is_watched),
        FileKind::Epub => (of_web(dress, false), hypertext::is_watched),
        FileKind::Html => (of_web(dress, true), hypertext::is_watched),
        FileKind::Pdf => return Vec::new(),
    };
    let spelled = match kind {
        FileKind::Html => spelled
            .strip_suffix(dress.own_css.as_slice())
            .unwrap_or(spelled),
        _ => spelled,
    };
    let mut waiting: BTreeMap<(&str, &str), &Vec<String>> = should
        .said
        .iter()
        .map(|((of, what), values)| ((of.as_str(), what.as_str()), values))
        .collect();
    let mut met: HashMap<(&str, &str), usize> = HashMap::new();
    let mut differences = Vec::new();
    let mut tell = |of: &str, message: String| {
        differences.push(Difference {
            kind: Kind::Look,
            place: format!("the styles, `{of}`"),
            message,
        });
    };
    for own in spelled {
        let values = should.said.get(&(own.of.clone(), own.what.clone()));
        let is_watched = values.is_some() || is_watched(&own.what);
        if !should.of.contains(&own.of) || !is_watched {
            if own.what == "color" && own.of.starts_with(hypertext::NIGHT) {
                let what = format!("it gives words the colour {}", quoted(&own.value));
                tell(&own.of, format!("{what}, and its theme does not"));
            }
            continue;
        }
        let key = (own.of.as_str(), own.what.as_str());
        let times = met.entry(key).or_default();
        *times += 1;
        waiting.remove(&key);
        match values {
            // A length that is none may be said or not.
            None if own.value == "0" && own.what.starts_with("pPr/ind@") => {}
            None => tell(
                &own.of,
                format!(
                    "it says {} of `{}`, and its theme does not",
                    quoted(&own.value),
                    own.what
                ),
            ),
            Some(values) if values.iter().any(|value| is_alike(value, &own.value)) => {}
            Some(values) => tell(
                &own.of,
                format!(
                    "it says {} of `{}`, and its theme {}",
                    quoted(&own.value),
                    own.what,
                    quoted(values.first().map_or("", String::as_str))
                ),
            ),
        }
    }
    for ((of, what), _) in waiting {
        tell(
            of,
            format!("it does not say what its theme does of `{what}`"),
        );
    }
    for (of, what) in &should.each {
        let times = met.get(&(of.as_str(), what.as_str())).copied();
        let values = should.said.get(&(of.clone(), what.clone()));
        let count = values.map_or(0, Vec::len);
        if times.is_some_and(|times| times != count) {
            let (times, what) = (times.unwrap_or(0), format!("`{what}`"));
            let told = format!("it says {times} values of {what}, and its theme {count}");
            differences.push(Difference {
                kind: Kind::Look,
                place: format!("the styles, `{of}`"),
                message: told,
            });
        }
    }
    differences
}

/// Whether two values are one: words alike, and numbers nearly so.
fn is_alike(should: &str, own: &str) -> bool {
    // Of a list of faces the first of the theme's own is what counts.
    if let Some(name) = should.strip_prefix("face ") {
        return hypertext::has_face(own, name);
    }
    if let Some((size, name)) = should
        .strip_prefix("font ")
        .and_then(|font| font.split_once(' '))
    {
        let own = own.split_once(' ');
        return own
            .is_some_and(|(own, faces)| is_alike(size, own) && hypertext::has_face(faces, name));
    }
    let words = || should.split(' ').zip(own.split(' '));
    let are_as_many = should.split(' ').count() == own.split(' ').count();
    should == own || are_as_many && words().all(|(should, own)| is_one(should, own))
}

/// Whether two words of values are one.
fn is_one(should: &str, own: &str) -> bool {
    let number = |text: &str| -> Option<(f64, String)> {
        let end = text
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-')))
            .unwrap_or(text.len());
        Some((text[..end].parse().ok()?, text[end..].to_owned()))
    };
    // Nothing has no unit.
    let is_number = |((a, unit), (b, other)): ((f64, String), (f64, String))| {
        (unit == other || a == 0.0 && b == 0.0) && (a - b).abs() <= SLACK
    };
    should.eq_ignore_ascii_case(own) || number(should).zip(number(own)).is_some_and(is_number)
}

/// Where lines begin and end, by the edges where they start.
fn side(alignment: Alignment, names: [&'static str; 4]) -> &'static str {
    match alignment {
        Alignment::Justified => names[0],
        Alignment::Start | Alignment::Balanced => names[1],
        Alignment::Centre => names[2],
        Alignment::End => names[3],
    }
}
