use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::escapes::ESCAPABLE;
use super::lines::is_line_end;
use super::*;

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn read(source: &str) -> Vec<Inline> {
    parse(source).0
}

#[test]
fn what_is_markup_elsewhere_stays_text() {
    for source in [
        "1914. ",
        "1914. A year",
        "1) one",
        "# ",
        "# Not a heading",
        "- ",
        "- item",
        "+ item",
        "> ",
        "> quote",
        "AT&amp;T",
        "&#65; &lt; &copy",
        "a_b_c",
        "_a_ __b__",
        "    four spaces",
        "\ttab",
        " both ends ",
        "two  spaces  ",
        "`code` ``x``",
        "```",
        "~~~",
        "~~struck~~",
        "^^",
        "---",
        "===",
        "Title ===",
        "| a | b |",
        "<b>bold</b>",
        "<https://example.org>",
        "<!-- note -->",
        "<![CDATA[x]]>",
        "https://example.org/a_b_c",
        "user@example.org",
        "[text] [ref][] [a][b]",
        "[text]: https://example.org",
        "[a](<b c>)",
        "[a](b \"c\")",
        "[a](b 'c')",
        "[a](b (c))",
        "[a] (b)",
        "![alt](file.png)",
        "![*alt*](file.png)",
        r"a\b C:\dir \_ \# \! \& \<",
        r"end\",
        "5 * 3 * 2",
        "2*3*4",
        "a*b*c",
        "un**believ**able",
        "https://example.edu/~smith/papers/~old/x.pdf",
        "See HTTPS://example.org/*a*b^c^d~e~, and www.example.org/~a~.",
        "(https://example.org/(a*b*c)~d~)",
        "example.edu/~smith/papers/~old/",
        "Write to a~b~c@example.org or a^b^c@example.org.",
        "about ~5,000~6,000 people",
        "~5~",
        "5~6~7",
        "10^6,10^7",
        "about ~5 and ~6",
        "10^6 and 10^7",
        "a ^b c^ d",
        "[^] [^ a] [^a b]",
        ":smile: $x$ ${y} %z {w}",
        "\"quoted\" -- 'single' ...",
        "]]>",
        "e\u{301} \u{a0} \u{200f}",
    ] {
        assert_eq!(read(source), [text(source)], "{source:?}");
    }
    assert_eq!(read(""), []);
}

#[test]
fn every_mark_is_read() {
    assert_eq!(
        read("a *b* **c** ***d***"),
        [
            text("a "),
            Inline::Emphasis(vec![text("b")]),
            text(" "),
            Inline::Strong(vec![text("c")]),
            text(" "),
            Inline::Emphasis(vec![Inline::Strong(vec![text("d")])]),
        ]
    );
    assert_eq!(
        read("H~2~O 1^st^ x^*n*^"),
        [
            text("H"),
            Inline::Subscript(vec![text("2")]),
            text("O 1"),
            Inline::Superscript(vec![text("st")]),
            text(" x"),
            Inline::Superscript(vec![Inline::Emphasis(vec![text("n")])]),
        ]
    );
    assert_eq!(
        read("see[^a] *[b](https://e.org/a_b?c&d=~e)*, [متن](lang:ur)."),
        [
            text("see"),
            Inline::Note("a".to_owned()),
            text(" "),
            Inline::Emphasis(vec![Inline::Link {
                to: "https://e.org/a_b?c&d=~e".to_owned(),
                content: vec![text("b")],
            }]),
            text(", "),
            Inline::Foreign {
                language: "ur".to_owned(),
                content: vec![text("متن")],
            },
            text("."),
        ]
    );
}

#[test]
fn marks_begin_where_text_of_their_kind_can_begin() {
    let super_ = |t| Inline::Superscript(vec![text(t)]);
    let sub = |t| Inline::Subscript(vec![text(t)]);
    assert_eq!(read("^14^C"), [super_("14"), text("C")]);
    assert_eq!(
        read("10^6^ n^o^3"),
        [text("10"), super_("6"), text(" n"), super_("o"), text("3")]
    );
    assert_eq!(
        read("(CO)~2~ x^2^~i~"),
        [text("(CO)"), sub("2"), text(" x"), super_("2"), sub("i")]
    );
    let strong = |t| Inline::Emphasis(vec![text(t)]);
    assert_eq!(read("*Guardian*s"), [strong("Guardian"), text("s")]);
    assert_eq!(read("中*强调*文"), [text("中"), strong("强调"), text("文")]);
    assert_eq!(read("ال*كلمة*"), [text("ال"), strong("كلمة")]);
    assert_eq!(
        read("*https://e.org/a~b* (*https://e.org*)"),
        [
            strong("https://e.org/a~b"),
            text(" ("),
            strong("https://e.org"),
            text(")")
        ]
    );
    assert_eq!(
        read("https://e.org/~a[^n] b"),
        [
            text("https://e.org/~a"),
            Inline::Note("n".to_owned()),
            text(" b")
        ]
    );
}

#[test]
fn what_might_have_been_meant_is_told() {
    let unread = |source: &str| {
        let marks = parse(source).1.into_iter();
        let unread = marks.filter(|mark| mark.kind == MarkKind::Unread);
        unread
            .map(|mark| source[mark.range].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(unread("a **b* c"), ["*"]);
    assert_eq!(unread("and *half."), ["*"]);
    assert_eq!(unread("a*b*c"), ["*b*"]);
    assert_eq!(unread("about ~5,000~6,000"), ["~5,000~"]);
    assert_eq!(unread("10^6,10^7"), ["^6,10^"]);
    assert_eq!(unread("x^2 and E=mc^2."), ["^", "^"]);
    assert_eq!(unread("a ^two words^ b"), ["^"]);
    assert_eq!(unread("H~2 and CO~2."), ["~", "~"]);
    for source in [
        "*a* **b**",
        r"\*a \\*b*",
        "5 * 3",
        "2*3",
        "https://e.org/~a/~b*c",
        "é “e.org/*a*/b” x² *و* (e.org/*a*/b) doi:10.1000/*x*y e.org?x=*a*b, e.org/a^2",
        "H~2~O ~5",
        "Mon~Fri 5~6 1日~2日 ^_^ ^^ a ^ b [^two words]",
        r"x\^2",
        "a/~b/~c",
    ] {
        assert_eq!(unread(source), Vec::<String>::new(), "{source}");
    }
}

#[test]
fn asterisks_beside_ideographs_need_no_space() {
    for (source, before, inside, after) in [
        ("は**30%**増", "は", "30%", "増"),
        ("ハ**（強調）**サ", "ハ", "（強調）", "サ"),
        ("说**“是的”**的人", "说", "“是的”", "的人"),
        ("说**「是的」**a", "说", "「是的」", "a"),
        ("a**「是的」**说", "a", "「是的」", "说"),
        ("中**强**%", "中", "强", "%"),
        ("%**强**中", "%", "强", "中"),
        ("약**\"30%\"**의", "약", "\"30%\"", "의"),
        ("中**$5**文", "中", "$5", "文"),
        ("𠀀**[x]**𠀀", "𠀀", "[x]", "𠀀"),
        ("**太郎（26）**は", "", "太郎（26）", "は"),
        (
            "見よhttps://e.org/~a、**重要！**な",
            "見よhttps://e.org/~a、",
            "重要！",
            "な",
        ),
    ] {
        let expected: Vec<Inline> = [
            Some(text(before)).filter(|_| !before.is_empty()),
            Some(Inline::Strong(vec![text(inside)])),
            Some(text(after)),
        ]
        .into_iter()
        .flatten()
        .collect();
        assert_eq!(read(source), expected, "{source}");
        let slanted = source.replace("**", "\u{1}").replace('\u{1}', "*");
        let Some(Inline::Emphasis(content)) = read(&slanted)
            .into_iter()
            .find(|inline| matches!(inline, Inline::Emphasis(_)))
        else {
            panic!("{slanted}");
        };
        assert_eq!(content, [text(inside)], "{slanted}");
    }
    assert_eq!(read("2 * 3、a*b*c、※"), [text("2 * 3、a*b*c、※")]);
    assert_eq!(read("は ** 30% ** 増"), [text("は ** 30% ** 増")]);
    assert_eq!(
        read("詳細はhttps://e.org/~a/~bにある"),
        [text("詳細はhttps://e.org/~a/~bにある")]
    );
}

#[test]
fn marks_at_the_ends_open_and_close_as_inside() {
    for source in ["*\"a\"*", "**(a)**", "*a*"] {
        let inlines = read(source);
        assert!(
            matches!(
                inlines.as_slice(),
                [Inline::Emphasis(_) | Inline::Strong(_)]
            ),
            "{source}: {inlines:?}"
        );
    }
}

#[test]
fn a_backslash_makes_a_mark_literal() {
    assert_eq!(
        read(r"\*a\* \[b](c) \[^d] e\^f^ \~g~ \\*h*"),
        [
            text(r"*a* [b](c) [^d] e^f^ ~g~ \"),
            Inline::Emphasis(vec![text("h")])
        ]
    );
    assert_eq!(
        read(r"[a\]b](https://e.org/\*)"),
        [Inline::Link {
            to: "https://e.org/*".to_owned(),
            content: vec![text("a]b")],
        }]
    );
}

#[test]
fn links_keep_their_addresses_whole() {
    let to = |source: &str| match read(source).first() {
        Some(Inline::Link { to, .. }) => to.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(to("[a](https://e.org/X_(Y)_Z)"), "https://e.org/X_(Y)_Z");
    assert_eq!(to("[a](https://e.org/~b/~c)"), "https://e.org/~b/~c");
    assert_eq!(to("[a~b](https://e.org/~c)"), "https://e.org/~c");
    assert_eq!(to("[a](https://e.org/[^b])"), "https://e.org/[^b]");
    assert_eq!(
        to("[a](https://e.org/&amp;_'\"<>)"),
        "https://e.org/&amp;_'\"<>"
    );
    assert_eq!(to("[a[^n]](https://e.org/سوال)"), "https://e.org/سوال");
    assert_eq!(to("[x^2^](https://e.org/)"), "https://e.org/");
}

#[test]
fn line_ends_are_one_space() {
    assert_eq!(
        read("\n a *b\n  c* \r\n\n d\n"),
        [text("a "), Inline::Emphasis(vec![text("b c")]), text(" d")]
    );
    assert_eq!(read("\n"), []);
    assert_eq!(read("a\n# b\n- c\n\n    d"), [text("a # b - c d")]);
    assert_eq!(one_line(" a \n b \n"), " a b");
}

#[test]
fn marks_tell_their_places() {
    let source = "ü [a[^n] *b*](https://e.org) [](x) ![i](j) ^[^m]^ [z[^o]](lang:ur)";
    let marks: Vec<_> = parse(source)
        .1
        .into_iter()
        .map(|mark| (source[mark.range].to_owned(), mark.in_link))
        .collect();
    let expected = [
        ("[a[^n] *b*](https://e.org)", false),
        ("[^n]", true),
        ("[](x)", false),
        ("![i](j)", false),
        ("[^m]", false),
        ("[z[^o]](lang:ur)", false),
        ("[^o]", false),
    ];
    assert_eq!(
        marks,
        expected.map(|(text, in_link)| (text.to_owned(), in_link))
    );
}

#[test]
fn hostile_texts_are_read_in_linear_time_and_shallow() {
    let n = 100_000;
    for source in [
        "[".repeat(n),
        "]".repeat(n),
        "[^".repeat(n),
        "[a](".repeat(n),
        "[a](b (".repeat(n),
        "![".repeat(n),
        "*".repeat(n),
        "*a ".repeat(n),
        "*a **b ".repeat(n),
        "**a *b* ".repeat(n),
        "a**b*c".repeat(n),
        "^".repeat(n),
        "^a".repeat(n),
        "~a^b".repeat(n),
        "^(".repeat(n),
        "1^2".repeat(n),
        "1~2".repeat(n),
        "~1~".repeat(n),
        "a*b".repeat(n),
        "*a*b ".repeat(n),
        "http://".repeat(n),
        "http://(".repeat(n),
        "http://~ ".repeat(n),
        "\\*".repeat(n),
        "^[^".repeat(n),
        "\\".repeat(n),
        format!("{}{}", "*a ".repeat(n), " b*".repeat(n)),
        format!("{}a{}", "[".repeat(n), "](b)".repeat(n)),
        format!("{}a{}", "*(".repeat(n), ")*".repeat(n)),
    ] {
        let start = Instant::now();
        let inlines = read(&source);
        let took = start.elapsed();
        // Far above what a busy machine needs: what grows with the square of its input takes minutes here.
        assert!(took < Duration::from_secs(20), "{took:?} {:.20}", source);
        assert!(depth(&inlines) <= MAX_DEPTH + 2);
    }
}

fn depth(inlines: &[Inline]) -> usize {
    let one = |inline: &Inline| match inline {
        Inline::Text(_) | Inline::Note(_) => 0,
        Inline::Emphasis(content)
        | Inline::Strong(content)
        | Inline::Superscript(content)
        | Inline::Subscript(content)
        | Inline::Link { content, .. }
        | Inline::Foreign { content, .. } => 1 + depth(content),
    };
    inlines.iter().map(one).max().unwrap_or(0)
}

/// Text as authors and attackers write it: mostly the characters that mean something to some reader of markup.
fn markup_like() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            proptest::sample::select(vec![
                "*", "**", "_", "^", "~", "[", "]", "(", ")", "](", "[^", "!", "\\", "<", ">", "&",
                "&amp;", "`", "#", "- ", "1. ", "|", "\"", "'", " ", "  ", "\t", "a", "b", "é",
                "سوال", "\u{a0}", "http://x", "lang:ur", ":", "=", "-", "$", "%", "{", "}",
            ])
            .prop_map(str::to_owned),
            any::<char>().prop_map(String::from),
        ],
        0..40,
    )
    .prop_map(|parts| parts.concat())
}

fn markup_like_in_a_line() -> impl Strategy<Value = String> {
    markup_like().prop_map(|text| text.replace(is_line_end, ""))
}

/// The addresses, languages and notes of elements, each before those inside it.
fn named(inlines: &[Inline], found: &mut Vec<String>) {
    for inline in inlines {
        match inline {
            Inline::Text(_) => {}
            Inline::Note(name) => found.push(name.clone()),
            Inline::Link { to, content } => {
                found.push(to.clone());
                named(content, found);
            }
            Inline::Foreign { language, content } => {
                found.push(language.clone());
                named(content, found);
            }
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Superscript(content)
            | Inline::Subscript(content) => named(content, found),
        }
    }
}

proptest! {
    #[test]
    fn marks_stand_in_the_order_of_the_elements_that_they_made(source in markup_like()) {
        let (inlines, marks) = parse(&source);
        let mut elements = Vec::new();
        named(&inlines, &mut elements);
        let marks = marks.into_iter().filter_map(|mark| match mark.kind {
            MarkKind::Link { to, .. } => Some(to),
            MarkKind::Foreign { language } => Some(language),
            MarkKind::Note(name) => Some(name),
            MarkKind::Image | MarkKind::TooDeep | MarkKind::Unread => None,
        });
        prop_assert_eq!(marks.collect::<Vec<_>>(), elements);
    }

    #[test]
    fn text_without_this_markup_comes_back_unchanged(source in markup_like()) {
        let unmarked: String = source
            .chars()
            .filter(|c| !matches!(c, '*' | '^' | '~' | '[' | '\\') && !is_line_end(*c))
            .collect();
        let expected = if unmarked.is_empty() { vec![] } else { vec![text(&unmarked)] };
        prop_assert_eq!(read(&unmarked), expected);
    }

    #[test]
    fn escaped_text_comes_back_unescaped(source in markup_like_in_a_line()) {
        let escaped: String = source
            .chars()
            .flat_map(|c| {
                let backslash = (ESCAPABLE.iter().any(|e| char::from(*e) == c)).then_some('\\');
                backslash.into_iter().chain([c])
            })
            .collect();
        let expected = if source.is_empty() { vec![] } else { vec![text(&source)] };
        prop_assert_eq!(read(&escaped), expected);
    }

    #[test]
    fn only_marks_and_addresses_are_taken_out(source in markup_like_in_a_line()) {
        let (inlines, marks) = parse(&source);
        let mut rest = source.chars();
        for c in plain(&inlines).chars() {
            prop_assert!(rest.any(|s| s == c), "{:?} lost its order in {:?}", c, source);
        }
        let ours = source.contains(['*', '^', '~', '[', '\\']);
        prop_assert!(ours || plain(&inlines) == source);
        for mark in marks {
            prop_assert!(source.get(mark.range).is_some());
        }
    }
}
