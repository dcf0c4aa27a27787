#!/usr/bin/env bash
# The man page and the completions in the tree are what the table of options gives today.
set -euo pipefail
weir=$1
status=0
same() {
  "$weir" --generate "$1" | diff -u "$2" - || { echo "$2 is old: run ./dev update"; status=1; }
}
same man docs/man/weir.1
same bash completions/weir.bash
same zsh completions/_weir
same fish completions/weir.fish
exit $status
