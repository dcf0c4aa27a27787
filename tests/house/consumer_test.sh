#!/usr/bin/env bash
# consumer_test.sh cmake|pkgconfig BUILD_DIR: a program outside the project builds against the installed package,
# and runs.
set -euo pipefail
kind=$1 build=$2
source=$PWD/tests/house/consumer
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/prefix" >/dev/null
# Messages send their reader there.
[[ -f $work/prefix/share/doc/weir/filter-language.md ]] || { echo "the documents are not installed"; exit 1; }
libdir=$(dirname "$(find "$work/prefix" -name 'libweir.*' | head -1)")
case $kind in
  cmake)
    cmake -S "$source" -B "$work/build" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" >"$work/log" 2>&1 &&
      cmake --build "$work/build" >>"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
    ;;
  pkgconfig)
    mkdir "$work/build"
    # shellcheck disable=SC2046  # flags are words
    g++ -std=c++23 "$source/main.cpp" -o "$work/build/consumer" \
      $(PKG_CONFIG_PATH=$libdir/pkgconfig pkg-config --cflags --libs weir)
    ;;
esac
output=$(LD_LIBRARY_PATH=$libdir "$work/build/consumer" examples/captures/web.pcap 'tcp port 80')
expected=$("$work/prefix/bin/weir" capture -r examples/captures/web.pcap --count 'tcp port 80')
[[ $output == "$expected" ]] || { echo "expected \`$expected\`, not \`$output\`"; exit 1; }
