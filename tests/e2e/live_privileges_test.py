#!/usr/bin/env python3
"""What a capture that runs is still allowed, as /proc tells it, and that it goes on working."""

import os
import pathlib
import pwd
import subprocess

import live_net
from live_net import LiveTest, ethernet, udp, wait_for

USER = "nobody"
DAC_OVERRIDE = 1 << 1


class Privileges(LiveTest):
    def status(self, process):
        lines = pathlib.Path(f"/proc/{process.process.pid}/status").read_text().splitlines()
        return dict(line.split(":\t", 1) for line in lines if ":\t" in line)

    def start_confined(self, *arguments):
        """A capture, and its status once it has given up what it does not need."""
        capture = self.start(*arguments)
        wait_for(lambda: self.status(capture)["NoNewPrivs"] == "1", "no new privileges")
        return capture

    def check_capabilities(self, process, wanted):
        status = self.status(process)
        for kind in ("CapEff", "CapPrm", "CapInh", "CapAmb"):
            self.assertEqual(int(status[kind], 16) & ~wanted, 0, kind)
        self.assertEqual(int(status["CapEff"], 16), wanted)

    def test_no_capability_is_kept(self):
        capture = self.start_confined("-i", "v0", "-n", "--immediate-mode")
        wait_for(lambda: self.status(capture)["Seccomp"] == "2", "a filter of system calls")
        self.check_capabilities(capture, 0)
        self.far.send(ethernet(udp(9)))
        wait_for(lambda: capture.out(), "a packet")
        self.assertEqual(capture.stop(), 0)
        self.assertEqual(self.counts(capture), [1, 1, 0])

    def test_no_thread_keeps_what_the_process_gave_up(self):
        capture = self.start_confined("-i", "v0", "--fanout", "3", "-Z", USER, "-w", self.path("f.pcap"))
        threads = pathlib.Path(f"/proc/{capture.process.pid}/task")
        status = lambda path: dict(line.split(":\t", 1) for line in (path / "status").read_text().splitlines() if ":\t" in line)
        wait_for(lambda: self.status(capture)["Seccomp"] == "2", "a filter of system calls")
        paths = list(threads.iterdir())
        self.assertEqual(len(paths), 4)
        for path in paths:
            facts = status(path)
            self.assertEqual((facts["Seccomp"], facts["NoNewPrivs"]), ("2", "1"))
            self.assertEqual(int(facts["CapPrm"], 16), 0)
            self.assertEqual(facts["Uid"].split(), [str(pwd.getpwnam(USER).pw_uid)] * 4)
        self.far.send(*(ethernet(udp(1000 + number)) for number in range(100)))
        self.assertEqual(capture.stop(), 0)
        self.assertEqual(self.counts(capture), [100, 100, 0])

    def test_another_user_is_become_and_gets_the_file(self):
        path = self.path("f.pcap")
        capture = self.start_confined("-i", "v0", "-Z", USER, "-w", path)
        entry = pwd.getpwnam(USER)
        self.assertEqual(self.status(capture)["Uid"].split(), [str(entry.pw_uid)] * 4)
        self.assertEqual(self.status(capture)["Gid"].split(), [str(entry.pw_gid)] * 4)
        self.check_capabilities(capture, 0)
        self.far.send(ethernet(udp(9)))
        self.assertEqual(capture.stop(), 0)
        self.assertEqual(os.stat(path).st_uid, entry.pw_uid)
        self.assertEqual(self.tcpdump_reads(path), 1)

    def test_devices_and_links_are_not_given_away(self):
        victim = pathlib.Path(self.path("victim"))
        victim.write_text("")
        os.link(victim, self.path("f.pcap"))
        for path in (self.path("f.pcap"), "/dev/null"):
            capture = self.start_confined("-i", "v0", "-Z", USER, "-w", path)
            self.assertEqual(capture.stop(), 0)
            self.assertEqual(os.stat(path).st_uid, 0)

    def rotate(self, folder, *arguments):
        capture = self.start_confined("-i", "v0", "-w", os.path.join(folder, "f.pcap"), "-C", "4k", *arguments)
        self.far.send(*(ethernet(udp(9)) for _ in range(300)))
        return capture

    def test_rotation_goes_on_in_a_folder_that_is_only_root_s(self):
        capture = self.rotate(self.folder.name, "-Z", USER)
        self.check_capabilities(capture, DAC_OVERRIDE)
        self.assertEqual(capture.stop(), 0)
        self.assertGreater(len(list(pathlib.Path(self.folder.name).glob("f.pcap*"))), 3)
        self.assertEqual(list(pathlib.Path(self.folder.name).glob("*.part")), [])

    def test_rotation_needs_no_capability_in_a_folder_of_the_user_s(self):
        folder = pathlib.Path(self.path("mine"))
        folder.mkdir()
        os.chown(folder, pwd.getpwnam(USER).pw_uid, -1)
        capture = self.rotate(str(folder), "-Z", USER)
        self.check_capabilities(capture, 0)
        self.assertEqual(capture.stop(), 0)
        self.assertGreater(len(list(folder.glob("f.pcap*"))), 3)

    def test_a_command_runs_without_privileges(self):
        note = pathlib.Path(self.path("note"))
        noted = pathlib.Path(self.path("noted"))
        noted.write_text("")
        noted.chmod(0o666)
        note.write_text(f"#!/bin/sh\ngrep -E 'CapEff|Uid' /proc/self/status >>{noted}\n")
        note.chmod(0o755)
        capture = self.rotate(self.folder.name, "-z", str(note))
        wait_for(lambda: "CapEff" in noted.read_text(), "what the command saw")
        self.assertIn("CapEff:\t0000000000000000", noted.read_text())
        self.assertEqual(capture.stop(), 0)

    def test_programs_cannot_be_run(self):
        """The filter of system calls is there, not only told of."""
        if subprocess.run(["which", "gdb"], capture_output=True).returncode != 0:
            self.skipTest("gdb is not installed")
        capture = self.start_confined("-i", "v0")
        wait_for(lambda: self.status(capture)["Seccomp"] == "2", "a filter of system calls")
        done = subprocess.run(
            ["gdb", "-q", "-batch", "-p", str(capture.process.pid), "-ex", "print (int)fork()", "-ex", "detach"],
            capture_output=True, text=True, timeout=live_net.PATIENCE)
        self.assertIn("$1 = -1", done.stdout, done.stderr)
        self.assertEqual(capture.stop(), 0)

    def test_an_unknown_user_leaves_the_file_alone(self):
        path = pathlib.Path(self.path("old.pcap"))
        path.write_text("old")
        wrong = self.run_weir("capture", "-i", "v0", "-Z", "no-such-user", "-w", str(path))
        self.assertEqual(wrong.returncode, 1)
        self.assertIn("no user is called `no-such-user`", wrong.stderr)
        self.assertEqual(path.read_text(), "old")


if __name__ == "__main__":
    live_net.run_tests()
