#!/usr/bin/env python3
"""tools/check_deps.py refuses what the graph of rooms does not allow."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "tools"))
import check_deps


def errors(room, text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "file.cpp"
        path.write_text(text)
        return list(check_deps.file_errors(path, room))


class CheckDeps(unittest.TestCase):
    def test_a_room_may_include_itself_and_rooms_above_it(self):
        self.assertEqual(errors("filter", '#include "filter/ast.h"\n#include "base/check.h"\n'), [])

    def test_a_room_may_not_include_a_room_below_it(self):
        self.assertEqual(len(errors("base", '#include "diag/diagnostic.h"\n')), 1)

    def test_the_filter_may_not_reach_the_operating_system(self):
        self.assertEqual(len(errors("filter", '#include "os/names.h"\n#include <netdb.h>\n')), 2)

    def test_an_include_without_its_room_is_refused(self):
        self.assertEqual(len(errors("base", '#include "check.h"\n')), 1)

    def test_the_table_has_no_circle(self):
        self.assertEqual(list(check_deps.table_errors()), [])


if __name__ == "__main__":
    unittest.main()
