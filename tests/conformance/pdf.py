"""Runs other people's PDF tools over files: python pdf.py [--ua-2] FILE...

qpdf reads the syntax, poppler the faces, the structure tree and the pages, MuPDF the pages once more. A missing tool, an empty
answer or a file that was not opened is a failure. Firefox's viewer, pdf.js, finds every word of the EPUB edition beside a file; in
the text that poppler, MuPDF and PDFium give, each of these is one word.
The rules of PDF/UA-1 and PDF/A-2a are judged inside `cargo test`. With `--ua-2` the files must be PDF 2.0.
"""

import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile

import pypdfium2
from lxml import etree

# PDF 2.0, as PDF/A-4 and PDF/UA-2 ask for it.
SECOND = "--ua-2" in sys.argv[1:]

# What MuPDF's builds without a colour library say of every file with an ICC profile.
MEANT = {"warning: ICC support is not available"}
if SECOND:
    # poppler before 23 knows neither the notes nor the shift of the baseline of PDF 2.0 (ISO 32000-2, 14.8.4 and 14.8.5).
    MEANT |= {"Syntax Warning: O object is invalid value (FENote)"}
    MEANT |= {f"Syntax Warning: Wrong Attribute 'TextPosition' in element {role}" for role in ("Link", "Span")}

STANDARD = {
    "Document", "Sect", "Div", "H1", "H2", "H3", "H4", "P", "BlockQuote", "L", "LI", "Lbl", "LBody", "Figure", "Caption", "Table",
    "THead", "TBody", "TR", "TH", "TD", "Note", "Reference", "Link", "Span", "Em", "Strong",
}


def fail(problem):
    sys.exit(f"pdf: {problem}")


def run(name, *arguments):
    program = shutil.which(name) or fail(f"{name} is missing")
    done = subprocess.run([program, *map(str, arguments)], capture_output=True)
    noise = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if line and line not in MEANT]
    if done.returncode != 0 or noise:
        fail(f"{name} {' '.join(map(str, arguments))} ended with {done.returncode}:\n" + "\n".join(noise))
    return done.stdout or fail(f"{name} said nothing of {arguments[-1]}")


def syntax(file):
    answer = run("qpdf", "--check", file).decode()
    if "No syntax or stream encoding errors found" not in answer or f"PDF Version: {'2.0' if SECOND else '1.7'}" not in answer:
        fail(f"qpdf on {file}:\n{answer}")


def properties(file):
    lines = run("pdfinfo", file).decode("utf-8", "replace").splitlines()
    found = {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}
    # PDF/A-4 allows no such dictionary beside the XMP (ISO 19005-4, 6.1.3), and pdfinfo reads no XMP for them.
    for key in () if SECOND else ("Title", "Author", "CreationDate", "ModDate"):
        if not found.get(key):
            fail(f"{file} has no {key}")
    wanted = {"Tagged": "yes", "Suspects": "no", "Encrypted": "no", "JavaScript": "no", "Metadata Stream": "yes"}
    for key, value in wanted.items():
        if found.get(key) != value:
            fail(f"{file}: {key} is {found.get(key)}")
    return int(found["Pages"])


def faces(file):
    rows = run("pdffonts", file).decode().splitlines()[2:]
    if not rows:
        fail(f"{file} has no faces")
    for row in rows:
        if not re.search(r"(CID TrueType\s+Identity-H|CID Type 0C\s+Custom)\s+yes yes yes\s", row):
            fail(f"{file}: a face is not embedded, no subset or without text: {row}")


def structure(file):
    """The words of the structure tree."""
    lines = run("pdfinfo", "-struct-text", file).decode("utf-8", "replace").splitlines()
    roles, texts = collections.Counter(), []
    for line in lines:
        stripped = line.strip()
        if stripped.startswith('"'):
            texts.append(stripped[1:-1])
        elif stripped and not stripped.startswith(("Object", "/")):
            roles[stripped.split()[0].rstrip(":")] += 1
            # A word that a line's end broke stands in two contents of one element.
            texts.extend([] if stripped.endswith("(inline)") else [" "])
    unknown = set(roles) - STANDARD
    if unknown or roles["Document"] != 1 or roles["H1"] != 1 or not roles["H2"]:
        fail(f"the structure of {file}: {dict(roles)}")
    return words("".join(texts))


def words(text):
    """The words of scripts that set spaces between them, and the letters of the others, whose lines end anywhere."""
    text = unicodedata.normalize("NFC", re.sub(r"(?<=[^\W\d_])-\n", "", text).replace("\u00ad", ""))
    spaced = "A-Za-zÀ-ɏͰ-ӿἀ-῿"
    return re.findall(rf"[{spaced}]{{3,}}|[^\W\d_{spaced}]", text)


def pages(file, count):
    """Every word of the structure tree stands on the pages, as two other readers find them there."""
    wanted = collections.Counter(structure(file))
    if not wanted:
        fail(f"the structure of {file} has no words")
    for name, arguments in (("pdftotext", ("-raw", file, "-")), ("mutool", ("draw", "-q", "-F", "text", file))):
        text = run(name, *arguments).decode("utf-8", "replace")
        if text.count("\f") < count - 1:
            fail(f"{name} found fewer than {count} pages in {file}")
        # A word wider than the measure is broken without a hyphen.
        squeezed = re.sub(r"-\n|[\s\u00ad]", "", text)
        missing = [word for word in wanted - collections.Counter(words(text)) if word not in squeezed]
        if missing:
            fail(f"{name} does not find on the pages of {file}: {missing[:20]}")


def rendered(file, count):
    """Every page shows something: poppler paints each in grey, and some of it is dark."""
    image = run("pdftoppm", "-r", "20", "-gray", file)
    headers = [match for match in re.finditer(rb"P5\s(\d+)\s(\d+)\s255\s", image)]
    if len(headers) != count:
        fail(f"pdftoppm painted {len(headers)} of {count} pages of {file}")
    for number, header in enumerate(headers, 1):
        size = int(header[1]) * int(header[2])
        if min(image[header.end() : header.end() + size], default=255) > 160:
            fail(f"page {number} of {file} is blank")


def wanted_words(file):
    """The words of the EPUB edition beside a file, each with how often it stands there, inside others too."""
    counts = collections.Counter(epub_words(file.with_suffix(".epub")))
    # A letter with a mark more is another one.
    inside = lambda word, other: len(re.findall(re.escape(word) + f"(?![{MARKS}])", other))
    return {word: sum(n * inside(word, other) for other, n in counts.items()) for word in counts}


def search(files):
    """Firefox's viewer finds every word of the EPUB edition beside each file, as often as it stands there."""
    # It drops what only says how letters join, and from right to left nothing of a text can be shown together with it.
    dropped = lambda word: is_backward(word) and re.search(f"[{JOINERS}]", word)
    wanted = {str(file): {word: n for word, n in wanted_words(file).items() if not dropped(word)} for file in files}
    if len(wanted) - list(wanted.values()).count({}) < 0.9 * len(files):
        fail("too few files have words to look for")
    script = pathlib.Path(__file__).with_name("pdf_search.mjs")
    done = subprocess.run(["node", script], input=json.dumps(wanted).encode())
    if done.returncode != 0:
        fail(f"pdf.js ended with {done.returncode}")


def pdfium(file):
    """The text of all pages as Chromium's viewer reads it."""
    document = pypdfium2.PdfDocument(file)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    # A hyphen that a line was broken with is no character there.
    return text.replace("\ufffe", "").replace("\uffff", "")


def whole(file):
    """Every word of the EPUB edition is one word in the text that poppler, MuPDF and PDFium give."""
    mupdf = run("mutool", "draw", "-q", "-F", "text", file).decode("utf-8", "replace")
    viewed = pdfium(file)
    readers = [
        ("poppler", False, run("pdftotext", "-raw", file, "-").decode("utf-8", "replace")),
        # In the order of the content poppler turns round what runs from right to left, as if it had been written from the left.
        ("poppler", True, run("pdftotext", file, "-").decode("utf-8", "replace")),
        *[("MuPDF", backward, mupdf) for backward in (False, True)],
        *[("PDFium", backward, viewed) for backward in (False, True)],
    ]
    wanted = wanted_words(file)
    for name, backward, text in readers:
        text = unicodedata.normalize("NFC", re.sub(f"[\u00ad\u200b{CONTROLS}]", "", text.replace("\r\n", "\n")))
        joined = re.sub("-\\s+", "", text)
        # Lines of ideographs and of Hangul end anywhere.
        ideographs = re.sub("(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3])\\s+(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3])", "", text)
        found = lambda word: max(text.count(word), joined.count(word), ideographs.count(word))
        judged = {word: n for word, n in wanted.items() if is_backward(word) == backward}
        lost = [f"{word} ({found(word)} of {n})" for word, n in judged.items() if found(word) < n]
        if lost:
            fail(f"{name} does not find whole in {file}: {lost[:20]}")


def is_backward(word):
    return unicodedata.bidirectional(word[0]) in ("R", "AL")


JOINERS = "\u200c\u200d"
# Poppler says with them how directions nest.
CONTROLS = "\u202a-\u202e"
MARKS = "".join(c for c in map(chr, range(0x300, 0x3000)) if unicodedata.category(c)[0] == "M")
INLINE = {"a", "abbr", "b", "bdi", "cite", "em", "i", "span", "strong", "sub", "sup"}


def epub_words(epub):
    """The words of a book's chapters, each with its letters alone."""
    found = []
    with zipfile.ZipFile(epub) as book:
        for name in book.namelist():
            if name.endswith(".xhtml") and not name.endswith("nav.xhtml"):
                body = etree.fromstring(book.read(name)).find("{*}body")
                text = "".join(fragments(body))
                text = unicodedata.normalize("NFC", text.replace("\u00ad", ""))
                # A word longer than the measure is broken without a hyphen.
                found += [word for word in spaced_words(text) if len(word) < 45]
    return found


# Scripts whose words no space parts (Thai, Lao, Tibetan, Burmese, Khmer): a line ends inside what looks like one.
UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]")


def spaced_words(text):
    """Runs of letters and of marks upon them, of whatever script."""
    letters = lambda c: unicodedata.category(c)[0] in "LM" or c in JOINERS
    words = "".join(c if letters(c) else " " for c in text).split()
    return [word for word in words if not UNSPACED.search(word) and unicodedata.category(word[0])[0] == "L"]


def fragments(element):
    inline = etree.QName(element).localname in INLINE
    yield "" if inline else " "
    yield element.text or ""
    for child in element.iterchildren(tag=etree.Element):
        yield from fragments(child)
        yield child.tail or ""
    yield "" if inline else " "


def main():
    files = [pathlib.Path(name) for name in sys.argv[1:] if name != "--ua-2"]
    if not files:
        fail("no files")
    for file in files:
        if not file.is_file():
            fail(f"{file} is missing")
        syntax(file)
        count = properties(file)
        faces(file)
        pages(file, count)
        rendered(file, count)
        whole(file)
    search(files)
    print(f"pdf: {len(files)} files, each read by qpdf, poppler, MuPDF, PDFium and pdf.js")


main()
