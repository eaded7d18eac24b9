//! Every type that clap fills: what was typed, not yet what it means.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use clap::builder::{PossibleValue, PossibleValuesParser, Styles, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::batch::Shard;
use crate::editions::FORMATS;
use crate::piece::Instant;
use crate::theme::{PageSize, PdfStandard};

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
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
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

/// `flashpoint export`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint export                           every piece in source/, in every format, into dist/
  flashpoint export piece.yaml -f pdf,epub    one piece, in two formats
  flashpoint export essays/ -d out/ -j 4      a folder, into another folder, four pieces at once
  flashpoint export --theme my-theme.yaml     with colours and measures of your own
  flashpoint export --shard 3/16              a sixteenth of the pieces, on one of many machines
  flashpoint export s3://bucket/source -d s3://bucket/editions

A piece that has not changed since the last run is skipped; --force makes it again.
SOURCE_DATE_EPOCH, where set, is the time of the last change that the editions tell.

Exit codes: 0 all done; 1 some piece failed, the others are made; 2 wrong usage, nothing written; 130 interrupted.")]
pub(super) struct Export {
    /// YAML files, or folders in which every .yaml and .yml file is a piece; or one s3://bucket/prefix
    #[arg(value_name = "PATH", default_value = "source/")]
    pub(super) paths: Vec<PathBuf>,

    /// What to make, repeatable or comma-separated [default: what the project says, else all]
    #[arg(
        short,
        long = "format",
        value_name = "FORMAT",
        value_delimiter = ',',
        value_parser = formats()
    )]
    pub(super) formats: Vec<String>,

    /// The output folder, or s3://bucket/prefix; a piece's files are DIR/<slug>.<format> [default: what the project says, else dist/]
    #[arg(short, long, value_name = "DIR")]
    pub(super) dist: Option<PathBuf>,

    /// How many pieces to work on at once, at most four a core [default: one a core]
    #[arg(short, long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,

    /// Make everything again, changed or not, and replace files that this program did not put there
    #[arg(long)]
    pub(super) force: bool,

    /// Read every edition to see whether it is whole, rather than trust size and time
    #[arg(long)]
    pub(super) recheck: bool,

    /// Prove each edition before it takes its place: read it back and hold it against its source
    #[arg(long)]
    pub(super) verify: bool,

    /// Remove the editions of pieces whose source is gone from the folders named
    #[arg(long)]
    pub(super) clean: bool,

    /// Write what was done to FILE: a line of JSON for each piece, and one for the whole
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,

    /// Write each piece's cover as an image too, DIR/<slug>.cover.png
    #[arg(long)]
    pub(super) cover_files: bool,

    /// Take one shard of the pieces, the Ith of N, by the hashes of their paths; `flashpoint merge` joins them
    #[arg(long, value_name = "I/N", conflicts_with_all = ["shard_list", "clean"])]
    pub(super) shard: Option<Shard>,

    /// Take the pieces of a list that `flashpoint plan` wrote
    #[arg(long, value_name = "FILE", conflicts_with = "clean")]
    pub(super) shard_list: Option<PathBuf>,

    #[command(flatten)]
    pub(super) appearance: Appearance,

    #[command(flatten)]
    pub(super) project: ProjectChoice,

    #[command(flatten)]
    pub(super) messages: Messages,
}

/// `flashpoint plan`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint plan --shards 16 -o shards/ source/
  flashpoint export source/ --shard-list shards/shard-00003-of-00016.jsonl

Nothing is opened: the lists follow from names and sizes. `flashpoint export --shard 3/16` needs no lists, and cuts by number alone.

Exit codes: 0 all written; 2 wrong usage.")]
pub(super) struct Plan {
    /// The folder of the pieces, or s3://bucket/prefix
    #[arg(value_name = "PATH", default_value = "source/")]
    pub(super) path: PathBuf,

    /// How many shards
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=65_536))]
    pub(super) shards: u32,

    /// The folder for the lists, one a shard
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: PathBuf,

    #[command(flatten)]
    pub(super) messages: Messages,
}

/// `flashpoint merge`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint merge                                          join what shards recorded in dist/
  flashpoint merge -d out/ --report all.jsonl shard-*.jsonl their reports too

Each attempt of `flashpoint export --shard` records apart; here one record is made of all. A slug that pieces of two shards have
was seen by neither: their editions are removed, and both pieces failed. A shard that is missing, ended early, left something
undone or worked with another version of program, theme or options is told; run it again, and merge again.

Exit codes: 0 all whole; 1 a shard or a piece failed, or a denied warning; 2 wrong usage.")]
pub(super) struct Merge {
    /// The reports of the shards, of every attempt that wrote one
    #[arg(value_name = "REPORT")]
    pub(super) reports: Vec<PathBuf>,

    /// The output folder of the shards, or s3://bucket/prefix [default: what the project says, else dist/]
    #[arg(short, long, value_name = "DIR")]
    pub(super) dist: Option<PathBuf>,

    /// Write one report of all to FILE: each piece once, in the order of the paths
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,

    #[command(flatten)]
    pub(super) project: ProjectChoice,

    #[command(flatten)]
    pub(super) messages: Messages,
}

/// `flashpoint check`.
///
/// Everything that is wrong is told at once, what is wrong as YAML too: behind a fault the reader goes on at the next item.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint check                           every piece in source/
  flashpoint check piece.yaml                one piece
  flashpoint check --stats                   words, pages and minutes of reading too
  flashpoint check --fix                     set right what is certain, and show the difference
  flashpoint check --message-format json     one JSON object a line on standard output, for programs

Exit codes: 0 no error; 1 an error, or a denied warning; 2 wrong usage.")]
pub(super) struct Check {
    /// YAML files, or folders in which every .yaml and .yml file is a piece
    #[arg(value_name = "PATH", default_value = "source/")]
    pub(super) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) clock: Clock,

    /// Tell how long each piece is: words, pages and minutes of reading, a line a contributor
    #[arg(long)]
    pub(super) stats: bool,

    /// Set right in the files what is certain and changes no word, and show the difference: indents, spaces, quotation
    /// marks, dates, soft hyphens
    #[arg(long)]
    pub(super) fix: bool,

    #[command(flatten)]
    pub(super) appearance: Appearance,

    #[command(flatten)]
    pub(super) project: ProjectChoice,

    #[command(flatten)]
    pub(super) messages: Messages,
}

/// `flashpoint verify`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint verify                              every piece in source/ against its editions in dist/
  flashpoint verify piece.yaml -d out/           one piece
  flashpoint verify a.pdf b.docx c.epub          whether these say the same text, without a source

Editions are read by code that did not write them, and held against what the source says: words, headings, names, notes,
links, emphasis, languages, lists, tables, alternative texts and metadata. An edition is `equal`, has another `structure`, or another
`text`.

Exit codes: 0 the same text; 1 another text, something unreadable, or another structure with --strict; 2 wrong usage.")]
pub(super) struct Verify {
    /// YAML files and folders of them, or editions: .pdf, .docx, .epub, .html
    #[arg(value_name = "PATH", default_value = "source/")]
    pub(super) paths: Vec<PathBuf>,

    /// The folder with the editions of sources [default: what the project says, else dist/]
    #[arg(short, long, value_name = "DIR")]
    pub(super) dist: Option<PathBuf>,

    /// Fail for another structure too
    #[arg(long)]
    pub(super) strict: bool,

    /// Write what was compared and found to FILE: a line of JSON for each edition
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,

    /// The theme of the editions, whose faces the glyphs of PDFs are held against [default: what the project says, else classic]
    #[arg(long, value_name = "NAME|FILE")]
    pub(super) theme: Option<String>,

    #[command(flatten)]
    pub(super) faces: Faces,

    #[command(flatten)]
    pub(super) project: ProjectChoice,

    #[command(flatten)]
    pub(super) messages: Messages,
}

/// `flashpoint diff`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint diff old.yaml new.yaml
  flashpoint diff piece.yaml edited.docx --html changes.html

Exit codes: 0 the same text; 1 something changed; 2 something cannot be read.")]
pub(super) struct Diff {
    /// The older one: a YAML source, or a PDF, DOCX, EPUB or HTML file
    #[arg(value_name = "OLD")]
    pub(super) old: PathBuf,

    /// The newer one
    #[arg(value_name = "NEW")]
    pub(super) new: PathBuf,

    /// Write the changes to FILE as a page too
    #[arg(long, value_name = "FILE")]
    pub(super) html: Option<PathBuf>,

    #[command(flatten)]
    pub(super) project: ProjectChoice,
}

/// `flashpoint new`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint new                                   asks, and makes source/<slug>.yaml
  flashpoint new source/border.yaml --yes --title \"The border\" --name \"Amina Khan\" --name \"Fahd Humayun\"
  flashpoint new --project archive/                a project: its file, source/ with a first piece, a theme, a workflow

No file is ever written over.")]
pub(super) struct New {
    /// The file to make, else source/<slug>.yaml; with --project the folder, else the one that you are in
    #[arg(value_name = "FILE")]
    pub(super) file: Option<PathBuf>,

    /// Make a project: flashpoint.yaml, source/ with a first piece, a theme, .gitignore and a workflow
    #[arg(long)]
    pub(super) project: bool,

    /// The name of the series
    #[arg(long, value_name = "NAME")]
    pub(super) series: Option<String>,

    /// The title of the piece
    #[arg(long, value_name = "TITLE")]
    pub(super) title: Option<String>,

    /// The language of the piece, for example en-GB
    #[arg(long, value_name = "TAG")]
    pub(super) language: Option<String>,

    /// The name of a contributor, repeatable
    #[arg(long = "name", value_name = "NAME")]
    pub(super) names: Vec<String>,

    /// Ask nothing
    #[arg(short, long)]
    pub(super) yes: bool,
}

/// `flashpoint preview`.
#[cfg(feature = "preview")]
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint preview                              the pieces of source/, in a list
  flashpoint preview piece.yaml --editor vscode   one piece; a click on a paragraph opens its line
  flashpoint preview --editor 'gvim +{line} {file}'

The page shows the pages of the PDF edition, the text on a phone, the cover, and everything that is wrong with the line that it
stands in. It is served to this machine alone. Ctrl-C ends it.

Exit codes: 0 ended by Ctrl-C or a signal; 2 wrong usage or configuration.")]
pub(super) struct Preview {
    /// A YAML file, or a folder in which every .yaml and .yml file is a piece
    #[arg(value_name = "PATH", default_value = "source/")]
    pub(super) path: PathBuf,

    /// The port of 127.0.0.1; where it is in use, the next that is free [0: any]
    #[arg(long, value_name = "N", default_value_t = 4040)]
    pub(super) port: u16,

    /// What a click on a paragraph opens: vscode, zed, sublime, or a command in which {file}, {line} and {column} stand for
    /// the place; no shell reads it
    #[arg(long, value_name = "EDITOR")]
    pub(super) editor: Option<String>,

    /// Do not open the page in the browser
    #[arg(long)]
    pub(super) no_open: bool,

    #[command(flatten)]
    pub(super) appearance: Appearance,

    #[command(flatten)]
    pub(super) project: ProjectChoice,

    #[command(flatten)]
    pub(super) messages: Messages,
}

/// `flashpoint import`.
///
/// Reads .docx files (Word, LibreOffice, Google Docs, Pages), Markdown and plain text. Names, affiliations and headings are found by
/// their styles, else by the shapes of their lines: each guess is told and marked `# check:` in the source. Every word of the files stands in
/// the source or in what is told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint import round-up.docx                                source/<slug>.yaml, its pictures in source/media/<slug>/
  flashpoint import mail.txt --language en-GB -o source/border.yaml
  flashpoint import --title \"After the summit\" a.docx b.docx     one piece, a statement each
  flashpoint import late.docx --into source/border.yaml --contributor \"Amina Khan\"

Exit codes: 0 written; 1 a file cannot be imported; 2 wrong usage, or a file stands where the piece would be written.")]
pub(super) struct Import {
    /// The files: one is a whole piece, several are the statements of one
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<PathBuf>,

    /// The folder for the piece [default: source/], or a piece that the files are put into as a statement
    #[arg(long, value_name = "DIR|PIECE")]
    pub(super) into: Option<PathBuf>,

    /// The file to write, `-` for standard output
    #[arg(short, long, value_name = "FILE", conflicts_with = "into")]
    pub(super) output: Option<PathBuf>,

    /// The folder for pictures, below that of the piece [default: media/<slug>/ there]
    #[arg(long, value_name = "DIR")]
    pub(super) media: Option<PathBuf>,

    /// The language of the piece, for example en-GB [default: what the project says, else what the words look like]
    #[arg(long, value_name = "TAG")]
    pub(super) language: Option<String>,

    /// The title of the piece
    #[arg(long, value_name = "TITLE")]
    pub(super) title: Option<String>,

    /// The name of the series
    #[arg(long, value_name = "NAME")]
    pub(super) series: Option<String>,

    /// The day of publication, as YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(super) date: Option<String>,

    /// Who speaks, where the files are one statement
    #[arg(long, value_name = "NAME")]
    pub(super) contributor: Option<String>,

    /// What becomes of tracked changes in Word documents
    #[arg(long, value_name = "WHAT", value_enum, default_value = "accept")]
    pub(super) changes: ChangesChoice,

    #[command(flatten)]
    pub(super) project: ProjectChoice,

    #[command(flatten)]
    pub(super) messages: Messages,
}

/// `flashpoint update`.
///
/// Only words that changed are changed in the source: comments, wrapping, marks and queries stay as they are. Word comments become queries.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint update source/border.yaml edited.docx --dry-run     show what would change
  flashpoint update source/border.yaml edited.docx
  flashpoint update source/border.yaml edited.docx --base older.yaml

The edition says which source it was made of; `flashpoint export` keeps that text in DIR/.flashpoint/sources/. Where the source changed meanwhile, both
are merged; what was changed on both sides is told, and nothing is written then.

Exit codes: 0 done, or nothing to do; 1 changed on both sides; 2 another piece, or a file that cannot be read; nothing written.")]
pub(super) struct Update {
    /// The source
    #[arg(value_name = "SOURCE")]
    pub(super) source: PathBuf,

    /// Its edition in Word, edited
    #[arg(value_name = "EDITED.docx")]
    pub(super) docx: PathBuf,

    /// Show what would change, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,

    /// What becomes of tracked changes
    #[arg(long, value_name = "WHAT", value_enum, default_value = "accept")]
    pub(super) changes: ChangesChoice,

    /// The source that the edition was made of, where it is not kept
    #[arg(long, value_name = "FILE")]
    pub(super) base: Option<PathBuf>,

    /// The output folder that the edition comes from [default: what the project says, that of the DOCX, dist/]
    #[arg(short, long, value_name = "DIR")]
    pub(super) dist: Option<PathBuf>,

    /// Go on with a DOCX that does not say what it was made of
    #[arg(short, long)]
    pub(super) yes: bool,

    #[command(flatten)]
    pub(super) project: ProjectChoice,

    #[command(flatten)]
    pub(super) messages: Messages,
}

/// What becomes of tracked changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum ChangesChoice {
    /// The text as it is with all of them
    #[default]
    Accept,
    /// The text as it was before them
    Reject,
}

/// `flashpoint distribute`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint distribute --to public/                        a site of every piece in source/, into a folder
  flashpoint distribute --to public/ --site site.yaml       with a name and an address, so with feed and sitemap
  flashpoint distribute --to s3://essays/site --dry-run     tell what would be put into a bucket

Editions come from the output folder as `flashpoint export` left them; one that is missing, altered or made from another
version of its source is told and not shipped. Only what changed is sent, and the site that stands there is not touched until
all of it has arrived. AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL say how buckets are reached.

A piece under an embargo is put by the first run after its hour. What cannot be put as it is now (a broken source, a draft again,
no editions yet) leaves what was published last as it stands, and the run ends with 1; so does a source that is gone, until --prune
takes its piece off and leaves a notice at the address. A run over some of the sources leaves all other pieces as they are.

Exit codes: 0 all done; 1 something was not put or not shipped; 2 wrong usage or configuration, nothing put; 130 interrupted.")]
pub(super) struct Distribute {
    /// YAML files, or folders in which every .yaml and .yml file is a piece: the whole site
    #[arg(value_name = "PATH", default_value = "source/")]
    pub(super) paths: Vec<PathBuf>,

    /// The folder with the editions [default: what the project says, else dist/]
    #[arg(short, long, value_name = "DIR")]
    pub(super) dist: Option<PathBuf>,

    /// Where the site is put: a folder, file:// or s3://bucket/path
    #[arg(short, long, value_name = "URL")]
    pub(super) to: String,

    /// The site's file: base_url, title, description, publisher, contact, theme, language
    #[arg(long, value_name = "FILE")]
    pub(super) site: Option<PathBuf>,

    /// Tell what would be done, and do nothing
    #[arg(long)]
    pub(super) dry_run: bool,

    /// Read every edition, and list the files at the target, rather than trust what is recorded of them
    #[arg(long)]
    pub(super) recheck: bool,

    /// Ship editions without holding them against their sources first
    #[arg(long)]
    pub(super) unproved: bool,

    /// Remove files that an earlier run put there and that the site names no more
    #[arg(long)]
    pub(super) prune: bool,

    /// Show drafts and pieces under an embargo too, marked, on a target of their own that no reader comes to
    #[arg(long)]
    pub(super) drafts: bool,

    #[command(flatten)]
    pub(super) clock: Clock,

    /// No other run works on this target: do without the conditional puts that keep two runs apart, which some services ignore
    #[arg(long)]
    pub(super) alone: bool,

    #[command(flatten)]
    pub(super) faces: Faces,

    #[command(flatten)]
    pub(super) project: ProjectChoice,

    #[command(flatten)]
    pub(super) messages: Messages,
}

/// `flashpoint publish`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint publish --to public/ --site site.yaml
  flashpoint publish --to s3://essays/site --prune

What `flashpoint export --verify` and `flashpoint distribute` do one after the other: what was changed is checked, made and proved,
then the site is put. A piece that fails at a step goes no further, what was published of it last stays, and the run goes on.

Exit codes: 0 all done; 1 some piece was not put as it is; 2 wrong usage or configuration; 130 interrupted.")]
pub(super) struct Publish {
    /// YAML files, or folders in which every .yaml and .yml file is a piece
    #[arg(value_name = "PATH", default_value = "source/")]
    pub(super) paths: Vec<PathBuf>,

    /// The folder with the editions [default: what the project says, else dist/]
    #[arg(short, long, value_name = "DIR")]
    pub(super) dist: Option<PathBuf>,

    /// Where the site is put: a folder, file:// or s3://bucket/path
    #[arg(short, long, value_name = "URL")]
    pub(super) to: String,

    /// The site's file; its `formats` are what is made
    #[arg(long, value_name = "FILE")]
    pub(super) site: Option<PathBuf>,

    /// Take pieces off whose source is gone, and leave notices; remove files that the site names no more
    #[arg(long)]
    pub(super) prune: bool,

    /// Show drafts and pieces under an embargo too, marked, on a target of their own that no reader comes to
    #[arg(long)]
    pub(super) drafts: bool,

    #[command(flatten)]
    pub(super) clock: Clock,

    /// No other run works on this target: do without conditional puts
    #[arg(long)]
    pub(super) alone: bool,

    #[command(flatten)]
    pub(super) appearance: Appearance,

    #[command(flatten)]
    pub(super) project: ProjectChoice,

    #[command(flatten)]
    pub(super) messages: Messages,
}

/// What time it is.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Clock {
    /// The instant that embargoes are held against, such as 2025-11-04T09:00+05:00 [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub(super) now: Option<Instant>,
}

fn instant(text: &str) -> Result<Instant, String> {
    Instant::parse(text).map_err(|error| error.to_string())
}

/// Of which file.
#[derive(Debug, Args)]
pub(super) struct SchemaOf {
    /// Print that of a theme instead
    #[arg(long, conflicts_with_all = ["site", "project"])]
    pub(super) theme: bool,

    /// Print that of a site's file instead
    #[arg(long, conflicts_with = "project")]
    pub(super) site: bool,

    /// Print that of a project's file instead
    #[arg(long)]
    pub(super) project: bool,
}

/// How pages look.
#[derive(Debug, Args)]
pub(super) struct Appearance {
    /// The theme: the name of a shipped one, or a YAML file [default: what the project says, else classic]
    #[arg(long, value_name = "NAME|FILE")]
    pub(super) theme: Option<String>,

    /// The paper of the PDF edition, where that of the project or the theme is not wanted
    #[arg(long, value_name = "SIZE", value_enum)]
    pub(super) page_size: Option<PageSize>,

    /// The standards that the PDF edition keeps, in place of what the theme says
    #[arg(long, value_name = "NAME", value_enum)]
    pub(super) pdf_standard: Option<PdfStandard>,

    #[command(flatten)]
    pub(super) faces: Faces,
}

/// Faces besides those of the theme.
#[derive(Debug, Clone, Args)]
pub(super) struct Faces {
    /// A face for letters that the theme's faces lack: a TTF, OTF or TTC file (`FILE#2` is the third face of a TTC)
    #[arg(long = "font", value_name = "FILE")]
    pub(super) fonts: Vec<String>,

    /// Look for faces on this machine too, where letters are lacking; each that is used is told
    #[arg(long)]
    pub(super) system_fonts: bool,
}

/// Which project the pieces belong to.
#[derive(Debug, Clone, Args)]
pub(super) struct ProjectChoice {
    /// The project's file, or none [default: flashpoint.yaml in a folder above each piece]
    #[arg(long, value_name = "FILE|none")]
    pub(super) project: Option<PathBuf>,
}

/// What is said, and how.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(super) struct Messages {
    /// Let warnings fail a piece
    #[arg(long)]
    pub(super) deny_warnings: bool,

    /// How problems are told: text on standard error, or JSON or commands of GitHub on standard output
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    pub(super) message_format: MessageFormat,

    /// Tell errors only: no warnings, no progress and no summary
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// How problems are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum MessageFormat {
    /// For people
    #[default]
    Text,
    /// For programs: one object a line
    Json,
    /// For workflows of GitHub, which show it beside the lines of a change
    Github,
}

/// The word for every format.
pub(super) const ALL: &str = "all";

fn formats() -> impl TypedValueParser<Value = String> {
    let names = FORMATS.iter().map(|format| format.name);
    PossibleValuesParser::new(names.chain([ALL]))
}

// Here and not beside the sizes: the theme knows no command line.
impl ValueEnum for PageSize {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::A4, Self::A5, Self::B5, Self::Letter]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::A4 => PossibleValue::new("a4").help("ISO 216 A4, 210 mm by 297 mm"),
            Self::A5 => PossibleValue::new("a5").help("ISO 216 A5, 148 mm by 210 mm"),
            Self::B5 => PossibleValue::new("b5").help("ISO 216 B5, 176 mm by 250 mm"),
            Self::Letter => PossibleValue::new("letter").help("US Letter, 8.5 in by 11 in"),
            Self::Own { .. } => return None,
        })
    }
}

impl ValueEnum for PdfStandard {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(match self {
            Self::Ua1 => "PDF 1.7: PDF/UA-1 and PDF/A-2a; the default",
            Self::Ua2 => "PDF 2.0: PDF/UA-2, PDF/A-4 and WTPDF 1.0",
        }))
    }
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
