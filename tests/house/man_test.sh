#!/usr/bin/env bash
# The man page is sound roff: mandoc's lint finds no warning in it.
set -euo pipefail
command -v mandoc >/dev/null || { echo "SKIP: mandoc is not installed"; exit 77; }
findings=$(mandoc -T lint -W warning docs/man/weir.1 || true)
[[ -z $findings ]] || { echo "$findings"; exit 1; }
