//! `flashpoint publish`: makes editions, proves them and puts the site, one after the other.

use super::console::Console;
use super::{Exit, args, distribute, export};

pub(super) fn run(arguments: args::Publish) -> Exit {
    let formats = match formats(&arguments) {
        Ok(formats) => formats,
        Err(exit) => return exit,
    };
    let args::Publish {
        site,
        appearance,
        project,
        messages,
    } = arguments;
    let faces = appearance.faces.clone();
    let exported = export::run(&args::Export {
        paths: site.paths.clone(),
        formats,
        dist: site.dist.clone(),
        jobs: None,
        force: false,
        recheck: false,
        verify: true,
        clean: false,
        report: None,
        cover_files: false,
        shard: None,
        shard_list: None,
        appearance,
        project: project.clone(),
        messages,
    });
    if matches!(exported, Exit::Usage | Exit::Interrupted) {
        return exported;
    }
    let put = distribute::run(&args::Distribute {
        site,
        faces,
        dry_run: false,
        recheck: false,
        unproved: false,
        project,
        messages,
    });
    match put {
        Exit::Done => exported,
        put => put,
    }
}

/// The formats that the site offers; a site's file that is wrong ends the run before anything is made.
fn formats(arguments: &args::Publish) -> Result<Vec<String>, Exit> {
    let Some(file) = &arguments.site.site else {
        return Ok(Vec::new());
    };
    // What is doubtful in it is told when the site is put.
    match distribute::site_of(file, arguments.messages, |_, _| {}) {
        Ok(site) => Ok(site.formats.unwrap_or_default()),
        Err((source, problems)) => {
            let console = Console::new(arguments.messages);
            for problem in &problems {
                console.diagnostic(&source, problem);
            }
            Err(Exit::Usage)
        }
    }
}
