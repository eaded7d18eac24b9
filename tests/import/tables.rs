//! Columns of tables that came, went and moved in Word.

use super::desk::{Desk, piece};

const PIECE: &str = piece!(
    r#"      - table:
          # what the tables says
          header:
            - [Year, Ships, "Tons: all"]
          columns: [{}, {align: end}, {align: decimal, width: 30%}]
          rows:
            - ["1913", "12", '3,000']   # kept
            - - "1914"
              - fifteen *at least*
              - "3,100"
notes: {}
"#
);

/// The document with the cells of each row as a function gives them.
fn rows(document: &str, change: impl Fn(Vec<String>) -> Vec<String>) -> String {
    let mut out = String::new();
    let mut rest = document;
    while let Some(at) = rest.find("<w:tc>") {
        let end = at + rest[at..].find("</w:tr>").unwrap();
        out += &rest[..at];
        let cells = rest[at..end].split_inclusive("</w:tc>").map(str::to_owned);
        out += &change(cells.collect()).concat();
        rest = &rest[end..];
    }
    out + rest
}

#[test]
fn a_column_that_is_new_stands_in_every_row() {
    let desk = Desk::new(PIECE);
    desk.edit(|document| {
        rows(document, |mut cells| {
            let new = match cells[0].contains("Year") {
                true => cells[0].replace("Year", "Flag"),
                false => cells[0]
                    .replace("1913", "Dutch, British")
                    .replace("1914", "French"),
            };
            cells.insert(1, new);
            cells[2] = cells[2].replace("12", "13");
            cells
        })
    });
    let (source, told) = desk.update();
    let expected = PIECE
        .replace("[Year, Ships", "[Year, Flag, Ships")
        .replace("[{}, {align: end}", "[{}, {}, {align: end}")
        .replace("[\"1913\", \"12\"", "[\"1913\", \"Dutch, British\", \"13\"")
        .replace("- fifteen", "- French\n              - fifteen");
    assert_eq!(source, expected, "{told}");
}

#[test]
fn columns_go_and_change_places() {
    let desk = Desk::new(PIECE);
    desk.edit(|document| rows(document, |cells| vec![cells[0].clone(), cells[2].clone()]));
    let (source, told) = desk.update();
    let expected = PIECE
        .replace(", Ships", "")
        .replace(", {align: end}", "")
        .replace(", \"12\"", "")
        .replace("              - fifteen *at least*\n", "");
    assert_eq!(source, expected, "{told}");
    let desk = Desk::new(PIECE);
    desk.edit(|document| {
        rows(document, |cells| {
            vec![cells[1].clone(), cells[0].clone(), cells[2].clone()]
        })
    });
    let (source, told) = desk.update();
    let expected = PIECE
        .replace("[Year, Ships", "[Ships, Year")
        .replace("[{}, {align: end}", "[{align: end}, {}")
        .replace("[\"1913\", \"12\"", "[\"12\", \"1913\"")
        .replace(
            "- - \"1914\"\n              - fifteen *at least*",
            "- - fifteen *at least*\n              - \"1914\"",
        );
    assert_eq!(source, expected, "{told}");
}
