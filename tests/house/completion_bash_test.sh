#!/usr/bin/env bash
# The completion for bash offers commands, options and the values of options, and files where a file is wanted.
set -euo pipefail
source completions/weir.bash
compopt() { :; }  # works only while bash itself completes

# expect WORDS... -- OFFERED...: what is offered for the last of the words.
expect() {
  COMP_WORDS=()
  while [[ $1 != -- ]]; do
    COMP_WORDS+=("$1")
    shift
  done
  shift
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  COMPREPLY=()
  _weir
  [[ ${COMPREPLY[*]} == "$*" ]] || { echo "after \`${COMP_WORDS[*]}\`: expected \`$*\`, not \`${COMPREPLY[*]}\`"; exit 1; }
}

expect weir comp -- compile
expect weir compile --link -- --link-type
expect weir compile -y EN -- EN10MB
expect weir compile --link-type LINUX_SLL2 -- LINUX_SLL2
expect weir capture --format '' -- pcap pcapng
expect weir capture -r CMakeP -- CMakePresets.json
expect weir help ex -- explain
expect weir compile tcp --
