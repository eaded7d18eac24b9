"""Holds pages of pieces as programs at large read them against the manifest: extruct (JSON-LD and Open Graph), metascraper, and
the rules by which Zotero's translator of embedded metadata reads a page."""

from urllib.parse import unquote

import extruct

from lxml import html

from shared import authors, lines_of_json, spellings, topics


def by_extruct(site, piece, page):
    found = extruct.extract(page, base_url=site.base + piece["page"], syntaxes=["json-ld", "opengraph"])
    graphs = [dict(graph["properties"]) for graph in found["opengraph"]]
    if len(graphs) != 1 or len(found["json-ld"]) != 1:
        yield f"extruct, {piece['slug']}: {len(graphs)} Open Graphs and {len(found['json-ld'])} JSON-LD"
        return
    [graph], [article] = graphs, found["json-ld"]
    for name, is_, wanted in (
        ("og:title", graph.get("og:title"), piece["full_title"]),
        ("og:url", graph.get("og:url"), site.base + piece["page"]),
        ("og:type", graph.get("og:type"), "article"),
        ("og:image", graph.get("og:image"), site.base + piece["share"]["path"]),
        ("published", graph.get("article:published_time"), piece["date"]),
        ("@type", article.get("@type"), "ScholarlyArticle"),
        ("author", [person["name"] for person in article["author"]], [person["name"] for person in authors(piece)]),
        ("keywords", article.get("keywords", []), topics(piece)),
    ):
        if is_ != wanted:
            yield f"extruct, {piece['slug']}: {name} is {is_!r} for {wanted!r}"


def by_zotero(site, piece, page):
    """Highwire tags first, then Open Graph; a name with a comma is parted there, as `Embedded Metadata.js` does."""
    tree = html.fromstring(page)
    tags = {}
    for meta in tree.xpath("//head/meta[@content]"):
        key = meta.get("name") or meta.get("property")
        tags.setdefault(key and key.lower(), []).append(meta.get("content"))
    first = lambda *keys: next((tags[key][0] for key in keys if key in tags), None)
    item = {
        "title": first("citation_title", "dc.title", "og:title"),
        "date": (first("citation_publication_date", "citation_date", "article:published_time") or "").replace("/", "-"),
        "url": first("og:url", "citation_fulltext_html_url"),
        "language": first("citation_language", "og:locale"),
        "abstract": first("citation_abstract", "dc.description", "og:description", "description"),
        "pdf": tags.get("citation_pdf_url", []),
    }
    pdf = [site.base + file["path"] for file in piece["downloads"] if file["format"] == "pdf"]
    wanted = {
        "title": piece["full_title"], "date": piece["date"], "url": site.base + piece["page"], "language": piece["language"], "pdf": pdf,
    }
    if piece["summary"]:
        wanted["abstract"] = piece["summary"]
    for name, value in wanted.items():
        if item[name] != value:
            yield f"Zotero's rules, {piece['slug']}: {name} is {item[name]!r} for {value!r}"
    names = tags.get("citation_author", [])
    people = authors(piece)
    right = len(names) == len(people) and all(name.replace(",,", ",") in spellings(one) | {one["name"]} for name, one in zip(names, people))
    if not right:
        yield f"Zotero's rules, {piece['slug']}: creators are {names}"


def by_metascraper(site, pieces):
    pages = [f"{site.folder / piece['page']}={site.base + piece['page']}" for piece in pieces]
    values, problems = lines_of_json("readers.mjs", *pages)
    if len(values) != len(pages):
        problems.append(f"metascraper read {len(values)} of {len(pages)} pages")
    for piece, found in zip(pieces, values):
        for name, is_, wanted in (
            ("title", found["title"], piece["full_title"].strip()),
            ("url", found["url"], site.base + piece["page"]),
            ("image", found["image"], site.base + piece["share"]["path"]),
            ("lang", found["lang"], piece["language"].split("-")[0]),
        ):
            # It takes marks of its own out of titles, and hands addresses on without their escapes (normalize-url, `decodeURI`).
            if name in ("url", "image"):
                wanted = unquote(wanted)
            if is_ != wanted and not (name == "title" and plain(is_) == plain(wanted)):
                problems.append(f"metascraper, {piece['slug']}: {name} is {is_!r} for {wanted!r}")
        # It may take the day of the last change.
        if (found["date"] or "")[:10] not in (piece["date"], piece["modified"][:10]):
            problems.append(f"metascraper, {piece['slug']}: date is {found['date']!r}")
        if plain(found["author"]) != plain(authors(piece)[0]["name"]):
            problems.append(f"metascraper, {piece['slug']}: author is {found['author']!r}")
    return problems


def plain(text):
    """The letters and digits of a text: the scraper sets quotation marks and spaces in its own way."""
    return "".join(character for character in text or "" if character.isalnum()).casefold()


def check(site):
    problems = []
    pieces = list(site.pieces.values())
    for piece in pieces:
        page = (site.folder / piece["page"]).read_text()
        problems += [*by_extruct(site, piece, page), *by_zotero(site, piece, page)]
    # It takes a third of a second a page.
    problems += by_metascraper(site, pieces[:40])
    return f"readers: {len(pieces)} pages by extruct and Zotero's rules, {min(len(pieces), 40)} by metascraper", problems
