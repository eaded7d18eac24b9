//! A generator of realistic archives, for tests and benches: the same seed gives the same files.
//!
//! Shared by `#[path]`; each user takes what it needs.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "shared by tests and benches that each use a part"
)]

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What the pieces of an archive are like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// As an archive grows over years: 150 to 6,000 words, one to twelve contributors, every block, six languages,
    /// notes, links, and an image in every eighth piece.
    Varied,
    /// Each of the length and build of the piece in `source/`: three contributors, eleven paragraphs, 1,650 words.
    LikeTheReal,
    /// Each a title, a name and a sentence.
    Tiny,
}

/// An archive to be.
#[derive(Debug, Clone, Copy)]
pub struct Archive {
    /// How many pieces.
    pub pieces: usize,
    /// What they are like.
    pub kind: Kind,
    /// Another seed gives other pieces.
    pub seed: u64,
}

impl Archive {
    /// Writes the archive into a folder, which is made.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        if self.kind == Kind::Varied {
            fs::write(folder.join("map.png"), image(self.seed))?;
        }
        (0..self.pieces)
            .try_for_each(|number| fs::write(self.path(folder, number), self.piece(number)))
    }

    /// Where a piece stands.
    pub fn path(&self, folder: &Path, number: usize) -> PathBuf {
        folder.join(format!("{}.yaml", self.slug(number)))
    }

    /// A piece's slug.
    pub fn slug(&self, number: usize) -> String {
        format!("piece-{number:05}")
    }

    /// A piece's source.
    pub fn piece(&self, number: usize) -> String {
        let mut random = Random::new(self.seed ^ (number as u64).wrapping_mul(0x9e37_79b9));
        let slug = self.slug(number);
        match self.kind {
            Kind::Varied => varied(&mut random, &slug),
            Kind::LikeTheReal => like_the_real(&mut random, &slug),
            Kind::Tiny => tiny(&mut random, &slug),
        }
    }
}

/// SplitMix64: small, fast and good enough for words.
pub struct Random(u64);

impl Random {
    /// A sequence for a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.bits() % limit as u64) as usize
    }

    /// One time in so many.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// A language with some of its words.
struct Tongue {
    tag: &'static str,
    words: &'static str,
}

const TONGUES: &[Tongue] = &[
    Tongue {
        tag: "en-GB",
        words: "the border negotiation remains a fragile instrument because neither government controls \
            militants operating beyond its territory while diplomats describe ceasefire monitoring as necessary \
            but insufficient and international guarantors rarely share intelligence with sufficient speed or \
            confidence for verification mechanisms to influence behaviour during escalation across mountainous \
            districts where communities depend upon trade refugees return under pressure and economic \
            interdependence cannot substitute political understanding between neighbouring administrations",
    },
    Tongue {
        tag: "en-US",
        words: "analysts argue that the center of regional policy has shifted toward bilateral arrangements \
            whose durability depends on domestic legitimacy rather than external guarantees although \
            enforcement capabilities vary considerably among participating organizations and observers",
    },
    Tongue {
        tag: "fr",
        words: "la négociation frontalière demeure un instrument fragile parce que les gouvernements ne contrôlent \
            pas toujours les combattants et que la médiation internationale exige une confiance réciproque \
            dont l’absence prolonge l’incertitude des populations déplacées malgré les engagements répétés",
    },
    Tongue {
        tag: "de",
        words: "die Verhandlungen über Grenzsicherung und Waffenstillstandsüberwachung bleiben schwierig weil \
            gegenseitiges Vertrauen fehlt und wirtschaftliche Abhängigkeiten politische Verständigung nicht \
            ersetzen können obwohl internationale Vermittler außergewöhnliche Anstrengungen unternehmen",
    },
    Tongue {
        tag: "es",
        words: "la negociación fronteriza sigue siendo un instrumento frágil porque ningún gobierno controla \
            plenamente a los combatientes y la mediación internacional requiere confianza recíproca además \
            de mecanismos de verificación capaces de influir durante la escalada según los observadores",
    },
    Tongue {
        tag: "pl",
        words: "negocjacje graniczne pozostają kruchym narzędziem ponieważ żaden rząd nie kontroluje w pełni \
            bojowników a międzynarodowe pośrednictwo wymaga wzajemnego zaufania oraz skutecznych mechanizmów \
            weryfikacji które mogłyby wpływać na zachowanie stron podczas eskalacji przygranicznej",
    },
];

const GIVEN: &[&str] = &[
    "Amina", "Łukasz", "María", "Fahd", "Zoë", "Mansoor", "Nguyễn", "Søren", "Ayşe", "Jean-Luc",
    "Olena", "D’Arcy",
];
const FAMILY: &[&str] = &[
    "Khan",
    "Humayun",
    "Çelik",
    "O’Neill",
    "Müller",
    "de la Cruz",
    "Nowak",
    "Ångström",
    "Okonkwo",
    "Dvořák",
    "Ahmad Khan",
    "St. John",
];
const HOUSES: &[&str] = &[
    "Institute of Strategic Studies",
    "Former Ambassador, Kabul",
    "Professor of History, University of Łódź",
    "Tufts University",
];

/// Writes a piece line by line; every value is a JSON string, which YAML reads as it is.
struct Page<'a> {
    yaml: String,
    random: &'a mut Random,
    words: Vec<&'static str>,
    notes: usize,
    /// Whether the statement under way has a heading.
    headed: bool,
}

impl<'a> Page<'a> {
    fn new(random: &'a mut Random, tongue: &'static Tongue) -> Self {
        Self {
            yaml: String::new(),
            random,
            words: tongue.words.split_whitespace().collect(),
            notes: 0,
            headed: false,
        }
    }

    fn line(&mut self, indent: usize, key: &str, value: &str) {
        let value = serde_json::to_string(value).expect("a string");
        let _ = writeln!(self.yaml, "{:indent$}{key}{value}", "");
    }

    fn raw(&mut self, indent: usize, text: &str) {
        let _ = writeln!(self.yaml, "{:indent$}{text}", "");
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<_> = (0..count).map(|_| self.random.pick(&self.words)).collect();
        words.join(" ")
    }

    /// A sentence of so many words, its first letter a capital.
    fn sentence(&mut self, count: usize, marked: bool) -> String {
        let mut words: Vec<String> = (0..count.max(1))
            .map(|_| self.random.pick(&self.words).to_owned())
            .collect();
        let mut first = words[0].chars();
        words[0] = first
            .next()
            .map_or_else(String::new, |c| c.to_uppercase().chain(first).collect());
        if marked && count > 4 {
            let at = 1 + self.random.below(count - 2);
            let word = words[at].clone();
            words[at] = match self.random.below(24) {
                0 => format!("*{word}*"),
                1 => format!("**{word}**"),
                2 => format!("[{word}](https://example.org/{})", self.random.below(1000)),
                3 => format!("{word}, in {}", 1900 + self.random.below(130)),
                4 => format!("“{word}”"),
                5 => {
                    self.notes += 1;
                    format!("{word}[^n{}]", self.notes)
                }
                _ => word,
            };
        }
        words.join(" ") + "."
    }

    fn paragraph(&mut self, words: usize, marked: bool) -> String {
        let mut left = words;
        let mut sentences = Vec::new();
        while left > 0 {
            let count = (8 + self.random.below(22)).min(left);
            sentences.push(self.sentence(count, marked));
            left -= count;
        }
        sentences.join(" ")
    }

    fn name(&mut self) -> String {
        format!("{} {}", self.random.pick(GIVEN), self.random.pick(FAMILY))
    }

    fn head(&mut self, slug: &str, language: &str) {
        self.line(0, "series: ", "Flash Point");
        let title = format!(
            "{}: {}",
            self.sentence(3, false).trim_end_matches('.'),
            self.words(5)
        );
        self.line(0, "title: ", &title);
        let (year, month, day) = (
            2015 + self.random.below(11),
            1 + self.random.below(12),
            1 + self.random.below(28),
        );
        self.raw(0, &format!("date: {year}-{month:02}-{day:02}"));
        self.line(0, "language: ", language);
        self.line(0, "slug: ", slug);
    }

    fn contributor(&mut self, number: usize) {
        self.headed = false;
        // The number keeps names apart, as in life.
        let name = format!("{} {}", self.name(), ROMAN[number % ROMAN.len()]);
        self.line(2, "- name: ", &name);
        let house = self.random.pick(HOUSES);
        self.line(4, "affiliation: ", house);
        self.raw(4, "statement:");
    }

    /// A block that is no plain paragraph.
    fn special(&mut self, has_image: bool) {
        match self.random.below(if has_image { 9 } else { 8 }) {
            0 | 1 => {
                // A subheading needs a heading above it, and both something below.
                let key = match std::mem::replace(&mut self.headed, true) {
                    true if self.random.one_in(2) => "- subheading: ",
                    _ => "- heading: ",
                };
                let (text, below) = (self.sentence(4, false), self.paragraph(30, true));
                self.line(6, key, text.trim_end_matches('.'));
                self.line(6, "- ", &below);
            }
            2 => {
                let (text, by) = (self.paragraph(30, false), self.name());
                self.raw(6, "- quote:");
                self.line(10, "text: ", &text);
                self.line(10, "by: ", &by);
            }
            3 => {
                let text = self.sentence(12, false);
                self.line(6, "- ", &text);
                self.line(6, "- pull: ", &text);
            }
            4 | 5 => {
                let key = if self.random.one_in(2) {
                    "list"
                } else {
                    "numbered"
                };
                self.raw(6, &format!("- {key}:"));
                for _ in 0..2 + self.random.below(4) {
                    let text = self.sentence(9, true);
                    self.line(10, "- ", &text);
                }
            }
            6 => self.table(),
            7 => self.raw(6, "- break:"),
            _ => {
                let (alt, caption) = (self.sentence(8, false), self.sentence(6, false));
                self.raw(6, "- figure:");
                self.raw(10, "image: map.png");
                self.line(10, "alt: ", &alt);
                self.line(10, "caption: ", &caption);
            }
        }
    }

    fn table(&mut self) {
        let columns = 2 + self.random.below(3);
        let row = |page: &mut Self| {
            let cells: Vec<_> = (0..columns).map(|_| page.words(2)).collect();
            serde_json::to_string(&cells).expect("strings")
        };
        self.raw(6, "- table:");
        let header = row(self);
        self.raw(10, &format!("header: [{header}]"));
        self.raw(10, "rows:");
        for _ in 0..2 + self.random.below(5) {
            let cells = row(self);
            self.raw(12, &format!("- {cells}"));
        }
    }

    fn end(mut self) -> String {
        if self.notes > 0 {
            self.raw(0, "notes:");
            for note in 1..=self.notes {
                let text = self.sentence(14, false);
                self.line(2, &format!("n{note}: "), &text);
            }
        }
        self.yaml
    }
}

const ROMAN: &[&str] = &[
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
];

fn varied(random: &mut Random, slug: &str) -> String {
    let tongue = &TONGUES[random.below(TONGUES.len())];
    // Many are short and few are long: 150 to 6,000 words, evenly on a scale of powers.
    let scale = random.below(1000) as f64 / 1000.0;
    let words = (150.0 * 40.0_f64.powf(scale)) as usize;
    let contributors = 1 + random.below(1 + (words / 150).min(12));
    let has_image = random.one_in(8);
    let mut page = Page::new(random, tongue);
    page.head(slug, tongue.tag);
    page.raw(0, "contributors:");
    for number in 0..contributors.min(12) {
        page.contributor(number);
        let mut left = words / contributors + 1;
        while left > 0 {
            let count = (25 + page.random.below(180)).min(left);
            let text = page.paragraph(count, true);
            page.line(6, "- ", &text);
            left -= count;
            if page.random.one_in(5) {
                page.special(has_image);
            }
        }
    }
    page.end()
}

fn like_the_real(random: &mut Random, slug: &str) -> String {
    let mut page = Page::new(random, &TONGUES[0]);
    page.head(slug, TONGUES[0].tag);
    page.raw(0, "contributors:");
    for (number, paragraphs) in [1, 7, 3].into_iter().enumerate() {
        page.contributor(number);
        for _ in 0..paragraphs {
            let text = page.paragraph(150, false);
            page.line(6, "- ", &text);
        }
    }
    page.end()
}

fn tiny(random: &mut Random, slug: &str) -> String {
    let mut page = Page::new(random, &TONGUES[0]);
    page.head(slug, TONGUES[0].tag);
    page.raw(0, "contributors:");
    page.contributor(0);
    let text = page.sentence(6, false);
    page.line(6, "- ", &text);
    page.end()
}

/// A small PNG with something in it.
fn image(seed: u64) -> Vec<u8> {
    let (width, height) = (320_u32, 200_u32);
    let mut random = Random::new(seed);
    let pixels: Vec<u8> = (0..width * height)
        .flat_map(|at| {
            let (x, y) = (at % width, at / width);
            [
                (x / 2) as u8,
                (y & 0xff) as u8,
                (random.bits() & 0x1f) as u8,
            ]
        })
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a header in memory");
    writer.write_image_data(&pixels).expect("pixels in memory");
    drop(writer);
    bytes
}
