//! Lines that are broken where the first that fits ends, for titles and for what nothing else fits.

use super::lexicon::Joint;
use super::tokens::Break;

/// The fewest lines, each as full as it can be; with a hyphen put in only where nothing else fits.
pub(super) fn first_fit(breaks: &[Break], measure: f64) -> Vec<u32> {
    let mut out = Vec::new();
    let mut from = 0;
    let last = breaks.len() - 1;
    while from < last {
        let (mut whole, mut any) = (None, None);
        for next in from + 1..=last {
            let end = &breaks[next];
            if end.end - breaks[from].next > measure {
                break;
            }
            any = Some(next);
            if end.kind.joint() == Joint::Bare {
                whole = Some(next);
            }
        }
        from = whole.or(any).unwrap_or(from + 1);
        out.push(from as u32);
    }
    out
}
