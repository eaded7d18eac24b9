//! Figures: an image as large as the measure has it, its caption and its credit.

use docx_rs::{
    AlignmentType, DrawingPosition, LineSpacing, Paragraph, Pic, PicAlign, RelativeFromHType,
    RelativeFromVType, Run,
};

use super::body::Body;
use super::sheet::paragraph as styles;
use super::styles::twips;
use crate::compose::{Figure, Kind, TextId};
use crate::measure::{Side, lines, picture};
use crate::piece::Direction;
use crate::theme::Pt;

/// English metric units in a point (ISO/IEC 29500-1, 20.1.10.16).
const EMU: f32 = 12_700.0;

impl<'a> Body<'a> {
    /// A figure.
    pub(super) fn figure(&mut self, figure: &'a Figure) {
        let shown = self.image(figure.image);
        let frame = self.options.frame();
        let image = &self.composition[figure.image];
        let size = picture(figure, image, frame);
        let (width, height) = size.size(frame.measure);
        let stands = |paragraph: Paragraph| match size.side() {
            Side::Start => paragraph,
            Side::Centre => paragraph.align(AlignmentType::Center),
            Side::End => paragraph.align(AlignmentType::Right),
        };
        // `docx-rs` makes images of equal bytes one, and keeps what it is given. The true bytes go into the package as they
        // are; here the mark stands for them, so that every figure keeps its own.
        let mark = self.ledger.figure(shown, &figure.alt);
        let mut pic = Pic::new_with_dimensions(mark.clone().into_bytes(), 1, 1);
        pic.id = mark;
        let pic = pic.size(units(width), units(height));
        let alone = figure.caption.is_none() && figure.credit.is_none();
        let style = if alone {
            styles::PICTURE
        } else {
            styles::FIGURE
        };
        let image = self.empty(style).add_run(Run::new().add_image(pic));
        self.push(stands(image));
        if let Some(caption) = figure.caption {
            let style = match figure.credit {
                Some(_) => styles::CAPTION,
                None => styles::FIGURE_CAPTION,
            };
            let caption = self.paragraph(style, caption);
            self.push(stands(caption));
        }
        if let Some(credit) = figure.credit {
            let credit = self.paragraph(styles::CREDIT, credit);
            self.push(stands(credit));
        }
    }
}

impl<'a> Body<'a> {
    /// A portrait, which floats where the text starts; gives how far the biography beside it stands in, and its height.
    pub(super) fn portrait(&mut self, figure: &'a Figure) -> (Pt, Pt) {
        let shown = self.image(figure.image);
        let frame = self.options.frame();
        let image = &self.composition[figure.image];
        let (width, height) = picture(figure, image, frame).size(frame.measure);
        let between = self.sheet.spaces.float;
        let mark = self.ledger.figure(shown, &figure.alt);
        let mut pic = Pic::new_with_dimensions(mark.clone().into_bytes(), 1, 1);
        pic.id = mark;
        let side = match self.composition.record.direction {
            Direction::LeftToRight => PicAlign::Left,
            Direction::RightToLeft => PicAlign::Right,
        };
        let pic = pic
            .size(units(width), units(height))
            .floating()
            .position_h(DrawingPosition::Align(side))
            .relative_from_h(RelativeFromHType::Column)
            .relative_from_v(RelativeFromVType::Paragraph);
        let paragraph = self
            .empty(styles::PORTRAIT)
            .add_run(Run::new().add_image(pic));
        self.push(paragraph);
        (width + between, height)
    }

    /// A biography, all of it clear of the portrait beside it, below which the text goes on: no break that leads there is known to
    /// every program, so a space does it where the words are few.
    pub(super) fn beside_portrait(&mut self, text: TextId, (inset, height): (Pt, Pt)) {
        let options = self.options;
        let measure = options.frame().measure - inset;
        let lines = lines(self.composition, &options.theme, text, measure);
        let row = self.row(Kind::EndMatter);
        let filled = row.before + row.leading * lines as f32;
        let left = Pt((height - filled).0.max(0.0)) + self.sheet.spaces.float;
        let after = LineSpacing::new().after(twips(left).unsigned_abs());
        let paragraph = self
            .paragraph(styles::END_MATTER, text)
            .indent(Some(twips(inset)), None, None, None)
            .line_spacing(after);
        self.push(paragraph);
    }
}

/// A length in English metric units, at least one.
fn units(length: Pt) -> u32 {
    ((length.0 * EMU).round() as u32).max(1)
}
