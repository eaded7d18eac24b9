//! What stands before or around blocks of text: labels of lists, places that links lead to, and the lists of those.

use super::picture::Picture;

/// What a block carries besides its words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Marks {
    /// The label with which it begins the item of a list.
    pub label: Option<Label>,
    /// The names of the places that begin with it or in it.
    pub anchors: Vec<String>,
    /// What kind of text its format says it is, in the words of that format.
    pub kind: Option<String>,
    /// Where its first letter stands: the number of the page, and how far above the foot of the paper, in points.
    pub at: Option<(usize, f64)>,
    /// Whether a break between two thoughts stands before it.
    pub is_parted: bool,
    /// The picture that it stands for.
    pub picture: Option<Picture>,
    /// Where that is in the file, until it is read.
    pub source: Option<String>,
}

/// The label of a list's item, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// A bullet of any shape.
    Bullet,
    /// A number with a full stop.
    Number(usize),
    /// Anything else.
    Other(String),
    /// None, where others of the kind have one.
    None,
}

/// Signs that are bullets; faces of symbols have theirs in the private area.
const BULLETS: &str = "•◦▪‣⁃∙○●■□▫·";

impl Label {
    /// The label that these characters are.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.trim();
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (None, _) => return Self::None,
            (Some(sign), None)
                if BULLETS.contains(sign) || ('\u{E000}'..='\u{F8FF}').contains(&sign) =>
            {
                return Self::Bullet;
            }
            _ => {}
        }
        let digits = text.strip_suffix('.').unwrap_or(text);
        match digits.parse() {
            Ok(number) if text.ends_with('.') && digits.bytes().all(|b| b.is_ascii_digit()) => {
                Self::Number(number)
            }
            _ => Self::Other(text.to_owned()),
        }
    }
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bullet => f.write_str("a bullet"),
            Self::Number(number) => write!(f, "“{number}.”"),
            Self::Other(text) => write!(f, "“{text}”"),
            Self::None => f.write_str("no label"),
        }
    }
}

/// A name that leads into the text, in contents, bookmarks or navigation.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The name.
    pub text: String,
    /// Where it is listed.
    pub place: String,
    /// In which list.
    pub list: List,
    /// In how many others of the list it stands.
    pub depth: usize,
    /// Where it leads.
    pub aim: Aim,
}

/// A list of names that lead into the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// Contents in the text.
    Contents,
    /// The navigation of a publication.
    Navigation,
    /// The navigation of older reading systems.
    Ncx,
    /// The bookmarks of a PDF.
    Bookmarks,
    /// Landmarks and headings of navigation: names alone, in no order.
    Names,
}

/// Where a name leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Aim {
    /// Nobody says, or it is not followed.
    Unknown,
    /// To a place of this name.
    Name(String),
    /// To a place on a page: its number, and how far above the foot of the paper the view begins, where that is said.
    At(usize, Option<f64>),
    /// Out of the text, or nowhere.
    Elsewhere(String),
}

#[cfg(test)]
mod tests {
    use super::Label;

    #[test]
    fn labels_are_told_apart() {
        for (text, label) in [
            ("•", Label::Bullet),
            (" \u{F0B7} ", Label::Bullet),
            ("12.", Label::Number(12)),
            ("۱۲.", Label::Other("۱۲.".to_owned())),
            ("a.", Label::Other("a.".to_owned())),
            ("12", Label::Other("12".to_owned())),
            ("No", Label::Other("No".to_owned())),
            ("", Label::None),
        ] {
            assert_eq!(Label::of(text), label, "{text}");
        }
    }
}
