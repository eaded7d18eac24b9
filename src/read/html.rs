//! HTML documents: the main part where there is one, else all of the body.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::convert::Infallible;
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::ReadError;
use super::conduct;
use super::dom::{Dom, ROOT};
use super::drawing::{Drawing, FaceFile, FaceProgram};
use super::hypertext::{self, Document, Hypertext};
use super::media;
use super::paper::Paper;
use super::reading::{Contents, FileKind, Metadata, Statement, hash_of};
use super::soundness::{self, Fault, Faults};
use super::style_sheet::{self, StyleSheet};
use super::web_face;

/// A document is at most so long.
const MOST: usize = 512 << 20;
/// Elements stand in each other at most so deep.
const DEEPEST: usize = 1000;

pub(super) fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    if bytes.len() > MOST {
        return Err(ReadError::damaged("it is longer than any edition"));
    }
    let decoded = decoded(bytes);
    let bytes = &*decoded;
    if deepest(bytes) > DEEPEST {
        let reason = format!("its elements stand in each other deeper than {DEEPEST}");
        return Err(ReadError::damaged(reason));
    }
    let dom = Dom::of_html(bytes);
    let metadata = metadata(&dom);
    let from = dom.first("main").or(dom.first("body")).unwrap_or(ROOT);
    let mut hypertext = Hypertext::default();
    let texts: Vec<String> = dom.all("style").map(|style| dom.words_of(style)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let sheet = StyleSheet::of(&texts);
    let document = Document {
        dom: &dom,
        sheet: &sheet,
        language: metadata.language.as_deref(),
        name: "",
        pictures: &HashMap::new(),
    };
    hypertext.read(&document, from);
    hypertext.titled(&document);
    if dom.first("main") == Some(from) {
        hypertext.aside(&dom, from);
    }
    let said = hypertext.finish();
    let judged = style_sheet::judged(&texts);
    let is_ours = metadata.text_hash.is_some();
    let mut faults = faults(&dom, metadata.language.as_deref(), said.odd, is_ours);
    if is_ours {
        faults.extend(mistyped(&texts));
    }
    if is_ours && !says_doctype(bytes) {
        faults.push(Fault {
            place: "the file".to_owned(),
            message: "it does not say what it is, and browsers show it as those of long ago do"
                .to_owned(),
            unless: None,
        });
    }
    Ok(Contents {
        paper: Paper {
            pulls: said.pulls,
            sections: said.sections,
            references: said.references,
            returns: said.returns,
            ..Paper::default()
        },
        kind: FileKind::Html,
        blocks: said.blocks,
        notes: said.notes,
        metadata,
        is_structured: true,
        unseen: said.unseen,
        drawing: Drawing {
            faces: faces(&texts),
            ..Drawing::default()
        },
        listed: said.listed,
        pages: said.pages,
        faults,
        styles: judged.strange.clone(),
        spelled: Arc::clone(&judged.spelled),
    })
}

/// Whether a document begins with its type (HTML, 13.1.1): without it browsers have quirks.
fn says_doctype(bytes: &[u8]) -> bool {
    const TYPE: &[u8] = b"<!doctype html>";
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let bytes = bytes.trim_ascii_start();
    let start = bytes.get(..TYPE.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(TYPE))
}

/// Faces in its style sheets that are called something else than they are.
fn mistyped(sheets: &[&str]) -> Vec<Fault> {
    // So much of an address says what it is, and holds how its file begins.
    const HEAD: usize = 64;
    let named = sheets.iter().flat_map(|sheet| style_sheet::faces(sheet));
    let wrong = named.filter(|face| {
        let data = face.address.strip_prefix("data:");
        let data = data.and_then(|data| data.get(..HEAD.min(data.len())));
        data.is_some_and(|data| {
            let kind = data.split(';').next().unwrap_or_default();
            !hypertext::held(data).is_some_and(|bytes| media::is_of(kind, &bytes))
        })
    });
    let told = wrong.map(|face| Fault {
        place: "the styles".to_owned(),
        message: format!(
            "the face of `{}` is of another kind than it says",
            face.family
        ),
        unless: None,
    });
    told.collect()
}

/// The faces that stand in its style sheets.
fn faces(sheets: &[&str]) -> Vec<FaceFile> {
    let named = sheets.iter().flat_map(|sheet| style_sheet::faces(sheet));
    let read = named.map(|face| {
        let unpack = || {
            let packed = face.address.strip_prefix("data:");
            let packed = packed.and_then(hypertext::held).unwrap_or_default();
            Ok::<_, Infallible>(web_face::unpacked(&packed).unwrap_or(packed))
        };
        let Ok(program) = FaceProgram::unpacked(&[face.address.as_bytes()], unpack);
        let looks = [(face.is_bold, " bold"), (face.is_italic, " italic")];
        let looks = looks.into_iter().filter(|(is, _)| *is);
        let looks: String = looks.map(|(_, name)| name).collect();
        FaceFile {
            place: format!("the styles, {}{looks}", face.family),
            family: face.family,
            instead: None,
            numbers: None,
            is_bold: face.is_bold,
            is_italic: face.is_italic,
            program,
        }
    });
    read.collect()
}

/// The document in UTF-8: by its byte-order mark, else by the encoding that it names in its first kilobyte (HTML, 13.2.3.2).
pub(super) fn decoded(bytes: &[u8]) -> Cow<'_, [u8]> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    match marked.or_else(|| named(bytes)) {
        Some(encoding) if encoding != UTF_8 => match encoding.decode(bytes).0 {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        },
        _ => Cow::Borrowed(bytes),
    }
}

/// The encoding that a document names. One that can be read so far is none of two bytes a letter.
fn named(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    let key = b"charset=";
    let at = start.windows(key.len()).position(|window| window == key)?;
    let label = start[at + key.len()..].iter();
    let label = label.skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '));
    let label: Vec<u8> = label
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_:".contains(byte))
        .copied()
        .collect();
    Encoding::for_label(&label).map(|encoding| match encoding {
        wide if wide == UTF_16BE || wide == UTF_16LE => UTF_8,
        other => other,
    })
}

/// Elements that need no end tag, or have none (HTML, 13.1.2): they do not make what follows deeper.
const ENDLESS: &[&str] = &[
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html",
    "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "rp", "rt", "source",
    "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];
/// Elements whose contents are no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp"];

/// How deep elements stand in each other, closely: the parser looks through all that are open for each that begins.
fn deepest(bytes: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == b'<') {
        rest = &rest[at + 1..];
        let is_end = rest.first() == Some(&b'/');
        let start = usize::from(is_end);
        let length = rest[start..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        let name = String::from_utf8_lossy(&rest[start..start + length]).to_ascii_lowercase();
        if let Some(comment) = rest.strip_prefix(b"!--") {
            rest = after(comment, b"-->");
        } else if !is_end && RAW.contains(&name.as_str()) {
            let end = ["</", &name].concat();
            rest = after(rest, end.as_bytes());
        } else if length > 0 && !ENDLESS.contains(&name.as_str()) {
            depth = match is_end {
                true => depth.saturating_sub(1),
                false => depth + 1,
            };
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// What follows a mark, capitals or not; nothing where it does not come.
fn after<'a>(bytes: &'a [u8], mark: &[u8]) -> &'a [u8] {
    let found = bytes
        .windows(mark.len())
        .position(|window| window.eq_ignore_ascii_case(mark));
    found.map_or(&[], |at| &bytes[at + mark.len()..])
}

/// Ids that stand twice, and links within that lead nowhere.
fn faults(dom: &Dom, language: Option<&str>, odd: BTreeSet<Fault>, is_ours: bool) -> Vec<Fault> {
    let mut faults = Faults::default();
    faults.extend(odd);
    conduct::judge(dom, "the file", language, &mut faults);
    if is_ours {
        head(dom, &mut faults);
        soundness::forms(dom, "the file", &mut faults);
    }
    soundness::hypertext(dom, "the file", &mut faults);
    soundness::nesting(dom, "the file", &mut faults);
    let nodes = || dom.descendants(ROOT).map(|id| dom.node(id));
    let mut ids = BTreeSet::new();
    for id in nodes().filter_map(|node| node.attribute("id")) {
        if !ids.insert(id) {
            faults.add("the file", format!("two elements are called `{id}`"));
        }
    }
    for address in nodes().filter_map(|node| node.attribute("href")) {
        let fragment = address
            .strip_prefix('#')
            .filter(|fragment| !fragment.is_empty());
        if fragment.is_some_and(|fragment| !ids.contains(fragment)) {
            faults.add("the file", format!("`{address}` leads nowhere"));
        }
    }
    faults.finish()
}

/// What every edition says to browsers: how wide it is, that it knows dark screens, and that it asks nobody for anything.
const TO_BROWSERS: &[(&str, &str, &str)] = &[
    ("name", "viewport", "width=device-width, initial-scale=1"),
    ("name", "color-scheme", "light dark"),
    (
        "http-equiv",
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:",
    ),
];

/// What an edition says to browsers is what every one says.
fn head(dom: &Dom, faults: &mut Faults) {
    for (attribute, name, content) in TO_BROWSERS {
        let own = dom
            .all("meta")
            .filter(|meta| meta.attribute(attribute) == Some(*name));
        let own: Vec<&str> = own.filter_map(|meta| meta.attribute("content")).collect();
        if own != [*content] {
            faults.add(
                "the file",
                format!("its `{name}` is “{}”, as in no edition", own.join("; ")),
            );
        }
    }
}

/// What `meta` and `link` elements say.
fn statements(dom: &Dom) -> Vec<Statement> {
    let metas = dom.all("meta").filter_map(|meta| {
        let name = meta.attribute("name").or(meta.attribute("property"))?;
        Some(Statement::new(name, meta.attribute("content")?))
    });
    let links = dom.all("link").filter_map(|link| {
        let rel = link.attribute("rel")?;
        Some(Statement::new(
            format!("link {rel}"),
            link.attribute("href")?,
        ))
    });
    metas.chain(links).collect()
}

fn metadata(dom: &Dom) -> Metadata {
    let all = |name: &'static str| {
        let found = dom
            .all("meta")
            .filter(move |meta| meta.attribute("name") == Some(name));
        found
            .filter_map(|meta| meta.attribute("content"))
            .map(str::to_owned)
    };
    let language = dom.all("html").find_map(|html| html.attribute("lang"));
    Metadata {
        title: dom
            .first("title")
            .map(|title| dom.words(title).trim().to_owned()),
        creators: all("author").collect(),
        language: language.map(str::to_owned),
        text_hash: all("dcterms.hasFormat").next().and_then(hash_of),
        source_hash: all("dcterms.source").next().and_then(hash_of),
        statements: statements(dom),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_what_is_open() {
        for (html, depth) in [
            ("<p>a<p>b<p>c<br><img>", 0),
            ("<div><b>x</b></div><div></div>", 2),
            (
                "<!-- <div><div> --><script>'<div>'</script ><ul><li><ul><li></ul></ul>",
                2,
            ),
        ] {
            assert_eq!(deepest(html.as_bytes()), depth, "{html}");
        }
        let deep = "<div>".repeat(1_000_000);
        assert!(matches!(
            read(deep.as_bytes()),
            Err(ReadError::Damaged { .. })
        ));
        assert!(read("<p>".repeat(100_000).as_bytes()).is_ok());
    }
}
