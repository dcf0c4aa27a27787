// What instructions stand for, by relocations that no compiler or only some compilers write.
#include "object/references.h"

#include <gtest/gtest.h>

#include <string>

#include "harness/elf_writer.h"
#include "object/read.h"

namespace weir::object {
namespace {

using isa::ExtendedInsn;
using test::ElfWriter;

constexpr std::uint32_t kWide = 1;
constexpr std::uint32_t kCall = 10;

ExtendedInsn call_subprogram(std::int32_t distance) {
  return isa::make_insn(isa::kCallCode, 0, 1, 0, distance);
}
ExtendedInsn wide(std::int32_t low) { return isa::make_insn(isa::kWideCode, isa::kR1, 0, 0, low); }
const ExtendedInsn kReturnZero = isa::alu64(isa::AluOp::kMov, isa::kR0, 0);

Result<Object> read_written(ElfWriter& elf) { return read_object(elf.finish(), "x.o"); }

std::string refusal_of(ElfWriter& elf) {
  const auto object = read_written(elf);
  EXPECT_FALSE(object);
  if (object) return {};
  EXPECT_FALSE(object.error().hint.empty());
  return object.error().message;
}

std::string refusal(std::vector<ExtendedInsn> code, std::uint64_t offset = 0,
                    std::uint32_t type = kWide) {
  ElfWriter elf;
  code.push_back(isa::exit_program());
  const std::uint32_t section = elf.add_code("tc", code);
  elf.add_symbol("prog", section, 0, code.size() * 8, STT_FUNC);
  const std::uint32_t unknown = elf.add_symbol("thing", SHN_UNDEF, 0, 0, STT_NOTYPE);
  elf.add_relocation(section, offset, type, unknown);
  return refusal_of(elf);
}

TEST(References, ToWhatIsNotThereAreRefused) {
  EXPECT_EQ(refusal({wide(0), {}}),
            "instruction 0 of `prog`, `r1 = 0x0 ll`, uses `thing`, which is not in the object");
  EXPECT_EQ(refusal({kReturnZero, call_subprogram(-1)}, 8, kCall),
            "instruction 1 of `prog`, `call pc-1`, uses `thing`, which is not in the object");
}

TEST(References, OfInstructionsThatTakeNoneAreRefused) {
  EXPECT_EQ(
      refusal({kReturnZero}),
      "instruction 0 of `prog`, `r0 = 0`, is neither a call nor a whole load of 64 bits, but has "
      "a relocation");
  EXPECT_TRUE(refusal({wide(0), {}}, 4).ends_with("but has a relocation"));
  // The load's second slot would be behind the end of the function.
  ElfWriter elf;
  const std::uint32_t section = elf.add_code("tc", std::vector{kReturnZero, wide(0)});
  elf.add_symbol("prog", section, 0, 16, STT_FUNC);
  elf.add_relocation(section, 8, kWide, elf.add_symbol("thing", SHN_UNDEF, 0, 0, STT_NOTYPE));
  EXPECT_TRUE(refusal_of(elf).ends_with(
      "is neither a call nor a whole load of 64 bits, but has a relocation"));
}

TEST(References, TwoOfOneInstructionAreRefused) {
  ElfWriter elf;
  const std::uint32_t data = elf.add_data(".data", ElfWriter::Bytes(8));
  const std::uint32_t section = elf.add_code("tc", std::vector{wide(0), {}, isa::exit_program()});
  elf.add_symbol("prog", section, 0, 24, STT_FUNC);
  const std::uint32_t variable = elf.add_symbol("v", data, 0, 8, STT_OBJECT);
  elf.add_relocation(section, 0, kWide, variable);
  elf.add_relocation(section, 0, kWide, variable);
  EXPECT_EQ(refusal_of(elf), "instruction 0 of `prog`, `r1 = 0x0 ll`, has two relocations");
}

TEST(References, ToDataKeepTheirAddends) {
  ElfWriter elf;
  const std::uint32_t data = elf.add_data(".data", ElfWriter::Bytes(32));
  const std::uint32_t section = elf.add_code("tc", std::vector{wide(4), {}, isa::exit_program()});
  elf.add_symbol("prog", section, 0, 24, STT_FUNC);
  elf.add_relocation(section, 0, kWide, elf.add_symbol("v", data, 16, 8, STT_OBJECT));
  const auto object = read_written(elf);
  ASSERT_TRUE(object) << object.error().message;
  const Program& program = object->programs.at(0);
  EXPECT_EQ(program.relocations,
            (std::vector<Relocation>{
                {.slot = 0, .kind = RelocationKind::kMapValue, .index = 0, .offset = 20}}));
  EXPECT_EQ(program.code[0].imm, 0);
  EXPECT_EQ(program.code[0].src, 2);
  EXPECT_EQ(program.code[1].imm, 20);
}

TEST(References, OutsideOfEveryMapAreRefused) {
  ElfWriter elf;
  const std::uint32_t data = elf.add_data(".data", ElfWriter::Bytes(32));
  const std::uint32_t section = elf.add_code("tc", std::vector{wide(-1), {}, isa::exit_program()});
  elf.add_symbol("prog", section, 0, 24, STT_FUNC);
  elf.add_relocation(section, 0, kWide, elf.add_symbol("v", data, 0, 8, STT_OBJECT));
  EXPECT_EQ(
      refusal_of(elf),
      "instruction 0 of `prog`, `r1 = 0xffffffff ll`, needs byte -1 of section `.data`, which is "
      "neither a map nor data");
}

TEST(References, ToTheMiddleOfAMapsDefinitionAreRefused) {
  ElfWriter elf;
  const std::uint32_t maps = elf.add_data("maps", ElfWriter::words({1, 4, 4, 10, 0}));
  const std::uint32_t section = elf.add_code("tc", std::vector{wide(4), {}, isa::exit_program()});
  elf.add_symbol("prog", section, 0, 24, STT_FUNC);
  elf.add_relocation(section, 0, kWide, elf.add_symbol("m", maps, 0, 20, STT_OBJECT));
  EXPECT_EQ(refusal_of(elf),
            "instruction 0 of `prog`, `r1 = 0x4 ll`, needs byte 4 of the definition of map `m`");
}

TEST(Calls, IntoTheMiddleOfAFunctionAreRefused) {
  ElfWriter elf;
  const std::uint32_t section =
      elf.add_code("tc", std::vector{call_subprogram(2), isa::exit_program(), kReturnZero,
                                     kReturnZero, isa::exit_program()});
  elf.add_symbol("prog", section, 0, 16, STT_FUNC);
  elf.add_symbol("helper", section, 16, 24, STT_FUNC, STB_LOCAL);
  EXPECT_EQ(
      refusal_of(elf),
      "instruction 0 of `prog`, `call pc+2`, goes to slot 3 of section `tc`, where no function "
      "begins");
}

TEST(Calls, InCirclesLinkEachFunctionOnce) {
  ElfWriter elf;
  // a calls b, b calls a and itself.
  const std::uint32_t section =
      elf.add_code("tc", std::vector{call_subprogram(1), isa::exit_program(), call_subprogram(-3),
                                     call_subprogram(-2), isa::exit_program()});
  elf.add_symbol("a", section, 0, 16, STT_FUNC);
  elf.add_symbol("b", section, 16, 24, STT_FUNC, STB_LOCAL);
  const auto object = read_written(elf);
  ASSERT_TRUE(object) << object.error().message;
  ASSERT_EQ(object->programs.size(), 1u);
  EXPECT_EQ(object->programs[0].code,
            (isa::ExtendedProgram{call_subprogram(1), isa::exit_program(), call_subprogram(-3),
                                  call_subprogram(-2), isa::exit_program()}));
}

// A chain of very many calls must not end the stack.
TEST(Calls, MayBeVeryDeep) {
  constexpr std::uint32_t kFunctions = 100'000;
  ElfWriter elf;
  std::vector<ExtendedInsn> code;
  for (std::uint64_t i = 0; i < kFunctions; ++i) {
    code.push_back(i + 1 < kFunctions ? call_subprogram(1) : kReturnZero);
    code.push_back(isa::exit_program());
  }
  const std::uint32_t section = elf.add_code("tc", code);
  for (std::uint64_t i = 0; i < kFunctions; ++i)
    elf.add_symbol("f", section, i * 16, 16, STT_FUNC, i == 0 ? STB_GLOBAL : STB_LOCAL);
  const auto object = read_written(elf);
  ASSERT_TRUE(object) << object.error().message;
  ASSERT_EQ(object->programs.size(), 1u);
  EXPECT_EQ(object->programs[0].code, code);
}

// Each of many programs that calls all the others would be quadratic.
TEST(Calls, OfVeryManyProgramsAreBounded) {
  constexpr std::uint32_t kFunctions = 6'000;
  ElfWriter elf;
  std::vector<ExtendedInsn> code;
  for (std::uint64_t i = 0; i < kFunctions; ++i) {
    code.push_back(i + 1 < kFunctions ? call_subprogram(1) : kReturnZero);
    code.push_back(isa::exit_program());
  }
  const std::uint32_t section = elf.add_code("tc", code);
  for (std::uint64_t i = 0; i < kFunctions; ++i) elf.add_symbol("f", section, i * 16, 16, STT_FUNC);
  EXPECT_EQ(refusal_of(elf),
            "the programs of the object, each with the functions that it calls, are too large");
}

}  // namespace
}  // namespace weir::object
