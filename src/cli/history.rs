//! The state of a source that an edition was made of, out of the history that git keeps of the file.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::digest::Sha256;

/// So many states of a file are looked at, the newest first.
const MOST: usize = 400;

/// The largest state, in bytes.
const LARGEST: usize = 16 << 20;

/// The state of a file with this hash. None where the file is in no repository, there is no git, or no such state among the
/// newest.
pub(super) fn state(path: &Path, hash: Sha256) -> Option<String> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let name = path.file_name()?.to_str()?;
    let count = format!("--max-count={MOST}");
    let log = git(folder)
        .args(["log", "--format=%H", &count, "--", name])
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let commits = String::from_utf8(log.stdout).ok()?;
    let wanted: String = commits
        .lines()
        .map(|commit| format!("{commit}:./{name}\n"))
        .collect();
    if wanted.is_empty() {
        return None;
    }
    let mut running = git(folder)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = running.stdin.take()?;
    // Written beside the reading: neither pipe may fill while the other waits.
    let writer = std::thread::spawn(move || input.write_all(wanted.as_bytes()));
    let found = running
        .stdout
        .take()
        .and_then(|output| search(std::io::BufReader::new(output), hash));
    let _ = running.kill();
    let _ = running.wait();
    let _ = writer.join();
    found
}

/// Git without what a repository could have it run, and without questions.
fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .args([
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.hooksPath=/dev/null",
            "--no-pager",
        ])
        .args(["--literal-pathspecs", "--no-replace-objects"])
        .current_dir(folder)
        .stderr(Stdio::null());
    command
}

/// Looks through what `cat-file --batch` says: a line with type and size, the bytes, a line end.
fn search(mut output: impl std::io::BufRead, hash: Sha256) -> Option<String> {
    let mut head = String::new();
    loop {
        head.clear();
        if output.read_line(&mut head).ok()? == 0 {
            return None;
        }
        let mut words = head.split_whitespace().rev();
        let size = words.next().and_then(|size| size.parse::<usize>().ok());
        let kind = words.next();
        // What is missing in a commit has no bytes.
        let (Some(size), Some("blob")) = (size, kind) else {
            continue;
        };
        if size > LARGEST {
            return None;
        }
        let mut bytes = vec![0; size + 1];
        output.read_exact(&mut bytes).ok()?;
        bytes.truncate(size);
        if Sha256::of(&bytes) == hash {
            return String::from_utf8(bytes).ok();
        }
    }
}
