//! Rules over the contributors.

use std::collections::BTreeMap;

use super::checked::{BlockKind, Contributor as Checked};
use super::limits::Counted;
use super::{Report, blocks, front, names, pasted, root, text};
use crate::diagnostic::{Code, Diagnostic, FieldPath};
use crate::piece::{Block, Contributor, Orcid, Role, Ror};

/// Judges the contributors and parses their fields; one whose role is wrong is missing.
pub(super) fn check(contributors: &[Contributor], report: &mut Report<'_>) -> Vec<Checked> {
    let mut checked = Vec::with_capacity(contributors.len());
    let mut names: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (index, contributor) in contributors.iter().enumerate() {
        let at = root().key("contributors").index(index);
        checked.extend(one(contributor, &at, report));
        let person = (contributor.name.trim(), contributor.role.as_str());
        let first = *names.entry(person).or_insert(index);
        // Counting the lines before a place reads the file up to there.
        if first != index && !report.is_full() {
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
    checked
}

fn one(contributor: &Contributor, at: &FieldPath, report: &mut Report<'_>) -> Option<Checked> {
    text::plain(&contributor.name, &at.key("name"), report);
    report.counts(Counted::Contributors, 1, at);
    report.measure_name(&contributor.name, &at.key("name"));
    pasted::quoted_name(&contributor.name, &at.key("name"), report);
    names::with_post(contributor, at, report);
    names::of_several(contributor, at, report);
    for (key, value) in [
        ("sort_name", &contributor.sort_name),
        ("affiliation", &contributor.affiliation),
    ] {
        if let Some(value) = value {
            text::plain(value, &at.key(key), report);
            pasted::quoted_name(value, &at.key(key), report);
        }
    }
    let bio = contributor.bio.as_ref();
    let bio = bio.map(|words| text::marked(words, &at.key("bio"), report));
    let portrait = contributor.portrait.as_ref();
    let portrait = portrait.and_then(|picture| text::picture(picture, &at.key("portrait"), report));
    let role = role(&contributor.role, &at.key("role"), report);
    let orcid = contributor.orcid.as_ref().and_then(|written| {
        let message = format!("`{written}` is not an ORCID");
        front::identifier(
            Orcid::parse(written),
            Code::Orcid,
            message,
            &at.key("orcid"),
            report,
        )
    });
    let ror = contributor.ror.as_ref().and_then(|written| {
        let message = format!("`{written}` is not a ROR identifier");
        front::identifier(
            Ror::parse(written),
            Code::Ror,
            message,
            &at.key("ror"),
            report,
        )
    });
    let url = contributor.url.as_ref();
    let url = url.and_then(|written| front::address(written, &at.key("url"), report));
    let name_language = contributor.name_language.as_ref();
    let name_language = name_language
        .and_then(|written| front::language(written, &at.key("name_language"), report));
    let language = report.own_language(contributor.language.as_ref(), at);
    let statement = report.within(language.as_ref(), |report| {
        statement(&contributor.statement, &at.key("statement"), report)
    });
    Some(Checked {
        name: contributor.name.clone(),
        sort_name: contributor.sort_name.clone(),
        affiliation: contributor.affiliation.clone(),
        role: role?,
        person: contributor.person.clone(),
        orcid,
        ror,
        url,
        bio,
        portrait,
        name_language: name_language.filter(|own| Some(own) != report.piece_language.as_ref()),
        language,
        statement,
    })
}

fn statement(
    written: &[Block],
    at: &FieldPath,
    report: &mut Report<'_>,
) -> Vec<super::checked::Block> {
    let mut statement = blocks::check(written, at, report);
    while matches!(
        statement.last().map(|block| &block.kind),
        Some(BlockKind::Break)
    ) {
        statement.pop();
    }
    let last = written
        .iter()
        .rposition(|block| !matches!(block, Block::Query(_)));
    if let Some(last) = last.filter(|last| matches!(written[*last], Block::Break(_))) {
        let message = "nothing stands behind this break, and it is left out";
        let problem = Diagnostic::warning(Code::BareHeading, message);
        report.say(
            &at.index(last).key("break"),
            problem.hint("put a text behind it, or take it out"),
        );
    }
    if written
        .iter()
        .all(|block| matches!(block, Block::Query(_) | Block::Break(_)))
    {
        let problem = Diagnostic::error(Code::EmptyStatement, "the statement prints nothing")
            .hint("questions and breaks alone are no statement");
        report.say(at, problem);
    }
    statement
}

fn role(written: &str, path: &FieldPath, report: &mut Report<'_>) -> Option<Role> {
    let error = match Role::parse(written) {
        Ok(role) => return Some(role),
        Err(error) => error,
    };
    let hint = match error.meant {
        Some(role) => format!("did you mean `{role}`?"),
        None => "common codes are aut (author), edt (editor), trl (translator), ill (illustrator)"
            .to_owned(),
    };
    let problem = Diagnostic::error(Code::Role, error.to_string());
    report.say(path, problem.hint(hint));
    None
}
