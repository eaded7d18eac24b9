//! What feeds and the catalogue say of pieces.

use super::*;
use crate::piece::{Date, Withdrawal};

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

#[test]
fn nothing_of_what_a_withdrawn_piece_was_about_stays_in_a_feed() {
    let piece = publication("Ludicrous", "one");
    let site = site(&[&piece], "Site");
    let withdrawal = Withdrawal {
        date: Date::parse("2025-12-01").unwrap(),
        reason: "Two quotations were wrong.".to_owned(),
    };
    let about = |entry: FeedEntry<'_>| {
        let feed = String::from_utf8(atom(&site, &[entry])).unwrap();
        (
            feed.contains("<category"),
            feed.contains("<summary type=\"text\">Ludicrous"),
        )
    };
    assert_eq!(about((&piece, None)), (true, true));
    assert_eq!(about((&piece, Some(&withdrawal))), (false, false));
    let feed = String::from_utf8(atom(&site, &[(&piece, Some(&withdrawal))])).unwrap();
    assert!(feed.contains("Two quotations were wrong."), "{feed}");
}
