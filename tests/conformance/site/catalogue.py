"""Holds the OPDS catalogue, as the library of a reading app reads it, against the manifest (OPDS 1.2)."""

import collections
import io
import urllib.parse

from PIL import Image

from shared import authors, bare, identifier, lines_of_json, served, topics

ATOM = "application/atom+xml;profile=opds-catalog;kind="
OPDS = "http://opds-spec.org/"
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF"}


def feeds_of(site):
    """Every feed that the library found, by its path; every address in it as a path of the site."""
    with served(site.folder) as address:
        feeds, problems = lines_of_json("opds.mjs", f"{address}opds/index.xml")
    for feed in feeds:
        feed["path"] = feed["address"].removeprefix(address)
        publications = feed["publications"]
        for titled in [feed, *feed["navigation"], *publications]:
            titled["title"] = bare(titled["title"])
        for each in publications:
            each["identifier"] = urllib.parse.unquote(each["identifier"])
        for link in feed["links"] + feed["navigation"] + [link for p in publications for link in p["images"] + p["links"]]:
            link["path"] = link["href"].removeprefix(address)
    return {feed["path"]: feed for feed in feeds}, problems


def relations(feeds):
    """What leads from feed to feed; and the feeds of each list, first page first, by the title that led there."""
    root, lists, problems = next(iter(feeds)), {}, []
    for path, feed in feeds.items():
        kind = "navigation" if path == root else "acquisition"
        wanted = {("self", path, ATOM + kind), ("start", root, ATOM + "navigation")}
        if path != root:
            wanted.add(("up", root, ATOM + "navigation"))
        found = {(link["rel"], link["path"], link["type"]) for link in feed["links"]}
        if not wanted <= found:
            problems.append(f"{path}: {wanted - found} are missing")
        if feed["status"] != 200 or feed["kind"] not in (None, ATOM + kind):
            problems.append(f"{path}: {feed['kind']}, {feed['status']}")
        if not feed["title"] or not feed["modified"] or not feed["authors"]:
            problems.append(f"{path}: no title, author or time")
        if bool(feed["publications"]) == (path == root) or bool(feed["navigation"]) != (path == root):
            problems.append(f"{path}: {len(feed['publications'])} publications, {len(feed['navigation'])} links to feeds")
    for entry in feeds[root]["navigation"]:
        path, pages = entry["path"], []
        while path in feeds and feeds[path] not in pages:
            rels = {link["rel"]: link["path"] for link in feeds[path]["links"]}
            before = {"previous": pages[-1]["path"], "first": pages[0]["path"]} if pages else {}
            if before != {rel: rels[rel] for rel in ("previous", "first") if rel in rels}:
                problems.append(f"{path}: {rels} where {before} were expected")
            pages.append(feeds[path])
            path = rels.get("next")
        if path:
            problems.append(f"{entry['path']} leads in a circle, or to a page that was not read: {path}")
        if any(page["title"] != entry["title"] for page in pages):
            problems.append(f"{entry['path']} is called {entry['title']} and something else")
        if lists.setdefault(entry["title"], pages) is not pages:
            problems.append(f"two lists are called {entry['title']}")
    return lists, problems


def image(site, link, wanted):
    """Problems of an image: other than the manifest says, or none that can be decoded."""
    if (link["path"], link["type"]) != (wanted["path"], wanted["media_type"]):
        yield f"{link['path']} of {link['type']} for {wanted['path']}"
    try:
        with Image.open(io.BytesIO((site.folder / link["path"]).read_bytes())) as picture:
            picture.load()
            if picture.format != FORMATS.get(link["type"]) or picture.size != (wanted["width"], wanted["height"]):
                yield f"{link['path']} is {picture.format} of {picture.size}"
    except OSError as error:
        yield f"{link['path']}: {error}"


def publication(site, found, piece):
    """Where what the library read of a publication differs from the manifest."""
    wanted = {
        "title": piece["full_title"],
        "language": [piece["language"]],
        "authors": [person["name"] for person in authors(piece)],
        "publisher": [piece["publisher"]] if piece["publisher"] else [],
        "published": f"{piece['date']}T00:00:00.000Z",
        "modified": piece["modified"].replace("Z", ".000Z"),
        "subjects": topics(piece),
        "description": piece["summary"],
    }
    yield from (f"{key} is {found[key]!r} for {value!r}" for key, value in wanted.items() if found[key] != value)
    rels = [link["rel"] for link in found["images"]]
    if rels != [f"{OPDS}image", f"{OPDS}image/thumbnail"]:
        yield f"images are {rels}"
    else:
        yield from image(site, found["images"][0], piece["cover"])
        yield from image(site, found["images"][1], piece.get("thumbnail") or piece["cover"])
    shipped = [(f"{OPDS}acquisition/open-access", download["path"], download["media_type"]) for download in piece["downloads"]]
    links = [(link["rel"], link["path"], link["type"]) for link in found["links"]]
    # Its translations are related to it.
    if [link for link in links if link[0] != "related"] != [*shipped, ("alternate", piece["page"], "text/html")]:
        yield f"links are {links}"
    for link in found["images"] + found["links"]:
        if link["status"] != 200 or link["sha256"] != site.sums.get(link["path"]):
            yield f"{link['path']}: {link['status']}, or other bytes than SHA256SUMS says"


def check(site):
    feeds, problems = feeds_of(site)
    if not feeds:
        return "OPDS: nothing was read", [*problems, "the OPDS library read nothing"]
    lists, wrong = relations(feeds)
    problems += wrong
    # A piece that has no edition to download has no place in a catalogue.
    pieces = {identifier(piece): piece for piece in site.newest_first() if piece["downloads"]}
    first, *_ = lists
    wanted = {first: collections.Counter(pieces.keys())}
    for series in {piece["series"] for piece in pieces.values()}:
        wanted[series] = collections.Counter(each for each, piece in pieces.items() if piece["series"] == series)
    for name in wanted.keys() | lists.keys():
        publications = [each for page in lists.get(name, []) for each in page["publications"]]
        if collections.Counter(each["identifier"] for each in publications) != wanted.get(name):
            problems.append(f"the list {name} has not every piece once")
        dates = [each["published"] for each in publications]
        if dates != sorted(dates, reverse=True):
            problems.append(f"the list {name} does not begin with the newest")
        for each in publications:
            piece = pieces.get(each["identifier"])
            said = publication(site, each, piece) if piece else ["is no piece of the site"]
            problems += [f"OPDS, {name}, {each['title']}: {words}" for words in said]
    entries = sum(len(feed["publications"]) for feed in feeds.values())
    return f"OPDS: {len(feeds)} feeds, {entries} publications read", problems
