#!/usr/bin/env python3
"""What a capture prints while packets come, and that it is what it and tcpdump print of a file of them."""

import http.client
import pathlib
import socket
import struct
import subprocess
import sys

import live_net
from live_net import LiveTest, ethernet, udp, vlan, wait_for

CLIENT = "10.9.0.1"
SERVER = "10.9.0.2"
CLIENT6 = "fd00::1"
SERVER6 = "fd00::2"
SHOP = str(pathlib.Path(__file__).with_name("web_shop.py"))
REQUEST = "HTTP: GET /api/products HTTP/1.1"
FINE = "HTTP: HTTP/1.1 200 OK"
FAILED = "HTTP: HTTP/1.1 500 Internal Server Error"


def datagram(source, destination, payload):
    """An IPv4 packet; each end is a pair of address and port."""
    header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 28 + len(payload), 0, 0, 64, 17, 0,
                         socket.inet_aton(source[0]), socket.inet_aton(destination[0]))
    return header + struct.pack("!HHHH", source[1], destination[1], 8 + len(payload), 0) + payload


def dns_frames():
    """A question for the address of www.example.com, and its answer."""
    question = b"\x03www\x07example\x03com\0" + struct.pack("!HH", 1, 1)
    query = struct.pack("!HHHHHH", 7, 0x0100, 1, 0, 0, 0) + question
    address = struct.pack("!HHHIH", 0xC00C, 1, 1, 300, 4) + bytes([192, 0, 2, 80])
    answer = struct.pack("!HHHHHH", 7, 0x8180, 1, 1, 0, 0) + question + address
    asking, answering = (CLIENT, 40000), (SERVER, 53)
    return ethernet(datagram(asking, answering, query)), ethernet(datagram(answering, asking, answer))


class PrintingTest(LiveTest):
    def lines_read(self, *command):
        done = subprocess.run(command, capture_output=True, text=True, timeout=live_net.PATIENCE)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.splitlines()

    def weir_reads(self, path, *options):
        return self.lines_read(live_net.WEIR, "capture", *options, "-r", path)

    def tcpdump_lines(self, path, *options):
        return self.lines_read("tcpdump", *options, "-r", path)

    def move_far_end(self, process):
        """The far end of the cable goes into the network of that process; both ends get addresses."""
        number = str(process.process.pid)
        live_net.ip("link", "set", "v1", "netns", number)
        ends = (("v0", CLIENT, CLIENT6, ()), ("v1", SERVER, SERVER6, ("nsenter", "-t", number, "-n")))
        for name, address, address6, where in ends:
            inside = [*where, "sh", "-ec"]
            subprocess.run([*inside, f"""
                echo 0 >/proc/sys/net/ipv6/conf/{name}/disable_ipv6
                ip link set {name} up
                ip addr add {address}/24 dev {name}
                ip addr add {address6}/64 dev {name} nodad"""], check=True, capture_output=True)

    def start_beyond(self, *command, ready):
        """A process in a network of its own, at the far end of the cable."""
        process = live_net.Process(["unshare", "--net", *command], ready, self.folder.name)
        self.addCleanup(process.kill)
        self.move_far_end(process)
        return process


class WebShop(PrintingTest):
    def open_shop(self, port):
        self.port = port
        self.start_beyond(sys.executable, SHOP, str(port), ready="serving")

    def visit(self):
        connection = http.client.HTTPConnection(SERVER, self.port, timeout=live_net.PATIENCE)
        connection.request("GET", "/api/products")
        status = connection.getresponse().status
        connection.close()
        return status

    def check_lines(self, lines):
        for end in (REQUEST, FINE, FAILED):
            self.assertTrue(any(line.endswith(end) for line in lines), end)

    def test_the_answer_that_failed_is_seen_among_the_others(self):
        self.open_shop(8080)
        capture = self.start("-i", "v0", "-nn", "-c", "60", "ip and tcp port 8080")
        wait_for(lambda: self.visit() and capture.process.poll() is not None, "sixty packets")
        self.assertEqual(capture.end(), 0)
        lines = capture.out().splitlines()
        self.assertEqual(len(lines), 60)
        self.check_lines(lines)

    def test_it_is_found_again_in_a_file_by_weir_and_by_tcpdump(self):
        self.open_shop(8080)
        path = self.path("shop.pcap")
        capture = self.start("-i", "v0", "-w", path, "ip and tcp port 8080")
        self.assertEqual([self.visit() for _ in range(6)], [200, 200, 500, 200, 200, 500])
        self.assertEqual(capture.stop(), 0)
        lines = self.weir_reads(path, "-nn")
        self.check_lines(lines)
        self.assertEqual(sum(line.endswith(FAILED) for line in lines), 2)
        self.assertEqual(lines, self.tcpdump_lines(path, "-nn"))

    def test_on_another_port_it_is_found_when_asked_for(self):
        self.open_shop(9090)
        path = self.path("shop.pcap")
        recorded = self.start("-i", "v0", "-w", path, "tcp port 9090")
        capture = self.start("-i", "v0", "-nn", "--http", "any", "-c", "60", "tcp port 9090")
        wait_for(lambda: self.visit() and capture.process.poll() is not None, "sixty packets")
        self.check_lines(capture.out().splitlines())
        self.assertEqual(recorded.stop(), 0)
        self.check_lines(self.weir_reads(path, "-nn", "--http", "any"))
        self.assertNotIn("HTTP:", "".join(self.weir_reads(path, "-nn")))


class Lines(PrintingTest):
    def check_live(self, frames, *options, expression=""):
        """What is printed live is what tcpdump prints of a file of the same packets; returns the lines.

        Every socket takes the time by itself, and has its own order of packets on two processors.
        """
        path = self.path("recorded.pcap")
        recorded = self.start("-i", "v0", "-w", path, expression)
        capture = self.start("-i", "v0", "-nn", "-t", *options, expression)
        self.far.send(*frames)
        self.assertEqual(capture.stop(), 0)
        self.assertEqual(recorded.stop(), 0)
        lines = capture.out().splitlines()
        peer = self.tcpdump_lines(path, "-nn", "-t", *options)
        self.assertEqual(sorted(lines), sorted(peer))
        return lines

    def test_a_name_that_is_asked_for_and_its_address(self):
        lines = self.check_live(dns_frames())
        self.assertCountEqual(lines, [
            "IP 10.9.0.1.40000 > 10.9.0.2.53: 7+ A? www.example.com. (33)",
            "IP 10.9.0.2.53 > 10.9.0.1.40000: 7 1/0/0 A 192.0.2.80 (49)",
        ])

    def test_a_tag_that_was_stripped_is_shown(self):
        frames = [ethernet(udp(9), tags=vlan(number)) for number in (5, 6)] + [ethernet(udp(9))]
        lines = self.check_live(frames, "-e", expression="vlan 5")
        self.assertEqual(lines, [
            "02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff, ethertype 802.1Q (0x8100), length 78: vlan 5, p 0, "
            "ethertype IPv4 (0x0800), 10.9.0.1.9 > 10.9.0.2.9: UDP, length 32"
        ])

    def test_many_kinds_of_packets(self):
        arp = struct.pack("!HHBBH6s4s6s4s", 1, 0x0800, 6, 4, 1, b"\x02\0\0\0\0\x01", bytes([10, 9, 0, 1]),
                          bytes(6), bytes([10, 9, 0, 2]))
        frames = [*dns_frames(), ethernet(arp, ethertype=0x0806), ethernet(b"\0" * 46, ethertype=0x9999)]
        frames += [ethernet(udp(1000 + number, number=number), tags=vlan(number % 3)) for number in range(100)]
        for options in ((), ("-e",), ("-x",), ("-v",)):
            self.assertGreaterEqual(len(self.check_live(frames, *options)), 100)
        self.assertEqual(len(self.check_live(frames, expression="udp")), 102)

    def test_ipv6_with_the_search_for_its_neighbour(self):
        self.start_beyond("sh", "-c", "echo ready >&2; exec sleep 600", ready="ready")
        path = self.path("ip6.pcap")
        # Other types of ICMPv6 come when they like.
        wanted = "udp port 9 or icmp6[icmp6type] = icmp6-neighborsolicit or icmp6[icmp6type] = icmp6-neighboradvert"
        recorded = self.start("-i", "v0", "-w", path, wanted)
        capture = self.start("-i", "v0", "-nn", "--immediate-mode", "-l", wanted)
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sender:
            sender.bind((CLIENT6, 40000))
            sender.sendto(b"four", (SERVER6, 9))
            wait_for(lambda: "UDP" in capture.out(), "the datagram behind its search")
        self.assertEqual(capture.stop(), 0)
        self.assertEqual(recorded.stop(), 0)
        found = capture.out()
        self.assertIn(f"ICMP6, neighbor solicitation, who has {SERVER6}, length 32", found)
        self.assertIn(f"ICMP6, neighbor advertisement, tgt is {SERVER6}, length 32", found)
        self.assertIn(f"IP6 {CLIENT6}.40000 > {SERVER6}.9: UDP, length 4", found)
        self.assertEqual(self.weir_reads(path, "-nn"), self.tcpdump_lines(path, "-nn"))


if __name__ == "__main__":
    live_net.run_tests()
