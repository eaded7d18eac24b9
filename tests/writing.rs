//! Writing: whatever the disk does, an edition in the output folder is whole, and an earlier one survives.

#[path = "support/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use flashpoint::batch::{
    self, BatchObserver, BatchSettings, BatchSummary, Disk, FileStamp, PieceOutcome, RealDisk,
    Selection,
};
use flashpoint::diagnostic::Severity;
use flashpoint::editions::{Format, Options};
use flashpoint::pipeline::{Output, Proving};
use flashpoint::project::Projects;
use flashpoint::store::OpenFolder;
use flashpoint::theme::{PageSize, Theme};

use program::{Place, piece};

/// A disk that is full at one of its operations, counted from 0, or from there on.
struct FullDisk {
    fails_at: usize,
    for_good: bool,
    done: AtomicUsize,
}

impl FullDisk {
    fn new(fails_at: usize, for_good: bool) -> Self {
        Self {
            fails_at,
            for_good,
            done: AtomicUsize::new(0),
        }
    }

    fn ask(&self) -> io::Result<()> {
        let number = self.done.fetch_add(1, Ordering::Relaxed);
        if number == self.fails_at || (self.for_good && number > self.fails_at) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }
}

impl Disk for FullDisk {
    fn write_new(&self, folder: &OpenFolder, name: &str, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.ask() {
            // A disk runs full in the middle of a file.
            RealDisk.write_new(folder, name, &bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        RealDisk.write_new(folder, name, bytes)
    }

    fn copy(
        &self,
        from: &OpenFolder,
        name: &str,
        to: &OpenFolder,
        new_name: &str,
    ) -> io::Result<()> {
        if let Err(error) = self.ask() {
            // In the middle of a file, as above.
            let mut half = Vec::new();
            from.read(name)?.read_to_end(&mut half)?;
            RealDisk.write_new(to, new_name, &half[..half.len() / 2])?;
            return Err(error);
        }
        RealDisk.copy(from, name, to, new_name)
    }

    fn sync(&self, folder: &OpenFolder, name: &str) -> io::Result<FileStamp> {
        self.ask().and_then(|()| RealDisk.sync(folder, name))
    }

    fn rename(
        &self,
        folder: &OpenFolder,
        name: &str,
        to: &OpenFolder,
        new_name: &str,
    ) -> io::Result<()> {
        self.ask()
            .and_then(|()| RealDisk.rename(folder, name, to, new_name))
    }

    fn sync_folder(&self, folder: &OpenFolder) -> io::Result<()> {
        self.ask().and_then(|()| RealDisk.sync_folder(folder))
    }

    fn append(&self, folder: &OpenFolder, name: &str, lines: &[u8]) -> io::Result<()> {
        if let Err(error) = self.ask() {
            RealDisk.append(folder, name, &lines[..lines.len() / 2])?;
            return Err(error);
        }
        RealDisk.append(folder, name, lines)
    }
}

/// Keeps what is said.
#[derive(Default)]
struct Said(std::sync::Mutex<Vec<String>>);

impl BatchObserver for Said {
    fn note(&self, _: Severity, note: &str) {
        self.0.lock().expect("no panic").push(note.to_owned());
    }

    fn outcome(&self, outcome: &PieceOutcome) {
        let messages = outcome.diagnostics.iter().map(|d| d.message.clone());
        self.0.lock().expect("no panic").extend(messages);
    }
}

fn export(place: &Place, disk: &dyn Disk) -> (BatchSummary, Vec<String>) {
    let formats = ["pdf", "docx"].map(|name| Format::named(name).expect("a row of the table"));
    let options = Options {
        theme: Theme::classic(),
        page_size: PageSize::A4,
    };
    let said = Said::default();
    let summary = batch::run(
        &BatchSettings {
            paths: &[place.at("source")],
            selection: &Selection::All,
            outputs: &formats.map(Output::Edition),
            dist: &place.at("dist"),
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
            disk,
            stop: &AtomicBool::new(false),
        },
        &said,
    );
    let said = said.0.into_inner().expect("no panic");
    (summary.expect("a run"), said)
}

/// The pieces in one of two versions.
fn write_sources(place: &Place, words: &str) {
    for slug in ["a", "b"] {
        place.write(format!("source/{slug}.yaml"), piece(slug, words));
    }
}

fn editions(words: &str) -> BTreeMap<String, Vec<u8>> {
    let place = Place::new();
    write_sources(&place, words);
    export(&place, &RealDisk);
    let files = place.files("dist");
    assert_eq!(files.len(), 4);
    files
}

#[test]
fn a_full_disk_at_any_operation_leaves_every_edition_whole_and_the_next_run_completes() {
    let (old, new) = (editions("Old words."), editions("New words."));
    let count = {
        let place = Place::new();
        write_sources(&place, "Old words.");
        export(&place, &RealDisk);
        write_sources(&place, "Any words.");
        let disk = FullDisk::new(usize::MAX, false);
        export(&place, &disk);
        disk.done.into_inner()
    };
    // Four editions, each written, synced and renamed; the folder synced; what is about to be put and what was put recorded.
    assert_eq!(count, 15);
    for for_good in [false, true] {
        for at in 0..count {
            let place = Place::new();
            write_sources(&place, "Old words.");
            export(&place, &RealDisk);
            write_sources(&place, "New words.");
            let (summary, said) = export(&place, &FullDisk::new(at, for_good));
            assert!(summary.failed + summary.faults > 0, "{at}");
            assert!(
                said.iter().any(|m| m.contains("no storage space")),
                "{at}: {said:?}"
            );
            for (name, bytes) in place.files("dist") {
                assert!(bytes == old[&name] || bytes == new[&name], "{at}: {name}");
            }
            assert_eq!(place.files("dist").len(), 4, "{at}");
            assert_eq!(place.state("dist"), ["lock", "record-1.jsonl"], "{at}");
            let (summary, said) = export(&place, &RealDisk);
            assert_eq!((summary.failed, summary.faults), (0, 0), "{at}: {said:?}");
            assert!(place.files("dist") == new, "{at}");
        }
    }
}

#[test]
fn a_full_disk_at_any_operation_loses_no_edition_that_somebody_edited() {
    let edit = |place: &Place| place.write("dist/a.docx", "edited by hand");
    let count = {
        let place = Place::new();
        write_sources(&place, "Words.");
        export(&place, &RealDisk);
        edit(&place);
        let disk = FullDisk::new(usize::MAX, false);
        export(&place, &disk);
        disk.done.into_inner()
    };
    // One edition written, synced and renamed, the one before copied, synced and renamed; two folders synced; a record.
    assert_eq!(count, 9);
    for for_good in [false, true] {
        for at in 0..count {
            let place = Place::new();
            write_sources(&place, "Words.");
            export(&place, &RealDisk);
            edit(&place);
            export(&place, &FullDisk::new(at, for_good));
            let stands = place.read("dist/a.docx") == b"edited by hand";
            let kept = place.files("dist/.flashpoint/kept").into_values();
            let kept: Vec<_> = kept.collect();
            assert!(kept.iter().all(|kept| kept == b"edited by hand"), "{at}");
            assert!(stands || !kept.is_empty(), "{at}");
            export(&place, &RealDisk);
            assert!(place.read("dist/a.docx").starts_with(b"PK"), "{at}");
            assert_eq!(place.files("dist/.flashpoint/kept").len(), 1, "{at}");
        }
    }
}

#[test]
fn a_limit_on_the_size_of_files_is_a_failure_with_a_reason() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Old words."));
    place.run("export -f pdf").expect(0);
    let before = place.files("dist");
    place.write("source/a.yaml", piece("a", "New words."));
    place
        .shell("ulimit -f 2; \"$FLASHPOINT\" export -f pdf")
        .expect(1)
        .says(&["cannot write dist/a.pdf: File too large", "make room"]);
    assert_eq!(place.files("dist"), before);
    assert_eq!(place.state("dist"), ["lock", "record-1.jsonl"]);
    place.run("export -f pdf").expect(0);
    assert_ne!(place.files("dist"), before);
}

#[test]
fn a_new_file_that_cannot_be_written_to_its_end_is_not_left_there() {
    let place = Place::new();
    place.write("words.md", "# A title\n\nWords of a text.\n");
    for command in [
        "import words.md -o a.yaml",
        "new a.yaml --yes --series S --title T --language en --name N",
    ] {
        place
            .shell(&format!(
                "trap '' XFSZ; ulimit -f 0; \"$FLASHPOINT\" {command}"
            ))
            .says(&["File too large"]);
        assert!(!place.at("a.yaml").exists(), "{command}");
    }
    place.run("import words.md -o a.yaml").expect(0);
}

#[test]
fn a_full_device_behind_the_report_or_the_output_is_told() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place
        .run("export -f pdf --report /dev/full")
        .expect(1)
        .says(&[
            "the report could not be written: No space left on device",
            "1 piece, 1 file",
        ]);
    assert!(place.has("dist/a.pdf"));
    place
        .shell("\"$FLASHPOINT\" schema > /dev/full")
        .expect(1)
        .says(&["cannot write to standard output: No space left on device"]);
}

#[test]
fn a_folder_in_the_place_of_an_edition_fails_only_that_edition() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place.write("source/b.yaml", piece("b", "Words."));
    place.write("dist/a.pdf/in-the-way", "");
    place.run("export -f pdf,docx").expect(1).says(&[
        "cannot put in place dist/a.pdf",
        "2 pieces (1 failed), 3 files",
    ]);
    let names: Vec<_> = place.files("dist").into_keys().collect();
    assert_eq!(names, ["a.docx", "b.docx", "b.pdf"]);
}

#[test]
fn an_edition_that_is_a_link_is_replaced_and_what_it_led_to_is_left() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    place.write("precious.txt", "precious");
    place.write("dist/readme", "");
    let link = place.at("dist/a.pdf");
    std::os::unix::fs::symlink(place.at("precious.txt"), &link).expect("a link");
    place.run("export -f pdf").expect(0);
    assert_eq!(place.read("precious.txt"), b"precious");
    let kind = std::fs::symlink_metadata::<PathBuf>(link).expect("an edition");
    assert!(kind.is_file());
}
