//! `flashpoint distribute`: makes a reader site of pieces and their editions and puts it on a store.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::console::Console;
use super::figures::{count, grouped, size};
use super::project::Chosen;
use super::{Exit, Refusal, args, faces, options, refuse};
use crate::diagnostic::{Diagnostic, Severity, SourceText};
use crate::distribute::{
    Audience, DeployObserver, DeploySettings, DeployStage, DeploySummary, DistributeError,
    PutError, Site, StoreAddress, StoreError, distribute, read_site,
};
use crate::pipeline::Proving;
use crate::platform::{self, signals};
use crate::project::Projects;
use crate::theme::Theme;

pub(super) fn run(arguments: &args::Distribute) -> Exit {
    let console = Console::new(arguments.messages).with_progress();
    let plan = match DistributePlan::new(arguments, &console) {
        Ok(plan) => plan,
        Err(Unusable::Refusal(refusal)) => return refuse(&console, &refusal),
        Err(Unusable::Site(source, problems)) => {
            for problem in &problems {
                console.diagnostic(&source, problem);
            }
            return Exit::Usage;
        }
    };
    let settings = DeploySettings {
        paths: &arguments.site.paths,
        dist: &plan.dist,
        target: &plan.target,
        site: &plan.site,
        theme: plan.theme,
        projects: &plan.projects,
        epoch: plan.epoch,
        jobs: options::jobs(None),
        recheck: arguments.recheck,
        dry_run: arguments.dry_run,
        proving: match arguments.unproved {
            true => Proving::Unasked,
            false => Proving::Each,
        },
        prune: arguments.site.prune,
        alone: arguments.site.alone,
        now: options::now(arguments.site.clock),
        audience: match arguments.site.drafts {
            true => Audience::Staff,
            false => Audience::Readers,
        },
        holder: &holder(),
        stop: &plan.stop,
    };
    let observer = ConsoleObserver {
        console: &console,
        dry_run: arguments.dry_run,
    };
    let result = distribute(&settings, &observer);
    console.end_progress();
    match result {
        Ok(summary) => {
            console.summary(&summary_line(&summary, arguments.dry_run));
            let is_denied = arguments.messages.deny_warnings && summary.warnings > 0;
            if summary.errors > 0 || is_denied {
                Exit::Failed
            } else {
                Exit::Done
            }
        }
        Err(error) => fail(&console, &error),
    }
}

/// Who is at work, for others who come to the same target meanwhile.
fn holder() -> String {
    let user = ["USER", "LOGNAME", "USERNAME"].map(std::env::var_os);
    let user = user.into_iter().flatten().next();
    let user = user.unwrap_or_else(|| "somebody".into());
    let named = || std::env::var_os("COMPUTERNAME")?.into_string().ok();
    let host = platform::machine().or_else(named);
    let host = host.unwrap_or_else(|| "some machine".to_owned());
    format!("{}@{host}", user.to_string_lossy())
}

/// What was typed, understood.
struct DistributePlan {
    projects: Projects,
    dist: PathBuf,
    target: StoreAddress,
    site: Site,
    theme: Theme,
    epoch: Option<u64>,
    stop: Arc<AtomicBool>,
}

/// Why what was typed cannot be used.
enum Unusable {
    Refusal(Refusal),
    /// The site's file is wrong.
    Site(SourceText, Vec<Diagnostic>),
}

impl From<Refusal> for Unusable {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl DistributePlan {
    fn new(arguments: &args::Distribute, console: &Console) -> Result<Self, Unusable> {
        let target = StoreAddress::parse(&arguments.site.to).map_err(Refusal::because)?;
        let chosen = Chosen::new(&arguments.project, &arguments.site.paths, console)?;
        let file = arguments.site.site.clone();
        let file = file.or_else(|| chosen.beside(|project| project.file.site.as_ref()));
        let dist = arguments.site.dist.clone();
        let dist = dist.or_else(|| chosen.beside(|project| project.file.dist.as_ref()));
        let site = match file.as_deref() {
            Some(file) => site_of(file, arguments.messages, |source, warning| {
                console.diagnostic(source, warning);
            })
            .map_err(|(source, problems)| Unusable::Site(source, problems))?,
            None => Site::default(),
        };
        let name = theme_of(&site, file.as_deref());
        let mut theme = options::theme(&name, console, arguments.messages)?;
        faces::add(&mut theme, &arguments.faces, &arguments.site.paths, console)?;
        let stop = signals::stop_flag();
        let stop = stop.map_err(|e| Refusal::because(format!("cannot listen to signals: {e}")))?;
        Ok(Self {
            projects: chosen.projects,
            dist: dist.unwrap_or_else(|| PathBuf::from("dist/")),
            target,
            site,
            theme,
            epoch: options::epoch()?,
            stop,
        })
    }
}

/// The site of a file; its warnings are told, and refuse it where warnings are denied.
pub(super) fn site_of(
    file: &Path,
    messages: args::Messages,
    tell: impl Fn(&SourceText, &Diagnostic),
) -> Result<Site, (SourceText, Vec<Diagnostic>)> {
    let read = read_site(file)?;
    if messages.deny_warnings && !read.warnings.is_empty() {
        return Err((read.source, read.warnings));
    }
    for warning in &read.warnings {
        tell(&read.source, warning);
    }
    Ok(read.site)
}

/// The theme that the site names; a file is looked for beside the site's.
fn theme_of(site: &Site, file: Option<&Path>) -> String {
    let Some(name) = &site.theme else {
        return "classic".to_owned();
    };
    let beside = file.and_then(Path::parent).map(|folder| folder.join(name));
    let beside: Option<PathBuf> = beside.filter(|path| path.is_file());
    beside.map_or_else(|| name.clone(), |path| path.to_string_lossy().into_owned())
}

fn fail(console: &Console, error: &DistributeError) -> Exit {
    console.error(error);
    match error {
        DistributeError::Stage { error: put, .. } | DistributeError::Promote { error: put, .. } => {
            console.hint("run the same command again to go on; what was sent is not sent again");
            match (put, error) {
                (PutError::Interrupted, _) => Exit::Interrupted,
                // The site is as it was, and something has to be set right first.
                (PutError::Store(StoreError::Setup { .. }), DistributeError::Stage { .. }) => {
                    Exit::Usage
                }
                _ => Exit::Failed,
            }
        }
        DistributeError::Audience { staff } => {
            console.hint(match staff {
                true => "add --drafts, or name another target",
                false => "name a target of its own for drafts",
            });
            Exit::Usage
        }
        DistributeError::Occupied { .. } => {
            console.hint(
                "move these files away, or name another folder or bucket path; nothing was put",
            );
            Exit::Usage
        }
        DistributeError::Unread { .. } => {
            console.hint(
                "name their sources too; where these are gone, name the folder that they stood in, with --prune",
            );
            Exit::Usage
        }
        DistributeError::Foreign { .. } => {
            console.hint(
                "name an empty folder or bucket path, or one that this program put a site in",
            );
            Exit::Usage
        }
        DistributeError::Unguarded => {
            console.hint("use --alone where no other run can be at work at this target");
            Exit::Usage
        }
        DistributeError::Sources(_)
        | DistributeError::NoEditions { .. }
        | DistributeError::Jobs(_)
        | DistributeError::Store(StoreError::Setup { .. }) => Exit::Usage,
        DistributeError::Changed => {
            console.hint("run the same command again");
            Exit::Failed
        }
        DistributeError::Store(StoreError::Failed { .. })
        | DistributeError::Spool(_)
        | DistributeError::Face(_)
        | DistributeError::Page(_)
        | DistributeError::NoPiece => Exit::Failed,
    }
}

/// Shows what a run reports.
struct ConsoleObserver<'a> {
    console: &'a Console,
    dry_run: bool,
}

impl DeployObserver for ConsoleObserver<'_> {
    fn progress(&self, stage: DeployStage, done: usize, total: usize) {
        let doing = match stage {
            DeployStage::Build => "building",
            DeployStage::Stage => "sending",
            DeployStage::Promote => "placing",
        };
        self.console.step(doing, done, total);
    }

    fn note(&self, severity: Severity, note: &str) {
        self.console.note(severity, note);
    }

    fn diagnostic(&self, source: &SourceText, diagnostic: &Diagnostic) {
        self.console.diagnostic(source, diagnostic);
    }

    fn upcoming(&self, line: &str) {
        self.console.summary(line);
    }

    fn put(&self, path: &str, bytes: u64) {
        if self.dry_run {
            self.console
                .summary(&format!("would put {path} ({})", size(bytes)));
        }
    }

    fn removed(&self, path: &str) {
        let verb = if self.dry_run {
            "would remove"
        } else {
            "removed"
        };
        self.console.summary(&format!("{verb} {path}"));
    }
}

/// `3 pieces: 41 files put, 1.2 MB; 7 unchanged; 2 removed`.
fn summary_line(summary: &DeploySummary, dry_run: bool) -> String {
    let put = if dry_run { "to put" } else { "put" };
    let mut line = format!(
        "{}: {} {put}, {}; {} unchanged",
        count(summary.pieces, "piece"),
        count(summary.put, "file"),
        size(summary.bytes),
        grouped(summary.same)
    );
    if summary.removed > 0 {
        line += &format!(
            "; {} {}",
            grouped(summary.removed),
            if dry_run { "to remove" } else { "removed" }
        );
    } else if summary.stale > 0 {
        line += &format!(
            "; {} no longer named (--prune removes them)",
            count(summary.stale, "file")
        );
    }
    if summary.failed > 0 {
        line += &format!("; {} not put as they are", count(summary.failed, "source"));
    }
    if summary.kept > 0 {
        line += &format!("; {} as published last", count(summary.kept, "piece"));
    }
    if summary.waiting > 0 {
        line += &format!("; {} waiting", grouped(summary.waiting));
    }
    line
}
