// CO-RE in programs that are linked of several functions, against libbpf.
#include "object/core_program.h"

#include <gtest/gtest.h>

#include "diff/isa/command_output.h"
#include "diff/object/core_libbpf.h"
#include "diff/object/core_object.h"
#include "isa/extended_print.h"
#include "object/read.h"
#include "support/temporary_folder.h"

namespace weir::difftest {
namespace {

class CorePrograms : public ::testing::TestWithParam<const char*> {};

TEST_P(CorePrograms, HaveTheInstructionsOfLibbpf) {
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
  const auto local = object::Btf::parse(object->btf);
  ASSERT_TRUE(local);
  const auto ext = object::BtfExt::parse(object->btf_ext, *local);
  ASSERT_TRUE(ext);
  ASSERT_EQ(object->programs.size(), 3u);
  for (object::Program program : object->programs) {
    SCOPED_TRACE(program.name);
    object::CoreRelocator relocator(*local, *target, "the target");
    const auto poisoned = object::relocate_program(program, *ext, relocator);
    const LibbpfProgram theirs = libbpf_relocate(*bytes, program.name, target_path);
    ASSERT_EQ(poisoned.has_value(), theirs.relocated) << theirs.log;
    if (!poisoned) {
      EXPECT_TRUE(poisoned.error().message.starts_with("program `" + program.name + "`, "))
          << poisoned.error().message;
      EXPECT_NE(poisoned.error().message.find("core_subprograms.bpf.c:"), std::string::npos);
      continue;
    }
    EXPECT_EQ(isa::format_extended_listing(program.code),
              isa::format_extended_listing(theirs.code));
    for (const object::PoisonedInsn& insn : *poisoned) {
      EXPECT_NE(insn.place.find("core_subprograms.bpf.c:"), std::string::npos) << insn.place;
      EXPECT_EQ(program.code[insn.slot], isa::call_helper(195896080));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Against, CorePrograms,
                         ::testing::Values("core_types_same.c", "core_types_moved.c",
                                           "core_types_poor.c", "core_types_twins.c"));

}  // namespace
}  // namespace weir::difftest
