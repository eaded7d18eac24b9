#!/usr/bin/python3
"""Holds updates against changes that LibreOffice tracked, accepted and rejected: tracked.py FLASHPOINT [SEED]

Editions of a few pieces are edited in LibreOffice with its recording of changes: words replaced, added and deleted wherever they stand,
paragraphs added and deleted; comments with an answer, and resolved, go through it. The changes stay tracked, or are accepted or rejected there, all or
some. A paragraph is put in behind each of a piece with lists in lists, and each is deleted. Each edit that holds must be in the source,
and every other character of it must stay. FLASHPOINT SEED tries other words. Needs Debian's python3-uno, so it runs with
the machine's Python. Prints how many documents were tried; exits 0 only without findings.
"""

import difflib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.text.ControlCharacter import PARAGRAPH_BREAK

PROGRAM = Path(sys.argv[1]).resolve()
ROOT = Path(__file__).resolve().parents[2]
PIECES = ["every-block", "notes", "tables", "lists", "figures", "languages", "urdu", "twelve-contributors"]
# Other words with another number on the command line.
FIRST = int(sys.argv[2]) if len(sys.argv) > 2 else 0
# So many edits of each piece; the long proof asks for more.
SEEDS = range(FIRST, FIRST + int(os.environ.get("EDITS", "1")))
PIPE = f"tracked{time.time_ns()}"
failures = []
tried = 0


def run(folder, *arguments):
    done = subprocess.run([PROGRAM, *arguments], cwd=folder, capture_output=True, text=True, env={"NO_COLOR": "1", "HOME": str(folder)})
    return done.returncode, done.stdout + done.stderr


def hold(name, holds, said=""):
    if not holds:
        failures.append(f"{name}: {said[-1500:]}")


def value(name, what):
    one = PropertyValue()
    one.Name, one.Value = name, what
    return one


class Office:
    def __init__(self, folder):
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--norestore", f"--accept=pipe,name={PIPE};urp;"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(120):
            try:
                context = resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
                break
            except Exception:  # not up yet
                time.sleep(0.5)
        make = lambda name: context.ServiceManager.createInstanceWithContext(name, context)
        self.desktop = make("com.sun.star.frame.Desktop")
        self.helper = make("com.sun.star.frame.DispatchHelper")

    def open(self, path):
        return self.desktop.loadComponentFromURL(f"file://{path}", "_blank", 0, ())

    def do(self, document, command, **values):
        frame = document.CurrentController.Frame
        self.helper.executeDispatch(frame, f".uno:{command}", "", 0, tuple(value(*one) for one in values.items()))

    def save(self, document, path):
        document.storeToURL(f"file://{path}", (value("FilterName", "MS Word 2007 XML"),))

    def end(self):
        try:
            self.desktop.terminate()
        except Exception:  # it ends while it answers
            pass
        self.process.wait(60)


def find(document, word):
    search = document.createSearchDescriptor()
    search.SearchString = word
    search.SearchWords = True
    search.SearchCaseSensitive = True
    return document.findFirst(search)


def words(document, source, count, chance):
    """Words that stand once in the source, among its texts, and are found in the document."""
    texts = re.sub(r"\(\S*\)|^\s*#.*$|\S*[/_:]\S*", " ", source, flags=re.M)
    found = re.findall(r"[^\W\d_]{4,}", texts)
    once = [word for word in found if len(re.findall(rf"(?<!\w){word}(?!\w)", source)) == 1 and source.count(word) == 1]
    chance.shuffle(once)
    chosen = []
    for word in once:
        place = find(document, word)
        if place is not None and place.String == word:
            search = document.createSearchDescriptor()
            search.SearchString = word
            if document.findAll(search).Count == 1:
                chosen.append(word)
        if len(chosen) == count:
            break
    return chosen


def change(document, source, word, kind):
    """Makes an edit; gives what the source is to be then."""
    place = find(document, word)
    if kind == "replace":
        place.String = "Qua" + word
        return source.replace(word, "Qua" + word)
    if kind == "add":
        place.Text.insertString(place.End, " zugefügt", False)
        return source.replace(word, word + " zugefügt")
    cursor = place.Text.createTextCursorByRange(place)
    cursor.goRight(1, True)
    if cursor.String != word + " ":
        place.String = "Exit"
        return source.replace(word, "Exit")
    cursor.String = ""
    return re.sub(word + r"\s+", "", source, count=1)


def flat(text):
    """The text without what YAML needs: an edit may ask for quotation marks, or for other lines."""
    return re.sub(r"\s+(?=[}\]])", "", re.sub(r"\s+", " ", text.replace('"', "").replace("'", "")))


def update(name, folder, path, original, edited, expected, *options):
    global tried
    tried += 1
    shutil.copy(path, folder / "piece.yaml")
    code, said = run(folder, "update", "piece.yaml", str(edited), "--yes", *options)
    got = (folder / "piece.yaml").read_bytes().decode()
    hold(name, code == 0, said)
    if expected == original:
        hold(f"{name}: bytes", got == original, said + "".join(difflib.unified_diff(original.splitlines(True), got.splitlines(True), n=0)))
    else:
        lines = difflib.unified_diff(flat(expected).split(), flat(got).split(), n=1, lineterm="")
        hold(f"{name}: words", flat(got) == flat(expected), "\n".join(lines) + said[-600:])
    # A second run finds nothing.
    before = (folder / "piece.yaml").read_bytes()
    code, said = run(folder, "update", "piece.yaml", str(edited), "--yes", *options)
    hold(f"{name}: again", code == 0 and (folder / "piece.yaml").read_bytes() == before, said)


def judge(office, document, word, verdict):
    """Accepts or rejects the change that put a word in, with the space before it."""
    place = find(document, word)
    cursor = document.CurrentController.ViewCursor
    cursor.gotoRange(place.Start, False)
    cursor.goLeft(1, False)
    cursor.gotoRange(place.End, True)
    office.do(document, f"{verdict}TrackedChange")


def tracked(office, folder, path, seed):
    original = path.read_text()
    chance = random.Random(f"{path.stem}{seed}")
    made = next((folder / "dist").glob("*.docx"))
    name = f"{path.stem}, {seed}"
    document = office.open(made)
    document.RecordChanges = True
    expected = original
    for word in words(document, original, 6, chance):
        expected = change(document, expected, word, chance.choice(["replace", "add", "delete"]))
    if expected == original:
        return document.close(True)
    office.save(document, folder / "tracked.docx")
    office.do(document, "AcceptAllTrackedChanges")
    hold(f"{name}: all accepted", not list(document.Redlines))
    office.save(document, folder / "accepted.docx")
    document.close(True)
    document = office.open(folder / "tracked.docx")
    office.do(document, "RejectAllTrackedChanges")
    office.save(document, folder / "rejected.docx")
    document.close(True)
    update(f"{name}, tracked, accept", folder, path, original, folder / "tracked.docx", expected)
    update(f"{name}, tracked, reject", folder, path, original, folder / "tracked.docx", original, "--changes", "reject")
    update(f"{name}, accepted there", folder, path, original, folder / "accepted.docx", expected)
    update(f"{name}, rejected there", folder, path, original, folder / "rejected.docx", original)


def some(office, folder, path, seed):
    """Half of the words are replaced and accepted, half rejected, one stays tracked."""
    original = path.read_text()
    chance = random.Random(f"some {path.stem}{seed}")
    made = next((folder / "dist").glob("*.docx"))
    document = office.open(made)
    chosen = words(document, original, 5, chance)
    document.RecordChanges = True
    kept = original
    for index, word in enumerate(chosen):
        place = find(document, word)
        place.Text.insertString(place.End, f" word{index}", False)
    for index, word in reversed(list(enumerate(chosen))):
        if index:
            judge(office, document, f"word{index}", "Accept" if index % 2 else "Reject")
        if index % 2 or not index:
            kept = kept.replace(word, f"{word} word{index}")
    office.save(document, folder / "some.docx")
    left = len(list(document.Redlines))
    document.close(True)
    hold(f"{path.stem}, {seed}: some were judged", left == min(1, len(chosen)), str(left))
    if chosen:
        update(f"{path.stem}, {seed}, some", folder, path, original, folder / "some.docx", kept)


NEW = "A wholly new paragraph of somebody else, which stands here as a sentence."
LISTS = """series: Flash Point
title: Lists that are edited
date: 2025-02-03
language: en-GB
contributors:
  - name: Robin Ashe
    statement:
      - The first paragraph of all.
      - The second paragraph of all.
      - list:
          - The first item stands alone.
          - The second item stands alone.
          - - The third item has more.
            - Its second paragraph is here.
            - Its third paragraph is here.
            - list:
                - The first inner item.
                - - The second inner item.
                  - A paragraph of the inner item.
                  - Another paragraph of the inner item.
                - The third inner item.
            - A paragraph below the inner list.
            - Another paragraph below the inner list.
          - The fourth item stands alone.
      - numbered:
          - The first number.
          - - The second number.
            - The end of the number.
          - The third number.
      - The last paragraph of all.
"""


def paragraphs(office, folder):
    """A paragraph behind each of a piece with lists in lists, and each but the last of it deleted, tracked and accepted there."""
    path = folder / "lists.yaml"
    path.write_text(LISTS)
    (folder / "piece.yaml").write_text(LISTS)
    code, said = run(folder, "export", "piece.yaml", "-f", "docx")
    hold("lists", code == 0, said)
    made = next((folder / "dist").glob("*.docx"))
    lines = LISTS.splitlines(True)
    texts = [(index, line.lstrip(" -").rstrip()) for index, line in enumerate(lines) if line.endswith(".\n")]
    for index, text in texts:
        lead = lines[index][: lines[index].index(text)]
        # What follows the first paragraph of an item is of the new one, or begins the item.
        below = [lead + lines[index + 1].lstrip(" -")] if "- - " in lead else lines[index + 1 : index + 2]
        wanted = {
            "put in": lines[: index + 1] + [f"{lead}{NEW}\n"] + lines[index + 1 :],
            "deleted": lines[:index] + below + lines[index + 2 :],
        }
        for what, expected in wanted.items():
            document = office.open(made)
            document.RecordChanges = True
            place = find(document, text)
            cursor = place.Text.createTextCursorByRange(place.End if what == "put in" else place)
            if what == "put in":
                place.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
                place.Text.insertString(cursor, NEW, False)
            else:
                cursor.gotoStartOfParagraph(False)
                if not cursor.gotoNextParagraph(True):
                    document.close(True)
                    continue
                cursor.String = ""
            office.save(document, folder / "tracked.docx")
            office.do(document, "AcceptAllTrackedChanges")
            office.save(document, folder / "accepted.docx")
            document.close(True)
            name = f"a paragraph {what}: {text}"
            update(name, folder, path, LISTS, folder / "tracked.docx", "".join(expected))
            update(f"{name}, accepted there", folder, path, LISTS, folder / "accepted.docx", "".join(expected))
            update(f"{name}, rejected", folder, path, LISTS, folder / "tracked.docx", LISTS, "--changes", "reject")


COMMENTS = """<w:comment w:id="0" w:author="Reader" w:date="2026-05-05T10:00:00Z" w:initials="R"><w:p w14:paraId="00000010"><w:r><w:t>Remark0 on this.</w:t></w:r></w:p></w:comment>
<w:comment w:id="1" w:author="Editor" w:date="2026-05-06T10:00:00Z" w:initials="E"><w:p w14:paraId="00000011"><w:r><w:t>An answer to it.</w:t></w:r></w:p></w:comment>
<w:comment w:id="2" w:author="Reader" w:date="2026-05-05T10:00:00Z" w:initials="R"><w:p w14:paraId="00000012"><w:r><w:t>Remark2 on that.</w:t></w:r></w:p></w:comment>"""
EXTENDED = """<w15:commentEx w15:paraId="00000010" w15:done="0"/><w15:commentEx w15:paraId="00000011" w15:paraIdParent="00000010" w15:done="0"/>
<w15:commentEx w15:paraId="00000012" w15:done="1"/>"""
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14 w15"'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def commented(made, path):
    """A remark with an answer on one text, and one that is resolved on another, as Word writes them."""
    with zipfile.ZipFile(made) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    body = parts["word/document.xml"].decode()
    runs = [run for run in re.finditer(r"<w:r>(?:(?!</w:r>).)*?<w:t[ >](?:(?!</w:r>).)*?</w:r>", body, flags=re.S) if len(run.group()) > 120]
    if len(runs) < 4:
        return False
    for run, ids in ((runs[-2], [2]), (runs[1], [0, 1])):
        start = "".join(f'<w:commentRangeStart w:id="{id}"/>' for id in ids)
        end = "".join(f'<w:commentRangeEnd w:id="{id}"/><w:r><w:commentReference w:id="{id}"/></w:r>' for id in ids)
        body = body[: run.start()] + start + run.group() + end + body[run.end() :]
    parts["word/document.xml"] = body.encode()
    parts["word/comments.xml"] = f"{HEAD}<w:comments {SPACES}>{COMMENTS}</w:comments>".encode()
    parts["word/commentsExtended.xml"] = f"{HEAD}<w15:commentsEx {SPACES}>{EXTENDED}</w15:commentsEx>".encode()
    related = "word/_rels/document.xml.rels"
    kinds = (("comments", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"), ("commentsExtended", "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"))
    ours = "".join(f'<Relationship Id="x{name}" Type="{kind}" Target="{name}.xml"/>' for name, kind in kinds)
    parts[related] = parts[related].replace(b"</Relationships>", ours.encode() + b"</Relationships>")
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{name}+xml"/>' for name, _ in kinds)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", types.encode() + b"</Types>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return True


def comments(folder, path):
    """Its remarks, as Word writes them and as LibreOffice does that opened and saved it. LibreOffice itself cannot be asked for remarks without a screen."""
    global tried
    original = path.read_text()
    made = next((folder / "dist").glob("*.docx"))
    if not commented(made, folder / "word.docx"):
        return
    (folder / "out").mkdir()
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder / "out", folder / "word.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    for edited in (folder / "word.docx", folder / "out" / "word.docx"):
        tried += 1
        name = f"{path.stem}, comments of {edited.parent.name}"
        shutil.copy(path, folder / "piece.yaml")
        code, said = run(folder, "update", "piece.yaml", str(edited), "--yes")
        got = (folder / "piece.yaml").read_text()
        hold(name, code == 0, said)
        removed = [line for line in difflib.ndiff(original.splitlines(), got.splitlines()) if line.startswith("- ")]
        hold(f"{name}: nothing else", not removed, str(removed))
        hold(f"{name}: asked and answered", 0 < flat(got).find("Remark0 on this.") < flat(got).find("An answer to it."), got[-900:] + said)
        hold(f"{name}: resolved", "Remark2" not in got and "Remark2 on that." in said, got[-900:] + said)
        code, again = run(folder, "update", "piece.yaml", str(edited), "--yes")
        hold(f"{name}: again", (folder / "piece.yaml").read_text() == got, again)


with tempfile.TemporaryDirectory() as place:
    office = Office(place)
    try:
        sources = [ROOT / f"tests/fixtures/valid/{name}.yaml" for name in PIECES] + [ROOT / "source/flash-point.yaml"]
        for path in sources:
            folder = Path(place) / path.stem
            folder.mkdir()
            shutil.copytree(ROOT / "tests/fixtures/valid/images", folder / "images")
            shutil.copy(path, folder / "piece.yaml")
            code, said = run(folder, "export", "piece.yaml", "-f", "docx")
            hold(path.stem, code == 0, said)
            for seed in SEEDS:
                tracked(office, folder, path, seed)
                some(office, folder, path, seed)
            comments(folder, path)
        folder = Path(place) / "nested"
        folder.mkdir()
        paragraphs(office, folder)
    finally:
        office.end()

print(f"tracked changes: {tried} documents of LibreOffice tried")
for failure in failures:
    print(f"  {failure}")
sys.exit(bool(failures))
