//! Outside checkers: other people's programs that judge whether a file keeps the rules of its format.
//!
//! Each is a program of its own that is started with the files' names, never through a shell. It is looked for on the `PATH` and in
//! the folder that `FLASHPOINT_CHECKERS` names, laid out as `tests/conformance/setup` lays out its own. One that is not installed is
//! named as not run.

use std::ffi::OsString;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A checker has so much time for one run.
const MOST_TIME: Duration = Duration::from_secs(300);
/// So much of what it says is read.
const MOST_SAID: u64 = 1 << 20;
/// So many files are given to one run.
const AT_ONCE: usize = 50;

/// How a checker is installed.
#[derive(Debug, Clone, Copy)]
enum Form {
    /// A program.
    Program,
    /// An archive of Java, run by `java`.
    Jar,
}

/// How a checker says that a file breaks a rule.
#[derive(Debug, Clone, Copy)]
enum Verdict {
    /// By its exit code.
    Code,
    /// By these words in what it says.
    Words(&'static str),
}

/// An outside checker.
struct Checker {
    name: &'static str,
    /// The extension of the files that it judges.
    extension: &'static str,
    /// The program on the path; none where only an archive is known.
    program: &'static str,
    /// Where it stands in the folder of checkers; `*` is any one name.
    file: &'static str,
    form: Form,
    before: &'static [&'static str],
    after: &'static [&'static str],
    verdict: Verdict,
    /// Whether it takes many files in one run.
    is_for_many: bool,
}

const CHECKERS: &[Checker] = &[
    Checker {
        name: "veraPDF (PDF/UA-1)",
        extension: "pdf",
        program: "verapdf",
        file: "verapdf/verapdf",
        form: Form::Program,
        before: &["--flavour", "ua1", "--format", "text"],
        after: &[],
        verdict: Verdict::Words("FAIL "),
        is_for_many: true,
    },
    Checker {
        name: "qpdf",
        extension: "pdf",
        program: "qpdf",
        file: "bin/qpdf",
        form: Form::Program,
        before: &["--check"],
        after: &[],
        verdict: Verdict::Code,
        is_for_many: false,
    },
    Checker {
        name: "Open XML SDK validator",
        extension: "docx",
        program: "ooxml-validator",
        file: "node_modules/.bin/ooxml-validator",
        form: Form::Program,
        before: &[],
        after: &["--officeVersion", "Microsoft365"],
        verdict: Verdict::Words("\"ok\": false"),
        is_for_many: false,
    },
    Checker {
        name: "openxml-audit",
        extension: "docx",
        program: "openxml-audit",
        file: "venv/bin/openxml-audit",
        form: Form::Program,
        before: &["-f", "microsoft365"],
        after: &[],
        verdict: Verdict::Code,
        is_for_many: false,
    },
    Checker {
        name: "EPUBCheck",
        extension: "epub",
        program: "epubcheck",
        file: "venv/lib/*/site-packages/epubcheck/epubcheck.jar",
        form: Form::Jar,
        before: &["-q", "-u"],
        after: &[],
        verdict: Verdict::Code,
        is_for_many: false,
    },
    Checker {
        name: "Nu Html Checker",
        extension: "html",
        program: "vnu",
        file: "node_modules/vnu-jar/build/dist/vnu.jar",
        form: Form::Jar,
        before: &["--errors-only"],
        after: &[],
        verdict: Verdict::Code,
        is_for_many: true,
    },
];

/// What became of a checker.
pub(super) struct Checked {
    pub(super) name: &'static str,
    /// How many files it judged; none where it did not run, and why not.
    pub(super) files: Result<usize, String>,
    /// The files that break a rule, with the beginning of what it says of them.
    pub(super) refused: Vec<(PathBuf, String)>,
}

/// Runs the checkers over files; `folder` is that in which more of them stand.
pub(super) fn run(
    files: &[PathBuf],
    path: Option<&OsString>,
    folder: Option<&Path>,
) -> Vec<Checked> {
    let mut all = Vec::new();
    for checker in CHECKERS {
        let own: Vec<&PathBuf> = files
            .iter()
            .filter(|file| file.extension().is_some_and(|own| own == checker.extension))
            .collect();
        if own.is_empty() {
            continue;
        }
        let mut checked = Checked {
            name: checker.name,
            files: Ok(0),
            refused: Vec::new(),
        };
        match checker.command(path, folder) {
            None => checked.files = Err("it is not installed".to_owned()),
            Some(command) => {
                let many = if checker.is_for_many { AT_ONCE } else { 1 };
                for some in own.chunks(many) {
                    checker.judge(&command, some, &mut checked);
                }
            }
        }
        all.push(checked);
    }
    all
}

impl Checker {
    /// The words with which it is started; none where it is not installed.
    fn command(&self, path: Option<&OsString>, folder: Option<&Path>) -> Option<Vec<OsString>> {
        let on_path = |name: &str| {
            let folders = std::env::split_paths(path?);
            let mut found = folders
                .filter(|folder| folder.is_absolute())
                .map(|folder| folder.join(name));
            found.find(|file| file.is_file())
        };
        if let Some(program) = on_path(self.program) {
            return Some(vec![program.into()]);
        }
        let file = found(folder?, self.file)?;
        match self.form {
            Form::Program => Some(vec![file.into()]),
            Form::Jar => Some(vec![on_path("java")?.into(), "-jar".into(), file.into()]),
        }
    }

    fn judge(&self, command: &[OsString], files: &[&PathBuf], checked: &mut Checked) {
        let Some((program, rest)) = command.split_first() else {
            return;
        };
        let mut run = Command::new(program);
        run.args(rest).args(self.before);
        // A name that begins with a dash is no option.
        run.args(files.iter().map(|file| match file.is_absolute() {
            true => (*file).clone(),
            false => Path::new(".").join(file),
        }));
        run.args(self.after);
        let said = match ended(&mut run) {
            Ok(said) => said,
            Err(reason) => {
                checked.files = Err(reason);
                return;
            }
        };
        if let Ok(count) = &mut checked.files {
            *count += files.len();
        }
        let (is_well, words) = said;
        let is_refused = |file: &Path| match self.verdict {
            Verdict::Code if files.len() == 1 => !is_well,
            Verdict::Code => {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                !is_well && words.contains(&*name)
            }
            Verdict::Words(sign) => words.lines().any(|line| {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                line.contains(sign) && (files.len() == 1 || line.contains(&*name))
            }),
        };
        let refused: Vec<&&PathBuf> = files.iter().filter(|file| is_refused(file)).collect();
        let nobody = refused.is_empty() && !is_well;
        for file in refused
            .into_iter()
            .chain(files.iter().take(usize::from(nobody)))
        {
            checked.refused.push(((*file).clone(), beginning(&words)));
        }
    }
}

/// The file of a pattern in a folder, whose `*` is any one name.
fn found(folder: &Path, pattern: &str) -> Option<PathBuf> {
    let mut places = vec![folder.to_owned()];
    for part in pattern.split('/') {
        places = match part {
            "*" => {
                let entries = places
                    .iter()
                    .filter_map(|place| std::fs::read_dir(place).ok());
                let mut names: Vec<PathBuf> = entries
                    .flatten()
                    .filter_map(|entry| Some(entry.ok()?.path()))
                    .collect();
                names.sort();
                names
            }
            part => places.into_iter().map(|place| place.join(part)).collect(),
        };
    }
    places.into_iter().find(|place| place.is_file())
}

/// Runs a program to its end, with a bound on its time; whether it ended well, and what it said.
fn ended(run: &mut Command) -> Result<(bool, String), String> {
    run.stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = run
        .spawn()
        .map_err(|error| format!("it cannot be started: {error}"))?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let readers = [
        std::thread::spawn(move || read(out)),
        std::thread::spawn(move || read(err)),
    ];
    let begun = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if begun.elapsed() > MOST_TIME => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("it did not end in {} seconds", MOST_TIME.as_secs()));
            }
            Ok(None) => std::thread::sleep(Duration::from_millis(10)),
            Err(error) => return Err(format!("it was lost: {error}")),
        }
    };
    let said: Vec<String> = readers
        .into_iter()
        .filter_map(|reader| reader.join().ok())
        .collect();
    Ok((status.success(), said.join("\n")))
}

/// What a program says, as far as it is read; the rest is taken so that it can go on.
fn read(pipe: Option<impl Read>) -> String {
    let Some(mut pipe) = pipe else {
        return String::new();
    };
    let mut bytes = Vec::new();
    let _ = pipe.by_ref().take(MOST_SAID).read_to_end(&mut bytes);
    let _ = std::io::copy(&mut pipe, &mut std::io::sink());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The first line that says something.
fn beginning(words: &str) -> String {
    const MOST: usize = 200;
    let marks = ["rror", "FAIL", "WARN", "\"description\"", "ERROR"];
    let mut lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
    let told = lines
        .clone()
        .find(|line| marks.iter().any(|mark| line.contains(mark)));
    let line = told
        .or_else(|| lines.next())
        .unwrap_or("it does not say why");
    line.chars()
        .filter(|c| !c.is_control())
        .take(MOST)
        .collect()
}
