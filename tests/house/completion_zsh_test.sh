#!/usr/bin/env bash
# The completion for zsh loads, and describes commands, options and values in a real completion system.
set -euo pipefail
command -v zsh >/dev/null || { echo "SKIP: zsh is not installed"; exit 77; }
zsh -n completions/_weir
# The builtins of the completion system are replaced by printers: what _weir would offer is what they see.
offered() {
  zsh -f -c '
    compdef() { :; }
    _describe() { print -rl -- ${(P)2}; }
    _arguments() { print -rl -- "$@"; }
    source completions/_weir
    words=("$@"); CURRENT=$#words
    _weir
  ' zsh "$@"
}
expect() {
  local want=$1
  shift
  offered "$@" | grep -qF -- "$want" || { echo "\`$*\` does not offer \`$want\`"; exit 1; }
}
expect 'compile:compile a filter expression' weir ''
expect '--version[' weir -
expect '-y[the link type' weir compile -
expect ':FORMAT:(pcap pcapng)' weir capture --format ''
expect ':FILE:_files' weir capture -r ''
