//! Tables by language: what is held together with the word before or after it.

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
    /// The names of months as dates have them, before or after a figure.
    pub(super) months: &'static [&'static str],
    /// Words of one letter that may not end a line.
    pub(super) letters: &'static [char],
    /// Marks that stand off the word before them and may not begin a line.
    pub(super) behind: &'static [char],
    /// Marks that stand off the word after them and may not end a line.
    pub(super) ahead: &'static [char],
    /// Whether a dash between spaces may not begin a line.
    pub(super) dashes: Dashes,
    /// Whether spaces part the thousands of a number.
    pub(super) thousands: Thousands,
}

/// Where a dash between spaces may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dashes {
    /// Anywhere.
    Anywhere,
    /// Not where a line begins.
    NotFirst,
}

/// What parts the thousands of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thousands {
    /// A space.
    Spaced,
    /// Anything else.
    Marked,
}

/// Units of every language, after a figure.
pub(super) const UNITS: &[&str] = &[
    "%", "‰", "°", "°C", "°F", "K", "€", "£", "$", "¥", "m", "km", "cm", "mm", "µm", "nm", "m²",
    "m³", "km²", "ha", "l", "L", "ml", "g", "kg", "mg", "µg", "t", "s", "ms", "min", "h", "Hz",
    "kHz", "MHz", "GHz", "W", "kW", "MW", "GW", "Wh", "kWh", "MWh", "GWh", "TWh", "V", "kV", "A",
    "J", "kJ", "MJ", "N", "Pa", "hPa", "kPa", "bar", "dB", "mol", "B", "kB", "KB", "MB", "GB",
    "TB", "ft", "mi", "mph", "km/h", "m/s", "lb", "lbs", "oz", "px", "pt", "EUR", "USD", "GBP",
    "PKR", "INR", "AFN", "CHF",
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
            "bn", "tn", "mn", "m", "crore", "lakh", "million", "billion", "trillion", "percent",
            "per", "a.m.", "p.m.", "am", "pm", "BC", "AD", "BCE", "CE",
        ],
        months: &[
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
            "Jan.",
            "Feb.",
            "Mar.",
            "Apr.",
            "Jun.",
            "Jul.",
            "Aug.",
            "Sept.",
            "Sep.",
            "Oct.",
            "Nov.",
            "Dec.",
            "Jan",
            "Feb",
            "Mar",
            "Apr",
            "Jun",
            "Jul",
            "Aug",
            "Sept",
            "Sep",
            "Oct",
            "Nov",
            "Dec",
        ],
        ..NONE
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
        months: &[
            "Januar",
            "Jänner",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        ..NONE
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
        months: &[
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        behind: &['»', '›', ';', ':', '!', '?'],
        ahead: &['«', '‹'],
        thousands: Thousands::Spaced,
        ..NONE
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
        months: &[
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
            "de",
        ],
        ..NONE
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
        months: &[
            "gennaio",
            "febbraio",
            "marzo",
            "aprile",
            "maggio",
            "giugno",
            "luglio",
            "agosto",
            "settembre",
            "ottobre",
            "novembre",
            "dicembre",
        ],
        ..NONE
    },
    Table {
        language: "pt",
        titles: &[
            "Sr.", "Sra.", "Dr.", "Dra.", "Prof.", "Profa.", "Eng.", "D.", "cf.",
        ],
        references: &["n.º", "p.", "pp.", "pág.", "vol.", "cap.", "art.", "fig."],
        pairs: &[("p.", "ex."), ("a.", "C."), ("d.", "C.")],
        units: &["milhões", "milhão", "mil"],
        months: &[
            "janeiro",
            "fevereiro",
            "março",
            "abril",
            "maio",
            "junho",
            "julho",
            "agosto",
            "setembro",
            "outubro",
            "novembro",
            "dezembro",
            "de",
        ],
        ..NONE
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
        months: &[
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ],
        ..NONE
    },
    Table {
        language: "pl",
        titles: &[
            "dr", "dr.", "prof.", "mgr", "inż.", "doc.", "gen.", "płk", "św.", "ks.", "por.",
            "zob.",
        ],
        references: &[
            "nr", "nry", "s.", "ss.", "t.", "tom", "rozdz.", "art.", "ust.", "pkt", "rys.", "tab.",
            "ok.", "poz.", "§",
        ],
        pairs: &[("m.", "in."), ("n.", "e."), ("p.", "n."), ("i", "in.")],
        units: &[
            "tys.", "mln", "mld", "bln", "zł", "gr", "proc.", "r.", "w.", "godz.",
        ],
        months: &[
            "stycznia",
            "lutego",
            "marca",
            "kwietnia",
            "maja",
            "czerwca",
            "lipca",
            "sierpnia",
            "września",
            "października",
            "listopada",
            "grudnia",
        ],
        letters: &['a', 'i', 'o', 'u', 'w', 'z', 'A', 'I', 'O', 'U', 'W', 'Z'],
        dashes: Dashes::NotFirst,
        thousands: Thousands::Spaced,
        ..NONE
    },
    Table {
        language: "cs",
        titles: &[
            "Dr.", "dr.", "prof.", "Prof.", "doc.", "Ing.", "Mgr.", "JUDr.", "MUDr.", "PhDr.",
            "RNDr.", "sv.", "srov.", "např.", "tzv.",
        ],
        references: &[
            "č.", "s.", "str.", "sv.", "kap.", "čl.", "odst.", "obr.", "tab.", "cca",
        ],
        pairs: &[("př.", "n."), ("n.", "l."), ("t.", "j."), ("a", "k.")],
        units: &["tis.", "mil.", "mld.", "Kč", "hod.", "let"],
        months: &[
            "ledna",
            "února",
            "března",
            "dubna",
            "května",
            "června",
            "července",
            "srpna",
            "září",
            "října",
            "listopadu",
            "prosince",
        ],
        letters: &[
            'a', 'i', 'k', 'o', 's', 'u', 'v', 'z', 'A', 'I', 'K', 'O', 'S', 'U', 'V', 'Z',
        ],
        thousands: Thousands::Spaced,
        ..NONE
    },
    Table {
        language: "sk",
        titles: &[
            "Dr.", "dr.", "prof.", "Prof.", "doc.", "Ing.", "Mgr.", "JUDr.", "MUDr.", "PhDr.",
            "sv.", "porov.", "napr.", "tzv.",
        ],
        references: &[
            "č.", "s.", "str.", "zv.", "kap.", "čl.", "ods.", "obr.", "tab.", "cca",
        ],
        pairs: &[("pred", "Kr."), ("n.", "l."), ("t.", "j.")],
        units: &["tis.", "mil.", "mld.", "hod.", "rokov"],
        months: &[
            "januára",
            "februára",
            "marca",
            "apríla",
            "mája",
            "júna",
            "júla",
            "augusta",
            "septembra",
            "októbra",
            "novembra",
            "decembra",
        ],
        letters: &[
            'a', 'i', 'o', 'k', 's', 'u', 'v', 'z', 'A', 'I', 'K', 'O', 'S', 'U', 'V', 'Z',
        ],
        thousands: Thousands::Spaced,
        ..NONE
    },
    Table {
        language: "ru",
        titles: &[
            "г.",
            "гг.",
            "им.",
            "проф.",
            "акад.",
            "ген.",
            "св.",
            "ср.",
            "см.",
            "т.",
            "д-р",
        ],
        references: &[
            "с.",
            "стр.",
            "т.",
            "тт.",
            "гл.",
            "ст.",
            "п.",
            "пп.",
            "рис.",
            "табл.",
            "ок.",
        ],
        pairs: &[
            ("т.", "е."),
            ("т.", "д."),
            ("т.", "п."),
            ("т.", "к."),
            ("и", "др."),
            ("н.", "э."),
            ("до", "н."),
        ],
        units: &[
            "тыс.", "млн", "млрд", "трлн", "руб.", "коп.", "г.", "гг.", "в.", "вв.", "год", "года",
            "году", "лет", "%",
        ],
        months: &[
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "ноября",
            "декабря",
        ],
        letters: &[
            'а', 'в', 'и', 'к', 'о', 'с', 'у', 'я', 'А', 'В', 'И', 'К', 'О', 'С', 'У', 'Я',
        ],
        dashes: Dashes::NotFirst,
        thousands: Thousands::Spaced,
        ..NONE
    },
    Table {
        language: "uk",
        titles: &[
            "р.",
            "рр.",
            "ім.",
            "проф.",
            "акад.",
            "ген.",
            "св.",
            "пор.",
            "див.",
            "м.",
        ],
        references: &[
            "с.",
            "стор.",
            "т.",
            "гл.",
            "ст.",
            "п.",
            "пп.",
            "рис.",
            "табл.",
            "бл.",
        ],
        pairs: &[("т.", "д."), ("т.", "п."), ("та", "ін."), ("н.", "е.")],
        units: &[
            "тис.",
            "млн",
            "млрд",
            "трлн",
            "грн",
            "коп.",
            "р.",
            "рр.",
            "ст.",
            "рік",
            "року",
            "років",
        ],
        months: &[
            "січня",
            "лютого",
            "березня",
            "квітня",
            "травня",
            "червня",
            "липня",
            "серпня",
            "вересня",
            "жовтня",
            "листопада",
            "грудня",
        ],
        letters: &[
            'а', 'в', 'з', 'і', 'й', 'о', 'у', 'я', 'є', 'А', 'В', 'З', 'І', 'Й', 'О', 'У', 'Я',
            'Є',
        ],
        dashes: Dashes::NotFirst,
        thousands: Thousands::Spaced,
        ..NONE
    },
    Table {
        language: "be",
        units: &["тыс.", "млн", "млрд"],
        letters: &[
            'а', 'і', 'з', 'й', 'о', 'у', 'ў', 'я', 'А', 'І', 'З', 'Й', 'О', 'У', 'Ў', 'Я',
        ],
        dashes: Dashes::NotFirst,
        thousands: Thousands::Spaced,
        ..NONE
    },
    Table {
        language: "bg",
        titles: &["г-н", "г-жа", "проф.", "доц.", "ген.", "св."],
        references: &["с.", "стр.", "т.", "гл.", "чл.", "ал.", "фиг.", "табл."],
        units: &["хил.", "млн.", "млрд.", "лв.", "г.", "год."],
        letters: &['в', 'с', 'В', 'С'],
        dashes: Dashes::NotFirst,
        thousands: Thousands::Spaced,
        ..NONE
    },
    Table {
        language: "sv",
        titles: &["dr", "Dr", "prof.", "S:t", "jfr", "bl.a."],
        references: &["nr", "s.", "kap.", "bd", "fig.", "tab.", "ca", "art."],
        pairs: &[
            ("t.", "ex."),
            ("bl.", "a."),
            ("d.", "v."),
            ("f.", "Kr."),
            ("e.", "Kr."),
        ],
        units: &["miljoner", "miljarder", "tusen", "procent", "kr"],
        months: &[
            "januari",
            "februari",
            "mars",
            "april",
            "maj",
            "juni",
            "juli",
            "augusti",
            "september",
            "oktober",
            "november",
            "december",
        ],
        thousands: Thousands::Spaced,
        ..NONE
    },
    Table {
        language: "da",
        titles: &["dr.", "Dr.", "prof.", "hr.", "fru", "jf.", "bl.a."],
        references: &["nr.", "s.", "kap.", "bd.", "fig.", "tab.", "ca.", "art."],
        pairs: &[("f.", "eks."), ("bl.", "a."), ("d.", "v."), ("f.", "Kr.")],
        units: &["mio.", "mia.", "procent", "kr."],
        months: &[
            "januar",
            "februar",
            "marts",
            "april",
            "maj",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "december",
        ],
        ..NONE
    },
    Table {
        language: "nb",
        titles: &["dr.", "Dr.", "prof.", "jf.", "bl.a."],
        references: &["nr.", "s.", "kap.", "bd.", "fig.", "tab.", "ca.", "art."],
        pairs: &[("f.", "eks."), ("bl.", "a."), ("d.", "v.s."), ("f.", "Kr.")],
        units: &["millioner", "milliarder", "mill.", "mrd.", "prosent", "kr"],
        months: &[
            "januar",
            "februar",
            "mars",
            "april",
            "mai",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "desember",
        ],
        thousands: Thousands::Spaced,
        ..NONE
    },
    Table {
        language: "fi",
        titles: &["tri", "prof.", "toht.", "vrt."],
        references: &["nro", "s.", "ss.", "luku", "kuva", "taulukko", "noin"],
        pairs: &[("n.", "k.")],
        units: &["milj.", "mrd.", "prosenttia", "euroa"],
        months: &[
            "tammikuuta",
            "helmikuuta",
            "maaliskuuta",
            "huhtikuuta",
            "toukokuuta",
            "kesäkuuta",
            "heinäkuuta",
            "elokuuta",
            "syyskuuta",
            "lokakuuta",
            "marraskuuta",
            "joulukuuta",
        ],
        thousands: Thousands::Spaced,
        ..NONE
    },
];

const NONE: Table = Table {
    language: "",
    titles: &[],
    references: &[],
    pairs: &[],
    units: &[],
    months: &[],
    letters: &[],
    behind: &[],
    ahead: &[],
    dashes: Dashes::Anywhere,
    thousands: Thousands::Marked,
};

/// Whether a word stands before a figure, in any language.
pub(in crate::compose) fn is_sign(word: &str) -> bool {
    SIGNS.contains(&word)
}

/// Whether a word is a unit behind a figure.
pub(in crate::compose) fn is_unit(word: &str, language: &str) -> bool {
    UNITS.contains(&word) || table(language).units.contains(&word)
}

/// The table of a language, empty for one without.
pub(super) fn table(language: &str) -> &'static Table {
    let primary = match language.split('-').next().unwrap_or(language) {
        "no" | "nn" => "nb",
        primary => primary,
    };
    TABLES
        .iter()
        .find(|table| table.language == primary)
        .unwrap_or(&NONE)
}
