//! The words of a reader site that no edition has.

use serde::Serialize;

/// The words of a reader site in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SiteWords {
    /// The primary language subtag.
    pub language: &'static str,
    /// The heading over the editions of a piece.
    pub downloads: &'static str,
    /// The label of the citation's files.
    pub cite: &'static str,
    /// The heading over every piece.
    pub all: &'static str,
    /// The heading over the series.
    pub series: &'static str,
    /// The link to newer pieces.
    pub newer: &'static str,
    /// The link to older pieces.
    pub older: &'static str,
    /// The link that leads past the head of a page.
    pub skip: &'static str,
    /// The name of the feed of new pieces.
    pub feed: &'static str,
    /// The name of the catalogue for reading apps.
    pub catalogue: &'static str,
    /// The link to whoever answers questions.
    pub contact: &'static str,
}

impl SiteWords {
    /// The words of a language by its primary subtag; English where there are none.
    #[must_use]
    pub fn of(primary: &str) -> &'static Self {
        WORDS
            .iter()
            .find(|words| words.language == primary)
            .unwrap_or(&WORDS[0])
    }
}

macro_rules! words {
    ($($language:literal: $downloads:literal, $cite:literal, $all:literal, $series:literal, $newer:literal, $older:literal,
       $skip:literal, $feed:literal, $catalogue:literal, $contact:literal;)*) => {
        &[$(SiteWords {
            language: $language, downloads: $downloads, cite: $cite, all: $all, series: $series, newer: $newer,
            older: $older, skip: $skip, feed: $feed, catalogue: $catalogue, contact: $contact,
        }),*]
    };
}

#[rustfmt::skip]
const WORDS: &[SiteWords] = words! {
    "en": "Downloads", "Cite as", "All pieces", "Series", "Newer pieces", "Older pieces", "Skip to the text", "Feed", "Catalogue", "Contact";
    "de": "Downloads", "Zitieren als", "Alle Beiträge", "Reihen", "Neuere Beiträge", "Ältere Beiträge", "Zum Text springen", "Feed", "Katalog", "Kontakt";
    "fr": "Téléchargements", "Citer", "Tous les textes", "Collections", "Textes plus récents", "Textes plus anciens", "Aller au texte", "Flux", "Catalogue", "Contact";
    "es": "Descargas", "Citar como", "Todos los textos", "Series", "Textos más recientes", "Textos anteriores", "Ir al texto", "Canal", "Catálogo", "Contacto";
    "it": "Download", "Cita come", "Tutti i testi", "Collane", "Testi più recenti", "Testi precedenti", "Vai al testo", "Feed", "Catalogo", "Contatti";
    "pt": "Transferências", "Citar como", "Todos os textos", "Séries", "Textos mais recentes", "Textos anteriores", "Ir para o texto", "Feed", "Catálogo", "Contacto";
    "nl": "Downloads", "Citeren als", "Alle stukken", "Reeksen", "Nieuwere stukken", "Oudere stukken", "Naar de tekst", "Feed", "Catalogus", "Contact";
    "sv": "Nedladdningar", "Citera som", "Alla texter", "Serier", "Nyare texter", "Äldre texter", "Hoppa till texten", "Flöde", "Katalog", "Kontakt";
    "pl": "Pliki do pobrania", "Jak cytować", "Wszystkie teksty", "Serie", "Nowsze teksty", "Starsze teksty", "Przejdź do tekstu", "Kanał", "Katalog", "Kontakt";
    "tr": "İndirmeler", "Alıntıla", "Tüm yazılar", "Diziler", "Daha yeni yazılar", "Daha eski yazılar", "Metne geç", "Akış", "Katalog", "İletişim";
    "ru": "Загрузки", "Цитировать как", "Все тексты", "Серии", "Более новые тексты", "Более старые тексты", "Перейти к тексту", "Лента", "Каталог", "Контакты";
    "ar": "التنزيلات", "الاستشهاد", "كل المقالات", "السلاسل", "مقالات أحدث", "مقالات أقدم", "انتقل إلى النص", "التغذية", "الفهرس", "اتصل بنا";
    "fa": "بارگیری‌ها", "ارجاع", "همهٔ نوشته‌ها", "مجموعه‌ها", "نوشته‌های تازه‌تر", "نوشته‌های قدیمی‌تر", "رفتن به متن", "خوراک", "فهرست", "تماس";
    "ur": "ڈاؤن لوڈ", "حوالہ", "تمام تحریریں", "سلسلے", "نئی تحریریں", "پرانی تحریریں", "متن پر جائیں", "فیڈ", "فہرست", "رابطہ";
    "hi": "डाउनलोड", "उद्धरण", "सभी लेख", "शृंखलाएँ", "नए लेख", "पुराने लेख", "पाठ पर जाएँ", "फ़ीड", "सूची", "संपर्क";
    "zh": "下载", "引用", "全部文章", "系列", "较新的文章", "较旧的文章", "跳到正文", "订阅源", "目录", "联系";
    "ja": "ダウンロード", "引用", "すべての記事", "シリーズ", "新しい記事", "古い記事", "本文へ", "フィード", "カタログ", "問い合わせ";
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::Words;

    #[test]
    fn every_language_of_the_editions_has_the_words_of_a_site() {
        for words in WORDS {
            assert!(Words::of(words.language).is_some(), "{}", words.language);
        }
        assert_eq!(WORDS.len(), 17);
        assert_eq!(SiteWords::of("tlh").language, "en");
    }
}
