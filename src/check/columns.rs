//! What a table says of its columns.

use super::Report;
use crate::diagnostic::{Code, Diagnostic, FieldPath, nearest};
use crate::piece::{Column, ColumnAlign, ColumnStyle, Table};

/// The least and the greatest width of a column, in percent.
const WIDTHS: std::ops::RangeInclusive<u8> = 2..=98;

/// Reads what is said of the columns of a table that has so many.
pub(super) fn check(
    table: &Table,
    count: usize,
    at: &FieldPath,
    report: &mut Report<'_>,
) -> Vec<ColumnStyle> {
    let Some(columns) = &table.columns else {
        return Vec::new();
    };
    if columns.len() != count {
        let message = format!("`columns` has {}, and the table has {count}", columns.len());
        let hint = "one entry for each column; one about which there is nothing to say is `{}`";
        refuse(message, hint, at, report);
        return Vec::new();
    }
    let columns = columns.iter().enumerate();
    let read: Vec<ColumnStyle> = columns
        .map(|(index, column)| style(column, &at.index(index), report))
        .collect();
    let given: u32 = read.iter().filter_map(|own| own.width).map(u32::from).sum();
    let open = read.iter().filter(|own| own.width.is_none()).count() as u32;
    let least = open * u32::from(*WIDTHS.start());
    if given + least > 100 || (open == 0 && given < 100) {
        let message = format!("the widths of the columns are {given}% together");
        let hint = match open {
            0 => "100% together where every column has one",
            _ => "less than 100% together, so that the other columns have room",
        };
        refuse(message, hint, at, report);
    }
    read
}

fn style(column: &Column, at: &FieldPath, report: &mut Report<'_>) -> ColumnStyle {
    let align = column.align.as_deref().and_then(|written| {
        let align = ColumnAlign::named(written);
        if align.is_none() {
            let names = ColumnAlign::NAMED.map(|(name, _)| name);
            let hint = match nearest(written, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it is one of {}", names.join(", ")),
            };
            let message = format!("`{written}` is not how the words of a column can stand");
            refuse(message, hint, &at.key("align"), report);
        }
        align
    });
    let width = column.width.as_deref().and_then(|written| {
        let percent = written.strip_suffix('%').and_then(|it| it.parse().ok());
        let percent = percent.filter(|percent| WIDTHS.contains(percent));
        if percent.is_none() {
            let message = format!("`{written}` is not a width of a column");
            let hint = "a part of the table's width, from 2% to 98%, for example 25%";
            refuse(message, hint, &at.key("width"), report);
        }
        percent
    });
    ColumnStyle { align, width }
}

fn refuse(message: String, hint: impl Into<String>, at: &FieldPath, report: &mut Report<'_>) {
    let problem = Diagnostic::error(Code::TableColumns, message).hint(hint);
    report.say(at, problem);
}
