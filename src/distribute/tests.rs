//! Hostile words in everything that a site says of a piece.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};
use url::Url;

use super::around::Around;
use super::feeds::{Channel, FeedEntry, Texts, Translations};
use super::manifest::{Audience, Manifest};
use super::pages::{PageAssets, PageText, PageWriter};
#[cfg(feature = "cjk")]
use super::planned_file::PlannedFile;
use super::publication::{Download, Publication, SitePicture, file_path};
use super::site::Site;
use super::site_view::SiteView;
use super::{citation, feeds, json_feed, stand_ins, structured};
use crate::compose::sample::composed;
use crate::piece::{Doi, Isbn};
use crate::theme::Theme;

/// Words that mean something in HTML, XML, JSON, TeX, RIS or a header.
const HOSTILE: &str =
    "</script><script>alert(1)</script>\" onload='x' \\}{%$#_^~& ]]> -->\u{2028}TY";

fn publication(words: &str, slug: &str) -> Publication {
    let source = json!({
        "series": format!("Series {words}"), "title": format!("Title {words}"), "date": "2025-11-04", "language": "en-GB",
        "slug": slug, "summary": words, "keywords": [words], "rights": words, "publisher": words,
        "contributors": [
            {"name": format!("Ada {words}"), "sort_name": format!("{words}, Ada"), "affiliation": words, "statement": ["Words."]},
            {"name": "Ed Itor", "role": "edt", "url": "https://example.org/", "statement": ["Words."]},
        ],
    });
    let composition = composed(&source.to_string());
    let picture = |name: &str| SitePicture {
        path: file_path(slug, name),
        media_type: "image/png".to_owned(),
        alt: words.to_owned(),
        width: 16,
        height: 9,
    };
    let pdf = Download {
        format: "pdf".to_owned(),
        path: file_path(slug, "x.pdf"),
        media_type: "application/pdf".to_owned(),
        size: 1_234_567,
    };
    Publication::of(
        &composition,
        vec![pdf],
        picture("cover.png"),
        picture("thumbnail.png"),
        picture("share.png"),
    )
}

fn site(pieces: &[&Publication], words: &str) -> SiteView {
    let site = Site {
        title: Some(words.to_owned()),
        publisher: Some(words.to_owned()),
        ..Site::default()
    };
    SiteView::of(&site, pieces)
}

fn base() -> Url {
    Url::parse("https://example.org/pieces/").unwrap()
}

/// The Atom feed of these pieces, without their texts.
fn atom(site: &SiteView, entries: &[FeedEntry<'_>]) -> Vec<u8> {
    let channel = Channel {
        path: feeds::FEED,
        id: "urn:x".to_owned(),
        title: &site.title,
        page: "index.html",
    };
    let without: &Texts<'_> = &|_| Ok(None);
    let told = (without, &Translations::new());
    feeds::atom(site, &base(), &channel, entries, told).unwrap()
}

/// The texts of a document's elements, by name; fails where it is not well-formed.
fn texts(xml: &[u8], name: &str) -> Vec<String> {
    let mut reader = Reader::from_str(std::str::from_utf8(xml).unwrap());
    let (mut found, mut open) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                open.push(start.name().as_ref().to_vec());
                if start.name().as_ref() == name.as_bytes() {
                    found.push(String::new());
                }
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) if open.last().is_some_and(|open| open == name.as_bytes()) => {
                found.last_mut().unwrap().push_str(&text.decode().unwrap());
            }
            Event::GeneralRef(entity)
                if open.last().is_some_and(|open| open == name.as_bytes()) =>
            {
                let text = match &entity[..] {
                    b"lt" => "<",
                    b"gt" => ">",
                    b"amp" => "&",
                    other => panic!("{other:?}"),
                };
                found.last_mut().unwrap().push_str(text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    found
}

#[test]
fn words_cannot_leave_a_page() {
    let piece = publication(HOSTILE, "x");
    let site = site(&[&piece], HOSTILE);
    let base = base();
    let assets = PageAssets::default();
    let pages = PageWriter::new(&site, Some(&base), &assets, Audience::Readers, None).unwrap();
    let text = PageText {
        title_block: "<h1>Title</h1>",
        sections: "<p>Words.</p>",
    };
    let (path, page) = pages.piece(&piece, text, &Around::default()).unwrap();
    assert_eq!(path, "pieces/x.html");
    let page = String::from_utf8(page).unwrap();
    assert_eq!(
        page.matches("<script").count(),
        1,
        "the one that holds JSON-LD"
    );
    let (before, after) = page.split_once("<script type").unwrap();
    let after = after.split_once("</script>").unwrap().1;
    assert!(
        [before, after]
            .iter()
            .all(|part| !part.contains("onload='x'")),
        "{page}"
    );
    pages
        .lists(&[&piece], &mut |(_, list)| {
            let list = String::from_utf8(list).unwrap();
            assert!(
                !list.contains("<script") && !list.contains("onload='x'"),
                "{list}"
            );
            Ok(())
        })
        .unwrap();
    let json = page
        .split_once("ld+json\">")
        .unwrap()
        .1
        .split_once("</script>")
        .unwrap()
        .0;
    let data: Value = serde_json::from_str(json).unwrap();
    assert!(
        data["author"][0]["name"]
            .as_str()
            .unwrap()
            .starts_with("Ada </script>")
    );
    assert_eq!(data["author"].as_array().unwrap().len(), 1);
    assert_eq!(data["editor"][0]["name"], "Ed Itor");
    assert_eq!(
        data["encoding"][0]["contentUrl"],
        "https://example.org/pieces/pieces/x/x.pdf"
    );
}

#[test]
fn words_cannot_leave_a_feed_or_a_catalogue() {
    let piece = publication(HOSTILE, "x");
    let site = site(&[&piece], HOSTILE);
    let channel = Channel {
        path: feeds::FEED,
        id: "urn:x".to_owned(),
        title: &site.title,
        page: "index.html",
    };
    let text: &Texts<'_> = &|_| Ok(Some("<p>]]></p>".to_owned()));
    let entries = [(&piece, None)];
    let feed = feeds::atom(
        &site,
        &base(),
        &channel,
        &entries,
        (text, &Translations::new()),
    )
    .unwrap();
    assert_eq!(texts(&feed, "content"), ["<p>]]></p>"]);
    let json = json_feed::json_feed(&site, &base(), &channel, &entries, text).unwrap();
    let json: Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["items"][0]["content_html"], "<p>]]></p>");
    assert_eq!(json["items"][0]["tags"], json!([HOSTILE]));
    let titles = texts(&feed, "title");
    assert_eq!(titles.len(), 2);
    assert!(titles[1].starts_with("Title </script>"), "{titles:?}");
    for (path, _, feed) in feeds::catalogue(&site, &[&piece], &Translations::new()) {
        assert!(
            path.starts_with("opds/") && path.ends_with(".xml"),
            "{path}"
        );
        assert!(!texts(&feed, "title").is_empty());
    }
    let map = feeds::sitemaps(
        &base(),
        &[],
        &[(piece.page.clone(), Some(piece.record.modified.to_string()))],
    );
    assert_eq!(
        texts(&map[0].1, "loc"),
        ["https://example.org/pieces/pieces/x.html"]
    );
}

#[test]
fn words_cannot_leave_a_citation() {
    let piece = publication(HOSTILE, "x");
    let address = Some("https://example.org/pieces/x.html");
    let [bib, ris, csl] = citation::FORMS.map(|form| (form.write)(&piece, address));
    let depth = bib.chars().try_fold(0_i32, |depth, c| {
        let depth = depth + i32::from(c == '{') - i32::from(c == '}');
        (depth >= 0).then_some(depth)
    });
    assert_eq!(depth, Some(0), "{}", bib);
    assert!(bib.starts_with("@techreport{x,\n"), "{}", bib);
    for line in ris.split_terminator("\r\n") {
        assert_eq!(line.get(2..6), Some("  - "), "{line:?}");
    }
    assert_eq!(ris.matches("\r\nER  - ").count(), 1);
    let csl: Value = serde_json::from_str(&csl).unwrap();
    assert_eq!(csl[0]["issued"]["date-parts"][0], json!([2025, 11, 4]));
    assert!(csl[0]["title"].as_str().unwrap().contains("</script>"));
}

#[test]
fn citations_say_what_their_readers_read() {
    let mut piece = publication("{x} y\\ z -- a ``b''", "x");
    piece.record.doi = Some(Doi::parse("10.1234/a_b{c}%d").unwrap());
    piece.record.isbn = Some(Isbn::parse("9783161484100").unwrap());
    piece.record.number = Some(42);
    piece.record.publisher = Some("Taylor And Francis".to_owned());
    piece.record.people[0].sort_name = Some("no comma".to_owned());
    let address = "https://example.org/~a_b/x.html?c=%20&d";
    let [bib, ris, _] = citation::FORMS.map(|form| (form.write)(&piece, Some(address)));
    for line in [
        "title = {{Title {\\textbraceleft}x{\\textbraceright} y{\\textbackslash} z -{}- a \
         {\\textasciigrave}{\\textasciigrave}b'{}'}},",
        "month = nov,",
        "institution = {{Taylor And Francis}},",
        "doi = {10.1234/a_b%7Bc%7D%d},",
        "url = {https://example.org/~a_b/x.html?c=%20&d},",
    ] {
        assert!(bib.contains(&format!("  {line}\n")), "{line}: {}", bib);
    }
    for line in [
        "AU  - Ada {x} y\\ z -- a ``b'',",
        "SN  - 42",
        "N1  - ISBN 9783161484100",
        "DO  - 10.1234/a_b{c}%d",
    ] {
        assert!(ris.contains(&format!("{line}\r\n")), "{line}: {}", ris);
    }
}

#[test]
fn no_reader_of_citations_splits_a_name_wrongly() {
    let mut piece = publication("x", "x");
    let names = [
        ("Samuel Rowe, Jr.", "Rowe, Jr., Samuel", "Rowe, Samuel, Jr."),
        (
            "Institute, Lahore",
            "{Institute, Lahore}",
            "Institute,, Lahore",
        ),
        (
            "Mansoor Ahmad Khan",
            "{Mansoor Ahmad Khan}",
            "Mansoor Ahmad Khan,",
        ),
    ];
    for (name, bibtex, listed) in names {
        let person = &mut piece.record.people[0];
        (person.name, person.sort_name) = (name.to_owned(), None);
        let [bib, ris, csl] = citation::FORMS.map(|form| (form.write)(&piece, None));
        assert!(
            bib.contains(&format!("  author = {{{bibtex}}},\n")),
            "{bib}"
        );
        assert!(ris.contains(&format!("AU  - {listed}\r\n")), "{ris}");
        let csl: Value = serde_json::from_str(&csl).unwrap();
        let author = match name.ends_with("Jr.") {
            true => json!({"family": "Rowe", "given": "Samuel", "suffix": "Jr."}),
            false => json!({"literal": name}),
        };
        assert_eq!(csl[0]["author"][0], author);
        let meta = structured::meta(&site(&[&piece], "A site"), None, &piece);
        let author = meta
            .iter()
            .find(|(_, name, _)| *name == "citation_author")
            .unwrap();
        let expected = if name.contains(',') { listed } else { name };
        assert_eq!(author.2, expected);
    }
}

#[test]
fn a_piece_without_an_edition_is_in_the_feed_but_not_in_the_catalogue() {
    let mut bare = publication("bare", "bare");
    bare.downloads.clear();
    let full = publication("full", "full");
    let site = site(&[&full, &bare], "A site");
    let feed = atom(&site, &[(&full, None), (&bare, None)]);
    assert_eq!(texts(&feed, "title").len(), 3);
    let catalogue = feeds::catalogue(&site, &[&full, &bare], &Translations::new());
    let paths: Vec<_> = catalogue.iter().map(|(path, ..)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "opds/index.xml",
            "opds/all.xml",
            "opds/series-series-full.xml"
        ]
    );
    assert_eq!(texts(&catalogue[0].2, "title").len(), 3);
    assert_eq!(texts(&catalogue[1].2, "title")[1], "Title full");
    assert_eq!(
        feeds::catalogue(&site, &[&bare], &Translations::new()).len(),
        1
    );
}

#[test]
fn feeds_tell_authors_from_others() {
    let piece = publication("plain", "x");
    let site = site(&[&piece], "A site");
    let feed = String::from_utf8(atom(&site, &[(&piece, None)])).unwrap();
    assert!(
        feed.contains("<author><name>Ada plain</name></author>"),
        "{feed}"
    );
    assert!(
        feed.contains(
            "<contributor><name>Ed Itor</name><uri>https://example.org/</uri></contributor>"
        ),
        "{feed}"
    );
}

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
    }
}

#[test]
fn titles_in_feeds_are_isolated_and_those_of_citations_as_written() {
    let source = json!({
        "series": "S", "title": "کیا State Bank؟", "date": "2025-11-04", "language": "ur", "slug": "x",
        "contributors": [{"name": "N", "statement": ["Words."]}],
    });
    let publication = Publication {
        record: composed(&source.to_string()).record,
        ..publication("words", "x")
    };
    let site = site(&[&publication], "Site");
    let feed = atom(&site, &[(&publication, None)]);
    assert!(texts(&feed, "title").contains(&"\u{2068}کیا State Bank؟\u{2069}".to_owned()));
    assert!(texts(&feed, "title").contains(&"Site".to_owned()));
    for form in citation::FORMS {
        assert!(!(form.write)(&publication, None).contains('\u{2068}'));
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
fn feeds_catalogue_and_structured_data_name_translations() {
    let english = publication("plain", "x");
    let mut urdu = publication("سرحد", "sarhad");
    urdu.record.language = crate::piece::LanguageTag::parse("ur").unwrap();
    let site = site(&[&english, &urdu], "A site");
    let others = [&urdu];
    let translations = Translations::from([(&english.record.slug, &others[..])]);
    let link = |href: &str| {
        format!(
            "<link rel=\"related\" href=\"{href}\" type=\"text/html\" hreflang=\"ur\" title=\"\u{2068}Title سرحد\u{2069}\"/>"
        )
    };
    let channel = Channel {
        path: feeds::FEED,
        id: "urn:x".to_owned(),
        title: &site.title,
        page: "index.html",
    };
    let entries = [(&english, None)];
    let without: &Texts<'_> = &|_| Ok(None);
    let feed = feeds::atom(&site, &base(), &channel, &entries, (without, &translations)).unwrap();
    let feed = String::from_utf8(feed).unwrap();
    assert!(
        feed.contains(&link("https://example.org/pieces/pieces/sarhad.html")),
        "{feed}"
    );
    let catalogue = feeds::catalogue(&site, &[&english], &translations);
    let all = catalogue
        .iter()
        .find(|(path, ..)| path == "opds/all.xml")
        .unwrap();
    let all = String::from_utf8(all.2.clone()).unwrap();
    assert!(all.contains(&link("../pieces/sarhad.html")), "{all}");
    let said = |original| {
        let around = Around {
            translations: vec![&urdu],
            original,
            ..Around::default()
        };
        let said = structured::json_ld(&site, Some(&base()), &english, &around);
        serde_json::from_str::<Value>(&said).unwrap()
    };
    assert_eq!(said(None)["workTranslation"][0]["inLanguage"], "ur");
    let of = &said(Some(&urdu.record.slug))["translationOfWork"];
    assert_eq!(of["url"], "https://example.org/pieces/pieces/sarhad.html");
}
