#!/usr/bin/env bash
# The completion for fish offers commands, options and the values of options.
set -euo pipefail
command -v fish >/dev/null || { echo "SKIP: fish is not installed"; exit 77; }
export HOME
HOME=$(mktemp -d)
trap 'rm -rf "$HOME"' EXIT
fish -n completions/weir.fish
expect() {
  fish --no-config -c 'source completions/weir.fish; complete -C $argv[1]' "$1" | cut -f1 | grep -qxF -- "$2" ||
    { echo "\`$1\` does not offer \`$2\`"; exit 1; }
}
expect 'weir comp' compile
expect 'weir compile --link' --link-type
expect 'weir compile -y EN' EN10MB
expect 'weir capture --format ' pcapng
expect 'weir help ex' explain
