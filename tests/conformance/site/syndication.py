"""Holds the Atom feed, the catalogue's XML and the sitemap against their schemas and the manifest."""

import json
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
    feeds = sorted((site.folder / "series").glob("*.xml"))
    for path in [site.folder / "feed.xml", *feeds, *sorted((site.folder / "opds").glob("*.xml"))]:
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


def feeds_of_series(site):
    """A feed for each series where there are several; together they have every piece, unless one is longer than a feed."""
    ids = []
    paths = sorted((site.folder / "series").glob("*.xml"))
    for path in paths:
        read = feedparser.parse(path.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
        if read.bozo:
            yield f"{path.name}: {read.bozo_exception}"
        page = path.with_suffix(".html")
        linked = [link.get("href") for link in etree.parse(page, etree.HTMLParser()).iter("link") if link.get("rel") == "alternate"]
        if not page.exists() or f"../series/{path.name}" not in linked:
            yield f"{page.name} does not name its feed"
        ids += [entry.id for entry in read.entries]
    wanted = {f"urn:uuid:{piece['uuid']}" for piece in site.pieces.values()}
    if paths and (len(ids) != len(set(ids)) or not set(ids) <= wanted or (len(wanted) <= 50 and set(ids) != wanted)):
        yield "the feeds of series have other pieces than the site"


def json_feed(site):
    """The JSON Feed against version 1.1 and the Atom feed."""
    read = json.loads((site.folder / "feed.json").read_text())
    atom = feedparser.parse((site.folder / "feed.xml").read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    if read["version"] != "https://jsonfeed.org/version/1.1" or read["feed_url"] != f"{site.base}feed.json" or read["home_page_url"] != site.base:
        yield "feed.json: no feed of this site"
    if [item["id"] for item in read["items"]] != [entry.id for entry in atom.entries]:
        yield "feed.json has other pieces than feed.xml"
    for item, entry in zip(read["items"], atom.entries):
        says = {
            "title": (item["title"], bare(entry.title)),
            "url": (item["url"], entry.link),
            "date_published": (item["date_published"], entry.published),
            "date_modified": (item["date_modified"], entry.updated),
            "authors": ([author["name"] for author in item["authors"]], [author.name for author in entry.authors]),
            "attachments": ([file["url"] for file in item.get("attachments", [])], [link.href for link in entry.enclosures]),
        }
        yield from (f"feed.json, {item['url']}: {key} is {is_!r} for {wanted!r}" for key, (is_, wanted) in says.items() if is_ != wanted)
        if ("content_html" in item) == ("content_text" in item):
            yield f"feed.json, {item['url']}: it needs one content"
        text = item.get("content_html")
        if text is not None and [part.value for part in entry.get("content", [])] != [text.strip()]:
            yield f"feed.json, {item['url']}: the text is another than that of feed.xml"
        for address in re.findall(r'(?:src|href)="([^"]*)"', text or ""):
            if not re.match(r"https?:|mailto:", address):
                yield f"feed.json, {item['url']}: {address} is not whole"


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
    problems = [*atom_schema(site), *feed(site), *feeds_of_series(site), *json_feed(site), *sitemap(site, pages)]
    return f"feeds: {min(len(site.pieces), 50)} entries, {len(pages)} pages in the sitemap held", problems
