"""Holds what search engines read in a page against schema.org's vocabulary (schema-dts, by the TypeScript compiler) and the
manifest: JSON-LD and Highwire Press tags."""

import json
import re

from lxml import html

from shared import TOOLS, authors, run, spellings


def of_page(path):
    """The JSON-LD and the named `meta` elements of a page."""
    page = html.parse(path, html.HTMLParser(encoding="utf-8"))
    scripts = page.xpath("//script[@type='application/ld+json']/text()")
    metas = [(meta.get("name"), meta.get("content")) for meta in page.xpath("//meta[@name]")]
    return [json.loads(script) for script in scripts], metas


def vocabulary(articles):
    """Types, properties and kinds of values that schema.org does not know, as the compiler tells them."""
    lines = [f"{json.dumps(article)}," for article in articles.values()]
    head = ['import type { ScholarlyArticle, WithContext } from "schema-dts";', "export const pieces: WithContext<ScholarlyArticle>[] = ["]
    source = TOOLS / "structured.ts"
    source.write_text("\n".join([*head, *lines, "];\n"]))
    options = ("--noEmit", "--strict", "--skipLibCheck", "--target", "esnext", "--module", "nodenext", "--pretty", "false")
    status, said = run("node", TOOLS / "node_modules/typescript/bin/tsc", *options, source.name, cwd=TOOLS)
    # The compiler names lines; each piece has its own.
    slugs = dict(enumerate(articles, start=len(head) + 1))
    problems = []
    for line in said.splitlines():
        number = re.match(rf"{source.name}\((\d+),", line)
        problems.append(f"JSON-LD, {slugs.get(int(number[1])) if number else source.name}: {line}")
    return problems or ([f"JSON-LD: the compiler ended with {status}"] if status else [])


def article(site, piece, found):
    names = [person["name"] for person in authors(piece)]
    downloads = [(site.base + file["path"], file["media_type"], str(file["size"])) for file in piece["downloads"]]
    # The canonical text has a hash and no address.
    texts = [each.get("sha256", "") for each in found.get("encoding", []) if "contentUrl" not in each]
    if len(texts) != 1 or not re.fullmatch("[0-9a-f]{64}", texts[0]):
        yield f"JSON-LD, {piece['slug']}: the hash of the canonical text is {texts}"
    files = [each for each in found.get("encoding", []) if "contentUrl" in each]
    encodings = [(each["contentUrl"], each["encodingFormat"], each["contentSize"]) for each in files]
    for name, is_, wanted in (
        ("headline", found.get("headline"), piece["full_title"]),
        ("url", found.get("url"), site.base + piece["page"]),
        ("datePublished", found.get("datePublished"), piece["date"]),
        ("inLanguage", found.get("inLanguage"), piece["language"]),
        ("author", [person["name"] for person in found.get("author", [])], names),
        ("encoding", encodings, downloads),
    ):
        if is_ != wanted:
            yield f"JSON-LD, {piece['slug']}: {name} is {is_!r} for {wanted!r}"
    for image in (found["image"], found["thumbnailUrl"]):
        if image.removeprefix(site.base) not in site.sums:
            yield f"JSON-LD, {piece['slug']}: {image} is no file of the site"


def tags(site, piece, metas):
    names = [spellings(person) for person in authors(piece)]
    pdf = [site.base + file["path"] for file in piece["downloads"] if file["format"] == "pdf"]
    for name, wanted in (
        ("citation_title", [piece["full_title"]]),
        ("citation_author", names),
        ("citation_publication_date", [piece["date"].replace("-", "/")]),
        ("citation_fulltext_html_url", [site.base + piece["page"]]),
        ("citation_pdf_url", pdf),
    ):
        found = [content for key, content in metas if key == name]
        if name == "citation_author" and len(found) == len(wanted):
            # A comma of a whole name is doubled.
            wanted = [one if one.replace(",,", ",") in ones else ones for one, ones in zip(found, wanted)]
        if found != wanted:
            yield f"meta, {piece['slug']}: {name} is {found!r} for {wanted!r}"


def check(site):
    articles, problems = {}, []
    for slug, piece in site.pieces.items():
        scripts, metas = of_page(site.folder / piece["page"])
        if len(scripts) != 1:
            problems.append(f"JSON-LD, {slug}: {len(scripts)} scripts")
            continue
        articles[slug] = scripts[0]
        problems += [*article(site, piece, scripts[0]), *tags(site, piece, metas)]
    problems += vocabulary(articles) if articles else ["JSON-LD: none was read"]
    return f"JSON-LD: {len(articles)} pages read", problems
