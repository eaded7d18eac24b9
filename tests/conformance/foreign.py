#!/usr/bin/env python3
"""Holds `verify` against editions that other programs rewrote: foreign.py FLASHPOINT

Editions of a few pieces go through qpdf, MuPDF, pikepdf, pypdf, LibreOffice, python-docx, EbookLib, zip, lxml and
Chromium. Each must be read, or refused by name; what keeps the structure must be equal to the source, what keeps the words the same text.
Prints how many files of which programs were held; exits 0 only without findings. A program that is missing is a failure.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

# A module of this folder has the name of one that is meant.
sys.path.append(sys.path.pop(0))
import docx
import ebooklib.epub
import lxml.html
import pikepdf
import pypdf

PROGRAM = Path(sys.argv[1]).resolve()
ROOT = Path(__file__).resolve().parents[2]
PIECES = ["every-block", "notes", "tables", "lists", "languages", "figures", "urdu", "chinese", "hindi", "inline-marks"]
# Pieces that a browser saves, which takes seconds each.
FEW = ["every-block", "notes", "lists", "chinese"]
WORK = Path(tempfile.mkdtemp(prefix="foreign-"))
failures = []
held = {}


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], cwd=WORK, capture_output=True, text=True, timeout=180, **options)
    return done.returncode, done.stdout + done.stderr


def tool(*command, allowed=(0,)):
    """Runs a program of others, which must do its work."""
    if not shutil.which(str(command[0])):
        sys.exit(f"foreign: {command[0]} is missing")
    code, said = run(*command)
    if code not in allowed:
        sys.exit(f"foreign: {' '.join(map(str, command[:3]))} ended with {code}: {said[-800:]}")


def flashpoint(*arguments):
    return run(PROGRAM, *arguments, env={"NO_COLOR": "1", "HOME": str(WORK)})


# How much of an edition a program keeps.
ALL = "all"  # the verdict is `equal`
WORDS = "words"  # the same text as the edition that it was made of

# --- PDF


def qpdf(*options):
    return lambda old, new: tool("qpdf", "--warning-exit-0", *options, old, new)


def mutool(*options):
    return lambda old, new: tool("mutool", "clean", *options, old, new)


def pike(**options):
    def write(old, new):
        with pikepdf.open(old) as pdf:
            pdf.save(new, **options)

    return write


def pike_metadata(old, new):
    """Saved by somebody who looked at the metadata: pikepdf notes itself there."""
    with pikepdf.open(old) as pdf:
        with pdf.open_metadata() as data:
            data["xmp:CreatorTool"] = "Another"
        pdf.save(new)


def incremental(old, new):
    """A second generation behind the first: a rotated page, then the rotation taken back."""
    for degrees, source in ((90, old), (-90, new)):
        writer = pypdf.PdfWriter(source, incremental=True)
        writer.pages[0].rotate(degrees)
        writer.write(new)


def pypdf_copy(old, new):
    pypdf.PdfWriter(clone_from=old).write(new)


# --- packages


def zipped(old, new, compression, first="mimetype"):
    """All parts in another order and with another compression."""
    with zipfile.ZipFile(old) as parts, zipfile.ZipFile(new, "w", compression) as made:
        names = sorted(parts.namelist(), reverse=True)
        for name in sorted(names, key=lambda name: name != first):
            made.writestr(name, parts.read(name), zipfile.ZIP_STORED if name == first else compression)


def zip_tool(old, new):
    folder = WORK / "unzipped"
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(old) as parts:
        parts.extractall(folder)
    # The first part of an EPUB is its type, as it is (EPUB OCF 3.3, 4.2.2); others may stand in any order.
    kept = ["mimetype"] if (folder / "mimetype").exists() else []
    if not shutil.which("zip"):
        sys.exit("foreign: zip is missing")
    first = ["zip", "-q", "-X", "-0", new, *kept]
    rest = ["zip", "-q", "-X", "-D", "-r", "-9", new, ".", "-x", "mimetype"]
    for command in [first, rest] if kept else [rest]:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"foreign: zip ended with {done.returncode}: {done.stdout}{done.stderr}")


def python_docx(old, new):
    docx.Document(str(old)).save(str(new))


def ebook(old, new):
    book = ebooklib.epub.read_epub(str(old))
    # It writes no contents without identifiers, and reads none.
    waiting, number = list(book.toc), 0
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, tuple):
            waiting += entry[1]
            entry = entry[0]
        number += 1
        entry.uid = getattr(entry, "uid", None) or f"entry-{number}"
    ebooklib.epub.write_epub(str(new), book)


def office(form):
    """All at once: LibreOffice takes longest to start."""

    def write(pairs):
        with tempfile.TemporaryDirectory() as folder:
            for index, (old, _) in enumerate(pairs):
                shutil.copy(old, Path(folder) / f"{index}{Path(old).suffix}")
            sources = sorted(Path(folder).glob("*.*"))
            tool("soffice", f"-env:UserInstallation=file://{WORK}/profile", "--headless", "--convert-to", form, "--outdir", f"{folder}/out", *sources)
            for index, (_, new) in enumerate(pairs):
                shutil.move(f"{folder}/out/{index}.{form.split(':')[0]}", new)

    return write


# --- HTML


def lxml_html(old, new):
    tree = lxml.html.parse(str(old))
    tree.write(str(new), method="html", encoding="utf-8", doctype="<!DOCTYPE html>")


def ascii_html(old, new):
    """Every letter beyond ASCII by its number."""
    text = Path(old).read_text(encoding="utf-8")
    # A style sheet knows no such numbers.
    parts = re.split(r"(<style.*?</style>)", text, flags=re.S)
    Path(new).write_bytes(b"".join(part.encode("utf-8") if part.startswith("<style") else part.encode("ascii", "xmlcharrefreplace") for part in parts))


CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu"]


def dumped(old, new):
    if not shutil.which("chromium"):
        sys.exit("foreign: chromium is missing")
    done = subprocess.run([*CHROMIUM, f"--user-data-dir={WORK}/chromium", "--dump-dom", f"file://{old}"], capture_output=True, timeout=180)
    Path(new).write_bytes(done.stdout)


# The program, the format, what it keeps, how it writes, and the pieces.
TOOLS = [
    ("qpdf, linearised", "pdf", ALL, qpdf("--linearize"), PIECES),
    ("qpdf, object streams", "pdf", ALL, qpdf("--object-streams=generate", "--recompress-flate", "--compression-level=9"), PIECES),
    ("qpdf, for editors", "pdf", ALL, qpdf("--qdf", "--object-streams=disable"), PIECES),
    # It breaks a rule of the format, which is told.
    ("qpdf, encrypted without a password to open", "pdf", WORDS, qpdf("--encrypt", "", "owner", "256", "--"), PIECES),
    ("MuPDF, collected", "pdf", ALL, mutool("-gggg", "-z"), PIECES),
    ("MuPDF, decompressed", "pdf", ALL, mutool("-d", "-a"), PIECES),
    ("pikepdf", "pdf", ALL, pike(), PIECES),
    ("pikepdf, linearised object streams", "pdf", ALL, pike(linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate), PIECES),
    ("pikepdf, metadata", "pdf", ALL, pike_metadata, PIECES),
    ("pypdf, incremental", "pdf", ALL, incremental, PIECES),
    ("pypdf", "pdf", ALL, pypdf_copy, PIECES),
    ("python-docx", "docx", ALL, python_docx, PIECES),
    ("another zip", "docx", ALL, lambda old, new: zipped(old, new, zipfile.ZIP_STORED, "[Content_Types].xml"), PIECES),
    ("zip", "docx", ALL, zip_tool, PIECES),
    ("LibreOffice", "docx", WORDS, office("docx"), PIECES),
    ("another zip", "epub", ALL, lambda old, new: zipped(old, new, zipfile.ZIP_DEFLATED), PIECES),
    ("zip", "epub", ALL, zip_tool, PIECES),
    ("EbookLib", "epub", WORDS, ebook, PIECES),
    ("lxml", "html", ALL, lxml_html, PIECES),
    ("letters by number", "html", ALL, ascii_html, PIECES),
    ("Chromium, saved", "html", ALL, dumped, FEW),
]

# What cannot be read, and what is said of it.
REFUSED = [
    ("qpdf, encrypted", "pdf", qpdf("--encrypt", "reader", "owner", "256", "--"), "it is encrypted"),
    ("qpdf, encrypted as of old", "pdf", qpdf("--allow-weak-crypto", "--encrypt", "reader", "owner", "128", "--use-aes=y", "--"), "it is encrypted"),
    ("LibreOffice, as a text document", "docx>odt", office("odt"), "OpenDocument"),
    ("LibreOffice, as of old", "docx>doc", office("doc"), "old Word document"),
    ("LibreOffice, rich text", "docx>rtf", office("rtf"), "RTF"),
]


def made(kind, write, pieces, folder):
    """Rewrites the editions; gives the piece, the old and the new path of each."""
    before, _, after = kind.partition(">")
    after = after or before
    pairs = [(name, WORK / f"dist/{name}.{before}", folder / f"{name}.{after}") for name in pieces]
    if write.__qualname__.startswith("office"):
        write([pair[1:] for pair in pairs])
    else:
        for _, old, new in pairs:
            write(old, new)
    return pairs


def verdicts(*arguments):
    report = WORK / "report.jsonl"
    code, said = flashpoint("verify", *arguments, "--report", report)
    lines = [json.loads(line) for line in report.read_text().splitlines()] if report.exists() else []
    return code, said, [line for line in lines if "verdict" in line]


def hold(name, kind, keeps, write, pieces):
    folder = WORK / "foreign"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    pairs = made(kind, write, pieces, folder)
    held[name.split(",")[0]] = held.get(name.split(",")[0], 0) + len(pairs)
    if keeps == ALL:
        _, said, lines = verdicts(*(WORK / f"source/{piece}.yaml" for piece, *_ in pairs), "--dist", folder, "--strict")
        for (piece, *_), line in zip(pairs, lines):
            if line["verdict"] != "equal":
                failures.append(f"{name}, {kind} of {piece}: {line['verdict']}: {line.get('differences') or line.get('reason')}")
        if len(lines) != len(pairs):
            failures.append(f"{name}, {kind}: {len(lines)} of {len(pairs)} were held: {said[-400:]}")
    for piece, old, new in pairs:
        _, said, lines = verdicts(old, new)
        if [line["verdict"] for line in lines] != ["first", "equal"]:
            failures.append(f"{name}, {kind} of {piece}: not the same text: {said[-900:]}")
        if keeps == WORDS:
            code, said, lines = verdicts(WORK / f"source/{piece}.yaml", "--dist", folder)
            if code != 0 or lines[0]["verdict"] == "text":
                failures.append(f"{name}, {kind} of {piece}: not the text of its source: {said[-900:]}")


def refuse(name, kind, write, named):
    folder = WORK / "foreign"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for piece, old, new in made(kind, write, PIECES[:2], folder):
        held[name.split(",")[0]] = held.get(name.split(",")[0], 0) + 1
        # By its content, whatever its name says.
        named_so = new.with_suffix(old.suffix)
        new.rename(named_so)
        code, said = flashpoint("verify", old, named_so)
        if code != 1 or named not in said:
            failures.append(f"{name}, {kind} of {piece}: {code}, not refused as {named}: {said[-400:]}")


def main():
    (WORK / "source").mkdir()
    for piece in PIECES:
        text = (ROOT / f"tests/fixtures/valid/{piece}.yaml").read_text(encoding="utf-8")
        text = re.sub(r"^slug:.*\n", "", text, flags=re.M) + f"\nslug: {piece}\n"
        (WORK / f"source/{piece}.yaml").write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "tests/fixtures/valid/images", WORK / "source/images")
    code, said = flashpoint("export", "source", "--quiet", "--format", "all,html", "--dist", "dist")
    if code:
        sys.exit(f"foreign: the editions were not made: {said}")
    wanted = sys.argv[2:]
    for name, kind, *rest in TOOLS:
        if not wanted or any(word in f"{name} {kind}" for word in wanted):
            hold(name, kind, *rest)
    for name, kind, *rest in REFUSED:
        if not wanted or any(word in f"{name} {kind}" for word in wanted):
            refuse(name, kind, *rest)
    programs = ", ".join(f"{count} of {name}" for name, count in held.items())
    print(f"foreign files: {sum(held.values())} held ({programs}): {len(failures)} problems")
    for failure in failures:
        print(f"  {failure}")
    shutil.rmtree(WORK)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
