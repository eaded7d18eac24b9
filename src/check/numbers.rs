//! Numbers with which the items of lists begin elsewhere: `1)`, `(a)`, `2.`, `۱۔`, `二、`, `③`.

/// The zeros of digits in which items are numbered.
const ZEROS: &[char] = &[
    '0', '٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '၀', '០', '０',
];

/// The first ten numbers of Chinese and Japanese.
const IDEOGRAPHS: &[char] = &['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// Numbers in circles, in brackets and with a full stop: the first of each row, and how many there are.
const SIGNS: &[(char, u32)] = &[('①', 20), ('⑴', 20), ('⒈', 20), ('㈠', 10), ('❶', 10)];

/// The length of the number of an item with which a text begins, and what follows it. A number with a full stop is one of an item only
/// below the number before it, as `2.` below `1.`: years, days and numbered things end so too.
pub(super) fn number<'t>(text: &'t str, before: Option<&str>) -> Option<(usize, &'t str)> {
    let own = Numbered::of(text)?;
    let follows = || {
        let above = Numbered::of(before?)?;
        (above.sign == own.sign && own.counted? == above.counted? + 1).then_some(())
    };
    let rest = text[own.length..].trim_start();
    let is_item = !rest.is_empty() && (own.is_sure || follows().is_some());
    is_item.then_some((own.length, rest))
}

/// The length of a number that an item of a list begins with; `place` is which one it is, from 1.
pub(super) fn of_item(text: &str, place: usize) -> Option<(usize, &str)> {
    let own = Numbered::of(text)?;
    let rest = text[own.length..].trim_start();
    let counts = own
        .counted
        .is_some_and(|number| usize::try_from(number) == Ok(place));
    (counts && !rest.is_empty()).then_some((own.length, rest))
}

/// A number, or a letter, with the sign behind it.
struct Numbered {
    /// How long both are.
    length: usize,
    /// Which number it is; none of letters.
    counted: Option<u32>,
    /// The sign behind it, or the script of one that has none.
    sign: char,
    /// Whether nothing else is written so.
    is_sure: bool,
}

impl Numbered {
    fn of(text: &str) -> Option<Self> {
        let first = text.chars().next()?;
        if let Some((script, number)) = of_sign(first) {
            return Some(Self {
                length: first.len_utf8(),
                counted: Some(number),
                sign: script,
                is_sure: false,
            });
        }
        let (open, inside) = match first {
            '(' | '（' => (first.len_utf8(), &text[first.len_utf8()..]),
            _ => (0, text),
        };
        let (length, counted) = digits(inside).or_else(|| letter(inside))?;
        let sign = inside[length..].chars().next()?;
        let behind = &inside[length + sign.len_utf8()..];
        let is_apart = behind.starts_with(char::is_whitespace);
        let is_sure = match sign {
            ')' | '）' => true,
            // The full stop of Urdu ends no day and no year.
            '۔' => open == 0 && counted.is_some(),
            '.' | '．' | '-' | '–' | '、' if open == 0 && counted.is_some() => false,
            _ => return None,
        };
        // Wide signs have their space in them, and after a full stop it is forgotten at times.
        let needs_space = matches!(sign, ')' | '-' | '–');
        let is_decimal = sign == '.' && behind.starts_with(char::is_numeric);
        let stands = (is_apart || !needs_space) && !is_decimal;
        stands.then_some(Self {
            length: open + length + sign.len_utf8(),
            counted,
            sign,
            is_sure,
        })
    }
}

/// The length and the value of up to three digits of one script, or of a number in ideographs.
fn digits(text: &str) -> Option<(usize, Option<u32>)> {
    const MOST: usize = 3;
    let first = text.chars().next()?;
    if let Some(index) = IDEOGRAPHS.iter().position(|c| *c == first) {
        let number = u32::try_from(index + 1).ok();
        return Some((first.len_utf8(), number));
    }
    let value = |zero: char, c: char| {
        let value = u32::from(c).checked_sub(u32::from(zero));
        value.filter(|value| *value < 10)
    };
    let zero = ZEROS.iter().find(|zero| value(**zero, first).is_some())?;
    let found = text.chars().map_while(|c| value(*zero, c));
    let found: Vec<u32> = found.take(MOST + 1).collect();
    let number = found.iter().fold(0, |number, digit| number * 10 + digit);
    (found.len() <= MOST).then(|| (found.len() * first.len_utf8(), Some(number)))
}

/// The length of one small letter, or of a small Roman number.
fn letter(text: &str) -> Option<(usize, Option<u32>)> {
    const ROMAN: &[&str] = &["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    let length = text.bytes().take_while(u8::is_ascii_lowercase).count();
    let is_one = length == 1 || ROMAN.contains(&&text[..length]);
    is_one.then_some((length, None))
}

/// The number that a sign of its own is, and the first of its kind.
fn of_sign(c: char) -> Option<(char, u32)> {
    let mut rows = SIGNS.iter();
    rows.find_map(|(first, count)| {
        let number = u32::from(c).checked_sub(u32::from(*first))? + 1;
        (number <= *count).then_some((*first, number))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_items_are_told_from_words() {
        assert_eq!(number("1) One", None), Some((2, "One")));
        assert_eq!(number("(a) One", None), Some((3, "One")));
        assert_eq!(number("iv) One", None), Some((3, "One")));
        assert_eq!(number("2. Two", Some("1. One")), Some((2, "Two")));
        assert_eq!(number("2.Two", Some("1.One")), Some((2, "Two")));
        assert_eq!(number("2- Two", Some("1- One")), Some((2, "Two")));
        for text in [
            "1. May 1886",
            "1994) was",
            "(see) this",
            "a. b",
            "1)",
            "(2025) is",
            "1.5 million",
            "19-year-olds",
            "③ alone",
            "1111111111111111111111 is long",
        ] {
            assert_eq!(number(text, None), None, "{text}");
        }
        assert_eq!(number("2.5 million", Some("1.4 million")), None);
        assert_eq!(number("2. Two", Some("1) One")), None);
    }

    #[test]
    fn numbers_are_known_in_the_digits_of_other_scripts() {
        let rest = |text, before| number(text, before).map(|(_, rest)| rest.to_owned());
        let expect = |rest: &str| Some(rest.to_owned());
        assert_eq!(rest("۱۔ پہلا نکتہ", None), expect("پہلا نکتہ"));
        assert_eq!(rest("١) أولا", None), expect("أولا"));
        assert_eq!(rest("२. दूसरा", Some("१. पहला")), expect("दूसरा"));
        assert_eq!(rest("二、第二点", Some("一、第一点")), expect("第二点"));
        assert_eq!(rest("（1）第一点", None), expect("第一点"));
        assert_eq!(rest("② Second", Some("① First")), expect("Second"));
        assert_eq!(rest("十月的边境", Some("九月的边境")), None);
    }

    #[test]
    fn an_item_counts_as_its_list_does() {
        assert_eq!(of_item("2. two", 2), Some((2, "two")));
        assert_eq!(of_item("2. two", 1), None);
        assert_eq!(of_item("5 of them", 5), None);
    }
}
