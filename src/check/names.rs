//! Rules over names: one name is that of one person, and says no more of them.

use super::Report;
use crate::diagnostic::{Code, Diagnostic, FieldPath};
use crate::piece::Contributor;

/// Words of offices and houses, in small letters.
const OFFICES: &[&str] = &[
    "adviser",
    "advisor",
    "ambassador",
    "analyst",
    "author",
    "bureau",
    "center",
    "centre",
    "chair",
    "chief",
    "college",
    "columnist",
    "correspondent",
    "council",
    "dean",
    "department",
    "director",
    "editor",
    "fellow",
    "former",
    "foundation",
    "founder",
    "head",
    "institute",
    "journalist",
    "lecturer",
    "minister",
    "ministry",
    "president",
    "professor",
    "research",
    "researcher",
    "scholar",
    "school",
    "secretary",
    "senior",
    "university",
];

/// Words and signs between two names.
const BETWEEN: &[&str] = &[
    " and ", " & ", " und ", " et ", " y ", " e ", " och ", " og ", " en ", " ve ", " i ", " и ",
    " اور ", " و ", " और ", "和", "与", "與", "、", "; ", " / ", ", and ", ", ",
];

/// Words in names that are written small.
pub(crate) const PARTICLES: &[&str] = &[
    "abu", "af", "al", "av", "ben", "bin", "bint", "da", "das", "de", "del", "della", "den", "der",
    "des", "di", "do", "dos", "du", "e", "el", "ibn", "la", "le", "ten", "ter", "ul", "umm", "ur",
    "van", "vom", "von", "y", "zu", "zum", "zur",
];

/// Words of houses that are none of offices.
const HOUSES: &[&str] = &[
    "academy",
    "affairs",
    "agency",
    "associates",
    "association",
    "brothers",
    "co",
    "committee",
    "company",
    "corporation",
    "defence",
    "group",
    "house",
    "inc",
    "international",
    "league",
    "limited",
    "ltd",
    "media",
    "nations",
    "office",
    "organisation",
    "organization",
    "partners",
    "policy",
    "press",
    "society",
    "sons",
    "states",
    "studies",
    "team",
    "trust",
    "union",
];

/// A name that says what the person is, too.
pub(super) fn with_post(contributor: &Contributor, at: &FieldPath, report: &mut Report<'_>) {
    let Some((name, post)) = name_and_post(contributor.name.trim()) else {
        return;
    };
    let message = "this name says what the person is, too, and is printed as one name";
    let hint = match &contributor.affiliation {
        None => format!("write it in two lines:\nname: {name}\naffiliation: {post}"),
        Some(_) => format!("write `name: {name}`, and what the person is into `affiliation`"),
    };
    let problem = Diagnostic::warning(Code::NameWithPost, message).hint(hint);
    report.say(&at.key("name"), problem);
}

/// Two names in one.
pub(super) fn of_several(contributor: &Contributor, at: &FieldPath, report: &mut Report<'_>) {
    // An organisation may be called so.
    if contributor.ror.is_some() {
        return;
    }
    let Some((first, second)) = two_names(contributor.name.trim()) else {
        return;
    };
    let message = "these are the names of two people, and are printed as one name";
    let problem = Diagnostic::warning(Code::TwoNames, message).hint(format!(
        "give each an item of their own, `- name: {first}` and `- name: {second}`, with what each of them said; \
         if this is the name of one, as of an institution, leave it"
    ));
    report.say(&at.key("name"), problem);
}

/// The two names, or the first and the others, that stand in a text.
fn two_names(text: &str) -> Option<(&str, &str)> {
    BETWEEN.iter().find_map(|between| {
        let (first, others) = text.split_once(between)?;
        let (first, others) = (first.trim(), others.trim());
        let mut parts = vec![first];
        parts.extend(parts_of(others));
        let are_names = match *between {
            // A name may be turned round, and degrees stand behind a comma: only of three parts is it certain.
            ", " => parts.len() > 2 && parts.iter().all(|part| is_whole_name(part)),
            "和" | "与" | "與" | "、" => parts.iter().all(|part| is_ideographic(part)),
            _ => parts.iter().all(|part| is_whole_name(part)),
        };
        are_names.then_some((first, others))
    })
}

/// Names that follow a first one, parted in whichever way.
fn parts_of(text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for between in BETWEEN {
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(between))
            .collect();
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// Whether a text is a given name and a family name: words with capitals, in scripts that have some.
fn is_whole_name(text: &str) -> bool {
    let words: Vec<&str> = text
        .split([' ', '\u{a0}'])
        // `(R)`, `(Retd.)`.
        .filter(|word| !(word.is_empty() || word.starts_with('(') && word.ends_with(')')))
        .collect();
    let bare = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    let is_of_name = |word: &&str| {
        let folded = bare(word);
        let has_capital =
            word.starts_with(|c: char| c.is_uppercase() || !(c.is_lowercase() || c.is_ascii()));
        !OFFICES.contains(&folded.as_str())
            && !HOUSES.contains(&folded.as_str())
            && (has_capital || PARTICLES.contains(&folded.as_str()))
            && !word.contains(|c: char| c.is_numeric())
    };
    (2..=6).contains(&words.len()) && words.iter().all(is_of_name)
}

/// Whether a text is a name of two to four ideographs.
fn is_ideographic(text: &str) -> bool {
    (2..=4).contains(&text.chars().count())
        && text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// The name in a field that says what the person is too, and what that is.
fn name_and_post(text: &str) -> Option<(&str, &str)> {
    let marks = [" – ", " — ", " - ", " | ", ", ", " ("];
    let found = marks
        .iter()
        .filter_map(|mark| Some((text.find(mark)?, *mark)));
    let (at, mark) = found.min_by_key(|(at, _)| *at)?;
    let behind = &text[at + mark.len()..];
    let post = match mark {
        " (" => behind
            .strip_suffix(')')
            .filter(|post| !post.contains(['(', ')']))?,
        _ => behind,
    };
    let mut words = post
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let has_office = words
        .clone()
        .any(|word| OFFICES.contains(&word.to_lowercase().as_str()));
    let is_parted = match mark {
        ", " => false,
        " (" => post.contains(','),
        // A name is written with a dash in some languages, but not with several words behind it.
        _ => words.nth(1).is_some(),
    };
    (has_office || is_parted).then(|| (text[..at].trim(), post.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_what_the_person_is_are_told_from_names() {
        for (text, name, post) in [
            (
                "Amina Khan, Senior Fellow, ISSI",
                "Amina Khan",
                "Senior Fellow, ISSI",
            ),
            (
                "Dr. Saleem Shahid (Dawn, Quetta)",
                "Dr. Saleem Shahid",
                "Dawn, Quetta",
            ),
            (
                "Amina Khan – Institute of Strategic Studies",
                "Amina Khan",
                "Institute of Strategic Studies",
            ),
        ] {
            assert_eq!(name_and_post(text), Some((name, post)));
        }
        for text in [
            "Amina Khan, PhD, FRSA",
            "Brig. (Retd.) Haris Beg, SI(M)",
            "Khan, Amina Bibi",
            "Martin Luther King, Jr.",
            "Jean - Luc",
            "Asad Durrani (ret.)",
            "Amina Khan",
            "آمنہ خان",
        ] {
            assert_eq!(name_and_post(text), None, "{text}");
        }
    }

    #[test]
    fn two_names_in_one_are_told_from_one_name() {
        for (text, first, second) in [
            ("Hina Shah and Bilal Khan", "Hina Shah", "Bilal Khan"),
            (
                "Dr. Hina Shah & Prof. Bilal Khan",
                "Dr. Hina Shah",
                "Prof. Bilal Khan",
            ),
            (
                "Hina Shah, Bilal Khan and Omar Daud",
                "Hina Shah, Bilal Khan",
                "Omar Daud",
            ),
            ("Hina Shah; Bilal Khan", "Hina Shah", "Bilal Khan"),
            (
                "Lt. Col. (R) Asim Butt and Maj. Sara Noor",
                "Lt. Col. (R) Asim Butt",
                "Maj. Sara Noor",
            ),
            ("Hina Shah / Bilal Khan", "Hina Shah", "Bilal Khan"),
            ("حنا شاہ اور بلال خان", "حنا شاہ", "بلال خان"),
            (
                "Maria Klein und Jens von der Au",
                "Maria Klein",
                "Jens von der Au",
            ),
            ("李伟、王芳", "李伟", "王芳"),
        ] {
            assert_eq!(two_names(text), Some((first, second)), "{text}");
        }
        for text in [
            "Ministry of Defence and Aerospace",
            "Johnson & Johnson",
            "Royal Society of Arts and Crafts",
            "José Ortega y Gasset",
            "Khan, Amina Bibi",
            "Amina Khan, PhD, FRSA",
            "Martin Luther King, Jr.",
            "Brig. (Retd.) Haris Beg, SI(M)",
            "Centre for Trade and Policy Research",
            "Department of Peace and Conflict Studies",
            "United Nations and Red Cross Office",
            "Rosa Luxemburg",
            "李伟",
        ] {
            assert_eq!(two_names(text), None, "{text}");
        }
    }
}
