"""Holds a site that `flashpoint distribute` made against other people's readers: the Nu checker, Chromium with axe-core,
feedparser, sha256sum. Its argument is the folder of the site. Any problem, a missing tool or a page not opened fails."""

import functools
import http.server
import pathlib
import subprocess
import sys
import threading

import feedparser

HERE = pathlib.Path(__file__).parent
TOOLS = HERE / ".tools"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def run(*command, cwd=None):
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).strip()


def nu(site, pages):
    status, said = run("java", "-jar", TOOLS / "node_modules/vnu-jar/build/dist/vnu.jar", "--errors-only", *(site / page for page in pages))
    return [] if status == 0 and not said else [f"the Nu checker says:\n{said}"]


def browse(site, pages):
    serve = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # Modules are looked for beside the script, so it is run from a copy beside the tools.
    script = TOOLS / "browse.mjs"
    script.write_text((HERE / "site/browse.mjs").read_text())
    status, said = run("node", script, f"http://127.0.0.1:{server.server_port}/", *pages)
    server.shutdown()
    *problems, last = said.splitlines() or [""]
    if status or not last.startswith(f"opened {2 * len(pages)} pages"):
        problems.append(f"the browser did not open every page: {last}")
    print("site:", last)
    return problems


def feeds(site, pieces):
    problems = []
    for name, entries in (("feed.xml", min(pieces, 50)), ("opds/index.xml", None), ("opds/all.xml", min(pieces, 100))):
        feed = feedparser.parse(str(site / name))
        if feed.bozo:
            problems.append(f"{name}: {feed.bozo_exception}")
        if entries is not None and len(feed.entries) != entries:
            problems.append(f"{name}: {entries} entries expected, {len(feed.entries)} read")
        for entry in feed.entries if name == "opds/all.xml" else []:
            for link in entry.links:
                place = (site / "opds" / link.href).resolve()
                if not place.is_file():
                    problems.append(f"{name}: {entry.title} leads to {link.href}")
    return problems


def main():
    site = pathlib.Path(sys.argv[1]).resolve()
    pages = sorted(str(page.relative_to(site)) for page in site.rglob("*.html"))
    pieces = sum(page.startswith("pieces/") for page in pages)
    if not pieces:
        sys.exit("site: no page of a piece")
    status, said = run("sha256sum", "--check", "--quiet", "SHA256SUMS", cwd=site)
    problems = [said] if status else []
    problems += nu(site, pages) + browse(site, pages) + feeds(site, pieces)
    for problem in problems:
        print("site:", problem)
    print(f"site: {pieces} pieces, {len(pages)} pages, {len(problems)} problems")
    sys.exit(bool(problems))


main()
