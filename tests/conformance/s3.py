"""Holds `flashpoint distribute --to s3://` against a service with the S3 interface on loopback, faults included.

python s3.py PROGRAM. The service is moto behind a gate that checks signatures, counts requests and makes faults. Each case
is a sentence of behaviour; a case that cannot run is a problem.
"""

import concurrent.futures
import pathlib
import sys
import tempfile
import traceback

# Of the folder of this name: one with an `__init__.py` goes before a file.
from s3 import calm, faults
from s3.bench import Bench, Problem
from s3.server import Service

CASES = [*calm.CASES, *faults.CASES]


def outcome(check, bench):
    """What a case found wrong; nothing where all is well."""
    try:
        check(bench)
    except Problem as problem:
        return str(problem)
    except Exception:  # A case that could not run is a problem like any other.
        return traceback.format_exc(limit=-3)
    return None


def main():
    [program] = sys.argv[1:]
    service = Service()
    with tempfile.TemporaryDirectory() as root, concurrent.futures.ThreadPoolExecutor(6) as pool:
        bench = Bench(pathlib.Path(program).resolve(), service, pathlib.Path(root))
        outcomes = [pool.submit(outcome, check, bench) for check in CASES]
        problems = 0
        for check, found in zip(CASES, outcomes, strict=True):
            problem = found.result()
            problems += problem is not None
            name = check.__name__.replace("_", " ")
            print(f"s3: {name}" if problem is None else f"s3: PROBLEM: {name}: {problem}", flush=True)
    service.stop()
    print(f"s3: {len(CASES)} cases, {problems} problems")
    sys.exit(bool(problems))


main()
