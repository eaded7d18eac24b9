//! `flashpoint diff`: what changed between two versions of a source or of an edition.

use std::io::{self, Read};
use std::path::Path;

use anstyle::{AnsiColor, Style};

use super::args;
use super::console::{Console, print_styled};
use super::project::projects;
use super::verify::contents;
use super::{Exit, Refusal, refuse};
use crate::batch::is_source;
use crate::compose::House;
use crate::editions::markup::{Element, Markup};
use crate::pipeline;
use crate::project::Projects;
use crate::store::{open_plain, replace};
use crate::verify::{ChangedBlock, Expected, Stretch, Text, diff, named};

const REMOVED: Style = AnsiColor::Red.on_default().strikethrough();
const ADDED: Style = AnsiColor::Green.on_default().bold();
const PLACE: Style = Style::new().bold();

pub(super) fn run(arguments: &args::Diff) -> Exit {
    let console = Console::new(args::Messages::default());
    let projects = match projects(&arguments.project) {
        Ok(projects) => projects,
        Err(refusal) => return refuse(&console, &refusal),
    };
    let texts = [&arguments.old, &arguments.new].map(|path| text(path, &projects, &console));
    let [old, new] = match texts {
        [Ok(old), Ok(new)] => [old, new],
        [Err(reason), _] | [_, Err(reason)] => return refuse(&console, &Refusal::because(reason)),
    };
    let changed = diff(&old, &new);
    if let Some(path) = &arguments.html
        && let Err(error) = put(path, &page(arguments, &changed))
    {
        return refuse(
            &console,
            &Refusal::because(format!("cannot write {}: {error}", path.display())),
        );
    }
    let shown: String = changed.iter().map(shown).collect();
    let exit = print_styled(&shown);
    match changed.is_empty() {
        true => exit,
        false => Exit::Failed,
    }
}

/// Writes a page of changes; in its place may stand nothing, or another such page.
fn put(path: &Path, page: &[u8]) -> io::Result<()> {
    let mut head = Vec::new();
    match open_plain(path) {
        Ok(file) => file.take(4096).read_to_end(&mut head)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
        Err(error) => return Err(error),
    };
    let mark = format!("content=\"{GENERATOR}\"");
    let is_ours = head.windows(mark.len()).any(|own| own == mark.as_bytes());
    if !head.is_empty() && !is_ours {
        return Err(io::Error::other(
            "a file stands there that is no page of changes; name another, or remove it",
        ));
    }
    replace(path, page)
}

fn text(path: &Path, projects: &Projects, console: &Console) -> Result<Text, String> {
    if is_source(path) {
        let (build, composition) =
            pipeline::compose(path, None, projects, None, false, &House::default());
        let composition = composition.ok_or_else(|| {
            build
                .diagnostics()
                .for_each(|found| console.diagnostic(&build.source, found));
            format!("{} has errors", path.display())
        })?;
        return Ok(Text::from(Expected::of(&composition)));
    }
    let contents = contents(path).map_err(|reason| format!("{}: {reason}", path.display()))?;
    Ok(Text::from(&contents))
}

/// Where a block stands and what it is.
fn heading(block: &ChangedBlock) -> String {
    let mut said = named(block.role);
    if let Some(was) = block.was {
        said.push_str(&format!(", which was {}", named(was)));
    }
    match block.place.as_str() {
        "" => said,
        place => format!("{place}: {said}"),
    }
}

/// A block for a terminal: `[-removed-]` and `{+added+}`, in colour where there is colour.
pub(super) fn shown(block: &ChangedBlock) -> String {
    let words = block.stretches.iter().map(|stretch| match stretch {
        Stretch::Same(words) => words.clone(),
        Stretch::Removed(words) => format!("{REMOVED}[-{words}-]{REMOVED:#}"),
        Stretch::Added(words) => format!("{ADDED}{{+{words}+}}{ADDED:#}"),
        Stretch::Skipped => "…".to_owned(),
    });
    let words: Vec<String> = words.collect();
    format!(
        "{PLACE}{}{PLACE:#}\n  {}\n",
        heading(block),
        words.join(" ")
    )
}

/// What a page of changes names as its maker.
const GENERATOR: &str = "flashpoint diff";
const SHEET: &str = "body{font:1.05em/1.5 serif;max-width:42em;margin:2em auto;padding:0 1em}\
    h1{font-size:1.3em}h2{font:bold .85em sans-serif;margin:1.5em 0 .2em}p{margin:0}\
    del{color:#8C1C13;background:#FBE9E7}ins{color:#1B5E20;background:#E6F4EA;text-decoration:none;font-weight:bold}";

/// The changes as a page for an editor.
fn page(arguments: &args::Diff, changed: &[ChangedBlock]) -> Vec<u8> {
    let title = format!("{} → {}", arguments.old.display(), arguments.new.display());
    let mut html = Markup::fragment();
    html.open(Element::new("html").with("lang", "en"));
    html.open(Element::new("head"));
    html.empty(Element::new("meta").with("charset", "utf-8"));
    let generator = Element::new("meta").with("name", "generator");
    html.empty(generator.with("content", GENERATOR));
    html.leaf(Element::new("title"), &title);
    html.leaf(Element::new("style"), SHEET);
    html.close();
    html.open(Element::new("body"));
    html.leaf(Element::new("h1"), &title);
    if changed.is_empty() {
        html.leaf(Element::new("p"), "Nothing changed.");
    }
    for block in changed {
        html.leaf(Element::new("h2"), &heading(block));
        html.open(Element::new("p").with("dir", "auto"));
        for stretch in &block.stretches {
            match stretch {
                Stretch::Same(words) => html.text(words),
                Stretch::Removed(words) => html.leaf(Element::new("del"), words),
                Stretch::Added(words) => html.leaf(Element::new("ins"), words),
                Stretch::Skipped => html.text("…"),
            }
            html.text(" ");
        }
        html.close();
        html.line();
    }
    html.close();
    html.close();
    [b"<!DOCTYPE html>\n".to_vec(), html.finish()].concat()
}
