//! Every type that clap fills: what was typed, not yet what it means.

mod common;
mod desk;
mod export;
mod proof;
mod site;

use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use clap::builder::Styles;
use clap::{Args, Parser, Subcommand};

pub(super) use common::{ALL, Appearance, Clock, Faces, MessageFormat, Messages, ProjectChoice};
#[cfg(feature = "preview")]
pub(super) use desk::Preview;
pub(super) use desk::{ChangesChoice, Import, New, Update};
pub(super) use export::{Export, Merge, Plan};
pub(super) use proof::{Check, Diff, Verify};
pub(super) use site::{Distribute, Publish};

const STYLES: Styles = Styles::styled()
    .header(Style::new().bold())
    .usage(Style::new().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default())
    .error(AnsiColor::Red.on_default().bold())
    .valid(AnsiColor::Green.on_default())
    .invalid(AnsiColor::Yellow.on_default());

/// Makes the PDF, DOCX and EPUB editions of a piece from one YAML source.
///
/// The three editions carry the same words, the same headings and the same attributions.
#[derive(Debug, Parser)]
#[command(
    name = "flashpoint",
    version,
    styles = STYLES,
    arg_required_else_help = true,
    after_help = "Examples:
  flashpoint export                       every piece in source/, in every format, into dist/
  flashpoint export piece.yaml -f pdf     one piece, as PDF alone
  flashpoint check piece.yaml             look for problems, write nothing
  flashpoint preview piece.yaml           see it in the browser while you write
  flashpoint explain unknown-key          what an error means, with an example

`flashpoint help COMMAND` tells more about a command."
)]
pub(in crate::cli) struct Arguments {
    #[command(subcommand)]
    pub(in crate::cli) command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Make editions of pieces
    Export(Export),
    /// Look for problems in pieces; write nothing, or with --fix what is certain
    Check(Check),
    /// Make a piece to fill in, or a project
    New(New),
    /// Show a piece, or the pieces of a folder, in the browser as they will look; the page follows each save
    #[cfg(feature = "preview")]
    Preview(Preview),
    /// Make a piece of Word documents, Markdown or plain text
    Import(Import),
    /// Take the edits of a DOCX edition back into its source
    Update(Update),
    /// Explain the code of an error or a warning, with an example
    #[command(after_help = "Examples:
  flashpoint explain unknown-key     what stands in the brackets of error[unknown-key]
  flashpoint explain                 all codes, a line each")]
    Explain {
        /// The code
        #[arg(value_name = "CODE")]
        code: Option<String>,
    },
    /// Cut an archive into shards of about one size, for several machines
    Plan(Plan),
    /// Join what shards recorded and reported
    Merge(Merge),
    /// Make a reader site of pieces and their editions, and put it on a store
    Distribute(Distribute),
    /// Make editions, prove them and put the site: export, verify and distribute in one
    Publish(Publish),
    /// Prove that editions say what their source says, or that editions say the same
    Verify(Verify),
    /// Show what changed between two versions of a source or of an edition
    Diff(Diff),
    /// Print the canonical text of a source or of an edition
    #[command(after_help = "Examples:
  flashpoint text piece.yaml           what every edition of the piece must say
  flashpoint text dist/piece.pdf       what this one says
  flashpoint text piece.docx | sha256sum

docs/canonical-text.md defines the form.")]
    Text {
        /// A YAML source, or a PDF, DOCX, EPUB or HTML file
        #[arg(value_name = "FILE")]
        file: PathBuf,

        #[command(flatten)]
        project: ProjectChoice,

        #[command(flatten)]
        messages: Messages,
    },
    /// Print the JSON Schema of the source format, for editors
    #[command(after_help = "Example:
  flashpoint schema > flashpoint.schema.json

An editor that speaks YAML's language server completes and checks a piece whose first line is
  # yaml-language-server: $schema=flashpoint.schema.json")]
    Schema(SchemaOf),
    /// Print a script that completes commands in a shell
    #[command(after_help = "Example:
  flashpoint completions bash > ~/.local/share/bash-completion/completions/flashpoint")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = "Example:
  flashpoint man | man -l -")]
    Man,
}

/// Of which file.
#[derive(Debug, Args)]
pub(in crate::cli) struct SchemaOf {
    /// Print that of a theme instead
    #[arg(long, conflicts_with_all = ["site", "project"])]
    pub(in crate::cli) theme: bool,

    /// Print that of a site's file instead
    #[arg(long, conflicts_with = "project")]
    pub(in crate::cli) site: bool,

    /// Print that of a project's file instead
    #[arg(long)]
    pub(in crate::cli) project: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_hold_no_contradiction() {
        Arguments::command().debug_assert();
    }
}
