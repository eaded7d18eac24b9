//! What a PDF breaks of the rules of tagged and archived files, as far as reading meets them (ISO 14289-1; ISO 32000-1, 14.7).

use std::collections::{HashMap, HashSet};

use hayro_syntax::Pdf;
use hayro_syntax::metadata::Metadata as PdfMetadata;
use hayro_syntax::object::{self, Array, DateTime, Dict, Name, Number, Object, ObjectIdentifier};

use super::super::dom::Dom;
use super::super::reading::Metadata;
use super::super::soundness::Faults;
use super::content::Pages;
use super::strings;
use super::trees;

/// What was met of the structure tree.
#[derive(Debug, Default)]
pub(super) struct Elements {
    /// By page and marked-content identifier, the element that holds it.
    pub(super) holders: HashMap<(ObjectIdentifier, i64), ObjectIdentifier>,
    /// Elements that name another parent than the one they stand in.
    pub(super) strays: Vec<(usize, String)>,
    /// What elements say besides their words, and the page of each.
    pub(super) oddities: Vec<(usize, String)>,
    /// What they say that none of our editions does.
    pub(super) strange: Vec<(usize, String)>,
    /// The pages in the order in which the text comes to them.
    pub(super) pages: Vec<usize>,
}

/// Judges a tagged file.
pub(super) fn judge(
    pdf: &Pdf,
    catalogue: &Dict<'_>,
    xmp: &Dom,
    metadata: &Metadata,
    elements: &Elements,
    pages: &Pages,
    faults: &mut Faults,
) {
    claims(catalogue, xmp, faults);
    information(pdf, metadata, faults);
    for (page, role) in &elements.strays {
        faults.add(
            format!("page {page}"),
            format!("an element {role} names another parent than it has"),
        );
    }
    parents(pdf, catalogue, elements, pages, faults);
    // A figure may be put off to a later page, but the text begins on the first.
    let first = elements.pages.first().zip(elements.pages.iter().min());
    if let Some((first, least)) = first.filter(|(first, least)| first != least) {
        faults.add(
            format!("page {first}"),
            format!("its text comes before that of page {least}"),
        );
    }
    annotations(pdf, catalogue, faults);
    conduct(pdf, catalogue, faults);
    for (page, what) in &elements.oddities {
        faults.add(format!("page {page}"), what.clone());
    }
}

/// What the file says of itself, and what must be there then.
fn claims(catalogue: &Dict<'_>, xmp: &Dom, faults: &mut Faults) {
    let place = "the catalogue";
    let parts = xmp.all("part").count();
    let attributes = xmp
        .all("Description")
        .any(|node| node.attribute("part").is_some());
    if parts == 0 && !attributes {
        return faults.add("the metadata", "it does not say that it keeps PDF/UA");
    }
    let marked = catalogue
        .get::<Dict<'_>>("MarkInfo")
        .and_then(|info| info.get::<bool>("Marked"));
    if marked != Some(true) {
        faults.add(place, "it is not marked as tagged");
    }
    if !catalogue.contains_key("Lang") {
        faults.add(place, "it names no language");
    }
    let viewer = catalogue.get::<Dict<'_>>("ViewerPreferences");
    if viewer.and_then(|viewer| viewer.get::<bool>("DisplayDocTitle")) != Some(true) {
        faults.add(place, "it does not ask for its title to be shown");
    }
    if catalogue.get::<Array<'_>>("OutputIntents").is_none() {
        faults.add(place, "it says nothing of its colours");
    }
}

/// What older readers show of a file is what its metadata say (ISO 19005-2, 6.6.3).
fn information(pdf: &Pdf, metadata: &Metadata, faults: &mut Faults) {
    let information = pdf.metadata();
    let said = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(strings::of_bytes);
    let place = "the document information";
    let title = said(&information.title);
    if let Some(title) = title.filter(|title| Some(title.trim()) != metadata.title.as_deref()) {
        faults.add(
            place,
            format!("its title is “{title}”, in the metadata another"),
        );
    }
    for (date, name, what) in [
        (&information.creation_date, "CreateDate", "made"),
        (&information.modification_date, "ModifyDate", "changed"),
    ] {
        let of_metadata = metadata.said(name).next().and_then(seconds_of);
        // Programs that save a file of others may keep two times.
        if let (Some(date), Some(said), Some(_)) = (date, of_metadata, metadata.text_hash)
            && seconds(date) != said
        {
            let day = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
            faults.add(
                place,
                format!("it was {what} on {day}, in the metadata at another time"),
            );
        }
    }
    if let (Some(made), Some(changed)) =
        (&information.creation_date, &information.modification_date)
        && (changed.year, changed.month, changed.day) < (made.year, made.month, made.day)
    {
        faults.add(place, "it was changed before it was made");
    }
    let creator = said(&information.creator);
    let tool = metadata.said("CreatorTool").next();
    if let (Some(creator), Some(tool), Some(_)) = (creator, tool, metadata.text_hash)
        && creator != tool
    {
        faults.add(
            place,
            format!("it was made by “{creator}”, in the metadata by another"),
        );
    }
    entries(information, metadata, faults);
    let creators = metadata.creators.join("; ");
    let author = said(&information.author).filter(|author| *author != creators);
    if let Some(author) = author {
        faults.add(
            place,
            format!("its author is “{author}”, in the metadata another"),
        );
    }
}

/// What every file of ours says there that keeps PDF 1.7, and that it is by the program of the metadata.
fn entries(information: &PdfMetadata, metadata: &Metadata, faults: &mut Faults) {
    /// What is longer has no room there (ISO 19005-2, 6.1.13).
    const ROOM: usize = 10_000;
    let place = "the document information";
    let is_2 = metadata.said("part").any(|part| part == "4");
    let producer = metadata.said("Producer").next();
    let producer = producer.filter(|producer| producer.starts_with("Flashpoint"));
    let Some(producer) = producer.filter(|_| metadata.text_hash.is_some() && !is_2) else {
        return;
    };
    let text = |value: &Option<Box<[u8]>>| value.as_deref().map(strings::of_bytes);
    let title = metadata.title.as_deref().unwrap_or_default();
    let authors: usize = metadata.creators.iter().map(|name| name.len() + 2).sum();
    let keywords = metadata.said("Keywords").next().unwrap_or_default();
    let is_there = [
        ("Creator", information.creator.is_some()),
        ("Producer", information.producer.is_some()),
        ("CreationDate", information.creation_date.is_some()),
        ("ModDate", information.modification_date.is_some()),
        ("Title", information.title.is_some() || title.len() > ROOM),
        ("Author", information.author.is_some() || authors > ROOM),
        (
            "Keywords",
            information.keywords.is_some() || keywords.is_empty() || keywords.len() > ROOM,
        ),
    ];
    // A program that adds to a file may leave all of it out.
    if is_there[..4].iter().all(|(_, is_there)| !is_there) {
        return;
    }
    for (key, _) in is_there.iter().filter(|(_, is_there)| !is_there) {
        faults.add(place, format!("it says no `{key}`, which the metadata do"));
    }
    if let Some(other) = text(&information.producer).filter(|own| own != producer) {
        let message = format!("it was written by “{other}”, in the metadata by another");
        faults.add(place, message);
    }
}

/// A moment as seconds since the first day of the year 0, in the time of Greenwich.
fn moment([year, month, day]: [i64; 3], [hour, minute, second]: [i64; 3], offset: i64) -> i64 {
    // Years begin with March here, so that leap days end them (proleptic Gregorian calendar).
    let (year, month) = match month > 2 {
        true => (year, month - 3),
        false => (year - 1, month + 9),
    };
    let days = year * 365 + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (month * 153 + 2) / 5
        + day;
    ((days * 24 + hour) * 60 + minute - offset) * 60 + second
}

/// The moment of a date of a PDF (ISO 32000-1, 7.9.4).
fn seconds(date: &DateTime) -> i64 {
    let day = [date.year.into(), date.month.into(), date.day.into()];
    let time = [date.hour.into(), date.minute.into(), date.second.into()];
    let minutes = i64::from(date.utc_offset_minute);
    let hours = i64::from(date.utc_offset_hour);
    let offset = match hours < 0 {
        true => hours * 60 - minutes,
        false => hours * 60 + minutes,
    };
    moment(day, time, offset)
}

/// The moment of a date of the metadata, a day with a time and its place (ISO 8601); none of another form.
fn seconds_of(text: &str) -> Option<i64> {
    let (day, rest) = text.split_once('T')?;
    let three = |text: &str, by: char| -> Option<[i64; 3]> {
        let parts: Option<Vec<i64>> = text.split(by).map(|part| part.parse().ok()).collect();
        parts?.try_into().ok()
    };
    let at = rest.find(['Z', '+', '-'])?;
    let (time, zone) = rest.split_at(at);
    let offset = match zone.split_once(':') {
        None => 0,
        Some((hours, minutes)) => {
            let size = hours[1..].parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?;
            if hours.starts_with('-') { -size } else { size }
        }
    };
    Some(moment(three(day, '-')?, three(time, ':')?, offset))
}

/// The tree of parents leads from every marked content to the element that holds it (ISO 32000-1, 14.7.4.4).
fn parents(
    pdf: &Pdf,
    catalogue: &Dict<'_>,
    elements: &Elements,
    pages: &Pages,
    faults: &mut Faults,
) {
    let tree = catalogue.get::<Dict<'_>>("StructTreeRoot");
    let tree = tree.and_then(|tree| tree.get::<Dict<'_>>("ParentTree"));
    let entries = tree.as_ref().map(trees::numbers).unwrap_or_default();
    let mut wrong = Vec::new();
    for page in pdf.pages().iter() {
        let Some(id) = page.raw().obj_id() else {
            continue;
        };
        let number = pages.numbers.get(&id).copied().unwrap_or(0);
        let key = page
            .raw()
            .get::<Number>("StructParents")
            .map(|key| key.as_i64());
        let list = key.and_then(|key| entries.get(&key));
        let list: Vec<Option<ObjectIdentifier>> = match list {
            Some(Object::Array(list)) => list
                .raw_iter()
                .map(|item| item.as_obj_ref().map(ObjectIdentifier::from))
                .collect(),
            _ => Vec::new(),
        };
        let own = elements.holders.iter().filter(|((page, _), _)| *page == id);
        for ((_, mcid), holder) in own {
            let found = usize::try_from(*mcid)
                .ok()
                .and_then(|at| list.get(at).copied().flatten());
            if found != Some(*holder) {
                wrong.push((number, *mcid));
            }
        }
    }
    wrong.sort_unstable();
    if let Some((number, mcid)) = wrong.first() {
        let more = wrong.len() - 1;
        faults.add(
            format!("page {number}"),
            format!("the tree of parents leads from content {mcid} to another element (and from {more} more)"),
        );
    }
}

/// What a file does besides saying its words; none of it stands in an edition.
fn conduct(pdf: &Pdf, catalogue: &Dict<'_>, faults: &mut Faults) {
    let place = "the catalogue";
    for (key, what) in [
        ("AcroForm", "it holds a form"),
        ("OpenAction", "it does something when it is opened"),
        ("AA", "it does something of its own accord"),
        ("Collection", "it holds other files"),
    ] {
        if catalogue.contains_key(key) {
            faults.add(place, what);
        }
    }
    let names = catalogue.get::<Dict<'_>>("Names").unwrap_or_default();
    for (key, what) in [
        ("EmbeddedFiles", "it holds other files"),
        ("JavaScript", "a script may change what it shows"),
    ] {
        if names.contains_key(key) {
            faults.add(place, what);
        }
    }
    // What the standard calls so may be called nothing else (ISO 14289-1, 7.1).
    let tree = catalogue.get::<Dict<'_>>("StructTreeRoot");
    let map = tree.and_then(|tree| tree.get::<Dict<'_>>("RoleMap"));
    for (role, to) in map.iter().flat_map(|map| {
        let entries = map.keys();
        entries
            .filter_map(|key| Some((key.as_str().to_owned(), map.get::<Name<'_>>(key.as_ref())?)))
    }) {
        const FIXED: &[&str] = &[
            "P",
            "H",
            "H1",
            "H2",
            "H3",
            "H4",
            "H5",
            "H6",
            "L",
            "LI",
            "Lbl",
            "LBody",
            "Table",
            "TR",
            "TH",
            "TD",
            "Figure",
            "Note",
            "Link",
            "Span",
            "BlockQuote",
            "Caption",
            "Reference",
            "Document",
            "Sect",
        ];
        let is_line = matches!(role.as_str(), "Em" | "Strong");
        if FIXED.contains(&role.as_str()) || is_line && to.as_str() != "Span" {
            faults.add(place, format!("{role} is said to be {}", to.as_str()));
        }
    }
    for (index, page) in pdf.pages().iter().enumerate() {
        let place = format!("page {}", index + 1);
        let raw = page.raw();
        let turn = raw.get::<Number>("Rotate").map_or(0, |by| by.as_i64());
        if turn.rem_euclid(360) != 0 {
            faults.add(&place, "it is turned");
        }
        if raw.contains_key("UserUnit") {
            faults.add(&place, "it is of another size than its letters are");
        }
        if raw.contains_key("AA") {
            faults.add(&place, "it does something of its own accord");
        }
    }
}

/// Links say in words where they lead, are part of the structure, and lead somewhere (ISO 14289-1, 7.18).
fn annotations(pdf: &Pdf, catalogue: &Dict<'_>, faults: &mut Faults) {
    let tree = catalogue
        .get::<Dict<'_>>("Names")
        .and_then(|names| names.get::<Dict<'_>>("Dests"));
    let known = tree.as_ref().map(trees::named).unwrap_or_default();
    let known = known.into_iter().map(|(name, _)| name);
    let mut known: HashSet<String> = known.collect();
    if let Some(old) = catalogue.get::<Dict<'_>>("Dests") {
        known.extend(old.keys().map(|name| name.as_str().to_owned()));
    }
    for (index, page) in pdf.pages().iter().enumerate() {
        let place = format!("page {}", index + 1);
        let all = page.raw().get::<Array<'_>>("Annots");
        let all: Vec<Dict<'_>> = all.iter().flat_map(|all| all.iter::<Dict<'_>>()).collect();
        if !all.is_empty() {
            let tabs = page.raw().get::<Name<'_>>("Tabs");
            if tabs.is_none_or(|tabs| tabs.as_str() != "S") {
                faults.add(&place, "its links are not in the order of the structure");
            }
        }
        for annotation in all {
            let kind = annotation.get::<Name<'_>>("Subtype");
            let kind = kind
                .map(|kind| kind.as_str().to_owned())
                .unwrap_or_default();
            if kind != "Link" {
                faults.add(&place, format!("somebody put an annotation ({kind}) on it"));
                continue;
            }
            let flags = annotation
                .get::<Number>("F")
                .map_or(0, |flags| flags.as_i64());
            // Invisible, hidden, or without a view (table 165).
            if flags & 0b10_0011 != 0 {
                faults.add(&place, "a link is hidden");
            }
            let action = annotation.get::<Dict<'_>>("A");
            let further = action
                .as_ref()
                .is_some_and(|action| action.contains_key("Next"));
            if further || annotation.contains_key("AA") {
                faults.add(&place, "a link does more than to lead");
            }
            if !annotation.contains_key("Contents") {
                faults.add(&place, "a link does not say where it leads");
            }
            if !annotation.contains_key("StructParent") {
                faults.add(&place, "a link is no part of the structure");
            }
            let action = annotation.get::<Dict<'_>>("A");
            let name = annotation.get::<object::String<'_>>("Dest");
            let name = name.or_else(|| action.as_ref()?.get::<object::String<'_>>("D"));
            if let Some(name) = name
                .map(|name| strings::text(&name))
                .filter(|name| !known.contains(name))
            {
                faults.add(
                    &place,
                    format!("a link leads to `{name}`, which is not there"),
                );
            }
        }
    }
}
