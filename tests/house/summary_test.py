#!/usr/bin/env python3
"""tests/harness/summary.py counts what ctest reports, and fails on a skip that nobody expects."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

SUMMARY = pathlib.Path(__file__).resolve().parent.parent / "harness/summary.py"
REPORT = """<testsuite name="x">
<testcase name="a.passes" status="run"><system-out>fine</system-out></testcase>
<testcase name="a.needs_root" status="notrun"><skipped message="x"/>
<system-out>t.cpp:7: Skipped
needs root

[  SKIPPED ] a.needs_root (0 ms)
</system-out></testcase>
{more}</testsuite>"""
FAILURE = '<testcase name="a.breaks" status="fail"><failure message="x"/></testcase>\n'


def summary(more="", expected_skips="a.needs_*  # root\n"):
    with tempfile.TemporaryDirectory() as folder:
        report, skips = pathlib.Path(folder) / "r.xml", pathlib.Path(folder) / "skips.txt"
        report.write_text(REPORT.format(more=more))
        skips.write_text(expected_skips)
        done = subprocess.run([sys.executable, SUMMARY, "--expected-skips", skips, report],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.splitlines()


class Summary(unittest.TestCase):
    def test_the_last_line_counts_and_a_skip_has_its_reason(self):
        code, lines = summary()
        self.assertEqual((code, lines), (0, ["skipped: a.needs_root: needs root",
                                             "1 passed, 0 failed, 1 skipped"]))

    def test_a_failure_fails(self):
        code, lines = summary(FAILURE)
        self.assertEqual((code, lines[-1]), (1, "1 passed, 1 failed, 1 skipped"))

    def test_a_skip_that_nobody_expects_fails(self):
        code, lines = summary(expected_skips="b.*\n")
        self.assertEqual((code, lines[-1]), (1, "1 passed, 1 failed, 0 skipped"))


if __name__ == "__main__":
    unittest.main()
