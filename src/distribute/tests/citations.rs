//! Citations as their readers read them.

use super::*;

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
