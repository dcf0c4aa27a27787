// Objects that libbpf refuses, compiled: what they hold is written here.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "isa/extended_check.h"
#include "object/read.h"
#include "support/test_objects.h"

namespace weir::object {
namespace {

class CompiledObject : public ::testing::TestWithParam<std::string> {
 protected:
  // The object of that source by the compiler of the parameter.
  Object read(const std::string& source) {
    const auto bytes = testing::test_object(source + "-" + GetParam());
    if (bytes.empty()) return {};
    auto object = read_object(bytes, "build/" + source + ".bpf.o");
    EXPECT_TRUE(object) << object.error().message;
    if (!object) return {};
    EXPECT_EQ(object->name, source);
    for (const Program& program : object->programs) {
      const auto faults = isa::check_extended(program.code);
      EXPECT_TRUE(faults.empty()) << program.name << ": " << isa::describe(faults.front());
    }
    return std::move(*object);
  }

  void SetUp() override {
    if (testing::test_object("data-" + GetParam()).empty()) GTEST_SKIP() << reason();
  }

  static std::string reason() {
    return GetParam().starts_with("clang14") ? "clang-14 is not installed" : testing::kNoObjects;
  }

  bool has_types() const { return !GetParam().starts_with("bare"); }
};

std::vector<std::string> functions_of(const Program& program) {
  std::vector<std::string> names;
  for (const CodePiece& piece : program.pieces) names.push_back(piece.function);
  return names;
}

TEST_P(CompiledObject, HasLegacyMapsAndAStaticProgram) {
  const Object object = read("legacy_maps");
  ASSERT_EQ(object.maps.size(), 2u);
  const MapDefinition& counts = object.maps[0];
  EXPECT_EQ(counts.name, "countmap");
  EXPECT_EQ(counts.origin, MapOrigin::kLegacy);
  EXPECT_EQ(counts.type, MapType::kArray);
  EXPECT_EQ(counts.key_size, 4u);
  EXPECT_EQ(counts.value_size, 4u);
  EXPECT_EQ(counts.max_entries, 256u);
  EXPECT_EQ(counts.flags, 0u);
  EXPECT_EQ(counts.key_type != 0 && counts.value_type != 0, has_types());
  EXPECT_EQ(object.maps[1].name, "seen");
  EXPECT_EQ(object.maps[1].type, MapType::kHash);
  EXPECT_EQ(object.maps[1].flags, 1u);
  EXPECT_EQ(object.maps[1].value_type, 0u);

  ASSERT_EQ(object.programs.size(), 2u);
  EXPECT_EQ(object.programs[0].name, "socket_prog");
  EXPECT_EQ(object.programs[0].type, ProgramType::kSocketFilter);
  EXPECT_EQ(object.programs[1].name, "classification");
  EXPECT_EQ(object.programs[1].section, "classifier");
  EXPECT_EQ(object.programs[1].type, ProgramType::kSchedCls);
  ASSERT_EQ(object.programs[0].relocations.size(), 2u);
  for (const Relocation& relocation : object.programs[0].relocations) {
    EXPECT_EQ(relocation.kind, RelocationKind::kMap);
    EXPECT_EQ(relocation.index, 0u);
    EXPECT_EQ(object.programs[0].code.at(relocation.slot).src, 1);
  }
  ASSERT_EQ(object.programs[1].relocations.size(), 1u);
  EXPECT_EQ(object.programs[1].relocations[0].index, 1u);
  EXPECT_EQ(object.license, "GPL");
  EXPECT_EQ(object.kernel_version, 0x060c2au);
  EXPECT_TRUE(object.notes.empty());
}

TEST_P(CompiledObject, HasIproute2sMapsAndTheirSlots) {
  const Object object = read("iproute2_maps");
  ASSERT_EQ(object.maps.size(), 3u);
  ASSERT_EQ(object.programs.size(), 2u);
  const MapDefinition& jumps = object.maps[0];
  EXPECT_EQ(jumps.name, "jumps");
  EXPECT_EQ(jumps.origin, MapOrigin::kIproute2);
  EXPECT_EQ(jumps.type, MapType::kProgArray);
  EXPECT_EQ(jumps.max_entries, 8u);
  EXPECT_EQ(jumps.pinning, Pinning::kObjectNamespace);
  ASSERT_EQ(jumps.slots.size(), 1u);
  EXPECT_EQ(jumps.slots[0].key, 5u);
  EXPECT_EQ(object.programs[jumps.slots[0].index].name, "second");

  const MapDefinition& outer = object.maps[1];
  EXPECT_EQ(outer.pinning, Pinning::kByName);
  ASSERT_EQ(outer.inner.size(), 1u);
  EXPECT_EQ(outer.inner[0].name, "inner");
  EXPECT_EQ(outer.inner[0].value_size, 8u);
  EXPECT_EQ(outer.slots, (std::vector<InitialSlot>{{.key = 3, .index = 2}}));
  EXPECT_EQ(object.maps[2].pinning, Pinning::kNone);
}

TEST_P(CompiledObject, LinksFunctionsOfEverySection) {
  const Object object = read("across_sections");
  ASSERT_EQ(object.programs.size(), 2u);
  const auto program = std::ranges::find(object.programs, "program", &Program::name);
  ASSERT_NE(program, object.programs.end());
  EXPECT_EQ(functions_of(*program), (std::vector<std::string>{"program", "beside", "global_helper",
                                                              "local_helper", "called_back"}));
  EXPECT_EQ(program->pieces[1].section, "tc");
  EXPECT_EQ(program->pieces[4].section, "callbacks");
  // A global function in a section of its own could be a program, and nobody says which.
  const auto helper = std::ranges::find(object.programs, "global_helper", &Program::name);
  ASSERT_NE(helper, object.programs.end());
  EXPECT_EQ(helper->type, ProgramType::kUnknown);
  EXPECT_EQ(functions_of(*helper), (std::vector<std::string>{"global_helper", "local_helper"}));
}

TEST_P(CompiledObject, HasDataWithoutTypesAsWell) {
  const Object object = read("data");
  const auto data = std::ranges::find(object.maps, ".data", &MapDefinition::name);
  ASSERT_NE(data, object.maps.end());
  ASSERT_GE(data->bytes.size(), 48u);
  EXPECT_EQ(data->bytes[0], std::byte{1});
  EXPECT_EQ(data->bytes[40], std::byte{6});
  EXPECT_EQ(data->value_type != 0, has_types());
  const auto zeros = std::ranges::find(object.maps, ".bss", &MapDefinition::name);
  ASSERT_NE(zeros, object.maps.end());
  EXPECT_GE(zeros->value_size, 800u);
  EXPECT_TRUE(zeros->bytes.empty());
  for (const std::string name : {".rodata", ".rodata.limits"}) {
    const auto map = std::ranges::find(object.maps, name, &MapDefinition::name);
    ASSERT_NE(map, object.maps.end()) << name;
    EXPECT_EQ(map->flags & kFlagReadOnlyForPrograms, kFlagReadOnlyForPrograms);
  }
}

INSTANTIATE_TEST_SUITE_P(By, CompiledObject,
                         ::testing::Values("clang19-v1", "clang19-v4", "clang14-v3", "bare-v3"),
                         [](const auto& one) {
                           std::string name = one.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(CompiledSections, NewerOnesHaveTypesAndUnknownOnesAHint) {
  const auto bytes = testing::test_object("sections_new-clang19-v3");
  if (bytes.empty()) GTEST_SKIP() << testing::kNoObjects;
  const auto object = read_object(bytes, "sections_new.o");
  ASSERT_TRUE(object) << object.error().message;
  const auto attach_of = [&](std::string_view section) {
    const auto program = std::ranges::find(object->programs, section, &Program::section);
    return program == object->programs.end() ? std::nullopt : program->attach_type;
  };
  EXPECT_EQ(attach_of("tcx/egress"), AttachType::kTcxEgress);
  EXPECT_EQ(attach_of("netkit/primary"), AttachType::kNetkitPrimary);
  EXPECT_EQ(attach_of("xdp_drop"), AttachType::kXdp);
  ASSERT_EQ(object->notes.size(), 2u);
  EXPECT_EQ(object->notes[0].message,
            "the section of program `program_11`, `clasifier`, says nothing about its type");
  EXPECT_EQ(object->notes[0].hint, "did you mean `classifier`");
  EXPECT_EQ(object->notes[1].hint, "use a section like `tc`, `xdp` or `socket`");
}

TEST(CompiledFunctions, HiddenOnesAreListed) {
  const auto bytes = testing::test_object("subprograms-clang19-v3");
  if (bytes.empty()) GTEST_SKIP() << testing::kNoObjects;
  const auto object = read_object(bytes, "subprograms.o");
  ASSERT_TRUE(object) << object.error().message;
  EXPECT_EQ(object->hidden_functions, std::vector<std::string>{"hidden_function"});
}

}  // namespace
}  // namespace weir::object
