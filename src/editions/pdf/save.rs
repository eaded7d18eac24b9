//! The bytes of the file: streams as they are, all else in object streams (ISO 32000-1, 7.5.7 and 7.5.8).
//!
//! lopdf can save a document too. It ends a stream's data with a line feed alone, so that data whose last byte happens to be
//! a carriage return seem one byte shorter than their `Length` says (ISO 19005-2, 6.1.7.1), it copies every object to pack
//! it, and leaves the cross-references uncompressed.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::failed;
use super::finish::{deflate, deflated};
use crate::editions::EditionError;

/// How many objects an object stream holds.
const PACKED: usize = 200;

/// Where an object is.
enum Entry {
    /// Bytes from the start of the file.
    At(usize),
    /// The number of an object stream, and the place in it.
    In(u32, u16),
}

/// Objects that are bytes already. A book has hundreds of thousands of structure elements, and as objects of lopdf each takes a
/// kilobyte.
#[derive(Default)]
pub(super) struct Packed(Vec<Pack>);

impl Packed {
    /// Adds an object.
    pub(super) fn add(
        &mut self,
        id: ObjectId,
        object: impl Into<Object>,
    ) -> Result<(), EditionError> {
        match self.0.last_mut() {
            Some(pack) if pack.ids.len() < PACKED => pack.add(id.0, object.into()),
            _ => {
                let mut pack = Pack::default();
                pack.add(id.0, object.into())?;
                self.0.push(pack);
                Ok(())
            }
        }
    }
}

/// Writes the file: a document, and objects that were packed before.
pub(super) fn save(document: Document, packed: Packed) -> Result<Vec<u8>, EditionError> {
    // Room for the streams and about as much as the rest takes: growing would copy all of it.
    let streams = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok());
    let room = streams
        .map(|stream| stream.content.len() + 256)
        .sum::<usize>();
    let mut file = File {
        bytes: Vec::with_capacity(room + room / 8 + 4096),
        entries: BTreeMap::new(),
    };
    // Four bytes beyond ASCII, so that nobody takes the file for a text (ISO 19005-2, 6.1.2).
    file.bytes
        .extend(format!("%PDF-{}\n%", document.version).bytes());
    file.bytes.extend(b"\xE2\xE3\xCF\xD3\n");
    let mut next = document.max_id + 1;
    let mut packed = packed.0;
    let mut pack = packed.pop().unwrap_or_default();
    for full in packed {
        file.pack(next, full)?;
        next += 1;
    }
    for ((id, _), object) in document.objects {
        match object {
            Object::Stream(stream) => file.stream(id, stream)?,
            object => pack.add(id, object)?,
        }
        if pack.ids.len() >= PACKED {
            file.pack(next, std::mem::take(&mut pack))?;
            next += 1;
        }
    }
    if !pack.ids.is_empty() {
        file.pack(next, pack)?;
        next += 1;
    }
    file.references(next, document.trailer)?;
    Ok(file.bytes)
}

/// An object as bytes, a space after it. lopdf gives the bytes of an object only as part of a content stream.
fn encoded(object: Object) -> Result<Vec<u8>, EditionError> {
    let operations = [Operation::new("", vec![object])];
    Content { operations }.encode().map_err(failed)
}

/// Objects for one object stream.
#[derive(Default)]
struct Pack {
    ids: Vec<u32>,
    /// Numbers of the objects and where each begins.
    index: String,
    objects: Vec<u8>,
}

impl Pack {
    fn add(&mut self, id: u32, object: Object) -> Result<(), EditionError> {
        self.index
            .push_str(&format!("{id} {} ", self.objects.len()));
        self.objects.extend(encoded(object)?);
        self.ids.push(id);
        Ok(())
    }
}

struct File {
    bytes: Vec<u8>,
    entries: BTreeMap<u32, Entry>,
}

impl File {
    fn stream(&mut self, id: u32, stream: Stream) -> Result<(), EditionError> {
        self.entries.insert(id, Entry::At(self.bytes.len()));
        self.bytes.extend(format!("{id} 0 obj\n").bytes());
        self.bytes.extend(encoded(stream.dict.into())?);
        self.bytes.extend(b"stream\n");
        self.bytes.extend(stream.content);
        self.bytes.extend(b"\r\nendstream\nendobj\n");
        Ok(())
    }

    fn pack(&mut self, id: u32, pack: Pack) -> Result<(), EditionError> {
        for (object, place) in pack.ids.iter().zip(0..) {
            self.entries.insert(*object, Entry::In(id, place));
        }
        let dictionary = dictionary! {
            "Type" => "ObjStm",
            "N" => pack.ids.len() as i64,
            "First" => pack.index.len() as i64,
        };
        let content = [pack.index.into_bytes(), pack.objects].concat();
        self.stream(id, deflated(dictionary, &content)?)
    }

    /// The cross-reference stream, which is the trailer too.
    fn references(&mut self, id: u32, trailer: Dictionary) -> Result<(), EditionError> {
        let start = self.bytes.len();
        self.entries.insert(id, Entry::At(start));
        // Of each row the type takes one byte, the place as many as the file needs, the index two.
        let wide = (start.ilog2() / 8 + 1) as usize;
        let columns = 1 + wide + 2;
        let mut rows = Vec::with_capacity((columns + 1) * (id as usize + 1));
        let mut above = vec![0; columns];
        for id in 0..=id {
            let (kind, place, index) = match self.entries.get(&id) {
                Some(Entry::At(offset)) => (1, *offset, 0),
                Some(Entry::In(stream, place)) => (2, *stream as usize, *place),
                None => (0, 0, u16::MAX),
            };
            let place = &place.to_be_bytes()[size_of::<usize>() - wide..];
            let row = [&[kind], place, &index.to_be_bytes()].concat();
            // Each row as the difference from the one above (PNG's filter 2), which packs best.
            rows.push(2);
            rows.extend(
                row.iter()
                    .zip(&above)
                    .map(|(new, old)| new.wrapping_sub(*old)),
            );
            above = row;
        }
        let mut dictionary = trailer;
        dictionary.set("Type", "XRef");
        dictionary.set("Size", i64::from(id) + 1);
        dictionary.set("W", vec![1.into(), (wide as i64).into(), 2.into()]);
        dictionary.set("Filter", "FlateDecode");
        let predictor = dictionary! { "Predictor" => 12, "Columns" => columns as i64 };
        dictionary.set("DecodeParms", predictor);
        self.stream(id, Stream::new(dictionary, deflate(&rows)?))?;
        self.bytes
            .extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        Ok(())
    }
}
