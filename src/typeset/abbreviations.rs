//! Tables by language: what is held together with the word after it.

/// What a language holds together.
#[derive(Debug)]
pub(super) struct Table {
    /// The primary language subtag.
    language: &'static str,
    /// Before any word: titles of persons and the like.
    pub(super) titles: &'static [&'static str],
    /// Before a figure.
    pub(super) references: &'static [&'static str],
    /// Abbreviations of two words, and how the second begins.
    pub(super) pairs: &'static [(&'static str, &'static str)],
    /// After a figure.
    pub(super) units: &'static [&'static str],
}

/// Units of every language, after a figure.
pub(super) const UNITS: &[&str] = &[
    "%", "‰", "°", "°C", "°F", "K", "€", "£", "$", "¥", "m", "km", "cm", "mm", "µm", "nm", "m²",
    "m³", "km²", "ha", "l", "L", "ml", "g", "kg", "mg", "µg", "t", "s", "ms", "min", "h", "Hz",
    "kHz", "MHz", "GHz", "W", "kW", "MW", "GW", "Wh", "kWh", "MWh", "GWh", "TWh", "V", "kV", "A",
    "J", "kJ", "MJ", "N", "Pa", "hPa", "kPa", "bar", "dB", "mol", "B", "kB", "KB", "MB", "GB",
    "TB", "ft", "in", "mi", "mph", "km/h", "m/s", "lb", "lbs", "oz", "px", "pt", "EUR", "USD",
    "GBP", "PKR", "INR", "AFN", "CHF",
];

/// Signs of every language, before a figure.
pub(super) const SIGNS: &[&str] = &[
    "§", "§§", "¶", "№", "€", "£", "$", "¥", "US$", "EUR", "USD", "GBP", "PKR", "INR", "AFN",
    "CHF", "Rs.", "Rs", "±", "≈", "~", "−",
];

const TABLES: &[Table] = &[
    Table {
        language: "en",
        titles: &[
            "Dr.", "Mr.", "Mrs.", "Ms.", "Prof.", "Asst.", "Assoc.", "Rev.", "Hon.", "St.", "Gen.",
            "Lt.", "Col.", "Maj.", "Capt.", "Cmdr.", "Adm.", "Brig.", "Sgt.", "Gov.", "Sen.",
            "Rep.", "Amb.", "Pres.", "Sir", "Dr", "Mr", "Mrs", "Ms", "Prof", "St", "cf.", "ed.",
            "eds.", "trans.", "e.g.", "i.e.", "viz.", "vs.", "v.",
        ],
        references: &[
            "No.", "Nos.", "no.", "nos.", "p.", "pp.", "Vol.", "vol.", "vols.", "Ch.", "ch.",
            "chap.", "Art.", "art.", "arts.", "Sec.", "sec.", "Fig.", "fig.", "figs.", "Tab.",
            "Eq.", "para.", "paras.", "ca.", "c.", "n.", "nn.", "l.", "ll.", "Op.", "op.", "Res.",
            "Doc.", "Jan.", "Feb.", "Mar.", "Apr.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
        ],
        pairs: &[
            ("e.", "g."),
            ("i.", "e."),
            ("et", "al."),
            ("a.", "m."),
            ("p.", "m."),
        ],
        units: &[
            "million", "billion", "trillion", "percent", "per", "a.m.", "p.m.", "am", "pm", "BC",
            "AD", "BCE", "CE",
        ],
    },
    Table {
        language: "de",
        titles: &[
            "Dr.",
            "Prof.",
            "Hr.",
            "Fr.",
            "Hrn.",
            "St.",
            "Dipl.-Ing.",
            "bzw.",
            "vgl.",
            "ca.",
            "sog.",
            "Hl.",
            "Gen.",
            "Mag.",
        ],
        references: &[
            "Nr.", "Nrn.", "S.", "Bd.", "Bde.", "Kap.", "Art.", "Abs.", "Abb.", "Tab.", "Ziff.",
            "Rn.", "Anm.", "Vers.", "H.", "Jg.", "Sp.",
        ],
        pairs: &[
            ("z.", "B."),
            ("d.", "h."),
            ("u.", "a."),
            ("u.", "U."),
            ("i.", "d."),
            ("o.", "ä."),
            ("u.", "Ä."),
            ("s.", "o."),
            ("s.", "u."),
            ("z.", "T."),
            ("v.", "Chr."),
            ("n.", "Chr."),
            ("i.", "e."),
            ("a.", "a."),
        ],
        units: &[
            "Mio.",
            "Mrd.",
            "Uhr",
            "Prozent",
            "Tsd.",
            "Millionen",
            "Milliarden",
            "Jh.",
        ],
    },
    Table {
        language: "fr",
        titles: &[
            "M.", "MM.", "Mme", "Mmes", "Mlle", "Dr", "Pr", "St", "Ste", "Mgr", "Me", "cf.",
        ],
        references: &[
            "n°", "nᵒ", "nos", "p.", "pp.", "t.", "vol.", "chap.", "art.", "fig.", "tab.", "éd.",
            "env.",
        ],
        pairs: &[("p.", "ex."), ("c.-à-d.", "")],
        units: &[
            "millions",
            "million",
            "milliards",
            "milliard",
            "heures",
            "h",
            "siècle",
            "pour",
        ],
    },
    Table {
        language: "es",
        titles: &[
            "Sr.", "Sra.", "Srta.", "Dr.", "Dra.", "Prof.", "D.", "Dña.", "Lic.", "Ing.", "Gral.",
            "cf.",
        ],
        references: &[
            "n.º", "núm.", "p.", "pp.", "pág.", "págs.", "vol.", "cap.", "art.", "fig.", "t.",
        ],
        pairs: &[("p.", "ej."), ("EE.", "UU."), ("a.", "C."), ("d.", "C.")],
        units: &["millones", "millón", "mil"],
    },
    Table {
        language: "it",
        titles: &[
            "Dott.", "Dott.ssa", "Prof.", "Prof.ssa", "Sig.", "Sig.ra", "Ing.", "Avv.", "On.",
            "S.", "cfr.",
        ],
        references: &[
            "n.", "nn.", "p.", "pp.", "vol.", "cap.", "art.", "fig.", "tab.",
        ],
        pairs: &[("p.", "es."), ("a.", "C."), ("d.", "C.")],
        units: &["milioni", "milione", "miliardi", "miliardo", "mila"],
    },
    Table {
        language: "pt",
        titles: &[
            "Sr.", "Sra.", "Dr.", "Dra.", "Prof.", "Profa.", "Eng.", "D.", "cf.",
        ],
        references: &["n.º", "p.", "pp.", "pág.", "vol.", "cap.", "art.", "fig."],
        pairs: &[("p.", "ex."), ("a.", "C."), ("d.", "C.")],
        units: &["milhões", "milhão", "mil"],
    },
    Table {
        language: "nl",
        titles: &[
            "Dr.", "dr.", "Prof.", "prof.", "Dhr.", "dhr.", "Mevr.", "mevr.", "Ir.", "ir.", "Mr.",
            "mr.", "Drs.", "drs.", "St.", "vgl.",
        ],
        references: &[
            "nr.", "nrs.", "blz.", "p.", "pp.", "art.", "hfst.", "afb.", "dl.", "ca.",
        ],
        pairs: &[("d.", "w.z."), ("o.", "a."), ("v.", "Chr."), ("n.", "Chr.")],
        units: &["miljoen", "miljard", "procent", "uur"],
    },
];

const NONE: Table = Table {
    language: "",
    titles: &[],
    references: &[],
    pairs: &[],
    units: &[],
};

/// The table of a language, empty for one without.
pub(super) fn table(language: &str) -> &'static Table {
    let primary = language.split('-').next().unwrap_or(language);
    TABLES
        .iter()
        .find(|table| table.language == primary)
        .unwrap_or(&NONE)
}
