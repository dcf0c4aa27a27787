// Code generation: what comes out runs like the IR, whatever its length, and passes the checks.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "base/arena.h"
#include "filter/codegen/assemble.h"
#include "filter/codegen/classic.h"
#include "filter/codegen/switch_tree.h"
#include "filter/ir/builder.h"
#include "filter/ir/text.h"
#include "filter/opt/pass.h"
#include "isa/classic.h"
#include "isa/classic_check.h"
#include "isa/classic_print.h"
#include "support/ir_reference.h"
#include "support/random_function.h"
#include "support/random_packet.h"
#include "vm/classic_interpreter.h"

namespace weir::filter::codegen {
namespace {

using ir::Case;
using ir::Function;
using weir::testing::RandomFunction;
using weir::testing::RandomPacket;
using weir::testing::reference_accepts;

constexpr std::uint32_t kSnaplen = 1234;

ClassicProgram generate(const Function& f, bool optimize = true) {
  auto program = generate_classic(f, {.snaplen = kSnaplen, .optimize = optimize});
  EXPECT_TRUE(program.has_value());
  return program ? *program : ClassicProgram{};
}

vm::ClassicResult run(std::span<const ClassicInsn> program, std::span<const std::byte> bytes,
                      std::uint32_t wire_length) {
  return vm::run_classic(program, {.bytes = bytes, .wire_length = wire_length});
}

bool loops(const Function& f) { return !f.chains.empty(); }

std::string faults_of(const ClassicProgram& program, isa::ClassicRules rules) {
  std::string text;
  for (const isa::ClassicFault& fault : isa::check_classic(program, rules)) {
    text += isa::describe(fault) + "\n";
  }
  return text;
}

// --- random functions ---

class Generated : public ::testing::TestWithParam<bool> {};

void expect_runs_like(const Function& f, bool optimize, std::uint64_t seed) {
  constexpr int kPackets = 40;
  const auto program = generate_classic(f, {.snaplen = kSnaplen, .optimize = optimize});
  ASSERT_TRUE(program.has_value()) << ir::print(f);
  ASSERT_EQ(faults_of(*program, isa::ClassicRules::kUserSpace), "") << ir::print(f);
  if (!loops(f)) {
    ASSERT_EQ(faults_of(*program, isa::ClassicRules::kKernel), "") << ir::print(f);
  }
  RandomPacket packets(seed);
  for (int i = 0; i < kPackets; ++i) {
    const std::vector<std::byte> bytes = packets.next(32);
    const auto wire_length =
        static_cast<std::uint32_t>(bytes.size()) + static_cast<std::uint32_t>(i % 3);
    const std::uint32_t verdict = run(*program, bytes, wire_length).verdict;
    ASSERT_EQ(verdict, reference_accepts(f, bytes, wire_length) ? kSnaplen : 0)
        << "packet of " << bytes.size() << " bytes\n"
        << ir::print(f) << isa::format_listing(*program);
  }
}

TEST_P(Generated, RunsLikeTheFunctionAndPassesTheChecks) {
  RandomFunction functions(11);
  for (std::uint64_t seed = 0; seed < 2500; ++seed) {
    Arena arena;
    const Function f = functions.next(&arena);
    expect_runs_like(f, GetParam(), seed);
    if (HasFatalFailure()) return;
  }
}

TEST_P(Generated, RunsLikeTheFunctionAfterThePasses) {
  RandomFunction functions(12);
  for (std::uint64_t seed = 0; seed < 2500; ++seed) {
    Arena arena;
    Function f = functions.next(&arena);
    for (const opt::Pass& pass : opt::passes()) pass.run(f);
    expect_runs_like(f, GetParam(), seed);
    if (HasFatalFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Codegen, Generated, ::testing::Bool(), [](const auto& suite) {
  return suite.param ? "Optimised" : "NotOptimised";
});

TEST(Codegen, AFunctionThatIsDecidedIsOneReturn) {
  Arena arena;
  Function f(&arena);
  f = std::move(ir::Builder(f.memory)).finish(ir::kAcceptNode);
  EXPECT_EQ(generate(f), (ClassicProgram{isa::stmt(isa::kRetK, kSnaplen)}));
  f = std::move(ir::Builder(f.memory)).finish(ir::kRejectNode);
  EXPECT_EQ(generate(f), (ClassicProgram{isa::stmt(isa::kRetK, 0)}));
}

// A complete tree of sums needs about one cell a level, and there are 16.
std::optional<ClassicProgram> sum_tree(int depth) {
  Arena arena;
  ir::Builder b(&arena);
  std::vector<ir::ValueId> row;
  for (std::uint32_t i = 0; i < 1u << depth; ++i) row.push_back(b.load(1, b.load(1, i), 0));
  while (row.size() > 1) {
    std::vector<ir::ValueId> sums;
    for (std::size_t i = 0; i < row.size(); i += 2) {
      sums.push_back(b.binary(ir::Op::kSub, row[i], row[i + 1]));
    }
    row = sums;
  }
  const ir::NodeId root =
      b.test(ir::Compare::kEq, row[0], b.constant(3), ir::kAcceptNode, ir::kRejectNode);
  return generate_classic(std::move(b).finish(root), {});
}

TEST(Codegen, RefusesWhatKeepsMoreThanSixteenValuesAlive) {
  EXPECT_TRUE(sum_tree(10).has_value());
  EXPECT_FALSE(sum_tree(17).has_value());
}

// --- switches ---

Function a_switch(ir::Memory memory, std::uint8_t size, std::span<const Case> cases,
                  ir::NodeId otherwise) {
  ir::Builder b(memory);
  const ir::NodeId root = b.switch_on(b.load(size, 0), cases, otherwise);
  return std::move(b).finish(root);
}

std::vector<std::byte> big_endian(std::uint32_t value) {
  std::vector<std::byte> bytes;
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes.push_back(static_cast<std::byte>(value >> shift));
  return bytes;
}

// Disjoint intervals, some of one point, some side by side, some at the borders.
std::vector<Case> random_cases(std::mt19937& random, std::uint64_t top, std::size_t count) {
  std::vector<Case> cases;
  const std::uint64_t step = top / count + 1;
  std::uint64_t next = random() % 2 == 0 ? 0 : random() % step;
  while (next <= top && cases.size() < count) {
    const std::uint64_t hi = std::min(top, random() % 2 == 0 ? next : next + random() % step);
    cases.push_back({static_cast<std::uint32_t>(next), static_cast<std::uint32_t>(hi),
                     random() % 3 == 0 ? ir::kRejectNode : ir::kAcceptNode});
    next = hi + 1 + (random() % 2 == 0 ? 0 : random() % step);
  }
  return cases;
}

TEST(SwitchTree, DecidesEveryValueOfAByte) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    const auto cases = random_cases(random, 0xff, 1 + random() % 40);
    Arena arena;
    const Function f = a_switch(&arena, 1, cases, random() % 2);
    const ClassicProgram program = generate(f);
    for (std::uint32_t value = 0; value < 256; ++value) {
      const std::byte byte{static_cast<std::uint8_t>(value)};
      ASSERT_EQ(run(program, {&byte, 1}, 1).verdict != 0, reference_accepts(f, {&byte, 1}, 1))
          << value << "\n"
          << ir::print(f) << isa::format_listing(program);
    }
  }
}

TEST(SwitchTree, DecidesTheBordersOfWideIntervals) {
  std::mt19937 random(2);
  for (int round = 0; round < 100; ++round) {
    const auto cases = random_cases(random, 0xffffffff, 1 + random() % 60);
    Arena arena;
    const Function f = a_switch(&arena, 4, cases, random() % 2);
    const ClassicProgram program = generate(f);
    std::vector<std::uint32_t> asked = {0, 1, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff};
    for (const Case& c : cases) asked.insert(asked.end(), {c.lo - 1, c.lo, c.hi, c.hi + 1});
    for (const std::uint32_t value : asked) {
      const auto bytes = big_endian(value);
      ASSERT_EQ(run(program, bytes, 4).verdict != 0, reference_accepts(f, bytes, 4))
          << value << "\n"
          << ir::print(f);
    }
  }
}

TEST(SwitchTree, AsksForAThousandPointsInLogarithmicTime) {
  std::vector<Case> cases;
  for (std::uint32_t i = 0; i < 1000; ++i) cases.push_back({i * 7 + 3, i * 7 + 3, ir::kAcceptNode});
  Arena arena;
  const ClassicProgram program = generate(a_switch(&arena, 4, cases, ir::kRejectNode));
  // A load, halving down to six points, these, long jumps, a return.
  constexpr std::uint64_t kMost = 1 + 8 + 6 + 8 + 1;
  std::uint64_t most = 0;
  for (std::uint32_t value = 0; value < 7100; ++value) {
    const auto result = run(program, big_endian(value), 4);
    const bool wanted = value < 7000 && value % 7 == 3;
    ASSERT_EQ(result.verdict != 0, wanted) << value;
    most = std::max(most, result.executed);
  }
  EXPECT_LE(most, kMost);
}

TEST(SwitchTree, AsksForLikelyProtocolsFirst) {
  const std::vector<Case> cases = {
      {1, 1, ir::kAcceptNode}, {6, 6, ir::kAcceptNode}, {132, 132, ir::kAcceptNode}};
  Arena arena;
  const ClassicProgram program = generate(a_switch(&arena, 1, cases, ir::kRejectNode));
  ASSERT_GE(program.size(), 4u);
  EXPECT_EQ(program[1].k, 6u);
  EXPECT_EQ(program[2].k, 1u);
  EXPECT_EQ(program[3].k, 132u);
}

// --- distances ---

class BlocksTest : public ::testing::Test {
 protected:
  void clear() {
    list_.blocks.clear();
    list_.code.clear();
  }

  // A branch on the byte at `at`.
  void branch(Label label, std::uint32_t at, std::uint32_t k, Label on_true, Label on_false) {
    open(label);
    put(isa::stmt(isa::kLdbAbs, at));
    close(Block::Exit::kBranch, on_true, on_false);
    list_.blocks.back().branch = isa::stmt(isa::kJeqK, k);
  }

  // `count` instructions that change nothing, and a way on.
  void padding(Label label, std::uint32_t count, Label next) {
    open(label);
    for (std::uint32_t i = 0; i < count; ++i) put(isa::stmt(isa::kTxa));
    close(Block::Exit::kGoto, next, kReject);
  }

  const ClassicProgram& assembled() {
    program_ = assemble(list_, kSnaplen);
    EXPECT_EQ(faults_of(program_, isa::ClassicRules::kKernel), "");
    return program_;
  }

  bool accepts(std::initializer_list<std::uint8_t> packet) {
    std::vector<std::byte> bytes;
    for (const std::uint8_t b : packet) bytes.push_back(std::byte{b});
    return run(program_, bytes, 1).verdict == kSnaplen;
  }

  std::ptrdiff_t count(isa::ClassicOp op) const {
    return std::ranges::count(program_, op, [](const ClassicInsn& i) { return i.code; });
  }

 private:
  void open(Label label) {
    block_ = Block{};
    block_.label = label;
    block_.first = static_cast<std::uint32_t>(list_.code.size());
    list_.labels = std::max(list_.labels, label + 1);
  }
  void put(ClassicInsn insn) { list_.code.push_back(insn); }
  void close(Block::Exit exit, Label on_true, Label on_false) {
    block_.count = static_cast<std::uint32_t>(list_.code.size()) - block_.first;
    block_.exit = exit;
    block_.on_true = on_true;
    block_.on_false = on_false;
    list_.blocks.push_back(block_);
  }

  Arena arena_;
  BlockList list_{&arena_};
  Block block_;
  ClassicProgram program_;
};

TEST_F(BlocksTest, ABranchReaches255Instructions) {
  branch(2, 0, 1, 4, 3);
  padding(3, 255, 4);
  branch(4, 1, 1, kAccept, kReject);
  EXPECT_EQ(assembled().size(), 2u + 255 + 4);
  EXPECT_EQ(count(isa::kJa), 0);
  EXPECT_TRUE(accepts({1, 1}));
  EXPECT_FALSE(accepts({1, 0}));
}

TEST_F(BlocksTest, ABranchThatHoldsGoesFurtherThroughAJump) {
  branch(2, 0, 1, 4, 3);
  padding(3, 256, kReject);
  branch(4, 1, 1, kAccept, kReject);
  assembled();
  EXPECT_EQ(count(isa::kJa), 1);
  EXPECT_TRUE(accepts({1, 1}));
  EXPECT_FALSE(accepts({1, 0}));
  EXPECT_FALSE(accepts({0, 1}));
}

TEST_F(BlocksTest, ABranchThatFailsGoesFurtherThroughAJump) {
  branch(2, 0, 1, 3, 4);
  padding(3, 256, kReject);
  branch(4, 1, 1, kAccept, kReject);
  assembled();
  EXPECT_EQ(count(isa::kJa), 1);
  EXPECT_TRUE(accepts({0, 1}));
  EXPECT_FALSE(accepts({0, 0}));
  EXPECT_FALSE(accepts({1, 1}));
}

TEST_F(BlocksTest, ABranchGoesFurtherBothWays) {
  branch(2, 0, 1, 4, 5);
  padding(3, 300, kReject);
  branch(4, 1, 1, kAccept, 6);
  branch(5, 1, 2, kAccept, kReject);
  branch(6, 1, 3, kAccept, kReject);
  assembled();
  EXPECT_EQ(count(isa::kJa), 2);
  EXPECT_TRUE(accepts({1, 1}));
  EXPECT_TRUE(accepts({1, 3}));
  EXPECT_FALSE(accepts({1, 2}));
  EXPECT_TRUE(accepts({0, 2}));
  EXPECT_FALSE(accepts({0, 1}));
}

TEST_F(BlocksTest, NeighboursShareALongJump) {
  branch(2, 0, 1, 6, 3);
  branch(3, 0, 2, 6, 4);
  branch(4, 0, 3, 6, 5);
  padding(5, 400, kReject);
  branch(6, 1, 1, kAccept, kReject);
  assembled();
  EXPECT_EQ(count(isa::kJa), 1);
  for (const std::uint8_t first : std::to_array<std::uint8_t>({1, 2, 3})) {
    EXPECT_TRUE(accepts({first, 1}));
    EXPECT_FALSE(accepts({first, 0}));
  }
  EXPECT_FALSE(accepts({4, 1}));
}

TEST_F(BlocksTest, AFarReturnIsCopiedAndNotJumpedTo) {
  branch(2, 0, 1, kAccept, 3);
  branch(3, 0, 2, kAccept, 4);
  padding(4, 300, 5);
  branch(5, 1, 1, kAccept, kReject);
  assembled();
  EXPECT_EQ(count(isa::kJa), 0);
  EXPECT_EQ(count(isa::kRetK), 3);
  EXPECT_TRUE(accepts({1}));
  EXPECT_TRUE(accepts({2}));
  EXPECT_TRUE(accepts({3, 1}));
  EXPECT_FALSE(accepts({3, 2}));
}

TEST_F(BlocksTest, ABlockThatOnlyGoesOnTakesNoRoom) {
  branch(2, 0, 1, 3, 4);
  padding(3, 0, 5);
  padding(4, 0, kReject);
  branch(5, 1, 1, kAccept, kReject);
  EXPECT_EQ(assembled().size(), 6u);
  EXPECT_TRUE(accepts({1, 1}));
  EXPECT_FALSE(accepts({0, 1}));
}

TEST_F(BlocksTest, EveryDistanceAroundTheLimitWorks) {
  for (std::uint32_t gap = 250; gap < 262; ++gap) {
    SCOPED_TRACE(gap);
    clear();
    branch(2, 0, 1, 5, 3);
    branch(3, 0, 2, 6, 4);
    padding(4, gap, kReject);
    branch(5, 1, 1, kAccept, kReject);
    branch(6, 1, 2, kAccept, kReject);
    assembled();
    EXPECT_TRUE(accepts({1, 1}));
    EXPECT_FALSE(accepts({1, 2}));
    EXPECT_TRUE(accepts({2, 2}));
    EXPECT_FALSE(accepts({2, 1}));
    EXPECT_FALSE(accepts({3, 1}));
  }
}

}  // namespace
}  // namespace weir::filter::codegen
