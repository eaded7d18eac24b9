//! `flashpoint update`: an edition in Word that somebody edited, back into its source.

use std::io;
use std::path::{Path, PathBuf};

use super::args::{self, ChangesChoice};
use super::console::{Console, print_styled};
use super::diff::shown;
use super::history;
use super::import::{input, tell, write_new};
use super::project::Chosen;
use super::{Exit, Refusal, refuse};
use crate::batch::{folder_that_keeps, kept_source};
use crate::digest::Sha256;
use crate::import::{Changes, Claim, Request, Updated, claim, likeness, update};
use crate::load::load_text;
use crate::store::{open_plain, replace};
use crate::verify::{Expected, Text, diff};

/// So much of the words must be equal in a DOCX that does not say what it was made of, in percent.
const LIKE_ENOUGH: usize = 60;

pub(super) fn run(arguments: &args::Update) -> Exit {
    let console = Console::new(arguments.messages);
    match work(arguments, &console) {
        Ok(exit) => exit,
        Err(refusal) => refuse(&console, &refusal),
    }
}

fn work(arguments: &args::Update, console: &Console) -> Result<Exit, Refusal> {
    let path = &arguments.source;
    let chosen = Chosen::new(&arguments.project, std::slice::from_ref(path), console)?;
    let docx = input(&arguments.docx)?;
    let whole = read(path)?;
    let text = whole.strip_prefix('\u{feff}').unwrap_or(&whole);
    let claim = claim(&docx).map_err(Refusal::because)?;
    let request = Request {
        path,
        text,
        projects: &chosen.projects,
        docx: &docx,
        changes: match arguments.changes {
            ChangesChoice::Accept => Changes::Accept,
            ChangesChoice::Reject => Changes::Reject,
        },
    };
    recognise(&request, &claim, arguments.yes)?;
    let ancestor = ancestor(arguments, &claim, &whole, &chosen, console)?;
    let ancestor = ancestor
        .as_deref()
        .map(|text| text.strip_prefix('\u{feff}').unwrap_or(text));
    let updated = update(&request, ancestor.filter(|ancestor| *ancestor != text))
        .map_err(Refusal::because)?;
    tell(&updated.remarks, console);
    if !updated.conflicts.is_empty() {
        for conflict in &updated.conflicts {
            console.error(format!("changed on both sides: {conflict}"));
        }
        console.hint(
            "settle them in the source or in the edition, and run this again; nothing was written",
        );
        return Ok(Exit::Failed);
    }
    if updated.text == text {
        console.summary(&format!(
            "{} says what the edition says; nothing changed",
            path.display()
        ));
        return Ok(Exit::Done);
    }
    let exit = show(&updated);
    if arguments.dry_run {
        console.summary("nothing was written");
        return Ok(exit);
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    for (picture, bytes) in &updated.pictures {
        let picture = folder.join(picture);
        write_new(&picture, bytes).map_err(|error| {
            Refusal::because(format!("cannot write {}: {error}", picture.display()))
        })?;
        console.summary(&format!("made {}", picture.display()));
    }
    let mark = &whole[..whole.len() - text.len()];
    replace(path, format!("{mark}{}", updated.text).as_bytes())
        .map_err(|error| Refusal::because(format!("{}: {error}", path.display())))?;
    console.summary(&format!("changed {}", path.display()));
    Ok(exit)
}

/// The words that change, and the questions that are new.
fn show(updated: &Updated) -> Exit {
    let before = Text::from(Expected::of(&updated.before));
    let after = Text::from(Expected::of(&updated.after));
    let mut lines: String = diff(&before, &after).iter().map(shown).collect();
    for question in &updated.questions {
        lines += &format!("a question is new\n  {question}\n");
    }
    print_styled(&lines)
}

/// Refuses an edition of another piece, and one that does not say what it is and has other words.
fn recognise(request: &Request<'_>, claim: &Claim, is_sure: bool) -> Result<(), Refusal> {
    let loaded = load_text(request.path, request.text, request.projects);
    let own = loaded.piece.as_ref().and_then(|piece| piece.slug().ok());
    let docx = &request.docx.name;
    match (&claim.slug, own) {
        (Some(theirs), Some(own)) if *theirs != own.to_string() => Err(Refusal::Reason {
            message: format!(
                "{docx} is an edition of `{theirs}`, and {} is `{own}`",
                request.path.display()
            ),
            hint: Some("name the source that it was made of"),
        }),
        (Some(_), _) => Ok(()),
        (None, _) => {
            let like = likeness(request).map_err(Refusal::because)?;
            if like < LIKE_ENOUGH {
                return Err(Refusal::because(format!(
                    "{docx} does not say which piece it is of, and only {like} % of the words are those of {}",
                    request.path.display()
                )));
            }
            match is_sure {
                true => Ok(()),
                false => Err(Refusal::Reason {
                    message: format!(
                        "{docx} does not say which piece it is of; {like} % of the words are those of {}",
                        request.path.display()
                    ),
                    hint: Some("if it is an edition of this piece, say --yes"),
                }),
            }
        }
    }
}

/// The text that the edition was made of, where that is another than the source as it is.
fn ancestor(
    arguments: &args::Update,
    claim: &Claim,
    whole: &str,
    chosen: &Chosen,
    console: &Console,
) -> Result<Option<String>, Refusal> {
    if let Some(base) = &arguments.base {
        return read(base).map(Some);
    }
    let Some(hash) = claim.source else {
        console.summary(
            "the edition does not say what it was made of: it is compared with the source as it is",
        );
        return Ok(None);
    };
    if hash == Sha256::of(whole.as_bytes()) {
        return Ok(None);
    }
    let of_project = chosen.beside(|project| project.file.dist.as_ref());
    let beside = arguments.docx.parent().map(Path::to_owned);
    let keeper = folder_that_keeps(&arguments.docx).map(Path::to_owned);
    let folders = [
        arguments.dist.clone(),
        keeper,
        of_project,
        beside,
        Some(PathBuf::from("dist")),
    ];
    let kept = folders
        .into_iter()
        .flatten()
        .find_map(|folder| {
            open_plain(&kept_source(&folder, hash))
                .and_then(io::read_to_string)
                .ok()
        })
        .or_else(|| history::state(&arguments.source, hash));
    if kept.is_none() {
        let message = "the source changed since the edition was made, and what it was is not kept: the edition is compared with the source as it is, and \
            what changed meanwhile counts as undone in it; name the older source with --base";
        console.note(crate::diagnostic::Severity::Warning, message);
    }
    Ok(kept)
}

fn read(path: &Path) -> Result<String, Refusal> {
    let text = open_plain(path).and_then(io::read_to_string);
    text.map_err(|error| Refusal::because(format!("{}: {error}", path.display())))
}
