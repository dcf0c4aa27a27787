#!/usr/bin/env python3
"""Counts the tests in ctest's JUnit reports and prints every skip with its reason.

Usage: summary.py [--expected-skips FILE] [--failed NAME]... [REPORT.xml...] The last line is `N passed, N failed, N skipped`.
With --expected-skips, a skip whose test no pattern of that file names is a failure; --failed counts something
that is no test (a build, a check) as one.
"""

import argparse
import fnmatch
import re
import sys
import xml.etree.ElementTree

GTEST_SKIP = re.compile(r"^\S+:\d+: Skipped\n(.*?)\n*^\[  SKIPPED \]", re.MULTILINE | re.DOTALL)
HARNESS_SKIP = re.compile(r"^SKIP: (.*)$", re.MULTILINE)


def skip_reason(output):
    for pattern in (GTEST_SKIP, HARNESS_SKIP):
        match = pattern.search(output)
        if match:
            return " ".join(match[1].split())
    return "no reason given"


def read_report(path):
    """Yields (test name, status, output) of one report."""
    for case in xml.etree.ElementTree.parse(path).getroot().iter("testcase"):
        status = case.get("status", "fail")
        yield case.get("name"), status, case.findtext("system-out") or ""


def read_patterns(path):
    if path is None:
        return None
    with open(path, encoding="utf-8") as file:
        lines = (line.split("#")[0].strip() for line in file)
        return [line for line in lines if line]


def unexpected(name, patterns):
    return patterns is not None and not any(fnmatch.fnmatchcase(name, p) for p in patterns)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--expected-skips")
    parser.add_argument("--failed", action="append", default=[])
    parser.add_argument("reports", nargs="*")
    args = parser.parse_args()
    patterns = read_patterns(args.expected_skips)
    passed, failed, skipped = 0, list(args.failed), 0
    for report in args.reports:
        for name, status, output in read_report(report):
            if status == "run":
                passed += 1
            elif status == "notrun":
                skipped += 1
                print(f"skipped: {name}: {skip_reason(output)}")
                if unexpected(name, patterns):
                    failed.append(f"{name} (a skip that is not in {args.expected_skips})")
                    skipped -= 1
            else:
                failed.append(name)
    for name in failed:
        print(f"failed: {name}")
    print(f"{passed} passed, {len(failed)} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
