#!/usr/bin/env python3
"""Compares what weir and the installed tcpdump print of capture files, line by line.

usage: compare_tcpdump.py [--weir WEIR] [--show N] [--options="-n -v"]... CAPTURE...

Prints, for each set of options, how many of tcpdump's lines weir prints the same, and with
--show the first N lines that differ in each file. A file @LIST names captures, one a line, in
the list's folder.
"""
import argparse
import difflib
import pathlib
import re
import subprocess
import sys

# What weir adds behind tcpdump's own text, with -v.
ADDED = re.compile(r": (TLS|QUIC) .*")

OPTION_SETS = ["-n", "-n -v", "-n -e", "-n -tttt", "-n -X"]


def printed(command):
    """The lines that a command prints, or None when it cannot read the capture."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60)
    if done.returncode != 0 and not done.stdout:
        return None
    return done.stdout.decode("utf-8", "replace").split("\n")[:-1]


def differences(theirs, ours):
    """How many lines of `theirs` are in `ours` in the same order, and the blocks that differ."""
    matcher = difflib.SequenceMatcher(None, theirs, ours, autojunk=False)
    same = 0
    blocks = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            same += i2 - i1
        else:
            blocks.append((theirs[i1:i2], ours[j1:j2]))
    return same, blocks


def captures_of(names):
    for name in names:
        if name.startswith("@"):
            listing = pathlib.Path(name[1:])
            yield from (listing.parent / line for line in listing.read_text().split())
        else:
            yield pathlib.Path(name)


def show(blocks, limit):
    left = limit
    for theirs, ours in blocks:
        for sign, lines in (("-", theirs), ("+", ours)):
            for line in lines:
                if left == 0:
                    return
                print(f"    {sign} {line}")
                left -= 1


def compare(weir, options, captures, limit):
    """The totals of one set of options: lines the same, lines of tcpdump."""
    same_of_all = lines_of_all = 0
    for capture in captures:
        theirs = printed(["tcpdump", *options.split(), "-r", str(capture)])
        if theirs is None:
            continue
        ours = printed([weir, "capture", *options.split(), "-r", str(capture)]) or []
        ours = [ADDED.sub("", line) for line in ours]
        same, blocks = differences(theirs, ours)
        same_of_all += same
        lines_of_all += len(theirs)
        if blocks and limit:
            print(f"  {capture.name} ({options}): {same} of {len(theirs)}")
            show(blocks, limit)
    return same_of_all, lines_of_all


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weir", default="build/dev/bin/weir")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--options", action="append")
    parser.add_argument("--least", type=float, help="fail below this share of equal lines")
    parser.add_argument("captures", nargs="+")
    arguments = parser.parse_args()
    captures = list(captures_of(arguments.captures))
    failed = False
    for options in arguments.options or OPTION_SETS:
        same, lines = compare(arguments.weir, options, captures, arguments.show)
        share = 100.0 * same / max(lines, 1)
        print(f"{options}: {same} of {lines} lines the same, {share:.2f} %")
        failed = failed or (arguments.least is not None and share < arguments.least)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
