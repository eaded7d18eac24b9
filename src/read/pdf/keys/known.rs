//! The keys that dictionaries of our PDFs have.

/// The keys of a catalogue; the last two are put there by programs that save a file again.
pub(super) const CATALOGUE: &[&str] = &[
    "Type",
    "Pages",
    "Lang",
    "MarkInfo",
    "StructTreeRoot",
    "Metadata",
    "OutputIntents",
    "Outlines",
    "PageMode",
    "PageLabels",
    "Names",
    "ViewerPreferences",
    "Version",
    "Extensions",
];
/// Those of a page, of which boxes, turns and units are looked at elsewhere.
pub(super) const PAGE: &[&str] = &[
    "Type",
    "Parent",
    "MediaBox",
    "CropBox",
    "Resources",
    "Contents",
    "StructParents",
    "Tabs",
    "Annots",
    "Rotate",
    "UserUnit",
    "AA",
];
/// Those of what its content names; the last is of old programs.
pub(super) const RESOURCES: &[&str] = &["Font", "XObject", "ProcSet"];
/// Those of the root of the structure.
pub(super) const TREE: &[&str] = &[
    "Type",
    "K",
    "ParentTree",
    "ParentTreeNextKey",
    "RoleMap",
    "IDTree",
    "Namespaces",
];
/// Those of a link.
pub(super) const LINK: &[&str] = &[
    "Type",
    "Subtype",
    "Rect",
    "Border",
    "F",
    "QuadPoints",
    "StructParent",
    "A",
    "Dest",
    "Contents",
    "P",
];
/// Those of what a link does.
pub(super) const ACTION: &[&str] = &["Type", "S", "URI"];
/// Those of a bookmark.
pub(super) const BOOKMARK: &[&str] = &[
    "Title", "Parent", "Prev", "Next", "First", "Last", "Count", "Dest",
];

/// The standard roles of elements.
pub(super) const ROLES: &[&str] = &[
    "Document",
    "Sect",
    "Div",
    "H1",
    "H2",
    "H3",
    "H4",
    "P",
    "BlockQuote",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Figure",
    "Caption",
    "Table",
    "THead",
    "TBody",
    "TR",
    "TH",
    "TD",
    "Note",
    "FENote",
    "Reference",
    "TOC",
    "TOCI",
    "Link",
    "Strong",
    "Em",
    "Span",
];
/// What elements of some roles alone say.
pub(super) const ELSEWHERE: &[(&str, &[&str])] = &[
    ("Alt", &["Figure"]),
    (
        "Lang",
        &["Span", "Link", "Em", "Strong", "Reference", "Caption"],
    ),
    ("ID", &["Note", "FENote"]),
    ("Ref", &["Link", "Reference", "Note", "FENote", "TOCI"]),
];
/// What the attributes of elements of some roles alone say.
pub(super) const OF_ROLES: &[(&str, &[&str])] = &[
    ("Scope", &["TH"]),
    ("ListNumbering", &["L"]),
    ("Placement", &["Figure"]),
    ("BBox", &["Figure"]),
    ("NoteType", &["FENote"]),
    (
        "WritingMode",
        &[
            "Document", "P", "H1", "H2", "H3", "H4", "Caption", "TH", "TD",
        ],
    ),
    (
        "BaselineShift",
        &["Span", "Link", "Em", "Strong", "Reference"],
    ),
    (
        "TextPosition",
        &["Span", "Link", "Em", "Strong", "Reference"],
    ),
];
/// Those of the nodes above the pages, with those that programs put there which save a file again.
pub(super) const PAGES: &[&str] = &["Type", "Kids", "Count", "Parent", "MediaBox", "Resources"];
/// Those of fonts, of what they are made of, and of what describes them.
pub(super) const FONT: &[&str] = &[
    "Type",
    "Subtype",
    "BaseFont",
    "Encoding",
    "DescendantFonts",
    "ToUnicode",
    "Name",
];
pub(super) const DESCENDANT: &[&str] = &[
    "Type",
    "Subtype",
    "BaseFont",
    "CIDSystemInfo",
    "FontDescriptor",
    "W",
    "DW",
    "CIDToGIDMap",
];
pub(super) const DESCRIPTOR: &[&str] = &[
    "Type",
    "FontName",
    "Flags",
    "FontBBox",
    "ItalicAngle",
    "Ascent",
    "Descent",
    "CapHeight",
    "StemV",
    "FontFile2",
    "FontFile3",
    "CIDSet",
];
