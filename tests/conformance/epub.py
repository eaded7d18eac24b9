"""Runs the public checkers of EPUB over files: python epub.py FILE...

EPUBCheck at its strictest, Ace by DAISY, a reading system in Chromium, and the page list against the PDF beside each file.
A missing tool, an empty report or a file that was not opened is a failure.
"""

import html
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from xml.etree import ElementTree

HERE = pathlib.Path(__file__).resolve().parent
TOOLS = pathlib.Path(os.environ.get("CONFORMANCE_TOOLS", HERE / ".tools"))
SCREENSHOTS = pathlib.Path(os.environ.get("CONFORMANCE_SCREENSHOTS", TOOLS / "screenshots"))

# EPUBCheck's usage messages that are meant, each with its reason. Any other is a failure.
MEANT = {
    "OPF-097": "the licence of a face goes along with it, and no document leads there",
    "CSS-028": "the publication brings its own faces, so the style sheet declares them",
}


# The label of a list's item as the PDF shows it.
LABEL = re.compile(r"^(?:[•–·]|\d+\.)\s")


def fail(problem):
    sys.exit(f"epub: {problem}")


def tool(name):
    found = shutil.which(name)
    return found or fail(f"{name} is missing")


def run(command, **options):
    done = subprocess.run(command, text=True, capture_output=True, **options)
    if done.returncode != 0:
        fail(f"{' '.join(map(str, command[:4]))} ended with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def epubcheck(files):
    jars = sorted(TOOLS.glob("venv/lib/python3*/site-packages/epubcheck/epubcheck.jar"))
    if not jars:
        fail("EPUBCheck is missing")
    classes = f"{jars[0]}{os.pathsep}{jars[0].parent / 'lib'}/*"
    problems, usages, opened = [], {}, 0
    with tempfile.TemporaryDirectory() as reports:
        run([tool("java"), "-cp", classes, HERE / "epub/EpubCheckAll.java", reports, *files])
        for index, file in enumerate(files):
            path = pathlib.Path(reports, f"{index}.json")
            if not path.exists() or path.stat().st_size == 0:
                fail(f"EPUBCheck wrote no report on {file}")
            report = json.loads(path.read_text("utf-8"))
            if report["checker"]["path"] != str(file) or not report["items"] or "3." not in report["publication"]["ePubVersion"]:
                fail(f"EPUBCheck did not open {file}")
            opened += 1
            for message in report["messages"]:
                known = message["severity"] == "USAGE" and message["ID"] in MEANT
                if known:
                    usages[message["ID"]] = usages.get(message["ID"], 0) + 1
                else:
                    places = [f"{place['path']}:{place['line']}" for place in message["locations"][:3]]
                    problems.append(f"{file.name}: {message['severity']} {message['ID']} {message['message']} {places}")
    for name, times in sorted(usages.items()):
        print(f"epub: EPUBCheck: usage {name}, {times} times: {MEANT[name]}")
    print(f"epub: EPUBCheck opened {opened} files")
    return problems


# Ace takes seconds for a file, and so do all ways of looking at it. Files like these have nothing that the others do not show; the long
# proof gives them all.
LIKE_OTHERS = {
    "a-statement-in-a-language-of-its-own", "arabic", "arabic-in-english", "block-starts", "chinese", "edge", "french", "german", "hindi",
    "inline-marks", "japanese", "least", "letters-with-marks", "markup-characters",
    "on-the-several-and-contradictory-reasons-for-which-the-conference-convened", "one-contributor", "roles", "twelve-contributors",
}


def telling(files):
    """The files that are looked at from all sides."""
    return [file for file in files if os.environ.get("ACE_ALL") or file.stem not in LIKE_OTHERS]


def ace(files):
    files = telling(files)
    environment = dict(os.environ, PUPPETEER_EXECUTABLE_PATH=tool("chromium"), ACE_TIMEOUT_INITIAL="60000")
    problems, opened = [], 0
    with tempfile.TemporaryDirectory() as reports:
        run([tool("node"), HERE / "epub/ace.cjs", TOOLS, reports, *files], env=environment)
        for index, file in enumerate(files):
            path = pathlib.Path(reports, str(index), "report.json")
            if not path.exists():
                fail(f"Ace wrote no report on {file}")
            report = json.loads(path.read_text("utf-8"))
            seen = {subject["earl:testSubject"]["url"] for subject in report["assertions"]}
            if file.name not in report["earl:testSubject"]["url"] or "earl:outcome" not in report["earl:result"]:
                fail(f"Ace did not open {file}")
            opened += 1
            for subject in report["assertions"]:
                for found in subject["assertions"]:
                    place = subject["earl:testSubject"]["url"]
                    rule = found["earl:test"]["dct:title"]
                    problems.append(f"{file.name}: {place}: {rule}: {found['earl:result']['dct:description'][:300]}")
            if report["earl:result"]["earl:outcome"] != "pass" and not seen:
                problems.append(f"{file.name}: Ace gives no reason for its failure")
    print(f"epub: Ace opened {opened} files")
    return problems


def reader(files):
    first = telling(files)
    files = [*first, *(file for file in files if file not in first)]
    command = [tool("node"), HERE / "epub/read.mjs", TOOLS, tool("chromium"), SCREENSHOTS, str(len(first)), *files]
    reports = [json.loads(line) for line in run(command).splitlines()]
    if [report["file"] for report in reports] != [str(file) for file in files]:
        fail("the reading system did not open every file")
    problems = []
    for report, file in zip(reports, files):
        problems += [f"{file.name}: {problem}" for problem in report["problems"]]
        if report["sections"] == 0 or report["contents"] == 0:
            problems.append(f"{file.name}: the reading system finds no sections or no contents")
        if report["pages"] != len(page_list(file)):
            problems.append(f"{file.name}: the reading system finds {report['pages']} pages")
        if report["notes"] != note_references(file):
            problems.append(f"{file.name}: the reading system shows {report['notes']} notes as pop-ups")
    print(f"epub: foliate-js opened {len(reports)} files; screenshots in {SCREENSHOTS}")
    return problems


def note_references(file):
    with zipfile.ZipFile(file) as archive:
        documents = [name for name in archive.namelist() if name.endswith(".xhtml")]
        return sum(archive.read(name).count(b'role="doc-noteref"') for name in documents)


def page_list(file):
    """The targets of the page list: label, document, id."""
    with zipfile.ZipFile(file) as archive:
        navigation = ElementTree.fromstring(archive.read("OEBPS/nav.xhtml"))
    ops = "{http://www.idpf.org/2007/ops}type"
    xhtml = "{http://www.w3.org/1999/xhtml}"
    lists = [nav for nav in navigation.iter(f"{xhtml}nav") if nav.get(ops) == "page-list"]
    return [("".join(link.itertext()), *link.get("href").split("#")) for nav in lists for link in nav.iter(f"{xhtml}a")]


def squeezed(text):
    """Letters and digits alone: what line breaks, hyphens, ligatures and list marks leave alike."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def words_after(archive, document, name):
    """The words of the document's text from the target on, pull quotes and page marks left out, and the character before it."""
    source = archive.read(f"OEBPS/{document}").decode("utf-8")
    source = re.sub(r"<aside [^>]*aria-hidden.*?</aside>", " ", source, flags=re.S)
    before, after = re.split(rf'<span [^>]*id="{re.escape(name)}"[^>]*></span>', source)
    before = before.split("<body", 1)[1].split(">", 1)[1]
    return plain(after), plain(before)[-1:]


def plain(markup):
    blocks = re.sub(r"</(p|h\d|li|td|th|caption)>", " ", markup)
    return html.unescape(re.sub(r"<[^>]*>", "", blocks))


def floats(archive):
    """The text of all figures and tables: they may float ahead of the text that a page begins with."""
    documents = [archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xhtml")]
    found = [part for source in documents for part in re.findall(r"<(?:figure|table)\b.*?</(?:figure|table)>", source, re.S)]
    return squeezed(html.unescape(re.sub(r"<[^>]*>", " ", " ".join(found))))


def begins_with(text, wanted, head, floating):
    """Whether nothing stands before these words on the page but the running head, the folio, figures and tables.

    On paper a list's items have labels, which are no words of the piece; a line may also begin with words like them.
    """
    for lines in (text.splitlines(), [LABEL.sub("", line) for line in text.splitlines()]):
        lines = [squeezed(line) for line in lines]
        for index in range(len(lines)):
            if "".join(lines[index:]).startswith(wanted):
                above = [line for line in lines[:index] if line not in floating]
                return len("".join(above)) <= head
    return False


def pages(files):
    problems, checked, targets = [], 0, 0
    for file in files:
        paper = file.with_suffix(".pdf")
        listed = page_list(file)
        if not paper.exists():
            if listed:
                problems.append(f"{file.name}: a page list without a PDF beside it")
            continue
        if not listed:
            problems.append(f"{file.name}: no page list")
        checked += 1
        with zipfile.ZipFile(file) as archive:
            floating = floats(archive)
            for label, document, name in listed:
                targets += 1
                number = name.removeprefix("page-")
                text = run([tool("pdftotext"), "-raw", "-f", number, "-l", number, paper, "-"])
                after, before = words_after(archive, document, name)
                wanted = squeezed(after)[:24]
                head = len(squeezed(text.split("\n", 1)[0])) + len(label)
                if before.isalnum():
                    problems.append(f"{file.name}: page {label} begins inside a word")
                if not wanted or not begins_with(text, wanted, head, floating):
                    problems.append(f"{file.name}: page {label} should begin with {after[:40]!r}, but: {text[:120]!r}")
    print(f"epub: page lists of {checked} files held against their PDFs, {targets} targets")
    return problems


def main():
    files = [pathlib.Path(argument).resolve() for argument in sys.argv[1:]]
    if not files:
        fail("no file given")
    problems = [problem for check in (epubcheck, pages, reader, ace) for problem in check(files)]
    for problem in problems:
        print(f"epub: {problem}", file=sys.stderr)
    if problems:
        fail(f"{len(problems)} problems")


if __name__ == "__main__":
    main()
