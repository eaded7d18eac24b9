"""Cases of s3.py in which the service does as it should: what is put, what is refused, what is removed."""

import socket

from s3.bench import AS_IT_WAS, WIDTH, desk, differ, expect, hashed, no_link_is_dead
from s3.server import KEY, SECRET

CASES = []


def case(check):
    CASES.append(check)
    return check


@case
def a_fresh_upload_puts_the_files_of_a_local_site_and_nothing_else(bench):
    with desk(bench) as d:
        d.run(bench.plain).ended(0, "2 pieces")
        d.stands(bench.plain)
        differ({path: d.read(path) for path in d.site()}, bench.local(bench.plain))
        no_link_is_dead(d, d.site())


@case
def every_file_has_its_type_its_name_and_its_time_to_be_kept(bench):
    minutes, hour, year = "public, max-age=300", "public, max-age=3600", "public, max-age=31536000, immutable"
    kinds = {
        "pieces/first.html": ("text/html; charset=utf-8", minutes),
        "index.html": ("text/html; charset=utf-8", minutes),
        "feed.xml": ("application/atom+xml", minutes),
        "sitemap.xml": ("application/xml", minutes),
        "opds/all.xml": ("application/atom+xml;profile=opds-catalog;kind=acquisition", minutes),
        "manifest.json": ("application/json", "no-cache"),
        "SHA256SUMS": ("text/plain; charset=utf-8", minutes),
        "icon.svg": ("image/svg+xml", hour),
        "pieces/first/cover.png": ("image/png", hour),
        "pieces/first/first.pdf": ("application/pdf", hour),
        "pieces/first/first.epub": ("application/epub+zip", hour),
        "pieces/first/first.docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", hour),
    }
    with desk(bench) as d:
        d.run(bench.plain).ended(0)
        [sheet] = [path for path in d.site() if path.endswith(".css")]
        kinds[sheet] = ("text/css; charset=utf-8", year)
        kinds[next(path for path in d.site() if path.endswith(".woff2"))] = ("font/woff2", year)
        for path, (media_type, cache) in kinds.items():
            head = d.client.head_object(Bucket=d.bucket, Key=f"site/{path}")
            told = (head["ContentType"], head.get("CacheControl"))
            expect(told == (media_type, cache), f"{path} is told as {told}")
            extension = path.rpartition(".")[2]
            name = None
            if extension in ("pdf", "epub", "docx"):
                full = f"O%C3%B9%20est-ce%20%E2%80%9Cfirst%E2%80%9D.{extension}"
                name = f"attachment; filename=\"first.{extension}\"; filename*=UTF-8''{full}"
            expect(head.get("ContentDisposition") == name, f"{path} is offered as {head.get('ContentDisposition')}")


@case
def a_second_run_only_reads(bench):
    with desk(bench, bench.plain) as d:
        run = d.run(bench.plain).ended(0, "0 files put")
        expect(not run.writes and len(run.requests) <= 3, f"it asked for {run.requests}")


@case
def one_changed_piece_sends_nothing_of_the_others(bench):
    with desk(bench, bench.plain) as d:
        run = d.run(bench.edited).ended(0)
        named = [request for request in run.requests if "second" in request.key]
        expect(not named, f"it asked for {named}")
        placed = {request.key.removeprefix("site/") for request in run.of("copy")}
        before, after = bench.local(bench.plain), bench.local(bench.plain, bench.edited)
        changed = {path for path in after if after[path] != before.get(path)} - {"manifest.json"}
        # The manifest twice, the lock, and a probe twice.
        expect(placed == changed and len(run.of("put")) == len(changed) + 5, f"it put {sorted(placed)} for {sorted(changed)}")
        d.stands(bench.plain, bench.edited)


@case
def a_refused_connection_is_told_in_time(bench):
    with desk(bench) as d:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # Bound, but nobody listens.
            url = f"http://127.0.0.1:{taken.getsockname()[1]}"
            run = d.run(bench.plain, AWS_ENDPOINT_URL=url).ended(1, f"s3://{d.bucket}", "onnection refused")
        expect(run.seconds < 30, f"it took {run.seconds:.0f} s")


@case
def wrong_credentials_are_refused_at_once(bench):
    with desk(bench) as d:
        for wrong in ({"AWS_SECRET_ACCESS_KEY": SECRET[::-1]}, {"AWS_ACCESS_KEY_ID": KEY[::-1]}):
            run = d.run(bench.plain, **wrong).ended(2, "credentials", f"s3://{d.bucket}")
            expect(len(run.requests) == 1, f"it asked for {run.requests}")
        expect(not d.objects(), "something was put")


@case
def credentials_that_may_only_read_are_told_and_change_nothing(bench):
    for may_not in (lambda request: request.writes, lambda request: request.kind == "list"):
        with desk(bench, bench.plain) as d:
            before = d.objects()
            run = d.run(bench.grown, fault=lambda request: 403 if may_not(request) else None).ended(2, "credentials", AS_IT_WAS)
            expect(sum(request.faulted for request in run.requests) <= WIDTH, f"it asked for {run.requests}")
            # What was asked first, whether the service heeds conditions, is swept by the next run.
            differ({key: body for key, body in d.objects().items() if "/.flashpoint-new/probe-" not in key}, before)


@case
def without_credentials_nothing_is_asked(bench):
    with desk(bench) as d:
        for lacking in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            run = d.run(bench.plain, **{lacking: None}).ended(2, "credentials", "AWS_ACCESS_KEY_ID")
            expect(not run.requests, f"it asked for {run.requests}")


@case
def a_bucket_that_is_not_there_is_told(bench):
    with desk(bench, bucket=False) as d:
        run = d.run(bench.plain).ended(2, "no such bucket", f"s3://{d.bucket}")
        expect(len(run.requests) == 1, f"it asked for {run.requests}")


@case
def plain_http_has_to_be_allowed(bench):
    with desk(bench) as d:
        run = d.run(bench.plain, AWS_ALLOW_HTTP=None).ended(2, "AWS_ALLOW_HTTP")
        expect(not run.requests, f"it asked for {run.requests}")


@case
def what_somebody_else_put_there_is_never_pruned_or_replaced(bench):
    for name, more in (("notes.txt", ["--prune"]), ("index.html", []), ("index.html", ["--prune"]), ("deep/er/a.html", ["--prune"])):
        with desk(bench) as d:
            d.put(f"site/{name}", b"somebody's")
            run = d.run(bench.plain, *more).ended(2, "no site of ours")
            expect(not run.writes, f"it asked for {run.writes}")
            differ(d.objects(), {f"site/{name}": hashed(b"somebody's")})


@case
def pruning_removes_a_removed_piece_and_nothing_else(bench):
    with desk(bench, bench.plain) as d:
        foreign = {key: b"mine" for key in ("index.html", "site/notes.txt", "site/pieces/second/mine.txt", "site2/pieces/second.html")}
        for key, body in foreign.items():
            d.put(key, body)
        before = d.objects()
        dry = d.run(bench.shrunk, "--prune", "--dry-run").ended(0, "would remove pieces/second/")
        expect(not dry.writes, f"a dry run asks for {dry.writes}")
        differ(d.objects(), before)
        d.run(bench.shrunk).ended(1, "--prune")
        expect("site/pieces/second.html" in d.objects(), "it was removed without being asked")
        # A notice stays at its address.
        d.run(bench.shrunk, "--prune").ended(0, "removed pieces/second/")
        wanted = {f"site/{path}": body for path, body in bench.local(bench.plain, bench.shrunk).items()} | foreign
        differ(d.objects(), {key: hashed(body) for key, body in wanted.items()})
        again = d.run(bench.shrunk, "--prune").ended(0)
        expect(not again.writes, f"nothing is left to prune, but it asks for {again.writes}")


@case
def a_path_may_have_any_characters_or_be_none(bench):
    for prefix in ("a b/ü", "Q&A+'(1)' = 100%25; ~*!@$,", "日本/…", ""):
        with desk(bench) as d:
            to = f"s3://{d.bucket}/{prefix}"
            d.prefix = prefix.replace("%25", "%")
            d.run(bench.plain, to=to).ended(0)
            d.stands(bench.plain)
            run = d.run(bench.plain, to=to).ended(0)
            expect(not run.writes, f"it asked for {run.writes}")
            d.run(bench.grown, to=to).ended(0)
            d.run(bench.grown, "--prune", to=to).ended(0, "removed style-")
            d.stands(bench.grown)
