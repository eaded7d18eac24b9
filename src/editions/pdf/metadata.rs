//! What the file says of itself: the XMP packet and the information dictionary, which agree (ISO 32000-1, 14.3; ISO 19005-2,
//! 6.6). The pages' words are not here.

use std::io;

use lopdf::{Dictionary, Object, dictionary};
use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::{BytesEnd, BytesPI, BytesStart, BytesText, Event};

use super::claims::{self, Claims};
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
            created: Moment::start_of(record.date),
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
    let mut packet = Packet {
        writer: Writer::new(Vec::new()),
    };
    packet.all(record, claims).map_err(failed)?;
    Ok(packet.writer.into_inner())
}

/// The packet as an object: not compressed, so that catalogues find it (ISO 19005-2, 6.6.2.1).
pub(super) fn stream(packet: Vec<u8>) -> Object {
    let dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    lopdf::Stream::new(dictionary, packet)
        .with_compression(false)
        .into()
}

/// A packet being written.
pub(super) struct Packet {
    writer: Writer<Vec<u8>>,
}

impl Packet {
    fn all(&mut self, record: &Record, claims: Claims) -> io::Result<()> {
        let begin = "xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"";
        self.writer.write_event(Event::PI(BytesPI::new(begin)))?;
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
        })?;
        self.writer
            .write_event(Event::PI(BytesPI::new("xpacket end=\"r\"")))
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

    pub(super) fn within(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.writer.write_event(Event::Start(start))?;
        inside(self)?;
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    pub(super) fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.text_with(name, &[], text)
    }

    fn text_with(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        // The packet is not compressed: a reader that looks for the end of the stream shall not find it in a title.
        let text = escape(sound(text)).replace("endstream", "&#101;ndstream");
        self.within(name, attributes, |packet| {
            let text = BytesText::from_escaped(text);
            packet.writer.write_event(Event::Text(text))
        })
    }

    /// A value that could be given in several languages.
    fn in_languages(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.within(name, &[], |packet| {
            packet.within("rdf:Alt", &[], |packet| {
                packet.text_with("rdf:li", &[("xml:lang", "x-default")], text)
            })
        })
    }

    /// Several values; nothing when there is none.
    fn items<'t>(
        &mut self,
        name: &str,
        kind: &str,
        items: impl IntoIterator<Item = &'t str>,
    ) -> io::Result<()> {
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            return Ok(());
        }
        self.within(name, &[], |packet| {
            packet.within(kind, &[], |packet| {
                items.try_for_each(|item| packet.text("rdf:li", item))
            })
        })
    }
}

/// A text without what XML 1.0 cannot hold (2.2), in both places alike.
fn sound(text: &str) -> String {
    let legal = |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    text.chars().filter(legal).collect()
}
