//! Changes of HTML documents.

use crate::change::{edition, exported, found};

#[test]
fn every_change_of_html_is_found_and_named() {
    let place = exported();
    let name = edition("html");
    let whole = String::from_utf8(place.read(&name)).unwrap();
    for (what, from, to, named) in [
        ("a letter", "second paragraph", "sesond paragraph", "sesond"),
        ("a level", "<h3", "<h4", "heading of level 4"),
        (
            "a name",
            "content=\"Amina Khan\"",
            "content=\"Amina\"",
            "creators",
        ),
        (
            "a link",
            "href=\"https://example.org/a\"",
            "href=\"https://example.net/a\"",
            "link",
        ),
        (
            "silence",
            "<p>The last",
            "<p aria-hidden=\"true\">The last",
            "nothing",
        ),
        (
            "the language",
            "<html lang=\"en-GB\"",
            "<html lang=\"en-US\"",
            "language",
        ),
    ] {
        assert!(whole.contains(from), "{what}");
        place.write(&name, whole.replace(from, to));
        found(&place, what, &name, named);
    }
}
