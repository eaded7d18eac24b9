"""What the checkers of a site share: the site as its manifest tells it, its tools, and a server on loopback."""

import contextlib
import functools
import hashlib
import http.server
import json
import os
import pathlib
import re
import subprocess
import threading

HERE = pathlib.Path(__file__).resolve().parent
TOOLS = pathlib.Path(os.environ.get("CONFORMANCE_TOOLS", HERE.parent / ".tools"))


class Site:
    """A built site: its folder, the address where it will stand, and what its manifest says of each piece."""

    def __init__(self, folder, base):
        self.folder = pathlib.Path(folder).resolve()
        self.base = base
        self.pieces = {slug: piece["publication"] for slug, piece in pieces(self.folder / "manifest.json")}
        lines = (self.folder / "SHA256SUMS").read_text().splitlines()
        lines += [line for part in sorted(self.folder.glob("sums/*.txt")) for line in part.read_text().splitlines()]
        self.sums = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}

    def newest_first(self):
        return sorted(self.pieces.values(), key=lambda piece: piece["date"], reverse=True)


def pieces(document):
    """The pieces of a manifest, those of its parts too."""
    part = json.loads(document.read_text())
    yield from part["pieces"].items()
    for name in part.get("parts", {}).values():
        folder = document.parent if document.parent.name == "manifest" else document.parent / "manifest"
        yield from pieces(folder / f"{name}.json")


def authors(piece):
    """Who wrote the piece: all its contributors where none is named as author."""
    named = [person for person in piece["people"] if person["role"] == "aut"]
    return named or piece["people"]


def identifier(piece):
    """The best known name of a piece, which stands first wherever all are given; an address without percent-encoding."""
    doi = piece["doi"] and f"https://doi.org/{piece['doi']}"
    isbn = piece["isbn"] and f"urn:isbn:{piece['isbn']}"
    return doi or piece["identifier"] or isbn or f"urn:uuid:{piece['uuid']}"


def spaced(text):
    """White space does not tell titles apart: formats made of lines cannot keep it."""
    return " ".join(text.split())


def spellings(person):
    """How a name may be listed: by its sorted name; without one whole, or where that can be sure in its parts."""
    family, comma, given = (person["sort_name"] or "").partition(",")
    if comma and family.strip() and given.strip():
        return {spaced(f"{family.strip()}, {given.strip()}")}
    whole = spaced(person["name"])
    sure = re.fullmatch(r"(\S+) (\S+?)(?:,? ([JS]r\.?|I{2,3}|IV|PhD|Ph\.D\.))?", whole)
    if whole.count(",") > 1:
        # RIS has no place for a third part of a name that has no parts.
        first, rest = whole.split(",", 1)
        return {whole, f"{first}, {spaced(rest.replace(',', ' '))}"}
    return {whole, ", ".join([sure[2], sure[1], *filter(None, [sure[3]])])} if sure else {whole}


def topics(piece):
    """What the piece is about: its subject headings and its keywords, each once."""
    return list(dict.fromkeys([*piece["subjects"], *piece["keywords"]]))


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(*command, cwd=None):
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).strip()


def node(name, *arguments):
    """What a script of this folder prints. Modules are looked for beside a script, so it is run from a copy beside them."""
    script = TOOLS / name
    script.write_text((HERE / name).read_text())
    return run("node", script, *arguments)


def lines_of_json(name, *arguments):
    """The lines that a script prints, each a JSON value; anything else that it says is a problem."""
    status, said = node(name, *arguments)
    values, problems = [], [f"{name} ended with {status}"] if status else []
    for line in said.splitlines():
        try:
            values.append(json.loads(line))
        except ValueError:
            problems.append(f"{name} says: {line}")
    return values, problems


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextlib.contextmanager
def served(folder):
    """The address at which the folder is served until the block ends."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def bare(title):
    """A title without the isolate that keeps its direction to itself (UAX 9, 2.4) where a reader shows it among others."""
    return title.removeprefix("\u2068").removesuffix("\u2069")
