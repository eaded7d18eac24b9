"""Holds a site that `flashpoint distribute` made against other people's readers: the Nu checker, Chromium with axe-core, an
OPDS library, feedparser, parsers of citation files, schema.org's vocabulary, extruct, metascraper, Zotero's rules, sha256sum. Its arguments are the folder of the
site and the address in its `site.yaml`; with `--machines` pages are not opened. Any problem, a missing tool or a page not
opened fails."""

import argparse
import os
import re
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "site"))

import catalogue  # noqa: E402
import citations  # noqa: E402
import readers  # noqa: E402
import search  # noqa: E402
import structured  # noqa: E402
import syndication  # noqa: E402
from shared import TOOLS, Site, node, run, served  # noqa: E402


def nu(site, pages):
    jar = TOOLS / "node_modules/vnu-jar/build/dist/vnu.jar"
    status, said = run("java", "-jar", jar, "--errors-only", *(site.folder / page for page in pages))
    problems = [] if status == 0 and not said else [f"the Nu checker says:\n{said}"]
    return f"Nu: {len(pages)} pages checked", problems


# Of each kind, that is of each folder, so many pages are held against axe; the long proof gives it all.
LOOKED = 10


def browse(site, pages):
    kinds = {}
    for page in pages:
        kinds.setdefault(page.rpartition("/")[0], []).append(page)
    most = None if os.environ.get("PAGES_ALL") else LOOKED
    looked = [page for kind in kinds.values() for page in kind[:most]]
    rest = [page for page in pages if page not in looked]
    with served(site.folder) as address:
        status, said = node("browse.mjs", address, str(len(looked)), *looked, *rest)
    *problems, last = said.splitlines() or [""]
    if status or not last.startswith(f"opened {len(pages) + len(looked)} pages"):
        problems.append(f"the browser did not open every page: {last}")
    return f"Chromium: {last}", problems


def leading(site, pages):
    """The pages that lead on at once, which a browser cannot stay on, and those of them that lead to no page."""
    refresh = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]+)">')
    targets = {page: refresh.search((site.folder / page).read_text()) for page in pages}
    targets = {page: found[1] for page, found in targets.items() if found}
    lost = [f"{page} leads to {to}, where no page is" for page, to in targets.items() if not ((site.folder / page).parent / to).is_file()]
    return targets, lost


def sums(site):
    files = ["SHA256SUMS", *sorted(str(part.relative_to(site.folder)) for part in site.folder.glob("sums/*.txt"))]
    status, said = run("sha256sum", "--check", "--quiet", *files, cwd=site.folder)
    return f"sha256sum: {len(site.sums)} files", [said] if status or not site.sums else []


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("base")
    parser.add_argument("--machines", action="store_true", help="hold only what machines read")
    arguments = parser.parse_args()
    site = Site(arguments.folder, arguments.base)
    pages = sorted(str(page.relative_to(site.folder)) for page in site.folder.rglob("*.html") if page.name != "404.html")
    onward, lost = leading(site, pages)
    pieces = sum(page.startswith("pieces/") and page not in onward for page in pages)
    if not pieces or pieces != len(site.pieces):
        sys.exit(f"site: {pieces} pages of pieces, {len(site.pieces)} pieces in the manifest")
    # What leads from an old address to a new one is no page for indexes.
    indexed = [page for page in pages if 'name="robots" content="noindex"' not in (site.folder / page).read_text()]
    results = [sums(site), catalogue.check(site), syndication.check(site, indexed), citations.check(site), structured.check(site), readers.check(site)]
    if not arguments.machines:
        results += [nu(site, pages), browse(site, [page for page in pages if page not in onward])]
        if (site.folder / "search.html").exists():
            results.append(search.check(site))
    problems = lost + [problem for _, said in results for problem in said]
    for summary, _ in results:
        print("site:", summary)
    for problem in problems:
        print("site:", problem)
    print(f"site: {pieces} pieces, {len(pages)} pages, {len(problems)} problems")
    sys.exit(bool(problems))


main()
