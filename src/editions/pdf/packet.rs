//! An XMP packet as it is written (ISO 16684-1, 7).

use std::io;

use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::{BytesEnd, BytesPI, BytesStart, BytesText, Event};

/// A packet being written.
pub(super) struct Packet {
    writer: Writer<Vec<u8>>,
}

impl Packet {
    /// The packet of what is written inside.
    pub(super) fn of(inside: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<Vec<u8>> {
        let mut packet = Self {
            writer: Writer::new(Vec::new()),
        };
        let begin = "xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"";
        packet.writer.write_event(Event::PI(BytesPI::new(begin)))?;
        inside(&mut packet)?;
        packet
            .writer
            .write_event(Event::PI(BytesPI::new("xpacket end=\"r\"")))?;
        Ok(packet.writer.into_inner())
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
    pub(super) fn in_languages(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.within(name, &[], |packet| {
            packet.within("rdf:Alt", &[], |packet| {
                packet.text_with("rdf:li", &[("xml:lang", "x-default")], text)
            })
        })
    }

    /// Several values; nothing when there is none.
    pub(super) fn items<'t>(
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
pub(super) fn sound(text: &str) -> String {
    let legal = |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    text.chars().filter(legal).collect()
}
