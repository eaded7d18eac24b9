//! Whom an image is owed to: creator, copyright, credit and terms, gathered from EXIF, IPTC, XMP and PNG's texts, and written
//! again as EXIF and XMP that hold nothing else.

use quick_xml::NsReader;
use quick_xml::Writer;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesText, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::exif;

/// What a property's value is in XMP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// One text.
    Text,
    /// An array of this name; of alternatives, the first is for any language.
    Array(&'static str),
}

/// One property, and the fields that hold it.
struct Property {
    namespace: &'static str,
    /// With the usual prefix.
    name: &'static str,
    form: Form,
    exif: Option<u16>,
    /// The dataset in the second record of IPTC's Information Interchange Model.
    iptc: Option<u8>,
    /// The keyword of PNG.
    keyword: Option<&'static str>,
}

const DC: &str = "http://purl.org/dc/elements/1.1/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const RIGHTS: &str = "http://ns.adobe.com/xap/1.0/rights/";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

#[rustfmt::skip]
const PROPERTIES: [Property; 6] = [
    Property { namespace: DC, name: "dc:creator", form: Form::Array("rdf:Seq"), exif: Some(0x013b), iptc: Some(80), keyword: Some("Author") },
    Property { namespace: DC, name: "dc:rights", form: Form::Array("rdf:Alt"), exif: Some(0x8298), iptc: Some(116), keyword: Some("Copyright") },
    Property { namespace: PHOTOSHOP, name: "photoshop:Credit", form: Form::Text, exif: None, iptc: Some(110), keyword: None },
    Property { namespace: PHOTOSHOP, name: "photoshop:Source", form: Form::Text, exif: None, iptc: Some(115), keyword: None },
    Property { namespace: RIGHTS, name: "xmpRights:UsageTerms", form: Form::Array("rdf:Alt"), exif: None, iptc: None, keyword: None },
    Property { namespace: RIGHTS, name: "xmpRights:WebStatement", form: Form::Text, exif: None, iptc: None, keyword: None },
];

/// The longest value, in characters, and the most values of a property: so all of them fit in one segment of a JPEG.
const MAX_CHARACTERS: usize = 1000;
const MAX_VALUES: usize = 4;
/// The most elements and texts of a packet that are read.
const MAX_EVENTS: usize = 20_000;

/// The values of each property, in their order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Credit {
    values: [Vec<String>; PROPERTIES.len()],
}

impl Credit {
    /// Whether the image is owed to nobody in particular.
    pub(super) fn is_empty(&self) -> bool {
        self.values.iter().all(Vec::is_empty)
    }

    fn add(&mut self, property: usize, value: &str) {
        let clear = value.split(|c: char| {
            c.is_control() || c.is_whitespace() || c > '\u{fffd}' && c <= '\u{ffff}'
        });
        let words: Vec<_> = clear.filter(|word| !word.is_empty()).collect();
        let value: String = words.join(" ").chars().take(MAX_CHARACTERS).collect();
        let known = &mut self.values[property];
        if !value.is_empty() && known.len() < MAX_VALUES && !known.contains(&value) {
            known.push(value);
        }
    }

    /// Adds what a block of EXIF tells.
    pub(super) fn exif(&mut self, block: &[u8]) {
        for (index, property) in PROPERTIES.iter().enumerate() {
            let text = property.exif.and_then(|tag| exif::text(block, tag));
            // Two holders of a copyright are parted by a zero.
            for part in text.iter().flat_map(|text| text.split('\0')) {
                self.add(index, part);
            }
        }
    }

    /// Adds what a text of a PNG tells.
    pub(super) fn text(&mut self, keyword: &[u8], text: &str) {
        let is = |property: &Property| property.keyword.is_some_and(|k| k.as_bytes() == keyword);
        if let Some(index) = PROPERTIES.iter().position(is) {
            self.add(index, text);
        }
    }

    /// Adds what IPTC's fields among Photoshop's resources tell.
    pub(super) fn photoshop(&mut self, mut resources: &[u8]) {
        const IPTC: u16 = 0x0404;
        while let Some((id, data, rest)) = resource(resources) {
            if id == IPTC {
                self.iptc(data);
            }
            resources = rest;
        }
    }

    fn iptc(&mut self, mut fields: &[u8]) {
        while let Some((&[0x1c, record, dataset, high, low], rest)) =
            fields.split_first_chunk::<5>()
        {
            let length = usize::from(u16::from_be_bytes([high, low]));
            let Some((value, rest)) = rest.split_at_checked(length) else {
                return;
            };
            fields = rest;
            let is = |property: &Property| record == 2 && property.iptc == Some(dataset);
            if let Some(index) = PROPERTIES.iter().position(is) {
                self.add(index, &exif::decoded(value));
            }
        }
    }

    /// Adds what a packet of XMP tells, as far as it is well formed.
    pub(super) fn xmp(&mut self, packet: &[u8]) {
        let mut reader = NsReader::from_reader(packet);
        let mut within = None;
        let mut text = String::new();
        // A packet that goes on without end is read so far.
        for _ in 0..MAX_EVENTS {
            let Ok(event) = reader.read_event() else {
                break;
            };
            let property = |name| {
                let (namespace, local) = reader.resolver().resolve_element(name);
                named(&namespace, local.as_ref())
            };
            match event {
                Event::Start(element) | Event::Empty(element) => {
                    for attribute in element.attributes().with_checks(false).flatten() {
                        let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
                        if let Some(index) = named(&namespace, local.as_ref()) {
                            self.add(index, &unescaped(&attribute));
                        }
                    }
                    within = property(element.name()).or(within);
                    text.clear();
                }
                Event::End(element) => {
                    if let Some(index) = within {
                        self.add(index, &text);
                    }
                    if property(element.name()).is_some() {
                        within = None;
                    }
                    text.clear();
                }
                Event::Text(part) => text.push_str(&String::from_utf8_lossy(&part)),
                Event::CData(part) => text.push_str(&String::from_utf8_lossy(&part)),
                Event::GeneralRef(name) => match name.resolve_char_ref() {
                    Ok(Some(character)) => text.push(character),
                    _ => text.push_str(
                        name.decode()
                            .ok()
                            .and_then(|name| resolve_predefined_entity(&name))
                            .unwrap_or_default(),
                    ),
                },
                Event::Eof => break,
                _ => {}
            }
        }
    }

    /// A block of EXIF with the artist and the copyright; empty when neither is known.
    pub(super) fn to_exif(&self) -> Vec<u8> {
        let tagged = PROPERTIES.iter().zip(&self.values);
        let fields = tagged.filter_map(|(property, values)| {
            let tag = property.exif.filter(|_| !values.is_empty())?;
            Some((tag, values.join("; ")))
        });
        exif::block(&fields.collect::<Vec<_>>())
    }

    /// A packet of XMP with all values.
    pub(super) fn to_xmp(&self) -> Vec<u8> {
        let mut writer = Writer::new(Vec::new());
        let description = [
            ("rdf:about", ""),
            ("xmlns:dc", DC),
            ("xmlns:photoshop", PHOTOSHOP),
            ("xmlns:xmpRights", RIGHTS),
        ];
        let root = writer
            .create_element("x:xmpmeta")
            .with_attribute(("xmlns:x", "adobe:ns:meta/"));
        let written = root.write_inner_content(|writer| {
            let rdf = writer
                .create_element("rdf:RDF")
                .with_attribute(("xmlns:rdf", RDF));
            rdf.write_inner_content(|writer| {
                let about = writer
                    .create_element("rdf:Description")
                    .with_attributes(description);
                about.write_inner_content(|writer| {
                    let known = PROPERTIES.iter().zip(&self.values);
                    for (property, values) in known.filter(|(_, values)| !values.is_empty()) {
                        write_property(writer, property, values)?;
                    }
                    Ok(())
                })?;
                Ok(())
            })?;
            Ok(())
        });
        written.expect("a vector takes all that is written");
        const BEGIN: &str = "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>";
        [
            BEGIN.as_bytes(),
            &writer.into_inner(),
            b"<?xpacket end=\"r\"?>",
        ]
        .concat()
    }
}

fn write_property(
    writer: &mut Writer<Vec<u8>>,
    property: &Property,
    values: &[String],
) -> std::io::Result<()> {
    let joined = values.join("; ");
    let element = writer.create_element(property.name);
    match property.form {
        Form::Text => element.write_text_content(BytesText::new(&joined))?,
        Form::Array("rdf:Alt") => element.write_inner_content(|writer| {
            let array = writer.create_element("rdf:Alt");
            array.write_inner_content(|writer| {
                let item = writer.create_element("rdf:li");
                item.with_attribute(("xml:lang", "x-default"))
                    .write_text_content(BytesText::new(&joined))?;
                Ok(())
            })?;
            Ok(())
        })?,
        Form::Array(name) => element.write_inner_content(|writer| {
            writer.create_element(name).write_inner_content(|writer| {
                for value in values {
                    let item = writer.create_element("rdf:li");
                    item.write_text_content(BytesText::new(value))?;
                }
                Ok(())
            })?;
            Ok(())
        })?,
    };
    Ok(())
}

/// The property of this name.
fn named(namespace: &ResolveResult<'_>, local: &[u8]) -> Option<usize> {
    let ResolveResult::Bound(Namespace(namespace)) = namespace else {
        return None;
    };
    PROPERTIES.iter().position(|property| {
        let name = property.name.rsplit(':').next().unwrap_or_default();
        property.namespace.as_bytes() == *namespace && name.as_bytes() == local
    })
}

fn unescaped(attribute: &Attribute<'_>) -> String {
    let raw = String::from_utf8_lossy(&attribute.value);
    quick_xml::escape::unescape(&raw).map_or_else(|_| raw.to_string(), |text| text.into_owned())
}

/// The first of Photoshop's image resources: its number, its data, and what follows it.
fn resource(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let rest = bytes.strip_prefix(b"8BIM")?;
    let (id, rest) = rest.split_first_chunk::<2>()?;
    // A name with its length before it, and the data, are each padded to an even number.
    let name = usize::from(*rest.first()?) + 1;
    let rest = rest.get(name + name % 2..)?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = u32::from_be_bytes(*length) as usize;
    let data = rest.get(..length)?;
    let rest = rest.get(length + length % 2..).unwrap_or_default();
    Some((u16::from_be_bytes(*id), data, rest))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn values(credit: &Credit, name: &str) -> Vec<String> {
        let index = PROPERTIES.iter().position(|p| p.name == name).unwrap();
        credit.values[index].clone()
    }

    #[test]
    fn what_is_written_is_read_again_from_either_block() {
        let mut credit = Credit::default();
        credit.add(0, "Zoë & Co <z>");
        credit.add(0, "Second");
        credit.add(1, "© 2025 \"Zoë\"");
        credit.add(5, "https://example.org/?a=1&b=2");
        let mut again = Credit::default();
        again.xmp(&credit.to_xmp());
        assert_eq!(again, credit);
        let mut exif = Credit::default();
        exif.exif(&credit.to_exif());
        assert_eq!(values(&exif, "dc:creator"), ["Zoë & Co <z>; Second"]);
        assert_eq!(values(&exif, "dc:rights"), ["© 2025 \"Zoë\""]);
    }

    #[test]
    fn a_property_may_be_an_attribute_and_any_prefix_may_stand_for_its_namespace() {
        let packet = r#"<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description
            xmlns:p="http://ns.adobe.com/photoshop/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
            xmlns:d="http://purl.org/dc/elements/1.1/" p:Credit="A &amp; B" p:City="Istanbul" aux:SerialNumber="123">
            <d:rights><r:Alt><r:li xml:lang="x-default">&#169; A</r:li></r:Alt></d:rights>
            <p:DateCreated>2025</p:DateCreated></r:Description></r:RDF>"#;
        let mut credit = Credit::default();
        credit.xmp(packet.as_bytes());
        assert_eq!(values(&credit, "photoshop:Credit"), ["A & B"]);
        assert_eq!(values(&credit, "dc:rights"), ["© A"]);
        assert_eq!(credit.values.iter().flatten().count(), 2);
    }

    #[test]
    fn iptc_is_read_among_the_resources_of_photoshop() {
        let field = |dataset: u8, text: &[u8]| {
            let length = u16::try_from(text.len()).unwrap().to_be_bytes();
            [&[0x1c, 2, dataset], &length[..], text].concat()
        };
        let fields = [
            field(80, b"Ann"),
            field(90, b"Istanbul"),
            field(116, b"\xa9 Ann"),
        ]
        .concat();
        let length = u32::try_from(fields.len()).unwrap().to_be_bytes();
        let resources = [b"8BIM\x04\x04\0\0", &length[..], &fields].concat();
        let mut credit = Credit::default();
        credit.photoshop(&resources);
        assert_eq!(values(&credit, "dc:creator"), ["Ann"]);
        assert_eq!(values(&credit, "dc:rights"), ["© Ann"]);
        assert_eq!(credit.values.iter().flatten().count(), 2);
    }

    #[test]
    fn damaged_blocks_tell_nothing_and_harm_nothing() {
        let mut credit = Credit::default();
        for block in [
            &b""[..],
            b"MM\0*",
            b"II*\0\xff\xff\xff\xff",
            b"8BIM\x04\x04\xff",
            b"<a b='",
            b"</x>",
        ] {
            credit.exif(block);
            credit.photoshop(block);
            credit.xmp(block);
        }
        assert!(credit.is_empty());
    }
}
