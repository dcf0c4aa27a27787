"""Tests of live capture: a network of their own, frames, and weir as a process.

A test runs in a network and a mount namespace made for it, which go with it whatever happens: v0 and v1
are the ends of one cable, and what is sent into v1 comes in at v0.
"""

import os
import pathlib
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import unittest

INSIDE = "WEIR_TEST_NETWORK"
PATIENCE = 20  # seconds; a bound, not what anything takes
WEIR = "weir"


def skip(reason):
    print(f"SKIP: {reason}")
    sys.exit(77)


def run_tests():
    """The main function of a test: `TEST.py WEIR`."""
    global WEIR
    if os.geteuid() != 0:
        skip("network namespaces need root")
    for tool in ("unshare", "ip", "tcpdump", "setpriv"):
        if shutil.which(tool) is None:
            skip(f"{tool} is not installed")
    if os.environ.get(INSIDE) is None:
        enter_namespaces()
    WEIR = os.path.abspath(sys.argv.pop(1))
    ip("link", "set", "lo", "up")
    unittest.main(module="__main__", verbosity=1)


def enter_namespaces():
    command = ["unshare", "--net", "--mount", "--"]
    if subprocess.run(command + ["true"], capture_output=True).returncode != 0:
        skip("this user may not make network namespaces")
    os.environ[INSIDE] = "1"
    # The leak checker traces the process that ends, which one without privileges does not allow.
    os.environ.setdefault("ASAN_OPTIONS", "detect_leaks=0")
    os.execvp("unshare", command + [sys.executable] + sys.argv)


def ip(*arguments):
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def has_carrier(name):
    shown = subprocess.run(["ip", "-o", "link", "show", name], check=True, capture_output=True, text=True)
    return " state UP " in shown.stdout


def wait_for(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"in vain: {what}")
        time.sleep(0.01)


def ethernet(payload, ethertype=0x0800, tags=b""):
    return b"\xff" * 6 + b"\x02\0\0\0\0\x01" + tags + struct.pack("!H", ethertype) + payload


def udp(port, size=32, number=0):
    """An IPv4 packet; `number` makes its payload its own."""
    data = struct.pack("!I", number) + b"." * (size - 4)
    header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 28 + size, 0, 0, 64, 17, 0, bytes([10, 9, 0, 1]), bytes([10, 9, 0, 2]))
    return header + struct.pack("!HHHH", port, port, 8 + size, 0) + data


def vlan(number, tpid=0x8100):
    return struct.pack("!HH", tpid, number)


class Sender:
    def __init__(self, interface):
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        self.socket.bind((interface, 0))

    def send(self, *frames):
        for frame in frames:
            self.socket.send(frame)

    def close(self):
        self.socket.close()


class Process:
    """A capture that runs in the background."""

    def __init__(self, command, ready, folder):
        self.err_path = pathlib.Path(folder, f"err{time.monotonic_ns()}")
        self.out_path = self.err_path.with_name("out" + self.err_path.name)
        with open(self.err_path, "wb") as err, open(self.out_path, "wb") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL)
        wait_for(lambda: ready in self.err() or self.process.poll() is not None, f"`{ready}` of {command}")

    def err(self):
        return self.err_path.read_text()

    def out(self):
        return self.out_path.read_text()

    def end(self):
        return self.process.wait(PATIENCE)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        return self.end()


class LiveTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="weir-live-")
        self.addCleanup(self.folder.cleanup)
        # A folder that a user without privileges may enter.
        os.chmod(self.folder.name, 0o755)
        ip("link", "add", "v0", "type", "veth", "peer", "name", "v1")
        self.addCleanup(subprocess.run, ["ip", "link", "del", "v0"], capture_output=True)
        for name in ("v0", "v1"):
            pathlib.Path(f"/proc/sys/net/ipv6/conf/{name}/disable_ipv6").write_text("1")
            ip("link", "set", name, "up")
        wait_for(lambda: all(map(has_carrier, ("v0", "v1"))), "the cable to be there")
        self.near = Sender("v0")
        self.far = Sender("v1")
        self.addCleanup(self.near.close)
        self.addCleanup(self.far.close)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def start(self, *arguments, prefix=()):
        process = Process([*prefix, WEIR, "capture", *arguments], "listening on", self.folder.name)
        self.addCleanup(process.kill)
        return process

    def start_tcpdump(self, *arguments):
        process = Process(["tcpdump", "-n", "-Z", "root", *arguments], "listening on", self.folder.name)
        self.addCleanup(process.kill)
        return process

    def run_weir(self, *arguments, prefix=()):
        return subprocess.run([*prefix, WEIR, *arguments], capture_output=True, text=True, timeout=PATIENCE)

    def counts(self, process):
        """Of the summary: captured, received by filter, dropped by kernel."""
        lines = process.err().splitlines()[-3:]
        what = ["captured", "received by filter", "dropped by kernel"]
        for line, words in zip(lines, what):
            self.assertRegex(line, rf"^\d+ packets? {words}$")
        return [int(line.split()[0]) for line in lines]

    def tcpdump_reads(self, path):
        """How many packets; the second reader has no complaint."""
        done = subprocess.run(["tcpdump", "-nr", path], capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stderr)
        return len(done.stdout.splitlines())


def read_pcap(path):
    """The link type and the (time, wire length, bytes) of each packet, times as they stand."""
    data = pathlib.Path(path).read_bytes()
    link_type = struct.unpack_from("<I", data, 20)[0]
    packets = []
    at = 24
    while at + 16 <= len(data):
        seconds, fraction, captured, length = struct.unpack_from("<IIII", data, at)
        packets.append(((seconds, fraction), length, data[at + 16 : at + 16 + captured]))
        at += 16 + captured
    return link_type, packets
