//! What the attributes of structure elements say, under each standard.

use lopdf::{Dictionary, Object, dictionary};

use super::finish::{numbers, rounded};
use super::role::Role;
use super::tree::Element;
use crate::compose::{Bullet, Labels, Shift};
use crate::piece::Direction;
use crate::theme::PdfStandard;

/// The attributes of an element (ISO 32000-1, 14.8.5; ISO 32000-2, 14.8.5).
pub(super) fn attributes(element: &Element<'_>, standard: PdfStandard) -> Option<Dictionary> {
    let list = |numbering| dictionary! { "O" => "List", "ListNumbering" => numbering };
    let scope = |scope| dictionary! { "O" => "Table", "Scope" => scope };
    Some(match element.role {
        Role::List(Labels::Bullets(Bullet::Disc)) => list("Disc"),
        Role::List(Labels::Bullets(Bullet::Circle)) => list("Circle"),
        Role::List(Labels::Bullets(Bullet::Square)) => list("Square"),
        Role::List(Labels::Numbers) => list("Decimal"),
        Role::ColumnHead => scope("Column"),
        Role::RowHead => scope("Row"),
        Role::Figure => {
            let mut layout = dictionary! { "O" => "Layout", "Placement" => "Block" };
            if let Some(bounds) = element.bounds {
                layout.set("BBox", numbers(&bounds));
            }
            layout
        }
        Role::Note if standard == PdfStandard::Ua2 => {
            dictionary! { "O" => "FENote", "NoteType" => "Footnote" }
        }
        _ => return shift(element, standard),
    })
}

/// How an element is laid out: which way its lines and columns run, how far it is raised or lowered (ISO 32000-1, Tables 344 and 345),
/// and that it is so (ISO 32000-2, Table 380).
fn shift(element: &Element<'_>, standard: PdfStandard) -> Option<Dictionary> {
    let (shift, distance) = element.shift;
    let position = match shift {
        Shift::None => None,
        Shift::Superscript | Shift::Mark => Some("Sup"),
        Shift::Subscript => Some("Sub"),
    };
    let mut layout = dictionary! { "O" => "Layout" };
    if let Some(direction) = element.writing {
        layout.set(
            "WritingMode",
            match direction {
                Direction::LeftToRight => "LrTb",
                Direction::RightToLeft => "RlTb",
            },
        );
    }
    if let Some(distance) = distance {
        layout.set("BaselineShift", Object::Real(rounded(distance)));
    }
    if let (PdfStandard::Ua2, Some(position)) = (standard, position) {
        layout.set("TextPosition", position);
    }
    // Without either it would say nothing.
    (layout.len() > 1).then_some(layout)
}
