#!/usr/bin/env python3
"""Checks that every #include follows the graph of rooms; docs/architecture.md draws it.

A room is a folder under src/. It may include itself, the public headers <weir/...>, and the rooms that
stand after its name here. The table has no circle: a room names only rooms above it.
"""

import pathlib
import re
import sys

ROOMS = {
    "base": "",
    "diag": "base",
    "isa": "base diag",
    "packet": "base",
    "capfile": "base diag",
    "filter": "base diag isa packet",
    "object": "base diag isa",
    "vm": "base diag isa",
    "os": "base diag",
    "capture": "base diag packet capfile os",
    "app": "base diag isa packet capfile filter object vm os capture",
    "cli": "base app",
}
# The headers through which only one room may reach the world outside.
SYSTEM_HEADERS_OF = {
    r"(sys/socket|netdb|net/.*|netinet/.*|arpa/.*|linux/.*)\.h": {"os"},
    r"CLI/.*": {"cli"},
    r"zlib\.h": {"capfile", "object"},
    r"zstd.*\.h": {"capfile"},
    r"(gelf|libelf|elf)\.h": {"object"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def table_errors():
    seen = set()
    for room, allowed in ROOMS.items():
        for other in set(allowed.split()) - seen:
            yield f"tools/check_deps.py: `{room}` names `{other}`, which does not stand above it"
        seen.add(room)


def quoted_error(room, target):
    other = target.split("/")[0]
    if "/" not in target or other not in ROOMS:
        return f"`{target}` is not `room/file.h`"
    if other != room and other not in ROOMS[room].split():
        return f"`{room}` may not include `{other}` (allowed: {ROOMS[room] or 'nothing'})"
    return None


def system_error(room, target):
    for pattern, rooms in SYSTEM_HEADERS_OF.items():
        if re.fullmatch(pattern, target) and room not in rooms:
            return f"only {', '.join(sorted(rooms))} may include <{target}>"
    return None


def file_errors(path, room):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        bracket, target = match.groups()
        error = (quoted_error if bracket == '"' else system_error)(room, target)
        if error:
            yield f"{path}:{number}: {error}"


def public_header_errors(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        match = INCLUDE.match(line)
        if match and match[1] == '"':
            yield f"{path}:{number}: a public header may not include `{match[2]}`"


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    errors = list(table_errors())
    files = 0
    for path in sorted(root.glob("src/*/**/*")):
        if path.suffix not in {".h", ".cpp", ".def"}:
            continue
        files += 1
        room = path.relative_to(root / "src").parts[0]
        if room not in ROOMS:
            errors.append(f"{path}: the room `{room}` is not in the table")
            continue
        errors += file_errors(path, room)
    for path in sorted(root.glob("include/weir/*.h")):
        errors += public_header_errors(path)
    for error in errors:
        print(error.replace(f"{root}/", ""), file=sys.stderr)
    print(f"deps: {files} files, {len(errors)} forbidden includes")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
