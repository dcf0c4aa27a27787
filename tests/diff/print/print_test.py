#!/usr/bin/env python3
"""Compares what weir prints with what the installed tcpdump prints.

usage: print_test.py --weir WEIR TEST

Tests: own_captures (those that ship with the project: every line but the listed), core_captures and
plain_captures (the lists of ../shared/captures: the shares of lines below), every_capture (weir gets
through all of them with every detail, whatever is in them).
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "harness"))
import compare_tcpdump  # noqa: E402

SHARED = ROOT.parent / "shared" / "captures"
OWN = ROOT / "examples" / "captures"
CORE_OPTIONS = ["-n", "-n -v", "-n -e", "-n -tttt", "-n -X"]
SKIPPED = 77


def skip(reason):
    print(f"SKIP: {reason}")
    sys.exit(SKIPPED)


def shared_captures(listing):
    if not SHARED.is_dir():
        skip("the captures of ../shared are not there")
    return list(compare_tcpdump.captures_of([f"@{SHARED / listing}"]))


def check_share(weir, captures, option_sets, least):
    """Each set of options must give that share of lines, in per cent."""
    good = True
    for options in option_sets:
        same, lines = compare_tcpdump.compare(weir, options, captures, 6)
        share = 100.0 * same / max(lines, 1)
        print(f"{options}: {same} of {lines} lines the same, {share:.2f} %, {least} % wanted")
        good = good and lines != 0 and share >= least
    return good


def own_captures(weir):
    return check_share(weir, sorted(OWN.glob("*.pcap*")), CORE_OPTIONS + ["-n -vvv", "-n -q", "-n -S -ttt"], 100.0)


def core_captures(weir):
    return check_share(weir, shared_captures("CORE.txt"), CORE_OPTIONS, 98.0)


def plain_captures(weir):
    return check_share(weir, shared_captures("PLAIN.txt"), ["-n"], 90.0)


def every_capture(weir):
    """No capture makes weir crash, hang, or print what a terminal would act on."""
    if not SHARED.is_dir():
        skip("the captures of ../shared are not there")
    good = True
    for capture in sorted(path for path in SHARED.rglob("*") if path.is_file()):
        for options in ("-n -vvv -e -X", "-nq", "-n --json", "-n -A"):
            command = [weir, "capture", *options.split(), "-r", str(capture)]
            done = subprocess.run(command, capture_output=True, timeout=60, check=False)
            harmful = [byte for byte in done.stdout if byte < 0x20 and byte not in b"\n\t" or byte == 0x7f]
            if done.returncode not in (0, 1) or harmful:
                print(f"{' '.join(command)}: exit {done.returncode}, control characters {harmful[:4]}")
                good = False
    return good


TESTS = {test.__name__: test for test in (own_captures, core_captures, plain_captures, every_capture)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weir", required=True)
    parser.add_argument("test", choices=TESTS)
    arguments = parser.parse_args()
    if shutil.which("tcpdump") is None:
        skip("tcpdump is not installed")
    os.environ["TZ"] = "UTC"
    return 0 if TESTS[arguments.test](arguments.weir) else 1


if __name__ == "__main__":
    sys.exit(main())
