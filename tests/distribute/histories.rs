//! Random histories of an archive against a model: after each run every address that was ever published answers with the piece, its
//! successor or its notice, nothing that nobody may see yet stands anywhere, and the run ends as it should.
//!
//! `HISTORIES` says how many are lived through; `just conform-full` asks for two thousand.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::archive::{Archive, Files, follow_links};
use crate::life::unpacked;

/// Numbers by chance, the same for each seed (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}

/// What holds a piece back.
#[derive(Clone, Copy, PartialEq)]
enum Hold {
    None,
    Draft,
    Embargo,
    Broken,
    Removed,
    Withdrawn,
}

/// A piece as its source has it.
struct Piece {
    /// What it is known by through all its addresses: a word that stands in nothing else.
    word: String,
    series: String,
    slug: String,
    aliases: Vec<String>,
    version: usize,
    corrections: usize,
    hold: Hold,
}

impl Piece {
    fn text(&self) -> String {
        let mut text = String::new();
        let Self {
            word,
            series,
            slug,
            version,
            ..
        } = self;
        writeln!(text, "series: {series}\ntitle: Title {word}{version}\ndate: 2025-11-04\nlanguage: en-GB\nslug: {slug}").unwrap();
        match self.hold {
            Hold::Draft => text += "status: draft\n",
            Hold::Embargo => text += "embargo: 2030-01-01T00:00Z\n",
            Hold::Withdrawn => {
                text += "status: withdrawn\nwithdrawn: {date: 2025-12-01, reason: A reason.}\n"
            }
            Hold::Broken => text += "nonsense: [\n",
            Hold::None | Hold::Removed => {}
        }
        if !self.aliases.is_empty() {
            writeln!(text, "aliases: [{}]", self.aliases.join(", ")).unwrap();
        }
        if self.corrections > 0 {
            text += "corrections:\n";
            for nth in 0..self.corrections {
                writeln!(text, "  - {{date: 2025-11-1{nth}, text: Correction.}}").unwrap();
            }
        }
        writeln!(
            text,
            "contributors:\n  - {{name: Name {word}n, statement: [\"Words {word}{version}.\"]}}"
        )
        .unwrap();
        text
    }
}

/// The state of an address that was published once.
#[derive(Clone, Debug, PartialEq)]
enum Address {
    /// The piece of this number with this version of its words.
    Piece(usize, usize),
    /// It leads to where the piece stands now.
    Moved(usize),
    Withdrawn,
    Gone,
}

struct History {
    archive: Archive,
    pieces: Vec<Piece>,
    /// What each address that was ever published answers with.
    addresses: BTreeMap<String, Address>,
    /// Where each piece stands.
    places: BTreeMap<usize, String>,
    /// The versions of each piece that were published, so that what they say is no secret.
    told: BTreeSet<(usize, usize)>,
    exported: BTreeMap<usize, String>,
}

const NOW: &str = "--now 2026-01-01T00:00Z";

impl History {
    fn new() -> Self {
        let archive = Archive::new(&["first"]);
        archive.distribute(NOW).expect(0);
        Self {
            archive,
            pieces: Vec::new(),
            addresses: BTreeMap::new(),
            places: BTreeMap::new(),
            told: BTreeSet::new(),
            exported: BTreeMap::new(),
        }
    }

    fn path(number: usize) -> String {
        format!("source/piece-{number}.yaml")
    }

    fn write(&self, number: usize) {
        let piece = &self.pieces[number];
        if piece.hold == Hold::Removed {
            if self.archive.place.has(Self::path(number)) {
                self.archive.remove(&Self::path(number));
            }
        } else {
            self.archive.place.write(Self::path(number), piece.text());
        }
    }

    /// Something happens to a piece; gives what, for messages.
    fn step(&mut self, random: &mut Random) -> String {
        if self.pieces.is_empty() || (self.pieces.len() < 4 && random.below(4) == 0) {
            let number = self.pieces.len();
            let holds = [Hold::None, Hold::None, Hold::Draft, Hold::Embargo];
            self.pieces.push(Piece {
                word: format!("quux{number}x"),
                series: "Flash Point".to_owned(),
                slug: format!("piece-{number}"),
                aliases: Vec::new(),
                version: 1,
                corrections: 0,
                hold: holds[random.below(holds.len())],
            });
            self.write(number);
            return format!("piece {number} is written");
        }
        let number = random.below(self.pieces.len());
        let piece = &mut self.pieces[number];
        let what = match random.below(9) {
            0 => {
                piece.version += 1;
                "its words change"
            }
            1 => {
                piece
                    .aliases
                    .push(format!("{}/{}", piece.series, piece.slug));
                piece.slug = format!("piece-{number}-{}", piece.aliases.len());
                "it moves"
            }
            2 => {
                piece
                    .aliases
                    .push(format!("{}/{}", piece.series, piece.slug));
                piece.slug = format!("piece-{number}-{}", piece.aliases.len());
                piece.series = format!("Series {}", piece.aliases.len());
                "its series changes"
            }
            3 => {
                piece.corrections = (piece.corrections + 1).min(5);
                "it is corrected"
            }
            4 => {
                piece.hold = Hold::Broken;
                "it breaks"
            }
            5 => {
                piece.hold = Hold::Removed;
                "it is removed"
            }
            6 => {
                piece.hold = [Hold::Draft, Hold::Embargo][random.below(2)];
                "it is held back"
            }
            7 => {
                piece.hold = Hold::Withdrawn;
                "it is withdrawn"
            }
            _ => {
                piece.hold = Hold::None;
                "it is free"
            }
        };
        self.write(number);
        format!("piece {number}: {what}")
    }

    /// What the run that follows makes of all that happened; gives how it ends.
    fn expect(&mut self, exported: bool, prune: bool, only: Option<usize>) -> i32 {
        let mut code = 0;
        // A broken source that was never published may be any piece that is missing.
        let may_be_any = self.pieces.iter().enumerate().any(|(number, piece)| {
            piece.hold == Hold::Broken && !self.places.contains_key(&number)
        });
        for (number, piece) in self.pieces.iter().enumerate() {
            let is_made = !matches!(piece.hold, Hold::Broken | Hold::Removed | Hold::Draft);
            // What holds a piece back prints nothing, and an older export of the same words will do.
            let printed = Piece {
                hold: Hold::None,
                word: piece.word.clone(),
                series: piece.series.clone(),
                slug: piece.slug.clone(),
                aliases: piece.aliases.clone(),
                ..*piece
            }
            .text();
            if exported && is_made {
                self.exported.insert(number, printed.clone());
            }
            if only.is_some_and(|only| only != number) {
                continue;
            }
            let place = self.places.get(&number).cloned();
            let is_withdrawn = place
                .as_ref()
                .is_some_and(|place| self.addresses[place] == Address::Withdrawn);
            match piece.hold {
                Hold::Removed => {
                    if let Some(place) = place.filter(|_| only.is_none() && !may_be_any) {
                        if prune {
                            self.places.remove(&number);
                            for (slug, address) in &mut self.addresses {
                                if *slug == place || *address == Address::Moved(number) {
                                    *address = Address::Gone;
                                }
                            }
                        } else if !is_withdrawn {
                            code = 1;
                        }
                    }
                }
                Hold::Broken => code = 1,
                Hold::Draft | Hold::Embargo => code = code.max(i32::from(place.is_some())),
                Hold::Withdrawn => {
                    if let Some(place) = place {
                        self.addresses.insert(place, Address::Withdrawn);
                    }
                }
                Hold::None => {
                    if self.exported.get(&number) != Some(&printed) {
                        code = 1;
                        continue;
                    }
                    for alias in &piece.aliases {
                        let old = alias.rsplit('/').next().unwrap().to_owned();
                        self.addresses.insert(old, Address::Moved(number));
                    }
                    self.addresses
                        .insert(piece.slug.clone(), Address::Piece(number, piece.version));
                    self.places.insert(number, piece.slug.clone());
                    self.told.insert((number, piece.version));
                }
            }
        }
        code
    }

    fn hold(&self, site: &Files) {
        for (slug, address) in &self.addresses {
            let page = site.get(&format!("pieces/{slug}.html"));
            let page = page
                .unwrap_or_else(|| panic!("nothing answers at {slug}, where {address:?} is due"));
            let page = String::from_utf8_lossy(page);
            let said = match address {
                Address::Piece(number, version) => {
                    format!("Words {}{version}.", self.pieces[*number].word)
                }
                Address::Moved(number) => format!("url={}.html", self.places[number]),
                Address::Withdrawn => "was withdrawn on 1 December 2025".to_owned(),
                Address::Gone => "no longer published".to_owned(),
            };
            assert!(page.contains(&said), "{slug} does not say {said}: {page}");
        }
        let all: String = site
            .iter()
            .map(|(path, bytes)| format!("{path}\n{}", unpacked(path, bytes)))
            .collect();
        for (number, piece) in self.pieces.iter().enumerate() {
            if !self.told.iter().any(|(told, _)| *told == number) {
                assert!(!all.contains(&piece.word), "piece {number} is told of");
            }
            for version in 1..=piece.version {
                let words = format!("Words {}{version}.", piece.word);
                assert!(
                    self.told.contains(&(number, version)) || !all.contains(&words),
                    "{words}"
                );
            }
        }
        follow_links(site);
    }
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "how many histories are lived through is asked of whoever runs the tests"
)]
fn every_address_answers_and_nothing_leaks_through_random_histories() {
    let count = std::env::var("HISTORIES")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(2);
    for seed in 0..count {
        let mut random = Random(seed);
        let mut history = History::new();
        let mut lived = String::new();
        for _ in 0..8 {
            for _ in 0..1 + random.below(2) {
                lived += &format!("\n  {}", history.step(&mut random));
            }
            let exported = random.below(4) > 0;
            if exported {
                let _ = history.archive.place.run("export source -q -f pdf,epub");
            }
            let prune = random.below(3) == 0;
            let present: Vec<usize> = (0..history.pieces.len())
                .filter(|number| history.pieces[*number].hold != Hold::Removed)
                .collect();
            let only = match random.below(5) {
                0 if !present.is_empty() => Some(present[random.below(present.len())]),
                _ => None,
            };
            lived += &format!("\n  a run: exported {exported}, prune {prune}, only {only:?}");
            let code = history.expect(exported, prune, only);
            let sources = only.map_or("source".to_owned(), History::path);
            let more = if prune { "--prune" } else { "" };
            let line = format!("distribute {sources} --site site.yaml --to public {NOW} {more}");
            let ran = history.archive.run(&line);
            assert_eq!(ran.code, Some(code), "seed {seed}:{lived}\n{}", ran.stderr);
            let site = history.archive.site();
            let held =
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| history.hold(&site)));
            assert!(held.is_ok(), "seed {seed}:{lived}");
        }
    }
}
