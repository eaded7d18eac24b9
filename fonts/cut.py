#!/usr/bin/env python3
"""Cuts the fallback faces out of the whole ones, and packs them.

Needs fonttools, brotli and the sources that README.md names. For each face it writes `NAME.ttf.br`, the font file packed with
Brotli, and `NAME.cover`, the characters it has: pairs of LEB128 numbers, how many code points are passed over and how many follow.
Noto Sans CJK becomes `NAME.ttf.blocks`, its outlines packed in blocks: `src/fonts/blocks.rs` says how.

usage: cut.py SOURCES [NAME ...]     all faces, or those whose names begin so
"""

import bz2
import io
import sys
import unicodedata
from pathlib import Path

import brotli
from fontTools import subset
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, reorderFontTables

HERE = Path(__file__).resolve().parent


def ranges(*pairs):
    return {c for first, last in pairs for c in range(first, last + 1)}


# Latin, Greek and Cyrillic whole, phonetics, marks, and the punctuation and signs that go with them.
LETTERS = ranges(
    (0x20, 0x7E), (0xA0, 0x3FF), (0x400, 0x52F), (0x1AB0, 0x1AFF), (0x1C80, 0x1C8F), (0x1D00, 0x1FFF), (0x2000, 0x20CF),
    (0x2100, 0x214F), (0x2150, 0x218F), (0x25CC, 0x25CC), (0x2C60, 0x2C7F), (0x2DE0, 0x2DFF), (0x2E00, 0x2E5D),
    (0xA640, 0xA69F), (0xA700, 0xA7FF), (0xAB30, 0xAB6F), (0xFB00, 0xFB06), (0xFE00, 0xFE00), (0xFE20, 0xFE2F),
    (0x10780, 0x107BA), (0x1DF00, 0x1DF2A),
)
# What text in any script needs beside its letters.
COMMON = ranges((0x20, 0x7E), (0xA0, 0xA0), (0xAB, 0xAB), (0xAD, 0xAD), (0xBB, 0xBB), (0x200B, 0x2015), (0x2018, 0x201E),
                (0x2026, 0x2026), (0x202F, 0x202F), (0x2039, 0x203A), (0x25CC, 0x25CC))
ARABIC = COMMON | ranges((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFD3E, 0xFD3F), (0xFDF2, 0xFDFD), (0x2E41, 0x2E41))
# Letters of Urdu, Punjabi and Saraiki, Persian and Kashmiri, those of the Arabic words quoted in them, marks, figures, stops.
NASTALIQ = COMMON | ranges(
    (0x600, 0x603), (0x60C, 0x60D), (0x60E, 0x614), (0x61B, 0x61C), (0x61F, 0x63A), (0x640, 0x65A), (0x660, 0x66C),
    (0x670, 0x670), (0x672, 0x673), (0x679, 0x67B), (0x67E, 0x67E), (0x684, 0x684), (0x686, 0x686), (0x688, 0x688),
    (0x691, 0x691), (0x698, 0x698), (0x6A9, 0x6A9), (0x6AF, 0x6AF), (0x6B3, 0x6B3), (0x6BA, 0x6BB), (0x6BE, 0x6BE),
    (0x6C0, 0x6C4), (0x6C6, 0x6C7), (0x6CC, 0x6CF), (0x6D2, 0x6D5), (0x6DD, 0x6DD), (0x6F0, 0x6F9), (0x759, 0x759),
    (0x768, 0x768), (0x8C7, 0x8C7), (0xFD3E, 0xFD3F), (0xFDF2, 0xFDF2), (0xFDFA, 0xFDFB), (0xFDFD, 0xFDFD),
)

DEBIAN = "usr/share/fonts/truetype/noto"
CJK = "usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"

UPRIGHT = ["Regular", "SemiBold"]
SLOPED = ["Regular", "Italic", "SemiBold", "SemiBoldItalic"]


class Row:
    """A typeface: where its faces stand, which characters are kept, and its em in design units.

    A larger em makes letters smaller: those of Noto Serif and Sans have the x-height of Source Serif and Sans then.
    """

    def __init__(self, styles, keep=None, em=None, beside=None, source=f"{DEBIAN}/{{name}}-{{style}}.ttf"):
        self.styles, self.keep, self.em, self.beside, self.source = styles, keep, em, beside, source


EXPO = "@expo-google-fonts/{package}/{number}{style}/{name}_{number}{style}.ttf"
TYPEFACES = {
    "NotoSerif": Row(SLOPED, LETTERS, 1128, beside="SourceSerif4-Regular"),
    "NotoSans": Row(SLOPED, LETTERS, 1103, beside="SourceSans3-Regular"),
    "NotoNaskhArabic": Row(UPRIGHT, ARABIC, source=EXPO.replace("{package}", "noto-naskh-arabic")),
    "NotoNastaliqUrdu": Row(UPRIGHT, NASTALIQ, source=EXPO.replace("{package}", "noto-nastaliq-urdu")),
    "NotoSerifHebrew": Row(UPRIGHT),
    **{
        f"NotoSerif{script}": Row(UPRIGHT)
        for script in (
            "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Kannada", "Khmer", "Lao",
            "Malayalam", "Myanmar", "Sinhala", "Tamil", "Telugu", "Thai",
        )
    },
    "NotoSansMath": Row(["Regular"], ranges(
        (0x20, 0x20), (0x2D, 0x2D), (0x302, 0x302), (0x307, 0x308), (0x20D0, 0x20EF), (0x2102, 0x2149), (0x2190, 0x22FF),
        (0x27C0, 0x27FF), (0x2980, 0x2AFF), (0x2BFE, 0x2BFE))),
    "NotoSansSymbols2": Row(["Regular"], ranges(
        (0x20, 0x20), (0x21AF, 0x21AF), (0x21E6, 0x21F3), (0x2300, 0x23FF), (0x25A0, 0x27BF), (0x2B00, 0x2BFF))),
}


def options():
    chosen = subset.Options()
    chosen.hinting = False
    chosen.layout_features = ["*"]
    chosen.name_IDs = [0, 1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 13, 14]
    chosen.notdef_outline = True
    chosen.drop_tables += ["DSIG", "MATH", "STAT", "gasp", "meta"]
    return chosen


def lacking(face):
    """The letters that a face lacks; all marks, and the letters that they may stand on."""
    known = set(TTFont(HERE / f"{face}.ttf").getBestCmap())
    plain = {c for c in known if chr(c).isalpha() and not unicodedata.decomposition(chr(c))}
    plain |= {c for c in known if unicodedata.combining(chr(c))}
    return (LETTERS - known) | plain | {0x20, 0x2D, 0x25CC}


def cut(file, keep):
    font = TTFont(file, recalcTimestamp=False)
    known = set(font.getBestCmap())
    cutter = subset.Subsetter(options())
    cutter.populate(unicodes=known if keep is None else known & keep)
    cutter.subset(font)
    return font


def leb128(number):
    out = bytearray()
    while True:
        byte, number = number & 0x7F, number >> 7
        out.append(byte | (0x80 if number else 0))
        if not number:
            return bytes(out)


def cover(characters):
    out, at, characters = bytearray(), 0, sorted(characters)
    index = 0
    while index < len(characters):
        last = index
        while last + 1 < len(characters) and characters[last + 1] == characters[last] + 1:
            last += 1
        out += leb128(characters[index] - at) + leb128(last - index + 1)
        at = characters[last] + 1
        index = last + 1
    return bytes(out)


def pack(data):
    return brotli.compress(data, quality=11, lgwin=24)


def numbers(*values):
    return b"".join(value.to_bytes(4, "little") for value in values)


# How many glyphs have their outlines in the first block, signs, kana and jamo, and in every further one: fewer unpack faster and
# pack worse.
FIRST, BLOCK = 1024, 2048


def blocks(font):
    """The file with its outlines last, and packed in blocks."""
    buffer, ordered = io.BytesIO(), io.BytesIO()
    font.save(buffer)
    tables = [tag for tag in TTFont(buffer).reader.keys() if tag != "glyf"]
    reorderFontTables(buffer, ordered, [*tables, "glyf"])
    whole, saved = ordered.getvalue(), TTFont(ordered)
    start, places = saved.reader.tables["glyf"].offset, saved["loca"].locations
    count = len(places) - 1
    glyphs = [0, *range(FIRST, count, BLOCK), count]
    ends = [start + places[glyph] for glyph in glyphs[:-1]] + [len(whole)]
    parts = [pack(whole[a:b]) for a, b in zip([0, *ends], ends)]
    rows = [number for row in zip(glyphs, ends, map(len, parts)) for number in row]
    return whole, numbers(len(whole), len(parts), *rows) + b"".join(parts)


def write(name, font, in_blocks=False):
    if in_blocks:
        whole, packed = blocks(font)
        (HERE / f"{name}.ttf.blocks").write_bytes(packed)
    else:
        buffer = io.BytesIO()
        font.save(buffer)
        whole = buffer.getvalue()
        # How long it is unpacked stands before it, so that unpacking asks for its memory once.
        packed = numbers(len(whole)) + pack(whole)
        (HERE / f"{name}.ttf.br").write_bytes(packed)
    (HERE / f"{name}.cover").write_bytes(cover(font.getBestCmap()))
    print(f"{name:34} {len(whole):9} {len(packed):8}", flush=True)


def encoded(codec, first, last, trail, end=None):
    """The characters of a part of a two-byte encoding."""
    found = set()
    for lead in range(first, last + 1):
        for byte in trail:
            if end and (lead, byte) > end:
                continue
            try:
                text = bytes([lead, byte]).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(text) == 1:
                found.add(ord(text))
    return found


def ideographs(characters):
    return {c for c in characters if 0x3400 <= c <= 0x9FFF or 0xF900 <= c <= 0xFAFF or c >= 0x20000}


def cjk(sources):
    """Noto Sans CJK: one cmap with the forms of mainland China, `locl` for those of Taiwan, Japan and Korea."""
    high = range(0xA1, 0xFF)
    korean = encoded("euc_kr", 0xA1, 0xFD, high)
    japanese = set()
    with bz2.open(sources / UNIHAN, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.split("\t")
            if len(fields) > 2 and fields[1] in ("kJoyoKanji", "kJinmeiyoKanji"):
                japanese.add(int(fields[0][2:], 16))
    wanted = {
        "ZHS": ideographs(encoded("gb2312", 0xB0, 0xF7, high)),
        "ZHT": ideographs(encoded("big5", 0xA4, 0xC6, [*range(0x40, 0x7F), *high], (0xC6, 0x7E))),
        "JAN": japanese,
        "KOR": ideographs(korean),
    }
    fonts = TTCollection(sources / CJK, lazy=True).fonts
    maps = {language: fonts[index].getBestCmap() for language, index in (("JAN", 0), ("KOR", 1), ("ZHS", 2), ("ZHT", 3))}
    kana = ranges((0x3041, 0x3096), (0x3099, 0x30FF), (0x31F0, 0x31FF), (0xFF61, 0xFF9F))
    letters = ranges((0x3105, 0x312F), (0x3131, 0x318E), (0xAC00, 0xD7A3)) & (korean | ranges((0x3105, 0x312F), (0x3131, 0x318E)))
    signs = ranges((0x2460, 0x24FF), (0x2500, 0x257F), (0x3000, 0x303F), (0x3200, 0x32FF), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6))
    stops = {0xB7, 0x2014, 0x2015, 0x2018, 0x2019, 0x201C, 0x201D, 0x2025, 0x2026, 0x25CC}
    others = (COMMON & ranges((0x20, 0x7E))) | kana | letters | signs | stops
    everywhere = set().union(*wanted.values())
    encoding = {c: maps["ZHS"][c] for c in sorted(everywhere | others) if c in maps["ZHS"]}
    # Forms of other places, of the characters that belong to them; and of stops, which stand elsewhere in their squares.
    forms = {}
    for language, characters in wanted.items():
        own = {c: maps[language][c] for c in sorted((characters | signs | stops) & set(encoding))}
        forms[language] = {encoding[c]: glyph for c, glyph in own.items() if glyph != encoding[c]}
    glyphs = [".notdef", *dict.fromkeys([*encoding.values(), *(g for f in forms.values() for g in f.values())])]
    shapes, advances = fonts[0].getGlyphSet(), {}
    outlines = {}
    for glyph in glyphs:
        pen = TTGlyphPen(None)
        # Half the units of the source: a stem is 40 of them, and a third of the bytes go.
        half = TransformPen(Cu2QuPen(pen, 0.6, reverse_direction=True), (0.5, 0, 0, 0.5, 0, 0))
        shapes[glyph].draw(half)
        outlines[glyph] = pen.glyph()
        advances[glyph] = round(shapes[glyph].width / 2)
    builder = FontBuilder(500, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap(encoding)
    builder.setupGlyf(outlines)
    table = builder.font["glyf"]
    builder.setupHorizontalMetrics({g: (advances[g], getattr(table[g], "xMin", 0)) for g in glyphs})
    builder.setupHorizontalHeader(ascent=580, descent=-144)
    names = fonts[2]["name"]
    kept = {0: "copyright", 5: "version", 13: "licenseDescription", 14: "licenseInfoURL"}
    builder.setupNameTable(
        {
            "familyName": "Noto Sans CJK Fallback", "styleName": "Regular", "uniqueFontIdentifier": "NotoSansCJKFallback-Regular",
            "fullName": "Noto Sans CJK Fallback", "psName": "NotoSansCJKFallback-Regular",
            **{field: names.getDebugName(number) for number, field in kept.items()},
        },
        mac=False,
    )
    builder.setupOS2(sTypoAscender=440, sTypoDescender=-60, usWinAscent=580, usWinDescent=144, sxHeight=272, sCapHeight=367, fsType=0)
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = fonts[0]["head"].modified
    rules = ["languagesystem DFLT dflt;", "languagesystem hani dflt;"]
    tags = [("hani", "KOR"), ("hani", "JAN"), ("hani", "ZHT"), ("hani", "ZHH"), ("kana", "JAN"), ("hang", "KOR")]
    rules += [f"languagesystem {script} {language};" for script, language in tags]
    source = {"ZHH": "ZHT"}
    for language, pairs in forms.items():
        if pairs:
            lines = "\n".join(f"  sub {a} by {b};" for a, b in sorted(pairs.items()))
            rules.append(f"lookup {language} {{\n{lines}\n}} {language};")
    used = "\n".join(f"  script {script}; language {language} exclude_dflt; lookup {source.get(language, language)};"
                     for script, language in tags)
    rules.append(f"feature locl {{\n{used}\n}} locl;")
    addOpenTypeFeaturesFromString(builder.font, "\n".join(rules))
    builder.font.recalcTimestamp = False
    print({language: len(pairs) for language, pairs in forms.items()}, len(glyphs), "glyphs", len(encoding), "characters")
    return builder.font


def main():
    sources, names = Path(sys.argv[1]), tuple(sys.argv[2:])
    for name, row in TYPEFACES.items():
        for style in row.styles:
            face = f"{name}-{style}"
            if names and not face.startswith(names):
                continue
            number = {"Regular": 400, "SemiBold": 600}.get(style)
            keep = lacking(row.beside) if row.beside else row.keep
            font = cut(sources / row.source.format(name=name, style=style, number=number), keep)
            if row.em:
                font["head"].unitsPerEm = row.em
            write(face, font)
    if not names or "NotoSansCJK".startswith(names):
        write("NotoSansCJKFallback-Regular", cjk(sources), in_blocks=True)


main()
