//! Sizes of files, and languages by their own names, as people read them beside a download.

use crate::compose::tenths;
use crate::piece::LanguageTag;

/// Kilobyte and megabyte in languages that have signs of their own for them (Unicode CLDR, `units`).
const SIGNS: &[(&str, [&str; 2])] = &[
    ("ar", ["كيلوبايت", "ميغابايت"]),
    ("fa", ["کیلوبایت", "مگابایت"]),
    ("fi", ["kt", "Mt"]),
    ("fr", ["ko", "Mo"]),
    ("ja", ["KB", "MB"]),
    ("prs", ["کیلوبایت", "مگابایت"]),
    ("ru", ["кБ", "МБ"]),
    ("uk", ["кБ", "МБ"]),
];

/// A size as people read it: whole kilobytes, or megabytes with a tenth.
pub(super) fn size(bytes: u64, language: &LanguageTag) -> String {
    let signs = SIGNS.iter().find(|(known, _)| *known == language.primary());
    let [kilo, mega] = signs.map_or(["kB", "MB"], |(_, signs)| *signs);
    let (tens, sign) = match bytes {
        0..1_000_000 => (bytes.div_ceil(1000) * 10, kilo),
        _ => (bytes / 100_000, mega),
    };
    format!("{}\u{a0}{sign}", tenths(tens, language))
}

/// What languages call themselves (Unicode CLDR, `localeDisplayNames`).
const NAMES: &[(&str, &str)] = &[
    ("am", "አማርኛ"),
    ("ar", "العربية"),
    ("az", "azərbaycan"),
    ("bg", "български"),
    ("bn", "বাংলা"),
    ("ca", "català"),
    ("cs", "čeština"),
    ("da", "dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "español"),
    ("et", "eesti"),
    ("fa", "فارسی"),
    ("fi", "suomi"),
    ("fr", "français"),
    ("ga", "Gaeilge"),
    ("gu", "ગુજરાતી"),
    ("ha", "Hausa"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "hrvatski"),
    ("hu", "magyar"),
    ("hy", "հայերեն"),
    ("id", "Indonesia"),
    ("it", "italiano"),
    ("ja", "日本語"),
    ("ka", "ქართული"),
    ("kk", "қазақ тілі"),
    ("ko", "한국어"),
    ("lt", "lietuvių"),
    ("lv", "latviešu"),
    ("ml", "മലയാളം"),
    ("mr", "मराठी"),
    ("ms", "Melayu"),
    ("my", "မြန်မာ"),
    ("nb", "norsk bokmål"),
    ("ne", "नेपाली"),
    ("nl", "Nederlands"),
    ("no", "norsk"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("pl", "polski"),
    ("prs", "دری"),
    ("ps", "پښتو"),
    ("pt", "português"),
    ("ro", "română"),
    ("ru", "русский"),
    ("sd", "سنڌي"),
    ("si", "සිංහල"),
    ("sk", "slovenčina"),
    ("sl", "slovenščina"),
    ("so", "Soomaali"),
    ("sq", "shqip"),
    ("sr", "српски"),
    ("sv", "svenska"),
    ("sw", "Kiswahili"),
    ("ta", "தமிழ்"),
    ("te", "తెలుగు"),
    ("tg", "тоҷикӣ"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "українська"),
    ("ur", "اردو"),
    ("uz", "o‘zbek"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
];

/// What a language calls itself; its tag where that is not known.
pub(super) fn autonym(language: &LanguageTag) -> &str {
    let known = NAMES.iter().find(|(tag, _)| *tag == language.primary());
    known.map_or(language.as_str(), |(_, name)| *name)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_the_language_has_them() {
        for (language, bytes, expected) in [
            ("en", 0, "0 kB"),
            ("en", 37_251, "38 kB"),
            ("en-GB", 1_234_567, "1.2 MB"),
            ("de", 1_234_567, "1,2 MB"),
            ("fr", 2_000_000, "2 Mo"),
            ("ru", 1_550_000, "1,5 МБ"),
        ] {
            let tag = LanguageTag::parse(language).unwrap();
            assert_eq!(
                size(bytes, &tag).replace('\u{a0}', " "),
                expected,
                "{language}"
            );
        }
    }

    #[test]
    fn languages_have_their_own_names() {
        let name = |tag| autonym(&LanguageTag::parse(tag).unwrap()).to_owned();
        assert_eq!(name("ur-PK"), "اردو");
        assert_eq!(name("haw"), "haw");
        assert!(NAMES.is_sorted_by_key(|(tag, _)| *tag));
    }
}
