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
    let (families, others) = names.split_at(7);
    assert_eq!(families, &wanted[..7]);
    // One word of it is in Urdu.
    assert_eq!(others, [("Flashpoint Nastaliq", "w:embedRegular")]);
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
        for c in "QŻřœ‰€".chars().filter(|_| *name != "Flashpoint Nastaliq") {
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

/// The text of each run of a piece with what its properties say.
fn runs(package: &Package) -> Vec<(String, Vec<String>)> {
    let runs = package.document().named("w:r").into_iter();
    let runs = runs.map(|run| {
        let properties = run.child("w:rPr").map(|p| p.children.clone());
        let said = properties.unwrap_or_default().into_iter().map(|property| {
            let mut said = property.name.clone();
            for name in ["w:val", "w:bidi", "w:eastAsia", "w:cs", "w:hAnsi"] {
                if let Some(value) = property.attribute(name) {
                    said += &format!(" {name}={value}");
                }
            }
            said
        });
        let text = run.named("w:t").iter().map(|t| t.text.as_str()).collect();
        (text, said.collect())
    });
    runs.collect()
}

fn piece(language: &str, words: &str) -> Package {
    Package::read(&sample::written(&format!(
        "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: {language}\ncontributors:\n- name: N\n  statement: ['{words}']\n"
    )))
}

fn defaults(package: &Package) -> String {
    let styles = &package.parts["word/styles.xml"];
    let fonts = styles.named("w:rPrDefault")[0].named("w:rFonts")[0];
    let said = ["w:eastAsia", "w:cs"].map(|name| fonts.attribute(name).unwrap_or("-").to_owned());
    said.join(" ")
}

#[test]
fn each_script_has_its_face_in_the_slot_that_word_sets_it_from() {
    let urdu = piece("ur", "یہ State Bank ہے");
    assert_eq!(defaults(&urdu), "- Flashpoint Nastaliq");
    let said = runs(&urdu);
    let bank = said.iter().find(|(text, _)| text == "State Bank").unwrap();
    assert!(bank.1.is_empty(), "no face of another script: {bank:?}");

    let hindi = piece("hi", "यह State Bank है");
    assert_eq!(defaults(&hindi), "- Flashpoint Devanagari");
    let said = runs(&hindi);
    assert!(said.contains(&("यह ".to_owned(), vec!["w:cs".to_owned()])));
    assert!(said.contains(&("State Bank".to_owned(), Vec::new())));

    let mixed = piece(
        "en",
        "A [کل](lang:ur), ქართული, [तत्](lang:sa) and more तत्त्वानि.",
    );
    assert_eq!(defaults(&mixed), "- Flashpoint Devanagari");
    let said = runs(&mixed);
    let of = |text: &str| said.iter().find(|run| run.0 == text).unwrap().1.join("; ");
    assert_eq!(
        of("کل"),
        "w:rFonts w:cs=Flashpoint Nastaliq; w:rtl; w:lang w:bidi=ur"
    );
    assert_eq!(of("तत्"), "w:cs; w:lang w:bidi=sa");
    let georgian = of("ქართული");
    assert!(
        georgian.contains("w:hAnsi=Flashpoint Georgian"),
        "{georgian}"
    );
}

#[cfg(feature = "cjk")]
#[test]
fn a_chinese_name_is_carried_with_its_own_characters_alone() {
    let package = piece("en", "With 习近平 alone.");
    assert_eq!(defaults(&package), "Flashpoint CJK -");
    let fonts = fonts(&package);
    let (_, _, bytes) = fonts
        .iter()
        .find(|font| font.0 == "Flashpoint CJK")
        .unwrap();
    assert!(bytes.len() < 20_000, "{} bytes", bytes.len());
    let font = FontRef::new(bytes).unwrap();
    assert!("习近平".chars().all(|c| font.charmap().map(c).is_some()));
    assert!(font.charmap().map('国').is_none());
}

#[test]
fn a_piece_in_a_script_can_be_edited_on_in_it() {
    let package = piece("ur", "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنوہ");
    let fonts = fonts(&package);
    let (_, _, bytes) = fonts
        .iter()
        .find(|font| font.0 == "Flashpoint Nastaliq")
        .unwrap();
    assert!(FontRef::new(bytes).unwrap().charmap().map('ے').is_some());
}
