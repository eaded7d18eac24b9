//! How outlines are filled and drawn.

use std::fmt::Write;

use usvg::tiny_skia_path::Path as Outline;
use usvg::{BaseGradient, Fill, FillRule, Paint, Stroke};

use super::gradients::shading;
use super::pen::Pen;
use super::values::number;
use crate::drawing::{cap_and_join, covered};

impl Pen<'_> {
    pub(super) fn fill(&mut self, outline: &Outline, fill: &Fill) -> Option<()> {
        self.area(outline, fill.paint(), fill.opacity().get(), fill.rule())
    }

    /// Paints what an outline encloses.
    pub(super) fn area(
        &mut self,
        outline: &Outline,
        paint: &Paint,
        opacity: f32,
        rule: FillRule,
    ) -> Option<()> {
        self.operators.push_str("q\n");
        self.opacity(opacity);
        let star = match rule {
            FillRule::NonZero => "",
            FillRule::EvenOdd => "*",
        };
        if let Paint::Color(colour) = paint {
            self.colour(*colour, "rg");
            self.outline(outline);
            let _ = writeln!(self.operators, "f{star}");
        } else {
            let (gradient, points) = match paint {
                Paint::LinearGradient(one) => (
                    one as &BaseGradient,
                    vec![one.x1(), one.y1(), one.x2(), one.y2()],
                ),
                Paint::RadialGradient(one) => {
                    let (from, to) = ([one.fx(), one.fy()], [one.cx(), one.cy()]);
                    let [r0, r1] = [one.fr().get(), one.r().get()];
                    (
                        one as &BaseGradient,
                        vec![from[0], from[1], r0, to[0], to[1], r1],
                    )
                }
                Paint::Pattern(_) | Paint::Color(_) => return None,
            };
            let shading = shading(gradient, &points)?;
            self.outline(outline);
            let _ = writeln!(self.operators, "W{star} n");
            self.transform(gradient.transform());
            let _ = writeln!(self.operators, "/S{} sh", self.shadings.len());
            self.shadings.push(shading);
        }
        self.operators.push_str("Q\n");
        Some(())
    }

    pub(super) fn stroke(&mut self, outline: &Outline, stroke: &Stroke) -> Option<()> {
        let Paint::Color(colour) = stroke.paint() else {
            // The line as the area that it covers.
            let area = covered(outline, stroke)?;
            let opacity = stroke.opacity().get();
            return self.area(&area, stroke.paint(), opacity, FillRule::NonZero);
        };
        self.operators.push_str("q\n");
        self.opacity(stroke.opacity().get());
        self.colour(*colour, "RG");
        let [cap, join] = cap_and_join(stroke);
        self.numbers(&[stroke.width().get()], "w");
        let _ = writeln!(self.operators, "{cap} J {join} j");
        self.numbers(&[stroke.miterlimit().get()], "M");
        if let Some(dashes) = stroke.dasharray() {
            let dashes: Vec<_> = dashes.iter().map(|dash| number(*dash)).collect();
            let offset = number(stroke.dashoffset());
            let _ = writeln!(self.operators, "[{}] {offset} d", dashes.join(" "));
        }
        self.outline(outline);
        self.operators.push_str("S\nQ\n");
        Some(())
    }
}
