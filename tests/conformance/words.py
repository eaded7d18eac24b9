#!/usr/bin/env python3
"""Holds imports and updates against documents that other programs made: words.py FLASHPOINT

python-docx and LibreOffice (from HTML) make documents, whose words and people must come in whole. Editions of the program that LibreOffice
saved again, edited or not, must come back as exactly the edit. Round-ups in the shapes that people send need two corrections by hand at most.
After random edits and an update, an edition made anew says what the edited one says, or what is missing is told. Prints how many documents were tried; exits 0 only without findings.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.append(sys.path.pop(0))
import docx
import edits
import inbox
import round_ups

PROGRAM = Path(sys.argv[1]).resolve()
ROOT = Path(__file__).resolve().parents[2]
failures = []
tried = 0

# So many random edits of each piece; the long proof asks for more.
EDITS = int(os.environ.get("EDITS", "1"))


def run(folder, *arguments):
    done = subprocess.run([PROGRAM, *arguments], cwd=folder, capture_output=True, text=True, env={"NO_COLOR": "1", "HOME": str(folder)})
    return done.returncode, done.stdout, done.stderr


def hold(name, holds, said=""):
    if not holds:
        failures.append(f"{name}: {said[-1500:]}")


def office(paths, form, folder):
    """What LibreOffice makes of files of one kind, all at once, since it takes seconds to begin."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    web = ["--infilter=HTML (StarWriter)"] if all(path.suffix == ".html" for path in paths) else []
    command = ["soffice", profile, "--headless", *web, "--convert-to", form, "--outdir", folder, *paths]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    made = [folder / f"{path.stem}.{form}" for path in paths]
    for file in made:
        if not file.exists():
            raise SystemExit(f"LibreOffice did not make {file}")
    return made


TEXTS = [
    "The border has been closed since October, and traders on both sides count their losses day by day, whatever is said in the capitals.",
    "It is helpful that partners in the region have offered to monitor the ceasefire; without that nobody would have come back to the table.",
    "In the longer run only trade will change the calculation, since a market of forty million people is worth more than a closed gate.",
]
PEOPLE = [
    ("Amina Khan", "Director, Centre for Afghanistan, ISSI"),
    ("Fahd Humayun", "Asst. Professor of Political Science, Tufts University"),
    ("Mansoor Ahmad Khan", "Former Ambassador of Pakistan to Afghanistan"),
    ("Saleem Shahid", "Journalist, Quetta"),
]


def by_python(path, styled):
    """A round-up as people write it: with styles, or with bold lines."""
    made = docx.Document()
    if styled:
        made.add_heading("After the Summit: What Now?", 0)
    else:
        made.add_paragraph("Flash Point")
        made.add_paragraph().add_run("After the Summit: What Now?").bold = True
    made.add_paragraph("Date: 12 November 2025")
    for name, what in PEOPLE:
        if styled:
            made.add_heading(name, 1)
        else:
            made.add_paragraph().add_run(name).bold = True
        made.add_paragraph().add_run(what).italic = True
        for text in TEXTS:
            made.add_paragraph(text)
        made.add_paragraph("An item of a list", style="List Bullet")
        made.add_paragraph("Another item of it", style="List Bullet")
    table = made.add_table(rows=2, cols=2)
    for at, text in enumerate(["Year", "Trade", "2024", "1.2 bn"]):
        table.cell(at // 2, at % 2).text = text
    made.save(path)


def by_office():
    """A round-up as a page."""
    page = "<h1>After the Summit: What Now?</h1><p>12 November 2025</p>"
    for name, what in PEOPLE:
        page += f"<h2>{name}</h2><p>{what}</p>"
        page += "".join(f"<p>{text}</p>" for text in TEXTS)
        page += "<ol><li>one<ul><li>inner</li></ul></li><li>two</li></ol><blockquote>Words of somebody else.</blockquote>"
    return page


def documents(pages, folder):
    """Documents that LibreOffice makes of pages, by their names."""
    sources = [folder / f"{name}.html" for name, _ in pages]
    for source, (_, page) in zip(sources, pages):
        source.write_text(f"<html><body>{page}</body></html>")
    made = office(office(sources, "odt", folder), "docx", folder)
    return {path.stem: path for path in made}


def imported(name, path, folder):
    global tried
    tried += 1
    code, source, told = run(folder, "import", str(path), "-o", "-", "--language", "en-GB")
    hold(name, code == 0, told)
    hold(name, "found no place" not in told, told)
    for person, what in PEOPLE:
        hold(f"{name}: {person}", f"- name: {person}\n    affiliation: {what}\n" in source, source + told)
    for text in TEXTS:
        folded = re.sub(r"\s+", " ", source)
        hold(f"{name}: text", folded.count(text) == len(PEOPLE), source)


def circles(folder):
    global tried
    sources = sorted((ROOT / "tests/fixtures/valid").glob("*.yaml")) + [ROOT / "source/flash-point.yaml"]
    editions = []
    for path in sources:
        place = folder / path.stem
        place.mkdir()
        shutil.copytree(ROOT / "tests/fixtures/valid/images", place / "images")
        shutil.copy(path, place / "piece.yaml")
        code, _, told = run(place, "export", "piece.yaml", "-f", "docx")
        hold(path.stem, code == 0, told)
        made = next((place / "dist").glob("*.docx"))
        editions.append(made.rename(place / f"{path.stem}.docx"))
    (folder / "again").mkdir()
    for path, again in zip(sources, office(editions, "docx", folder / "again")):
        place = folder / path.stem
        tried += 1
        code, shown, told = run(place, "update", "piece.yaml", str(again), "--yes")
        same = (place / "piece.yaml").read_bytes() == path.read_bytes()
        hold(f"{path.stem}, saved again", code == 0 and same and "do it by hand" not in told, shown + told)


def round_up(name, path, folder):
    global tried
    tried += 1
    code, source, told = run(folder, "import", str(path), "-o", "-", "--language", "en-GB")
    hold(name, code == 0 and "found no place" not in told, told)
    corrections = round_ups.wrong(source)
    hold(name, len(corrections) <= 2, f"{corrections}\n{source[:600]}")


def sent(name, path, right, folder):
    global tried
    tried += 1
    code, source, told = run(folder, "import", str(path), "-o", "-", "--language", "en-GB")
    hold(name, code == 0 and "found no place" not in told, told)
    corrections = inbox.corrections(source, right)
    hold(name, len(corrections) <= 1, f"{corrections}\n{source[:600]}")


def edited(folder):
    global tried
    sources = sorted((ROOT / "tests/fixtures/valid").glob("*.yaml")) + [ROOT / "source/flash-point.yaml"]
    for path in sources:
        place = folder / f"edited-{path.stem}"
        place.mkdir()
        shutil.copytree(ROOT / "tests/fixtures/valid/images", place / "images")
        shutil.copy(path, place / "piece.yaml")
        run(place, "export", "piece.yaml", "-f", "docx")
        made = next((place / "dist").glob("*.docx"))
        shutil.copy(made, place / "original.docx")
        for seed in range(EDITS):
            done = edits.edit(place / "original.docx", place / "edited.docx", f"{path.stem}{seed}")
            if not done:
                break
            tried += 1
            name = f"{path.stem}, edit {seed} {done}"
            shutil.copy(path, place / "piece.yaml")
            code, _, told = run(place, "update", "piece.yaml", "edited.docx", "--yes")
            hold(name, code == 0, told)
            code, _, said = run(place, "export", "piece.yaml", "-f", "docx", "--force")
            hold(name, code == 0, said)
            before, after = edits.says(place / "edited.docx"), edits.says(made)
            hold(name, before == after or "by hand" in told, told + str([text for text in before if text not in after]))


with tempfile.TemporaryDirectory() as folder:
    folder = Path(folder)
    for name, path in round_ups.made(folder):
        round_up(name, path, folder)
    for name, path, right in inbox.made(folder):
        sent(name, path, right, folder)
    pages = list(round_ups.pages())
    made = documents([*pages, ("office", by_office())], folder)
    for name, _ in pages:
        round_up(name, made[name], folder)
    imported("office", made["office"], folder)
    edited(folder)
    for styled in [True, False]:
        path = folder / f"python-{styled}.docx"
        by_python(path, styled)
        imported(path.stem, path, folder)
    circles(folder)

print(f"imports and updates: {tried} documents of other programs tried")
for failure in failures:
    print(f"  {failure}")
sys.exit(bool(failures))
