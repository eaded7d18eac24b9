//! Hostile words in everything that a site says of a piece.

use super::*;

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
