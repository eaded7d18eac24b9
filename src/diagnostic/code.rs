//! The codes of diagnostics: a closed list.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Writes the list: the variant and its name in kebab case.
macro_rules! codes {
    ($($variant:ident = $name:literal,)*) => {
        /// What a diagnostic is about: a stable name for machines.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the names say what they are about")]
        pub enum Code {
            $($variant,)*
        }

        impl Code {
            /// Every code, in the order of their names.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name in kebab case, for example `unknown-key`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What it means and what to do, in Markdown with examples. The words behind a fence's `yaml` say what the
            /// example is: `piece` (a whole one), `fields` of one, `blocks` of a statement, `theme`, `site`; the first
            /// such example gives the code, those after it do not.
            #[must_use]
            pub fn help(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("help/", $name, ".md")),)*
                }
            }
        }
    };
}

codes! {
    Address = "address",
    Alias = "alias",
    Anchor = "anchor",
    BareHeading = "bare-heading",
    BidiControl = "bidi-control",
    BlankLine = "blank-line",
    BlockInItem = "block-in-item",
    BlockName = "block-name",
    Changed = "changed",
    CmykImage = "cmyk-image",
    CommentAfterText = "comment-after-text",
    Configuration = "configuration",
    Conformance = "conformance",
    DamagedImage = "damaged-image",
    Date = "date",
    DeepMarkup = "deep-markup",
    Denied = "denied",
    Doi = "doi",
    DuplicateKey = "duplicate-key",
    DuplicateName = "duplicate-name",
    DuplicateSlug = "duplicate-slug",
    Edition = "edition",
    EditionAltered = "edition-altered",
    EditionMissing = "edition-missing",
    EditionOutdated = "edition-outdated",
    EditionUnproved = "edition-unproved",
    Embargo = "embargo",
    EmptyBlock = "empty-block",
    EmptyFile = "empty-file",
    EmptyLink = "empty-link",
    EmptyList = "empty-list",
    EmptyStatement = "empty-statement",
    EmptyText = "empty-text",
    Face = "face",
    FaceUse = "face-use",
    FigureWidth = "figure-width",
    FileTooLarge = "file-too-large",
    ForbiddenCharacter = "forbidden-character",
    ForeignFile = "foreign-file",
    FutureDate = "future-date",
    HeadingOrder = "heading-order",
    Hyphenation = "hyphenation",
    ImageFormat = "image-format",
    ImageInText = "image-in-text",
    ImageOutside = "image-outside",
    ImageResolution = "image-resolution",
    ImageScaled = "image-scaled",
    ImageTooLarge = "image-too-large",
    Internal = "internal",
    InvisibleCharacter = "invisible-character",
    Isbn = "isbn",
    Language = "language",
    LastGood = "last-good",
    ListTooDeep = "list-too-deep",
    LonePull = "lone-pull",
    MissingCharacter = "missing-character",
    MissingDash = "missing-dash",
    MissingFile = "missing-file",
    MissingImage = "missing-image",
    MissingKey = "missing-key",
    MissingSpace = "missing-space",
    NameWithPost = "name-with-post",
    NoInterfaceWords = "no-interface-words",
    NoValue = "no-value",
    NotExported = "not-exported",
    NotText = "not-text",
    NotUtf8 = "not-utf-8",
    NoteInLink = "note-in-link",
    NoteInNote = "note-in-note",
    Orcid = "orcid",
    OtherPerson = "other-person",
    Pages = "pages",
    PastedMark = "pasted-mark",
    PastedNote = "pasted-note",
    Project = "project",
    Query = "query",
    ReplacementCharacter = "replacement-character",
    Retitled = "retitled",
    Role = "role",
    Ror = "ror",
    SecondDocument = "second-document",
    SecondKey = "second-key",
    SeriesSpelling = "series-spelling",
    Site = "site",
    SiteValue = "site-value",
    Slug = "slug",
    SlugTaken = "slug-taken",
    SpareFace = "spare-face",
    Status = "status",
    SvgImage = "svg-image",
    TableColumns = "table-columns",
    TableTooWide = "table-too-wide",
    TableWidth = "table-width",
    Tag = "tag",
    ThemeContrast = "theme-contrast",
    ThemeRange = "theme-range",
    ThemeUnit = "theme-unit",
    ThemeValue = "theme-value",
    TooDeep = "too-deep",
    TooManyProblems = "too-many-problems",
    TooManyValues = "too-many-values",
    Translation = "translation",
    TruncatedImage = "truncated-image",
    TwoNames = "two-names",
    UndefinedNote = "undefined-note",
    UnknownKey = "unknown-key",
    UnknownPerson = "unknown-person",
    UnknownTheme = "unknown-theme",
    UnreadLink = "unread-link",
    UnreadMark = "unread-mark",
    UnreadNote = "unread-note",
    UnreadableFile = "unreadable-file",
    UnreadableImage = "unreadable-image",
    UnusedNote = "unused-note",
    UpdatedBeforeDate = "updated-before-date",
    WordTooWide = "word-too-wide",
    Write = "write",
    WrongFile = "wrong-file",
    WrongType = "wrong-type",
    Yaml = "yaml",
}

impl Code {
    /// The code of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::named(&name).ok_or_else(|| de::Error::custom(format_args!("no code `{name}`")))
    }
}
