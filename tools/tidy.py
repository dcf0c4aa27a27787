#!/usr/bin/env python3
"""Runs clang-tidy over the project's sources, and skips those it has already found clean.

Usage: tidy.py BUILD_DIR [--jobs N] [--tests]. Tests are looked at only when asked for. BUILD_DIR is configured as a unity build: clang-tidy then walks through the headers
once for several sources. A unit is clean for as long as its sources, the project's headers, the checks and its compile
command stay the same; what is known to be clean is kept in ~/.cache/weir-tidy.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLEAN = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "weir-tidy"
TIDY = "clang-tidy-19"
FOLDERS = ("include", "src", "tests", "bench", "fuzz")


def shared_state():
    """What every source depends on: the checks, and all headers of the project."""
    digest = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".h", ".def"}:
                digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.digest()


def sources_of(unit):
    """The project's sources that a compiled file stands for; none when it is not the project's."""
    if "/Unity/" in unit:
        return re.findall(r'^#include "(.*)"$', pathlib.Path(unit).read_text(), re.MULTILINE)
    return [unit] if unit.startswith(tuple(f"{ROOT}/{folder}/" for folder in FOLDERS)) else []


def key(entry, shared):
    digest = hashlib.sha256(shared + entry["command"].replace(str(ROOT), "").encode())
    for source in sources_of(entry["file"]):
        digest.update(b"\0" + pathlib.Path(source).read_bytes())
    return digest.hexdigest()


def tidy(build_dir, path):
    done = subprocess.run([TIDY, "--quiet", "--use-color=0", f"-p={build_dir}", path],
                          capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + ("" if done.returncode == 0 else done.stderr)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build_dir")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tests", action="store_true")
    args = parser.parse_args()
    CLEAN.mkdir(parents=True, exist_ok=True)
    shared = shared_state()
    entries = json.loads((pathlib.Path(args.build_dir) / "compile_commands.json").read_text())
    wanted = tuple(f"{ROOT}/{folder}/" for folder in ["src", "bench", "fuzz"] + (["tests"] if args.tests else []))
    units = {entry["file"]: key(entry, shared) for entry in entries if any(source.startswith(wanted) for source in sources_of(entry["file"]))}
    due = [path for path in units if not (CLEAN / units[path]).exists()]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        runs = {pool.submit(tidy, args.build_dir, path): path for path in due}
        for run in concurrent.futures.as_completed(runs):
            ok, output = run.result()
            if ok:
                (CLEAN / units[runs[run]]).touch()
            else:
                failed += 1
                print(output)
    sources = sum(len(sources_of(path)) for path in units)
    print(f"tidy: {sources} sources in {len(units)} units, {len(due)} looked at, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
