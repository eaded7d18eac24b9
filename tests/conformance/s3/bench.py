"""What the cases of s3.py work at: archives of small pieces, runs of the program, and what stands in a bucket."""

import contextlib
import functools
import hashlib
import html
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import urllib.parse
import uuid

from s3.server import KEY, REGION, SECRET, Gate

BASE = "https://example.org/pieces/"
IMAGES = pathlib.Path(__file__).resolve().parents[2] / "fixtures/valid/images"

# The program tries a request once and five times more, and sends sixteen files at once.
TRIES, WIDTH = 6, 16

AGAIN = "run the same command again"
AS_IT_WAS = "the site that stood there is as it was"

PIECE = """series: {series}
title: "Où est-ce? “{slug}”"
date: 2025-11-04
language: en-GB
slug: {slug}
contributors:
  - name: Amina Khan
    statement:
      - {words}
      - figure: {{image: images/rgb.png, alt: A disc above a bar, caption: A disc}}
"""

# No names of the surroundings reach the program: no credentials, no proxy, no fixed time.
PLAIN = {name: value for name, value in os.environ.items() if not re.search("^AWS_|_proxy$|^SOURCE_DATE_EPOCH$", name, re.I)}


class Problem(Exception):
    """Something is not as it should be."""


def expect(holds, said):
    if not holds:
        raise Problem(said)


class Run:
    """How a run of the program ended."""

    def __init__(self, status, said, requests, seconds):
        self.status, self.said, self.requests, self.seconds = status, said, requests, seconds

    def ended(self, status, *parts):
        """Holds the run's end and words against what they should be."""
        expect(self.status == status, f"it ended with {self.status} instead of {status}:\n{self.said}")
        for part in parts:
            expect(part in self.said, f"it does not say `{part}`:\n{self.said}")
        return self

    def of(self, *kinds):
        return [request for request in self.requests if request.kind in kinds]

    @property
    def writes(self):
        return [request for request in self.requests if request.writes]


class Bench:
    """Archives, made once, and the program and the service that all cases share."""

    def __init__(self, program, service, root):
        self.program, self.service, self.root = program, service, root
        old = "Flash Point"
        self.plain = self.archive("plain", {"first": (old, "Words."), "second": (old, "More words.")})
        self.edited = self.archive("edited", {"first": (old, "Other words."), "second": (old, "More words.")})
        # Another theme has another style sheet, so every page changes, and the old sheet is named no more. A new piece stands
        # beside another in their series, so that one's page comes to name a page that is new.
        grown = {"first": (old, "Other words."), "second": (old, "More words."), "third": (old, "Still more.")}
        self.grown = self.archive("grown", grown, "theme: modern\n")
        self.shrunk = self.archive("shrunk", {"first": (old, "Words.")})
        # Made before the cases begin, which would all make it at once.
        self.put(self.plain)

    def archive(self, name, pieces, more=""):
        folder = self.root / name
        shutil.copytree(IMAGES, folder / "source/images")
        for slug, (series, words) in pieces.items():
            (folder / f"source/{slug}.yaml").write_text(PIECE.format(slug=slug, series=series, words=words), "utf-8")
        (folder / "site.yaml").write_text(f"base_url: {BASE}\ntitle: Pieces\n{more}")
        done = self.call(folder, ["export", "--quiet", "source"], PLAIN)
        expect(done.returncode == 0, f"export ended with {done.returncode}: {done.stderr}")
        return folder

    def call(self, folder, arguments, environment):
        return subprocess.run(
            [self.program, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
        )

    @functools.cache
    def local(self, *archives):
        """The site that a folder holds after these archives were put there one after the other, without any fault."""
        target = pathlib.Path(tempfile.mkdtemp(dir=self.root))
        for archive in archives:
            prune = ["--prune"] if archive == self.shrunk else []
            done = self.call(archive, ["distribute", "source", "--site", "site.yaml", *prune, "--to", str(target)], PLAIN)
            expect(done.returncode == 0, f"distribute to a folder ended with {done.returncode}: {done.stderr}")
        return {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*") if path.is_file()}

    def calm(self, *archives):
        """The requests of the last of these runs against a service without faults."""
        return self.put(*archives)[1]

    def filled(self, *archives):
        """A bucket that these runs filled."""
        return self.put(*archives)[0]

    @functools.cache
    def put(self, *archives):
        desk = Desk(self)
        runs = [desk.run(archive).ended(0) for archive in archives]
        desk.close()
        return desk.bucket, runs[-1].requests


class Desk:
    """A bucket for one case, behind a gate of its own."""

    def __init__(self, bench, prefix="site", bucket=True):
        self.bench, self.gate = bench, Gate(bench.service)
        self.bucket, self.prefix = f"essays-{uuid.uuid4()}", prefix
        self.client = bench.service.client
        if bucket:
            self.client.create_bucket(Bucket=self.bucket, CreateBucketConfiguration={"LocationConstraint": REGION})

    def close(self):
        self.gate.opened.set()
        self.gate.shutdown()
        self.gate.server_close()

    def command(self, more, to=None):
        to = to or f"s3://{self.bucket}/{self.prefix}"
        return ["distribute", "source", "--site", "site.yaml", "--to", to, *more]

    def environment(self, changes):
        settings = {
            "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": REGION, "AWS_ALLOW_HTTP": "true",
            "AWS_ENDPOINT_URL": self.gate.url, **changes,
        }
        return PLAIN | {name: value for name, value in settings.items() if value is not None}

    def run(self, archive, *more, to=None, fault=None, **changes):
        """Runs the program against the gate, which makes this fault meanwhile."""
        self.gate.take()
        self.gate.fault = fault
        begun = time.monotonic()
        environment = self.environment(changes)
        done = self.bench.call(archive, self.command(more, to), environment)
        self.gate.fault = None
        said = done.stdout + done.stderr
        expect(environment.get("AWS_SECRET_ACCESS_KEY", SECRET) not in said, "it tells the secret key")
        return Run(done.returncode, said, self.gate.take(), time.monotonic() - begun)

    def start(self, archive, fault):
        """Starts the program, not waiting for its end."""
        self.gate.take()
        self.gate.fault = fault
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        return subprocess.Popen([self.bench.program, *self.command([])], cwd=archive, env=self.environment({}), **pipes)

    def fill(self, source):
        """Copies every object of another bucket into this one."""
        for found in self.client.list_objects_v2(Bucket=source)["Contents"]:
            self.bench.service.copy(source, self.bucket, found["Key"])

    def put(self, key, body):
        """Puts an object of somebody else's into the bucket."""
        self.client.put_object(Bucket=self.bucket, Key=key, Body=body)

    def objects(self):
        """Every object of the bucket with the hash of its bytes, which the service makes."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        return {found["Key"]: found["ETag"].strip('"') for page in pages for found in page.get("Contents", [])}

    def read(self, path):
        """The bytes of a file of the site."""
        return self.bench.service.read(self.bucket, self.below() + path)

    def below(self):
        return f"{self.prefix}/" if self.prefix else ""

    def site(self):
        """The site's files with the hashes of their bytes, without those that wait and the lock."""
        below = self.below()
        found = {key.removeprefix(below): etag for key, etag in self.objects().items() if key.startswith(below)}
        return {path: etag for path, etag in found.items() if not path.startswith(".flashpoint-")}

    def waiting(self):
        """The keys of the files that wait."""
        return {key for key in self.objects() if key.startswith(f"{self.below()}.flashpoint-new/")}

    def stands(self, *archives):
        """Holds the whole bucket against the folder that the same runs fill; nothing waits in it."""
        below = self.below()
        wanted = {below + path: hashed(body) for path, body in self.bench.local(*archives).items()}
        differ(self.objects(), wanted)


@contextlib.contextmanager
def desk(bench, *archives, **options):
    """A bucket in which these archives were put one after the other."""
    made = Desk(bench, **options)
    try:
        if archives:
            made.fill(bench.filled(*archives))
        yield made
    finally:
        made.close()


def hashed(body):
    """What a service tells of an object that was put in one piece."""
    return hashlib.md5(body).hexdigest()


def differ(found, wanted):
    """A problem where two sets of files are not the same."""
    changed = [path for path in found.keys() & wanted.keys() if found[path] != wanted[path]]
    told = {"more": found.keys() - wanted.keys(), "missing": wanted.keys() - found.keys(), "other bytes": changed}
    expect(found == wanted, "; ".join(f"{what}: {sorted(paths)}" for what, paths in told.items() if paths))


def no_link_is_dead(d, known=()):
    """Holds every link of the site in a bucket.

    Followed from the front page and from these known files: what is linked from nowhere yet may name what is still to come.
    """
    site, dead, links = d.site(), [], 0
    due = [path for path in {"index.html", *known} if path in site]
    seen = set(due)
    while due:
        path = due.pop()
        if not path.endswith((".html", ".xml")):
            continue
        text = d.read(path).decode()
        found = re.findall(r'\b(?:href|src)="([^"]*)"', text) + re.findall(r"<loc>([^<]*)</loc>", text)
        for link in map(html.unescape, found):
            whole = urllib.parse.urljoin(BASE + path, link).split("#")[0]
            if not whole.startswith(BASE):
                continue
            place = urllib.parse.unquote(whole.removeprefix(BASE)) or "index.html"
            if place not in site:
                dead.append(f"{path} -> {link}")
                continue
            links += 1
            if place not in seen:
                seen.add(place)
                due.append(place)
    expect(not dead, f"dead links: {dead}")
    expect(links > 20 or "index.html" not in site, f"only {links} links were found")
