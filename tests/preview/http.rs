//! The preview as a browser meets it, and as a page of another site would like to.

mod client;

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::program::{Place, piece};
use client::{PATIENCE, Preview};

fn with_one_piece() -> Place {
    let place = Place::new();
    place.write("source/a.yaml", piece("a", "Some words to read."));
    place
}

#[test]
fn a_preview_shows_pages_text_cover_and_problems() {
    let place = with_one_piece();
    let preview = Preview::start(&place, "source --port 0");
    let page = preview.get("/");
    assert_eq!(page.status, 200);
    for part in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "nosniff",
        "no-store",
    ] {
        assert!(page.head.contains(part), "{part}: {}", page.head);
    }
    assert!(!page.body.contains("<script>") && !page.body.contains("style="));
    let id = preview.id("a.yaml");
    let event = preview.events(&format!("/events/{id}")).next();
    assert_eq!(event["standing"], "whole");
    assert_eq!(event["statistics"]["parts"][0]["words"], 4);
    assert_eq!(event["problems"], serde_json::json!([]));
}

#[test]
fn what_a_page_is_drawn_of_is_there_while_it_is_read() {
    let place = with_one_piece();
    let preview = Preview::start(&place, "source/a.yaml --port 0");
    let id = preview.id("a.yaml");
    let mut events = preview.events(&format!("/events/{id}"));
    let event = events.next();
    let key = event["pages"][0][0].as_str().expect("a key");
    let page = preview.json(&format!("/pages/{id}/{key}"));
    let outlines = preview.json("/outlines/0");
    let outlines = outlines["paths"].as_array().expect("paths");
    assert_eq!(page["outlines"], outlines.len());
    let words: Vec<_> = page["areas"].as_array().expect("areas").iter().collect();
    assert!(
        words
            .iter()
            .any(|area| area["words"] == "Some words to read.")
    );
    let glyphs = page["items"].as_array().expect("items").iter();
    let drawn: usize = glyphs
        .filter_map(|item| Some(item["row"].as_array()?.len() / 2))
        .sum();
    assert!(drawn > 60, "{drawn}");
    let text = event["text"].as_str().expect("a text");
    let cover = preview.get(&format!("/covers/{id}/{text}"));
    assert!(cover.head.contains("image/png"), "{}", cover.head);
    let phone = preview.get(&format!("/phone/{id}"));
    assert!(
        phone.body.contains("Some words to read.")
            && phone.head.contains("style-src 'unsafe-inline'")
    );
    assert!(!phone.head.contains("script-src"));
    assert!(
        preview
            .get(&format!("/thumbnails/{id}/x"))
            .head
            .contains("image/png")
    );
    assert_eq!(
        preview.json("/search/WORDS%20khan"),
        serde_json::json!([id])
    );
    assert_eq!(preview.json("/search/nowhere"), serde_json::json!([]));
}

#[test]
fn only_pages_that_changed_have_another_key_and_a_fault_keeps_the_last_good_ones() {
    let place = Place::new();
    let paragraphs: String = (0..120)
        .map(|at| format!("      - Paragraph {at} has words enough to fill a line of the page and a little more.\n"))
        .collect();
    let long = piece("a", "First.") + &paragraphs;
    place.write("source/a.yaml", &long);
    let preview = Preview::start(&place, "source/a.yaml --port 0");
    let id = preview.id("a.yaml");
    let mut events = preview.events(&format!("/events/{id}"));
    let first = events.next();
    let keys = |event: &Value| -> Vec<Value> {
        let pages = event["pages"].as_array().expect("pages").iter();
        pages.map(|page| page[0].clone()).collect()
    };
    place.write(
        "source/a.yaml",
        long.replace("graph 119 has", "graph 119 had"),
    );
    let second = events.until(|event| keys(event) != keys(&first));
    let changed = std::iter::zip(keys(&first), keys(&second)).filter(|(a, b)| a != b);
    assert!(keys(&first).len() > 3);
    assert_eq!(changed.count(), 1);
    place.write("source/a.yaml", long.replace("title: A", "titel: A"));
    let broken = events.until(|event| event["standing"] == "broken");
    assert_eq!(keys(&broken), keys(&second));
    let problem = &broken["problems"][0];
    assert_eq!(
        (&problem["severity"], &problem["line"]["number"]),
        (&"error".into(), &2.into())
    );
    assert_eq!(problem["line"]["marked"], "titel");
    place.write("source/a.yaml", &long);
    let mended = events.until(|event| event["standing"] == "whole");
    assert_eq!(keys(&mended), keys(&first));
}

#[test]
fn a_rename_is_followed_and_a_file_that_goes_and_comes_back_is_told() {
    let place = with_one_piece();
    place.write("source/b.yaml", piece("b", "Other words."));
    let preview = Preview::start(&place, "source --port 0");
    let id = preview.id("a.yaml");
    let mut events = preview.events(&format!("/events/{id}"));
    events.next();
    // The list has read it by now, or will have.
    while preview.json("/search/some%20words%20to%20read") == serde_json::json!([]) {
        std::thread::sleep(Duration::from_millis(20));
    }
    fs::rename(place.at("source/a.yaml"), place.at("source/c.yaml")).expect("a rename");
    let moved = events.until(|event| event["file"] == "source/c.yaml");
    assert_eq!(moved["standing"], "whole");
    place.write("source/c.yaml", piece("a", "New words."));
    let edited = events.until(|event| event["pages"] != moved["pages"]);
    assert_eq!(edited["file"], "source/c.yaml");
    fs::remove_file(place.at("source/c.yaml")).expect("removed");
    let gone = events.until(|event| event["standing"] == "gone");
    assert_eq!(gone["pages"], edited["pages"]);
    // Written beside and renamed, as editors save.
    place.write("source/.c.yaml.tmp", piece("a", "Words once more."));
    fs::rename(place.at("source/.c.yaml.tmp"), place.at("source/c.yaml")).expect("a rename");
    events.until(|event| event["standing"] == "whole" && event["pages"] != gone["pages"]);
}

#[test]
fn project_theme_and_pictures_are_followed_too() {
    let place = Place::new();
    let with_figure = piece("a", "Words.")
        + "      - figure:\n          image: images/map.png\n          alt: A map\n          caption: The map\n";
    place.write("source/a.yaml", with_figure);
    place.write("flashpoint.yaml", "theme: house.yaml\n");
    place.write("house.yaml", "name: House\nextends: classic\n");
    let preview = Preview::start(&place, "source --port 0");
    let id = preview.id("a.yaml");
    let mut events = preview.events(&format!("/events/{id}"));
    let broken = events.next();
    assert_eq!(broken["standing"], "broken", "{broken}");
    let image = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/valid/images/rgb.png"
    );
    let image = fs::read(image).expect("an image");
    place.write("source/images/map.png", image);
    let whole = events.until(|event| event["standing"] == "whole");
    let picture = preview.get(&format!("/images/{id}/0"));
    assert!(
        picture.head.contains("content-type: image/"),
        "{}",
        picture.head
    );
    place.write(
        "house.yaml",
        "name: House\nextends: classic\ncolours: {text: \"#102030\"}\n",
    );
    let themed = events.until(|event| event["pages"] != whole["pages"]);
    place.write("house.yaml", "name: House\nextends: classic\ncolors: {}\n");
    let wrong = events.until(|event| event["problems"] != themed["problems"]);
    assert_eq!(wrong["pages"], themed["pages"]);
    let file = wrong["problems"][0]["file"].as_str().expect("a file");
    assert!(file.ends_with("house.yaml"), "{file}");
    place.write("flashpoint.yaml", "defaults: {publisher: The Institute}\n");
    events.until(|event| event["problems"] == serde_json::json!([]));
}

#[test]
fn pages_of_other_sites_get_nothing() {
    let place = with_one_piece();
    let preview = Preview::start(&place, "source --port 0");
    let id = preview.id("a.yaml");
    let host = preview.host();
    let paths = ["/", "/events", "/outlines/0", "/search/words"].map(str::to_owned);
    for path in paths.into_iter().chain([format!("/thumbnails/{id}/x")]) {
        let head = preview.inside("GET", &path);
        for (name, value) in [
            ("Origin", "https://evil.example"),
            ("Origin", "null"),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
        ] {
            let answer = preview.ask(&head, &[("Host", &host), (name, value)], "");
            assert_eq!(answer.status, 403, "{path} {name}: {value}");
            assert!(!answer.body.contains("token") && !answer.body.contains("Some words"));
            assert!(!answer.head.contains("access-control"));
        }
        let rebound = format!("evil.example:{}", preview.port);
        for foreign in [rebound.as_str(), "127.0.0.1", ""] {
            let answer = preview.ask(&head, &[("Host", foreign)], "");
            assert!(
                matches!(answer.status, 400 | 421),
                "{path} {foreign}: {}",
                answer.status
            );
        }
    }
    let options = preview.ask(&preview.inside("OPTIONS", "/open"), &[("Host", &host)], "");
    assert_eq!(options.status, 405);
}

#[test]
fn whoever_has_not_the_address_gets_nothing_though_they_sit_at_this_machine() {
    let place = with_one_piece();
    let preview = Preview::start(&place, "source --port 0");
    let id = preview.id("a.yaml");
    let host = preview.host();
    let other = "0".repeat(preview.word.len());
    for path in [
        "",
        "events",
        "desk.js",
        "open",
        &format!("events/{id}"),
        &format!("thumbnails/{id}/x"),
    ] {
        for path in [
            format!("/{path}"),
            format!("/{other}/{path}"),
            format!("//{}/{path}", preview.word),
        ] {
            let answer = preview.ask(&format!("GET {path}"), &[("Host", &host)], "");
            assert_eq!(answer.status, 403, "{path}");
            assert!(
                answer.body.contains("the preview printed") && !answer.body.contains(&preview.word),
                "{path}: {}",
                answer.body
            );
        }
    }
    let bare = format!("GET /{}", preview.word);
    let answer = preview.ask(&bare, &[("Host", &host)], "");
    let place = format!("location: /{}/", preview.word);
    assert!(answer.status == 303 && answer.head.contains(&place));
}

#[test]
fn a_place_is_opened_by_a_block_of_this_run_and_never_by_a_path() {
    let place = with_one_piece();
    place.write("editor.sh", "#!/bin/sh\nprintf '%s\\n' \"$@\" >> opened\n");
    let script = place.at("editor.sh");
    let editor = format!(
        "sh '{}' {{file}} '{{line}} $(touch hacked)'",
        script.display()
    );
    let preview = Preview::with(&place, "source --port 0 --editor", &[&editor]);
    let id = preview.id("a.yaml");
    let mut events = preview.events(&format!("/events/{id}"));
    let event = events.next();
    let version = event["version"].as_u64().expect("a version");
    let key = event["pages"][0][0].as_str().expect("a key");
    let page = preview.json(&format!("/pages/{id}/{key}"));
    let areas = page["areas"].as_array().expect("areas");
    let area = areas
        .iter()
        .position(|area| area["words"] == "Some words to read.");
    let block = format!("p0.{}", area.expect("the paragraph"));
    let host = preview.host();
    let origin = format!("http://{host}");
    let token = preview.token();
    let body = serde_json::json!({ "piece": id, "version": version, "block": block }).to_string();
    for headers in [
        vec![("Host", host.as_str()), ("Origin", &origin)],
        vec![
            ("Host", &host),
            ("Origin", &origin),
            ("X-Flashpoint-Token", "0"),
        ],
        vec![("Host", &host), ("X-Flashpoint-Token", &token)],
        vec![
            ("Host", &host),
            ("Origin", "https://evil.example"),
            ("X-Flashpoint-Token", &token),
        ],
        vec![
            ("Host", &host),
            ("Origin", &origin),
            ("X-Flashpoint-Token", &token),
            ("Sec-Fetch-Site", "cross-site"),
        ],
    ] {
        assert_eq!(
            preview
                .ask(&preview.inside("POST", "/open"), &headers, &body)
                .status,
            403,
            "{headers:?}"
        );
    }
    for wrong in ["p9.0", "p0.999", "/etc/passwd", "", "t99", "f0", "x", "é"] {
        assert_eq!(preview.open(&id, version, wrong).status, 409, "{wrong}");
    }
    assert_eq!(preview.open(&id, version + 1, &block).status, 409);
    assert_eq!(preview.open("source/a.yaml", version, &block).status, 409);
    assert!(!place.has("opened"));
    let answer = preview.open(&id, version, &block);
    assert_eq!(answer.status, 200);
    let told: Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!(
        (&told["file"], &told["line"]),
        (&"source/a.yaml".into(), &9.into())
    );
    let start = Instant::now();
    while !place.has("opened") || place.read("opened").len() < 5 {
        assert!(start.elapsed() < PATIENCE, "the editor was not started");
        std::thread::sleep(Duration::from_millis(20));
    }
    let opened = String::from_utf8(place.read("opened")).expect("UTF-8");
    let lines: Vec<_> = opened.lines().collect();
    assert!(
        lines[0].starts_with('/') && lines[0].ends_with("/source/a.yaml"),
        "{opened}"
    );
    assert_eq!(lines[1], "9 $(touch hacked)");
    assert!(!place.has("hacked"));
}

#[test]
fn nothing_but_the_preview_is_served() {
    let place = with_one_piece();
    place.write("secret.txt", "a secret");
    let preview = Preview::start(&place, "source --port 0");
    let id = preview.id("a.yaml");
    for path in [
        "/secret.txt",
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/source/a.yaml",
        "//etc/passwd",
        "/%2e%2e/secret.txt",
        &format!("/images/{id}/..%2f..%2fsecret.txt"),
        &format!("/images/{id}/../../secret.txt"),
        &format!("/pages/{id}/../../../secret.txt"),
        "/events/..",
        "/phone/..%2fsecret.txt",
        "/outlines/x",
    ] {
        let answer = preview.get(path);
        assert!(
            matches!(answer.status, 400 | 404),
            "{path}: {}",
            answer.status
        );
        assert!(
            !answer.body.contains("secret") && !answer.body.contains("root:"),
            "{path}"
        );
    }
}

#[test]
fn a_port_in_use_moves_on_and_signals_end_it_quietly() {
    let place = with_one_piece();
    let held = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let port = held.local_addr().expect("an address").port();
    // What was ignored when it started stays ignored: so `nohup` and a script's `&` ask for it.
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    let ignored = ignored.unwrap_or_default();
    for (number, signal) in [(2, "-INT"), (15, "-TERM")] {
        if ignored >> (number - 1) & 1 == 1 {
            continue;
        }
        let preview = Preview::start(&place, &format!("source --port {port}"));
        assert_ne!(preview.port, port);
        let other = preview.port;
        // A stream that is open does not hold it.
        let _events = preview.events("/events").next();
        let ran = preview.end(signal).expect(0);
        let said = format!("port {port} is in use: {other} instead\n");
        assert!(ran.stderr.contains(&said), "{}", ran.stderr);
        assert_eq!(ran.stderr.lines().count(), 2, "{}", ran.stderr);
    }
}

#[test]
fn a_preview_of_nothing_is_wrong_usage() {
    let place = with_one_piece();
    place
        .run("preview missing.yaml --no-open")
        .expect(2)
        .says(&["missing.yaml"]);
    place
        .run("preview source --no-open --editor '")
        .expect(2)
        .says(&["quotation mark"]);
    place.write("flashpoint.yaml", "defaults: {language: English}\n");
    place
        .run("preview source --no-open --port 0")
        .expect(2)
        .says(&["language"]);
}
