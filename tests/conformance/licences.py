#!/usr/bin/env python3
"""Holds the licence of every crate that the project builds or tests with against a list.

Reads `cargo metadata` and evaluates each SPDX expression (SPDX 2.3, annex D); a crate without one, or with one that asks for
more than the list allows, is named and ends the run. Needs Python alone: cargo-deny would compile for minutes.
"""

import json
import re
import subprocess
import sys

ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
}
# File-level copyleft, in a crate that the project exists to use: its files stay under its licence.
ALLOWED_FOR = {"epub-builder": {"MPL-2.0"}}


def allows(expression, allowed):
    """Whether an expression can be met with the licences that are allowed."""
    # Before SPDX, crates wrote a slash for OR.
    tokens = re.findall(r"\(|\)|[^\s()/]+|/", expression)
    tokens = ["OR" if token == "/" else token for token in tokens]

    def alternatives():
        met = all_of()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            met = all_of() or met
        return met

    def all_of():
        met = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            met = one() and met
        return met

    def one():
        token = tokens.pop(0)
        if token == "(":
            met = alternatives()
            assert tokens.pop(0) == ")", expression
            return met
        if tokens and tokens[0] == "WITH":
            tokens.pop(0)
            token = f"{token} WITH {tokens.pop(0)}"
        return token in allowed

    met = alternatives()
    assert not tokens, expression
    return met


def self_test():
    """A check that cannot refuse would be none."""
    assert allows("MIT/GPL-3.0-only", ALLOWED)
    assert allows("(GPL-2.0-only OR Apache-2.0) AND MIT", ALLOWED)
    assert not allows("GPL-3.0-only", ALLOWED)
    assert not allows("MIT AND (GPL-3.0-only OR MPL-2.0)", ALLOWED)
    assert not allows("Apache-2.0 WITH Font-exception", ALLOWED)


def main():
    self_test()
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    packages = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["packages"]
    refused = []
    for package in packages:
        licence = package["license"]
        allowed = ALLOWED | ALLOWED_FOR.get(package["name"], set())
        if not licence or not allows(licence, allowed):
            refused.append(f"{package['name']} {package['version']}: {licence or 'no licence'}")
    print(f"licences: {len(packages)} crates, {len(refused)} refused")
    for line in refused:
        print(f"  {line}")
    if refused or len(packages) < 100:
        sys.exit(1)


if __name__ == "__main__":
    main()
