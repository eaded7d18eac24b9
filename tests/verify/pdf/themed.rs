//! What a theme draws and a PDF lacks, or has otherwise: rules, colours of words, and how its metadata are said.

use lopdf::{Document, Object};

use super::{Edit, missed, operations};
use crate::change::{all_found, edition, exported_as};

/// Changes the metadata stream.
fn said(file: &mut Document, from: &str, to: &str) -> bool {
    let is_packet = |object: &&mut Object| {
        object
            .as_stream()
            .is_ok_and(|stream| stream.dict.has_type(b"Metadata"))
    };
    let Some(stream) = file.objects.values_mut().find(is_packet) else {
        return false;
    };
    let stream = stream.as_stream_mut().unwrap();
    let old = String::from_utf8(stream.content.clone()).unwrap();
    let new = old.replacen(from, to, 1);
    let is_changed = new != old;
    stream.set_plain_content(new.into_bytes());
    is_changed
}

/// A number in hundredths.
fn hundredths(own: &Object) -> i64 {
    let whole = own.as_i64().map(|own| own * 100);
    whole.unwrap_or_else(|_| (own.as_float().unwrap_or(-1.0) * 100.0).round() as i64)
}

/// Takes rules of this thickness, in hundredths, off all pages.
fn without_rules(file: &mut Document, thick: i64) -> bool {
    let pages = file.get_pages().len();
    (0..pages).fold(false, |found, page| {
        found
            | operations(file, page, |all| {
                let before = all.len();
                all.retain(|own| {
                    let sides = own.operands.get(2..4).unwrap_or_default();
                    !(own.operator == "re" && sides.iter().any(|side| hundredths(side) == thick))
                });
                all.len() < before
            })
    })
}

#[rustfmt::skip]
const CHANGES: &[(&str, Edit, &str)] = &[
    ("no rule under the title block", |file| without_rules(file, 60), "the rule under its title block"),
    ("no rules of a table", |file| without_rules(file, 90), "a rule of a table is not there"),
    ("no rule under a head", |file| without_rules(file, 50), "the rule under the head of a table"),
    ("no bar beside a pull quote", |file| without_rules(file, 200), "the bar beside a pull quote"),
    ("a short rule", |file| operations(file, 0, |all| {
        let is_rule = |own: &&mut lopdf::content::Operation| own.operator == "re"
            && hundredths(&own.operands[3]) == 60;
        let rule = all.iter_mut().find(is_rule);
        rule.is_some_and(|rule| { rule.operands[2] = 100.into(); true })
    }), "not as wide as its text"),
    ("words in another colour of the theme", |file| operations(file, 0, |all| {
        let is_plain = |own: &&mut lopdf::content::Operation| own.operator == "rg"
            && hundredths(&own.operands[0]) == 10;
        let mut found = false;
        for own in all.iter_mut().filter(|own| is_plain(own)) {
            own.operands = vec![0.549_f32.into(), 0.11_f32.into(), 0.075_f32.into()];
            found = true;
        }
        found
    }), "another colour than its theme gives it"),
    ("the date of the metadata", |file| said(file, "MetadataDate>2025", "MetadataDate>2031"), "`MetadataDate`"),
    ("the language of the title", |file| said(file, "xml:lang=\"x-default\"", "xml:lang=\"fr\""), "in the language `fr`"),
    ("creators in no order", |file| said(file, "<dc:creator><rdf:Seq>", "<dc:creator><rdf:Bag>") && said(file, "</rdf:Seq></dc:creator>", "</rdf:Bag></dc:creator>"), "a list of another kind"),
];

#[test]
fn what_a_theme_draws_and_metadata_say_is_found_where_it_changes() {
    let place = exported_as(&["pdf"]);
    let name = edition("pdf");
    let whole = place.read(&name);
    let missed = missed(&place, &name, &whole, CHANGES);
    all_found("what themes draw", CHANGES.len(), &missed);
}
