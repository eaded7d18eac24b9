//! `flashpoint man`: one manual page for all commands, with the sections that man-pages(7) names.

use std::io;

use clap::CommandFactory;
use clap_mangen::Man;

use super::Exit;
use super::args::Arguments;
use super::console::print;

/// How the program ends.
const EXIT_STATUS: &[(&str, &str)] = &[
    ("0", "All done."),
    (
        "1",
        "A piece failed, the others are made; or a warning was denied; or two texts differ.",
    ),
    ("2", "Wrong usage or configuration; nothing was written."),
    ("130", "Interrupted; what was written is whole."),
];

/// What of the environment is read.
const ENVIRONMENT: &[(&str, &str)] = &[
    (
        "SOURCE_DATE_EPOCH",
        "The moment of the last change that editions tell, in seconds since 1970.",
    ),
    (
        "NO_COLOR, CLICOLOR_FORCE",
        "Whether messages are coloured; without them on a terminal alone.",
    ),
    (
        "RAYON_NUM_THREADS",
        "How many pieces to work on at once where --jobs does not say it.",
    ),
    (
        "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION, AWS_ENDPOINT_URL",
        "How buckets are reached.",
    ),
    ("HOME", "Where the search for a project's file ends."),
];

/// The files that it reads and writes of itself.
const FILES: &[(&str, &str)] = &[
    (
        "flashpoint.yaml",
        "The project's file, in a folder above the pieces.",
    ),
    ("source/", "The pieces, where no path is named."),
    (
        "dist/",
        "The editions, where neither --dist nor the project names a folder.",
    ),
    (
        "dist/.flashpoint/",
        "The record of runs, by which they know what is unchanged.",
    ),
    (
        "dist/.flashpoint/kept/",
        "Editions that were edited in their place, as they were before new ones took it.",
    ),
    (
        "site.yaml",
        "The site's file, where the project names it or --site.",
    ),
];

pub(super) fn run() -> Exit {
    let page = page().expect("writing to memory does not fail");
    print(&String::from_utf8_lossy(&page))
}

/// The page: the program first, then each command with its options, then what holds for all.
fn page() -> io::Result<Vec<u8>> {
    let mut command = Arguments::command();
    command.build();
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    for subcommand in command.get_subcommands() {
        if subcommand.get_name() != "help" {
            page.extend(section(subcommand)?);
        }
    }
    for (heading, rows) in [
        ("EXIT STATUS", EXIT_STATUS),
        ("ENVIRONMENT", ENVIRONMENT),
        ("FILES", FILES),
    ] {
        page.extend(format!(".SH \"{heading}\"\n").into_bytes());
        page.extend(tagged(rows).into_bytes());
    }
    page.extend(remarks(&command, ".SH").into_bytes());
    man.render_version_section(&mut page)?;
    Ok(page)
}

/// A command's own sections, under one heading that names it.
fn section(command: &clap::Command) -> io::Result<Vec<u8>> {
    let man = Man::new(command.clone());
    let mut part = Vec::new();
    man.render_synopsis_section(&mut part)?;
    man.render_description_section(&mut part)?;
    man.render_options_section(&mut part)?;
    let heading = format!(".SH \"FLASHPOINT {}\"", command.get_name().to_uppercase());
    let part = String::from_utf8_lossy(&part);
    let lines = part.lines().map(|line| match line.strip_prefix(".SH ") {
        Some("SYNOPSIS") => heading.clone(),
        Some("DESCRIPTION") => ".PP".to_owned(),
        Some(name) => format!(".SS {name}"),
        None => line.to_owned(),
    });
    let lines: String = lines.flat_map(|line| [line, "\n".to_owned()]).collect();
    Ok((lines + &remarks(command, ".SS")).into_bytes())
}

/// What stands behind a command's options in its help: examples as they are typed, exit codes, and other words.
fn remarks(command: &clap::Command, heading: &str) -> String {
    let Some(help) = command.get_after_help() else {
        return String::new();
    };
    let help = help.to_string();
    let mut out = String::new();
    for part in help.split("\n\n") {
        let (first, rest) = part.split_once('\n').unwrap_or((part, ""));
        if first.starts_with("Example") {
            out += &format!("{heading} EXAMPLES\n.nf\n");
            rest.lines().for_each(|line| out += &spelled(line));
            out += ".fi\n";
        } else if let Some(codes) = part.strip_prefix("Exit codes: ") {
            out += &format!("{heading} \"EXIT STATUS\"\n");
            codes.lines().for_each(|line| out += &spelled(line));
        } else {
            out += ".PP\n";
            part.lines().for_each(|line| out += &spelled(line));
        }
    }
    out
}

/// Paragraphs behind tags.
fn tagged(rows: &[(&str, &str)]) -> String {
    let row = |(tag, text): &(&str, &str)| {
        format!(
            ".TP\n\\fB{}\\fR\n{}",
            spelled(tag).trim_end(),
            spelled(text)
        )
    };
    rows.iter().map(row).collect()
}

/// A line of text in which nothing is an escape or a request (groff(7)).
fn spelled(line: &str) -> String {
    let text = line.replace('\\', "\\e").replace('-', "\\-");
    let guard = if text.starts_with(['.', '\'']) {
        "\\&"
    } else {
        ""
    };
    format!("{guard}{text}\n")
}
