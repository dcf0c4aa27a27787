#!/usr/bin/env python3
"""A capture that goes on in one file after the other, under load."""

import glob
import os
import pathlib
import subprocess

import live_net
from live_net import LiveTest, ethernet, read_pcap, udp, wait_for


def numbers_in(path):
    """The numbers that udp() put into the packets."""
    return [int.from_bytes(packet[42:46], "big") for _, _, packet in read_pcap(path)[1]]


class Rotation(LiveTest):
    def test_no_packet_is_lost_or_doubled_between_files(self):
        capture = self.start("-i", "v0", "-w", self.path("f.pcap"), "-C", "20k")
        self.far.send(*(ethernet(udp(9, number=number)) for number in range(3000)))
        self.assertEqual(capture.stop(), 0)
        self.assertEqual(self.counts(capture), [3000, 3000, 0])
        names = [self.path("f.pcap")] + [self.path(f"f.pcap{number}") for number in range(1, 20)]
        names = [name for name in names if os.path.exists(name)]
        self.assertGreater(len(names), 5)
        self.assertEqual(sorted(names), sorted(self.captures()))
        found = []
        for name in names:
            self.tcpdump_reads(name)
            found += numbers_in(name)
        self.assertEqual(found, list(range(3000)))
        for name in names[:-1]:
            self.assertTrue(20480 < os.path.getsize(name) <= 20480 + 100, name)

    def captures(self):
        return glob.glob(self.path("f.pcap*"))

    def test_files_are_named_once_they_are_whole(self):
        capture = self.start("-i", "v0", "--immediate-mode", "-w", self.path("f.pcap"), "-C", "1k", "-W", "3")
        wait_for(lambda: os.path.exists(self.path("f.pcap0.part")), "the first file")
        self.assertFalse(os.path.exists(self.path("f.pcap0")))
        self.far.send(*(ethernet(udp(9)) for _ in range(200)))
        self.assertEqual(capture.stop(), 0)
        self.assertEqual(sorted(map(os.path.basename, self.captures())), ["f.pcap0", "f.pcap1", "f.pcap2"])

    def test_a_command_gets_each_file_that_was_finished(self):
        command = pathlib.Path(self.path("note"))
        command.write_text(f"#!/bin/sh\nstat -c %s \"$1\" >\"{self.folder.name}/noted.$(basename \"$1\")\"\n")
        command.chmod(0o755)
        capture = self.start("-i", "v0", "-w", self.path("f.pcap"), "-C", "4k", "-z", str(command))
        self.far.send(*(ethernet(udp(9)) for _ in range(200)))
        self.assertEqual(capture.stop(), 0)
        finished = len(self.captures()) - 1
        self.assertGreater(finished, 2)
        noted = lambda: [path for path in glob.glob(self.path("noted.*")) if os.path.getsize(path)]
        wait_for(lambda: len(noted()) == finished, "every finished file")

    def test_a_period_gives_names_by_time(self):
        capture = self.start("-i", "v0", "--immediate-mode", "-w", self.path("f.pcapng.%s"), "-G", "1", "-W", "2")

        def send_until_the_end():
            self.far.send(ethernet(udp(9)))
            return capture.process.poll() is not None

        wait_for(send_until_the_end, "the second file's end")
        self.assertEqual(capture.end(), 0)
        files = glob.glob(self.path("f.pcapng.*"))
        self.assertEqual(len(files), 2)
        for path in files:
            self.assertGreater(self.tcpdump_reads(path), 0)

    def test_compressed_files_are_whole_each(self):
        capture = self.start("-i", "v0", "-w", self.path("f.pcap.gz"), "-C", "10k")
        self.far.send(*(ethernet(udp(9)) for _ in range(300)))
        self.assertEqual(capture.stop(), 0)
        self.assertGreater(len(self.captures()), 2)
        for path in self.captures():
            with open(path, "rb") as compressed:
                subprocess.run(["gzip", "-t"], stdin=compressed, check=True)

    def test_a_file_is_split_like_tcpdump_splits_it(self):
        capture = self.start("-i", "v0", "-w", self.path("all.pcap"))
        self.far.send(*(ethernet(udp(9, size=40 + number % 900, number=number)) for number in range(4000)))
        self.assertEqual(capture.stop(), 0)
        for command, name in ([live_net.WEIR, "capture"], "ours"), (["tcpdump", "-Z", "root"], "theirs"):
            subprocess.run([*command, "-r", self.path("all.pcap"), "-w", self.path(name), "-C", "1"],
                           check=True, capture_output=True)
        ours = sorted(glob.glob(self.path("ours*")))
        self.assertGreater(len(ours), 1)
        self.assertEqual([pathlib.Path(path).read_bytes() for path in ours],
                         [pathlib.Path(path).read_bytes() for path in sorted(glob.glob(self.path("theirs*")))])


if __name__ == "__main__":
    live_net.run_tests()
