//! The faces in the file: fonts obfuscated as the standard has it (ISO/IEC 29500-1, 17.8.1), which word processors can edit with.

use flashpoint::editions::{Options, docx};
use flashpoint::load::load;
use flashpoint::{check, compose};
use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use crate::package::{Element, Package};
use crate::sample;

/// The fonts of a package: family, element, and the font file as it was before it was obfuscated.
pub(crate) fn fonts(package: &Package) -> Vec<(String, String, Vec<u8>)> {
    let table = &package.parts["word/fontTable.xml"];
    let relationships = package.parts.get("word/_rels/fontTable.xml.rels");
    let mut found = Vec::new();
    for font in table.named("w:font") {
        let embedded = font.children.iter();
        for embed in embedded.filter(|child| child.name.starts_with("w:embed")) {
            let rows = relationships.unwrap().named("Relationship");
            let id = embed.attribute("r:id").unwrap();
            let mut rows = rows
                .into_iter()
                .filter(|row| row.attribute("Id") == Some(id));
            let target = rows.next().unwrap().attribute("Target").unwrap();
            let mut bytes = package.media[&format!("word/{target}")].clone();
            let key: String = embed.attribute("w:fontKey").unwrap().to_owned();
            assert!(
                key.starts_with('{') && key.ends_with('}') && key.len() == 38,
                "{key}"
            );
            let digits: Vec<u8> = key.bytes().filter(u8::is_ascii_hexdigit).collect();
            let digits: Vec<u8> = digits
                .chunks(2)
                .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
                .collect();
            for (at, byte) in bytes.iter_mut().take(32).enumerate() {
                *byte ^= digits[15 - at % 16];
            }
            let name = font.attribute("w:name").unwrap().to_owned();
            found.push((name, embed.name.clone(), bytes));
        }
    }
    found
}

fn says(element: &Element, name: &str) -> Vec<String> {
    let all = element.all().into_iter();
    all.filter_map(|e| e.attribute(name).map(str::to_owned))
        .collect()
}

#[test]
fn the_faces_in_the_file_are_four_styles_of_each_family_under_names_of_our_own() {
    let package = Package::read(&sample::written(sample::EVERY_BLOCK));
    let fonts = fonts(&package);
    let names: Vec<(&str, &str)> = fonts
        .iter()
        .map(|(name, element, _)| (name.as_str(), element.as_str()))
        .collect();
    let styles = [
        "w:embedRegular",
        "w:embedBold",
        "w:embedItalic",
        "w:embedBoldItalic",
    ];
    let wanted = ["Flashpoint Serif", "Flashpoint Sans"];
    let wanted = wanted
        .map(|family| styles.map(|style| (family, style)))
        .concat();
    // No caption or cell of the piece is heavy and slanted.
    assert_eq!(names, wanted[..7]);
    for (name, element, bytes) in &fonts {
        let font = FontRef::new(bytes).unwrap();
        assert!(font.glyf().is_ok(), "TrueType outlines");
        assert_eq!(font.os2().unwrap().fs_type() & !8, 0, "may be edited with");
        for id in [1, 4, 6, 16] {
            for said in font.localized_strings(StringId::new(id)) {
                assert!(!said.to_string().contains("Source"), "{said}");
            }
        }
        let family = font.localized_strings(StringId::new(1)).next().unwrap();
        assert_eq!(family.to_string(), *name);
        let bold = font.os2().unwrap().us_weight_class() == 700;
        assert_eq!(bold, element.contains("Bold"));
        // Letters that stand nowhere in the piece.
        for c in "QŻřœ‰€".chars() {
            assert!(font.charmap().map(c).is_some(), "{name}: {c}");
        }
    }
    // What texts ask for is what is there.
    for part in ["word/styles.xml", "word/theme/theme1.xml"] {
        let asked = ["w:ascii", "w:hAnsi"]
            .map(|name| says(&package.parts[part], name))
            .concat();
        for name in asked {
            assert!(
                names.iter().any(|(known, _)| *known == name),
                "{part}: {name}"
            );
        }
    }
    assert_eq!(
        package.parts["word/settings.xml"]
            .named("w:embedTrueTypeFonts")
            .len(),
        1
    );
}

#[test]
fn heavy_slanted_words_of_a_table_have_their_face() {
    let package = Package::read(&sample::written(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement:\n  \
         - table: {header: [['*Heavy*']], rows: [[cell]]}\n",
    ));
    assert_eq!(fonts(&package).len(), 8);
}

#[test]
fn a_theme_can_do_without_faces_in_the_file() {
    let mut options = sample::options();
    options.theme.docx.embed_faces = false;
    let bytes = docx::write(&sample::composed(sample::PLAIN), None, &options).unwrap();
    let package = Package::read(&bytes);
    assert!(fonts(&package).is_empty());
    assert!(package.names.iter().all(|name| !name.contains("fonts/")));
    assert!(
        package.parts["word/settings.xml"]
            .named("w:embedTrueTypeFonts")
            .is_empty()
    );
    let asked = says(&package.parts["word/styles.xml"], "w:ascii");
    assert!(asked.contains(&"Source Serif 4".to_owned()), "{asked:?}");
    crate::sequences::check(&package);
    crate::integrity::check(&package);
}

#[test]
fn a_piece_in_more_scripts_has_more_letters() {
    let piece = |word: &str| {
        sample::written(&format!(
            "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors: [{{name: N, statement: [Some {word}]}}]\n"
        ))
    };
    let has = |bytes: &[u8], c: char| {
        let fonts = fonts(&Package::read(bytes));
        FontRef::new(&fonts[0].2)
            .unwrap()
            .charmap()
            .map(c)
            .is_some()
    };
    let (plain, russian) = (piece("words"), piece("слова"));
    assert!(!has(&plain, 'ю') && has(&russian, 'ю') && has(&russian, 'q'));
    assert!(russian.len() > plain.len());
}

#[test]
fn the_real_piece_stays_small_with_its_faces() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let piece = check::check(&load(&root.join("source/flash-point.yaml")))
        .piece
        .unwrap();
    let composition = compose::compose(&piece, None);
    let options: Options = sample::options();
    let one = docx::write(&composition, None, &options).unwrap();
    assert!(one.len() < 200_000, "{} bytes", one.len());
    assert!(docx::write(&composition, None, &options).unwrap() == one);
}
