#!/usr/bin/env python3
"""How large the ring of a live capture should be: CPU time and losses, written to /dev/null.

usage: ring_size.py WEIR    prints the table of docs/benchmarks.md

A sender on one processor offers packets as fast as it can; weir runs on another. It needs root.
"""

import os
import pathlib
import resource
import signal
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "tests" / "e2e"))
import live_net  # noqa: E402

PACKETS = 300_000
ROUNDS = 5
SIZES_KIB = [512, 1024, 2048, 4096, 8192, 16384, 65536]


def send(count):
    """In a process of its own, so that only the capture is a child whose time counts."""
    sender = os.fork()
    if sender == 0:
        os.sched_setaffinity(0, {0})
        far = live_net.Sender("v1").socket.send
        frame = live_net.ethernet(live_net.udp(9, size=64))
        for _ in range(count):
            far(frame)
        os._exit(0)
    os.waitpid(sender, 0)


def cpu_time():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measure(command, folder):
    """Nanoseconds of CPU time for a packet that was captured, and the share of those lost."""
    pinned = ["taskset", "-c", "1", *command]
    capture = live_net.Process(pinned, "listening on", folder)
    send(PACKETS)
    before = cpu_time()  # the sender's
    capture.stop(signal.SIGINT)
    captured, received, dropped = (int(line.split()[0]) for line in capture.err().splitlines()[-3:])
    return 1e9 * (cpu_time() - before) / max(captured, 1), 100 * dropped / max(received, 1)


def main():
    if os.environ.get(live_net.INSIDE) is None:
        live_net.enter_namespaces()
    weir = os.path.abspath(sys.argv[1])
    live_net.ip("link", "add", "v0", "type", "veth", "peer", "name", "v1")
    for name in ("v0", "v1"):
        live_net.ip("link", "set", name, "up")
    captures = {f"weir, {size} KiB": [weir, "capture", "-i", "v0", "-B", str(size), "-w", "/dev/null"] for size in SIZES_KIB}
    captures["tcpdump, 2048 KiB"] = ["tcpdump", "-Z", "root", "-n", "-i", "v0", "-w", "/dev/null"]
    results = {name: [] for name in captures}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            for name, command in captures.items():
                results[name].append(measure(command, folder))
    print("| ring | CPU ns a packet | lost |\n|---|---:|---:|")
    for name, runs in results.items():
        times, losses = zip(*runs)
        print(f"| {name} | {statistics.median(times):.0f} | {statistics.median(losses):.1f} % |")


if __name__ == "__main__":
    main()
