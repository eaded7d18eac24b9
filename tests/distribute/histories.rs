//! Random histories of an archive against a model: after each run every address that was ever published answers with the piece, its
//! successor or its notice, nothing that nobody may see yet stands anywhere, and the run ends as it should.
//!
//! `HISTORIES` says how many are lived through, or which, as `100..200`; `just conform-full` asks for two thousand.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::archive::{Archive, Files, follow_links};
use crate::embargo::unpacked;

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
    /// Until so many hours after the first of all runs.
    Embargo(usize),
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
    /// The slug that the piece says it is a translation of.
    translation_of: Option<String>,
    hold: Hold,
}

impl Piece {
    /// What stands in a version of the piece and in nothing else.
    fn marker(&self, version: usize) -> String {
        format!("{}v{version}e", self.word)
    }

    fn text(&self) -> String {
        let hold = match self.hold {
            Hold::Draft => "status: draft\n".to_owned(),
            Hold::Embargo(hours) => format!("embargo: {}\n", instant(hours, hours % 23)),
            Hold::Withdrawn => {
                "status: withdrawn\nwithdrawn: {date: 2025-12-01, reason: A reason.}\n".to_owned()
            }
            Hold::Broken => "nonsense: [\n".to_owned(),
            Hold::None | Hold::Removed => String::new(),
        };
        let mut life = hold;
        if let Some(slug) = &self.translation_of {
            writeln!(life, "translation_of: {slug}").unwrap();
        }
        self.printed() + &life
    }

    /// What of the source editions show: an older export of the same will do.
    fn printed(&self) -> String {
        let mut text = String::new();
        let Self { series, slug, .. } = self;
        let marker = self.marker(self.version);
        let language = ["en-GB", "en-AU"][slug.len() % 2];
        writeln!(
            text,
            "series: {series}\ntitle: Title {marker}\ndate: 2025-11-04\nlanguage: {language}\nslug: {slug}"
        )
        .unwrap();
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
            "contributors:\n  - {{name: Name {marker}, statement: [\"Words {marker}.\"]}}"
        )
        .unwrap();
        text
    }

    /// Where the piece has been, and is.
    fn slugs(&self) -> impl Iterator<Item = &str> {
        let aliases = self
            .aliases
            .iter()
            .filter_map(|alias| alias.rsplit('/').next());
        aliases.chain([self.slug.as_str()])
    }

    /// The piece gets another address.
    fn move_on(&mut self) {
        self.aliases.push(format!("{}/{}", self.series, self.slug));
        self.slug = format!("{}-{}a", self.word, self.aliases.len());
    }
}

/// So many hours after the first of all runs, as somebody so many hours east of Greenwich writes it.
fn instant(hours: usize, east: usize) -> String {
    let (hours, east) = (hours + east % 13, east % 13);
    format!(
        "2026-01-{:02}T{:02}:00+{east:02}:00",
        1 + hours / 24,
        hours % 24
    )
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
    /// So many hours passed since the first of all runs.
    now: usize,
    /// The pieces that the last run put, where it ran over all of them.
    put: BTreeSet<usize>,
}

impl History {
    fn new() -> Self {
        let archive = Archive::new(&["first"]);
        archive.place.write(
            "site.yaml",
            "base_url: https://example.org/pieces\ntitle: Pieces & more\nformats: [pdf, epub]\n",
        );
        archive.distribute("--now 2026-01-01T00:00Z").expect(0);
        Self {
            archive,
            pieces: Vec::new(),
            addresses: BTreeMap::new(),
            places: BTreeMap::new(),
            told: BTreeSet::new(),
            exported: BTreeMap::new(),
            now: 0,
            put: BTreeSet::new(),
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
            let embargo = Hold::Embargo(self.now + random.below(60));
            let holds = [Hold::None, Hold::None, Hold::Draft, embargo, embargo];
            let word = format!("quux{number}x");
            self.pieces.push(Piece {
                series: "Flash Point".to_owned(),
                slug: format!("{word}-0a"),
                word,
                aliases: Vec::new(),
                version: 1,
                corrections: 0,
                translation_of: None,
                hold: holds[random.below(holds.len())],
            });
            self.write(number);
            return format!("piece {number} is written");
        }
        let number = random.below(self.pieces.len());
        let others = self.pieces.iter().enumerate();
        let others = others.filter(|(other, _)| *other != number);
        let others: Vec<String> = others
            .flat_map(|(_, piece)| piece.slugs().map(str::to_owned))
            .collect();
        let piece = &mut self.pieces[number];
        let what = match random.below(10) {
            0 => {
                piece.version += 1;
                "its words change"
            }
            1 => {
                piece.move_on();
                "it moves"
            }
            2 => {
                piece.move_on();
                piece.series = format!("Series {}-{}s", piece.word, piece.aliases.len());
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
                piece.hold =
                    [Hold::Draft, Hold::Embargo(self.now + random.below(60))][random.below(2)];
                "it is held back"
            }
            7 => {
                piece.hold = Hold::Withdrawn;
                "it is withdrawn"
            }
            8 => {
                let known = others.get(random.below(others.len() + 1));
                piece.translation_of = Some(known.cloned().unwrap_or("nobody".to_owned()));
                "it is a translation"
            }
            _ => {
                piece.hold = Hold::None;
                "it is free"
            }
        };
        self.write(number);
        let Piece {
            slug,
            translation_of,
            ..
        } = &self.pieces[number];
        format!("piece {number}: {what} ({slug}, of {translation_of:?})")
    }

    /// What the run that follows makes of all that happened; gives how it ends.
    fn expect(&mut self, exported: bool, prune: bool, only: Option<usize>) -> i32 {
        let mut code = 0;
        self.put.clear();
        // A broken source that was never published may be any piece that is missing.
        let may_be_any = self.pieces.iter().enumerate().any(|(number, piece)| {
            piece.hold == Hold::Broken && !self.places.contains_key(&number)
        });
        for (number, piece) in self.pieces.iter().enumerate() {
            let is_made = !matches!(piece.hold, Hold::Broken | Hold::Removed | Hold::Draft);
            let printed = piece.printed();
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
                Hold::Draft => code = code.max(i32::from(place.is_some())),
                Hold::Embargo(hours) if self.now < hours => {
                    code = code.max(i32::from(place.is_some()));
                }
                Hold::Withdrawn => {
                    if let Some(place) = place {
                        self.addresses.insert(place, Address::Withdrawn);
                    }
                }
                Hold::None | Hold::Embargo(_) => {
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
                    self.put.insert(number);
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
                    format!("Words {}.", self.pieces[*number].marker(*version))
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
                let marker = piece.marker(version);
                assert!(
                    self.told.contains(&(number, version)) || !all.contains(&marker),
                    "{marker} is told"
                );
            }
            for slug in piece.slugs() {
                // An address that never was one: it moved on while nothing of it was put.
                let was_told = self.addresses.contains_key(slug);
                assert!(was_told || !all.contains(slug), "{slug} is told");
            }
            self.hold_translation(site, number);
        }
        follow_links(site);
    }

    /// Pieces that the last run put lead to what they are translations of, and that leads to them.
    fn hold_translation(&self, site: &Files, number: usize) {
        let page = |number: usize| {
            let slug = &self.places[&number];
            let page = String::from_utf8_lossy(&site[&format!("pieces/{slug}.html")]);
            (
                format!("href=\"../pieces/{slug}.html\" hreflang="),
                page.into_owned(),
            )
        };
        let of = self.pieces[number].translation_of.as_ref();
        let Some(of) = of.filter(|_| self.put.contains(&number)) else {
            return;
        };
        let mut others = self.put.iter();
        let Some(other) = others.find(|other| self.pieces[**other].slugs().any(|slug| slug == of))
        else {
            return;
        };
        let ((link, page), (back, original)) = (page(number), page(*other));
        assert!(
            page.contains(&back),
            "piece {number} does not lead to piece {other}"
        );
        assert!(
            original.contains(&link),
            "piece {other} does not lead to piece {number}"
        );
    }
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "how many histories are lived through is asked of whoever runs the tests"
)]
fn every_address_answers_and_nothing_leaks_through_random_histories() {
    let asked = std::env::var("HISTORIES").unwrap_or_default();
    let (from, to) = asked.split_once("..").unwrap_or(("0", &asked));
    for seed in from.parse().unwrap_or(0)..to.parse().unwrap_or(3) {
        let mut random = Random(seed);
        let mut history = History::new();
        let mut lived = String::new();
        for _ in 0..8 {
            for _ in 0..1 + random.below(2) {
                lived += &format!("\n  {}", history.step(&mut random));
            }
            history.now += random.below(24);
            let now = format!("--now {}", instant(history.now, random.below(13)));
            let exported = random.below(4) > 0;
            let prune = random.below(3) == 0;
            let present: Vec<usize> = (0..history.pieces.len())
                .filter(|number| history.pieces[*number].hold != Hold::Removed)
                .collect();
            let only = match random.below(5) {
                0 if !present.is_empty() => Some(present[random.below(present.len())]),
                _ => None,
            };
            let at_once = exported && only.is_none() && random.below(3) == 0;
            lived += &format!(
                "\n  a run: {now}, exported {exported}, prune {prune}, only {only:?}, at once {at_once}"
            );
            if exported && !at_once {
                let _ = history.archive.place.run("export source -q -f pdf,epub");
            }
            let code = history.expect(exported, prune, only);
            let sources = only.map_or("source".to_owned(), History::path);
            let more = if prune { "--prune" } else { "" };
            let what = if at_once { "publish" } else { "distribute" };
            let line = format!("{what} {sources} --site site.yaml --to public {now} {more}");
            let ran = history.archive.run(&line);
            assert_eq!(ran.code, Some(code), "seed {seed}:{lived}\n{}", ran.stderr);
            let site = history.archive.site();
            let held =
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| history.hold(&site)));
            assert!(held.is_ok(), "seed {seed}:{lived}\n{}", ran.stderr);
        }
    }
}
