"""Holds the glyphs of words in every script against HarfBuzz on the same faces: python shapes.py

`tests/goldens/shapes.tsv`, which `cargo test` holds against the program, has a language, a face, a word and its glyphs from the left,
each with the distance it is set off its place. HarfBuzz must set each word with the same glyphs in the same places.
"""

import collections
import itertools
import pathlib
import struct
import sys

import brotli
import uharfbuzz

ROOT = pathlib.Path(__file__).resolve().parents[2]
RIGHT_TO_LEFT = {"ur", "pa-Arab", "ar", "fa", "ps", "ckb", "ug", "he", "yi"}


def face(name, known={}):
    if name not in known:
        known[name] = uharfbuzz.Font(uharfbuzz.Face(file(ROOT / f"fonts/{name}.ttf")))
    return known[name]


def file(plain):
    """A font file, as it is, packed, or packed in blocks (`src/fonts/blocks.rs`)."""
    packed, blocks = plain.with_suffix(".ttf.br"), plain.with_suffix(".ttf.blocks")
    if plain.exists():
        return plain.read_bytes()
    if packed.exists():
        return brotli.decompress(packed.read_bytes()[4:])
    data = blocks.read_bytes()
    length, count = struct.unpack_from("<2I", data)
    sizes = [size for _, _, size in struct.iter_unpack("<3I", data[8 : 8 + 12 * count])]
    ends = list(itertools.accumulate(sizes, initial=8 + 12 * count))
    whole = b"".join(brotli.decompress(data[start:end]) for start, end in itertools.pairwise(ends))
    assert len(whole) == length
    return whole


def shaped(language, name, word):
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    buffer.language = language
    buffer.direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    uharfbuzz.shape(face(name), buffer)
    glyphs = zip(buffer.glyph_infos, buffer.glyph_positions)
    moved = lambda place: f"@{place.x_offset},{place.y_offset}" if place.x_offset or place.y_offset else ""
    return [f"{info.codepoint}{moved(place)}" for info, place in glyphs]


def main():
    words, differing = collections.Counter(), []
    for line in (ROOT / "tests/goldens/shapes.tsv").read_text().splitlines():
        language, name, word, glyphs = line.split("\t")
        words[language] += 1
        theirs = shaped(language, name, word)
        if glyphs.split() != theirs:
            differing.append(f"{language} {word} in {name}: {glyphs} here, {' '.join(theirs)} in HarfBuzz")
    if len(words) < 36 or min(words.values()) < 1 or words.total() < 500:
        sys.exit(f"shapes: too few words: {dict(words)}")
    if differing:
        sys.exit(f"shapes: {len(differing)} words differ:\n" + "\n".join(differing[:40]))
    print(f"shapes: {words.total()} words in {len(words)} languages have HarfBuzz's glyphs")


main()
