#!/usr/bin/env python3
"""Runs the public checkers over DOCX files: docx.py FILE...

Microsoft's Open XML SDK validator, openxml-audit, the ISO schemas (where OOXML_SCHEMAS names their folder), LibreOffice
(opens each file, saves it again with nothing lost, and sets the same pages with the faces in the file as with installed ones) and
python-docx. A missing tool, an empty report or a file that was not opened is a failure. Prints how many files each checker opened;
exits 0 only without findings.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# This file has the library's name: the library is looked for first.
sys.path.append(sys.path.pop(0))
import docx
from docx.oxml.ns import qn
from lxml import etree

from ooxml_schemas import Schemas

TOOLS = Path(__file__).resolve().parent / ".tools"
failures = []


def fail(checker, path, message):
    failures.append(f"{checker}: {Path(path).name}: {message}")


def report(checker, opened, files, version=""):
    print(f"{checker}{version}: {opened} of {len(files)} files opened")
    if opened != len(files):
        failures.append(f"{checker}: opened {opened} of {len(files)} files")


def in_parallel(check, files):
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return sum(pool.map(check, files))


def answer(checker, path, command):
    """The JSON that a checker prints."""
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError:
        fail(checker, path, f"no report: {done.stdout[:200]} {done.stderr[:200]}")
        return None


def microsoft(path):
    name = "Open XML SDK"
    said = answer(name, path, [TOOLS / "node_modules/.bin/ooxml-validator", path, "--officeVersion", "Microsoft365"])
    if not said or Path(said.get("file", "")).name != Path(path).name:
        return 0
    for error in said["errors"]:
        fail(name, path, json.dumps(error))
    if said["ok"] is not True and not said["errors"]:
        fail(name, path, "refused without a reason")
    return 1


def audit(path):
    """One file at a time: of several in one process it mixes up the notes."""
    name = "openxml-audit"
    said = answer(name, path, [TOOLS / "venv/bin/openxml-audit", "-f", "microsoft365", "-o", "json", "-m", "0", path])
    if not said or Path(said[0].get("file", "")).name != Path(path).name:
        return 0
    for error in said[0]["errors"]:
        fail(name, path, json.dumps(error))
    if not said[0]["valid"] or said[0]["error_count"] or said[0]["warning_count"]:
        fail(name, path, said[0]["verdict"]["headline"])
    return 1


def iso(files):
    folder = os.environ.get("OOXML_SCHEMAS")
    if not folder:
        print("ISO/IEC 29500 schemas: OOXML_SCHEMAS names no folder, so this check was not asked for")
        return
    schemas = Schemas(folder)
    opened = 0
    for path in files:
        try:
            findings = schemas.findings(path)
        except (OSError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
            fail("ISO schemas", path, f"could not be read: {error}")
            continue
        for finding in findings:
            fail("ISO schemas", path, finding)
        opened += 1
    report("ISO/IEC 29500 schemas", opened, files)


def office(folder, kind, files, environment=None):
    """LibreOffice makes of each file one of another kind, in the folder of that kind, with a profile of its own there."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind]
    done = subprocess.run(
        [*command, "--outdir", folder / kind, *files], capture_output=True, text=True, env={**os.environ, **(environment or {})}
    )
    if done.returncode:
        failures.append(f"LibreOffice: {done.stderr[:300]}")


def words(made):
    """The words of a PDF's pages."""
    text = subprocess.run(["pdftotext", made, "-"], capture_output=True, text=True).stdout
    return [page.split() for page in text.split("\f")]


def libreoffice(files):
    """Each file becomes a PDF and, opened and saved again, a DOCX that still holds what it held."""
    opened = saved = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        # A face stays known until the program ends: files with the same faces are set together, where these are looked at.
        groups = {}
        for path in files:
            groups.setdefault(tuple(sorted(fonts(path).items())), []).append(path)
        compared = [(carried, group) for carried, group in groups.items() if carried]
        # The long proof gives all.
        compared = compared if os.environ.get("FACES_ALL") else compared[::3]
        for _, group in compared:
            office(folder, "pdf", group)
        others = [path for path in files if not any(path in group for _, group in compared)]
        if others:
            office(folder, "pdf", others)
        office(folder, "docx", files)
        for path in files:
            made = folder / "pdf" / (Path(path).stem + ".pdf")
            # soffice ends with 0 even when it wrote nothing.
            if not made.is_file() or made.stat().st_size < 1000:
                fail("LibreOffice", path, "made no PDF")
                continue
            if not any(words(made)):
                fail("LibreOffice", path, "made a PDF without words")
            opened += 1
            again = folder / "docx" / Path(path).name
            if not again.is_file():
                fail("LibreOffice", path, "did not save it again")
                continue
            try:
                compare(path, again)
            except Exception as error:
                fail("LibreOffice, saved again", path, f"could not be read: {error!r}")
                continue
            saved += 1
        report("LibreOffice", opened, files)
        report("LibreOffice, saved again", saved, files)
        faces(compared, folder)


def faces(compared, folder):
    """LibreOffice sets the same pages with the faces in the file as with the same faces installed and none in the file."""
    asked = []
    for number, (carried, group) in enumerate(compared):
        # What is shown of these faces one file shows.
        group = group if os.environ.get("FACES_ALL") else group[:1]
        (folder / str(number)).mkdir()
        same_pages(folder / str(number), folder / "pdf", carried, group)
        asked += group
    if not asked:
        failures.append("LibreOffice, faces: no file carries any")
    print(f"LibreOffice, faces carried and installed: {len(asked)} files compared")


def same_pages(folder, as_carried, carried, files):
    installed, bare = folder / "fonts", folder / "bare"
    installed.mkdir()
    bare.mkdir()
    for name, font in carried:
        (installed / f"{name}.ttf").write_bytes(font)
    for path in files:
        without_fonts(path, bare / Path(path).name)
    config = folder / "fonts.conf"
    config.write_text(f"<fontconfig><include>/etc/fonts/fonts.conf</include><dir>{installed}</dir></fontconfig>")
    office(folder, "pdf", [bare / Path(path).name for path in files], {"FONTCONFIG_FILE": str(config)})
    for path in files:
        both = [place / (Path(path).stem + ".pdf") for place in (as_carried, folder / "pdf")]
        for how, made in zip(("carried", "installed"), both):
            shown = subprocess.run(["pdffonts", made], capture_output=True, text=True).stdout
            if "Flashpoint" not in shown:
                fail("LibreOffice, faces", path, f"{how}: shows none of them")
        one, other = map(words, both)
        if one != other:
            fail("LibreOffice, faces", path, f"other pages: {difference(one, other)}")


def fonts(path):
    """The fonts in a file, as they were before they were obfuscated (ISO/IEC 29500-1, 17.8.1)."""
    with zipfile.ZipFile(path) as package:
        if "word/_rels/fontTable.xml.rels" not in package.namelist():
            return {}
        rows = etree.fromstring(package.read("word/_rels/fontTable.xml.rels"))
        targets = {row.get("Id"): row.get("Target") for row in rows}
        found = {}
        for element in etree.fromstring(package.read("word/fontTable.xml")).iter():
            key = element.get(qn("w:fontKey"))
            if key is None:
                continue
            target = targets[element.get(qn("r:id"))]
            font = bytearray(package.read(f"word/{target}"))
            mask = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
            for at in range(32):
                font[at] ^= mask[at % 16]
            found[Path(target).stem] = bytes(font)
        return found


def without_fonts(path, to):
    """Copies a file without the fonts in it."""
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(to, "w") as copy:
        for name in package.namelist():
            content = package.read(name)
            if name.startswith("word/fonts/") or name == "word/_rels/fontTable.xml.rels":
                continue
            if name == "word/fontTable.xml":
                content = re.sub(rb"<w:embed[^>]*/>", b"", content)
            copy.writestr(name, content)


def compare(path, again):
    before, after = Contents(path), Contents(again)
    for what in ("words", "headings", "notes", "styles", "links", "bookmarks", "images", "rows", "properties"):
        one, other = getattr(before, what), getattr(after, what)
        if one != other:
            fail("LibreOffice, saved again", path, f"{what} changed: {difference(one, other)}")


def difference(one, other):
    if isinstance(one, (set, frozenset)):
        return f"lost {sorted(one - other)[:5]}, gained {sorted(other - one)[:5]}"
    pairs = [pair for pair in zip(one, other) if pair[0] != pair[1]] if not isinstance(one, (str, int)) else []
    return f"{pairs[:2] or (one, other)}"[:400]


class Contents:
    """What python-docx reads of a file."""

    def __init__(self, path):
        self.document = docx.Document(path)
        body = self.document.element.body
        self.paragraphs = [docx.text.paragraph.Paragraph(p, self.document) for p in body.iter(qn("w:p"))]
        self.words = [word for p in self.paragraphs for word in shown(p._p).split()]
        self.headings = [
            (p.style.name.lower(), shown(p._p).strip())
            for p in self.paragraphs
            if re.fullmatch(r"title|(end )?heading \d", p.style.name.lower())
        ]
        # The program's own names; LibreOffice may add some that it needs itself.
        self.styles = frozenset(p.style.name.lower() for p in self.paragraphs if shown(p._p).strip())
        self.notes = self.of_notes()
        relations = self.document.part.rels.values()
        # LibreOffice 7.4 reads a link with a fragment, and loses it when it saves a DOCX.
        links = (r.target_ref for r in relations if r.reltype.endswith("/hyperlink"))
        self.links = frozenset(link for link in links if "#" not in link)
        names = (b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart")))
        # Word's own bookmarks start with an underscore.
        self.bookmarks = frozenset(name for name in names if not name.startswith("_"))
        self.images = [d.get("descr") for d in body.iter(qn("wp:docPr"))]
        self.rows = len(list(body.iter(qn("w:tr"))))
        # Read from the part: LibreOffice names its relationship in a way that python-docx does not follow.
        with zipfile.ZipFile(path) as package:
            core = etree.fromstring(package.read("docProps/core.xml"))
        kept = ("title", "creator", "subject", "description", "language", "identifier", "created", "modified")
        named = {etree.QName(element).localname: element.text for element in core}
        self.properties = [(name, named.get(name)) for name in kept]

    def of_notes(self):
        for relation in self.document.part.rels.values():
            if relation.reltype.endswith("/footnotes"):
                root = docx.oxml.parse_xml(relation.target_part.blob)
                notes = [n for n in root if n.get(qn("w:type")) in (None, "normal")]
                return [" ".join(shown(note).split()) for note in notes]
        return []


def shown(element):
    """The words of an element, without field codes."""
    parts = []
    for node in element.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
        parts.append(node.text or "" if node.tag == qn("w:t") else " ")
    return "".join(parts)


def read(path):
    """python-docx reads styles, headings, properties and words, and they agree with each other."""
    name = "python-docx"
    try:
        contents = Contents(path)
    except Exception as error:  # whatever it stumbles over, the file was not read
        fail(name, path, f"could not be read: {error!r}")
        return 0
    properties = contents.document.core_properties
    for field in ("title", "author", "language", "identifier", "created", "modified", "category"):
        if not getattr(properties, field):
            fail(name, path, f"no {field}")
    titles = [text for style, text in contents.headings if style == "title"]
    if len(titles) != 1:
        fail(name, path, f"{len(titles)} titles")
    elif not properties.title.startswith(titles[0].split()[0]):
        fail(name, path, f"the title is {titles[0]!r}, the property {properties.title!r}")
    level = 1
    for style, text in contents.headings[1:]:
        next_level = int(style[-1])
        if next_level > level + 1:
            fail(name, path, f"level {next_level} after {level}: {text}")
        if not text:
            fail(name, path, "an empty heading")
        level = next_level
    known = {style.style_id for style in contents.document.styles}
    for tag in ("w:pStyle", "w:rStyle", "w:tblStyle"):
        for style in contents.document.element.body.iter(qn(tag)):
            if style.get(qn("w:val")) not in known:
                fail(name, path, f"no style {style.get(qn('w:val'))}")
    for alt in contents.images:
        if not alt:
            fail(name, path, "an image without words")
    if len(contents.words) < 3:
        fail(name, path, "no words")
    return 1


def main(files):
    if not files:
        sys.exit("docx.py: no files")
    report("Microsoft Open XML SDK", in_parallel(microsoft, files), files)
    report("openxml-audit", in_parallel(audit, files), files)
    iso(files)
    libreoffice(files)
    report("python-docx", sum(map(read, files)), files, f" {docx.__version__}")
    for failure in failures:
        print(failure, file=sys.stderr)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
