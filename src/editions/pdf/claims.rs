//! The standards that a file says it keeps, and their words in the XMP packet.

use std::io;

use super::packet::Packet;
use crate::theme::PdfStandard;

/// What a file says of itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claims {
    /// The standards asked for.
    pub(super) standard: PdfStandard,
    /// Whether letters were shown as boxes: nobody can read those, so such a file is not accessible, and says no such thing.
    pub(super) boxed: bool,
}

const PDFAID: (&str, &str) = ("xmlns:pdfaid", "http://www.aiim.org/pdfa/ns/id/");
const PDFUAID: &str = "http://www.aiim.org/pdfua/ns/id/";

/// The namespaces by which PDF/A-2 wants others described (ISO 19005-2, 6.6.2.3.3).
const EXTENSION: [(&str, &str); 3] = [
    (
        "xmlns:pdfaExtension",
        "http://www.aiim.org/pdfa/ns/extension/",
    ),
    ("xmlns:pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
    (
        "xmlns:pdfaProperty",
        "http://www.aiim.org/pdfa/ns/property#",
    ),
];

/// The declarations of Well-Tagged PDF (WTPDF 1.0, 6.1.3): one for reuse, one for accessibility.
const REUSE: &str = "http://pdfa.org/declarations/wtpdf#reuse1.0";
const ACCESSIBILITY: &str = "http://pdfa.org/declarations/wtpdf#accessibility1.0";

/// The namespaces that the claims use.
pub(super) fn namespaces(claims: Claims) -> Vec<(&'static str, &'static str)> {
    let mut namespaces = vec![PDFAID];
    if !claims.boxed {
        namespaces.push(("xmlns:pdfuaid", PDFUAID));
    }
    match claims.standard {
        PdfStandard::Ua1 if claims.boxed => {}
        PdfStandard::Ua1 => namespaces.extend(EXTENSION),
        PdfStandard::Ua2 => namespaces.push(("xmlns:pdfd", "http://pdfa.org/declarations/")),
    }
    namespaces
}

/// Says which standards the file keeps.
pub(super) fn say(packet: &mut Packet, claims: Claims) -> io::Result<()> {
    match claims.standard {
        PdfStandard::Ua1 => {
            packet.text("pdfaid:part", "2")?;
            packet.text("pdfaid:conformance", "A")?;
            if claims.boxed {
                return Ok(());
            }
            packet.text("pdfuaid:part", "1")?;
            describe_pdfuaid(packet)
        }
        PdfStandard::Ua2 => {
            // ISO 19005-4, 6.7.3.
            packet.text("pdfaid:part", "4")?;
            packet.text("pdfaid:rev", "2020")?;
            if claims.boxed {
                return declare(packet, &[REUSE]);
            }
            // ISO 14289-2, 5.
            packet.text("pdfuaid:part", "2")?;
            packet.text("pdfuaid:rev", "2024")?;
            declare(packet, &[REUSE, ACCESSIBILITY])
        }
    }
}

/// Declares what a file conforms to (PDF Declarations 1.0).
fn declare(packet: &mut Packet, declarations: &[&str]) -> io::Result<()> {
    packet.within("pdfd:declarations", &[], |packet| {
        packet.within("rdf:Bag", &[], |packet| {
            declarations.iter().try_for_each(|declaration| {
                packet.within("rdf:li", &[("rdf:parseType", "Resource")], |packet| {
                    packet.text("pdfd:conformsTo", declaration)
                })
            })
        })
    })
}

/// Describes the identification of PDF/UA, which PDF/A-2 does not know.
fn describe_pdfuaid(packet: &mut Packet) -> io::Result<()> {
    let parse = [("rdf:parseType", "Resource")];
    packet.within("pdfaExtension:schemas", &[], |packet| {
        packet.within("rdf:Bag", &[], |packet| {
            packet.within("rdf:li", &parse, |packet| {
                packet.text("pdfaSchema:schema", "PDF/UA identification schema")?;
                packet.text("pdfaSchema:namespaceURI", PDFUAID)?;
                packet.text("pdfaSchema:prefix", "pdfuaid")?;
                packet.within("pdfaSchema:property", &[], |packet| {
                    packet.within("rdf:Seq", &[], |packet| {
                        packet.within("rdf:li", &parse, |packet| {
                            packet.text("pdfaProperty:name", "part")?;
                            packet.text("pdfaProperty:valueType", "Integer")?;
                            packet.text("pdfaProperty:category", "internal")?;
                            packet.text("pdfaProperty:description", "Part of ISO 14289")
                        })
                    })
                })
            })
        })
    })
}
