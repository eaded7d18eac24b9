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
    ("a script", "</head>", "<script src=\"x.js\"></script></head>", "script"),
    ("what it does when it is touched", "<p>The last", "<p onclick=\"x()\">The last", "onclick"),
    ("another name for those who listen", "<h3 id=\"trade\"", "<h3 aria-label=\"Never\" id=\"trade\"", "aria-label"),
    ("a table that is none", "<table id", "<table role=\"presentation\" id", "role"),
    ("numbers from seven", "<ol>\n<li>green", "<ol start=\"7\">\n<li>green", "start"),
    ("a picture from elsewhere", "<img src=\"", "<img src=\"https://example.com/a.png\" alt=\"A disc above a bar\"/><img alt=\"\" src=\"", "from elsewhere"),
    ("words beside the text", "</body>", "<footer>Never</footer></body>", "outside the text"),
    ("a heading cell that says not what it heads", "<th scope=\"col\"", "<th", "does not say which"),
    ("the day", "dcterms.issued\" content=\"2025", "dcterms.issued\" content=\"2024", "`dcterms.issued`"),
    ("an identifier", "content=\"urn:uuid:", "content=\"urn:uuid:0", "`dcterms.identifier`"),
    ("a statement more", "<title>", "<meta property=\"og:title\" content=\"Never\"/><title>", "`og:title`"),
    ("another address", "<title>", "<link rel=\"canonical\" href=\"https://example.com/\"/><title>", "`link canonical`"),
    ("words put before a table", "<p>The last word.</p>", "<table><p>The last word.</p></table>", "there is a `table` with nothing in it"),
    ("what other sites are told", "<title>", "<meta name=\"referrer\" content=\"unsafe-url\"/><title>", "`referrer`"),
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
