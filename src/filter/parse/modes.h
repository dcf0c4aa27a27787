// What may stand at a place in an expression. libpcap's grammar has no one notion of an operand: a
// number is a value of arithmetic, or an id that inherits its qualifiers, depending on what
// surrounds it. Each mode stands for one state of its parser.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace weir::filter {

enum class Mode : std::uint8_t {
  kTest,           // a test: at the beginning
  kTestOrId,       // also an id: after `and` and `or`
  kId,             // an id: after its qualifiers
  kFirstOfEither,  // the first in parentheses where kTestOrId holds: it decides what the group is
  kFirstOfIds,     // the first in parentheses where kId holds
  kNumber,         // a number in parentheses of its own
  kValue,          // a value of arithmetic
};

struct ModeInfo {
  bool test;      // tests may stand here
  bool id;        // ids may stand here
  bool value;     // arithmetic may stand here
  Mode in_group;  // what holds behind `(`
  Mode negated;   // what holds behind `not`, where test or id
};

inline constexpr std::array<ModeInfo, 7> kModes = {{
    {true, false, true, Mode::kTest, Mode::kTest},
    {true, true, true, Mode::kFirstOfEither, Mode::kTestOrId},
    {false, true, false, Mode::kFirstOfIds, Mode::kId},
    {true, true, true, Mode::kTest, Mode::kTestOrId},
    {false, true, false, Mode::kNumber, Mode::kId},
    {false, false, false, Mode::kNumber, Mode::kNumber},
    {false, false, true, Mode::kValue, Mode::kValue},
}};

constexpr const ModeInfo& info(Mode mode) { return kModes[static_cast<std::size_t>(mode)]; }

}  // namespace weir::filter
