#!/usr/bin/env bash
# Stopped by a signal while it waits for a pipe, weir keeps what it has read, says so, and exits with 1.
set -euo pipefail
weir=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkfifo "$work/in"

# stop SIGNAL: an output file, of which the first packets have been written when the signal comes.
stop() {
  "$weir" capture -r "$work/in" -w "$work/out.pcap" 2>"$work/err" &
  local pid=$! status=0
  exec 9>"$work/in"
  head -c 1000 examples/captures/web.pcap >&9
  # The pipe is empty once weir has read all of it; then it waits for more.
  until python3 -c 'import fcntl, struct, sys, termios
left = struct.unpack("i", fcntl.ioctl(9, termios.FIONREAD, b"\0" * 4))[0]
state = open(f"/proc/{sys.argv[1]}/stat").read().rsplit(")", 1)[1].split()[0]
sys.exit(0 if left == 0 and state == "S" else 1)' "$pid"; do :; done
  kill -"$1" "$pid"
  wait "$pid" || status=$?
  exec 9>&-
  [[ $status == 1 ]] || { echo "SIG$1: exit code $status"; cat "$work/err"; exit 1; }
  grep -q '^10 packets read, 10 matched$' "$work/err" || { echo "SIG$1:"; cat "$work/err"; exit 1; }
  [[ $("$weir" capture -r "$work/out.pcap" --count) == "10 packets" ]] || { echo "SIG$1: packets are lost"; exit 1; }
}

stop INT
stop TERM
