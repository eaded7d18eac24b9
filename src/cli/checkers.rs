//! `verify --strict`: the public checkers of each format, which other people wrote, where they are installed.
//!
//! They judge a file as it stands; what they say is told beside what this program found itself.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use std::{env, io, thread};

use serde_json::Value;

use super::console::Console;
use super::figures::count;
use crate::read::{Contents, FileKind};

/// A checker has so long for a file.
const PATIENCE: Duration = Duration::from_secs(300);
/// So many bytes are read of a file, and of what a checker says of one.
pub(super) const MOST: u64 = 1 << 30;

/// So many findings of a checker are told of a file.
const SHOWN: usize = 10;

/// A checker as its makers call it.
struct Checker {
    name: &'static str,
    /// The programs that are it, the first that is installed.
    programs: &'static [&'static str],
    of: FileKind,
    /// Its arguments, before the file.
    arguments: &'static [&'static str],
    /// The option that names a folder for its report.
    folder: Option<&'static str>,
    /// What it found, none where it found nothing; nothing where its answer says neither.
    found: fn(&Answer) -> Option<Vec<String>>,
}

#[rustfmt::skip]
const CHECKERS: [Checker; 6] = [
    Checker { name: "qpdf", programs: &["qpdf"], of: FileKind::Pdf, arguments: &["--check"], folder: None, found: qpdf },
    Checker { name: "the Open XML SDK's validator", programs: &["ooxml-validator"], of: FileKind::Docx, arguments: &[], folder: None, found: open_xml },
    Checker { name: "openxml-audit", programs: &["openxml-audit"], of: FileKind::Docx, arguments: &["-f", "microsoft365", "-o", "json", "-m", "0"], folder: None, found: audit },
    Checker { name: "EPUBCheck", programs: &["epubcheck"], of: FileKind::Epub, arguments: &[], folder: None, found: epubcheck },
    Checker { name: "Ace", programs: &["ace-puppeteer", "ace"], of: FileKind::Epub, arguments: &["--silent", "--force"], folder: Some("--outdir"), found: ace },
    Checker { name: "the Nu checker", programs: &["vnu"], of: FileKind::Html, arguments: &["--errors-only", "--format", "json"], folder: None, found: nu },
];

/// What a program answered.
struct Answer {
    code: Option<i32>,
    out: String,
    err: String,
    /// The report that it wrote.
    report: Option<Value>,
}

/// The checkers of this machine.
pub(super) struct Checkers {
    installed: Vec<(&'static Checker, PathBuf)>,
}

/// What a checker says of a file: what it found, or why it said nothing.
pub(super) type Opinion = (&'static str, Result<Vec<String>, String>);

/// What all that were asked have said.
#[derive(Default)]
pub(super) struct Judged {
    /// How many files each checker was asked of.
    asked: BTreeMap<&'static str, usize>,
    /// Whether one found anything, or gave no verdict.
    pub(super) failed: bool,
}

impl Judged {
    /// Tells what is said of a file; gives a word for each checker.
    pub(super) fn tell(&mut self, console: &Console, path: &str, opinions: Vec<Opinion>) -> Value {
        let mut words = serde_json::Map::new();
        for (name, found) in opinions {
            *self.asked.entry(name).or_default() += 1;
            let word = match found {
                Ok(found) if found.is_empty() => "passed",
                Ok(found) => {
                    for message in found.iter().take(SHOWN) {
                        console.error(format!("{path}: {name}: {}", shortened(message)));
                    }
                    if found.len() > SHOWN {
                        let others = count(found.len() - SHOWN, "other finding");
                        console.error(format!("{path}: {name}: and {others}"));
                    }
                    "failed"
                }
                Err(reason) => {
                    console.error(format!("{path}: {name} gave no verdict: {reason}"));
                    "no verdict"
                }
            };
            self.failed |= word != "passed";
            words.insert(name.to_owned(), word.into());
        }
        Value::Object(words)
    }
}

impl Checkers {
    /// Those that are found where the system looks for programs.
    pub(super) fn installed() -> Self {
        let folders = env::var_os("PATH").unwrap_or_default();
        let folders: Vec<PathBuf> = env::split_paths(&folders)
            // A program in the folder where one happens to stand is nobody's checker.
            .filter(|folder| folder.is_absolute())
            .collect();
        let find = |checker: &'static Checker| {
            let programs = checker.programs.iter();
            let mut places = programs.flat_map(|program| {
                let program = format!("{program}{}", env::consts::EXE_SUFFIX);
                folders.iter().map(move |at| at.join(&program))
            });
            Some((checker, places.find(|place| place.is_file())?))
        };
        Self {
            installed: CHECKERS.iter().filter_map(find).collect(),
        }
    }

    /// What the checkers of its kind say of a file that was read.
    pub(super) fn ask(&self, file: &Path, contents: &Contents) -> Vec<Opinion> {
        let own = self.installed.iter();
        let own = own.filter(|(own, _)| own.of == contents.kind);
        let opinions = own.map(|(checker, program)| (checker.name, checker.opinion(program, file)));
        within(file, contents).into_iter().chain(opinions).collect()
    }

    /// One line: how many files each has seen, and which are not installed.
    pub(super) fn told(&self, judged: &Judged) -> String {
        let has = |name: &str| self.installed.iter().any(|(own, _)| own.name == name);
        let names = CHECKERS.iter().map(|checker| checker.name);
        let (ran, not): (Vec<&str>, Vec<&str>) = names.partition(|name| has(name));
        let ran = WITHIN.iter().copied().chain(ran).map(|name| {
            let files = judged.asked.get(name).copied().unwrap_or_default();
            format!("{name} ({})", count(files, "file"))
        });
        let ran: Vec<String> = ran.collect();
        let ran = match ran.is_empty() {
            true => "none".to_owned(),
            false => ran.join(", "),
        };
        match not.is_empty() {
            true => format!("outside checkers that ran: {ran}"),
            false => format!(
                "outside checkers that ran: {ran}; not installed: {}",
                not.join(", ")
            ),
        }
    }
}

/// The checker that is a part of this program.
#[cfg(feature = "standards")]
const WITHIN: Option<&str> = Some(super::standards::NAME);
#[cfg(not(feature = "standards"))]
const WITHIN: Option<&str> = None;

/// What that says of a file.
#[cfg(feature = "standards")]
fn within(file: &Path, contents: &Contents) -> Option<Opinion> {
    Some((
        super::standards::NAME,
        super::standards::broken(file, contents, MOST)?,
    ))
}
#[cfg(not(feature = "standards"))]
fn within(_: &Path, _: &Contents) -> Option<Opinion> {
    None
}

impl Checker {
    fn opinion(&self, program: &Path, file: &Path) -> Result<Vec<String>, String> {
        let answer = self.ask(program, file).map_err(|error| error.to_string())?;
        (self.found)(&answer).ok_or_else(|| {
            let said = answer.err.lines().chain(answer.out.lines());
            let said = said.map(str::trim).find(|line| !line.is_empty());
            said.unwrap_or("it said nothing").to_owned()
        })
    }

    fn ask(&self, program: &Path, file: &Path) -> io::Result<Answer> {
        let own = tempfile::tempdir()?;
        let (out, err) = (own.path().join("out"), own.path().join("err"));
        let mut arguments: Vec<OsString> = self.arguments.iter().map(OsString::from).collect();
        if let Some(option) = self.folder {
            arguments.extend([option.into(), own.path().into()]);
        }
        // A name that begins with a sign is none of their options.
        let file = std::path::absolute(file)?;
        let child = Command::new(program)
            .args(arguments)
            .arg(file)
            .stdin(Stdio::null())
            .stdout(File::create(&out)?)
            .stderr(File::create(&err)?)
            .spawn()?;
        let status = ended(child)?;
        let read = |path: &Path| {
            let mut bytes = Vec::new();
            File::open(path)?.take(MOST).read_to_end(&mut bytes)?;
            io::Result::Ok(String::from_utf8_lossy(&bytes).into_owned())
        };
        let report = read(&own.path().join("report.json")).ok();
        Ok(Answer {
            code: status.code(),
            out: read(&out)?,
            err: read(&err)?,
            report: report.and_then(|report| serde_json::from_str(&report).ok()),
        })
    }
}

/// Waits for a program, and ends one that takes too long.
fn ended(mut child: Child) -> io::Result<ExitStatus> {
    let until = Instant::now() + PATIENCE;
    let mut pause = Duration::from_millis(2);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if Instant::now() > until {
            child.kill()?;
            child.wait()?;
            let said = format!("it has not ended after {} s", PATIENCE.as_secs());
            return Err(io::Error::other(said));
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(100));
    }
}

/// Exit codes of `qpdf --check`: 0 nothing, 2 errors, 3 warnings of what it could mend.
fn qpdf(answer: &Answer) -> Option<Vec<String>> {
    match answer.code? {
        0 | 3 => Some(Vec::new()),
        2 => Some(lines(answer, |_| true)),
        _ => None,
    }
}

fn open_xml(answer: &Answer) -> Option<Vec<String>> {
    let said: Value = serde_json::from_str(&answer.out).ok()?;
    let errors = said["errors"].as_array()?.iter();
    let errors = errors.map(|error| told(&error["description"], &error["path"]));
    Some(errors.collect()).filter(|errors: &Vec<String>| said["ok"] == errors.is_empty())
}

fn audit(answer: &Answer) -> Option<Vec<String>> {
    let said: Value = serde_json::from_str(&answer.out).ok()?;
    let said = said.get(0)?;
    let errors = said["errors"].as_array()?.iter();
    let errors = errors.map(|error| told(&error["description"], &error["part_uri"]));
    Some(errors.collect()).filter(|errors: &Vec<String>| said["valid"] == errors.is_empty())
}

/// It writes a line for each message, which begins with how grave it is.
fn epubcheck(answer: &Answer) -> Option<Vec<String>> {
    let is_grave = |line: &str| line.starts_with("ERROR") || line.starts_with("FATAL");
    match answer.code? {
        0 => Some(Vec::new()),
        _ => Some(lines(answer, is_grave)).filter(|found| !found.is_empty()),
    }
}

/// Its report is in EARL: an outcome, and assertions on documents.
fn ace(answer: &Answer) -> Option<Vec<String>> {
    let report = answer.report.as_ref()?;
    match report["earl:result"]["earl:outcome"].as_str()? {
        "pass" => Some(Vec::new()),
        _ => {
            let documents = report["assertions"].as_array()?.iter();
            let found = documents.flat_map(|document| {
                let place = &document["earl:testSubject"]["url"];
                let own = document["assertions"].as_array().into_iter().flatten();
                own.map(|found| told(&found["earl:result"]["dct:description"], place))
            });
            Some(found.collect())
        }
    }
}

fn nu(answer: &Answer) -> Option<Vec<String>> {
    let said: Value = serde_json::from_str(&answer.err).ok()?;
    let messages = said["messages"].as_array()?.iter();
    let messages = messages.map(|message| {
        let line = &message["lastLine"];
        told(&message["message"], &format!("line {line}").into())
    });
    Some(messages.collect())
}

/// A message as far as one reads it: EPUBCheck lists all that might stand in a place.
fn shortened(message: &str) -> String {
    const MOST: usize = 300;
    match message.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message.to_owned(),
    }
}

/// A message on one line, with its place.
fn told(message: &Value, place: &Value) -> String {
    let said = |value: &Value| {
        let said = value.as_str().unwrap_or_default();
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    format!("{}: {}", said(place), said(message))
}

/// The lines of an answer that tell something.
fn lines(answer: &Answer, tells: fn(&str) -> bool) -> Vec<String> {
    let all = answer.err.lines().chain(answer.out.lines()).map(str::trim);
    all.filter(|line| !line.is_empty() && tells(line))
        .map(str::to_owned)
        .collect()
}
