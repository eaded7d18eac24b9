"""Asks a site's search, in Chromium, for what its pieces say of themselves: every title, name and topic must find its page."""

import json
import tempfile
import unicodedata

from shared import node, served

# So many bytes, compressed, may be fetched before the first result.
LIMIT = 200_000


def words(text):
    return [word for word in "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text).split()]


def questions(site):
    """Questions, the page that must be found, and whether it must be the first of the pieces."""
    titles = [piece["full_title"] for piece in site.pieces.values()]
    for piece in site.newest_first():
        title = piece["full_title"]
        if not words(title):
            continue
        alone = titles.count(title) == 1
        yield title, piece["page"], alone and len(words(title)) > 2
        # The beginning of a title that no other has.
        main = title.split(":")[0]
        if main != title and len(words(main)) > 1 and sum(other.startswith(main) for other in titles) == 1:
            yield main, piece["page"], True
        # In other letters, and as far as somebody has typed.
        plain = "".join(c for c in unicodedata.normalize("NFD", title) if not "\u0300" <= c <= "\u036f")
        yield plain.upper(), piece["page"], False
        longest = max(words(title), key=len)
        if len(longest) > 4 and longest.isascii():
            yield title.replace(longest, longest[:-1]) if title.endswith(longest) else title, piece["page"], False
        for person in piece["people"][:2]:
            if words(person["name"]):
                yield f"{person['name']} {max(words(title), key=len)}", piece["page"], False


def check(site):
    asked = list(dict.fromkeys(questions(site)))[:150]
    with served(site.folder) as address, tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(asked, file)
        file.flush()
        status, said = node("search.mjs", address, file.name)
    *problems, last = said.splitlines() or [""]
    try:
        told = json.loads(last)
    except ValueError:
        return "search: not asked", [*problems, f"search: the browser ended with {status}: {last}"]
    if told["bytes"] > LIMIT:
        problems.append(f"search: {told['bytes']} bytes before the first result")
    index = json.loads((site.folder / "search/index.json").read_text())
    if sum(segment["count"] for segment in index["segments"] if segment["id"].startswith("p")) != len(site.pieces):
        problems.append("search: the index has not every piece")
    return f"search: {told['asked']} questions asked, at most {told['bytes']} bytes before a first result", problems
