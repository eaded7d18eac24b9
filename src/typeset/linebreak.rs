//! Line breaking: the lines of a paragraph that are best as a whole (Knuth and Plass, 1981).
//!
//! Differences of prefix sums measure a line, lines that are too full or too loose leave the search at once, and no line holds many
//! breaks, so the cost is linear in the length of the paragraph.

use crate::shape::Spread;
use crate::theme::Pt;

use super::balance::balanced;
use super::first_fit::first_fit;
use super::tokens::{Break, BreakKind, Paragraph};

/// How lines are filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fill {
    /// To both margins.
    Justified,
    /// To the margin where lines start.
    Ragged,
    /// The same, all lines about as long.
    Balanced,
}

/// The width that a space gives or takes at most in a good line, in em.
pub(super) const STRETCH: f64 = 0.065;
pub(super) const SHRINK: f64 = 0.04;
/// How much a whole line may be scaled, as a fraction.
const SCALING: f64 = 0.02;

/// How much space is put after every letter or taken away there, in em.
const TRACKING: f64 = 0.01;

/// How much is put between ideographs. Readers of PDF take more than a tenth for a space.
const BETWEEN_SQUARES: f64 = 0.08;

/// How much is put on each side of a sign between words, or taken there: together as much as a space may give, and less than
/// readers of PDF take for a space.
const BESIDE_SIGN: f64 = 0.08;
const BESIDE_SIGN_LESS: f64 = 0.02;

/// What a line gives beside its spaces, or takes where it is too full: the share by which all of it is scaled, and the em that
/// are put behind each letter.
pub(super) fn give(spread: Spread, too_full: bool) -> (f64, f64) {
    match spread {
        Spread::Spaces => (0.0, 0.0),
        Spread::Letters => (SCALING, TRACKING),
        // Squares stay square.
        Spread::Squares if too_full => (0.0, TRACKING),
        Spread::Squares => (0.0, BETWEEN_SQUARES),
        Spread::Signs if too_full => (0.0, BESIDE_SIGN_LESS),
        Spread::Signs => (0.0, BESIDE_SIGN),
    }
}

/// Lines looser than this many times [`STRETCH`] are tried only when there is no other way.
const LOOSEST: f64 = 1.9;
/// The same where the paragraph shall have another length.
const LOOSEST_WISHED: f64 = 2.0;

/// What speaks against a line's end, in the scale of a line's badness.
const HYPHEN: f64 = 120.0;
const POOR_HYPHEN: f64 = 190.0;
/// Between the two: readers lose an author's hyphen here, but a compound is better parted there than elsewhere.
const OWN_HYPHEN: f64 = 200.0;
const DASH: f64 = 60.0;
const BARE: f64 = 40.0;
const MARK: f64 = 150.0;
const EMERGENCY: f64 = 3_000.0;
/// Demerits of a pair of lines.
const TWO_HYPHENS: f64 = 40_000.0;
const THREE_HYPHENS: f64 = 1.0e9;
const UNEVEN: f64 = 6_000.0;
const LAST_HYPHEN: f64 = 20_000.0;
const SHORT_LAST: f64 = 20_000.0;

/// As many nodes are kept before those that no line can come from any more are dropped.
const NODES: usize = 1 << 16;

#[derive(Debug, Clone, Copy)]
struct Node {
    at: u32,
    previous: u32,
    line: u32,
    hyphens: u8,
    fitness: u8,
    demerits: f64,
}

impl Node {
    /// Whether whatever lines follow, one that ends at the same place is dearer: it has as many hyphens below each other at least, and
    /// costs more by more than a neighbour of another fitness does.
    fn is_ahead_of(&self, other: &Self) -> bool {
        self.hyphens <= other.hyphens && self.demerits + UNEVEN < other.demerits
    }
}

/// The breaks that end the lines, as indices into the paragraph's breaks. `looseness` asks for that many lines more or
/// fewer than the best; it is met as nearly as can be. The language, its primary subtag, decides what is parted by sense.
pub(super) fn lines(
    paragraph: &Paragraph,
    fill: Fill,
    measure: Pt,
    indent: Pt,
    looseness: i32,
    language: &str,
) -> Vec<u32> {
    // The search goes on in plain numbers, as the sums of the breaks are.
    let (measure, indent) = (f64::from(measure.0), f64::from(indent.0));
    let breaks = &paragraph.breaks;
    match fill {
        Fill::Balanced => balanced(paragraph, measure, language),
        Fill::Justified | Fill::Ragged => {
            let search = Search {
                breaks,
                measure,
                indent,
                spread: paragraph.spread,
                justified: fill == Fill::Justified,
            };
            let loosest = if looseness == 0 {
                LOOSEST
            } else {
                LOOSEST_WISHED
            };
            let strict = search.run(loosest, looseness);
            strict
                .or_else(|| search.run(f64::INFINITY, 0))
                .unwrap_or_else(|| first_fit(breaks, measure))
        }
    }
}

struct Search<'a> {
    breaks: &'a [Break],
    measure: f64,
    indent: f64,
    spread: Spread,
    justified: bool,
}

impl Search<'_> {
    /// The stretch of a line: below -1 too full, 0 just right, 1 as loose as is good. None for the last line's free end.
    fn ratio(&self, from: &Break, to: &Break, first: bool, last: bool) -> f64 {
        let hang = if self.justified {
            f64::from((from.hang_start + to.hang_end).0)
        } else {
            0.0
        };
        let indent = if first { self.indent } else { 0.0 };
        let natural = to.end - from.next + indent - hang;
        let short = self.measure - natural;
        if !self.justified {
            return if short >= -0.001 {
                // A last line may be as short as it comes.
                if last {
                    0.0
                } else {
                    3.0 * short / self.measure
                }
            } else {
                -2.0
            };
        }
        let spaces = (to.spaces_end - from.spaces_next).max(0.0);
        let letters = (to.letters_end - from.letters_next).max(0.0);
        let (scaling, tracking) = give(self.spread, short < 0.0);
        let give = natural * scaling + letters * tracking;
        if short >= 0.0 {
            if last {
                0.0
            } else {
                short / (spaces * STRETCH + give).max(0.01)
            }
        } else {
            short / (spaces * SHRINK + give).max(0.01)
        }
    }

    fn run(&self, tolerance: f64, looseness: i32) -> Option<Vec<u32>> {
        let last = self.breaks.len() - 1;
        let mut nodes = vec![Node {
            at: 0,
            previous: 0,
            line: 0,
            hyphens: 0,
            fitness: 1,
            demerits: 0.0,
        }];
        let mut active: Vec<u32> = vec![0];
        let mut first = 0;
        let mut best: Vec<Node> = Vec::new();
        let mut enough = NODES;
        for index in 1..=last {
            let to = &self.breaks[index];
            best.clear();
            let mut stuck = None;
            let mut clear = first;
            for position in first..active.len() {
                let node = nodes[active[position] as usize];
                let ratio = self.ratio(
                    &self.breaks[node.at as usize],
                    to,
                    node.at == 0,
                    index == last,
                );
                if ratio < -1.0 {
                    if position == clear {
                        clear += 1;
                        stuck = Some(active[position]);
                    }
                    continue;
                }
                if ratio > tolerance {
                    // Every later line would be looser still, but for nodes of one place.
                    if self.justified { break } else { continue }
                }
                self.offer(
                    &nodes,
                    active[position],
                    index,
                    ratio,
                    tolerance,
                    looseness != 0,
                    &mut best,
                );
            }
            first = clear;
            if best.is_empty() && first == active.len() {
                // Nothing fits between the last place and this one. Only a measure narrower than a letter comes here.
                if tolerance.is_finite() {
                    return None;
                }
                let previous = stuck?;
                let node = nodes[previous as usize];
                best.push(Node {
                    at: index as u32,
                    previous,
                    line: node.line + 1,
                    hyphens: 0,
                    fitness: 1,
                    demerits: node.demerits + 1.0e12,
                });
            }
            for node in &best {
                if looseness == 0 && best.iter().any(|other| other.is_ahead_of(node)) {
                    continue;
                }
                active.push(nodes.len() as u32);
                nodes.push(*node);
            }
            if nodes.len() > enough {
                active.drain(..first);
                first = 0;
                forget(&mut nodes, &mut active);
                enough = nodes.len() + NODES;
            }
        }
        let ends = best.iter().copied();
        let shortest = ends
            .clone()
            .min_by(|a, b| a.demerits.total_cmp(&b.demerits))?;
        let wanted = i64::from(shortest.line) + i64::from(looseness);
        let chosen = ends.min_by(|a, b| {
            let off = |node: &Node| (i64::from(node.line) - wanted).abs();
            off(a).cmp(&off(b)).then(a.demerits.total_cmp(&b.demerits))
        })?;
        Some(trace(&nodes, chosen))
    }

    #[expect(clippy::too_many_arguments, reason = "the inner loop, kept flat")]
    fn offer(
        &self,
        nodes: &[Node],
        previous: u32,
        index: usize,
        ratio: f64,
        tolerance: f64,
        by_line: bool,
        best: &mut Vec<Node>,
    ) {
        let node = nodes[previous as usize];
        let from = &self.breaks[node.at as usize];
        let to = &self.breaks[index];
        let last = index == self.breaks.len() - 1;
        let size = ratio.abs();
        let badness = if size <= 4.0 {
            100.0 * size * size * size
        } else {
            6_400.0 + (size - 4.0).min(1_000.0) * 4_800.0
        };
        let penalty = match to.kind {
            BreakKind::Edge | BreakKind::Space => 0.0,
            BreakKind::Hyphen => HYPHEN,
            BreakKind::PoorHyphen => POOR_HYPHEN,
            BreakKind::OwnHyphen => OWN_HYPHEN,
            BreakKind::Dash => DASH,
            BreakKind::Bare => BARE,
            BreakKind::Mark => MARK,
            BreakKind::Emergency => EMERGENCY,
        };
        let line = 10.0 + badness + penalty;
        let mut demerits = node.demerits + line * line;
        let hyphens = if to.kind.hyphenated() {
            (node.hyphens + 1).min(3)
        } else {
            0
        };
        if hyphens >= 3 {
            if tolerance.is_finite() {
                return;
            }
            demerits += THREE_HYPHENS;
        } else if hyphens == 2 {
            demerits += TWO_HYPHENS;
        }
        let fitness = if ratio < -0.5 {
            0
        } else if ratio <= 0.5 {
            1
        } else if ratio <= 1.0 {
            2
        } else {
            3
        };
        if self.justified && node.line > 0 && node.fitness.abs_diff(fitness) > 1 {
            demerits += UNEVEN;
        }
        if last && node.line > 0 {
            if from.kind.hyphenated() {
                demerits += LAST_HYPHEN;
            }
            if to.end - from.next < 0.15 * self.measure {
                demerits += SHORT_LAST;
            }
        }
        let new = Node {
            at: index as u32,
            previous,
            line: node.line + 1,
            hyphens,
            fitness,
            demerits,
        };
        let rival = best.iter_mut().find(|other| {
            other.hyphens == hyphens
                && other.fitness == fitness
                && (!by_line || other.line == new.line)
        });
        match rival {
            Some(rival) if rival.demerits <= demerits => {}
            Some(rival) => *rival = new,
            None => best.push(new),
        }
    }
}

/// Drops the nodes from which no active one comes.
fn forget(nodes: &mut Vec<Node>, active: &mut [u32]) {
    let mut kept = vec![false; nodes.len()];
    for index in active.iter() {
        let mut index = *index as usize;
        while !std::mem::replace(&mut kept[index], true) {
            index = nodes[index].previous as usize;
        }
    }
    // A node stands behind the one that it comes from, so its new index is known in time.
    let mut moved = vec![0u32; nodes.len()];
    let mut next = 0;
    for index in 0..nodes.len() {
        if kept[index] {
            moved[index] = next as u32;
            let mut node = nodes[index];
            node.previous = moved[node.previous as usize];
            nodes[next] = node;
            next += 1;
        }
    }
    nodes.truncate(next);
    for index in active {
        *index = moved[*index as usize];
    }
}

fn trace(nodes: &[Node], end: Node) -> Vec<u32> {
    let mut out = Vec::with_capacity(end.line as usize);
    let mut node = end;
    while node.at != 0 {
        out.push(node.at);
        node = nodes[node.previous as usize];
    }
    out.reverse();
    out
}
