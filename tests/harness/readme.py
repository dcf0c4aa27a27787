#!/usr/bin/env python3
"""Runs the commands of README.md and compares what they print.

Every line `$ command` in a ```console block is run, from the repository's root, in a copy of which only
`examples` is seen; the lines below it are its output, both streams as a terminal shows them.
Usage: readme.py --weir PATH [--update] README.md
"""

import argparse
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile

import golden


def run(command, folder, weir):
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=golden.environment(weir),
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          timeout=golden.TIMEOUT_SECONDS, check=False)
    return done.stdout.decode("utf-8", "backslashreplace").splitlines()


def rewritten(lines, folder, weir):
    """The lines of the README with the output of each command as it is now."""
    in_console, skip_output = False, False
    for line in lines:
        if line.startswith("```"):
            in_console, skip_output = line == "```console", False
        elif in_console and line.startswith("$ "):
            yield line
            yield from run(line[2:], folder, weir)
            skip_output = True
            continue
        if not skip_output:
            yield line


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weir", required=True)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("readme", type=pathlib.Path)
    args = parser.parse_args()
    expected = args.readme.read_text(encoding="utf-8").splitlines()
    if not any(line.startswith("$ ") for line in expected):
        print(f"{args.readme}: no command in it")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(golden.ROOT / "examples", f"{folder}/examples")
        actual = list(rewritten(expected, folder, args.weir))
    if args.update and actual != expected:
        args.readme.write_text("\n".join(actual) + "\n", encoding="utf-8")
        print(f"updated {args.readme}")
        return 0
    sys.stdout.writelines(line + "\n" for line in difflib.unified_diff(
        expected, actual, f"{args.readme} (expected)", f"{args.readme} (now)", lineterm=""))
    return 0 if actual == expected else 1


if __name__ == "__main__":
    sys.exit(main())
