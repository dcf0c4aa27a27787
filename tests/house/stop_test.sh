#!/usr/bin/env bash
# Stopped by a signal while it waits for a pipe, weir keeps what it has read, says so, and exits with 128 and the
# signal's number, as a shell has it. While it waits, what it has read is in the output file.
set -euo pipefail
weir=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkfifo "$work/in" "$work/out"

# say_why WHAT: fails, with what weir said.
say_why() {
  echo "$1"
  cat "$work/err"
  exit 1
}

# ends_with STATUS PID
ends_with() {
  local status=0
  wait "$2" || status=$?
  [[ $status == "$1" ]] || say_why "exit code $status instead of $1"
}

# stop SIGNAL NUMBER: an output file, of which the first packets have been written when the signal comes.
stop() {
  "$weir" capture -r "$work/in" -w "$work/out.pcap" 2>"$work/err" &
  local pid=$!
  exec 9>"$work/in"
  head -c 1000 examples/captures/web.pcap >&9
  # The pipe is empty once weir has read all of it; then it waits for more.
  until python3 -c 'import fcntl, struct, sys, termios
left = struct.unpack("i", fcntl.ioctl(9, termios.FIONREAD, b"\0" * 4))[0]
state = open(f"/proc/{sys.argv[1]}/stat").read().rsplit(")", 1)[1].split()[0]
sys.exit(0 if left == 0 and state == "S" else 1)' "$pid"; do :; done
  [[ $("$weir" capture -r "$work/out.pcap" --count) == "10 packets" ]] || say_why "SIG$1: packets are held back"
  kill -"$1" "$pid"
  ends_with $((128 + $2)) "$pid"
  exec 9>&-
  grep -q '^10 packets read, 10 matched$' "$work/err" || say_why "SIG$1:"
  [[ $("$weir" capture -r "$work/out.pcap" --count) == "10 packets" ]] || say_why "SIG$1: packets are lost"
}

stop INT 2
stop TERM 15

# A named pipe that nobody reads is no error when the signal comes.
"$weir" capture -n -r examples/captures/web.pcap -w "$work/out" 2>"$work/err" &
pid=$!
# With the input open, opening the output is all that it sleeps for.
until [[ $(ls -l "/proc/$pid/fd") == *web.pcap* && $(cut -d' ' -f3 "/proc/$pid/stat") == S ]]; do :; done
kill -INT "$pid"
ends_with 130 "$pid"
! grep -q 'cannot create' "$work/err" || say_why "interrupted while it opened the output:"
