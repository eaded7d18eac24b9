//! The structure types in use in PDF 2.0: their namespaces, and what may stand in what.

/// The namespace of PDF 2.0 (ISO 32000-2, 14.8.6.1).
pub(crate) const NAMESPACE: &str = "http://iso.org/pdf2/ssn";

/// The types of PDF 2.0's own namespace that are in use, and those that stay in PDF 1.7's.
pub(crate) const OF_2_0: &[&str] = &[
    "Document", "Sect", "H1", "H2", "H3", "H4", "P", "L", "LI", "Lbl", "LBody", "Figure", "Table",
    "THead", "TBody", "TR", "TH", "TD", "FENote", "Link", "Strong", "Em", "Span",
];
pub(crate) const OF_1_7: &[&str] = &["BlockQuote", "Caption", "TOC", "TOCI"];

/// What may stand in what (ISO/TS 32005, Table 5, by WTPDF 1.0, 8.2.3), of the types in use; a `Div`, which is looked through, is none
/// of them. `#` is content.
pub(crate) const CONTAINMENT: &[(&str, &[&str])] = &[
    (
        "Document",
        &[
            "Sect",
            "TOC",
            "Hn",
            "P",
            "BlockQuote",
            "L",
            "Figure",
            "Table",
            "FENote",
            "Link",
        ],
    ),
    (
        "Sect",
        &[
            "Sect",
            "Hn",
            "P",
            "BlockQuote",
            "L",
            "Lbl",
            "Figure",
            "Caption",
            "Table",
            "FENote",
            "Link",
        ],
    ),
    (
        "Hn",
        &[
            "#", "Lbl", "Figure", "FENote", "Link", "Span", "Em", "Strong",
        ],
    ),
    (
        "P",
        &[
            "#", "L", "Lbl", "Figure", "Table", "FENote", "Link", "Span", "Em", "Strong",
        ],
    ),
    (
        "BlockQuote",
        &[
            "Sect",
            "Hn",
            "P",
            "BlockQuote",
            "L",
            "Lbl",
            "Figure",
            "Caption",
            "Table",
            "FENote",
            "Link",
        ],
    ),
    ("TOC", &["Caption", "TOC", "TOCI"]),
    ("TOCI", &["Lbl", "P", "TOC"]),
    ("L", &["L", "LI", "Caption"]),
    ("LI", &["Lbl", "LBody"]),
    (
        "Lbl",
        &["#", "Figure", "FENote", "Link", "Span", "Em", "Strong"],
    ),
    (
        "LBody",
        &[
            "#",
            "Sect",
            "Hn",
            "P",
            "BlockQuote",
            "L",
            "Figure",
            "Caption",
            "Table",
            "FENote",
            "Link",
            "Span",
            "Em",
            "Strong",
        ],
    ),
    ("Figure", &["#", "P", "Caption", "Span"]),
    (
        "Caption",
        &[
            "#", "P", "L", "Figure", "Table", "FENote", "Link", "Span", "Em", "Strong",
        ],
    ),
    ("Table", &["Caption", "THead", "TBody", "TR"]),
    ("THead", &["TR"]),
    ("TBody", &["TR"]),
    ("TR", &["TH", "TD"]),
    (
        "TH",
        &[
            "#", "P", "L", "Figure", "FENote", "Link", "Span", "Em", "Strong",
        ],
    ),
    (
        "TD",
        &[
            "#", "P", "L", "Figure", "FENote", "Link", "Span", "Em", "Strong",
        ],
    ),
    (
        "FENote",
        &[
            "#",
            "Sect",
            "P",
            "BlockQuote",
            "L",
            "Lbl",
            "Figure",
            "Table",
            "Link",
            "Span",
            "Em",
            "Strong",
        ],
    ),
    ("Link", &["#", "P", "Figure", "Span", "Em", "Strong"]),
    ("Span", &["#", "Link", "Span", "Em", "Strong"]),
    ("Em", &["#", "Link", "Span", "Em", "Strong"]),
    ("Strong", &["#", "Link", "Span", "Em", "Strong"]),
];
