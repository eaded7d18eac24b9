"""Holds the citation files of every piece, as the parsers of reference managers read them, against the manifest."""

import pybtex.database
import pybtex.errors
import pybtex.exceptions
import rispy
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from shared import authors, lines_of_json, spaced, spellings

ENDS = ("bib", "ris", "csl.json")
# A warning of pybtex is a failure.
pybtex.errors.set_strict_mode(True)

# Commands of LaTeX itself (ltoutenc) that pylatexenc does not know, or draws otherwise.
LATEX = get_default_latex_context_db()
LATEX.add_context_category(
    "ltoutenc",
    prepend=True,
    macros=[
        MacroTextSpec(name, mark)
        for name, mark in (
            ("textbraceleft", "{"),
            ("textbraceright", "}"),
            ("textless", "<"),
            ("textgreater", ">"),
            ("textbar", "|"),
            ("textasciicircum", "^"),
        )
    ],
)


def joined(name):
    """A name of CSL-JSON as one text, the family name first: parsers differ in what they make of names that are not split."""
    particles = (name.get(part, "") for part in ("dropping-particle", "non-dropping-particle", "prefix"))
    family = " ".join([*filter(None, particles), name.get("family") or name.get("literal") or ""])
    rest = [name[part] for part in ("given", "suffix") if name.get(part)]
    return spaced(", ".join([family, *rest]))


def expected(site, piece):
    """What every file of the piece must say."""

    return {
        "title": spaced(piece["full_title"]),
        "authors": [spellings(person) for person in authors(piece)],
        "date": [int(part) for part in piece["date"].split("-")],
        "url": site.base + piece["page"],
        "doi": piece["doi"],
        "series": spaced(piece["series"]),
        "number": None if piece["number"] is None else str(piece["number"]),
        "publisher": piece["publisher"] and spaced(piece["publisher"]),
    }


def of_csl(work):
    """What Citation.js read."""
    number = work.get("collection-number") or work.get("number")
    return {
        "title": spaced(work.get("title", "")),
        "authors": [joined(name) for name in work.get("author", [])],
        "date": work.get("issued", {}).get("date-parts", [[]])[0],
        "url": work.get("URL"),
        "doi": work.get("DOI"),
        "series": spaced(work.get("collection-title", "")),
        "number": number and str(number),
        "publisher": work.get("publisher"),
    }


def by_citation_js(site, paths):
    """What Citation.js read: the path, what read it, what it said, the works."""
    readings, problems = lines_of_json("citations.mjs", site.folder, *paths)
    for reading in readings:
        problems += [f"{reading['path']}: {reading['reader']} says: {said}" for said in reading["said"]]
    return [(each["path"], each["reader"], [of_csl(work) for work in each["works"]]) for each in readings], problems


def plain(latex):
    """LaTeX as a reader sees it."""
    return spaced(LatexNodes2Text(latex_context=LATEX, math_mode="verbatim").latex_to_text(latex))


def by_pybtex(path):
    """What pybtex read, with LaTeX as pylatexenc reads it; addresses stand as they are."""

    def name(person):
        last = " ".join([*person.prelast_names, *person.last_names])
        rest = [" ".join(names) for names in (person.first_names + person.middle_names, person.lineage_names) if names]
        return plain(", ".join([last, *rest]))

    return [
        {
            "title": plain(entry.fields["title"]),
            "authors": [name(person) for person in entry.persons["author"]],
            "date": [int(part) for part in entry.fields["date"].split("-")],
            "url": entry.fields["url"],
            "doi": entry.fields.get("doi"),
            "series": plain(entry.fields["series"]),
            "number": entry.fields.get("number"),
            "publisher": plain(entry.fields["institution"]) if "institution" in entry.fields else None,
        }
        for entry in pybtex.database.parse_file(str(path), bib_format="bibtex").entries.values()
    ]


def by_rispy(path):
    """What rispy read; `SN` is the number of a report."""
    with path.open(encoding="utf-8") as file:
        works = rispy.load(file)
    return [
        {
            "title": work["title"],
            # A name that stays whole ends with a comma, or has two for one of its own.
            "authors": [name.rstrip(",").replace(",,", ",") for name in work["authors"]],
            "date": [int(part) for part in work["date"].split("/")],
            "url": work["urls"][0],
            "doi": work.get("doi"),
            "series": work["secondary_title"],
            "number": work.get("issn"),
            "publisher": work.get("publisher"),
        }
        for work in works
    ]


def differences(reader, works, wanted):
    """Where a reading differs from what every file must say."""
    if len(works) != 1:
        yield f"{len(works)} works"
        return
    for key, value in wanted.items():
        found = works[0][key]
        # BibTeX's own entries have no day (biblatex's have), and a `misc` has no number.
        if reader == "@bibtex/text" and key == "date":
            value = value[:2]
        if reader in ("@bibtex/text", "@biblatex/text") and key == "number" and not wanted["publisher"]:
            continue
        if key == "authors":
            if len(found) == len(value) and all(name in names for name, names in zip(found, value)):
                continue
        if found != value:
            yield f"{key} is {found!r} for {value!r}"


def check(site):
    pieces = {f"pieces/{slug}/{slug}.{end}": piece for slug, piece in site.pieces.items() for end in ENDS}
    readings, problems = by_citation_js(site, pieces)
    for path in pieces:
        for end, name, parser in (("bib", "pybtex", by_pybtex), ("ris", "rispy", by_rispy)):
            if path.endswith(end):
                try:
                    readings.append((path, name, parser(site.folder / path)))
                except (KeyError, ValueError, OSError, pybtex.exceptions.PybtexError) as error:
                    problems.append(f"{path}: {name} says: {error!r}")
    for path, reader, works in readings:
        problems += [f"{path}, {reader}: {said}" for said in differences(reader, works, expected(site, pieces[path]))]
    for path, reader, works in readings:
        slug = path.split("/")[1]
        alike = [[name.replace(",", "") for name in w[0]["authors"]] for p, _, w in readings if p.split("/")[1] == slug and w]
        if works and [name.replace(",", "") for name in works[0]["authors"]] != alike[0]:
            problems.append(f"{path}, {reader}: {works[0]['authors']} are {alike[0]} elsewhere")
    if len(readings) != 6 * len(site.pieces):
        problems.append(f"{len(readings)} readings of citation files for {len(site.pieces)} pieces")
    return f"citations: {len(pieces)} files, {len(readings)} readings", problems
