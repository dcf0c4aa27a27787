#!/usr/bin/env python3
"""Runs golden tests. A golden test is a text file:

    # What it shows, in a sentence.
    # command: weir compile -d ip
    # exit: 0
    # stdout:
    ...
    # stderr:
    ...

A file may hold several commands. Each runs in bash, in an empty directory of its file with `examples` (of
the repository) and `inputs` (the folder tests/golden/inputs) in it; `exit` is 0 and an output empty when left
out. Usage: golden.py --weir PATH [--update] FILE_OR_FOLDER...
"""

import argparse
import dataclasses
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TIMEOUT_SECONDS = 30


@dataclasses.dataclass
class Step:
    """A command with the comment lines above it, and what it must say."""
    comment: list
    command: str
    exit: int = 0
    stdout: str = ""
    stderr: str = ""

    def text(self):
        lines = "".join(f"{line}\n" for line in self.comment)
        lines += f"# command: {self.command}\n# exit: {self.exit}\n"
        for name, output in (("stdout", self.stdout), ("stderr", self.stderr)):
            if output:
                lines += f"# {name}:\n{output}"
                lines += "" if output.endswith("\n") else "\n# no newline at the end\n"
        return lines


def parse(text):
    """Splits a file into its steps."""
    steps, comment, block = [], [], None
    for line in text.splitlines():
        if line.startswith("# command: "):
            steps.append(Step(comment, line.removeprefix("# command: ")))
            comment, block = [], None
        elif line.startswith("# exit: ") and steps:
            steps[-1].exit = int(line.removeprefix("# exit: "))
        elif line in ("# stdout:", "# stderr:") and steps:
            block = line[2:-1]
        elif line == "# no newline at the end" and block:
            setattr(steps[-1], block, getattr(steps[-1], block).removesuffix("\n"))
        elif line.startswith("#- ") or block is None:
            comment.append(line)  # `#- ` begins a comment below an output
            block = None
        else:
            setattr(steps[-1], block, getattr(steps[-1], block) + line + "\n")
    return steps


def environment(weir):
    keep = {name: os.environ[name] for name in ("HOME", "ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ}
    return keep | {"PATH": f"{pathlib.Path(weir).resolve().parent}:/usr/bin:/bin:/usr/sbin:/sbin",
                   "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "dumb"}


def run(steps, weir):
    """The same steps with what the commands say now."""
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(ROOT / "examples", f"{folder}/examples")
        os.symlink(ROOT / "tests/golden/inputs", f"{folder}/inputs")
        return [run_step(step, folder, weir) for step in steps]


def run_step(step, folder, weir):
    command = ["timeout", str(TIMEOUT_SECONDS), "bash", "-c", step.command]
    done = subprocess.run(command, cwd=folder, env=environment(weir), stdin=subprocess.DEVNULL,
                          capture_output=True, check=False)
    out, err = (stream.decode("utf-8", "backslashreplace") for stream in (done.stdout, done.stderr))
    return Step(step.comment, step.command, done.returncode, out, err)


def check(path, weir, update):
    expected = path.read_text(encoding="utf-8")
    steps = parse(expected)
    if not steps:
        print(f"{path}: no `# command:` line")
        return False
    actual = "".join(step.text() for step in run(steps, weir))
    if actual == expected:
        return True
    if update:
        path.write_text(actual, encoding="utf-8")
        print(f"updated {path}")
        return True
    sys.stdout.writelines(difflib.unified_diff(expected.splitlines(True), actual.splitlines(True),
                                               f"{path} (expected)", f"{path} (now)"))
    return False


def files_of(arguments):
    for argument in map(pathlib.Path, arguments):
        yield from sorted(argument.rglob("*.test")) if argument.is_dir() else [argument]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weir", required=True)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("paths", nargs="+")
    args = parser.parse_args()
    return 0 if all([check(path, args.weir, args.update) for path in files_of(args.paths)]) else 1


if __name__ == "__main__":
    sys.exit(main())
