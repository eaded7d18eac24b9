//! A style sheet of one's own behind that of pages in a browser.

use std::path::Path;

use super::Theme;
use super::house_faces::beside;
use super::value::Values;
use crate::diagnostic::{Code, Diagnostic, SourceText};

/// The largest file.
const MAX_BYTES: u64 = 256 << 10;

/// What no sheet may say, in lower case, and why.
const REFUSED: &[(&str, &str)] = &[
    ("</style", "it would end the page's own style sheet"),
    ("@import", "it would fetch another file"),
    ("url(http", "it would fetch a file from elsewhere"),
    ("url(\"http", "it would fetch a file from elsewhere"),
    ("url('http", "it would fetch a file from elsewhere"),
    ("url(//", "it would fetch a file from elsewhere"),
    ("url(\"//", "it would fetch a file from elsewhere"),
    ("url('//", "it would fetch a file from elsewhere"),
];

/// Reads the file that `extra_css` names.
pub(super) fn read(
    theme: &mut Theme,
    values: &Values,
    source: &SourceText,
    problems: &mut Vec<Diagnostic>,
) {
    let Some(value) = values.get("extra_css") else {
        return;
    };
    let folder = source.path.parent().unwrap_or(Path::new(""));
    let read = beside(folder, value, MAX_BYTES, "a style sheet").and_then(|bytes| {
        let wrong = |message: String, hint: &str| {
            let problem = Diagnostic::error(Code::ThemeValue, message);
            problem.at(Some(value.span.clone())).hint(hint)
        };
        let text = String::from_utf8(bytes);
        let text =
            text.map_err(|_| wrong(format!("`{}` is not UTF-8", value.text), "save it as UTF-8"))?;
        let plain: String = text.to_lowercase().split_whitespace().collect();
        match REFUSED.iter().find(|(refused, _)| plain.contains(refused)) {
            Some((refused, reason)) => Err(wrong(
                format!("`{}` has `{refused}`: {reason}", value.text),
                "pages fetch nothing from elsewhere; write the rules themselves",
            )),
            None => Ok(text),
        }
    });
    match read {
        Ok(text) => theme.extra_css = text,
        Err(problem) => problems.push(problem),
    }
}
