//! Names of people in their parts, for catalogues and reference managers that want family and given name told apart.
//!
//! The source's sorted name says it. Without one, a name is only split where nothing speaks against it: two words of Latin
//! letters in a language whose family names stand last, of somebody who is known to be a person. All others stay whole, for a
//! name split wrongly is a name nobody finds.

use super::Person;
use crate::piece::LanguageTag;

/// A name in its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameParts<'a> {
    /// The family name.
    pub family: &'a str,
    /// The given names.
    pub given: &'a str,
    /// What follows both, such as `Jr.`; empty where nothing does.
    pub suffix: &'a str,
}

impl NameParts<'_> {
    /// Family name, given names, and what follows them, with commas between.
    #[must_use]
    pub fn listed(&self) -> String {
        let parts = [self.family, self.given, self.suffix];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(", ")
    }
}

/// What follows a name after a comma, or before the end, without being a part of the family name; full stops are not compared.
const SUFFIXES: &[&str] = &[
    "Jr", "Sr", "II", "III", "IV", "PhD", "DPhil", "MD", "JD", "Esq", "MP", "KC", "QC", "OBE",
    "CBE", "MBE",
];

/// Languages whose writers put the given name first and the family name last.
const FAMILY_LAST: &[&str] = &[
    "af", "bg", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es", "et", "eu", "fi", "fr", "ga",
    "gl", "hr", "it", "lb", "lt", "lv", "mk", "mt", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru",
    "sk", "sl", "sq", "sr", "sv", "tr", "uk",
];

/// Words that are no given and no family name by themselves: titles, particles, and what bodies are called.
const NO_NAMES: &[&str] = &[
    "Abu",
    "Al",
    "Bin",
    "Bint",
    "Da",
    "De",
    "Del",
    "Den",
    "Der",
    "Di",
    "Du",
    "El",
    "Ibn",
    "La",
    "Le",
    "Mac",
    "San",
    "Santa",
    "St",
    "Ten",
    "Ter",
    "Umm",
    "Van",
    "Von",
    "Zu",
    "Admiral",
    "Ambassador",
    "Brother",
    "Captain",
    "Colonel",
    "Dame",
    "Doctor",
    "Dr",
    "Father",
    "General",
    "Haji",
    "Imam",
    "Judge",
    "King",
    "Lady",
    "Lord",
    "Madame",
    "Major",
    "Maulana",
    "Miss",
    "Mr",
    "Mrs",
    "Ms",
    "Mullah",
    "Pope",
    "President",
    "Prince",
    "Princess",
    "Prof",
    "Professor",
    "Queen",
    "Rabbi",
    "Saint",
    "Senator",
    "Shaikh",
    "Sheikh",
    "Sir",
    "Sister",
    "Sri",
    "The",
    "Agency",
    "Alliance",
    "Analysts",
    "Association",
    "Authors",
    "Bank",
    "Board",
    "Bureau",
    "Center",
    "Centre",
    "Club",
    "Collective",
    "Commission",
    "Committee",
    "Company",
    "Congress",
    "Council",
    "Department",
    "Desk",
    "Editors",
    "Foundation",
    "Forum",
    "Group",
    "Initiative",
    "Institute",
    "Lab",
    "League",
    "Library",
    "Media",
    "Ministry",
    "Museum",
    "Network",
    "News",
    "Observatory",
    "Office",
    "Organisation",
    "Organization",
    "Party",
    "Press",
    "Programme",
    "Program",
    "Project",
    "Research",
    "School",
    "Service",
    "Society",
    "Staff",
    "Team",
    "Trust",
    "Union",
    "Unit",
    "University",
];

/// Family names that stand first where they come from, as they are written in Latin letters: whose name begins with one
/// is not known to have it at the end.
const FAMILY_FIRST: &[&str] = &[
    "Bai", "Ban", "Bui", "Cai", "Cao", "Chan", "Chang", "Chen", "Cheng", "Cheung", "Choi", "Chow",
    "Chu", "Chung", "Cui", "Dai", "Dang", "Deng", "Ding", "Dinh", "Do", "Dong", "Du", "Duong",
    "Fan", "Fang", "Feng", "Fu", "Gao", "Gong", "Gu", "Guo", "Han", "He", "Ho", "Hoang", "Hong",
    "Hou", "Hu", "Huang", "Huynh", "Hwang", "Jang", "Jeong", "Jia", "Jiang", "Jin", "Jo", "Jung",
    "Kang", "Kim", "Kong", "Kwon", "Lai", "Lam", "Lau", "Le", "Lee", "Lei", "Leung", "Li", "Liang",
    "Liao", "Lim", "Lin", "Liu", "Lo", "Lu", "Luo", "Luong", "Ly", "Ma", "Mai", "Mao", "Meng",
    "Moon", "Ng", "Ngo", "Nguyen", "Oh", "Ou", "Pan", "Park", "Peng", "Pham", "Phan", "Qian",
    "Qin", "Qiu", "Ren", "Ryu", "Seo", "Shao", "Shen", "Shi", "Shin", "Son", "Song", "Su", "Sun",
    "Tan", "Tang", "Tao", "Tian", "To", "Tran", "Trinh", "Truong", "Tsai", "Vo", "Vu", "Wan",
    "Wang", "Wei", "Wen", "Wong", "Woo", "Wu", "Xi", "Xia", "Xiao", "Xie", "Xiong", "Xu", "Xue",
    "Yan", "Yang", "Yao", "Ye", "Yi", "Yin", "Yoon", "Yu", "Yuan", "Zeng", "Zhang", "Zhao",
    "Zheng", "Zhong", "Zhou", "Zhu", "Zou",
];

impl Person {
    /// Family and given name, where the sorted name tells them apart, or the name does without doubt in a piece of this language.
    #[must_use]
    pub fn parts(&self, language: &LanguageTag) -> Option<NameParts<'_>> {
        match &self.sort_name {
            Some(sorted) => sorted_parts(sorted),
            None => self.evident_parts(language),
        }
    }

    fn evident_parts(&self, language: &LanguageTag) -> Option<NameParts<'_>> {
        let (name, suffix) = without_suffix(&self.name);
        // A body has none of these.
        let person = self.orcid.is_some() || self.affiliation.is_some() || !suffix.is_empty();
        let (given, family) = name.split_once(' ')?;
        let known = |list: &[&str], word: &str| list.contains(&word.trim_end_matches('.'));
        let apart = is_name(family)
            && (is_name(given) || is_initial(given))
            && !known(NO_NAMES, given)
            && !known(NO_NAMES, family)
            && !known(FAMILY_FIRST, given);
        let safe = person && apart && known(FAMILY_LAST, language.primary());
        safe.then_some(NameParts {
            family,
            given,
            suffix,
        })
    }
}

/// The parts of a sorted name.
fn sorted_parts(sorted: &str) -> Option<NameParts<'_>> {
    let (rest, suffix) = match sorted.rsplit_once(',') {
        Some((rest, last)) if rest.contains(',') && is_suffix(last.trim()) => (rest, last.trim()),
        _ => (sorted, ""),
    };
    let (family, given) = rest.split_once(',')?;
    let (family, given) = (family.trim(), given.trim());
    (!family.is_empty() && !given.is_empty()).then_some(NameParts {
        family,
        given,
        suffix,
    })
}

/// A name, and what follows it.
fn without_suffix(name: &str) -> (&str, &str) {
    let name = name.trim();
    let cut = name.rsplit_once(',').or_else(|| name.rsplit_once(' '));
    match cut {
        Some((rest, last)) if is_suffix(last.trim()) => (rest.trim(), last.trim()),
        _ => (name, ""),
    }
}

fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&word.replace('.', "").as_str())
}

/// A large letter and small ones, all of them Latin; a second large one after a hyphen or an apostrophe.
fn is_name(word: &str) -> bool {
    let mut parts = word.split(['-', '\'', '\u{2019}']);
    let part = |part: &str| {
        let mut letters = part.chars();
        letters
            .next()
            .is_some_and(|first| is_latin(first) && first.is_uppercase())
            && letters.all(|letter| is_latin(letter) && letter.is_alphabetic())
            && !(part.chars().count() > 1 && part.chars().all(char::is_uppercase))
    };
    word.chars().count() > 1 && parts.all(part)
}

fn is_initial(word: &str) -> bool {
    let letter = word.strip_suffix('.').unwrap_or_default();
    letter.chars().count() == 1 && letter.chars().all(|c| is_latin(c) && c.is_uppercase())
}

fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic() || matches!(letter, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::compose::Part;
    use crate::piece::Role;

    fn person(name: &str, sort_name: Option<&str>) -> Person {
        Person {
            name_language: None,
            name: name.to_owned(),
            sort_name: sort_name.map(str::to_owned),
            part: Part::Creator,
            role: Role::AUTHOR,
            affiliation: Some("An institute".to_owned()),
            id: None,
            orcid: None,
            ror: None,
            url: None,
        }
    }

    fn listed(person: &Person, language: &str) -> Option<String> {
        let language = LanguageTag::parse(language).unwrap();
        person.parts(&language).map(|parts| parts.listed())
    }

    #[test]
    fn the_sorted_name_says_the_parts() {
        for (sorted, parts) in [
            ("Khan, Mansoor Ahmad", Some("Khan, Mansoor Ahmad")),
            ("King, Martin Luther, Jr.", Some("King, Martin Luther, Jr.")),
            ("Xi Jinping", None),
            ("Khan,", None),
        ] {
            assert_eq!(
                listed(&person("Ada Lovelace", Some(sorted)), "en").as_deref(),
                parts,
                "{sorted}"
            );
        }
    }

    #[test]
    fn a_name_is_split_where_nothing_speaks_against_it() {
        for (name, parts) in [
            ("Ada Lovelace", Some("Lovelace, Ada")),
            ("J. O’Brien-Łuczak", Some("O’Brien-Łuczak, J.")),
            ("Samuel Rowe, Jr.", Some("Rowe, Samuel, Jr.")),
            ("Samuel Rowe III", Some("Rowe, Samuel, III")),
            ("Jane Roe, Ph.D.", Some("Roe, Jane, Ph.D.")),
            ("Mansoor Ahmad Khan", None),
            ("Ludwig van Beethoven", None),
            ("Xi Jinping", None),
            ("Dr. Strangelove", None),
            ("Suharto", None),
            ("World Bank", None),
            ("BBC Urdu", None),
            ("A B", None),
            ("Ministry of Foreign Affairs, Pakistan", None),
            ("منصور خان", None),
        ] {
            assert_eq!(
                listed(&person(name, None), "en-GB").as_deref(),
                parts,
                "{name}"
            );
        }
    }

    #[test]
    fn a_language_with_another_order_and_a_name_of_unknown_kind_are_left_whole() {
        for language in ["hu", "zh", "vi", "is", "id"] {
            assert_eq!(
                listed(&person("Orbán Viktor", None), language),
                None,
                "{language}"
            );
        }
        let mut unknown = person("Northern Lights", None);
        unknown.affiliation = None;
        assert_eq!(listed(&unknown, "en"), None);
    }
}
