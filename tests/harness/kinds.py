#!/usr/bin/env python3
"""Checks that every diagnostic of src/diag/kinds.def has a golden test that shows it.

A kind is shown by `error[name]` or `warning[name]` in the expected output of a test.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def main():
    registry = (ROOT / "src/diag/kinds.def").read_text(encoding="utf-8")
    kinds = re.findall(r'^WEIR_DIAGNOSTIC\(\s*\w+,\s*"([^"]+)"', registry, re.MULTILINE)
    shown = set()
    for path in (ROOT / "tests/golden").rglob("*.test"):
        shown |= set(re.findall(r"^(?:error|warning)\[([^\]]+)\]", path.read_text(encoding="utf-8"), re.MULTILINE))
    missing = [kind for kind in kinds if kind not in shown]
    for kind in missing:
        print(f"no golden test shows `{kind}`")
    for kind in sorted(shown - set(kinds)):
        print(f"a golden test shows `{kind}`, which src/diag/kinds.def does not have")
    print(f"{len(kinds) - len(missing)} of {len(kinds)} kinds of diagnostic are shown")
    return 1 if missing or not kinds or shown - set(kinds) else 0


if __name__ == "__main__":
    sys.exit(main())
