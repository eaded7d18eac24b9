//! Turned pages: sections of the file whose pages lie on their side, for tables that are too wide, as in the PDF edition.

use docx_rs::{DocumentChild, Paragraph};

use super::body::Body;
use super::page::{SectionPlace, Turns, section};
use crate::measure::Orientation;

impl Body<'_> {
    /// Ends the section of upright pages with what was pushed last, unless turned pages end there, which go on then.
    pub(super) fn turn(&mut self) {
        if self.turned_ends_here() {
            if let Some(last) = self.last_paragraph() {
                last.property.section_property = None;
            }
            return;
        }
        self.end_section(Orientation::Upright);
    }

    /// Ends the section of turned pages with what was pushed last.
    pub(super) fn turn_back(&mut self) {
        self.links.add_turned();
        self.end_section(Orientation::Turned);
        self.turned_until = self.children.len();
    }

    /// How the last pages lie. No section stands behind a table that ends the file: its pages would be empty.
    pub(super) fn last_pages(&mut self) -> (Turns, Orientation) {
        let turns = match self.sections {
            0 => Turns::Never,
            _ => Turns::Sometimes,
        };
        if !self.turned_ends_here() {
            return (turns, Orientation::Upright);
        }
        if let Some(last) = self.last_paragraph() {
            last.property.section_property = None;
        }
        (turns, Orientation::Turned)
    }

    fn turned_ends_here(&self) -> bool {
        self.sections > 0 && self.turned_until == self.children.len()
    }

    fn end_section(&mut self, page: Orientation) {
        let place = match self.sections {
            0 => SectionPlace::First,
            _ => SectionPlace::Later,
        };
        let section = section(self.composition, self.options, page, place);
        if let Some(last) = self.last_paragraph() {
            last.property.section_property = Some(section);
            self.sections += 1;
        }
    }

    fn last_paragraph(&mut self) -> Option<&mut Paragraph> {
        match self.children.last_mut() {
            Some(DocumentChild::Paragraph(paragraph)) => Some(paragraph),
            _ => None,
        }
    }
}
