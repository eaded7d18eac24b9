//! What a house puts around the title block: its logo, the publisher's line, the summary, the cover as a page.

use flashpoint::theme::Theme;

use crate::{broken_rules, house, parts, program::Place};

const LOGO: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='120' height='40'><rect width='120' height='40' fill='#01411C'/><circle cx='20' cy='20' r='12' fill='#F7D774'/></svg>";

const THEME: &str = "name: house\npublisher: The House\nlogo: {file: logo.svg, alt: The House of Sand, width: 30%}\nfront: {publisher: on, summary: on, cover: on, contents: on}\nepub: {cover: jpeg}\n";

fn dressed(theme: &str) -> Place {
    let place = house(theme);
    place.write("logo.svg", LOGO);
    place.write(
        "piece.yaml",
        "series: Flash Point\ntitle: A Title\ndate: 2025-11-04\nlanguage: en-GB\nslug: front\nsummary: In short, it holds.\n\
         contributors:\n  - name: Amina Khan\n    statement:\n      - A paragraph.\n      - heading: Trade\n      - More.\n      - figure: {image: images/rgb.png, alt: A disc}\n",
    );
    place
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn logo_publisher_summary_and_cover_stand_in_every_edition() {
    let place = dressed(THEME);
    place
        .run("export piece.yaml --theme house.yaml -f all,html -d dist --verify")
        .expect(0);
    let pdf = place.read("dist/front.pdf");
    assert_eq!(broken_rules(&pdf), [""; 0]);
    let document = lopdf::Document::load_mem(&pdf).unwrap();
    let pages = document.get_pages();
    assert_eq!(pages.len(), 2);
    let alternatives: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"Alt").ok())
        .filter_map(|alt| lopdf::decode_text_string(alt).ok())
        .collect();
    assert!(
        alternatives.iter().any(|alt| alt == "The House of Sand"),
        "{alternatives:?}"
    );
    assert!(
        alternatives.iter().any(|alt| alt.contains("Amina Khan")),
        "{alternatives:?}"
    );
    // Contents are tagged as such, and every entry is a link.
    let tags = |name: &[u8]| {
        let elements = document
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok());
        let named = |one: &&lopdf::Dictionary| {
            one.get(b"S").and_then(lopdf::Object::as_name).ok() == Some(name)
        };
        elements.filter(named).count()
    };
    assert_eq!((tags(b"TOC"), tags(b"TOCI")), (1, 2));
    // The logo is vectors.
    let is_form = |object: &lopdf::Object| {
        let stream = object.as_stream().ok();
        stream.is_some_and(|one| {
            one.dict
                .get(b"Subtype")
                .and_then(lopdf::Object::as_name)
                .ok()
                == Some(b"Form")
        })
    };
    assert!(document.objects.values().any(is_form));

    let docx = parts(&place.read("dist/front.docx"));
    let body = text(&docx["word/document.xml"]);
    let order = [
        "The House of Sand",
        ">The House<",
        "Flash Point",
        "A Title",
        ">Summary<",
        "In short, it holds.",
    ];
    let mut at = 0;
    for words in order {
        let found = body[at..].find(words);
        at += found.unwrap_or_else(|| panic!("{words} after {at} of {body}"));
    }
    assert!(
        docx.contains_key("word/media/image1.svg") && docx.contains_key("word/media/image1.png")
    );
    assert!(body.contains("asvg:svgBlip"));

    let epub = parts(&place.read("dist/front.epub"));
    assert!(
        epub.contains_key("OEBPS/images/cover.jpg"),
        "{:?}",
        epub.keys()
    );
    let package = text(&epub["OEBPS/content.opf"]);
    assert!(
        package.contains("media-type=\"image/svg+xml\""),
        "{package}"
    );
    // A summary under the title keeps the contents from nobody.
    let title = package.find("idref=\"id_title.xhtml\"").unwrap();
    let contents = package.find("idref=\"nav\" linear=\"no\"");
    assert!(contents.is_some_and(|at| at > title), "{package}");
    let navigation = text(&epub["OEBPS/nav.xhtml"]);
    let landmark = "<a epub:type=\"toc\" href=\"nav.xhtml#toc\">";
    assert!(navigation.contains(landmark), "{navigation}");
    let html = text(&place.read("dist/front.html"));
    for words in [
        "alt=\"The House of Sand\"",
        "credit publisher\">The House<",
        "class=\"summary\"",
        "In short, it holds.",
    ] {
        assert!(html.contains(words), "{words}");
    }
    assert!(!html.contains("<svg"), "the file itself is never in it");

    // Whoever holds the editions against the source alone finds what the house added nowhere amiss.
    place.run("verify piece.yaml --dist dist").expect(0);
}

#[test]
fn key_points_stand_as_a_list_in_every_edition_and_come_back_from_none() {
    let place = dressed(THEME);
    let piece = text(&place.read("piece.yaml")).replace(
        "summary: In short, it holds.",
        "summary:\n  - Trade falls by a third.\n  - It will not come back",
    );
    place.write("piece.yaml", &piece);
    place
        .run("export piece.yaml --theme house.yaml -f all,html -d dist --verify")
        .expect(0);
    place.run("verify piece.yaml --dist dist").expect(0);

    let docx = parts(&place.read("dist/front.docx"));
    let body = text(&docx["word/document.xml"]);
    let after = body.split(">Key points<").nth(1).unwrap();
    let (list, rest) = after.split_once("w:pStyle w:val=\"SummaryEnd\"").unwrap();
    assert_eq!(list.matches("<w:numPr>").count(), 2, "{list}");
    assert!(rest.contains("Amina Khan"));
    let styles = text(&docx["word/styles.xml"]);
    let end = styles.split("w:styleId=\"SummaryEnd\"").nth(1).unwrap();
    let end = end.split("</w:style>").next().unwrap();
    assert!(end.contains("<w:bottom w:val=\"single\""), "{end}");
    let core = text(&docx["docProps/core.xml"]);
    assert!(
        core.contains("Trade falls by a third. It will not come back"),
        "{core}"
    );

    let html = text(&place.read("dist/front.html"));
    let boxed = html.split("class=\"summary\"").nth(1).unwrap();
    let boxed = boxed.split("</section>").next().unwrap();
    assert!(boxed.contains("Key points</h2>"), "{boxed}");
    assert_eq!(boxed.matches("<li").count(), 2, "{boxed}");

    // A box of the house comes into no source.
    place.run("import dist/front.docx -o again.yaml").expect(0);
    let again = text(&place.read("again.yaml"));
    assert!(!again.contains("Key points"), "{again}");
    let (_, statements) = again.split_once("contributors:").unwrap();
    assert!(!statements.contains("Trade falls"), "{again}");
    place.run("update piece.yaml dist/front.docx").expect(0);
    assert_eq!(text(&place.read("piece.yaml")), piece);
}

#[test]
fn a_logo_stands_on_drawn_covers_where_the_theme_asks_for_it() {
    let plain = dressed(THEME);
    let with = dressed(&THEME.replace("width: 30%", "width: 30%, cover: logo.svg"));
    let cover = |place: &Place| {
        place
            .run("export piece.yaml --theme house.yaml -f pdf,epub -d dist --verify")
            .expect(0);
        let book = parts(&place.read("dist/front.epub"));
        image::load_from_memory(&book["OEBPS/images/cover.jpg"])
            .unwrap()
            .into_rgb8()
    };
    // The yellow disc of the logo.
    let is_yellow = |pixel: &&image::Rgb<u8>| {
        let near = |part: u8, of: u8| part.abs_diff(of) < 12;
        near(pixel.0[0], 0xF7) && near(pixel.0[1], 0xD7) && near(pixel.0[2], 0x74)
    };
    assert_eq!(cover(&plain).pixels().filter(is_yellow).count(), 0);
    assert!(cover(&with).pixels().filter(is_yellow).count() > 3_000);
    let pdf = with.read("dist/front.pdf");
    assert_eq!(broken_rules(&pdf), [""; 0]);
}

#[test]
fn a_site_shows_the_logo_in_its_head() {
    let place = dressed(THEME);
    place
        .run("export piece.yaml --theme house.yaml -d dist")
        .expect(0);
    place.write("site.yaml", "title: A Site\ntheme: house.yaml\n");
    place
        .run("distribute piece.yaml --dist dist --to public --site site.yaml")
        .expect(0);
    let front = text(&place.read("public/index.html"));
    let page = text(&place.read("public/pieces/front.html"));
    assert!(front.contains("alt=\"The House of Sand\""), "{front}");
    let logo = page.split("src=\"../logo-").nth(1).unwrap();
    let name = format!("public/logo-{}", logo.split('"').next().unwrap());
    assert!(text(&place.read(name)).starts_with("<svg viewBox="));
}

#[test]
fn a_theme_without_these_keys_puts_nothing_to_a_piece() {
    let place = dressed("name: plain\n");
    place
        .run("export piece.yaml --theme house.yaml -f all,html -d dist")
        .expect(0);
    let html = text(&place.read("dist/front.html"));
    assert!(!html.contains("class=\"summary\"") && !html.contains("credit publisher"));
    let epub = parts(&place.read("dist/front.epub"));
    assert!(epub.contains_key("OEBPS/images/cover.png"));
    let document = lopdf::Document::load_mem(&place.read("dist/front.pdf")).unwrap();
    assert_eq!(document.get_pages().len(), 1);
}

#[test]
fn what_is_wrong_with_a_logo_is_told_with_its_place() {
    for (theme, says) in [
        ("logo: {file: none.svg, alt: A}\n", "there is no file"),
        (
            "logo: {file: logo.svg}\n",
            "no words for those who do not see it",
        ),
        ("logo: {alt: A}\n", "there is no `file` of the logo"),
        (
            "logo: {cover: logo.svg}\n",
            "there is no `file` of the logo",
        ),
        (
            "logo: {file: logo.svg, alt: A, cover: none.svg}\n",
            "there is no file",
        ),
        (
            "logo: {file: logo.svg, alt: A, width: 2cm}\n",
            "not a width of a logo",
        ),
        (
            "logo: {file: /etc/passwd, alt: A}\n",
            "no path beside the theme",
        ),
        (
            "logo: {file: house.yaml, alt: A}\n",
            "not an image of a known format",
        ),
        ("logo: {file: text.svg, alt: A}\n", "has text in it"),
        ("front: {summary: perhaps}\n", "cannot be `perhaps`"),
        ("front: {sumary: on}\n", "there is no key `sumary`"),
    ] {
        let place = dressed(theme);
        place.write(
            "text.svg",
            LOGO.replace("<circle", "<text y='9'>House</text><circle"),
        );
        let error = Theme::load(place.at("house.yaml").to_str().unwrap()).unwrap_err();
        let told: Vec<_> = error
            .diagnostics
            .iter()
            .map(|told| told.message.as_str())
            .collect();
        assert!(
            told.iter().any(|told| told.contains(says)),
            "{theme}: {told:?}"
        );
        assert!(error.diagnostics.iter().all(|told| told.span.is_some()));
    }
}
