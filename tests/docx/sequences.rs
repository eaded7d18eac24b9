//! The order of elements, held against the sequences of the standard (ISO/IEC 29500-1 and -4, wml.xsd, dml-wordprocessingDrawing.xsd,
//! dml-picture.xsd). Written down from the schemas in full and apart from the writer's own table.

use std::collections::BTreeMap;

use crate::package::{Element, Package};
use crate::sample;

/// Parent, and its children in the order of the schema.
const SEQUENCES: &[(&str, &str)] = &[
    (
        "w:pPr",
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    ),
    (
        "w:rPr",
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    ),
    ("w:numPr", "ilvl numId numberingChange ins"),
    ("w:pBdr", "top left bottom right between bar"),
    ("w:tbl", "bookmarkStart bookmarkEnd tblPr tblGrid tr"),
    (
        "w:tblPr",
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    ),
    (
        "w:tblBorders",
        "top left start bottom right end insideH insideV",
    ),
    ("w:tblCellMar", "top left start bottom right end"),
    ("w:tr", "tblPrEx trPr tc"),
    ("w:tc", "tcPr p"),
    (
        "w:tcPr",
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers",
    ),
    (
        "w:sectPr",
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
    ),
    ("w:styles", "docDefaults latentStyles style"),
    ("w:docDefaults", "rPrDefault pPrDefault"),
    (
        "w:style",
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    ),
    (
        "w:numbering",
        "numPicBullet abstractNum num numIdMacAtCleanup",
    ),
    (
        "w:abstractNum",
        "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    ),
    (
        "w:lvl",
        "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    ),
    ("w:num", "abstractNumId lvlOverride"),
    ("w:lvlOverride", "startOverride lvl"),
    (
        "w:font",
        "altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic",
    ),
    (
        "w:settings",
        "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator",
    ),
    (
        "wp:inline",
        "extent effectExtent docPr cNvGraphicFramePr graphic",
    ),
    ("pic:pic", "nvPicPr blipFill spPr"),
    ("pic:nvPicPr", "cNvPr cNvPicPr"),
    ("pic:blipFill", "blip srcRect tile stretch"),
];

/// Elements that the schema lets occur many times; every other child stands once.
const REPEATED: &[&str] = &[
    "bookmarkStart",
    "bookmarkEnd",
    "tr",
    "tc",
    "p",
    "style",
    "abstractNum",
    "num",
    "lvl",
    "lvlOverride",
    "headerReference",
    "footerReference",
];

#[test]
fn children_stand_in_the_order_of_the_standard() {
    for yaml in [sample::EVERY_BLOCK, sample::URDU, sample::PLAIN] {
        check(&Package::read(&sample::written(yaml)));
    }
}

#[test]
fn the_check_itself_finds_a_wrong_order() {
    let mut package = Package::read(&sample::written(sample::PLAIN));
    let styles = package.parts.get_mut("word/styles.xml").unwrap();
    styles.children.reverse();
    assert!(!faults(&package).is_empty());
}

/// Panics where an element stands out of order.
pub(crate) fn check(package: &Package) {
    let faults = faults(package);
    assert!(faults.is_empty(), "{faults:#?}");
}

fn faults(package: &Package) -> Vec<String> {
    let sequences: BTreeMap<_, Vec<_>> = SEQUENCES
        .iter()
        .map(|(parent, children)| (*parent, children.split(' ').collect()))
        .collect();
    let mut faults = Vec::new();
    for (part, root) in &package.parts {
        for element in root.all() {
            if let Some(sequence) = sequences.get(element.name.as_str()) {
                for fault in order(element, sequence) {
                    faults.push(format!("{part}: {fault}"));
                }
            }
            let says_nothing =
                ["w:pPr", "w:rPr", "w:tcPr", "w:trPr"].contains(&element.name.as_str());
            // A default of nothing is the exception: the schema names it, Word writes it.
            if says_nothing && element.children.is_empty() {
                faults.push(format!("{part}: an empty {}", element.name));
            }
        }
    }
    faults
}

fn order(element: &Element, sequence: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut last = 0;
    let mut before = "";
    for child in &element.children {
        let name = child.name.split(':').next_back().unwrap_or_default();
        match sequence.iter().position(|known| *known == name) {
            None => faults.push(format!("{} may not hold {}", element.name, child.name)),
            Some(place) if place < last && !REPEATED.contains(&name) => {
                faults.push(format!("{}: {} after {before}", element.name, child.name));
            }
            Some(place) if name == before && !REPEATED.contains(&name) => {
                faults.push(format!("{}: {} twice ({place})", element.name, child.name));
            }
            Some(place) => last = place,
        }
        before = name;
    }
    faults
}
