//! What the file says of itself: the XMP packet and the information dictionary, which agree (ISO 32000-1, 14.3; ISO 19005-2,
//! 6.6). The pages' words are not here.

use std::io;

use lopdf::{Dictionary, Object, dictionary};

use super::claims::{self, Claims};
use super::packet::{Packet, sound};
use super::{failed, strings};
use crate::compose::{BETWEEN, Moment, Record};
use crate::editions::EditionError;

/// The program that makes the files.
const PRODUCER: &str = concat!("Flashpoint ", env!("CARGO_PKG_VERSION"));

/// The namespaces that every packet uses.
const NAMESPACES: [(&str, &str); 5] = [
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:xmp", "http://ns.adobe.com/xap/1.0/"),
    ("xmlns:xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
    ("xmlns:xmpRights", "http://ns.adobe.com/xap/1.0/rights/"),
    ("xmlns:pdf", "http://ns.adobe.com/pdf/1.3/"),
];

/// The values that both the packet and the dictionary hold.
struct Common {
    title: String,
    author: String,
    subject: Option<String>,
    keywords: Option<String>,
    created: Moment,
    modified: Moment,
}

impl Common {
    fn of(record: &Record) -> Self {
        let keywords = record.topics().join(BETWEEN);
        Self {
            title: sound(&record.full_title),
            author: sound(&record.joined_creators()),
            subject: record.summary.as_deref().map(sound),
            keywords: Some(sound(&keywords)).filter(|keywords| !keywords.is_empty()),
            created: record.made(),
            modified: record.modified,
        }
    }
}

/// The information dictionary. A value that is too long for the archive format stands in the packet alone.
pub(super) fn information(record: &Record) -> Dictionary {
    let common = Common::of(record);
    let mut information = dictionary! {
        "Creator" => strings::ascii(PRODUCER),
        "Producer" => strings::ascii(PRODUCER),
        "CreationDate" => strings::date(common.created),
        "ModDate" => strings::date(common.modified),
    };
    let texts = [
        ("Title", Some(common.title)),
        ("Author", Some(common.author)),
        ("Subject", common.subject),
        ("Keywords", common.keywords),
    ];
    for (key, text) in texts {
        if let Some(text) = text.filter(|text| strings::fits(text)) {
            information.set(key, strings::text(&text));
        }
    }
    information
}

/// The XMP packet (ISO 16684-1).
pub(super) fn packet(record: &Record, claims: Claims) -> Result<Vec<u8>, EditionError> {
    Packet::of(|packet| packet.all(record, claims)).map_err(failed)
}

/// The packet as an object: not compressed, so that catalogues find it (ISO 19005-2, 6.6.2.1).
pub(super) fn stream(packet: Vec<u8>) -> Object {
    let dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    lopdf::Stream::new(dictionary, packet)
        .with_compression(false)
        .into()
}

impl Packet {
    fn all(&mut self, record: &Record, claims: Claims) -> io::Result<()> {
        self.within("x:xmpmeta", &[("xmlns:x", "adobe:ns:meta/")], |packet| {
            let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
            packet.within("rdf:RDF", &[("xmlns:rdf", rdf)], |packet| {
                let about = std::iter::once(("rdf:about", ""));
                let attributes: Vec<_> = about
                    .chain(NAMESPACES)
                    .chain(claims::namespaces(claims))
                    .collect();
                packet.within("rdf:Description", &attributes, |packet| {
                    packet.description(record)?;
                    packet.dates_and_tools(record)?;
                    packet.rights(record)?;
                    claims::say(packet, claims)
                })
            })
        })
    }

    /// The Dublin Core.
    fn description(&mut self, record: &Record) -> io::Result<()> {
        let common = Common::of(record);
        self.text("dc:format", "application/pdf")?;
        self.in_languages("dc:title", &common.title)?;
        let creators = record.creators().map(|person| person.name.as_str());
        self.items("dc:creator", "rdf:Seq", creators)?;
        let contributors = record.contributors().map(|person| person.name.as_str());
        self.items("dc:contributor", "rdf:Bag", contributors)?;
        if let Some(summary) = &common.subject {
            self.in_languages("dc:description", summary)?;
        }
        self.items("dc:subject", "rdf:Bag", record.topics())?;
        self.items("dc:publisher", "rdf:Bag", record.publisher.as_deref())?;
        self.items("dc:date", "rdf:Seq", [record.date.to_string().as_str()])?;
        self.items("dc:language", "rdf:Bag", [record.language.as_str()])?;
        if let Some(rights) = &record.rights {
            self.in_languages("dc:rights", rights)?;
        }
        // `dc:identifier` holds one value: the best known. All of them stand in `xmp:Identifier`.
        let identifiers = record.identifiers();
        if let Some(first) = identifiers.first() {
            self.text("dc:identifier", first)?;
        }
        let all = identifiers.iter().map(String::as_str);
        self.items("xmp:Identifier", "rdf:Bag", all)?;
        self.text("dc:source", &record.source())?;
        let canonical = record.canonical_text();
        self.items("dc:relation", "rdf:Bag", [canonical.as_str()])
    }

    fn dates_and_tools(&mut self, record: &Record) -> io::Result<()> {
        let common = Common::of(record);
        self.text("xmp:CreatorTool", PRODUCER)?;
        self.text("xmp:CreateDate", &common.created.to_string())?;
        self.text("xmp:ModifyDate", &common.modified.to_string())?;
        self.text("xmp:MetadataDate", &common.modified.to_string())?;
        self.text("xmpMM:DocumentID", &record.uuid.urn().to_string())?;
        self.text("pdf:Producer", PRODUCER)?;
        if let Some(keywords) = &common.keywords {
            self.text("pdf:Keywords", keywords)?;
        }
        Ok(())
    }

    fn rights(&mut self, record: &Record) -> io::Result<()> {
        if record.rights.is_some() || record.license.is_some() {
            self.text("xmpRights:Marked", "True")?;
        }
        match &record.license {
            Some(license) => self.text("xmpRights:WebStatement", license.as_str()),
            None => Ok(()),
        }
    }
}
