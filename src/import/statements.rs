//! The statements of a document, and who speaks where no name says so.

use std::collections::BTreeMap;

use super::about;
use super::body::short;
use super::desk::{Desk, remarked};
use super::document::{Block, Document, Paragraph, Remark, Role};
use super::draft::{Contributor, Value};
use super::figures::is_shown;
use super::lines::{known_by, stem_name, top};
use super::people::Start;
use super::queries::queries;
use super::shapes::{self, Likeness};
use super::signed::Signer;
use super::typed::typed_number;

impl Desk<'_> {
    /// The statements that begin at these places.
    pub(super) fn statements(
        &self,
        index: usize,
        blocks: &[Block],
        starts: &[Start],
        is_ours: bool,
        remarks: &mut Vec<Remark>,
        out: &mut Vec<Contributor>,
    ) {
        let bodies: Vec<&[Block]> = (0..starts.len())
            .map(|at| {
                let from = starts[at].at + starts[at].length;
                let to = starts.get(at + 1).map_or(blocks.len(), |next| next.at);
                &blocks[from..to]
            })
            .collect();
        let all: Vec<Block> = bodies
            .iter()
            .flat_map(|body| body.iter().cloned())
            .collect();
        let top = if is_ours { 3 } else { top(&all, 1) };
        for (start, body) in starts.iter().zip(bodies) {
            let mut fields = BTreeMap::new();
            if let (Some(affiliation), 2, Some(Block::Paragraph(paragraph))) =
                (&start.affiliation, start.length, blocks.get(start.at + 1))
            {
                let signs = known_by(paragraph, affiliation, &mut fields);
                if !signs.is_empty() {
                    let message = "signs of registers are made of `orcid` and `ror`";
                    remarks.push(Remark::lost(&paragraph.place, message, signs));
                }
            } else if let (true, Some(Block::Paragraph(paragraph))) =
                (start.is_biography, blocks.get(start.at))
            {
                fields.insert("bio", self.biography(index, paragraph));
            } else if let Some(affiliation) = &start.affiliation {
                fields.insert("affiliation", affiliation.clone());
            }
            if is_ours && start.affiliation.is_none() {
                fields.remove("affiliation");
            }
            if let Some(why) = start.why {
                let Some(Block::Paragraph(paragraph)) = blocks.get(start.at) else {
                    continue;
                };
                let said = match &start.affiliation {
                    Some(affiliation) => format!(
                        "“{}”, “{}”: taken for a name and an affiliation ({why})",
                        start.name,
                        short(affiliation)
                    ),
                    None => format!("“{}” is taken for a name ({why})", start.name),
                };
                remarks.push(Remark::guess(&paragraph.place, said));
                let plain = paragraph.plain();
                let plain = plain.trim();
                let number = typed_number(plain);
                if number > 0 {
                    let message = "the number before a name is left out";
                    remarks.push(Remark::lost(
                        &paragraph.place,
                        message,
                        plain[..number].trim(),
                    ));
                }
                let line = &plain[number..];
                if line.starts_with("By ") && !start.name.starts_with("By ") {
                    remarks.push(Remark::lost(
                        &paragraph.place,
                        "the word before a name is left out",
                        "By",
                    ));
                }
            }
            let body = match is_ours {
                true => body,
                false => without_rules(body),
            };
            let mut checks = BTreeMap::new();
            let body = match body.split_last() {
                Some((Block::Paragraph(last), rest))
                    if !is_ours && !rest.is_empty() && is_life(last, start) =>
                {
                    let message = format!(
                        "the last paragraph is taken for the biography of {}",
                        start.name
                    );
                    remarks.push(Remark::guess(&last.place, message));
                    checks.insert(
                        "bio",
                        "the last paragraph, taken for a biography".to_owned(),
                    );
                    fields.insert("bio", self.biography(index, last));
                    rest
                }
                _ => body,
            };
            let (body, portrait) = self.portrait(index, body, remarks);
            if portrait.is_some() {
                checks.insert(
                    "portrait",
                    "a picture beside the name, taken for a portrait".to_owned(),
                );
            }
            let body = body.as_slice();
            if let Some(affiliation) = fields.get_mut("affiliation").filter(|_| !is_ours) {
                *affiliation = unbracketed(affiliation);
            }
            let mut statement =
                self.bodies(index, !is_ours, remarks, |bodies| bodies.items(body, top));
            if !is_ours && let Some(tag) = self.own_language(body) {
                let message = format!(
                    "the statement of {} is taken for one in `{tag}` by its letters",
                    start.name
                );
                let place = body.first().map_or("", |block| match block {
                    Block::Paragraph(paragraph) => paragraph.place.as_str(),
                    Block::Table(table) => table.place.as_str(),
                });
                remarks.push(Remark::guess(place, message));
                fields.insert("language", tag);
            }
            let mut own = Vec::new();
            for block in &blocks[start.at..start.at + start.length] {
                if let Block::Paragraph(paragraph) = block {
                    queries(&remarked(paragraph), &mut own);
                }
            }
            statement.splice(0..0, own);
            out.push(Contributor {
                name: match start.why {
                    Some(why) => Value::guess(&*start.name, format!("{why}, taken for a name")),
                    None => Value::sure(&*start.name),
                },
                fields,
                checks,
                portrait,
                statement,
            });
        }
    }

    /// The language of a statement, where it is not that of the piece.
    fn own_language(&self, body: &[Block]) -> Option<String> {
        let mut text = String::new();
        for block in body {
            if let Block::Paragraph(paragraph) = block {
                text += &paragraph.plain();
                text.push(' ');
            }
        }
        super::languages::of_statement(&text, self.language()?)
    }

    /// The text of a biography.
    fn biography(&self, index: usize, paragraph: &Paragraph) -> String {
        let mut own = Vec::new();
        self.bodies(index, false, &mut own, |bodies| {
            bodies.spans(&about::spans(paragraph), &paragraph.place)
        })
    }

    /// Gives people what is said of them elsewhere.
    pub(super) fn given(
        &self,
        index: usize,
        entries: Vec<about::Entry>,
        contributors: &mut [Contributor],
        remarks: &mut Vec<Remark>,
    ) {
        let mut text = |paragraph: &Paragraph| self.biography(index, paragraph);
        about::given(entries, contributors, &mut text, remarks);
    }

    /// The portrait among the blocks of a statement, and the others.
    fn portrait(
        &self,
        index: usize,
        body: &[Block],
        remarks: &mut Vec<Remark>,
    ) -> (Vec<Block>, Option<(String, String)>) {
        let is_one =
            |block: &Block| matches!(block, Block::Paragraph(p) if p.role == Role::Portrait);
        let mut body = body.to_vec();
        let Some(at) = body.iter().position(is_one) else {
            return (body, None);
        };
        let Block::Paragraph(paragraph) = body.remove(at) else {
            return (body, None);
        };
        let picture = paragraph.pictures.first();
        let path = picture.and_then(|picture| match &picture.path {
            Some(path) => Some(path.clone()),
            None => self.picture(index, picture.media?),
        });
        let alt = picture
            .map(|picture| picture.alt.clone())
            .unwrap_or_default();
        match path.filter(|path| is_shown(path)) {
            Some(path) => {
                let message = format!("the picture {path} beside a name is taken for a portrait");
                remarks.push(Remark::guess(&paragraph.place, message));
                (
                    body,
                    Some((path, crate::piece::one_line(&alt).into_owned())),
                )
            }
            None => {
                body.insert(at, Block::Paragraph(paragraph));
                (body, None)
            }
        }
    }

    /// Who speaks where no name was found.
    pub(super) fn nobody(
        &self,
        document: &Document,
        signer: Option<Signer>,
        remarks: &mut Vec<Remark>,
    ) -> Contributor {
        let mut contributor = Contributor::default();
        if let Some(name) = &self.wishes.contributor {
            contributor.name = Value::sure(&**name);
        } else if let Some(signer) = signer {
            let name = signer.name;
            remarks.push(Remark::guess(
                &document.name,
                format!(
                    "“{name}”, {}, is taken for the name of who speaks",
                    signer.why
                ),
            ));
            let check = format!("{}, taken for the name of who speaks", signer.why);
            contributor.name = Value::guess(name, check);
            let affiliation = signer.affiliation;
            contributor
                .fields
                .extend(affiliation.map(|affiliation| ("affiliation", affiliation)));
            let biography = signer.biography.map(|life| self.biography(0, &life));
            contributor
                .fields
                .extend(biography.map(|biography| ("bio", biography)));
        } else if let Some(name) = stem_name(&document.name) {
            remarks.push(Remark::guess(
                &document.name,
                format!("the contributor is “{name}”, as the file is called"),
            ));
            contributor.name = Value::guess(name, "the name of the file, taken for a name");
        } else if let Some(name) = document
            .properties
            .creators
            .first()
            .filter(|name| shapes::name(name) > Likeness::None)
        {
            let message = format!("the contributor is “{name}”, as the properties of the file say");
            remarks.push(Remark::guess(&document.name, message));
            contributor.name = Value::guess(&**name, "who made the file, taken for who speaks");
        } else {
            remarks.push(Remark::guess(
                &document.name,
                "no name of a contributor was found",
            ));
            contributor.name = Value::guess("?", "no name of a contributor was found");
        }
        contributor
    }
}

/// Whether a paragraph is the biography of who speaks.
fn is_life(paragraph: &Paragraph, start: &Start) -> bool {
    let plain = paragraph.plain();
    let is_open = paragraph.role == Role::Text
        && paragraph.comments.is_empty()
        && paragraph.pictures.is_empty();
    let name = about::biography(&plain).filter(|_| is_open && paragraph.item.is_none());
    name.is_some_and(|name| about::same_person(&plain[name], &start.name))
}

/// Blocks without the rules at both ends, which part statements and are no breaks of one.
pub(super) fn without_rules(mut blocks: &[Block]) -> &[Block] {
    let is_rule = |block: &Block| match block {
        Block::Paragraph(paragraph) => {
            paragraph.role == Role::Break && paragraph.comments.is_empty()
        }
        Block::Table(_) => false,
    };
    while let [first, rest @ ..] = blocks
        && is_rule(first)
    {
        blocks = rest;
    }
    while let [rest @ .., last] = blocks
        && is_rule(last)
    {
        blocks = rest;
    }
    blocks
}

/// An affiliation without the brackets that stand around the whole of it.
fn unbracketed(affiliation: &str) -> String {
    let pairs = [('[', ']'), ('(', ')')];
    let inner = pairs.iter().find_map(|(open, close)| {
        let inner = affiliation
            .trim()
            .strip_prefix(*open)?
            .strip_suffix(*close)?;
        (!inner.contains([*open, *close])).then(|| inner.trim().to_owned())
    });
    inner.unwrap_or_else(|| affiliation.to_owned())
}
