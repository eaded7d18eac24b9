"""Runs cluster/ray_export.py on a Ray cluster of three nodes on loopback, and takes nodes and workers away from it.

python ray_cluster.py PROGRAM [PIECES]. The sources are in a bucket of a local service that answers now and then with 500 and 503 and
cuts bodies. While the shards run, two nodes are killed, and one worker as the system does that has no memory left. Every edition
must equal that of one run, every piece must be made, and none may stand twice in the report.
"""

import collections
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid

import ray
from ray.cluster_utils import Cluster

from s3.bench import PLAIN, differ, expect, hashed
from s3.server import CUT_ANSWER, CUT_REQUEST, KEY, REGION, SECRET, Gate, Service

DRIVER = pathlib.Path(__file__).resolve().parents[2] / "cluster/ray_export.py"
SHARDS = 24

PIECE = """series: Flash Point
title: "Piece {number}: a title"
date: 2025-11-04
language: en-GB
slug: piece-{number}
contributors:
  - name: Amina Khan
    statement:
      - Words {number}.
      - A second paragraph, which says more.
"""


def now_and_then(chances):
    """A fault for one request in fifty, never twice for the same."""
    seen, lock = collections.Counter(), threading.Lock()

    def fault(request):
        with lock:
            name = (request.method, request.key, request.query)
            seen[name] += 1
            return chances.choice([500, 503, CUT_REQUEST, CUT_ANSWER]) if seen[name] == 1 and chances.random() < 0.02 else None

    return fault


def programs():
    """The runs of the program that are under way, by their process ids."""
    found = []
    for status in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = status.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"export" in words and b"--shard" in words:
            found.append(int(status.parent.name))
    return found


def main():
    program, pieces = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    service = Service()
    gate = Gate(service)
    gate.fault = now_and_then(random.Random(18))
    bucket = f"archive-{uuid.uuid4()}"
    service.client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    with tempfile.TemporaryDirectory() as root:
        root = pathlib.Path(root)
        for number in range(pieces):
            path = root / f"source/{number % 10}/piece-{number}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(PIECE.format(number=number))
            service.client.put_object(Bucket=bucket, Key=str(path.relative_to(root)), Body=path.read_bytes())
        begun = time.monotonic()
        done = subprocess.run([program, "export", "-f", "docx,epub", "--quiet"], cwd=root, env=PLAIN, check=False)
        expect(done.returncode == 0, f"the one run ended with {done.returncode}")
        print(f"one run of {pieces} pieces: {time.monotonic() - begun:.1f} s", flush=True)

        cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
        doomed = {"3": cluster.add_node(num_cpus=1), "11": cluster.add_node(num_cpus=1)}
        cluster.wait_for_nodes()
        print(f"a cluster of {len(doomed) + 1} nodes, Ray {ray.__version__}", flush=True)
        environment = PLAIN | {
            "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": REGION, "AWS_ALLOW_HTTP": "true",
            "AWS_ENDPOINT_URL": gate.url,
        }
        command = [
            sys.executable, str(DRIVER), f"s3://{bucket}/source", "--dist", f"s3://{bucket}/editions", "--shards", str(SHARDS),
            "--address", cluster.address, "--program", str(program), "--report", str(root / "all.jsonl"), "--memory-mb", "50",
            "--", "-f", "docx,epub",
        ]
        begun = time.monotonic()
        # Ray tells of lost nodes on standard output; the driver's own words stand on standard error.
        running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        said, killed = [], []
        for line in running.stderr:
            said.append(line)
            ended = line.split(" of ")[0] if f" of {SHARDS} shards" in line else ""
            if ended in doomed:
                cluster.remove_node(doomed.pop(ended), allow_graceful=False)
                print(f"a node was killed after {time.monotonic() - begun:.1f} s: {line.strip()}", flush=True)
            if ended == "7":
                # As the system ends what it has no memory for.
                killed = programs()[:1]
                for process in killed:
                    os.kill(process, signal.SIGKILL)
                print(f"a run of the program was killed: {line.strip()}", flush=True)
        code = running.wait()
        took = time.monotonic() - begun
        text = "".join(said)
        expect(code == 0, f"the driver ended with {code}:\n{text}")
        expect(killed and not doomed, "nothing was there to kill")
        cluster.shutdown()

        pages = service.client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="editions/")
        tags = {found["Key"].removeprefix("editions/"): found["ETag"].strip('"') for page in pages for found in page["Contents"]}
        editions = {key: tag for key, tag in tags.items() if not key.startswith(".flashpoint/")}
        differ(editions, {path.name: hashed(path.read_bytes()) for path in (root / "dist").iterdir() if path.is_file()})
        lines = [json.loads(line) for line in (root / "all.jsonl").read_text().splitlines()]
        summary = lines.pop()["summary"]
        slugs = collections.Counter(line["slug"] for line in lines)
        expect(set(slugs.values()) == {1} and len(slugs) == pieces, "a piece is missing in the report, or stands in it twice")
        expect({line["status"] for line in lines} <= {"made", "unchanged"}, "a piece failed")
        expect(summary["shards"]["of"] == SHARDS and not summary["shards"]["missing"], str(summary))
        requests = gate.take()
        faulted = sum(request.faulted for request in requests)
        expect(faulted > 0, "the store made no fault")
        print(
            f"{SHARDS} shards in {took:.1f} s: {len(editions)} editions equal to those of one run, each piece once in the report, "
            f"{len(requests)} requests ({len(requests) / pieces:.1f} a piece), {faulted} of them with a fault"
        )
    gate.shutdown()
    service.stop()


main()
