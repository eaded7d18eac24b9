//! Verdicts and counts of `verify`, as its report has them.

use serde_json::{Value, json};

use crate::verify::{Tally, Verdict};

pub(super) fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Equal => "equal",
        Verdict::Structure => "structure",
        Verdict::Text => "text",
    }
}

pub(super) fn compared(tally: Tally) -> Value {
    json!({
        "words": tally.words,
        "headings": tally.headings,
        "notes": tally.notes,
        "links": tally.links,
        "cells": tally.cells,
        "images": tally.images,
        "creators": tally.creators,
        "outlines": tally.outlines,
    })
}

pub(super) fn sum(a: Tally, b: Tally) -> Tally {
    Tally {
        words: a.words + b.words,
        headings: a.headings + b.headings,
        notes: a.notes + b.notes,
        links: a.links + b.links,
        cells: a.cells + b.cells,
        images: a.images + b.images,
        creators: a.creators + b.creators,
        outlines: a.outlines + b.outlines,
    }
}
