// Objects adapted to other types: programs of several functions, against libbpf.
#include "object/adapt.h"

#include <gtest/gtest.h>

#include "diff/isa/command_output.h"
#include "diff/object/core_libbpf.h"
#include "diff/object/core_object.h"
#include "isa/extended_print.h"
#include "object/read.h"
#include "support/temporary_folder.h"

namespace weir::difftest {
namespace {

class AdaptedPrograms : public ::testing::TestWithParam<const char*> {};

TEST_P(AdaptedPrograms, HaveTheInstructionsOfLibbpf) {
  if (!command_output("clang-19 --version")) GTEST_SKIP() << "clang-19 is not installed";
  const auto bytes =
      compile_object("core_subprograms.bpf.c", test::temporary_path("core_subprograms.o"));
  const std::string target_path = test::temporary_path("types.o");
  const auto types = compile_object(GetParam(), target_path);
  ASSERT_TRUE(bytes && types);
  const auto file = object::ElfFile::read(*types);
  ASSERT_TRUE(file);
  const auto target = object::Btf::parse(file->find(".BTF")->bytes);
  const auto object = object::read_object(*bytes, "core");
  ASSERT_TRUE(target && object);
  ASSERT_EQ(object->programs.size(), 3u);
  for (std::size_t i = 0; i < object->programs.size(); ++i) {
    object::Object alone = *object;
    for (std::size_t j = 0; j < alone.programs.size(); ++j) alone.programs[j].autoload = i == j;
    const object::Program& program = alone.programs[i];
    SCOPED_TRACE(program.name);
    const auto missing = object::adapt_object(alone, *target, "the target");
    const LibbpfProgram theirs = libbpf_relocate(*bytes, program.name, target_path);
    ASSERT_EQ(missing.has_value(), theirs.relocated) << theirs.log;
    if (!missing) {
      EXPECT_NE(missing.error().message.find("core_subprograms.bpf.c:"), std::string::npos)
          << missing.error().message;
      continue;
    }
    EXPECT_EQ(isa::format_extended_listing(program.code),
              isa::format_extended_listing(theirs.code));
    for (const object::MissingHere& it : *missing) {
      EXPECT_EQ(it.program, i);
      EXPECT_NE(it.place.find("core_subprograms.bpf.c:"), std::string::npos) << it.place;
      EXPECT_EQ(program.code[it.slot], isa::call_helper(195896080));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Against, AdaptedPrograms,
                         ::testing::Values("core_types_same.c", "core_types_moved.c",
                                           "core_types_poor.c", "core_types_twins.c"));

}  // namespace
}  // namespace weir::difftest
