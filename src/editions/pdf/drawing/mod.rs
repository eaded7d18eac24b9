//! Drawings as vectors: an SVG drawing as a form that pages show as they show an image (ISO 32000-1, 8.10).
//!
//! What PDF has no vectors for (masks, effects, patterns, blended layers, transparency inside a gradient) is told by giving
//! nothing: the drawing is then shown as pixels.

mod gradients;
mod paint;
mod pen;
#[cfg(test)]
mod tests;
mod values;

use std::fmt::Write;

use printpdf::{DictItem, ExternalStream};
use usvg::{BlendMode, ClipPath, FillRule, Group, Image, ImageKind, Node, PaintOrder, Path};

use super::name;
use crate::drawing::{Drawing, only_path};
use crate::piece::ImageFormat;
use pen::{Pen, Pixels};
use values::dictionary;

/// The form of a drawing that is shown in a square of one point; none where it cannot be drawn as vectors.
pub(super) fn form(drawing: &Drawing, pixels: Pixels<'_>) -> Option<ExternalStream> {
    let size = drawing.tree().size();
    let (width, height) = (size.width(), size.height());
    let mut pen = Pen::new(pixels);
    pen.group(drawing.tree().root())?;
    // A drawing's heights are counted from above.
    let matrix = [1.0 / width, 0.0, 0.0, -1.0 / height, 0.0, 1.0];
    pen.form([0.0, 0.0, width, height], matrix)
}

impl Pen<'_> {
    fn group(&mut self, group: &Group) -> Option<()> {
        let plain = group.filters().is_empty()
            && group.mask().is_none()
            && group.blend_mode() == BlendMode::Normal;
        if !plain {
            return None;
        }
        self.operators.push_str("q\n");
        self.transform(group.transform());
        if let Some(clip) = group.clip_path() {
            self.clip(clip)?;
        }
        let opacity = group.opacity().get();
        if opacity < 1.0 {
            let mut inner = Self::new(self.pixels);
            inner.children(group)?;
            let bounds = group.layer_bounding_box();
            let bounds = [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()];
            let mut form = inner.form(bounds, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0])?;
            let group = dictionary([
                ("Type", name("Group")),
                ("S", name("Transparency")),
                ("CS", name("DeviceRGB")),
                ("I", DictItem::Bool(true)),
            ]);
            form.dict.insert("Group".to_owned(), group);
            self.opacity(opacity);
            let _ = writeln!(self.operators, "/X{} Do", self.forms.len());
            self.forms.push(form);
        } else {
            self.children(group)?;
        }
        self.operators.push_str("Q\n");
        Some(())
    }

    fn children(&mut self, group: &Group) -> Option<()> {
        for node in group.children() {
            match node {
                Node::Group(group) => self.group(group)?,
                Node::Path(path) => self.path(path)?,
                Node::Image(image) => self.image(image)?,
                Node::Text(_) => return None,
            }
        }
        Some(())
    }

    /// An image fills a square of one unit, from below (ISO 32000-1, 8.9.5).
    fn image(&mut self, image: &Image) -> Option<()> {
        if !image.is_visible() {
            return Some(());
        }
        let (bytes, format) = match image.kind() {
            ImageKind::JPEG(bytes) => (bytes, ImageFormat::Jpeg),
            ImageKind::PNG(bytes) => (bytes, ImageFormat::Png),
            ImageKind::GIF(_) | ImageKind::WEBP(_) | ImageKind::SVG(_) => return None,
        };
        let object = (self.pixels)(bytes, format)?;
        let (width, height) = (image.size().width(), image.size().height());
        self.operators.push_str("q\n");
        self.numbers(&[width, 0.0, 0.0, -height, 0.0, height], "cm");
        let _ = writeln!(self.operators, "/X{} Do\nQ", self.forms.len());
        self.forms.push(object);
        self.has_images = true;
        Some(())
    }

    fn path(&mut self, path: &Path) -> Option<()> {
        if !path.is_visible() {
            return Some(());
        }
        let fill = |pen: &mut Self| match path.fill() {
            Some(fill) => pen.fill(path.data(), fill),
            None => Some(()),
        };
        let stroke = |pen: &mut Self| match path.stroke() {
            Some(stroke) => pen.stroke(path.data(), stroke),
            None => Some(()),
        };
        match path.paint_order() {
            PaintOrder::FillAndStroke => fill(self).and_then(|()| stroke(self)),
            PaintOrder::StrokeAndFill => stroke(self).and_then(|()| fill(self)),
        }
    }

    /// Draws only inside of a path. Of several the union would be needed, which PDF has no operator for.
    fn clip(&mut self, clip: &ClipPath) -> Option<()> {
        if let Some(outer) = clip.clip_path() {
            self.clip(outer)?;
        }
        match only_path(clip.root(), clip.transform())? {
            Some((path, transform)) => {
                let outline = path.data().clone().transform(transform)?;
                self.outline(&outline);
                let even = path
                    .fill()
                    .is_some_and(|fill| fill.rule() == FillRule::EvenOdd);
                self.operators
                    .push_str(if even { "W* n\n" } else { "W n\n" });
            }
            // What is clipped by nothing is not seen.
            None => self.operators.push_str("0 0 0 0 re\nW n\n"),
        }
        Some(())
    }
}
