//! Pictures of a PDF: what they show, and how they stand on their pages.

use lopdf::content::Operation;
use lopdf::{Document, Object, Stream, dictionary};

use super::{Edit, is, missed, operations, written};
use crate::change::{all_found, edition, exported_as, first};

/// Changes the first image that a page shows.
fn image(file: &mut Document, change: impl Fn(&mut Stream)) -> bool {
    let ids: Vec<_> = file.objects.keys().copied().collect();
    ids.into_iter().any(|id| match file.get_object_mut(id) {
        Ok(Object::Stream(stream)) if stream.dict.has(b"ColorSpace") => {
            change(stream);
            true
        }
        _ => false,
    })
}

/// Changes the pixels of the first image, which has three bytes of each.
fn pixels(file: &mut Document, change: impl Fn(&mut [[u8; 3]])) -> bool {
    image(file, |stream| {
        stream.decompress().unwrap();
        let width = stream.dict.get(b"Width").and_then(Object::as_i64).unwrap() as usize * 3;
        let mut rows = Vec::new();
        // Where the rows are still filtered, they are filtered by nothing from here on.
        let height = stream.dict.get(b"Height").and_then(Object::as_i64).unwrap() as usize;
        let is_filtered = stream.content.len() == (width + 1) * height;
        let row = width + usize::from(is_filtered);
        for row in stream.content.chunks_exact(row) {
            rows.extend_from_slice(&row[usize::from(is_filtered)..]);
        }
        let mut all: Vec<[u8; 3]> = rows.chunks_exact(3).map(|p| [p[0], p[1], p[2]]).collect();
        change(&mut all);
        stream.dict.remove(b"DecodeParms");
        stream.set_plain_content(all.concat());
    })
}

/// Changes the operations around the first picture, whose matrix stands at this place and which is drawn at that.
fn around(file: &mut Document, change: impl Fn(&mut Vec<Operation>, usize, usize)) -> bool {
    operations(file, 0, |all| {
        let Some(draw) = all.iter().position(|op| op.operator == "Do") else {
            return false;
        };
        let one = Object::Integer(1);
        let matrix = all[..draw]
            .iter()
            .rposition(|op| op.operator == "cm" && op.operands[0] != one);
        change(all, matrix.unwrap(), draw);
        true
    })
}

/// Gives the first picture another matrix.
fn set(file: &mut Document, change: impl Fn(&mut [f32; 6])) -> bool {
    around(file, |all, matrix, _| {
        let mut numbers = [0.0; 6];
        for (number, operand) in numbers.iter_mut().zip(&all[matrix].operands) {
            *number = operand.as_float().unwrap();
        }
        change(&mut numbers);
        all[matrix].operands = numbers.map(Object::Real).to_vec();
    })
}

/// Writes operations before the first picture, or behind it.
fn drawn(file: &mut Document, before: &'static str, behind: &'static str) -> bool {
    around(file, |all, _, draw| {
        all.splice(draw + 1..draw + 1, written(behind));
        all.splice(draw..draw, written(before));
    })
}

#[rustfmt::skip]
pub(crate) const CHANGES: &[(&str, Edit, &str)] = &[
    ("upside down", |file| pixels(file, <[_]>::reverse), "shows something else"),
    ("in other colours", |file| pixels(file, |all| all.iter_mut().flatten().for_each(|part| *part = !*part)), "shows something else"),
    ("blank", |file| pixels(file, |all| all.fill([200; 3])), "shows something else"),
    ("a word in it", |file| pixels(file, |all| for row in 20..40 { all[row * 240 + 20..row * 240 + 70].fill([0; 3]); }), "shows something else"),
    ("half as high", |file| set(file, |m| m[3] *= 0.5), "is stretched"),
    ("of no size", |file| set(file, |m| { m[0] *= 0.05; m[3] *= 0.05; }), "stands elsewhere than its tag says"),
    ("mirrored", |file| set(file, |m| { m[4] += m[0]; m[0] = -m[0]; }), "is turned, mirrored or slanted"),
    ("slanted", |file| set(file, |m| m[2] = 20.0), "is turned, mirrored or slanted"),
    ("off its page", |file| set(file, |m| m[4] += 2000.0), "reaches out of its page"),
    ("at the foot of its page", |file| set(file, |m| m[5] = 10.0), "stands elsewhere than its tag says"),
    ("not drawn", |file| around(file, |all, _, draw| { all.remove(draw); }), "a figure shows no picture"),
    ("drawn twice", |file| drawn(file, "/Im0 Do 1 0 0 1 0.1 0.1 cm", ""), "more than one picture"),
    ("cut in half", |file| drawn(file, "0 0 0.5 1 re W n", ""), "a picture is cut"),
    ("covered", |file| drawn(file, "", "1 g 0.2 0.2 0.5 0.5 re f"), "a picture is covered"),
    ("shown by a mask", |file| image(file, |stream| stream.dict.set("Mask", vec![0.into(), 9.into(), 0.into(), 9.into(), 0.into(), 9.into()])), "a picture says `Mask`"),
    ("read the other way", |file| image(file, |stream| stream.dict.set("Decode", vec![1.into(), 0.into(), 1.into(), 0.into(), 1.into(), 0.into()])), "a picture says `Decode`"),
    ("printed otherwise", |file| image(file, |stream| stream.dict.set("Alternates", Object::Array(Vec::new()))), "a picture says `Alternates`"),
    ("half sheer", |file| {
        let mask = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1, "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 };
        let mask = file.add_object(Stream::new(mask, vec![99]));
        image(file, |stream| if stream.dict.get(b"Width").is_ok_and(|width| width.as_i64().unwrap() > 1) { stream.dict.set("SMask", mask) })
    }, "its picture"),
    ("a drawing for it", |file| image(file, |stream| {
        stream.dict.set("Subtype", "Form");
        stream.dict.set("BBox", vec![0.into(), 0.into(), 3.into(), 2.into()]);
        stream.dict.remove(b"DecodeParms");
        stream.set_plain_content(b"0 g 0 0 1 1 re f".to_vec());
    }), "its picture is not there"),
    ("said to stand elsewhere", |file| first(file, |e| is("Figure")(e) && e.has(b"A"), |e| e.get_mut(b"A").and_then(Object::as_dict_mut).unwrap().set("BBox", vec![0.into(), 0.into(), 9.into(), 9.into()])), "stands elsewhere than its tag says"),
];

#[test]
fn a_picture_that_is_another_or_stands_otherwise_is_found_and_named() {
    let place = exported_as(&["pdf"]);
    let name = edition("pdf");
    let whole = place.read(&name);
    let missed = missed(&place, &name, &whole, CHANGES);
    all_found("pdf, pictures", CHANGES.len(), &missed);
}
