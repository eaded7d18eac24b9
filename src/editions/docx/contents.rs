//! The contents: a field that Word can bring up to date, with the lines it would make already in it.
//!
//! Without page numbers (`\n`): nobody knows them before Word has set the pages.

use docx_rs::{FieldCharType, Hyperlink, HyperlinkData, HyperlinkType, InstrText, Run};

use super::body::Body;
use super::sheet::{other, paragraph as styles};
use crate::compose::{Heading, Kind};

/// The most headings that a piece may have without contents.
const ENOUGH: usize = 6;

/// Headings of level 2 to 4, as links, without page numbers, tabs hidden in web view (ISO/IEC 29500-1, 17.16.5.68).
const INSTRUCTION: &str = r#"TOC \o "2-4" \h \n \z"#;

impl<'a> Body<'a> {
    /// The contents, where the piece has enough headings.
    pub(super) fn contents(&mut self) {
        let headings = self.composition.walk().headings();
        // The title is not among them, and what stands after the text is not looked for there.
        let of_text = |heading: &&Heading| {
            let kind = self.composition[heading.text].kind;
            !matches!(kind, Kind::EndHeading | Kind::EndSubheading)
        };
        let headings: Vec<&Heading> = headings.skip(1).filter(of_text).collect();
        if headings.len() <= ENOUGH {
            return;
        }
        let name = self.composition.word(&self.composition.words.contents);
        let runs = self.runs(&name, &other::PLAIN, Kind::EndHeading);
        let mut name = self.empty(styles::CONTENTS);
        name.children.extend(runs);
        self.push(name);
        for (index, heading) in headings.into_iter().enumerate() {
            let level = usize::from(heading.level.number().clamp(2, 4)) - 2;
            let mut line = self.empty(styles::CONTENTS_LINES[level]);
            if index == 0 {
                let instruction = InstrText::Unsupported(INSTRUCTION.to_owned());
                line = line
                    .add_run(Run::new().add_field_char(FieldCharType::Begin, false))
                    .add_run(Run::new().add_instr_text(instruction))
                    .add_run(Run::new().add_field_char(FieldCharType::Separate, false));
            }
            line = line.add_hyperlink(self.line(heading));
            self.push(line);
        }
        // As Word has it, in a paragraph of its own: it stays where it is when the contents are brought up to date.
        let end = Run::new().add_field_char(FieldCharType::End, false);
        let end = self.empty(styles::CONTENTS_END).add_run(end);
        self.push(end);
    }

    /// A line of the contents: the heading's words without its links and notes.
    fn line(&mut self, heading: &Heading) -> Hyperlink {
        let mut link = Hyperlink::new("", HyperlinkType::Anchor);
        link.link = HyperlinkData::Anchor {
            anchor: heading.anchor.to_string(),
        };
        let composition = self.composition;
        let words = composition[heading.text].words();
        link.children = words
            .flat_map(|span| self.runs(span, &other::PLAIN, Kind::Paragraph))
            .collect();
        link
    }
}
