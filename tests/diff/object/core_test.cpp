// CO-RE against libbpf: every program of tests/objects/core_*.bpf.c, relocated against this
// kernel's types and against those of core_types_*.c, has the instructions that libbpf gives it.
// One thing is not compared: enumerators without a sign from 2^31 on, which libbpf 1.1 takes for
// negative and refuses.
#include "object/core.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iostream>

#include "diff/isa/command_output.h"
#include "diff/object/core_libbpf.h"
#include "diff/object/core_object.h"
#include "diff/object/random_types.h"
#include "isa/extended_print.h"
#include "support/temporary_folder.h"
#include "support/test_objects.h"

namespace weir::difftest {
namespace {

constexpr const char* kKernelTypes = "/sys/kernel/btf/vmlinux";

struct Tally {
  int programs = 0;
  int relocations = 0;
  int poisoned = 0;
  int refused = 0;

  Tally& operator+=(const Tally& other) {
    programs += other.programs;
    relocations += other.relocations;
    poisoned += other.poisoned;
    refused += other.refused;
    return *this;
  }
};

class Core : public ::testing::Test {
 protected:
  std::string path(const std::string& name) { return folder_.file(name); }

  // The types of tests/objects/NAME as an object file; its path, and them.
  std::string types_of(const std::string& name, std::unique_ptr<object::Btf>& out) {
    const std::string where = path(name + ".o");
    const auto bytes = compile_object(name, where);
    EXPECT_TRUE(bytes) << name;
    if (bytes) out = types_in(*bytes);
    return where;
  }

  static std::unique_ptr<object::Btf> types_in(std::span<const std::byte> bytes) {
    const auto file = object::ElfFile::read(bytes);
    EXPECT_TRUE(file) << file.error().message;
    auto btf = object::Btf::parse(file->find(".BTF")->bytes);
    EXPECT_TRUE(btf) << btf.error().message;
    return std::make_unique<object::Btf>(std::move(*btf));
  }

  // Compares all programs of the object; `target_path` is empty for the kernel's types.
  Tally compare(const std::string& source, const object::Btf& target,
                const std::string& target_path) {
    const auto bytes = compile_object(source, path(source + ".o"));
    EXPECT_TRUE(bytes) << source;
    return bytes ? compare(source, *bytes, target, target_path) : Tally{};
  }

  static Tally compare(const std::string& source, std::span<const std::byte> bytes,
                       const object::Btf& target, const std::string& target_path) {
    Tally tally;
    const CoreObject object(bytes);
    EXPECT_FALSE(object.programs().empty());
    for (const CoreProgram& program : object.programs()) {
      SCOPED_TRACE(source + ", " + program.name + ", against " + target_path);
      const RelocatedProgram ours = object.relocate(program, target);
      const LibbpfProgram theirs = libbpf_relocate(bytes, program.name, target_path);
      EXPECT_EQ(ours.error.empty(), theirs.relocated) << ours.error << "\n" << theirs.log;
      ++tally.programs;
      tally.relocations += ours.relocations;
      tally.poisoned += static_cast<int>(ours.reasons.size());
      tally.refused += ours.error.empty() ? 0 : 1;
      if (!theirs.relocated || !ours.error.empty()) continue;
      EXPECT_EQ(isa::format_extended_listing(ours.code), isa::format_extended_listing(theirs.code))
          << theirs.log;
      EXPECT_EQ(ours.code, theirs.code);
    }
    return tally;
  }

  void compare_against(const std::string& types, Tally least) {
    if (!has_clang()) GTEST_SKIP() << "clang-19 is not there";
    std::unique_ptr<object::Btf> target;
    const std::string where = types_of(types, target);
    ASSERT_TRUE(target);
    Tally sum;
    for (const char* source : {"core_fields.bpf.c", "core_questions.bpf.c"}) {
      sum += compare(source, *target, where);
    }
    expect_at_least(sum, least);
  }

  static void expect_at_least(const Tally& sum, const Tally& least) {
    std::cout << sum.programs << " programs, " << sum.relocations << " relocations, "
              << sum.poisoned << " poisoned, " << sum.refused << " programs refused\n";
    EXPECT_GE(sum.programs, least.programs);
    EXPECT_GE(sum.relocations, least.relocations);
    EXPECT_GE(sum.poisoned, least.poisoned);
    EXPECT_GE(sum.refused, least.refused);
  }

  static bool has_clang() { return command_output("clang-19 --version").has_value(); }

  test::TemporaryFolder folder_;
};

TEST_F(Core, AgainstTheObjectsOwnTypes) {
  compare_against("core_types_same.c", {.programs = 150, .relocations = 150});
}

TEST_F(Core, AgainstTypesWhoseMembersMoved) {
  compare_against("core_types_moved.c", {.programs = 150, .relocations = 150, .poisoned = 5});
}

TEST_F(Core, AgainstTypesThatLackMembers) {
  compare_against("core_types_poor.c", {.programs = 150, .relocations = 150, .poisoned = 80});
}

TEST_F(Core, AgainstTypesThatDisagree) {
  compare_against("core_types_twins.c",
                  {.programs = 150, .relocations = 150, .poisoned = 60, .refused = 15});
}

TEST_F(Core, OfRandomTypesAgainstLaterOnes) {
  if (!has_clang()) GTEST_SKIP() << "clang-19 is not there";
  Tally sum;
  // Of some others clang refuses the bit-fields.
  for (unsigned seed = 1; seed <= 10 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    RandomTypes types(seed);
    std::ofstream(path("programs.c")) << types.programs();
    std::ofstream(path("later.c")) << types.target();
    const auto programs = compile_file(path("programs.c"), path("programs.o"));
    const auto later = compile_file(path("later.c"), path("later.o"));
    ASSERT_TRUE(programs && later);
    const std::unique_ptr<object::Btf> target = types_in(*later);
    sum += compare("random types", *programs, *target, path("later.o"));
  }
  expect_at_least(sum, {.programs = 1000, .relocations = 1000, .poisoned = 80, .refused = 100});
}

TEST_F(Core, AgainstThisKernel) {
  if (!has_clang()) GTEST_SKIP() << "clang-19 is not there";
  const std::vector<std::byte> bytes = testing::read_file(kKernelTypes);
  if (bytes.empty()) GTEST_SKIP() << "this kernel shows no BTF";
  const auto target = object::Btf::parse(bytes);
  ASSERT_TRUE(target) << target.error().message;
  const Tally sum = compare("core_kernel.bpf.c", *target, kKernelTypes);
  expect_at_least(sum, {.programs = 60, .relocations = 60, .poisoned = 3});
}

}  // namespace
}  // namespace weir::difftest
