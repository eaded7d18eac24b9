//! What is told at the end of an export.

use super::console::Console;
use super::figures::{count, grouped, size, time};
use crate::batch::BatchSummary;
use crate::diagnostic::Severity;

pub(super) fn report(console: &Console, summary: &BatchSummary) {
    console.summary(&summary_line(summary));
    if summary.left > 0 {
        console.note(
            Severity::Warning,
            format!(
                "interrupted: {} of {} left; run the same command again to go on",
                grouped(summary.left),
                count(summary.pieces, "piece")
            ),
        );
    }
}

/// `1 piece, 3 files, 118 KB in 0.04 s`, and what is not as one would wish.
pub(super) fn summary_line(summary: &BatchSummary) -> String {
    let mut line = count(summary.pieces, "piece");
    let others = [
        (summary.unchanged, "unchanged"),
        (summary.failed, "failed"),
        (summary.left, "left"),
    ];
    let others: Vec<_> = others
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{} {word}", grouped(*number)))
        .collect();
    if !others.is_empty() {
        line += &format!(" ({})", others.join(", "));
    }
    line += &format!(
        ", {}, {}",
        count(summary.files, "file"),
        size(summary.bytes)
    );
    if summary.removed > 0 {
        line += &format!(", {} removed", grouped(summary.removed));
    }
    if summary.warnings > 0 {
        line += &format!(", {}", count(summary.warnings, "warning"));
    }
    if summary.errors > 0 {
        line += &format!(", {}", count(summary.errors, "error"));
    }
    line + &format!(" in {}", time(summary.time))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_summary_line_tells_what_a_reader_asks() {
        let mut summary = BatchSummary {
            pieces: 1,
            built: 1,
            files: 3,
            bytes: 118_000,
            time: Duration::from_millis(42),
            ..BatchSummary::default()
        };
        assert_eq!(summary_line(&summary), "1 piece, 3 files, 118 KB in 0.04 s");
        summary.pieces = 10_000;
        summary.unchanged = 9_997;
        summary.failed = 2;
        summary.errors = 2;
        assert_eq!(
            summary_line(&summary),
            "10,000 pieces (9,997 unchanged, 2 failed), 3 files, 118 KB, 2 errors in 0.04 s"
        );
    }
}
