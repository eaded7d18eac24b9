//! Addresses in running text: where a line may end inside one (Chicago Manual of Style, 14.18): after a slash, else before a
//! mark, so that no reader takes a mark of the address for one of the sentence, nor a hyphen of it for one of the setter.

/// Where the addresses of a text begin and end.
pub(super) fn of(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    let words = text.split([' ', '\u{A0}', '\n', '\t']).map(move |word| {
        let start = at;
        at += word.len();
        // The separator: one of them has two bytes.
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        (start, word)
    });
    words
        .filter(|(_, word)| is_address(word))
        .map(|(start, word)| (start, start + word.len()))
}

/// Whether a word without spaces is an address: of a page, with its scheme or without, or of a mailbox.
fn is_address(word: &str) -> bool {
    if word.len() < 6 {
        return false;
    }
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    if word.contains("://") || word.starts_with("www.") {
        return true;
    }
    let host = match (word.find('@'), word.find('/')) {
        (Some(at), None) => &word[at + 1..],
        (None, Some(slash)) => &word[..slash],
        _ => return false,
    };
    let host = host.trim_end_matches(|c: char| !c.is_alphanumeric());
    let label = |label: &str| {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        !label.is_empty() && label.bytes().all(plain)
    };
    let last = host.rsplit('.').next().unwrap_or("");
    host.contains('.')
        && host.split('.').all(label)
        && last.len() > 1
        && !last.starts_with(|c: char| c.is_ascii_digit())
}

/// The bytes of an address before which a line may end, ascending.
pub(super) fn places(address: &str) -> impl Iterator<Item = usize> {
    // Nothing of a scheme stands alone, and no mark behind the address goes to the next line.
    let scheme = address.find("://").map_or(0, |at| at + 3);
    let start = match address.get(scheme..scheme + 4) {
        Some("www.") => scheme + 4,
        _ => scheme.max(2),
    };
    let end = address
        .trim_end_matches(|c: char| !c.is_alphanumeric())
        .len()
        .saturating_sub(2);
    let mut before = '\0';
    let places = address.char_indices().filter(move |(_, c)| {
        let last = std::mem::replace(&mut before, *c);
        let after = matches!(last, '/' | '@') && *c != '/';
        let mark = matches!(
            c,
            '-' | '.' | '_' | '~' | '?' | '#' | '&' | '=' | '%' | '+' | ','
        );
        after || (mark && last.is_alphanumeric())
    });
    places
        .map(|(at, _)| at)
        .filter(move |at| *at > start && *at < end)
}
