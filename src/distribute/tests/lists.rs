//! Lists of pieces, people and faces.

use super::super::shelves::{ShelfKind, shelves};
use super::*;

#[test]
fn without_an_address_nothing_absolute_is_said() {
    let piece = publication("plain", "x");
    let site = site(&[&piece], "A site");
    let meta = structured::meta(&site, None, &piece);
    assert!(
        meta.iter()
            .all(|(_, name, _)| !name.ends_with("_url") && *name != "og:image"),
        "{meta:?}"
    );
    assert!(!structured::json_ld(&site, None, &piece, &Around::default()).contains("contentUrl"));
    let line = citation::line(&piece, None).unwrap();
    let line = line.plain();
    assert!(line.ends_with("4 November 2025."), "{line}");
}

#[test]
fn long_lists_stand_in_pages_that_lead_to_each_other() {
    let pieces: Vec<Publication> = (0..230)
        .map(|n| publication("plain", &format!("piece-{n}")))
        .collect();
    let pieces: Vec<&Publication> = pieces.iter().collect();
    let site = site(&pieces, "A site");
    let assets = PageAssets::default();
    let writer = PageWriter::new(&site, None, &assets, Audience::Readers, None).unwrap();
    let mut pages = Vec::new();
    writer
        .lists(&pieces, &mut |page| {
            pages.push(page);
            Ok(())
        })
        .unwrap();
    let paths: Vec<&str> = pages.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        &paths[..3],
        ["index.html", "index-page-9.html", "index-page-8.html"]
    );
    assert_eq!(
        (paths[9], paths[10]),
        ("index-page-1.html", "series/series-plain.html")
    );
    for path in [
        "people/ada-plain.html",
        "people/index.html",
        "topics/plain.html",
        "years/2025.html",
    ] {
        assert!(paths.contains(&path), "{path} of {paths:?}");
    }
    let second = String::from_utf8(pages[1].1.clone()).unwrap();
    assert!(
        second.contains("href=\"index.html\"") && second.contains("href=\"index-page-8.html\"")
    );
    let catalogue = feeds::catalogue(&site, &pieces, &Translations::new());
    let all: Vec<_> = catalogue
        .iter()
        .filter(|(path, ..)| path.starts_with("opds/all"))
        .collect();
    assert_eq!(all.len(), 3);
    let entries: usize = all
        .iter()
        .map(|(_, _, feed)| texts(feed, "id").len() - 1)
        .sum();
    assert_eq!(entries, 230);
}

#[test]
fn a_page_has_the_faces_of_its_scripts_and_shares_alphabets() {
    let theme = Theme::classic();
    let piece = |language: &str, title: &str| {
        let source = json!({
            "series": "S", "title": title, "date": "2025-11-04", "language": language, "slug": "x",
            "contributors": [{"name": "N", "statement": ["Words."]}],
        });
        stand_ins::of_piece(&composed(&source.to_string()), &theme).unwrap()
    };
    let plain = piece("en", "Plain “words”");
    assert!(plain.path.is_none() && plain.files.is_empty() && plain.shared.is_empty());

    let urdu = piece("ur", "کوئٹہ");
    assert!(
        urdu.shared
            .iter()
            .all(|path| path.starts_with("fonts/nastaliq-"))
    );
    let sheet = urdu
        .files
        .iter()
        .find(|file| Some(&file.path) == urdu.path.as_ref());
    let sheet = String::from_utf8(sheet.unwrap().bytes().unwrap()).unwrap();
    assert!(sheet.contains("url(\"../../fonts/nastaliq-"));
    // What takes the room of the text's own face until that has come has none of these letters.
    let own = ":root { --text-face: \"Flashpoint Serif\", \"Flashpoint Serif like Georgia\", ";
    assert!(sheet.contains(own), "{sheet}");
    assert!(sheet.contains("\"Flashpoint Serif like DejaVu\", \"Flashpoint Nastaliq\", "));
    assert!(sheet.contains("p:lang(ur)"));
    let (fresh, standing) =
        stand_ins::shared(&urdu.shared, &theme, &Manifest::new(String::new())).unwrap();
    assert!(standing.is_empty());
    let made: BTreeSet<String> = fresh.into_iter().map(|file| file.path).collect();
    assert_eq!(made, urdu.shared);

    #[cfg(feature = "cjk")]
    {
        let chinese = piece("en", "习近平 speaks");
        assert!(chinese.shared.is_empty());
        let own = |file: &PlannedFile| file.path.starts_with("pieces/x/cjk-regular-");
        assert!(chinese.files.iter().any(own));
        // Its language is named beside its downloads, and a topic stands at its foot: neither is in its text.
        let of = |language: &str, topic: &str| {
            let source = json!({
                "series": "S", "title": "文", "date": "2025-11-04", "language": language, "slug": "x", "keywords": [topic],
                "contributors": [{"name": "N", "statement": ["文"]}],
            });
            let page = stand_ins::of_piece(&composed(&source.to_string()), &theme).unwrap();
            let face = page.files.iter().find(|file| own(file)).unwrap();
            face.entry.size
        };
        assert!(of("zh", "x") > of("en", "x"));
        assert!(of("en", "停火") > of("en", "x"));
    }
}

/// A piece of somebody whom these say: name, ORCID, id.
fn piece_of(number: usize, (name, orcid, id): (&str, Option<&str>, Option<&str>)) -> Publication {
    let source = json!({
        "series": "S", "title": format!("Title {number}"), "date": "2025-11-04", "language": "en", "slug": format!("piece-{number}"),
        "contributors": [{"name": name, "statement": ["Words."]}],
    });
    let mut record = composed(&source.to_string()).record;
    record.people[0].orcid = orcid.map(|orcid| crate::piece::Orcid::parse(orcid).unwrap());
    record.people[0].id = id.map(str::to_owned);
    Publication {
        record,
        ..publication("plain", &format!("piece-{number}"))
    }
}

#[test]
fn contributors_stand_under_their_family_names_where_these_are_known() {
    let who = |name: &str, sorted: Option<&str>, affiliation: Option<&str>| {
        let mut piece = piece_of(name.len(), (name, None, None));
        piece.record.people[0].sort_name = sorted.map(str::to_owned);
        piece.record.people[0].affiliation = affiliation.map(str::to_owned);
        piece
    };
    let of = Some("University of Kent");
    let pieces = [
        who("Amina Khan", None, of),
        who("Zoe Adams", None, of),
        who("Jean de la Fontaine", Some("La Fontaine, Jean de"), None),
        // Which of its words is a family name nobody knows.
        who("Centre for Peace Studies", None, None),
        // One piece says it for all.
        who("Bo Tran", None, None),
        who("Bo Tran", Some("Tran, Bo"), None),
    ];
    let pieces: Vec<&Publication> = pieces.iter().collect();
    let site = site(&pieces, "A site");
    let shelves = shelves(ShelfKind::Person, &pieces, &site.people);
    let names: Vec<&str> = shelves.iter().map(|shelf| shelf.name.as_str()).collect();
    let expected = [
        "Zoe Adams",
        "Centre for Peace Studies",
        "Amina Khan",
        "Jean de la Fontaine",
        "Bo Tran",
    ];
    assert_eq!(names, expected);
}

#[test]
fn one_person_has_one_page_and_two_of_one_name_stay_apart() {
    const ONE: Option<&str> = Some("0000-0002-1825-0097");
    const OTHER: Option<&str> = Some("0000-0001-5109-3700");
    // The pages that pieces of these people, the newest first, stand on, and those that lead to others.
    let pages = |people: &[(&str, Option<&str>, Option<&str>)]| {
        let pieces = people.iter().enumerate();
        let pieces: Vec<Publication> = pieces.map(|(n, who)| piece_of(n, *who)).collect();
        let pieces: Vec<&Publication> = pieces.iter().collect();
        let site = site(&pieces, "A site");
        let of = pieces
            .iter()
            .map(|piece| site.people.slug(&piece.record.people[0]));
        let of: Vec<String> = of.collect();
        let former = site.people.former();
        let former: Vec<String> = former
            .map(|(old, slug, _)| format!("{old} to {slug}"))
            .collect();
        (of, former)
    };
    let strings = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| (*text).to_owned())
            .collect::<Vec<_>>()
    };
    let (one, other) = (ONE.unwrap(), OTHER.unwrap());
    let (of, former) = pages(&[
        ("Ada King", ONE, None),
        ("ada  king", None, None),
        ("A. King", ONE, None),
    ]);
    assert_eq!(of, strings(&[one, one, one]));
    assert!(
        former.contains(&format!("ada-king to {one}")) && former.len() == 2,
        "{former:?}"
    );
    let (of, former) = pages(&[
        ("Ada King", ONE, None),
        ("Ada King", OTHER, None),
        ("Ada King", None, None),
    ]);
    assert_eq!(
        (of, former),
        (strings(&[one, other, "ada-king"]), Vec::new())
    );
    let (of, former) = pages(&[("Ada King", ONE, None), ("Ada King", OTHER, None)]);
    assert_eq!(of, strings(&[one, other]));
    assert_eq!(
        former,
        [format!("ada-king to {other}")],
        "whoever had it first keeps it"
    );
    // The id of a project says who it is, whatever the spelling, and has the ORCID that it was given once.
    let (of, former) = pages(&[
        ("Ada King", None, Some("ada")),
        ("A. K.", None, Some("ada")),
    ]);
    assert_eq!(of, strings(&["ada", "ada"]));
    assert!(former.contains(&"ada-king to ada".to_owned()), "{former:?}");
    let (of, former) = pages(&[
        ("Ada King", ONE, Some("ada")),
        ("Ada King", None, Some("ada")),
        ("Ada King", None, None),
    ]);
    assert_eq!(of, strings(&[one, one, one]));
    assert_eq!(
        former,
        [format!("ada to {one}"), format!("ada-king to {one}")]
    );
    // Two of one name whom the project tells apart; who bears it without an id is a third.
    let people = [
        ("Ada King", None, Some("ada")),
        ("Ada King", None, Some("ada-king")),
        ("Ada King", None, None),
    ];
    let (of, _) = pages(&people);
    assert_eq!(of[..2], strings(&["ada", "ada-king"]));
    assert!(of[2].starts_with("ada-king-"), "{of:?}");
}

#[test]
fn words_in_another_language_than_their_piece_are_marked_in_lists() {
    let people = |count: usize| {
        let people =
            (0..count).map(|n| json!({"name": format!("Ada {n}"), "statement": ["Kalmomi."]}));
        let editor = json!({"name": "Binta", "role": "edt", "statement": ["Kalmomi."]});
        people.chain([editor]).collect::<Vec<_>>()
    };
    // No words of ours are in Hausa.
    let piece = |slug: &str, count: usize| {
        let source = json!({
            "series": "Jeri", "number": 7, "title": "Take", "date": "2025-11-04", "language": "ha", "slug": slug,
            "contributors": people(count),
        });
        published(&source, "Hoto")
    };
    let (few, many) = (piece("few", 1), piece("many", 5));
    let of_manifest: Publication =
        serde_json::from_str(&serde_json::to_string(&few).unwrap()).unwrap();
    assert_eq!(of_manifest, few);
    let pieces = [&few, &many];
    let site = site(&pieces, "A site");
    let assets = PageAssets::default();
    let writer = PageWriter::new(&site, None, &assets, Audience::Readers, None).unwrap();
    let mut front = String::new();
    writer
        .lists(&pieces, &mut |(path, page)| {
            if path == "index.html" {
                front = String::from_utf8(page).unwrap();
            }
            Ok(())
        })
        .unwrap();
    for line in [
        "<p class=\"series-line\">Jeri<span lang=\"en\" dir=\"ltr\">, No.</span> 7</p>",
        "<p class=\"names-line\"><span lang=\"en\" dir=\"ltr\">Editor:</span> Binta</p>",
        "<span lang=\"en\" dir=\"ltr\"> and others</span></p>",
    ] {
        assert!(front.contains(line), "{line} in {front}");
    }
    let citation = serde_json::to_value(citation::line(&few, None)).unwrap();
    assert_eq!(citation[1]["language"], "en", "{citation}");
}
