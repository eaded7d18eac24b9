//! `flashpoint preview`: a page in the browser that follows the pen.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

use super::args::{self, Messages};
use super::console::{Console, print};
use super::project::Chosen;
use super::{Exit, Refusal, options, refuse};
use crate::batch;
use crate::pipeline;
use crate::platform::{BROWSER_OPENERS, signals};
use crate::preview::{self, Door, Editor, House, Preview, Trouble, take_port};

pub(super) fn run(arguments: args::Preview) -> Exit {
    let console = Console::new(arguments.messages);
    match begin(arguments, &console) {
        Ok(()) => Exit::Done,
        Err(refusal) => refuse(&console, &refusal),
    }
}

/// Serves until a signal ends it.
fn begin(arguments: args::Preview, console: &Console) -> Result<(), Refusal> {
    let editor = arguments.editor.as_deref().map(Editor::parse);
    let editor = editor.transpose().map_err(|error| Refusal::Reason {
        message: format!("--editor: {error}"),
        hint: Some("name vscode, zed, sublime or a command: --editor 'gvim +{line} {file}'"),
    })?;
    let path = arguments.path.clone();
    batch::find(std::slice::from_ref(&path)).map_err(Refusal::because)?;
    let house = house(&arguments, console)?;
    let pool = pipeline::pool(options::jobs(None)).map_err(Refusal::because)?;
    let listener = take_port(arguments.port).map_err(|error| {
        Refusal::because(format!("cannot serve at port {}: {error}", arguments.port))
    })?;
    let address = listener.local_addr().map_err(Refusal::because)?;
    if arguments.port != 0 && address.port() != arguments.port {
        console.summary(&format!(
            "port {} is in use: {} instead",
            arguments.port,
            address.port()
        ));
    }
    let (ender, end) = preview::end();
    signals::on_end(|| ender.end()).map_err(Refusal::because)?;
    let door = Door::new(address);
    console.summary(&format!("preview of {}; Ctrl-C ends it", path.display()));
    print(&format!("{}\n", door.address()));
    if !arguments.no_open && std::io::stdout().is_terminal() {
        browse(&door.once());
    }
    let read = {
        let silent = Console::new(Messages {
            quiet: true,
            ..Messages::default()
        });
        Box::new(move || self::house(&arguments, &silent).map_err(|refusal| trouble(&refusal)))
    };
    let preview = Preview {
        path,
        listener,
        door,
        editor,
        house: (house, read),
        pool,
    };
    preview.serve(end).map_err(Refusal::because)
}

/// What the pieces share: project, theme and paper.
fn house(arguments: &args::Preview, console: &Console) -> Result<House, Refusal> {
    let paths = std::slice::from_ref(&arguments.path);
    let chosen = Chosen::new(&arguments.project, paths, console)?;
    let options = options::writer_options(
        &arguments.appearance,
        paths,
        &chosen,
        console,
        arguments.messages,
    )?;
    let theme = arguments
        .appearance
        .theme
        .clone()
        .or_else(|| chosen.theme());
    let theme = theme.map(PathBuf::from).filter(|theme| theme.is_file());
    let project = chosen.project.as_ref().map(|project| project.path.clone());
    let files = theme.into_iter().chain(project);
    let files = files
        .map(|file| file.canonicalize().unwrap_or(file))
        .collect();
    Ok(House {
        projects: chosen.projects,
        options,
        files,
    })
}

fn trouble(refusal: &Refusal) -> Trouble {
    let (source, diagnostics) = refusal.told();
    Trouble {
        source,
        diagnostics,
    }
}

/// Opens a page in the browser, where one of the usual programs does that; the address is told in any case.
fn browse(page: &str) {
    for (opener, arguments) in BROWSER_OPENERS {
        let child = Command::new(opener)
            .args(*arguments)
            .arg(page)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if let Ok(mut child) = child {
            thread::spawn(move || child.wait());
            return;
        }
    }
}
