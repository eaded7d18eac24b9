//! The rows of the theme's sheet as properties of styles.

use super::*;

impl Styling<'_> {
    /// The row of a kind of text.
    pub(super) fn row(&self, kind: Kind) -> &Row {
        self.sheet.row(kind, self.writing)
    }

    /// The paragraph properties of a kind of text that nothing of its kind stands above.
    pub(super) fn paragraph(&self, kind: Kind) -> ParagraphProperty {
        let row = self.row(kind);
        let alignment = match row.alignment {
            Alignment::Justified => AlignmentType::Both,
            // In Word these are the edges where lines start and end, whatever the direction.
            Alignment::Start | Alignment::Balanced => AlignmentType::Left,
            Alignment::Centre => AlignmentType::Center,
            Alignment::End => AlignmentType::Right,
        };
        let inset = |length: Pt| (length > Pt(0.0)).then(|| twips(length));
        let property = ParagraphProperty::new()
            .line_spacing(spacing(row.before, row.after, Some(row.leading)))
            .align(alignment);
        match (inset(row.inset_start), inset(row.inset_end)) {
            (None, None) => property,
            (start, end) => property.indent(start, None, end, None),
        }
    }

    /// The run properties of a kind of text.
    pub(super) fn run(&self, kind: Kind) -> RunProperty {
        let row = self.row(kind);
        let mut run = RunProperty::new()
            .size(half_points(row.size))
            .fonts(self.fonts(row.face));
        if row.weight == Weight::Semibold {
            run = run.bold();
        }
        if row.slant == Slant::Italic {
            run = run.italic();
        }
        if row.case != Case::AsWritten {
            // The finishing pass makes them small: `docx-rs` knows only large ones.
            run = run.caps();
        }
        if row.tracking.0 != 0.0 {
            run = run.spacing(twips(row.tracking * row.size));
        }
        let theme = match row.ink {
            Ink::Text => ThemeColor::Text1,
            Ink::Headings => ThemeColor::Text2,
            Ink::Accent => ThemeColor::Accent1,
            Ink::Quiet => ThemeColor::Accent2,
            Ink::Links => ThemeColor::Hyperlink,
            Ink::Own(colour) => return run.color(colour.to_string()),
        };
        coloured(run, row.ink.colour(&self.theme.colours), theme)
    }

    /// The face of a row: one of the two that Word's themes have, or one by its name.
    fn fonts(&self, face: FaceRole) -> RunFonts {
        match face {
            FaceRole::Text => self.minor(),
            FaceRole::Headings => self.major(),
            FaceRole::Apparatus => named(self.theme, self.theme.faces.apparatus),
        }
    }
}
