//! Images: chunks and segments that are changed, doubled, put in and taken out, their sums set right again.

use std::path::Path;

use flate2::Crc;

use super::judge::Judged;
use super::pieces;
use super::random::Random;

/// What is changed.
const STARTS: [&[u8]; 9] = [
    include_bytes!("../fixtures/valid/images/alpha.png"),
    include_bytes!("../fixtures/valid/images/grey.png"),
    include_bytes!("../fixtures/valid/images/palette.png"),
    include_bytes!("../fixtures/valid/images/rgb.png"),
    include_bytes!("../fixtures/valid/images/sixteen-bit.png"),
    include_bytes!("../fixtures/valid/images/photo.jpg"),
    include_bytes!("../fixtures/valid/images/grey.jpg"),
    include_bytes!("../fixtures/valid/images/progressive.jpg"),
    include_bytes!("../fixtures/valid/images/turned.jpg"),
];

const CHUNKS: [&[u8; 4]; 14] = [
    b"iCCP", b"gAMA", b"cHRM", b"sRGB", b"tRNS", b"PLTE", b"eXIf", b"iTXt", b"zTXt", b"tEXt",
    b"pHYs", b"acTL", b"IDAT", b"IHDR",
];

const NUMBERS: [u32; 8] = [0, 1, 2, 255, 10_000, 10_001, 0x7fff_ffff, u32::MAX];

/// Makes an image.
pub(crate) fn make(random: &mut Random) -> Vec<u8> {
    let start = random.pick(&STARTS);
    if start.starts_with(b"\x89PNG") {
        png(random, start)
    } else {
        jpeg(random, start)
    }
}

fn png(random: &mut Random, start: &[u8]) -> Vec<u8> {
    let mut chunks: Vec<([u8; 4], Vec<u8>)> = Vec::new();
    let mut rest = &start[8..];
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let kind = after[..4].try_into().expect("four bytes");
        chunks.push((kind, after[4..4 + length].to_vec()));
        rest = &after[8 + length..];
    }
    for _ in 0..random.below(4) {
        let at = random.below(chunks.len());
        match random.below(7) {
            0 => drop(chunks.remove(at)),
            1 => {
                let copy = chunks[at].clone();
                chunks.insert(at, copy);
            }
            2 => {
                let content = (0..random.few() * 7).map(|_| random.next() as u8).collect();
                chunks.insert(at, (*random.pick(&CHUNKS), content));
            }
            3 => {
                let to = random.below(chunks.len());
                chunks.swap(at, to);
            }
            4 => {
                // Width, height, then depth, colour and the rest.
                let header = &mut chunks[0].1;
                let place = random.below(header.len().max(1));
                if place < 8 && header.len() >= 8 {
                    let number = random.pick(&NUMBERS).to_be_bytes();
                    header[place / 4 * 4..][..4].copy_from_slice(&number);
                } else if let Some(byte) = header.get_mut(place) {
                    *byte = random.pick(&[0, 1, 2, 3, 4, 6, 8, 16, 255]);
                }
            }
            _ => change(random, &mut chunks[at].1),
        }
        if chunks.is_empty() {
            break;
        }
    }
    let mut out = start[..8].to_vec();
    for (kind, content) in chunks {
        out.extend(
            u32::try_from(content.len())
                .unwrap_or(u32::MAX)
                .to_be_bytes(),
        );
        out.extend(kind);
        let mut sum = Crc::new();
        sum.update(&kind);
        sum.update(&content);
        out.extend(content);
        out.extend(sum.sum().to_be_bytes());
    }
    out
}

fn jpeg(random: &mut Random, start: &[u8]) -> Vec<u8> {
    let mut segments: Vec<Vec<u8>> = Vec::new();
    let mut at = 2;
    while start[at + 1] != 0xda {
        let length = usize::from(u16::from_be_bytes([start[at + 2], start[at + 3]]));
        segments.push(start[at..at + 2 + length].to_vec());
        at += 2 + length;
    }
    let mut scan = start[at..].to_vec();
    for _ in 0..random.below(4) {
        let at = random.below(segments.len());
        match random.below(6) {
            0 if segments.len() > 1 => drop(segments.remove(at)),
            1 => {
                let copy = segments[at].clone();
                segments.insert(at, copy);
            }
            2 => {
                let content: Vec<u8> = (0..random.few() * 9).map(|_| random.next() as u8).collect();
                let kind = random.pick(&[
                    0xe0, 0xe1, 0xe2, 0xed, 0xee, 0xdb, 0xc4, 0xc0, 0xc2, 0xdd, 0xfe,
                ]);
                let mut segment = vec![0xff, kind];
                segment.extend(
                    u16::try_from(content.len() + 2)
                        .unwrap_or(u16::MAX)
                        .to_be_bytes(),
                );
                segment.extend(content);
                segments.insert(at, segment);
            }
            3 => change(random, &mut scan),
            _ => {
                let length = segments[at].len();
                change(random, &mut segments[at][4.min(length)..]);
            }
        }
    }
    [&start[..2], &segments.concat(), &scan].concat()
}

fn change(random: &mut Random, bytes: &mut [u8]) {
    for _ in 0..random.few() {
        let at = random.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte = random.pick(&[0, 1, 0x7f, 0x80, 0xff, at as u8]);
        }
    }
}

const PIECE: &str = "series: A\ntitle: A\ndate: 2025-01-01\nlanguage: en\ncover: {image: fuzzed, alt: A cover}\ncontributors:\n  - name: A\n    \
                     portrait: {image: fuzzed, alt: A face}\n    statement:\n      - figure: {image: fuzzed, alt: A picture}\n";

/// Makes every edition of a piece that shows the image three times.
pub(crate) fn run(folder: &Path, input: &[u8]) -> Judged {
    std::fs::write(folder.join("fuzzed"), input).expect("a file");
    let path = folder.join("piece.yaml");
    std::fs::write(&path, PIECE).expect("a file");
    pieces::build(
        &path,
        &flashpoint::editions::Options {
            theme: flashpoint::theme::Theme::classic(),
            page_size: flashpoint::theme::PageSize::A4,
        },
    )
}
