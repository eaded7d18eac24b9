//! Faces of a house's own: tables of font files that are changed, cut, swapped and taken out.

use std::path::Path;

use flashpoint::editions::Options;
use flashpoint::theme::{PageSize, Theme};

use super::judge::{Judged, judge_all};
use super::pieces;
use super::random::Random;

/// What is changed: TrueType outlines, CFF outlines, a variable font.
const STARTS: [&[u8]; 3] = [
    include_bytes!("../fixtures/faces/Vollkorn-Regular.ttf"),
    include_bytes!("../fixtures/faces/Cantarell-Regular.otf"),
    include_bytes!("../fixtures/faces/Variable.ttf"),
];

const THEME: &str = "name: fuzz\nextends: classic\nfaces:\n  text: {regular: fuzzed, italic: fuzzed, bold: fuzzed, bold-italic: fuzzed}\n  headings: text\n";

const PIECE: &str = "series: A\ntitle: A title of words\ndate: 2025-01-01\nlanguage: en\ncontributors:\n  - name: Amina Khan\n    statement:\n      \
                     - 'Words, *some* **more**, 12^th^ office; AVATAR: fi ffi.'\n      - table: {header: [[a, b]], rows: [[c, d]]}\n";

/// Where the record of a table stands, and the table itself.
#[derive(Clone, Copy)]
struct Table {
    record: usize,
    start: usize,
    length: usize,
}

/// Makes a font file.
pub(crate) fn make(random: &mut Random) -> Vec<u8> {
    let mut font = random.pick(&STARTS).to_vec();
    for _ in 0..random.below(4) {
        let tables = tables(&font);
        if tables.is_empty() {
            break;
        }
        let table = random.pick(&tables);
        match random.below(8) {
            // Another length, another place, another name; then bytes of the table, most of all those at its start.
            0 => put(
                &mut font,
                table.record + 12,
                random.below(table.length + 1) as u32,
            ),
            1 => {
                let place = random.below(font.len()) as u32;
                put(&mut font, table.record + 8, place);
            }
            2 => put(&mut font, table.record, random.next() as u32),
            3 => {
                let length = font.len() - random.below(font.len() / 4);
                font.truncate(length);
            }
            _ => {
                let reach = if random.chance(50) { 64 } else { table.length };
                for _ in 0..random.few() {
                    let at = table.start + random.below(reach);
                    let value = random.pick(&[0, 1, 2, 0x7f, 0x80, 0xfe, 0xff, at as u8]);
                    if let Some(byte) = font.get_mut(at) {
                        *byte = value;
                    }
                }
            }
        }
    }
    font
}

fn tables(font: &[u8]) -> Vec<Table> {
    let number = |at: usize| Some(u32::from_be_bytes(*font.get(at..)?.first_chunk()?) as usize);
    let count = number(4).unwrap_or_default() >> 16;
    let table = |index: usize| {
        let record = 12 + index * 16;
        Some(Table {
            record,
            start: number(record + 8)?,
            length: number(record + 12)?,
        })
    };
    (0..count).map_while(table).collect()
}

fn put(font: &mut [u8], at: usize, value: u32) {
    if let Some(place) = font.get_mut(at..at + 4) {
        place.copy_from_slice(&value.to_be_bytes());
    }
}

/// Loads a theme with the face; where it is taken, every edition is made in it.
pub(crate) fn run(folder: &Path, input: &[u8]) -> Judged {
    std::fs::write(folder.join("fuzzed"), input).expect("a file");
    std::fs::write(folder.join("theme.yaml"), THEME).expect("a file");
    match Theme::load(&folder.join("theme.yaml").to_string_lossy()) {
        Err(error) => {
            assert!(!error.diagnostics.is_empty());
            judge_all(&error.source_text, error.diagnostics.iter())
        }
        Ok(loaded) => {
            judge_all(&loaded.source_text, loaded.warnings.iter());
            let theme = loaded.theme;
            let path = folder.join("piece.yaml");
            std::fs::write(&path, PIECE).expect("a file");
            pieces::build(
                &path,
                &Options {
                    theme,
                    page_size: PageSize::A4,
                },
            )
        }
    }
}
