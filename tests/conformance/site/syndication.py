"""Holds the Atom feed, the catalogue's XML and the sitemap against their schemas and the manifest."""

import re

import feedparser
from lxml import etree

from shared import HERE, TOOLS, authors, bare

# RFC 3339, and W3C's datetime with a time.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def atom_schema(site):
    """Every Atom document against the RELAX NG schema of RFC 4287 and OPDS 1.2."""
    schema = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
    for path in [site.folder / "feed.xml", *sorted((site.folder / "opds").glob("*.xml"))]:
        if not schema.validate(etree.parse(path)):
            yield f"{path.name}: {schema.error_log.last_error}"


def feed(site):
    """The Atom feed, as feedparser reads it: the 50 pieces that changed last, as the manifest tells them."""
    # Its own cleaning of HTML is left out: titles are plain text.
    read = feedparser.parse((site.folder / "feed.xml").read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    if read.bozo:
        yield f"feed.xml: {read.bozo_exception}"
    for rel, href in (("self", "feed.xml"), ("alternate", "")):
        if [link.href for link in read.feed.links if link.rel == rel] != [site.base + href]:
            yield f"feed.xml: no {rel} link to {site.base + href}"
    moments = [read.feed.updated, *(moment for entry in read.entries for moment in (entry.updated, entry.published))]
    yield from (f"feed.xml: {moment} is no moment" for moment in moments if not MOMENT.fullmatch(moment))
    newest = sorted(site.pieces.values(), key=lambda piece: piece["slug"])
    newest = sorted(newest, key=lambda piece: (piece["modified"], piece["date"]), reverse=True)[:50]
    if [entry.published[:10] for entry in read.entries] != [piece["date"] for piece in newest]:
        yield "feed.xml has not the newest pieces, newest first"
    pieces = {f"urn:uuid:{piece['uuid']}": piece for piece in site.pieces.values()}
    for entry in read.entries:
        piece = pieces.pop(entry.id, None)
        if piece is None:
            yield f"feed.xml: {entry.id} is no piece, or stands there twice"
            continue
        others = [person for person in piece["people"] if person not in authors(piece)]
        for name, found, wanted in (
            ("title", bare(entry.title), piece["full_title"]),
            ("updated", entry.updated, piece["modified"]),
            ("language", entry.title_detail.language, piece["language"]),
            ("alternate", [link.href for link in entry.links if link.rel == "alternate"], [site.base + piece["page"]]),
            ("authors", [person.name for person in entry.authors], [person["name"] for person in authors(piece)]),
            ("contributors", [person.name for person in entry.get("contributors", [])], [person["name"] for person in others]),
            (
                "enclosures",
                [(link.href, link.type, int(link.length)) for link in entry.enclosures],
                [(site.base + file["path"], file["media_type"], file["size"]) for file in piece["downloads"]],
            ),
        ):
            if found != wanted:
                yield f"feed.xml, {piece['slug']}: {name} is {found!r} for {wanted!r}"


def sitemap(site, pages):
    """The sitemap against the schema of sitemaps.org: every page once, under its address, pieces with their last change."""
    schema = etree.XMLSchema(etree.parse(TOOLS / "node_modules/sitemap/schema/sitemap.xsd"))
    document = etree.parse(site.folder / "sitemap.xml")
    if not schema.validate(document):
        yield f"sitemap.xml: {schema.error_log.last_error}"
    found = [(url.findtext(f"{SITEMAPS}loc"), url.findtext(f"{SITEMAPS}lastmod")) for url in document.iter(f"{SITEMAPS}url")]
    changes = {piece["page"]: piece["modified"] for piece in site.pieces.values()}
    wanted = [(site.base + ("" if page == "index.html" else page), changes.get(page)) for page in pages]
    if sorted(found, key=str) != sorted(wanted, key=str):
        yield f"sitemap.xml: {set(found) ^ set(wanted)} are too many, too few or twice there"
    yield from (f"sitemap.xml: {time} is no moment" for _, time in found if time and not MOMENT.fullmatch(time))


def check(site, pages):
    problems = [*atom_schema(site), *feed(site), *sitemap(site, pages)]
    return f"feeds: {min(len(site.pieces), 50)} entries, {len(pages)} pages in the sitemap held", problems
