// Every pass, and all of them in their order, against the reference: random functions, random
// packets.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "filter/ir/text.h"
#include "filter/ir/verify.h"
#include "filter/opt/pass.h"
#include "filter/opt/rebuild.h"
#include "support/ir_reference.h"
#include "support/random_function.h"
#include "support/random_packet.h"

namespace weir::filter::opt {
namespace {

using ir::Function;
using weir::testing::RandomFunction;
using weir::testing::RandomPacket;
using weir::testing::reference_accepts;

constexpr std::size_t kMaxPacket = 24;
constexpr int kPackets = 48;

struct Sample {
  std::vector<std::byte> bytes;
  std::uint32_t wire_length;
  bool accepted;
};

std::vector<Sample> samples_of(const Function& f, std::uint64_t seed) {
  RandomPacket packets(seed);
  std::vector<Sample> samples;
  for (int i = 0; i < kPackets; ++i) {
    Sample s{.bytes = packets.next(kMaxPacket), .wire_length = 0, .accepted = false};
    s.wire_length = static_cast<std::uint32_t>(s.bytes.size()) + static_cast<std::uint32_t>(i % 3);
    s.accepted = reference_accepts(f, s.bytes, s.wire_length);
    samples.push_back(std::move(s));
  }
  return samples;
}

std::string hex(std::span<const std::byte> bytes) {
  std::string text;
  for (const std::byte b : bytes) text += fmt::format("{:02x} ", std::to_integer<unsigned>(b));
  return text;
}

// What is wrong with `f`, which was `before`; empty: nothing.
std::string differs(const Function& f, const std::string& before, std::span<const Sample> samples) {
  if (std::string wrong = ir::verify(f); !wrong.empty()) return wrong + "\n" + before;
  for (const Sample& s : samples) {
    if (reference_accepts(f, s.bytes, s.wire_length) == s.accepted) continue;
    return fmt::format("{} a packet of {} bytes: {}\nbefore:\n{}after:\n{}",
                       s.accepted ? "lost" : "gained", s.bytes.size(), hex(s.bytes), before,
                       ir::print(f));
  }
  return {};
}

class FreshArena {
 public:
  ir::Memory fresh() { return &arena_.emplace(); }

 private:
  std::optional<Arena> arena_;
};

// The tests of one pass run on what the passes before it leave in every second function: what it
// finds in the pipeline.
class PassOnRandomFunctions : public ::testing::TestWithParam<Pass> {};

TEST_P(PassOnRandomFunctions, ChangesNoVerdict) {
  const Pass& pass = GetParam();
  RandomFunction functions(7);
  FreshArena arena;
  int changed = 0;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    Function f = functions.next(arena.fresh());
    compact(f);
    for (const Pass& earlier : passes()) {
      if (seed % 2 == 0 || earlier.name == pass.name) break;
      earlier.run(f);
    }
    const std::string before = ir::print(f);
    const std::vector<Sample> samples = samples_of(f, seed);
    changed += pass.run(f) ? 1 : 0;
    const std::string wrong = differs(f, before, samples);
    ASSERT_TRUE(wrong.empty()) << "function " << seed << ": " << wrong;
  }
  // Random functions that give the pass nothing to do would prove nothing.
  EXPECT_GT(changed, 30);
}

INSTANTIATE_TEST_SUITE_P(Passes, PassOnRandomFunctions,
                         ::testing::ValuesIn(passes().begin(), passes().end()),
                         [](const auto& suite) {
                           std::string name(suite.param.name);
                           std::erase(name, '-');
                           return name;
                         });

TEST(Passes, ChangeNoVerdictTogether) {
  RandomFunction functions(8);
  FreshArena arena;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    Function f = functions.next(arena.fresh());
    const std::string before = ir::print(f);
    const std::vector<Sample> samples = samples_of(f, seed);
    for (const Pass& pass : passes()) pass.run(f);
    const std::string wrong = differs(f, before, samples);
    ASSERT_TRUE(wrong.empty()) << "function " << seed << ": " << wrong;
  }
}

}  // namespace
}  // namespace weir::filter::opt
