//! What of words is seen.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;

fn reason(sheet: &str, style: &str) -> Option<&'static str> {
    let dom = Dom::of_html(format!("<p style=\"{style}\">words</p>").as_bytes());
    let mut rules = StyleSheet::default();
    rules.add(sheet);
    let id = dom.first("p").unwrap();
    Visible::default()
        .inside(&dom, id, &rules)
        .0
        .reason("words")
}

#[test]
fn what_is_not_seen_is_found() {
    for style in [
        "display:none",
        "visibility:hidden",
        "opacity:0",
        "opacity: 5%",
        "font-size:0",
        "font-size:1px",
        "font:0/0 a",
        "position:absolute;left:-9999px",
        "text-indent:-100em",
        "margin-left:-9999px",
        "clip-path:inset(50%)",
        "clip:rect(0,0,0,0)",
        "transform:scale(0)",
        "transform:translateX(-9999px)",
        "height:0;overflow:hidden",
        "width:1px;overflow:hidden",
        "color:white",
        "color:#fffffe",
        "color:transparent",
        "color:rgba(0,0,0,0)",
        "background:black",
        "background-color:#010101",
        "color:var(--w)",
        "text-transform:uppercase",
        "unicode-bidi:bidi-override",
        "text-decoration:line-through",
        "content:'x'",
        "content-visibility:hidden",
        "-webkit-text-fill-color:white",
        "-webkit-text-security:disc",
    ] {
        assert!(reason(":root{--w:#fff}", style).is_some(), "{style}");
        assert!(
            reason(&format!(":root{{--w:#fff}} p{{{style}}}"), "").is_some(),
            "{style}"
        );
    }
    assert!(reason("@media print { p { display: none } }", "").is_some());
    assert!(reason("p::first-letter { font-size: 0 }", "").is_some());
}

#[test]
fn what_is_seen_is_no_matter() {
    for style in [
        "display:block",
        "opacity:.9",
        "font-size:.7em",
        "position:relative;top:-.4em",
        "color:#222",
        "text-indent:1.2em",
        "margin-left:-2em",
        "transform:scale(0.9)",
        "background:#eee",
        "color:white;background:#003",
        "height:2em;overflow:hidden",
        "text-transform:none",
        "text-decoration:underline",
        "color:var(--unknown)",
        "font-size:calc(1em + 2px)",
        "display:none;display:block",
    ] {
        assert_eq!(reason("", style), None, "{style}");
    }
    assert_eq!(
        reason(
            "@media (prefers-color-scheme: dark) { p { color: white } }",
            ""
        ),
        None
    );
    assert_eq!(reason("p { display: none } p { display: block }", ""), None);
}
