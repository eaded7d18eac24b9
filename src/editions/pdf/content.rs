//! The marked contents of the pages. Where content belongs is for `roles`, how lines are shown for `text`.

use std::collections::BTreeMap;

use printpdf::{CurTransMat, Op, PaintMode, Pt as Points, Rect, XObjectId, XObjectTransform};

use super::canvas::{Canvas, ContentMark};
use super::finish::rounded;
use super::fonts::Fonts;
use super::images;
use super::links::Areas;
use super::places::{Destination, Places};
use super::tree::Tree;
use crate::compose::{BlockId, Composition, ImageId};
use crate::editions::EditionError;
use crate::theme::{PdfStandard, Pt};
use crate::typeset::{Artifact, ArtifactKind, Layout, Owner, Page, Placed};

/// What the pages are written from, and what is learnt on the way.
pub(super) struct Writer<'a> {
    pub(super) composition: &'a Composition,
    pub(super) layout: &'a Layout,
    /// Which image a figure shows.
    pub(super) images: BTreeMap<BlockId, ImageId>,
    pub(super) tree: Tree<'a>,
    pub(super) fonts: Fonts<'a>,
    pub(super) areas: Areas,
    pub(super) places: Places,
    pub(super) standard: PdfStandard,
    /// The height of the page that is written.
    pub(super) height: Pt,
    /// Whether a letter was shown as a box.
    pub(super) boxed: bool,
}

impl Writer<'_> {
    /// The operations of a page.
    pub(super) fn page(&mut self, index: usize, page: &Page) -> Result<Vec<Op>, EditionError> {
        let mut canvas = Canvas::new(index, self.standard);
        self.height = page.height;
        let is_ground = |artifact: &&Artifact| artifact.kind == ArtifactKind::Ground;
        for artifact in page.artifacts.iter().filter(is_ground) {
            self.placed(&mut canvas, &artifact.placed, Some(artifact.kind))?;
        }
        for placed in &page.content {
            self.placed(&mut canvas, placed, None)?;
        }
        for artifact in page.artifacts.iter().filter(|one| !is_ground(one)) {
            self.placed(&mut canvas, &artifact.placed, Some(artifact.kind))?;
        }
        canvas.close();
        Ok(canvas.ops)
    }

    fn placed(
        &mut self,
        canvas: &mut Canvas,
        placed: &Placed,
        artifact: Option<ArtifactKind>,
    ) -> Result<(), EditionError> {
        match *placed {
            Placed::Line(ref line) => {
                if let (Owner::Text(text), None) = (line.owner, artifact) {
                    let sizes = line.runs.iter().map(|run| run.size.0);
                    let top = self.up(line.baseline - Pt(sizes.fold(0.0, f32::max)));
                    let page = canvas.page;
                    self.places.text(text, Destination { page, top });
                }
                self.line(canvas, line, artifact)?;
            }
            // One that a theme leaves out; a viewer would draw a hairline.
            Placed::Rule { width, height, .. } if width <= Pt(0.0) || height <= Pt(0.0) => {}
            Placed::Rule {
                x,
                y,
                width,
                height,
                colour,
            } => {
                let artifact = artifact.unwrap_or(ArtifactKind::Decoration);
                canvas.enter(&mut self.tree, ContentMark::Artifact(artifact));
                canvas.end_text();
                canvas.colour(colour);
                let points = |length: f32| Points(rounded(length));
                canvas.ops.push(Op::DrawRectangle {
                    rectangle: Rect {
                        x: points(x.0),
                        y: points(self.up(y + height)),
                        width: points(width.0),
                        height: points(height.0),
                        mode: Some(PaintMode::Fill),
                        winding_order: None,
                    },
                });
            }
            Placed::Image {
                block,
                x,
                y,
                width,
                height,
            } => {
                let bounds = [x.0, self.up(y + height), (x + width).0, self.up(y)];
                self.image(canvas, block, bounds, artifact);
            }
        }
        Ok(())
    }

    /// Shows a figure's image in a box of left, bottom, right and top.
    fn image(
        &mut self,
        canvas: &mut Canvas,
        block: BlockId,
        bounds: [f32; 4],
        artifact: Option<ArtifactKind>,
    ) {
        let Some(image) = self.images.get(&block) else {
            return;
        };
        let [left, bottom, right, top] = bounds;
        let slot = self.tree.find_figure(block).filter(|_| artifact.is_none());
        if let Some(slot) = slot {
            self.tree.element_mut(slot.element).bounds = Some(bounds);
            let page = canvas.page;
            self.places.figure(block, Destination { page, top });
        }
        let artifact = ContentMark::Artifact(artifact.unwrap_or(ArtifactKind::Decoration));
        canvas.enter(&mut self.tree, slot.map_or(artifact, ContentMark::Tagged));
        canvas.end_text();
        let matrix = [right - left, 0.0, 0.0, top - bottom, left, bottom];
        canvas.ops.extend([
            Op::SaveGraphicsState,
            Op::SetTransformationMatrix {
                matrix: CurTransMat::Raw(matrix.map(rounded)),
            },
            Op::UseXobject {
                id: XObjectId(images::resource(*image)),
                transform: XObjectTransform {
                    no_auto_scale: true,
                    ..XObjectTransform::default()
                },
            },
            Op::RestoreGraphicsState,
        ]);
    }

    /// A height from the page's lower edge.
    pub(super) fn up(&self, y: Pt) -> f32 {
        (self.height - y).0
    }
}
