//! Changes that are none to those who read.

use crate::change::{FORMATS, edit, edition, exported, repack};

#[test]
fn harmless_changes_are_accepted_without_a_record_of_runs() {
    let place = exported();
    std::fs::remove_dir_all(place.at("dist/.flashpoint")).unwrap();
    // Another zip; renumbered and decompressed objects.
    for extension in ["docx", "epub"] {
        let name = edition(extension);
        let (bytes, _) = repack(&place.read(&name), "nothing", str::to_owned);
        place.write(&name, bytes);
    }
    let bytes = edit(&place.read(edition("pdf")), |document| {
        document.renumber_objects();
        document.decompress();
        true
    });
    place.write(edition("pdf"), bytes);
    let ran = place
        .run("verify source --strict --report report.jsonl")
        .expect(0);
    let all = FORMATS.map(|format| format!("{format} equal")).join(", ");
    assert!(ran.stderr.contains(&all), "{}", ran.stderr);
    let report = String::from_utf8(place.read("report.jsonl")).unwrap();
    let lines = report
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let lines: Vec<serde_json::Value> = lines.collect();
    assert_eq!(lines.len(), FORMATS.len() + 1);
    for line in &lines[..FORMATS.len()] {
        assert_eq!(line["verdict"], "equal");
        for (what, least) in [
            ("words", 80),
            ("headings", 4),
            ("notes", 1),
            ("links", 4),
            ("cells", 6),
            ("images", 1),
            ("creators", 2),
        ] {
            let compared = line["compared"][what].as_u64().unwrap();
            assert!(compared >= least, "{what} of {line}");
        }
    }
}
