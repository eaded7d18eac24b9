//! Rules over the contributors.

use std::collections::BTreeMap;

use super::identifiers::{orcid_fault, ror_fault};
use super::{Report, blocks, metadata, relators, root, text};
use crate::diagnostic::{Code, Diagnostic, FieldPath};
use crate::piece::{Block, Contributor};

pub(super) fn check(contributors: &[Contributor], report: &mut Report<'_>) {
    let mut names: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (index, contributor) in contributors.iter().enumerate() {
        let at = root().key("contributors").index(index);
        one(contributor, &at, report);
        let person = (contributor.name.trim(), contributor.role.as_str());
        if let Some(first) = names.insert(person, index) {
            let first = root().key("contributors").index(first).key("name");
            let line = report.source.place(&first).map_or(0, |span| {
                let (line, _) = report.source.line_column(span.start);
                line
            });
            let message = format!("`{}` is a contributor twice", contributor.name);
            let problem = Diagnostic::warning(Code::DuplicateName, message).hint(format!(
                "the first is on line {line}; join the statements if this is the same person"
            ));
            report.say(&at.key("name"), problem);
        }
    }
}

fn one(contributor: &Contributor, at: &FieldPath, report: &mut Report<'_>) {
    text::plain(&contributor.name, &at.key("name"), report);
    for (key, value) in [
        ("sort_name", &contributor.sort_name),
        ("affiliation", &contributor.affiliation),
    ] {
        if let Some(value) = value {
            text::plain(value, &at.key(key), report);
        }
    }
    if let Some(bio) = &contributor.bio {
        text::marked(bio, &at.key("bio"), report);
    }
    if let Some(portrait) = &contributor.portrait {
        text::plain(&portrait.alt, &at.key("portrait").key("alt"), report);
    }
    role(&contributor.role, &at.key("role"), report);
    identifiers(contributor, at, report);
    let statement = at.key("statement");
    blocks::check(&contributor.statement, &statement, report);
    if contributor
        .statement
        .iter()
        .all(|block| matches!(block, Block::Query(_)))
    {
        let problem = Diagnostic::error(Code::EmptyStatement, "the statement prints nothing")
            .hint("questions alone are no statement");
        report.say(&statement, problem);
    }
}

fn role(role: &str, path: &FieldPath, report: &mut Report<'_>) {
    if relators::is_code(role) {
        return;
    }
    let message = format!("`{role}` is no code of the MARC relator list");
    let hint = match relators::meant(role) {
        Some(code) => format!("did you mean `{code}`?"),
        None => "common codes are aut (author), edt (editor), trl (translator), ill (illustrator)"
            .to_owned(),
    };
    report.say(path, Diagnostic::error(Code::Role, message).hint(hint));
}

fn identifiers(contributor: &Contributor, at: &FieldPath, report: &mut Report<'_>) {
    let orcid = contributor.orcid.as_ref();
    if let Some((orcid, fault)) = orcid.and_then(|o| Some((o, orcid_fault(o)?))) {
        let problem =
            Diagnostic::error(Code::Orcid, format!("`{orcid}` is not an ORCID")).hint(fault);
        report.say(&at.key("orcid"), problem);
    }
    let ror = contributor.ror.as_ref();
    if let Some((ror, fault)) = ror.and_then(|r| Some((r, ror_fault(r)?))) {
        let message = format!("`{ror}` is not a ROR identifier");
        report.say(
            &at.key("ror"),
            Diagnostic::error(Code::Ror, message).hint(fault),
        );
    }
    if let Some(url) = &contributor.url {
        metadata::address(url, &at.key("url"), report);
    }
}
