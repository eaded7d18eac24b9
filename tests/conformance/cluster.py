"""Holds exports whose sources and editions are in buckets, and shards and their joining, against a service on loopback.

python cluster.py PROGRAM [PIECES]. The service is that of s3.py, faults included. Each case is a sentence of behaviour; a case
that cannot run is a problem.
"""

import contextlib
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import uuid
import zlib

from s3.bench import PLAIN, Problem, differ, expect, hashed
from s3.server import CUT_ANSWER, CUT_REQUEST, KEY, REGION, RESET, SECRET, Gate, Service

IMAGES = pathlib.Path(__file__).resolve().parents[1] / "fixtures/valid/images"

PIECE = """series: Flash Point
title: "Piece {slug}: a title"
date: 2025-11-04
language: en-GB
slug: {slug}
contributors:
  - name: Amina Khan
    statement:
      - {words}
{more}"""
FIGURE = "      - figure: {{image: {image}, alt: A disc above a bar, caption: A disc}}\n"
QUERY = "      - query: Is this so?\n"
PROJECT = "defaults:\n  publisher: The Institute\ntheme: look/house.yaml\n"
THEME = "extends: classic\ncolours:\n  accent: \"#203040\"\n"


class Bench:
    """The sources on this machine, what one run makes of them, and the service."""

    def __init__(self, program, service, root, pieces):
        self.program, self.service, self.root = program, service, root
        self.source = root / "one/source"
        (self.source / "2025/images").mkdir(parents=True)
        (self.source / "look").mkdir()
        shutil.copy(IMAGES / "rgb.png", self.source / "2025/images/disc.png")
        shutil.copy(IMAGES / "rgb.png", self.source / "disc.png")
        (self.source / "flashpoint.yaml").write_text(PROJECT)
        (self.source / "look/house.yaml").write_text(THEME)
        (self.source / "site.yaml").write_text("title: The site\nlanguage: en\n")
        for number in range(pieces):
            folder = ["", "2025/", "deep/er/"][number % 3]
            more = ""
            if number % 3 == 0 and number % 2 == 0:
                more = FIGURE.format(image="disc.png")
            if number % 3 == 1 and number % 4 == 1:
                more = FIGURE.format(image="images/disc.png")
            if number == 5:
                more = QUERY
            self.write(f"{folder}piece-{number}.yaml", PIECE.format(slug=f"piece-{number}", words=f"Words {number}.", more=more))
        # One that fails stays one that fails.
        self.write("wrong.yaml", PIECE.format(slug="wrong", words="Words.", more="      - figure: {image: nowhere.png, alt: A}\n"))
        self.pieces = pieces + 1
        done = self.call(root / "one", ["export", "source", "-f", "docx,epub", "-d", "dist", "--report", "report.jsonl"], PLAIN)
        expect(done.returncode == 1 and "nowhere.png" in done.stderr, f"the one run ended with {done.returncode}: {done.stderr}")
        self.editions = {path.name: hashed(path.read_bytes()) for path in (root / "one/dist").iterdir() if path.is_file()}
        expect(len(self.editions) == 2 * pieces, f"one run made {len(self.editions)} files")
        self.lines = lines(root / "one/report.jsonl")
        self.told = done.stderr

    def write(self, name, text):
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def call(self, folder, arguments, environment):
        return subprocess.run(
            [self.program, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=240
        )


class Desk:
    """A bucket with the sources in it, behind a gate of its own."""

    def __init__(self, bench):
        self.bench, self.gate = bench, Gate(bench.service)
        self.bucket = f"archive-{uuid.uuid4()}"
        self.client = bench.service.client
        self.client.create_bucket(Bucket=self.bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        for path in bench.source.rglob("*"):
            if path.is_file():
                self.put(f"source/{path.relative_to(bench.source)}", path.read_bytes())
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=bench.root))
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir()

    def close(self):
        self.gate.opened.set()
        self.gate.shutdown()
        self.gate.server_close()

    def put(self, key, body):
        self.client.put_object(Bucket=self.bucket, Key=key, Body=body)

    def delete(self, key):
        self.client.delete_object(Bucket=self.bucket, Key=key)

    @property
    def source(self):
        return f"s3://{self.bucket}/source"

    @property
    def dist(self):
        return f"s3://{self.bucket}/editions"

    def environment(self):
        return PLAIN | {
            "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": REGION, "AWS_ALLOW_HTTP": "true",
            "AWS_ENDPOINT_URL": self.gate.url, "TMPDIR": str(self.temporary),
        }

    def run(self, *arguments, status=None, says=(), fault=None):
        self.gate.take()
        self.gate.fault = fault
        done = self.bench.call(self.folder, arguments, self.environment())
        self.gate.fault = None
        self.said = done.stderr + done.stdout
        self.requests = self.gate.take()
        expect(status is None or done.returncode == status, f"it ended with {done.returncode} instead of {status}:\n{self.said}")
        for part in says:
            expect(part in self.said, f"it does not say `{part}`:\n{self.said}")
        expect(str(self.temporary) not in self.said, f"it names a path of this machine:\n{self.said}")
        expect(not list(self.temporary.iterdir()), "it left fetched files behind")
        return done.returncode

    def export(self, *more, source=None, dist=None, **options):
        return self.run("export", source or self.source, "-f", "docx,epub", "-d", dist or self.dist, *more, **options)

    def objects(self, below):
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=below)
        found = {object["Key"]: object["ETag"].strip('"') for page in pages for object in page.get("Contents", [])}
        return {key.removeprefix(below): tag for key, tag in found.items()}

    def editions(self):
        return {key: tag for key, tag in self.objects("editions/").items() if not key.startswith(".flashpoint/")}

    def record(self):
        return [key for key in self.objects("editions/") if key.startswith(".flashpoint/")]

    def stands(self):
        differ(self.editions(), self.bench.editions)

    def same_report(self, name, dist=None, source=None):
        """Holds a report against that of the one run."""
        found = lines(self.folder / name, dist or self.dist, source or self.source)
        differ({line["path"]: line for line in found}, {line["path"]: line for line in self.bench.lines})
        expect(len(found) == len(self.bench.lines), "a piece stands in it twice")
        expect([line["path"] for line in found] == [line["path"] for line in self.bench.lines], "it stands in another order")


def lines(report, dist="dist", source="source"):
    """The lines of a report but the last, as the one run has them, without times."""
    text = report.read_text().replace(dist + "/", "dist/").replace(source + "/", "source/")
    found = [json.loads(line) for line in text.splitlines()]
    expect("summary" in found[-1], "a report has no last line")
    return [{key: value for key, value in line.items() if key != "seconds"} for line in found[:-1]]


@contextlib.contextmanager
def desk(bench):
    made = Desk(bench)
    try:
        yield made
    finally:
        made.close()


def a_bucket_gives_the_bytes_messages_and_report_of_a_folder(bench):
    with desk(bench) as d:
        d.export("--report", "r.jsonl", status=1, says=[f"{d.source}/wrong.yaml", f"{d.source}/deep/er/piece-5.yaml:"])
        d.stands()
        d.same_report("r.jsonl")
        for key, body in [("a.docx", b""), ("piece-0.docx", None)]:
            if body is None:
                head = d.client.head_object(Bucket=d.bucket, Key=f"editions/{key}")
                expect("wordprocessingml" in head["ContentType"], "an edition has another media type")


def a_run_with_nothing_due_fetches_no_source_and_puts_no_edition(bench):
    with desk(bench) as d:
        d.export(status=1)
        first = len(d.requests)
        d.export("--report", "r.jsonl", status=1, says=[f"({bench.pieces - 1} unchanged, 1 failed)", "an open question"])
        fetched = [r for r in d.requests if r.method == "GET" and r.key.endswith(".yaml") and "piece-" in r.key]
        put = [r for r in d.requests if r.kind == "put" and ".flashpoint/" not in r.key]
        expect(not fetched and not put, f"{fetched} {put}")
        expect(len(d.requests) < first / 2, f"{len(d.requests)} requests after {first}")
        found = {line["path"]: line["status"] for line in lines(d.folder / "r.jsonl", d.dist, d.source)}
        expect(set(found.values()) == {"unchanged", "failed"} and len(found) == bench.pieces, str(found))
        # A source, an image and an edition that change, and one that is lost.
        d.put("source/piece-0.yaml", PIECE.format(slug="piece-0", words="Others.", more="").encode())
        d.put("source/2025/images/disc.png", (IMAGES / "rgb.png").read_bytes() + b" ")
        d.put("editions/piece-3.docx", b"altered")
        d.delete("editions/piece-2.epub")
        d.export("--report", "r.jsonl", status=1)
        found = {line["slug"]: line["status"] for line in lines(d.folder / "r.jsonl", d.dist, d.source)}
        made = sorted(slug for slug, status in found.items() if status == "made")
        images = [f"piece-{n}" for n in range(bench.pieces - 1) if n % 3 == 1 and n % 4 == 1]
        expect(made == sorted(["piece-0", "piece-2", "piece-3", *images]), str(made))
        tags = d.editions()
        same = {key: tag for key, tag in tags.items() if not key.startswith("piece-0.")}
        differ(same, {key: tag for key, tag in bench.editions.items() if not key.startswith("piece-0.")})
        expect(tags["piece-0.docx"] != bench.editions["piece-0.docx"], "an edition is as before")


def a_piece_whose_source_is_gone_is_told_of(bench):
    with desk(bench) as d:
        d.export(status=1)
        d.delete("source/piece-0.yaml")
        d.export(status=1, says=["the source of `piece-0` is gone", "piece-0.docx, piece-0.epub"])
        d.stands()


def a_source_that_lost_its_content_is_broken_and_not_gone(bench):
    with desk(bench) as d:
        shutil.copytree(bench.source, d.folder / "source")
        d.export(status=1)
        # What was never a piece is none.
        for name in ["piece-0.yaml", "new.yaml"]:
            d.put(f"source/{name}", b"")
            (d.folder / "source" / name).write_bytes(b"")
        for source in [d.source, "source"]:
            d.export(source=source, status=1, says=["error[empty-file]", f"{source}/piece-0.yaml", "2 failed"])
            expect("gone" not in d.said and "new.yaml" not in d.said, d.said)
        d.stands()


def either_side_may_be_a_folder(bench):
    with desk(bench) as d:
        shutil.copytree(bench.source, d.folder / "source")
        d.export("--report", "r.jsonl", source="source", status=1)
        d.stands()
        d.same_report("r.jsonl", source="source")
        d.export(source="source", status=1, says=[f"({bench.pieces - 1} unchanged, 1 failed)"])
        d.export("--report", "f.jsonl", dist="out", status=1)
        found = {path.name: hashed(path.read_bytes()) for path in (d.folder / "out").iterdir() if path.is_file()}
        differ(found, bench.editions)
        d.same_report("f.jsonl", dist="out")
        d.export(dist="out", status=1, says=[f"({bench.pieces - 1} unchanged, 1 failed)"])
        d.run("merge", "-d", "out")
        d.export(dist="out", status=1, says=[f"({bench.pieces - 1} unchanged, 1 failed)"])
        left = [path.name for path in (d.folder / "out").iterdir() if path.name.startswith(".") and path.name != ".flashpoint"]
        expect(not left, str(left))


def shards_shuffled_and_repeated_give_one_runs_bytes_and_report(bench):
    turns = random.Random(7)
    # With few pieces this is a part of what passes before a change lands, and has two minutes.
    for of in (1, 3, 7, 16) if bench.pieces > 20 else (1, 7):
        with desk(bench) as d:
            order = list(range(1, of + 1))
            turns.shuffle(order)
            order += order[:: 3]
            reports = []
            for turn, shard in enumerate(order):
                d.export("--shard", f"{shard}/{of}", "--report", f"{turn}.jsonl")
                reports.append(f"{turn}.jsonl")
            d.stands()
            turns.shuffle(reports)
            d.run("merge", "-d", d.dist, "--report", "all.jsonl", *reports, status=1, says=[f"{of} shard", "1 failed"])
            d.same_report("all.jsonl")
            record = d.record()
            expect(not [key for key in record if "/part-" in key], str(record))
            d.run("merge", "-d", d.dist, says=["no part of a shard"])
            expect(d.record() == record, "joining again made another record")
            d.export(status=1, says=[f"({bench.pieces - 1} unchanged, 1 failed)"])


def shards_of_a_plan_hold_all_pieces_once(bench):
    with desk(bench) as d:
        d.run("plan", d.source, "--shards", "3", "-o", "lists", status=0, says=["3 shards"])
        for path in sorted((d.folder / "lists").iterdir()):
            d.export("--shard-list", str(path))
        d.stands()
        d.run("merge", "-d", d.dist, status=1, says=["3 shards,", "1 failed"])


def what_spans_pieces_of_several_shards_is_told(bench):
    def put(slug, series, *more):
        text = PIECE.format(slug=slug, words="Words.", more="").replace("series: Flash Point", "\n".join([f"series: {series}", *more]))
        d.put(f"source/span-{slug}.yaml", text.encode())

    with desk(bench) as d:
        put("one", "flash  point", "aliases: [uno]")
        put("two", "Flash Point", "aliases: [uno]", "translation_of: eins")
        put("three", "Flash Point", "aliases: [piece-3]", "translation_of: nobody")
        put("four", "Flash Point", "aliases: [eins]")
        for shard in range(1, 6):
            d.export("--shard", f"{shard}/5")
        d.run("merge", "-d", d.dist, status=1, says=[
            "the series is spelled `flash  point` in `one`, and `Flash Point` in most pieces",
            "`uno` is an earlier address of both `one` and `two`",
            "`piece-3` is the address of a piece, and an earlier one of `three`",
            "`three` says that it is a translation of `nobody`, and there is no such piece",
        ])
        expect("`eins`, and there" not in d.said, d.said)


def a_slug_in_two_shards_loses_its_editions(bench):
    with desk(bench) as d:
        for name in ("one", "two", "three"):
            d.put(f"source/same-{name}.yaml", PIECE.format(slug="same", words=f"Words of {name}.", more="").encode())
        # In one run too, whatever window they are in.
        d.export(status=1, says=["error[duplicate-slug]", f"{d.source}/same-three.yaml has the slug `same` too", "4 failed"])
        d.stands()
        for shard in range(1, 6):
            d.export("--shard", f"{shard}/5", "--report", f"{shard}.jsonl", "--force")
        reports = [f"{shard}.jsonl" for shard in range(1, 6)]
        d.run("merge", "-d", d.dist, "--report", "all.jsonl", *reports, status=1, says=["error[duplicate-slug]", "4 failed"])
        d.stands()
        found = {line["path"]: line for line in lines(d.folder / "all.jsonl", d.dist, d.source)}
        for name, rival in (("one", "three"), ("two", "one"), ("three", "one")):
            error = found[f"source/same-{name}.yaml"]["errors"][0]
            expect(error["code"] == "duplicate-slug" and error["line"] == 5, str(error))
            expect(f"same-{rival}.yaml" in error["message"], str(error))


def a_file_of_somebody_elses_stays(bench):
    with desk(bench) as d:
        d.put("editions/piece-0.docx", b"mine")
        d.export(status=1, says=["a file that this program did not put there", "2 failed"])
        expect(d.editions()["piece-0.docx"] == hashed(b"mine"), "it was replaced")
        d.export(status=1, says=["2 failed"])
        expect(d.editions()["piece-0.docx"] == hashed(b"mine"), "it was replaced by the second run")
        d.export("--force", status=1, says=["1 failed"])
        d.stands()
        # A piece that moves, and says something else, is ours still.
        d.delete("source/piece-0.yaml")
        d.put("source/moved.yaml", PIECE.format(slug="piece-0", words="Others.", more="").encode())
        d.export(status=1, says=["1 failed"])


def an_edition_that_somebody_edited_is_kept_aside_and_told(bench):
    for dist in (None, "out"):
        with desk(bench) as d:
            kept = f"{dist or d.dist}/.flashpoint/kept/piece-0-{hashlib.sha256(b'edited').hexdigest()[:8]}.docx"

            def edit(body, d=d, dist=dist):
                if dist:
                    (d.folder / dist / "piece-0.docx").write_bytes(body)
                else:
                    d.put("editions/piece-0.docx", body)

            def read(path, d=d, dist=dist):
                if dist:
                    return (d.folder / path).read_bytes()
                return d.client.get_object(Bucket=d.bucket, Key=path.removeprefix(f"s3://{d.bucket}/"))["Body"].read()

            d.export(dist=dist, status=1)
            quiet = len([request for request in d.requests if request.key.endswith("piece-0.docx")])
            first = read(f"{dist or d.dist}/piece-0.docx")
            # With and without a change of its source; the second time it is kept already.
            for words in ("Words 0.", "Others.", "More."):
                edit(b"edited")
                d.put("source/piece-0.yaml", PIECE.format(slug="piece-0", words=words, more="").encode())
                d.export("--report", "r.jsonl", dist=dist, status=1, says=["edition-altered", f"kept as {kept}"])
                expect(read(kept) == b"edited", "it was not kept")
                expect(read(f"{dist or d.dist}/piece-0.docx")[:2] == b"PK", "no edition stands there")
                line = next(line for line in lines(d.folder / "r.jsonl", dist or d.dist, d.source) if line["slug"] == "piece-0")
                expect([warning["code"] for warning in line["warnings"]] == ["edition-altered"], str(line))
                expect(line["status"] == "made", str(line))
            # Somebody goes on in what was kept: it is not written over.
            second = kept.replace(".docx", "-2.docx")
            if dist:
                (d.folder / kept).write_bytes(b"edited further")
            else:
                d.put(kept.removeprefix(f"s3://{d.bucket}/"), b"edited further")
            edit(b"edited")
            d.export(dist=dist, status=1, says=[f"kept as {second}"])
            expect(read(kept) == b"edited further" and read(second) == b"edited", "it was written over")
            # An edition that a run before put is nobody's edit, and where nothing was edited nothing more is asked.
            edit(first)
            d.export(dist=dist, status=1)
            expect("kept" not in d.said, d.said)
            d.put("source/piece-0.yaml", PIECE.format(slug="piece-0", words="Last.", more="").encode())
            d.export(dist=dist, status=1)
            expect("kept" not in d.said, d.said)
            asked = len([request for request in d.requests if request.key.endswith("piece-0.docx")])
            expect(asked == quiet, f"{asked} requests for an edition, {quiet} the first time")
            # Where warnings are denied it stays.
            edit(b"edited")
            d.export("--deny-warnings", dist=dist, status=1, says=["it stays, since warnings are denied"])
            expect(read(f"{dist or d.dist}/piece-0.docx") == b"edited", "it was replaced")


def a_store_that_errs_and_cuts_costs_tries_and_nothing_else(bench):
    for fault in (500, 503, CUT_REQUEST, CUT_ANSWER, RESET):
        seen = {}

        def now_and_then(request, fault=fault, seen=seen):
            """Each request fails once, if its key says so."""
            name = (request.method, request.key, request.query)
            seen[name] = seen.get(name, 0) + 1
            return fault if seen[name] == 1 and zlib.crc32(request.key.encode()) % 3 == 0 else None

        with desk(bench) as d:
            d.export("--report", "r.jsonl", status=1, fault=now_and_then)
            expect(any(request.faulted for request in d.requests), "nothing failed")
            d.stands()
            d.same_report("r.jsonl")


def a_store_that_stays_down_fails_the_run_and_the_next_completes(bench):
    with desk(bench) as d:
        d.export(status=1, fault=lambda request: 503 if request.kind == "put" and request.key.endswith("piece-1.epub") else None)
        expect("piece-1.epub" in d.said, d.said)
        expect("piece-1.epub" not in d.editions(), "it stands there")
        d.export("--report", "r.jsonl", status=1)
        d.stands()


def a_run_that_is_killed_leaves_whole_editions_and_the_next_completes(bench):
    with desk(bench) as d:
        for after in (2, 12, 30):
            puts, started = [], []

            # Killed at the very put: on a busy machine the run would be over before anybody looks.
            def slow(request, puts=puts, started=started, after=after):
                if request.kind == "put":
                    puts.append(request.key)
                    if len(puts) >= after and started:
                        started[0].send_signal(signal.SIGKILL)
                    time.sleep(0.02)

            d.gate.fault = slow
            command = [bench.program, "export", d.source, "-f", "docx,epub", "-d", d.dist, "--shard", "1/1"]
            running = subprocess.Popen(command, cwd=d.folder, env=d.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            started.append(running)
            end = time.monotonic() + 60
            while len(puts) < after and running.poll() is None and time.monotonic() < end:
                time.sleep(0.01)
            running.send_signal(signal.SIGKILL)
            running.wait()
            standing = d.editions()
            differ(standing, {key: bench.editions.get(key) for key in standing})
        d.gate.fault = None
        for left in d.temporary.iterdir():
            shutil.rmtree(left)
        d.run("merge", "-d", d.dist, status=1, says=["shard 1/1 ended early"])
        d.export("--shard", "1/1", "--report", "r.jsonl", status=1)
        d.stands()
        d.run("merge", "-d", d.dist, status=1, says=["1 shard,", "1 failed"])


def hostile_keys_are_told_and_lead_nowhere(bench):
    with desk(bench) as d:
        text = PIECE.format(slug="evil", words="Words.", more="").encode()
        d.put("source/" + "x" * 300 + ".yaml", text)
        d.put("source/back\\slash.yaml", text)
        d.put("source/.hidden/no.yaml", text)
        d.put("source/large.yaml", b"#" * (17 << 20))
        d.put("source/empty.yaml", b"")
        d.put("source/piece-0.yaml/inside.yaml", PIECE.format(slug="inside", words="Words.", more="").encode())
        d.export(status=1, says=["longer than file systems take", "no name of a file should have", "larger than 16 MiB", "inside.yaml"])
        found = d.editions()
        missing = set(bench.editions) - set(found)
        expect(not missing - {"piece-0.docx", "piece-0.epub"}, f"missing: {sorted(missing)}")
        expect(not [key for key in found if key.startswith("evil")], "a hostile key was made")


def wrong_usage_is_refused_before_anything_is_put(bench):
    with desk(bench) as d:
        for arguments in (
            ["export", d.source],
            ["export", d.source, "other", "-d", d.dist],
            ["export", d.source, "-d", "ftp://host/x"],
            ["export", d.source, "-d", d.dist, "--clean"],
            ["export", "file:///", "-d", "file:///nowhere"],
            ["export", d.source, "-d", d.dist, "--shard", "0/3"],
            ["export", f"s3://no-such-{uuid.uuid4()}/x", "-d", d.dist],
            ["export", f"s3://{d.bucket}/nothing-here", "-d", d.dist],
            ["merge", "-d", f"s3://no-such-{uuid.uuid4()}/x"],
        ):
            d.run(*arguments, status=2)
        expect(not d.objects("editions/"), str(d.objects("editions/")))


CASES = [
    a_bucket_gives_the_bytes_messages_and_report_of_a_folder,
    a_run_with_nothing_due_fetches_no_source_and_puts_no_edition,
    a_piece_whose_source_is_gone_is_told_of,
    a_source_that_lost_its_content_is_broken_and_not_gone,
    either_side_may_be_a_folder,
    shards_shuffled_and_repeated_give_one_runs_bytes_and_report,
    shards_of_a_plan_hold_all_pieces_once,
    what_spans_pieces_of_several_shards_is_told,
    a_slug_in_two_shards_loses_its_editions,
    a_file_of_somebody_elses_stays,
    an_edition_that_somebody_edited_is_kept_aside_and_told,
    a_store_that_errs_and_cuts_costs_tries_and_nothing_else,
    a_store_that_stays_down_fails_the_run_and_the_next_completes,
    a_run_that_is_killed_leaves_whole_editions_and_the_next_completes,
    hostile_keys_are_told_and_lead_nowhere,
    wrong_usage_is_refused_before_anything_is_put,
]


def main():
    program, pieces = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 12
    wanted = os.environ.get("CASES", "")
    service = Service()
    problems = 0
    with tempfile.TemporaryDirectory() as root:
        bench = Bench(pathlib.Path(program).resolve(), service, pathlib.Path(root), pieces)
        cases = [case for case in CASES if wanted in case.__name__]
        for case in cases:
            name = case.__name__.replace("_", " ")
            begun = time.monotonic()
            try:
                case(bench)
                problem = None
            except Problem as found:
                problem = str(found)
            except Exception:  # A case that could not run is a problem like any other.
                problem = traceback.format_exc(limit=-3)
            problems += problem is not None
            took = time.monotonic() - begun
            print(f"cluster: {name} ({took:.1f} s)" if problem is None else f"cluster: PROBLEM: {name}: {problem}", flush=True)
    service.stop()
    print(f"cluster: {len(cases)} cases, {problems} problems")
    sys.exit(bool(problems))


main()
