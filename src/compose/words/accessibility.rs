//! What is said of an edition's accessibility, for those who choose a book by it.

use super::Words;

/// One language: the statement true of every edition, the one on images, the one on page numbers.
type Statements = (&'static str, [&'static str; 3]);

static STATEMENTS: &[Statements] = &[
    (
        "en",
        [
            "The text can be read aloud and restyled, and it has a table of contents, headings and a logical reading order.",
            "Every image is described in words.",
            "Page numbers follow the PDF edition.",
        ],
    ),
    (
        "de",
        [
            "Der Text kann vorgelesen und in seiner Darstellung angepasst werden; er hat ein Inhaltsverzeichnis, Überschriften und eine logische Lesereihenfolge.",
            "Jedes Bild ist in Worten beschrieben.",
            "Die Seitenzahlen folgen der PDF-Ausgabe.",
        ],
    ),
    (
        "fr",
        [
            "Le texte peut être lu à haute voix et sa présentation adaptée ; il a une table des matières, des titres et un ordre de lecture logique.",
            "Chaque image est décrite par des mots.",
            "Les numéros de page suivent l’édition PDF.",
        ],
    ),
    (
        "es",
        [
            "El texto puede leerse en voz alta y adaptarse en su presentación; tiene índice, encabezados y un orden de lectura lógico.",
            "Cada imagen está descrita con palabras.",
            "Los números de página siguen la edición en PDF.",
        ],
    ),
    (
        "it",
        [
            "Il testo può essere letto ad alta voce e adattato nella presentazione; ha un indice, titoli e un ordine di lettura logico.",
            "Ogni immagine è descritta a parole.",
            "I numeri di pagina seguono l’edizione PDF.",
        ],
    ),
    (
        "pt",
        [
            "O texto pode ser lido em voz alta e adaptado na apresentação; tem índice, títulos e uma ordem de leitura lógica.",
            "Cada imagem é descrita por palavras.",
            "Os números de página seguem a edição em PDF.",
        ],
    ),
    (
        "nl",
        [
            "De tekst kan worden voorgelezen en in zijn weergave worden aangepast; hij heeft een inhoudsopgave, koppen en een logische leesvolgorde.",
            "Elke afbeelding is in woorden beschreven.",
            "De paginanummers volgen de PDF-editie.",
        ],
    ),
    (
        "sv",
        [
            "Texten kan läsas upp och dess utseende anpassas; den har innehållsförteckning, rubriker och en logisk läsordning.",
            "Varje bild är beskriven i ord.",
            "Sidnumren följer PDF-utgåvan.",
        ],
    ),
    (
        "pl",
        [
            "Tekst można odczytywać na głos i dostosowywać jego wygląd; ma spis treści, nagłówki i logiczną kolejność czytania.",
            "Każdy obraz jest opisany słowami.",
            "Numery stron odpowiadają wydaniu PDF.",
        ],
    ),
    (
        "tr",
        [
            "Metin sesli okunabilir ve görünümü uyarlanabilir; içindekiler tablosu, başlıkları ve mantıklı bir okuma sırası vardır.",
            "Her görsel sözle betimlenmiştir.",
            "Sayfa numaraları PDF baskısını izler.",
        ],
    ),
    (
        "ru",
        [
            "Текст можно прослушивать и менять его оформление; в нём есть содержание, заголовки и логичный порядок чтения.",
            "Каждое изображение описано словами.",
            "Номера страниц соответствуют изданию PDF.",
        ],
    ),
    (
        "ar",
        [
            "يمكن قراءة النص بصوت عالٍ وتغيير مظهره، وله جدول محتويات وعناوين وترتيب قراءة منطقي.",
            "لكل صورة وصف بالكلمات.",
            "تتبع أرقام الصفحات نسخة PDF.",
        ],
    ),
    (
        "fa",
        [
            "متن را می‌توان با صدای بلند خواند و ظاهر آن را تغییر داد؛ فهرست مطالب، عنوان‌ها و ترتیب خواندن منطقی دارد.",
            "هر تصویر با واژه‌ها توصیف شده است.",
            "شمارهٔ صفحه‌ها با نسخهٔ PDF یکی است.",
        ],
    ),
    (
        "ur",
        [
            "متن بلند آواز میں پڑھا جا سکتا ہے اور اس کی شکل بدلی جا سکتی ہے؛ اس میں فہرست، سرخیاں اور پڑھنے کی منطقی ترتیب موجود ہے۔",
            "ہر تصویر الفاظ میں بیان کی گئی ہے۔",
            "صفحات کے نمبر پی ڈی ایف ایڈیشن کے مطابق ہیں۔",
        ],
    ),
    (
        "hi",
        [
            "पाठ को बोलकर सुना जा सकता है और उसका रूप बदला जा सकता है; इसमें विषय-सूची, शीर्षक और तार्किक पठन क्रम है।",
            "हर चित्र का शब्दों में वर्णन है।",
            "पृष्ठ संख्याएँ पीडीएफ़ संस्करण के अनुसार हैं।",
        ],
    ),
    (
        "zh",
        [
            "文本可以朗读并调整显示样式，具有目录、标题和合乎逻辑的阅读顺序。",
            "每幅图像均有文字说明。",
            "页码与 PDF 版一致。",
        ],
    ),
    (
        "ja",
        [
            "本文は読み上げや表示の調整ができ、目次、見出し、論理的な読み順を備えています。",
            "すべての画像に文章による説明があります。",
            "ページ番号は PDF 版に従います。",
        ],
    ),
];

impl Words {
    /// What an edition says of its accessibility, given whether it shows images and marks the pages of the paper edition.
    #[must_use]
    pub fn accessibility(&self, images: bool, pages: bool) -> String {
        let (_, [text, of_images, of_pages]) = STATEMENTS
            .iter()
            .find(|(language, _)| *language == self.language)
            .unwrap_or(&STATEMENTS[0]);
        // Chinese and Japanese sentences follow each other without a space.
        let space = if text.ends_with('。') { "" } else { " " };
        let said = [(true, text), (images, of_images), (pages, of_pages)];
        let said = said.iter().filter(|(holds, _)| *holds);
        said.map(|(_, statement)| **statement)
            .collect::<Vec<_>>()
            .join(space)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_with_words_can_speak_of_accessibility() {
        for words in super::super::latin::WORDS
            .iter()
            .chain(super::super::other_scripts::WORDS)
        {
            let known = STATEMENTS
                .iter()
                .any(|(language, _)| *language == words.language);
            assert!(known, "{}", words.language);
        }
    }

    #[test]
    fn only_what_is_true_is_said() {
        let words = Words::english();
        assert!(!words.accessibility(false, false).contains("image"));
        assert!(words.accessibility(true, false).contains("image"));
        assert!(words.accessibility(false, true).ends_with("PDF edition."));
    }
}
