//! Changes of HTML documents.

use crate::change::{all_found, edition, exported_as, found};

/// What is changed, what is sought, what stands there then, and what the message says.
#[rustfmt::skip]
pub(crate) const CHANGES: &[(&str, &str, &str, &str)] = &[
    ("a letter", "second paragraph", "sesond paragraph", "sesond"),
    ("a level", "<h3", "<h4", "heading of level 4"),
    ("a name", "content=\"Amina Khan\"", "content=\"Amina\"", "creators"),
    ("a link", "href=\"https://example.org/a\"", "href=\"https://example.net/a\"", "link"),
    ("silence", "<p>The last", "<p aria-hidden=\"true\">The last", "nothing"),
    ("the language", "<html lang=\"en-GB\"", "<html lang=\"en-US\"", "language"),
    ("a heading that heads its row", "scope=\"col\"", "scope=\"row\"", "heads its row"),
    ("emphasis of another kind", "<em>stress</em>", "<strong>stress</strong>", "emphasis"),
    ("an alternative text lost", "alt=\"A disc above a bar\"", "alt=\"\"", "nothing"),
    ("an item out of its list", "<li>red</li>\n</ol>", "</ol>red", "lists"),
    ("the title", "<title>Proofs", "<title>Pros", "title"),
    ("white words", "<p>The last", "<p style=\"color: white\">The last", "the colour of what lies under it"),
    ("words off the page", "<p>The last", "<p style=\"text-indent: -999em\">The last", "off the page"),
    ("words turned around", "The last word.", "<bdo dir=\"rtl\">The last word.</bdo>", "turned around"),
    ("words cut away", "<p>The last", "<p style=\"clip-path: inset(100%)\">The last", "hides it"),
    ("words that a style writes", "</head>", "<style>h3::before { content: \"No \" }</style></head>", "nobody says it"),
    ("words in a button", "<p>The last", "<button>Never</button><p>The last", "nobody says it"),
    ("a link to nowhere", "href=\"#note_1\"", "href=\"#note_9\"", "leads nowhere"),
    ("two ids alike", "id=\"trade\"", "id=\"amina_khan\"", "two elements"),
    ("a link inside to another place", "href=\"#amina_khan\"", "href=\"#trade\"", "link"),
];

#[test]
fn every_change_of_html_is_found_and_named() {
    let place = exported_as(&["html"]);
    let name = edition("html");
    let whole = String::from_utf8(place.read(&name)).unwrap();
    let mut missed = Vec::new();
    for (what, from, to, named) in CHANGES {
        assert!(whole.contains(from), "{what}");
        place.write(&name, whole.replace(from, to));
        missed.extend(found(&place, what, &name, named));
    }
    all_found("html", CHANGES.len(), &missed);
}
