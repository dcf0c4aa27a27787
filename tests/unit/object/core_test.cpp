#include "object/core.h"

#include <gtest/gtest.h>

#include "harness/btf_writer.h"
#include "object/core_compat.h"
#include "object/core_members.h"

namespace weir::object {
namespace {

using isa::ExtendedInsn;
using isa::ExtendedProgram;
using Kind = BtfKind;

constexpr ExtendedInsn kPoison = isa::call_helper(195896080);

Btf btf_of(const test::BtfWriter& writer) {
  auto btf = Btf::parse(writer.bytes());
  if (!btf) throw std::runtime_error(btf.error().message);
  return std::move(*btf);
}

CoreRecord asks(CoreKind kind, BtfId type, std::string_view access) {
  return {.offset = 0, .type = type, .access = access, .kind = kind};
}

// struct task { int pid; unsigned int len; char name[8]; enum level { LOW = 1 } level; }
struct Local {
  Local() {
    test::BtfWriter writer;
    const auto number = writer.integer("int", 4, true);
    const auto length = writer.integer("unsigned int", 4);
    const auto letter = writer.integer("char", 1);
    const auto name = writer.array(letter, 8);
    level = writer.enumeration("level", 4, {{"LOW", 1}, {"TOP", 0xffffffff}});
    task = writer.composite(
        Kind::kStruct, "task", 20,
        {{"pid", number, 0}, {"len", length, 32}, {"name", name, 64}, {"level", level, 128}});
    anonymous = writer.composite(Kind::kStruct, "", 4, {{"x", number, 0}});
    btf = btf_of(writer);
  }
  BtfId level = 0;
  BtfId task = 0;
  BtfId anonymous = 0;
  Btf btf{BtfTables{}};
};

// A target whose struct task is made of the given rows.
struct Target {
  explicit Target(const std::vector<test::BtfRow>& rows) : btf(made(rows)) {}

  static constexpr BtfId kInt = 1, kUnsigned = 2, kUnsignedLong = 3, kShort = 4, kName = 6;

 private:
  static Btf made(const std::vector<test::BtfRow>& rows) {
    test::BtfWriter writer;
    writer.integer("int", 4, true);
    writer.integer("unsigned int", 4);
    writer.integer("unsigned long", 8);
    writer.integer("short", 2, true);
    writer.array(writer.integer("char", 1), 3);
    writer.composite(Kind::kStruct, "task", 64, rows);
    writer.enumeration("level", 4, {{"LOWER", 3}, {"TOP", 0xfffffff0}});
    return btf_of(writer);
  }

 public:
  Btf btf;
};

ExtendedProgram load_field(std::int16_t offset, isa::AccessSize size = isa::AccessSize::kWord) {
  return {isa::load_memory(size, isa::kR0, isa::kR1, offset), isa::exit_program()};
}

class CoreRelocation : public ::testing::Test {
 protected:
  Result<CoreOutcome> run(const Target& target, ExtendedProgram& code, const CoreRecord& record) {
    return CoreRelocator(local_.btf, target.btf, "this kernel").relocate(code, 0, record);
  }

  Local local_;
};

TEST_F(CoreRelocation, PutsTheOffsetOfTheTarget) {
  const Target target({{"pad", Target::kInt, 0}, {"pid", Target::kInt, 256}});
  ExtendedProgram code = load_field(0);
  const auto done = run(target, code, asks(CoreKind::kFieldOffset, local_.task, "0:0"));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->before, 0u);
  EXPECT_EQ(done->after, 32u);
  EXPECT_FALSE(done->poisoned);
  EXPECT_EQ(code, load_field(32));
}

TEST_F(CoreRelocation, ChangesTheSizeOfAnAccessToAnIntegerWithoutSign) {
  const Target target({{"len", Target::kUnsignedLong, 64}});
  ExtendedProgram code = load_field(4);
  ASSERT_TRUE(run(target, code, asks(CoreKind::kFieldOffset, local_.task, "0:1")));
  EXPECT_EQ(code, load_field(8, isa::AccessSize::kDouble));
}

TEST_F(CoreRelocation, PoisonsAnAccessThatWouldReadAWrongValue) {
  const Target target({{"pid", Target::kShort, 64}});
  ExtendedProgram code = load_field(0);
  const auto done = run(target, code, asks(CoreKind::kFieldOffset, local_.task, "0:0"));
  ASSERT_TRUE(done && done->poisoned);
  EXPECT_EQ(code[0], kPoison);
  EXPECT_EQ(code[1], isa::exit_program());
  EXPECT_EQ(
      done->reason,
      "the offset of `task.pid` is not to be had: the field is `int` of 4 bytes in the object "
      "and `short` of 2 bytes in this kernel, and the instruction would read a wrong value");
}

TEST_F(CoreRelocation, LeavesTheCodeAsItWasWhenTheSizeCannotChange) {
  const Target target({{"len", Target::kUnsignedLong, 64}});
  ExtendedProgram code = load_field(4, isa::AccessSize::kByte);
  const auto done = run(target, code, asks(CoreKind::kFieldOffset, local_.task, "0:1"));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().message,
            "the offset of `task.len`: instruction 0 is an access of size 1, and the field has 4");
  EXPECT_EQ(code, load_field(4, isa::AccessSize::kByte));
}

TEST_F(CoreRelocation, TakesTheSameFieldOfOtherSizeWhereMemoryIsNotAccessed) {
  const Target target({{"pid", Target::kShort, 64}});
  ExtendedProgram code = {isa::alu64(isa::AluOp::kAdd, isa::kR1, 0)};
  ASSERT_TRUE(run(target, code, asks(CoreKind::kFieldOffset, local_.task, "0:0")));
  EXPECT_EQ(code[0], isa::alu64(isa::AluOp::kAdd, isa::kR1, 8));
}

TEST_F(CoreRelocation, SaysWhatIsMissingAndWhatMayBeMeant) {
  const Target target(
      {{"pip", Target::kInt, 0}, {"len", Target::kName, 32}, {"name", Target::kName, 64}});
  struct Case {
    CoreKind kind;
    BtfId type;
    std::string_view access;
    std::string_view reason;
    std::string_view hint;
  };
  const Case cases[] = {
      {CoreKind::kFieldOffset, local_.task, "0:0",
       "the offset of `task.pid` is not to be had: `struct task` has no member `pid` in this "
       "kernel",
       "did you mean `pip`"},
      {CoreKind::kFieldOffset, local_.task, "0:1",
       "the offset of `task.len` is not to be had: `task.len` is `unsigned int` in the object and "
       "`char[3]` in this kernel",
       "declare it as the target has it, in a type called `task___new`"},
      {CoreKind::kFieldOffset, local_.task, "0:2:5",
       "the offset of `task.name[5]` is not to be had: `task.name` is `char[3]` in this kernel, "
       "which "
       "has no [5]",
       "ask with bpf_core_field_exists() first"},
      {CoreKind::kEnumeratorValue, local_.level, "0",
       "the value of `LOW` is not to be had: `enum level` has no `LOW` in this kernel",
       "did you mean `LOWER`"}};
  for (const Case& it : cases) {
    ExtendedProgram code = load_field(0);
    const auto done = run(target, code, asks(it.kind, it.type, it.access));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_TRUE(done->poisoned);
    EXPECT_EQ(done->reason, it.reason);
    EXPECT_EQ(done->hint, it.hint);
  }
}

TEST_F(CoreRelocation, ThatAsksForExistenceIsAnsweredWithZero) {
  const Target target({});
  ExtendedProgram code = {isa::alu64(isa::AluOp::kMov, isa::kR0, 1)};
  const auto done = run(target, code, asks(CoreKind::kFieldExists, local_.task, "0:0"));
  ASSERT_TRUE(done);
  EXPECT_FALSE(done->poisoned);
  EXPECT_EQ(code[0].imm, 0);
}

TEST_F(CoreRelocation, PutsValuesOf64BitsAndKeepsUnsignedEnumerators) {
  const Target target({});
  ExtendedProgram code = {isa::make_insn(isa::kWideCode, 1, 0, 0, -1), isa::make_insn(0)};
  const auto done = run(target, code, asks(CoreKind::kEnumeratorValue, local_.level, "1"));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->after, 0xfffffff0u);
  EXPECT_EQ(code[0].imm, -16);
  EXPECT_EQ(code[1].imm, 0);
}

TEST_F(CoreRelocation, PoisonsBothHalvesOfALoadOf64Bits) {
  const Target target({});
  ExtendedProgram code = {isa::make_insn(isa::kWideCode, 1, 0, 0, 1), isa::make_insn(0)};
  ASSERT_TRUE(run(target, code, asks(CoreKind::kEnumeratorValue, local_.level, "0")));
  EXPECT_EQ(code, (ExtendedProgram{kPoison, kPoison}));
}

TEST_F(CoreRelocation, OfADamagedObjectIsRefused) {
  const Target target(
      {{"pid", Target::kInt, std::uint32_t{40'000} * 8}, {"len", Target::kInt, 64}});
  struct Case {
    ExtendedProgram code;
    CoreRecord record;
    std::string_view message;
  };
  const ExtendedProgram load = load_field(0);
  const Case cases[] = {
      {load, asks(CoreKind::kFieldOffset, local_.task, "0:9"),
       "the way `0:9` in `struct task` leads nowhere: there is no 9 in `struct task`"},
      {load, asks(CoreKind::kFieldOffset, local_.task, "0:0:1"),
       "the way `0:0:1` in `struct task` leads nowhere: there is no 1 in `int`"},
      {load, asks(CoreKind::kFieldOffset, local_.task, "0:2:8"),
       "the way `0:2:8` in `struct task` leads nowhere: there is no 8 in `char[8]`"},
      {load, asks(CoreKind::kFieldOffset, local_.task, "0:"), "`0:` is no way to a field"},
      {load, asks(CoreKind::kFieldOffset, local_.task, ""), "`` is no way to a field"},
      {load, asks(CoreKind::kFieldOffset, local_.task, "0:-1"), "`0:-1` is no way to a field"},
      {load, asks(CoreKind::kTypeSize, local_.task, "1"),
       "the way `1` in `struct task` leads nowhere: there is no 1 in `struct task`"},
      {load, asks(CoreKind::kEnumeratorValue, local_.level, "2"),
       "the way `2` in `enum level` leads nowhere: there is no 2 in `enum level`"},
      {load, asks(CoreKind::kFieldSigned, local_.task, "0:2:1"),
       "the sign of an element of an array cannot be asked for"},
      {load, asks(CoreKind::kFieldOffset, 999, "0:0"), "a relocation is about type 999 of 8"},
      {load, asks(CoreKind::kFieldOffset, local_.anonymous, "0:0"),
       "the offset of `.x` cannot be looked for: the type has no name"},
      {load_field(4), asks(CoreKind::kFieldOffset, local_.task, "0:0"),
       "the offset of `task.pid`: instruction 0 holds 4 where the object's types say 0"},
      {load, asks(CoreKind::kFieldOffset, local_.task, "0:0"),
       "the offset of `task.pid`: the offset 40000 does not fit into instruction 0"},
      {{isa::exit_program()},
       asks(CoreKind::kFieldOffset, local_.task, "0:0"),
       "the offset of `task.pid`: instruction 0 (opcode 0x95) takes no number of a type or field"},
      {{isa::alu64(isa::AluOp::kAdd, isa::kR1, isa::kR2)},
       asks(CoreKind::kFieldOffset, local_.task, "0:0"),
       "the offset of `task.pid`: instruction 0 takes a register, and a number is to be put there"},
      {{isa::make_insn(isa::kWideCode)},
       asks(CoreKind::kTypeSize, local_.task, "0"),
       "the size of `struct task`: instruction 0 is no load of 64 bits"},
      {{},
       asks(CoreKind::kTypeSize, local_.task, "0"),
       "a relocation is about instruction 0 of 0"}};
  for (const Case& it : cases) {
    ExtendedProgram code = it.code;
    const auto done = run(target, code, it.record);
    ASSERT_FALSE(done) << it.message;
    EXPECT_EQ(done.error().message, it.message);
    EXPECT_EQ(code, it.code) << "changed all the same";
  }
}

TEST(CoreCandidates, ThatDisagreeAreNamed) {
  const Local local;
  test::BtfWriter writer;
  const auto number = writer.integer("int", 4, true);
  writer.composite(Kind::kStruct, "task", 8, {{"pid", number, 0}, {"one", number, 32}});
  writer.composite(Kind::kStruct, "task___b", 8, {{"pid", number, 32}, {"len", number, 0}});
  const Btf target = btf_of(writer);
  CoreRelocator relocator(local.btf, target, "`x.btf`");
  ExtendedProgram code = load_field(0);
  const auto done = relocator.relocate(code, 0, asks(CoreKind::kFieldOffset, local.task, "0:0"));
  ASSERT_FALSE(done);
  EXPECT_EQ(
      done.error().message,
      "the offset of `task.pid` is ambiguous in `x.btf`: type 2 (`struct task`) has it at bit "
      "0, type 3 (`struct task___b`) has it at bit 32");
  // What one relocation rules out stays so for the next.
  code = {isa::alu64(isa::AluOp::kMov, isa::kR0, 1)};
  ASSERT_TRUE(relocator.relocate(code, 0, asks(CoreKind::kFieldExists, local.task, "0:1")));
  code = load_field(0);
  const auto again = relocator.relocate(code, 0, asks(CoreKind::kFieldOffset, local.task, "0:0"));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->after, 4u);
}

TEST(CoreMembers, OfAnonymousUnionsAreFoundOnceHoweverDeepTheyLie) {
  test::BtfWriter writer;
  const auto number = writer.integer("int", 4, true);
  BtfId inner = writer.composite(Kind::kUnion, "", 4, {{"deep", number, 0}});
  // Two of each in the next: 2^60 ways.
  for (int i = 0; i < 60; ++i) {
    inner = writer.composite(Kind::kStruct, "", 8, {{"", inner, 8}, {"", inner, 0}});
  }
  const Btf btf = btf_of(writer);
  const auto found = find_member(btf, inner, "deep");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->bit_offset, 480u);
  EXPECT_FALSE(find_member(btf, inner, "shallow"));
  EXPECT_EQ(member_names(btf, inner).size(), 1u);
}

TEST(CoreTypes, ThatLeadBackToThemselvesEndInAnError) {
  test::BtfWriter writer;
  writer.pointer(1);
  BtfId prototype = writer.prototype(kVoidId, {{"p", 3}});
  prototype = writer.pointer(prototype);
  const Btf btf = btf_of(writer);
  EXPECT_FALSE(types_compatible(btf, 1, btf, 1));
  EXPECT_FALSE(types_match(btf, 1, btf, 1));
  EXPECT_FALSE(types_compatible(btf, prototype, btf, prototype));
  EXPECT_FALSE(types_match(btf, prototype, btf, prototype));
}

TEST(CoreTypes, WithManyWaysToCompareEndInAnError) {
  test::BtfWriter ours;
  test::BtfWriter theirs;
  const auto make = [](test::BtfWriter& writer, std::string_view last) {
    const auto number = writer.integer("int", 4, true);
    BtfId inner = writer.composite(Kind::kStruct, "", 4, {{last, number, 0}});
    for (int i = 0; i < 28; ++i) {
      inner = writer.composite(Kind::kStruct, "", 8, {{"", inner, 0}, {"", inner, 32}});
    }
    return inner;
  };
  const BtfId a = make(ours, "x");
  const BtfId b = make(theirs, "y");
  const auto match = types_match(btf_of(ours), a, btf_of(theirs), b);
  ASSERT_FALSE(match);
  EXPECT_EQ(match.error().message, "the types nest too deeply to be compared");
}

TEST(CoreTypes, MatchWhenTheTargetHasAllMembersByNameAndShape) {
  test::BtfWriter writer;
  const auto number = writer.integer("int", 4, true);
  const auto other = writer.integer("int", 4);
  const auto small = writer.composite(Kind::kStruct, "s", 8, {{"a", number, 0}});
  const auto large =
      writer.composite(Kind::kStruct, "s___v2", 12, {{"b", number, 0}, {"a", number, 64}});
  const auto wrong = writer.composite(Kind::kStruct, "s", 8, {{"a", other, 0}});
  const auto forward = writer.type(Kind::kForward, "s", 0);
  const auto to_small = writer.pointer(small);
  const auto to_forward = writer.pointer(forward);
  const auto one = writer.prototype(number, {{"x", to_small}});
  const auto two = writer.prototype(number, {{"y", to_forward}});
  const auto three = writer.prototype(kVoidId, {{"y", to_forward}});
  const Btf btf = btf_of(writer);
  EXPECT_EQ(types_match(btf, small, btf, large), true);
  EXPECT_EQ(types_match(btf, large, btf, small), false);
  EXPECT_EQ(types_match(btf, small, btf, wrong), false);
  EXPECT_EQ(types_match(btf, small, btf, forward), false);
  EXPECT_EQ(types_match(btf, to_small, btf, to_forward), true);
  EXPECT_EQ(types_match(btf, to_forward, btf, to_small), true);
  EXPECT_EQ(types_match(btf, one, btf, two), true);
  EXPECT_EQ(types_match(btf, one, btf, three), false);
  EXPECT_EQ(types_compatible(btf, small, btf, wrong), true);
  EXPECT_EQ(types_compatible(btf, one, btf, two), false);
}

}  // namespace
}  // namespace weir::object
