//! Substitutions of a face: which glyphs may stand in the places of others (OpenType 1.9, GSUB).
//!
//! Only what follows from what is asked: in which context a substitution is made is for those who shape.

use std::collections::BTreeMap;

/// The texts that a glyph may stand for.
pub(super) type Texts = BTreeMap<u16, Vec<String>>;

/// A glyph stands for at most so many texts; those beyond are not remembered. A small capital of Greek stands for its letter with
/// every accent and breathing.
pub(super) const MOST: usize = 64;
/// A face has at most so many lookups and subtables of each.
const MOST_TABLES: u16 = 4096;
/// Substitutions follow on each other at most so often.
const ROUNDS: usize = 4;

/// Adds to what glyphs stand for by themselves what they stand for in the places of others.
pub(super) fn follow(table: &[u8], texts: &mut Texts) {
    let mut substitutions = Table(table).substitutions().unwrap_or_default();
    for _ in 0..ROUNDS {
        let mut grown = false;
        for substitution in &mut substitutions {
            grown |= substitution.apply(texts);
        }
        if !grown {
            return;
        }
    }
}

/// Glyphs that come in the places of others.
#[derive(Debug)]
struct Substitution {
    from: Vec<u16>,
    to: Vec<u16>,
    /// How many texts its glyphs had when it was applied last: with the same it does nothing more, since texts only come.
    known: usize,
}

impl Substitution {
    fn new(from: Vec<u16>, to: Vec<u16>) -> Self {
        Self { from, to, known: 0 }
    }

    /// Tells whether anything became known.
    fn apply(&mut self, texts: &mut Texts) -> bool {
        let mut known = 0;
        for glyph in &self.from {
            let Some(own) = texts.get(glyph) else {
                return false;
            };
            known += own.len();
        }
        if known == self.known {
            return false;
        }
        self.known = known;
        let mut said = vec![String::new()];
        for own in self.from.iter().filter_map(|glyph| texts.get(glyph)) {
            said = said
                .iter()
                .flat_map(|before| own.iter().map(move |own| [before.as_str(), own].concat()))
                .take(MOST)
                .collect();
        }
        let mut grown = false;
        for (index, glyph) in self.to.iter().enumerate() {
            let known = texts.entry(*glyph).or_default();
            // Of several glyphs the first stands for the text, the others for nothing more.
            let own: &[String] = if index == 0 { &said } else { &[String::new()] };
            for text in own {
                if known.len() < MOST && !known.contains(text) {
                    known.push(text.clone());
                    grown = true;
                }
            }
        }
        grown
    }
}

/// A table, or a part of one, that may be cut short anywhere.
#[derive(Clone, Copy)]
struct Table<'a>(&'a [u8]);

impl<'a> Table<'a> {
    fn number(self, at: usize) -> Option<u16> {
        let pair = self.0.get(at..at + 2)?;
        Some(u16::from_be_bytes([pair[0], pair[1]]))
    }

    fn long(self, at: usize) -> Option<u32> {
        let four = self.0.get(at..at + 4)?;
        Some(u32::from_be_bytes([four[0], four[1], four[2], four[3]]))
    }

    fn below(self, offset: usize) -> Option<Self> {
        self.0.get(offset..).map(Self)
    }

    /// The numbers of a list that begins with its length.
    fn list(self, at: usize) -> Option<impl Iterator<Item = u16> + use<'a>> {
        let count = usize::from(self.number(at)?);
        Some((0..count).map_while(move |index| self.number(at + 2 + 2 * index)))
    }

    /// The parts of this one that a list of offsets leads to.
    fn parts(self, at: usize) -> Option<impl Iterator<Item = Self> + use<'a>> {
        let offsets = self.list(at)?.take(usize::from(MOST_TABLES));
        Some(offsets.filter_map(move |offset| self.below(usize::from(offset))))
    }

    fn substitutions(self) -> Option<Vec<Substitution>> {
        let lookups = self.below(usize::from(self.number(8)?))?;
        let mut found = Vec::new();
        for lookup in lookups.parts(0)? {
            let Some(kind) = lookup.number(0) else {
                continue;
            };
            for part in lookup.parts(4).into_iter().flatten() {
                // An extension leads to a part of another kind further away.
                let (kind, part) = match kind {
                    7 => match part.number(2).zip(part.long(4)) {
                        Some((kind, offset)) => match part.below(offset as usize) {
                            Some(part) => (kind, part),
                            None => continue,
                        },
                        None => continue,
                    },
                    kind => (kind, part),
                };
                // A part that is cut short gives what stood before the cut.
                let _ = part.read(kind, &mut found);
            }
        }
        Some(found)
    }

    fn read(self, kind: u16, found: &mut Vec<Substitution>) -> Option<()> {
        let format = self.number(0)?;
        let covered = self.below(usize::from(self.number(2)?))?.coverage()?;
        match (kind, format) {
            (1, 1) => {
                let delta = self.number(4)?;
                found.extend(
                    covered
                        .into_iter()
                        .map(|from| Substitution::new(vec![from], vec![from.wrapping_add(delta)])),
                );
            }
            (1, 2) => {
                found.extend(
                    covered
                        .into_iter()
                        .zip(self.list(4)?)
                        .map(|(from, to)| Substitution::new(vec![from], vec![to])),
                );
            }
            (2, 1) => {
                for (from, sequence) in covered.into_iter().zip(self.parts(4)?) {
                    found.push(Substitution::new(vec![from], sequence.list(0)?.collect()));
                }
            }
            (3, 1) => {
                for (from, alternatives) in covered.into_iter().zip(self.parts(4)?) {
                    found.extend(
                        alternatives
                            .list(0)?
                            .map(|to| Substitution::new(vec![from], vec![to])),
                    );
                }
            }
            (4, 1) => {
                for (first, set) in covered.into_iter().zip(self.parts(4)?) {
                    for ligature in set.parts(0)? {
                        let rest = usize::from(ligature.number(2)?).saturating_sub(1);
                        let rest = (0..rest).map_while(|at| ligature.number(4 + 2 * at));
                        found.push(Substitution::new(
                            std::iter::once(first).chain(rest).collect(),
                            vec![ligature.number(0)?],
                        ));
                    }
                }
            }
            (8, 1) => {
                let mut at = 4;
                for _ in 0..2 {
                    at += 2 + 2 * usize::from(self.number(at)?);
                }
                found.extend(
                    covered
                        .into_iter()
                        .zip(self.list(at)?)
                        .map(|(from, to)| Substitution::new(vec![from], vec![to])),
                );
            }
            _ => {}
        }
        Some(())
    }

    /// The glyphs of a coverage table.
    fn coverage(self) -> Option<Vec<u16>> {
        if self.number(0)? == 1 {
            return Some(self.list(2)?.collect());
        }
        let mut covered = Vec::new();
        for range in 0..usize::from(self.number(2)?) {
            let at = 4 + 6 * range;
            let (first, last) = (self.number(at)?, self.number(at + 2)?);
            covered.extend(first..=last);
            if covered.len() > usize::from(u16::MAX) {
                return None;
            }
        }
        Some(covered)
    }
}
