//! `flashpoint man`: one manual page for all commands.

use std::io;

use clap::CommandFactory;
use clap_mangen::Man;

use super::Exit;
use super::args::Arguments;
use super::console::print;

pub(super) fn run() -> Exit {
    let page = page().expect("writing to memory does not fail");
    print(&String::from_utf8_lossy(&page))
}

/// The page: the program first, then each command with its options.
fn page() -> io::Result<Vec<u8>> {
    let mut command = Arguments::command();
    command.build();
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_extra_section(&mut page)?;
    for subcommand in command.get_subcommands() {
        if subcommand.get_name() != "help" {
            page.extend(section(subcommand)?);
        }
    }
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
    man.render_extra_section(&mut part)?;
    let heading = format!(".SH FLASHPOINT {}", command.get_name().to_uppercase());
    let part = String::from_utf8_lossy(&part);
    let lines = part.lines().map(|line| match line.strip_prefix(".SH ") {
        Some("SYNOPSIS") => heading.clone(),
        Some("DESCRIPTION") => ".PP".to_owned(),
        Some(name) => format!(".SS {name}"),
        None => line.to_owned(),
    });
    Ok(lines
        .flat_map(|line| [line, "\n".to_owned()])
        .collect::<String>()
        .into_bytes())
}
