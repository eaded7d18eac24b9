//! Sense: where the lines of a title part what is read together, and where they keep it; on pages and on covers.

/// What a language says of the words at a line's end and at the next line's start.
struct Table {
    language: &'static str,
    /// Words that begin a new thought: a line rather ends before them.
    before: &'static [&'static str],
    /// Words that lean on what follows: a line rather does not end with them.
    after: &'static [&'static str],
}

const TABLES: &[Table] = &[
    Table {
        language: "en",
        before: &[
            "and", "or", "but", "who", "which", "that", "when", "where", "while", "because", "if",
            "as", "than", "for", "from", "with", "without", "against", "after", "before",
            "between", "in", "on", "at", "to", "of", "by",
        ],
        after: &[
            "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and",
            "or", "but", "is", "are", "was", "will", "their", "its", "his", "her", "our", "your",
            "my", "no", "not", "as", "how", "why", "who", "than",
        ],
    },
    Table {
        language: "de",
        before: &[
            "und", "oder", "aber", "der", "die", "das", "wenn", "weil", "dass", "als", "für",
            "von", "mit", "ohne", "gegen", "nach", "vor", "zwischen", "in", "im", "auf", "an",
            "bei", "zu", "zur", "zum",
        ],
        after: &[
            "der", "die", "das", "dem", "den", "des", "ein", "eine", "einen", "einer", "und",
            "oder", "in", "im", "auf", "an", "am", "bei", "zu", "zur", "zum", "von", "vom", "mit",
            "für", "ist", "nicht", "kein", "keine",
        ],
    },
    Table {
        language: "fr",
        before: &[
            "et", "ou", "mais", "qui", "que", "dont", "où", "quand", "pour", "par", "avec", "sans",
            "contre", "après", "avant", "entre", "dans", "sur", "à", "de", "du", "des",
        ],
        after: &[
            "le", "la", "les", "un", "une", "des", "du", "de", "au", "aux", "à", "et", "ou", "en",
            "dans", "sur", "par", "pour", "ne", "ce", "cette", "son", "sa", "ses", "leur", "leurs",
        ],
    },
    Table {
        language: "es",
        before: &[
            "y", "e", "o", "pero", "que", "quien", "donde", "cuando", "para", "por", "con", "sin",
            "contra", "entre", "en", "de", "del", "a",
        ],
        after: &[
            "el", "la", "los", "las", "un", "una", "de", "del", "al", "a", "y", "o", "en", "con",
            "por", "para", "no", "su", "sus",
        ],
    },
    Table {
        language: "it",
        before: &[
            "e", "o", "ma", "che", "chi", "dove", "quando", "per", "con", "senza", "contro", "tra",
            "fra", "in", "di", "del", "della", "a",
        ],
        after: &[
            "il", "lo", "la", "i", "gli", "le", "un", "una", "di", "del", "della", "a", "al", "e",
            "o", "in", "con", "per", "non", "suo", "sua",
        ],
    },
    Table {
        language: "pt",
        before: &[
            "e", "ou", "mas", "que", "quem", "onde", "quando", "para", "por", "com", "sem",
            "contra", "entre", "em", "de", "do", "da", "a",
        ],
        after: &[
            "o", "a", "os", "as", "um", "uma", "de", "do", "da", "ao", "à", "e", "ou", "em", "no",
            "na", "com", "por", "para", "não", "seu", "sua",
        ],
    },
    Table {
        language: "nl",
        before: &[
            "en", "of", "maar", "die", "dat", "als", "omdat", "voor", "van", "met", "zonder",
            "tegen", "tussen", "in", "op", "aan", "bij", "te",
        ],
        after: &[
            "de", "het", "een", "van", "te", "in", "op", "aan", "bij", "en", "of", "met", "voor",
            "zijn", "haar", "hun", "niet", "geen",
        ],
    },
    Table {
        language: "ru",
        before: &[
            "и",
            "или",
            "но",
            "а",
            "что",
            "кто",
            "который",
            "когда",
            "где",
            "если",
            "для",
            "от",
            "с",
            "без",
            "против",
            "между",
            "в",
            "на",
            "к",
            "по",
        ],
        after: &[
            "в", "на", "к", "с", "по", "для", "от", "из", "и", "или", "но", "а", "не", "о", "об",
        ],
    },
    Table {
        language: "pl",
        before: &[
            "i", "oraz", "lub", "ale", "że", "który", "gdy", "gdzie", "jeśli", "dla", "od", "z",
            "bez", "przeciw", "między", "w", "na", "do", "po",
        ],
        after: &[
            "w", "na", "do", "z", "ze", "po", "dla", "od", "i", "lub", "ale", "nie", "o", "u",
        ],
    },
];

/// Marks after which a thought ends, and after which it goes on, in every script.
const STOPS: &str = ":?!.;—–…؟۔؛：？！；。।॥։።፤፦፧៖។၊။";
const COMMAS: &str = ",،、，՝፣";

/// What speaks against a line's end: below nought what speaks for it. A line twice as long as its neighbour costs about a fifth.
const AFTER_STOP: f64 = -0.6;
const AFTER_COMMA: f64 = -0.15;
const BEFORE: f64 = -0.1;
pub(super) const LEANING: f64 = 0.3;

/// Texts of more lines than these are parted by length alone.
const LINES: usize = 6;
/// The same of texts with more places where a line may end: a flood of characters without a width has them.
const PLACES: usize = 400;
/// What lines of another length than the mean cost, by the square of the difference in measures.
const UNEVEN: f64 = 2.5;
/// What a last line of less than a fifth of the measure costs.
const SHORT: f64 = 0.4;

/// The best of all ways to set a text in so many lines: what speaks against it, and the places where the lines end, the last of all
/// among them. `cost` is what speaks
/// against a line's end at a place, none where no line may end without need, and `width` what stands between two places. None where
/// there is no such way, or where length alone decides.
pub(crate) fn parted(
    last: usize,
    count: usize,
    measure: f64,
    width: impl Fn(usize, usize) -> f64,
    cost: impl Fn(usize) -> Option<f64>,
) -> Option<(f64, Vec<usize>)> {
    if !(2..=LINES).contains(&count) || last > PLACES {
        return None;
    }
    let mean = width(0, last) / count as f64;
    // The least cost of so many lines to each place, and the place before it.
    let mut reached: Vec<Vec<Option<(f64, usize)>>> = vec![vec![None; last + 1]; count + 1];
    reached[0][0] = Some((0.0, 0));
    for to in 1..=last {
        let Some(here) = cost(to) else { continue };
        for from in (0..to).rev() {
            let wide = width(from, to);
            if wide > measure {
                break;
            }
            let line = here + uneven(wide / measure, mean / measure, to == last);
            for lines in 1..=count {
                let Some((before, _)) = reached[lines - 1][from] else {
                    continue;
                };
                let cost = before + line;
                if reached[lines][to].is_none_or(|(best, _)| cost < best) {
                    reached[lines][to] = Some((cost, from));
                }
            }
        }
    }
    let mut ends = Vec::with_capacity(count);
    let mut at = last;
    for lines in (1..=count).rev() {
        ends.push(at);
        (_, at) = reached[lines][at]?;
    }
    ends.reverse();
    let (cost, _) = reached[count][last]?;
    Some((cost, ends))
}

/// What speaks against a line of this width, in measures, beside lines of the mean width.
pub(super) fn uneven(wide: f64, mean: f64, is_last: bool) -> f64 {
    let short = if is_last && wide < 0.2 { SHORT } else { 0.0 };
    short + UNEVEN * (wide - mean) * (wide - mean)
}

/// What speaks against a line that ends between what stands before and after.
pub(crate) fn cost(before: &str, after: &str, language: &str) -> f64 {
    let before = before.trim_end();
    let closing = |c: char| matches!(c, '”' | '’' | '"' | '»' | ')' | ']');
    match before.trim_end_matches(closing).chars().next_back() {
        Some(last) if STOPS.contains(last) => return AFTER_STOP,
        Some(last) if COMMAS.contains(last) => return AFTER_COMMA,
        _ => {}
    }
    let Some(table) = TABLES.iter().find(|table| table.language == language) else {
        return 0.0;
    };
    let last = before.rsplit(' ').next().unwrap_or(before).to_lowercase();
    let next = after.split(' ').next().unwrap_or(after).to_lowercase();
    if table.after.contains(&last.as_str()) {
        LEANING
    } else if table.before.contains(&next.as_str()) {
        BEFORE
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_behind_the_stops_of_every_script() {
        for before in ["ព្រំដែនប្រាសាទ៖", "የአባይ ወንዝ፦", "सीमा।", "سرحد؛", "閃點："]
        {
            assert!(cost(before, "x", "xx") < BEFORE, "{before}");
        }
        assert!(cost("word", "x", "xx") > AFTER_COMMA);
    }
}
