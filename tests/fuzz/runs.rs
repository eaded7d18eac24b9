//! Records of runs, site files and manifests: what a batch and a site make of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use flashpoint::batch::{
    self, BatchObserver, BatchSettings, FileStamp, PieceOutcome, RealDisk, Selection,
};
use flashpoint::diagnostic::{Code, Diagnostic, Severity, SourceText};
use flashpoint::digest::Sha256;
use flashpoint::distribute::{
    Audience, DeployObserver, DeploySettings, DeployStage, DeploySummary, DistributeError, Site,
    StoreAddress, distribute, read_site,
};
use flashpoint::editions::{Format, Options};
use flashpoint::pipeline::{Output, Proving};
use flashpoint::project::Projects;
use flashpoint::theme::{PageSize, Theme};

use super::judge::{Judged, judge_all};
use super::random::Random;
use super::texts::{line, quoted, scalar};

/// The editions that a batch makes.
const FORMATS: [&str; 2] = ["docx", "epub"];

const PIECES: [(&str, &str); 2] = [
    (
        "first",
        "series: Flash Point\ntitle: A small piece\ndate: 2025-11-04\nlanguage: en-GB\nslug: first\ncontributors:\n  - name: Amina Khan\n    statement:\n      - Some words.\n",
    ),
    (
        "second",
        "series: Flash Point\nnumber: 2\ntitle: Another <piece>\ndate: 2025-11-05\nlanguage: fr\nslug: second\nkeywords: [a, b]\ncontributors:\n  - name: É. Zola\n    statement:\n      - Des mots.\n      - query: Is this so?\n",
    ),
];

/// Where a run begins: sources, editions with their record, and a site of them.
struct Start {
    /// With the name of each file in the place of its stamp, which is another wherever the file is made.
    record: String,
    manifest: Vec<u8>,
}

/// Makes it once, in a folder that is left as it was.
fn start() -> &'static Start {
    static START: OnceLock<Start> = OnceLock::new();
    START.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        prepare(folder.path());
        let put = put_site(folder.path(), &Site::default(), false);
        assert!(put.is_ok(), "{put:?}");
        Start {
            record: with_names(&fs::read_to_string(record(folder.path())).expect("a record")),
            manifest: fs::read(folder.path().join("site/manifest.json")).expect("a manifest"),
        }
    })
}

fn record(folder: &Path) -> PathBuf {
    folder.join("dist/.flashpoint/record-1.jsonl")
}

/// A line of a record: its sum and its entry.
fn line_of(entry: &str) -> String {
    format!("{} {entry}", Sha256::of(entry.as_bytes()).prefix(16))
}

/// A record with names in the place of stamps.
fn with_names(record: &str) -> String {
    let lines = record.lines().map(|line| {
        let mut entry: serde_json::Value = serde_json::from_str(&line[17..]).expect("JSON");
        let slug = entry["slug"].as_str().expect("a slug").to_owned();
        for edition in entry["editions"].as_array_mut().expect("editions") {
            let format = edition["format"].as_str().expect("a format");
            edition["stamp"] = format!("@{slug}.{format}").into();
        }
        line_of(&entry.to_string()) + "\n"
    });
    lines.collect()
}

/// The record with the stamps of files that stand in a folder; only sums that were right are right afterwards.
fn with_stamps(record: &[u8], dist: &Path) -> Vec<u8> {
    let lines = record.split(|byte| *byte == b'\n').map(|line| {
        let Some(text) = std::str::from_utf8(line)
            .ok()
            .filter(|line| line.is_char_boundary(17) && line.len() > 17)
        else {
            return line.to_vec();
        };
        let mut entry = text[17..].to_owned();
        let is_right = line_of(&entry) == text;
        for (slug, _) in PIECES {
            for format in FORMATS {
                let name = format!("{slug}.{format}");
                let metadata = fs::symlink_metadata(dist.join(&name)).expect("a file");
                let stamp = serde_json::to_string(&FileStamp::of(&metadata)).expect("JSON");
                entry = entry.replace(&format!("\"@{name}\""), &stamp);
            }
        }
        let line = if is_right {
            line_of(&entry)
        } else {
            format!("{}{entry}", &text[..17])
        };
        line.into_bytes()
    });
    lines.collect::<Vec<_>>().join(&b'\n')
}

/// Sources with their editions.
fn prepare(folder: &Path) {
    fs::create_dir_all(folder.join("source")).expect("a folder");
    for (name, text) in PIECES {
        fs::write(folder.join(format!("source/{name}.yaml")), text).expect("a file");
    }
    export(folder);
}

/// Listens for faults.
struct Listener;

impl BatchObserver for Listener {
    fn outcome(&self, outcome: &PieceOutcome) {
        let faults = outcome
            .diagnostics
            .iter()
            .filter(|d| d.code == Code::Internal);
        assert_eq!(faults.map(|fault| fault.message.as_str()).next(), None);
    }
}

impl DeployObserver for Listener {
    fn progress(&self, _: DeployStage, _: usize, _: usize) {}
    fn note(&self, _: Severity, _: &str) {}
    fn diagnostic(&self, _: &SourceText, diagnostic: &Diagnostic) {
        assert!(diagnostic.code != Code::Internal, "{}", diagnostic.message);
    }
    fn upcoming(&self, _: &str) {}
    fn put(&self, _: &str, _: u64) {}
    fn removed(&self, _: &str) {}
}

/// Exports the sources in a folder; everything stands there afterwards.
fn export(folder: &Path) -> batch::BatchSummary {
    let formats = FORMATS.map(|name| Output::Edition(Format::named(name).expect("a row")));
    let options = Options {
        theme: Theme::classic(),
        page_size: PageSize::A4,
    };
    let settings = BatchSettings {
        paths: &[folder.join("source")],
        selection: &Selection::All,
        outputs: &formats,
        dist: &folder.join("dist"),
        options: &options,
        projects: &Projects::none(),
        epoch: None,
        jobs: None,
        force: false,
        recheck: false,
        clean: false,
        deny_warnings: false,
        proving: Proving::Unasked,
        report: None,
        disk: &RealDisk,
        stop: &AtomicBool::new(false),
    };
    let summary = batch::run(&settings, &Listener).expect("a run");
    for (name, _) in PIECES {
        for extension in FORMATS {
            assert!(folder.join(format!("dist/{name}.{extension}")).is_file());
        }
    }
    summary
}

fn put_site(folder: &Path, site: &Site, recheck: bool) -> Result<DeploySummary, DistributeError> {
    let target = folder.join("site");
    let settings = DeploySettings {
        paths: &[folder.join("source")],
        dist: &folder.join("dist"),
        target: &StoreAddress::parse(&target.to_string_lossy()).expect("a folder"),
        site,
        theme: Theme::classic(),
        projects: &Projects::none(),
        epoch: None,
        jobs: None,
        recheck,
        dry_run: false,
        proving: Proving::Each,
        prune: recheck,
        alone: false,
        holder: "the tests",
        now: 2_000_000_000,
        audience: Audience::Readers,
        stop: &AtomicBool::new(false),
    };
    distribute(&settings, &Listener)
}

/// Makes a record: lines changed, their sums set right again, doubled and swapped.
pub(crate) fn make_record(random: &mut Random) -> Vec<u8> {
    let mut lines: Vec<String> = start().record.lines().map(str::to_owned).collect();
    for _ in 0..random.few() {
        let at = random.below(lines.len());
        let mut entry = lines[at].get(17..).unwrap_or_default().to_owned();
        match random.below(4) {
            0 => lines.push(lines[at].clone()),
            1 => drop(lines.remove(at)),
            _ => {
                replace(random, &mut entry);
                lines[at] = line_of(&entry);
            }
        }
        if lines.is_empty() {
            break;
        }
    }
    (lines.join("\n") + "\n").into_bytes()
}

/// Runs a batch on the record, twice.
pub(crate) fn run_record(folder: &Path, input: &[u8]) -> Judged {
    if !folder.join("source").is_dir() {
        prepare(folder);
    }
    fs::write(record(folder), with_stamps(input, &folder.join("dist"))).expect("a file");
    let summary = export(folder);
    let again = export(folder);
    assert_eq!(
        again.unchanged,
        PIECES.len(),
        "a second run has nothing to do"
    );
    Judged::new(
        summary.unchanged == PIECES.len(),
        [format!("built {}", summary.built)],
    )
}

/// Values of JSON that stand in the place of others.
const VALUES: &[&str] = &[
    "null",
    "0",
    "-1",
    "1e400",
    "18446744073709551616",
    "\"\"",
    "\"../../out\"",
    "\"/etc/passwd\"",
    "\"a\\u0000b\"",
    "[]",
    "{}",
    "\"javascript:alert(1)\"",
    "\"<script>\"",
    "\"en\"",
    "\"9999-99-99\"",
    "true",
    "[[[[]]]]",
];

/// Puts another value or key in the place of one of a JSON text.
fn replace(random: &mut Random, json: &mut String) {
    let starts: Vec<usize> = json.match_indices(':').map(|(at, _)| at + 1).collect();
    if starts.is_empty() {
        return;
    }
    let start = random.pick(&starts);
    let end = json[start..]
        .find([',', '}', ']'])
        .map_or(json.len(), |length| start + length);
    json.replace_range(start..end, random.pick(VALUES));
}

/// Makes a manifest.
pub(crate) fn make_manifest(random: &mut Random) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(&start().manifest).into_owned();
    for _ in 0..random.few() {
        if random.chance(20) {
            let from = random.pick(&[
                "pieces/first",
                "index.html",
                "first.docx",
                "\"files\"",
                "Flash Point",
                "https://",
            ]);
            let to = random.pick(&[
                "../out",
                "/out",
                "pieces//x",
                "a\\u0000",
                "",
                ".flashpoint-new/x",
                "pieces/second",
                "manifest.json",
            ]);
            text = text.replacen(from, to, 1 + random.below(3));
        } else {
            replace(random, &mut text);
        }
    }
    text.into_bytes()
}

/// Puts a site where the manifest stands; nothing beside the target is touched.
pub(crate) fn run_manifest(folder: &Path, input: &[u8]) -> Judged {
    if !folder.join("source").is_dir() {
        prepare(folder);
        fs::write(folder.join("out"), "not ours").expect("a file");
    }
    let target = folder.join("site");
    let _ = fs::remove_dir_all(&target);
    fs::create_dir(&target).expect("a folder");
    fs::write(target.join("manifest.json"), input).expect("a file");
    let recheck = input.len().is_multiple_of(2);
    let put = put_site(folder, &Site::default(), recheck);
    assert_eq!(fs::read(folder.join("out")).expect("a file"), b"not ours");
    // Unless it looks, a run believes what the manifest says stands there.
    judge_put(&put, recheck.then_some(&target))
}

/// A site that was put has its front page, where it was put anew; one that was not was refused for what stands there.
fn judge_put(put: &Result<DeploySummary, DistributeError>, target: Option<&PathBuf>) -> Judged {
    match put {
        Ok(_) => {
            if let Some(target) = target {
                let page = fs::read_to_string(target.join("index.html"));
                assert!(page.is_ok_and(|page| page.contains("</html>")));
            }
            Judged::new(true, [])
        }
        Err(error) => {
            let said = error.to_string();
            let refused = matches!(
                error,
                DistributeError::Foreign { .. } | DistributeError::Occupied { .. }
            );
            assert!(refused, "{said}");
            Judged::new(false, [said.chars().take(40).collect()])
        }
    }
}

const ADDRESSES: &[&str] = &[
    "https://example.org/pieces",
    "https://example.org/ä/ö?",
    "http://[::1]/",
    "https://例え.jp/a b/",
    "ftp://a",
    "https://u:p@e.org/",
    "x",
];

/// Makes a site's file.
pub(crate) fn make_site(random: &mut Random) -> Vec<u8> {
    let mut out = String::new();
    for key in ["title", "description", "publisher"] {
        if random.chance(50) {
            let words = line(random);
            out.push_str(&format!("{key}: {}\n", scalar(random, &words, 0)));
        }
    }
    let mut choice = |random: &mut Random, key: &str, values: &[&str]| {
        if random.chance(50) {
            let value = if random.chance(60) {
                values[0]
            } else {
                random.pick(values)
            };
            out.push_str(&format!("{key}: {}\n", quoted(value)));
        }
    };
    choice(random, "base_url", ADDRESSES);
    choice(
        random,
        "contact",
        &[
            "a@example.org",
            "https://example.org/",
            "mailto:a@b c",
            "nobody",
        ],
    );
    choice(
        random,
        "language",
        &["en-GB", "fr", "ur", "zh-Hant", "tlh", "und", "x"],
    );
    choice(random, "theme", &["modern", "classic", "gone.yaml"]);
    out.into_bytes()
}

/// Reads a site's file, and puts the site that it states into an empty folder.
pub(crate) fn run_site(folder: &Path, input: &[u8]) -> Judged {
    if !folder.join("source").is_dir() {
        prepare(folder);
    }
    let path = folder.join("site.yaml");
    fs::write(&path, input).expect("a file");
    match read_site(&path) {
        Err((source, problems)) => {
            assert!(!problems.is_empty());
            judge_all(&source, problems.iter())
        }
        Ok(read) => {
            let target = folder.join("site");
            let _ = fs::remove_dir_all(&target);
            let put = put_site(folder, &read.site, false);
            assert!(put.is_ok(), "{put:?}");
            judge_put(&put, Some(&target))
        }
    }
}
