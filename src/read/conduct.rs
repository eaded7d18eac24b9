//! What hypertext does besides saying its words: scripts, other names for those who listen, pictures from elsewhere, numbers of its
//! own. None of it stands in an edition.

use std::collections::{HashMap, HashSet};

use super::dom::{Dom, Node, NodeId, ROOT};
use super::soundness::Faults;
use crate::piece::Direction;

/// Elements that bring in what is not in the file, or take something from those who read.
const ACTIVE: &[&str] = &[
    "iframe", "frame", "object", "embed", "applet", "base", "input", "form", "portal", "picture",
    "source", "dialog", "details", "marquee", "blink", "q",
];
/// Attributes that say, show or do something else than the words do.
const ACTIVE_ATTRIBUTES: &[&str] = &[
    "contenteditable",
    "ping",
    "srcset",
    "inert",
    "aria-level",
    "aria-roledescription",
    "aria-description",
    "aria-valuetext",
    "headers",
    "abbr",
    "start",
    "reversed",
    "srcdoc",
    "background",
    "accesskey",
    "popover",
];
/// Roles that take from an element what it is.
const ROLES: &[&str] = &[
    "none",
    "presentation",
    "generic",
    "img",
    "image",
    "text",
    "heading",
    "paragraph",
    "button",
    "link",
    "list",
    "listitem",
    "table",
    "row",
    "cell",
    "math",
    "alert",
    "status",
    "log",
    "application",
    "definition",
    "term",
];
/// Elements that have their name from their words.
const NAMED_BY_WORDS: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "td",
    "th",
    "em",
    "strong",
    "caption",
    "img",
    "a",
    "span",
    "blockquote",
];

/// Judges a document; `language` is that of the file.
pub(super) fn judge(dom: &Dom, place: &str, language: Option<&str>, faults: &mut Faults) {
    for id in dom.descendants(ROOT) {
        let node = dom.node(id);
        if node.is_text() || node.name.is_empty() {
            continue;
        }
        element(dom, id, place, faults);
        attributes(node, place, faults);
        style(node, place, faults);
        languages(dom, id, place, faults);
    }
    let whole = dom.all("html").next();
    let own = whole.and_then(|html| html.attribute("lang").or(html.attribute("xml:lang")));
    if let Some(language) = language.filter(|language| own != Some(language)) {
        let own = own.unwrap_or("none");
        faults.add(
            place,
            format!("its language is {own}, and that of the file {language}"),
        );
    }
    navigation(dom, place, faults);
    notes(dom, place, faults);
}

/// What elements say of their own looks: the sides of pictures and columns, and labels that no style sheet has.
fn style(node: &Node, place: &str, faults: &mut Faults) {
    const KNOWN: &[&str] = &["list-style-type", "width"];
    let said = node.attribute("style").unwrap_or_default().split(';');
    let said = said.map(str::trim).filter(|said| !said.is_empty());
    for said in said {
        let property = said.split(':').next().unwrap_or_default().trim();
        let is_known = KNOWN.contains(&property.to_ascii_lowercase().as_str());
        if !is_known && !is_room(node, said) {
            faults.add(
                place,
                format!("`{}` has a style of its own: {said}", node.name),
            );
        }
    }
}

/// Whether something is said of the room beside a figure in its cell: a box without words, narrower than any column.
fn is_room(node: &Node, said: &str) -> bool {
    const WIDEST: f64 = 20.0;
    let wide = said.strip_prefix("padding-inline-end:");
    let wide = wide.and_then(|wide| wide.trim().strip_suffix("em")?.parse().ok());
    let is_said = said == "display: inline-block" || wide.is_some_and(|wide: f64| wide < WIDEST);
    node.name == "span" && node.children.is_empty() && is_said
}

fn element(dom: &Dom, id: NodeId, place: &str, faults: &mut Faults) {
    let node = dom.node(id);
    let name = node.name.as_str();
    let mut says = |what: &str| faults.add(place, format!("{what}: {}", beginning(dom, id)));
    match name {
        "script" if !node.says("type", "application/ld+json") => {
            says("a script may change what it says");
        }
        "meta" if node.attribute("http-equiv").is_some_and(is_refresh) => {
            says("it leads its readers elsewhere");
        }
        "link" if node.says("rel", "stylesheet") && node.attribute("href").is_some_and(is_far) => {
            says("its looks come from elsewhere");
        }
        "img" if node.attribute("src").is_some_and(is_far) => {
            says("a picture comes from elsewhere")
        }
        "img"
            if ["width", "height"]
                .iter()
                .any(|side| node.attribute(side) == Some("0")) =>
        {
            says("a picture has no room");
        }
        "th" if node.attribute("scope").is_none() => {
            says("a cell that heads others does not say which");
        }
        _ if ACTIVE.contains(&name) => says(&format!("there is an element `{name}`")),
        _ => {}
    }
    let spans = |name: &str| node.attribute(name).is_some_and(|by| by.trim() != "1");
    if matches!(name, "td" | "th") && spans("rowspan") {
        says("a cell spans rows");
    }
    // A table that is moved in a room of its own is named by words of it.
    if let Some(label) = node.attribute("aria-label").filter(|_| name == "div") {
        const MOST: usize = 100;
        let words = dom.unmarked(id);
        let mut label = label.split_whitespace().take(MOST);
        if !label.all(|word| words.contains(word.trim_end_matches(','))) {
            says("it is called by words that are not its own");
        }
    }
    // A section may be named by a heading of its own.
    if let Some(by) = node.attribute("aria-labelledby") {
        let mut headings = dom.descendants(id).map(|id| dom.node(id));
        let first = headings.find(|node| is_heading(node));
        if first.is_none_or(|first| first.attribute("id") != Some(by)) {
            says("it has its name from elsewhere");
        }
    }
}

fn attributes(node: &Node, place: &str, faults: &mut Faults) {
    let name = node.name.as_str();
    let role = node.attribute("role").unwrap_or_default();
    for (attribute, value) in node.attributes() {
        let is_wrong = match attribute {
            "role" => value.split_whitespace().any(|role| ROLES.contains(&role)),
            "aria-label" => NAMED_BY_WORDS.contains(&name) && !role.starts_with("doc-"),
            "title" => matches!(name, "img" | "a" | "p" | "abbr" | "span" | "em" | "strong"),
            "value" => name == "li",
            "type" => name == "ol",
            "href" => value
                .trim_start()
                .to_ascii_lowercase()
                .starts_with("javascript:"),
            _ => attribute.starts_with("on") || ACTIVE_ATTRIBUTES.contains(&attribute),
        };
        if is_wrong && !(attribute == "title" && role == "doc-pagebreak") {
            faults.add(place, format!("`{name}` has `{attribute}=\"{value}\"`"));
        }
    }
}

/// Both attributes of an element name one language, and its direction is that of its letters.
fn languages(dom: &Dom, id: NodeId, place: &str, faults: &mut Faults) {
    let node = dom.node(id);
    let [html, xml] = ["lang", "xml:lang"].map(|name| node.attribute(name));
    if let (Some(html), Some(xml)) = (html, xml)
        && html != xml
    {
        faults.add(place, format!("an element is in {html} and in {xml}"));
    }
    let Some(direction) = node.attribute("dir") else {
        return;
    };
    // What names a language of its own may stand in words of another direction, and take that.
    if html.is_some() {
        return;
    }
    if node.name != "p" && !is_heading(node) {
        return;
    }
    let words = dom.words(id);
    let named = |own: Direction| match own {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    };
    let strong = words.chars().filter_map(Direction::of).map(named);
    let mut strong = strong.peekable();
    if strong.peek().is_some() && strong.all(|own| own != direction) && direction != "auto" {
        let text = beginning(dom, id);
        faults.add(
            place,
            format!("it runs {direction}, against its letters: {text}"),
        );
    }
}

/// Navigation holds names that lead somewhere, and a heading.
fn navigation(dom: &Dom, place: &str, faults: &mut Faults) {
    for nav in dom
        .descendants(ROOT)
        .filter(|id| dom.node(*id).name == "nav")
    {
        let mut waiting = dom.node(nav).children.clone();
        while let Some(id) = waiting.pop() {
            let node = dom.node(id);
            if node.text.chars().any(char::is_alphabetic) {
                let text = node.text.trim();
                faults.add(
                    place,
                    format!("its navigation says “{text}”, which leads nowhere"),
                );
            }
            if node.name != "a" && !is_heading(node) {
                waiting.extend(&node.children);
            }
        }
    }
}

/// References lead to notes in the order of these, with one mark for each, and notes lead back to their references.
fn notes(dom: &Dom, place: &str, faults: &mut Faults) {
    let is = |node: &Node, word: &str| {
        node.says("epub:type", word) || node.says("role", &format!("doc-{word}"))
    };
    let all = || dom.descendants(ROOT).filter(|id| !dom.node(*id).is_text());
    let target = |node: &Node| node.attribute("href")?.strip_prefix('#').map(str::to_owned);
    let ids: Vec<&str> = all()
        .filter(|id| is(dom.node(*id), "footnote"))
        .filter_map(|id| dom.node(id).attribute("id"))
        .collect();
    if ids.is_empty() {
        return;
    }
    let mut marks: HashMap<String, String> = HashMap::new();
    let mut known: HashSet<String> = HashSet::new();
    let mut order: Vec<String> = Vec::new();
    let mut sources: HashMap<&str, String> = HashMap::new();
    for id in all().filter(|id| is(dom.node(*id), "noteref")) {
        let node = dom.node(id);
        let Some(to) = target(node) else {
            continue;
        };
        if let Some(own) = node.attribute("id") {
            sources.insert(own, to.clone());
        }
        let mark = dom.words(id).trim().to_owned();
        match marks.get(&to) {
            Some(first) if *first != mark => {
                faults.add(place, format!("a note has the marks {first} and {mark}"));
            }
            Some(_) => {}
            None if known.contains(&mark) => {
                faults.add(place, format!("two notes have the mark {mark}"));
            }
            None => {
                known.insert(mark.clone());
                order.push(to.clone());
                marks.insert(to, mark);
            }
        }
    }
    if order != ids {
        faults.add(
            place,
            "its references do not lead to its notes one after the other",
        );
    }
    for id in all().filter(|id| is(dom.node(*id), "footnote")) {
        let own = dom.node(id).attribute("id").unwrap_or_default();
        let mark = marks.get(own);
        for back in dom
            .descendants(id)
            .filter(|id| is(dom.node(*id), "backlink"))
        {
            // A reference may stand in another document.
            let Some(from) = target(dom.node(back)) else {
                continue;
            };
            let leads = sources.get(from.as_str());
            if leads.is_none_or(|leads| leads != own) {
                faults.add(
                    place,
                    format!("a way back from note `{own}` leads elsewhere"),
                );
            }
        }
        let shown = dom
            .descendants(id)
            .find(|id| dom.node(*id).says("class", "mark"));
        let shown = shown.map(|id| dom.words(id).trim().to_owned());
        if let (Some(shown), Some(mark)) = (shown, mark)
            && !shown.is_empty()
            && shown != *mark
        {
            faults.add(
                place,
                format!("the note of mark {mark} has the mark {shown}"),
            );
        }
    }
}

fn is_heading(node: &Node) -> bool {
    matches!(node.name.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_refresh(value: &str) -> bool {
    value.eq_ignore_ascii_case("refresh")
}

fn is_far(address: &str) -> bool {
    let lower = address.trim_start().to_ascii_lowercase();
    ["http:", "https:", "//", "ftp:", "file:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
}

/// The first words in an element, or its name.
fn beginning(dom: &Dom, id: NodeId) -> String {
    let words = dom.words(id);
    let words: Vec<&str> = words.split_whitespace().take(8).collect();
    match words.is_empty() {
        true => format!("`{}`", dom.node(id).name),
        false => format!("“{}”", words.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(body: &str) -> usize {
        let dom = Dom::of_html(format!("<html lang=en><body>{body}").as_bytes());
        let mut faults = Faults::default();
        judge(&dom, "", Some("en"), &mut faults);
        faults.finish().len()
    }

    #[test]
    fn what_words_do_not_say_is_told() {
        for sound in [
            "<p dir=rtl lang=ur>سرحد</p><p dir=ltr>12</p>",
            "<p>a<a role=doc-noteref id=r href='#n'>1</a></p><aside role=doc-footnote id=n>\
             <span class=mark><a role=doc-backlink href='#r' aria-label='1 Back'>1</a></span> b</aside>",
            "<table><tr><th scope=col>a</table>",
            "<div aria-label='By year.'>By year<sup><a role=doc-noteref>1</a></sup>.</div>",
        ] {
            assert_eq!(faults(sound), 0, "{sound}");
        }
        for broken in [
            "<script>x()</script>",
            "<p onclick=x>a</p>",
            "<h2 role=presentation>a</h2>",
            "<h2 aria-label=b>a</h2>",
            "<ol start=7><li>a</ol>",
            "<p dir=rtl>abc</p>",
            "<nav><p>Never</p></nav>",
            "<p>a<a role=doc-noteref href='#n'>2</a></p><aside role=doc-footnote id=n><span class=mark>1</span></aside>",
            "<table><tr><th>a</table>",
            "<div aria-label='By month.'>By year<sup><a role=doc-noteref>1</a></sup>.</div>",
            "<img src=https://example.org/a.png alt=a>",
        ] {
            assert_eq!(faults(broken), 1, "{broken}");
        }
    }
}
