#!/usr/bin/env python3
"""Capture from interfaces, with real sockets; tcpdump is the peer."""

import os
import pathlib
import re
import signal
import struct
import subprocess
import threading

import live_net
from live_net import LiveTest, ethernet, read_pcap, udp, vlan, wait_for


class Filter(LiveTest):
    def test_no_packet_is_shown_that_the_filter_rejects(self):
        noise = threading.Event()

        def make_noise():
            while not noise.is_set():
                self.far.send(ethernet(udp(7)))

        sender = threading.Thread(target=make_noise)
        sender.start()
        try:
            capture = self.start("-i", "v0", "-n", "--immediate-mode", "udp port 9999")
            for number in range(5):
                self.far.send(ethernet(udp(9999, number=number)))
            wait_for(lambda: len(capture.out().splitlines()) == 5, "five lines")
        finally:
            noise.set()
            sender.join()
        self.assertEqual(capture.stop(), 0)
        self.assertEqual(capture.out().count("9999"), 10)
        self.assertEqual(self.counts(capture), [5, 5, 0])

    def test_a_tag_that_was_stripped_is_found_and_put_back(self):
        path = self.path("vlan.pcap")
        capture = self.start("-i", "v0", "-w", path, "vlan 5 and udp port 9")
        tagged = ethernet(udp(9), tags=vlan(5))
        twice = ethernet(udp(9), tags=vlan(5, 0x88A8) + vlan(6))
        self.far.send(tagged, ethernet(udp(9), tags=vlan(6)), ethernet(udp(9)), twice)
        self.assertEqual(capture.stop(), 0)
        self.assertEqual([packet for _, _, packet in read_pcap(path)[1]], [tagged])

    def test_a_list_too_long_for_the_kernel_filters_here(self):
        ports = pathlib.Path(self.path("ports"))
        ports.write_text("\n".join(str(port) for port in range(1000, 60000, 3)))
        capture = self.start("-i", "v0", "--count", f"udp dst port in @{ports}")
        self.far.send(ethernet(udp(1000)), ethernet(udp(1001)), ethernet(udp(1003)))
        self.assertEqual(capture.stop(), 0)
        self.assertIn("filtered in user space", capture.err())
        self.assertEqual(capture.out(), "2 packets\n")


class Peer(LiveTest):
    """Both capture the same packets at the same time, and write the same."""

    maxDiff = 2000

    def check_same(self, *arguments, peer_options=("--immediate-mode",)):
        paths = [self.path("weir.pcap"), self.path("tcpdump.pcap")]
        ours = self.start(*arguments, "-w", paths[0])
        # Stopped, tcpdump leaves what it has not taken yet.
        theirs = self.start_tcpdump("-U", "-B", "65536", *peer_options, *arguments, "-w", paths[1])
        for number in range(20):
            tags = vlan(number + 1) if number % 3 == 0 else b""
            (self.near if number % 2 else self.far).send(ethernet(udp(53, size=40 + 60 * number, number=number), tags=tags))
        self.assertEqual(ours.stop(), 0)
        written = self.without_times(paths[0])
        wait_for(lambda: len(self.without_times(paths[1])[1]) >= len(written[1]), "tcpdump's last packet")
        theirs.stop()
        self.assertEqual(written, self.without_times(paths[1]))
        self.assertGreaterEqual(len(written[1]), 10)

    def without_times(self, path):
        """Every socket takes the time by itself, and has its own order of packets on two processors."""
        link_type, packets = read_pcap(path)
        return link_type, sorted(packet[1:] for packet in packets)

    def test_on_an_interface(self):
        self.check_same("-i", "v0")

    def test_with_a_snaplen(self):
        # In its immediate mode tcpdump cuts some packets shorter.
        self.check_same("-i", "v0", "-s", "60", peer_options=())

    def test_on_any(self):
        self.check_same("-i", "any", "udp", "port", "53")

    def test_on_any_with_the_older_header(self):
        self.check_same("-i", "any", "-y", "LINUX_SLL")

    def test_inbound_on_any(self):
        self.check_same("-i", "any", "inbound")

    def test_longer_ones_on_any(self):
        self.check_same("-i", "any", "-Q", "in", "ip[2:2] > 500")

    def test_what_comes_in(self):
        self.check_same("-i", "v0", "-Q", "in")

    def test_what_goes_out(self):
        self.check_same("-i", "v0", "-Q", "out")

    def test_nanoseconds(self):
        self.check_same("-i", "v0", "--time-stamp-precision=nano")

    def test_nanoseconds_by_tcpdumps_shorter_name(self):
        self.check_same("-i", "v0", "--nano")


class Ends(LiveTest):
    def test_a_burst_is_captured_to_the_last_packet(self):
        path = self.path("burst.pcap")
        capture = self.start("-i", "v0", "-w", path)
        self.far.send(*(ethernet(udp(9, number=number)) for number in range(5000)))
        self.assertEqual(capture.stop(), 0)
        captured, received, dropped = self.counts(capture)
        self.assertEqual(received, 5000)
        self.assertEqual(captured, received - dropped)
        self.assertEqual(self.tcpdump_reads(path), captured)

    def test_a_ring_that_is_too_small_tells_what_it_dropped(self):
        capture = self.start("-i", "v0", "-B", "1", "--count")
        capture.process.send_signal(signal.SIGSTOP)
        self.far.send(*(ethernet(udp(9, size=1000)) for _ in range(2000)))
        capture.process.send_signal(signal.SIGCONT)
        self.assertEqual(capture.stop(signal.SIGTERM), 0)
        captured, received, dropped = self.counts(capture)
        self.assertEqual(received, 2000)
        self.assertGreater(dropped, 0)
        self.assertEqual(captured + dropped, received)

    def test_so_many_packets_are_enough(self):
        path = self.path("three.pcap")
        capture = self.start("-i", "v0", "-c", "3", "-w", path)
        self.far.send(*(ethernet(udp(9)) for _ in range(10)))
        self.assertEqual(capture.end(), 0)
        self.assertEqual(self.tcpdump_reads(path), 3)

    def test_a_duration_is_enough(self):
        capture = self.start("-i", "v0", "--duration", "50ms", "--stats", "20ms")
        self.assertEqual(capture.end(), 0)
        self.assertIn("0 captured, 0 received by filter, 0 dropped by kernel; 0 packets/s", capture.err())

    def test_an_interface_that_goes_leaves_what_was_captured(self):
        path = self.path("gone.pcap")
        capture = self.start("-i", "v0", "-w", path)
        self.far.send(*(ethernet(udp(9)) for _ in range(10)))
        live_net.ip("link", "del", "v0")
        self.assertEqual(capture.end(), 1)
        self.assertIn("the interface `v0` has gone", capture.err())
        self.assertEqual(self.tcpdump_reads(path), 10)

    def test_an_interface_that_goes_down_is_told_and_waited_for(self):
        capture = self.start("-i", "v0", "--immediate-mode")
        live_net.ip("link", "set", "v0", "down")
        wait_for(lambda: "`v0` went down" in capture.err(), "a warning")
        live_net.ip("link", "set", "v0", "up")
        wait_for(lambda: self.far.send(ethernet(udp(9))) or capture.out(), "a packet")
        self.assertEqual(capture.stop(), 0)

    def test_killed_while_it_writes_the_file_reads(self):
        for name in ("killed.pcap", "killed.pcapng"):
            path = self.path(name)
            capture = self.start("-i", "v0", "-U", "--immediate-mode", "-w", path)

            def send_and_look():
                self.far.send(*(ethernet(udp(9)) for _ in range(100)))
                return os.path.getsize(path) > 20000

            wait_for(send_and_look, "a file that grows")
            capture.kill()
            self.assertGreater(self.tcpdump_reads(path), 100)

    def fill_a_disk(self, name):
        """Captures more than fits into 64 KiB; gives the file's path."""
        disk = self.path("disk")
        os.makedirs(disk, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], check=True)
        self.addCleanup(subprocess.run, ["umount", disk])
        path = os.path.join(disk, name)
        capture = self.start("-i", "v0", "-w", path)
        self.far.send(*(ethernet(udp(9, size=1000)) for _ in range(200)))
        self.assertEqual(capture.end(), 1)
        self.assertIn("No space left on device", capture.err())
        return path

    def test_a_full_disk_is_told_and_holds_whole_records(self):
        for name in ("full.pcap", "full.pcapng"):
            self.assertGreater(self.tcpdump_reads(self.fill_a_disk(name)), 55)

    def test_a_named_pipe_without_a_reader_is_given_up(self):
        path = self.path("pipe")
        os.mkfifo(path)
        capture = live_net.Process([live_net.WEIR, "capture", "-i", "v0", "-w", path], "", self.folder.name)
        self.addCleanup(capture.kill)
        # With the ring mapped, opening the pipe is all that it sleeps for.
        maps = pathlib.Path(f"/proc/{capture.process.pid}/maps")
        state = pathlib.Path(f"/proc/{capture.process.pid}/stat")
        wait_for(lambda: "socket:" in maps.read_text() and state.read_text().rsplit(")", 1)[1].split()[0] == "S",
                 "the wait for a reader")
        self.assertEqual(capture.stop(), 0)
        self.assertEqual(capture.err(), "")

    def test_statistics_are_told_when_asked_for(self):
        capture = self.start("-i", "v0", "--count", "--immediate-mode")
        self.far.send(ethernet(udp(9)))

        def ask():
            capture.process.send_signal(signal.SIGUSR1)
            return "1 captured, 1 received by filter, 0 dropped by kernel" in capture.err()

        wait_for(ask, "a line of statistics")
        self.assertEqual(capture.stop(), 0)


class Sources(LiveTest):
    def send_on_loopback(self, frame):
        loopback = live_net.Sender("lo")
        self.addCleanup(loopback.close)
        loopback.send(frame)

    def test_nanoseconds_that_were_asked_for_are_shown(self):
        for option in ("--nano", "--time-stamp-precision=nano"):
            shown = self.start("-i", "v0", "-tt", "-n", "-c", "4", option)
            self.near.send(*[ethernet(udp(53))] * 4)
            shown.end()
            stamps = re.findall(r"^\d+\.(\d+) IP", shown.out(), re.MULTILINE)
            self.assertEqual([len(stamp) for stamp in stamps], [9] * 4)
            self.assertTrue(any(not stamp.endswith("000") for stamp in stamps), stamps)

    def test_names_are_local_when_asked_for(self):
        def shown(*options):
            live_net.ip("address", "replace", "10.9.0.1/24", "dev", "v0")
            capture = self.start("-i", "v0", "-t", "-c", "1", *options)
            to_localhost = udp(4444).replace(bytes([10, 9, 0, 2]), bytes([127, 0, 0, 1]))
            self.near.send(ethernet(to_localhost))
            capture.end()
            return capture.out()

        self.assertIn("> localhost.", shown())
        self.assertIn("> 127.0.0.1.", shown("-f"))

    def test_several_interfaces_are_in_one_file_with_their_names(self):
        path = self.path("two.pcapng")
        capture = self.start("-i", "v0", "-i", "lo", "-w", path, "udp port 9")
        self.far.send(ethernet(udp(9)))
        self.send_on_loopback(ethernet(udp(9)))
        self.assertEqual(capture.stop(), 0)
        data = pathlib.Path(path).read_bytes()
        self.assertIn(b"v0\0\0", data)
        self.assertIn(b"lo\0\0", data)
        self.assertEqual(self.tcpdump_reads(path), 2)

    def test_rings_that_share_an_interface_have_each_packet_once(self):
        path = self.path("fanout.pcapng")
        capture = self.start("-i", "v0", "--fanout", "3", "-w", path, "udp")
        self.assertEqual(capture.err().count("listening on"), 1)
        self.far.send(*(ethernet(udp(1000 + number)) for number in range(300)))
        self.assertEqual(capture.stop(), 0)
        self.assertEqual(self.counts(capture), [300, 300, 0])
        self.assertEqual(self.tcpdump_reads(path), 300)

    def test_threads_of_a_fanout_end_as_exactly_as_one(self):
        flows = [ethernet(udp(1000 + number)) for number in range(500)]
        path = self.path("some.pcap")
        capture = self.start("-i", "v0", "--fanout", "2", "--immediate-mode", "-c", "321", "-w", path)
        self.far.send(*flows)
        self.assertEqual(capture.end(), 0)
        self.assertEqual(self.tcpdump_reads(path), 321)
        capture = self.start("-i", "v0", "--fanout", "2", "--duration", "1s", "-nn")
        self.far.send(*flows)
        self.assertEqual(capture.end(), 0)
        self.assertEqual(self.counts(capture), [500, 500, 0])
        self.assertEqual(len(capture.out().splitlines()), 500)

    def test_a_fanout_tells_of_an_interface_that_goes(self):
        capture = self.start("-i", "v0", "--fanout", "2", "-w", self.path("gone.pcap"))
        self.far.send(*(ethernet(udp(1000 + number)) for number in range(50)))
        live_net.ip("link", "del", "v0")
        self.assertEqual(capture.end(), 1)
        self.assertIn("`v0` has gone", capture.err())
        self.assertEqual(self.tcpdump_reads(self.path("gone.pcap")), 50)

    def test_what_loopback_sends_is_seen_once(self):
        capture = self.start("-i", "lo", "--count")
        self.send_on_loopback(ethernet(udp(9)))
        self.assertEqual(capture.stop(), 0)
        self.assertEqual(capture.out(), "1 packet\n")

    def test_a_tun_has_no_link_header(self):
        if not os.path.exists("/dev/net/tun"):
            self.skipTest("this kernel has no tun")
        live_net.ip("tuntap", "add", "t0", "mode", "tun")
        self.addCleanup(live_net.ip, "link", "del", "t0")
        self.assertEqual(self.run_weir("capture", "-L", "-i", "t0").stdout, "RAW (Raw IP)\n")

    def test_interfaces_are_listed_with_what_they_are(self):
        listed = self.run_weir("capture", "-D").stdout
        self.assertRegex(listed, r"(?m)^\d+ +v0 +up +EN10MB +virtual \(veth\) +noqueue")
        self.assertRegex(listed, r"(?m)^1 +lo +up .*127\.0\.0\.1/8")

    def test_without_a_name_the_first_that_is_up_is_taken(self):
        first = self.run_weir("capture", "--duration", "1ms")
        self.assertRegex(first.stderr, r"^listening on v[01], link-type EN10MB \(Ethernet\), snapshot length 262144 bytes\n")

    def test_what_is_wrong_is_said(self):
        misspelt = self.run_weir("capture", "-i", "v00")
        self.assertEqual(misspelt.returncode, 1)
        self.assertIn("did you mean `v0`?", misspelt.stderr)
        live_net.ip("link", "set", "v0", "down")
        down = self.run_weir("capture", "-i", "v0")
        self.assertEqual(down.returncode, 1)
        self.assertIn("the interface `v0` is down", down.stderr)
        refused = self.run_weir("capture", "-i", "v1", prefix=["setpriv", "--bounding-set", "-all"])
        self.assertEqual(refused.returncode, 3)
        self.assertIn("CAP_NET_RAW", refused.stderr)
        unstamped = self.run_weir("capture", "-i", "v1", "-j", "adapter")
        self.assertEqual(unstamped.returncode, 3)
        self.assertIn("`v1`: the card does not stamp all packets", unstamped.stderr)
        other = self.run_weir("capture", "-i", "v1", "-y", "RAW")
        self.assertEqual(other.returncode, 1)
        self.assertIn("has no packets of link type RAW", other.stderr)

    def test_a_mistake_in_the_expression_leaves_the_file_alone(self):
        path = pathlib.Path(self.path("old.pcap"))
        path.write_text("old")
        wrong = self.run_weir("capture", "-i", "v0", "-w", str(path), "tcp prot 80")
        self.assertEqual(wrong.returncode, 1)
        self.assertEqual(path.read_text(), "old")


if __name__ == "__main__":
    live_net.run_tests()
