//! What holds whatever the input is.

use std::io::{Cursor, Read};

use flashpoint::diagnostic::{Code, Diagnostic, SourceText, render};
use flashpoint::pipeline::Build;

/// What became of an input.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// Whether all was made that can be made of an input without a fault.
    pub(crate) whole: bool,
    /// What was met on the way; inputs that meet something new are worth changing further.
    pub(crate) met: Vec<String>,
}

impl Judged {
    /// An input of which everything was made, or not.
    pub(crate) fn new(whole: bool, met: impl IntoIterator<Item = String>) -> Self {
        let mut met: Vec<String> = met.into_iter().collect();
        met.sort();
        met.dedup();
        Self { whole, met }
    }
}

/// No fault of the program, and everything said has a place and can be shown.
pub(crate) fn judge_build(build: &Build) -> Judged {
    judge_all(&build.source, build.diagnostics())
}

/// The same for what a reader of a file says.
pub(crate) fn judge_all<'a>(
    source: &SourceText,
    found: impl Iterator<Item = &'a Diagnostic>,
) -> Judged {
    let mut met = Vec::new();
    for diagnostic in found {
        let is_fault = matches!(diagnostic.code, Code::Internal | Code::EditionUnproved);
        assert!(!is_fault, "{}", diagnostic.message);
        if let Some(span) = &diagnostic.span {
            assert!(
                source.text.get(span.clone()).is_some(),
                "no place: {diagnostic:?}"
            );
        }
        let shown = render::text(source, diagnostic, false);
        assert!(
            shown.chars().all(|c| c == '\n' || !c.is_control()),
            "{shown:?}"
        );
        met.push(diagnostic.code.name().to_owned());
    }
    Judged::new(false, met)
}

/// An edition is what its name says: packages open, and all XML in them is well-formed.
pub(crate) fn judge_edition(format: &str, bytes: &[u8]) {
    match format {
        "pdf" => {
            assert!(bytes.starts_with(b"%PDF-") && bytes.trim_ascii_end().ends_with(b"%%EOF"));
        }
        "docx" | "epub" => judge_package(bytes),
        "html" => assert!(std::str::from_utf8(bytes).is_ok_and(|text| text.contains("</html>"))),
        _ => assert!(bytes.starts_with(b"\x89PNG")),
    }
}

fn judge_package(bytes: &[u8]) {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    for index in 0..package.len() {
        let mut part = package.by_index(index).expect("a part");
        let name = part.name().to_owned();
        let endings = [".xml", ".xhtml", ".rels", ".opf", ".ncx"];
        if endings.iter().any(|ending| name.ends_with(ending)) {
            let mut text = String::new();
            part.read_to_string(&mut text).expect("UTF-8");
            let options = roxmltree::ParsingOptions {
                allow_dtd: true,
                ..Default::default()
            };
            let read = roxmltree::Document::parse_with_options(&text, options);
            assert!(read.is_ok(), "{name}: {read:?}");
        }
    }
}
