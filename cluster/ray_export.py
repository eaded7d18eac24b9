#!/usr/bin/env python3
"""Exports an archive on a Ray cluster: a task a shard, then one joining.

    python cluster/ray_export.py s3://bucket/source --dist s3://bucket/editions --shards 256 -- -f pdf,epub

Flashpoint cuts the archive and joins the shards; Ray places the tasks, starts nodes for them and gives them out again when a node
or a worker is lost. What stands behind `--` goes to `flashpoint export` as it is. Sources and editions are in buckets, or in folders
that all nodes see under the same path. The exit code is that of `flashpoint merge`: 0 all done; 1 a piece or a shard failed;
2 wrong usage, nothing written; 130 interrupted.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import ray
from ray.exceptions import RayError

# How a shard can end: the codes of `flashpoint export`. Everything else (a signal, no memory) is a lost attempt, and is repeated.
DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


class LostAttempt(Exception):
    """The program did not come to an end of its own."""


def export_shard(program, source, dist, shard, of, options, environment):
    """Runs one shard where Ray put this task; gives its exit code, its messages and its report."""
    with tempfile.TemporaryDirectory(prefix="flashpoint-shard-") as folder:
        report = pathlib.Path(folder) / "report.jsonl"
        # As many threads as the task was promised cores.
        jobs = str(max(1, int(ray.get_runtime_context().get_assigned_resources().get("CPU", 1))))
        command = [program, "export", source, "--dist", dist, "--shard", f"{shard}/{of}", "--report", str(report)]
        # A store that was down for longer than the program tries is perhaps up again: once more, and only what is left is made.
        for _ in range(2):
            ended = subprocess.run(
                [*command, "--jobs", jobs, "--quiet", *options], stdin=subprocess.DEVNULL, capture_output=True, check=False,
                env={**os.environ, **environment, "TMPDIR": folder},
            )
            said = (ended.stderr + ended.stdout).decode(errors="replace")
            if ended.returncode not in (DONE, FAILED, USAGE):
                raise LostAttempt(f"shard {shard}/{of} ended with {ended.returncode}: {said[-2000:]}")
            text = report.read_bytes() if report.exists() else b""
            if ended.returncode != FAILED or is_finished(text):
                break
        return {"shard": shard, "code": ended.returncode, "said": said[-20_000:], "report": text, "node": ray.get_runtime_context().get_node_id()}


def is_finished(report):
    """Whether a shard had no fault of its own: pieces that fail for what is written in them fail again."""
    lines = [json.loads(line) for line in report.splitlines()]
    is_written = all(error["code"] != "write" for line in lines for error in line.get("errors", []))
    return bool(lines) and is_written and not lines[-1].get("summary", {}).get("faults")


def arguments(typed):
    """What was typed: our own arguments, and those of `flashpoint export` behind `--`."""
    own, options = (typed[: typed.index("--")], typed[typed.index("--") + 1 :]) if "--" in typed else (typed, [])
    parser = argparse.ArgumentParser(description="Export an archive on a Ray cluster.", epilog="Options of `flashpoint export` stand behind `--`.")
    parser.add_argument("source", help="a folder that all nodes see, or s3://bucket/prefix")
    parser.add_argument("--dist", required=True, help="the same for the editions")
    parser.add_argument("--shards", type=int, required=True, metavar="N", help="how many parts; some times as many as there are workers")
    parser.add_argument("--report", metavar="FILE", help="write one report of all to FILE")
    parser.add_argument("--address", default=os.environ.get("RAY_ADDRESS"), help="the cluster; else that of `ray job submit`, else one on this machine")
    parser.add_argument("--cpus", type=float, default=1, help="cores a shard [1]")
    parser.add_argument("--memory-mb", type=int, default=300, help="memory that a shard is promised [300]")
    parser.add_argument("--retries", type=int, default=5, help="times that a lost shard is given out again [5]")
    parser.add_argument("--program", default="flashpoint", help="the program as the nodes find it [flashpoint]")
    parser.add_argument("--quiet", action="store_true", help="no progress")
    parsed = parser.parse_args(own)
    if parsed.shards < 1:
        parser.error("--shards is 1 or more")
    clash = {"--shard", "--shard-list", "--report", "--dist", "-d", "--jobs", "-j"} & {option.split("=")[0] for option in options}
    if clash:
        parser.error(f"{', '.join(sorted(clash))} behind `--`: the driver says that itself")
    return parsed, options


def credentials():
    """How buckets are reached, and the time that editions tell: as it is where this driver runs."""
    names = [name for name in os.environ if name.startswith("AWS_") or name in ("SOURCE_DATE_EPOCH", "SSL_CERT_FILE", "SSL_CERT_DIR")]
    return {name: os.environ[name] for name in names}


def give_out(parsed, options):
    """Gives out every shard; yields what became of each as it ends: a result, or the shard and its error."""
    # Ray repeats a task whose worker or node is lost, and one whose program was; not one that came to an end.
    task = ray.remote(
        num_cpus=parsed.cpus, memory=parsed.memory_mb << 20, max_retries=parsed.retries, retry_exceptions=[LostAttempt],
        scheduling_strategy="SPREAD",
    )(export_shard)
    environment = credentials()
    waiting = {}
    for shard in range(1, parsed.shards + 1):
        reference = task.options(name=f"flashpoint {shard}/{parsed.shards}").remote(
            parsed.program, parsed.source, parsed.dist, shard, parsed.shards, options, environment
        )
        waiting[reference] = shard
    while waiting:
        [ended], _ = ray.wait(list(waiting), num_returns=1)
        shard = waiting.pop(ended)
        try:
            yield ray.get(ended), shard
        except RayError as error:
            yield error, shard


def progress(parsed, done, failed, begun):
    if not parsed.quiet:
        took = time.monotonic() - begun
        left = took / done * (parsed.shards - done)
        again = f", {failed} failed" if failed else ""
        print(f"{done} of {parsed.shards} shards{again}, {took:.0f} s, {left:.0f} s left", file=sys.stderr, flush=True)


def merge(parsed, reports):
    """Joins what the shards recorded and reported; its exit code is that of the whole."""
    command = [parsed.program, "merge", "--dist", parsed.dist, *(["--report", parsed.report] if parsed.report else []), *reports]
    return subprocess.run(command, check=False).returncode


def main(typed):
    parsed, options = arguments(typed)
    ray.init(address=parsed.address, log_to_driver=False, logging_level="warning")
    begun, done, lost, codes = time.monotonic(), 0, 0, set()
    with tempfile.TemporaryDirectory(prefix="flashpoint-reports-") as folder:
        reports = []
        for result, shard in give_out(parsed, options):
            done += 1
            if isinstance(result, RayError):
                lost += 1
                print(f"error: shard {shard}/{parsed.shards} is lost: {str(result).strip().splitlines()[-1]}", file=sys.stderr)
            else:
                codes.add(result["code"])
                sys.stderr.write(result["said"])
                if result["report"] and result["code"] != USAGE:
                    path = pathlib.Path(folder) / f"shard-{shard:05}.jsonl"
                    path.write_bytes(result["report"])
                    reports.append(str(path))
                if result["code"] == USAGE:
                    # The same arguments are as wrong for every other shard.
                    return USAGE
            progress(parsed, done, lost, begun)
        code = merge(parsed, sorted(reports))
    return FAILED if code == DONE and (lost or FAILED in codes) else code


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
