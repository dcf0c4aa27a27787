#!/usr/bin/env bash
# The main job of weir on the captures beside this script; needs `weir` in the PATH.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

show() {
  printf '\n$ %s\n' "$*"
  bash -c "$*" || true
}

show "weir capture -r examples/captures/web.pcap -c 4 'tcp port 80 and tcp.flags syn'"
show "weir capture -r examples/captures/web.pcap --count 'tcp port 80'"
show "weir compile 'ip and tcp port 80'"
show "weir explain -r examples/captures/web.pcap -n 10 'tcp port 80 and not host 10.0.0.10'"
show "weir compile 'tcp prot 80 or port 99999'"
