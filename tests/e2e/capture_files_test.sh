#!/usr/bin/env bash
# Capture files through the command: pipes, compression by other programs, damage, full disks. Each check
# says what must hold.
set -uo pipefail
readonly weir=$1
readonly web=examples/captures/web.pcap
readonly tunnels=examples/captures/tunnels.pcapng
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

for tool in gzip zstd tcpdump; do
  command -v $tool >/dev/null || { echo "SKIP: $tool is not installed"; exit 77; }
done

check() {  # check WHAT EXPECTED ACTUAL
  [[ $2 == "$3" ]] && return
  echo "$1: expected \`$2\`, got \`$3\`"
  failures=$((failures + 1))
}

count() { "$weir" capture -r "$1" --count 2>/dev/null | awk '{print $1}'; }
lines() { tcpdump -nr "$1" 2>/dev/null | wc -l; }

readonly packets=$(lines $web)
check "every packet is read" "$packets" "$(count $web)"
check "a pipe is read like a file" "$packets" "$(cat $web | count -)"
check "gzip on standard input" "$packets" "$(gzip -c $web | count -)"
check "zstd on standard input" "$packets" "$(zstd -qc $web | count -)"

for file in $web $tunnels; do
  check "$file is copied byte for byte" "$(sha256sum <$file)" \
    "$("$weir" capture -r $file -w - 2>/dev/null | sha256sum)"
done

"$weir" capture -r $web -w "$scratch/a.pcap.gz" 2>/dev/null
check "gzip(1) reads what weir compressed" "$(sha256sum <$web)" "$(gzip -dc "$scratch/a.pcap.gz" | sha256sum)"
"$weir" capture -r $web -w "$scratch/a.pcap.zst" 2>/dev/null
check "zstd(1) reads what weir compressed" "$(sha256sum <$web)" "$(zstd -qdc "$scratch/a.pcap.zst" | sha256sum)"

"$weir" capture -r $web -w "$scratch/a.pcapng" 2>/dev/null
check "tcpdump reads a conversion to pcapng" "$packets" "$(lines "$scratch/a.pcapng")"
check "and prints the same lines" "$(tcpdump -ttttnr $web 2>/dev/null)" \
  "$(tcpdump -ttttnr "$scratch/a.pcapng" 2>/dev/null)"
"$weir" capture -r "$scratch/a.pcapng" -w "$scratch/b.pcap" 2>/dev/null
check "there and back is the same file" "$(sha256sum <$web)" "$(sha256sum <"$scratch/b.pcap")"

head -c 20000 $web >"$scratch/cut.pcap"
before=$(lines "$scratch/cut.pcap")
error=$("$weir" capture -r "$scratch/cut.pcap" -w "$scratch/saved.pcap" 2>&1 >/dev/null)
check "a cut-off file ends with 1" 1 $?
check "all before the damage is written" "$before" "$(count "$scratch/saved.pcap")"
offset=$(stat -c %s "$scratch/saved.pcap")
[[ $error == *"(at byte $offset)"* ]] || check "the offset of the damage is named" "at byte $offset" "$error"

"$weir" capture -r $tunnels -w "$scratch/c.pcap" >/dev/null 2>&1
check "two link types into pcap end with 1" 1 $?
"$weir" capture -r $web -w "$web" 2>/dev/null
check "a file is not written while it is read" 1 $?
check "and stays as it was" "$packets" "$(count $web)"
if [[ -w /dev/full ]]; then
  "$weir" capture -r $web -w /dev/full >/dev/null 2>&1
  check "a full disk ends with 1" 1 $?
fi

exit $((failures != 0))
