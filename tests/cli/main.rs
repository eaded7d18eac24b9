//! The command line as a newcomer, a script and an editor meet it.

#[cfg(feature = "preview")]
#[path = "../preview/http.rs"]
mod preview;
#[path = "../support/program.rs"]
mod program;
mod projects;

use std::process::Stdio;

use program::{Place, piece, questioned};

#[test]
fn help_names_every_command_and_shows_examples() {
    let ran = Place::new().run("--help").expect(0);
    for word in [
        "export",
        "check",
        "schema",
        "completions",
        "man",
        "Examples:",
    ] {
        assert!(ran.stdout.contains(word), "{word}\n{}", ran.stdout);
    }
    let ran = Place::new().run("export --help").expect(0);
    for option in [
        "--format",
        "--dist",
        "--jobs",
        "--force",
        "--recheck",
        "--report",
        "--cover-files",
        "--theme",
        "--page-size",
        "--deny-warnings",
        "--message-format",
        "--quiet",
        "Exit codes: 0",
    ] {
        assert!(ran.stdout.contains(option), "{option}\n{}", ran.stdout);
    }
}

#[test]
fn no_command_shows_help_and_is_wrong_usage() {
    Place::new().run("").expect(2).says(&["Usage: flashpoint"]);
}

#[test]
fn a_mistyped_command_option_or_format_suggests_the_nearest() {
    let place = Place::new();
    place.run("exprot").expect(2).says(&["'export'"]);
    place
        .run("export --formt pdf")
        .expect(2)
        .says(&["'--format'"]);
    place.run("export -f doc").expect(2).says(&["'docx'"]);
    place.run("export -j 0").expect(2);
    assert!(!place.has("dist"));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    for line in [
        "schema",
        "man",
        "completions bash",
        "--help",
        "export -f pdf",
        "check --message-format json",
    ] {
        let mut command = place.command(line);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        drop(child.stderr.take());
        let status = child.wait().expect("an end");
        assert_eq!(status.code(), Some(0), "{line}: {status}");
    }
    assert!(place.has("dist/a.pdf"));
}

#[test]
fn colour_is_for_terminals_and_no_color_is_honoured() {
    let place = Place::new();
    let coloured = |set: &[(&str, &str)]| {
        let mut command = place.command("export missing.yaml");
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        let output = command.envs(set.iter().copied()).output().expect("a run");
        assert_eq!(output.status.code(), Some(2));
        output.stderr.contains(&0x1b)
    };
    assert!(!coloured(&[]), "a pipe gets no colour");
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn completions_man_page_and_schema_are_whole() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = place.run(&format!("completions {shell}")).expect(0).stdout;
        assert!(
            script.contains("export") && script.contains("deny-warnings"),
            "{shell}"
        );
    }
    let man = place.run("man").expect(0).stdout;
    for part in [
        ".TH flashpoint 1",
        "FLASHPOINT EXPORT",
        "recheck",
        "FLASHPOINT CHECK",
        ".SH \"EXIT STATUS\"",
        ".SH \"ENVIRONMENT\"",
        "SOURCE_DATE_EPOCH",
        ".SH \"FILES\"",
        ".SH EXAMPLES",
        ".SS EXAMPLES",
    ] {
        assert!(man.contains(part), "{part}");
    }
    assert!(
        !man.contains("EXTRA"),
        "every section has a name of its own"
    );
    let schema = place.run("schema").expect(0).stdout;
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    assert!(schema["properties"]["contributors"].is_object());
}

#[test]
fn an_export_tells_what_it_did_on_standard_error() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    let ran = place
        .run("export -f pdf")
        .expect(0)
        .says(&["1 piece, 1 file, ", " KB in "]);
    assert_eq!(ran.stdout, "");
    let ran = place.run("export -f pdf --quiet").expect(0);
    assert_eq!((ran.stdout, ran.stderr), (String::new(), String::new()));
}

#[test]
fn check_finds_the_same_problems_and_writes_nothing() {
    let place = Place::new();
    place.write("source/a.yaml", questioned("a"));
    place.run("check").expect(0).says(&[
        "warning[query]",
        "source/a.yaml:10:",
        "1 piece, 0 errors, 1 warning",
    ]);
    place.run("check --deny-warnings").expect(1);
    place.write("source/b.yaml", "title: 5\n");
    place.run("check").expect(1).says(&["source/b.yaml"]);
    place.write("source/b.yaml", questioned("a"));
    place
        .run("check")
        .expect(1)
        .says(&["source/a.yaml has the slug `a` too", "source/b.yaml"]);
    assert!(!place.has("dist"));
}

#[test]
fn json_messages_are_one_object_a_line_on_standard_output() {
    let place = Place::new();
    place.write("source/a.yaml", questioned("a"));
    for line in [
        "check --message-format json",
        "export -f pdf --message-format json",
    ] {
        let ran = place.run(line).expect(0);
        let lines: Vec<serde_json::Value> = ran
            .stdout
            .lines()
            .map(|line| serde_json::from_str(line).expect("an object"))
            .collect();
        assert_eq!(lines.len(), 1, "{}", ran.stdout);
        assert_eq!(lines[0]["code"], "query");
        assert_eq!(lines[0]["severity"], "warning");
        assert_eq!(lines[0]["line"], 10);
    }
}

#[test]
fn a_wrong_time_or_theme_is_configuration_and_writes_nothing() {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Words."));
    for epoch in ["", "yesterday", "-1", "1.5", "99999999999999999999"] {
        let output = place
            .command("export")
            .env("SOURCE_DATE_EPOCH", epoch)
            .output()
            .expect("a run");
        assert_eq!(output.status.code(), Some(2), "{epoch}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("SOURCE_DATE_EPOCH"));
    }
    place
        .run("export --theme no-such-theme")
        .expect(2)
        .says(&["no-such-theme"]);
    assert!(!place.has("dist"));
}
