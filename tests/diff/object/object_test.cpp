// Object files: what weir makes of them against what libbpf makes of them and gives to the kernel.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <set>
#include <string>

#include "diff/isa/kernel_program.h"
#include "diff/object/libbpf_object.h"
#include "isa/extended_print.h"
#include "object/adapt.h"
#include "object/read.h"
#include "object/section_names.h"
#include "support/test_objects.h"

namespace weir::difftest {
namespace {

using object::MapDefinition;
using object::MapOrigin;
using object::Object;
using object::Program;
using object::Relocation;
using object::RelocationKind;

struct ObjectCase {
  std::string source;
  OracleDepth depth;

  friend void PrintTo(const ObjectCase& one, std::ostream* out) { *out << one.source; }
};

// Those that libbpf takes. The kernel need not have every type of program to open an object.
const std::vector<ObjectCase> kObjectCases = {
    {"maps", OracleDepth::kLoad},        {"data", OracleDepth::kLoad},
    {"subprograms", OracleDepth::kLoad}, {"nested_maps", OracleDepth::kLoad},
    {"externs", OracleDepth::kLoad},     {"sections", OracleDepth::kOpen},
    {"pinned", OracleDepth::kOpen},      {"kernel_variable", OracleDepth::kRelocate},
    {"adapted", OracleDepth::kLoad},
};

std::vector<std::filesystem::path> variants_of(const std::string& source) {
  std::vector<std::filesystem::path> paths;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(WEIR_TEST_OBJECTS, none)) {
    if (entry.path().filename().string().starts_with(source + "-clang")) paths.push_back(entry);
  }
  std::ranges::sort(paths);
  return paths;
}

// libbpf puts a part of the object's name before those of data.
bool same_name(const std::string& ours, const std::string& theirs) {
  return ours == theirs || (ours.starts_with('.') && theirs.ends_with(ours));
}

// libbpf rounds the size of a ring up to whole pages when it opens the object.
std::uint32_t entries_of(const MapDefinition& map) {
  return map.type == object::MapType::kRingbuf ? (map.max_entries + 4095) / 4096 * 4096
                                               : map.max_entries;
}

void compare_definition(const MapDefinition& ours, const OracleMap& theirs) {
  SCOPED_TRACE("map " + ours.name);
  EXPECT_PRED2(same_name, ours.name, theirs.name);
  EXPECT_EQ(static_cast<std::uint32_t>(ours.type), theirs.type);
  EXPECT_EQ(ours.key_size, theirs.key_size);
  EXPECT_EQ(ours.value_size, theirs.value_size);
  EXPECT_EQ(entries_of(ours), theirs.max_entries);
  EXPECT_EQ(ours.flags, theirs.flags);
  EXPECT_EQ(ours.extra, theirs.extra);
  EXPECT_EQ(ours.numa_node, theirs.numa_node);
  EXPECT_EQ(ours.pinning == object::Pinning::kByName, !theirs.pin_path.empty());
  ASSERT_EQ(ours.inner.size(), theirs.inner.size());
  for (std::size_t i = 0; i < ours.inner.size(); ++i)
    compare_definition(ours.inner[i], theirs.inner[i]);
  if (!theirs.bytes || ours.origin == MapOrigin::kKconfig) return;
  std::vector<std::byte> bytes = ours.bytes;
  bytes.resize(ours.value_size);
  EXPECT_EQ(bytes, *theirs.bytes);
}

// Loading takes away types that the kernel does not take for maps of that kind.
void compare_types(const MapDefinition& ours, const OracleMap& theirs) {
  SCOPED_TRACE("types of map " + ours.name);
  EXPECT_EQ(ours.key_type, theirs.key_type);
  EXPECT_EQ(ours.value_type, theirs.value_type);
}

void compare_slots(const Object& object, const MapDefinition& ours, const OracleMap& theirs,
                   const OracleObject& oracle) {
  SCOPED_TRACE("slots of map " + ours.name);
  std::map<std::uint32_t, std::uint32_t> expected;
  for (const object::InitialSlot& slot : ours.slots) {
    const bool of_maps = object::is_map_of_maps(ours.type);
    ASSERT_LT(slot.index, of_maps ? object.maps.size() : object.programs.size());
    expected[slot.key] = of_maps ? oracle.maps[slot.index].id : oracle.programs[slot.index].id;
  }
  EXPECT_EQ(expected, theirs.slots);
}

const OracleMap* map_of_fd(const OracleObject& oracle, int fd) {
  const auto found = std::ranges::find(oracle.maps, fd, &OracleMap::fd);
  return found == oracle.maps.end() ? nullptr : &*found;
}

// Puts what libbpf knew into weir's code, so that all of it can be compared.
void finish_code(const Object& object, const Relocation& relocation, const OracleObject& oracle,
                 const isa::ExtendedProgram& theirs, isa::ExtendedProgram& ours) {
  const std::uint32_t slot = relocation.slot;
  isa::ExtendedInsn& insn = ours.at(slot);
  switch (relocation.kind) {
    case RelocationKind::kMap:
    case RelocationKind::kMapValue: {
      const OracleMap* const map = map_of_fd(oracle, theirs.at(slot).imm);
      ASSERT_NE(map, nullptr) << "slot " << slot;
      EXPECT_PRED2(same_name, object.maps.at(relocation.index).name, map->name);
      insn.imm = map->fd;
      break;
    }
    case RelocationKind::kExternAddress: {
      const object::Extern& variable = object.externs.at(relocation.index);
      const bool found = variable.typed && theirs.at(slot).imm != 0;
      EXPECT_EQ(theirs.at(slot).src, found ? 3 : 0) << variable.name;
      EXPECT_EQ(insn.src, 0);
      insn.src = theirs.at(slot).src;
      insn.imm = theirs.at(slot).imm;
      ours.at(slot + 1).imm = theirs.at(slot + 1).imm;
      break;
    }
    case RelocationKind::kExternCall:
      EXPECT_EQ(insn.src, 2);
      insn.imm = theirs.at(slot).imm;
      insn.off = theirs.at(slot).off;
      break;
  }
}

void compare_code(const Object& object, const Program& program, const OracleProgram& theirs,
                  const OracleObject& oracle) {
  SCOPED_TRACE("program " + program.name);
  isa::ExtendedProgram ours = program.code;
  ASSERT_EQ(ours.size(), theirs.code.size());
  for (const Relocation& relocation : program.relocations)
    finish_code(object, relocation, oracle, theirs.code, ours);
  for (std::uint32_t slot = 0; slot < ours.size(); ++slot) {
    ASSERT_EQ(ours[slot], theirs.code[slot])
        << "slot " << slot << ": " << isa::format_extended(ours, slot) << " here, "
        << isa::format_extended(theirs.code, slot) << " there";
  }
}

void compare_program(const Program& ours, const OracleProgram& theirs) {
  SCOPED_TRACE("program " + ours.name);
  EXPECT_EQ(ours.name, theirs.name);
  EXPECT_EQ(ours.section, theirs.section);
  EXPECT_EQ(static_cast<std::uint32_t>(ours.type), theirs.type);
  EXPECT_EQ(
      static_cast<std::uint32_t>(ours.attach_type.value_or(object::AttachType::kCgroupInetIngress)),
      theirs.attach_type);
  EXPECT_EQ(ours.autoload, theirs.autoload);
}

constexpr const char* kKernelTypesFile = "/sys/kernel/btf/vmlinux";

const object::Btf& kernel_types() {
  static const auto kTypes = object::Btf::parse(testing::read_file(kKernelTypesFile));
  return kTypes.value();
}

class ObjectsWithLibbpf : public ::testing::TestWithParam<ObjectCase> {};

TEST_P(ObjectsWithLibbpf, AreTheSame) {
  const auto paths = variants_of(GetParam().source);
  if (paths.empty()) GTEST_SKIP() << testing::kNoObjects;
  const bool load = GetParam().depth != OracleDepth::kOpen;
  const std::string no_bpf = load ? no_bpf_reason() : "";
  if (!no_bpf.empty()) GTEST_SKIP() << no_bpf;
  if (load && !std::filesystem::exists(kKernelTypesFile))
    GTEST_SKIP() << kKernelTypesFile << " is missing";
  std::size_t slots = 0;
  for (const auto& path : paths) {
    SCOPED_TRACE(path.filename().string());
    const auto bytes = testing::read_file(path);
    auto ours = object::read_object(bytes, path.string());
    ASSERT_TRUE(ours) << ours.error().message;
    const OracleObject opened = read_with_libbpf(bytes, OracleDepth::kOpen);
    ASSERT_TRUE(opened.opened) << opened.log;
    ASSERT_EQ(ours->maps.size(), opened.maps.size());
    for (std::size_t i = 0; i < ours->maps.size(); ++i) {
      compare_definition(ours->maps[i], opened.maps[i]);
      compare_types(ours->maps[i], opened.maps[i]);
    }
    ASSERT_EQ(ours->programs.size(), opened.programs.size());
    for (std::size_t i = 0; i < ours->programs.size(); ++i)
      compare_program(ours->programs[i], opened.programs[i]);
    // libbpf writes into the types of externs what the kernel can bear; loaders do.
    ASSERT_FALSE(ours->btf.empty());
    if (ours->externs.empty()) {
      EXPECT_EQ(ours->btf, opened.btf) << "types differ";
    }
    if (!load) continue;
    const OracleObject loaded = read_with_libbpf(bytes, GetParam().depth);
    ASSERT_EQ(loaded.loaded || GetParam().depth == OracleDepth::kRelocate, true) << loaded.log;
    for (std::size_t i = 0; i < ours->maps.size(); ++i)
      compare_slots(*ours, ours->maps[i], loaded.maps[i], loaded);
    const auto missing = object::adapt_object(*ours, kernel_types(), "this kernel");
    ASSERT_TRUE(missing) << missing.error().message;
    for (std::size_t i = 0; i < ours->programs.size(); ++i) {
      if (!ours->programs[i].autoload) continue;
      compare_code(*ours, ours->programs[i], loaded.programs[i], loaded);
      slots += ours->programs[i].code.size();
    }
  }
  std::cout << paths.size() << " objects, " << slots << " instructions compared\n";
}

// libbpf takes functions that are called only from `.text`; where they are must not matter.
TEST(SectionsWithLibbpf, OfCalledFunctionsDoNotMatter) {
  if (const std::string reason = no_bpf_reason(); !reason.empty()) GTEST_SKIP() << reason;
  std::size_t compared = 0;
  for (const auto& path : variants_of("within_text")) {
    SCOPED_TRACE(path.filename().string());
    std::string across = path.string();
    across.replace(across.find("within_text"), 11, "across_sections");
    const auto ours = object::read_object(testing::read_file(across), across);
    ASSERT_TRUE(ours) << ours.error().message;
    const auto mine = std::ranges::find(ours->programs, "program", &Program::name);
    const OracleObject oracle = read_with_libbpf(testing::read_file(path), OracleDepth::kLoad);
    ASSERT_TRUE(oracle.loaded) << oracle.log;
    const auto theirs = std::ranges::find(oracle.programs, "program", &OracleProgram::name);
    ASSERT_TRUE(mine != ours->programs.end() && theirs != oracle.programs.end());
    compare_code(*ours, *mine, *theirs, oracle);
    ++compared;
  }
  if (compared == 0) GTEST_SKIP() << testing::kNoObjects;
}

INSTANTIATE_TEST_SUITE_P(Objects, ObjectsWithLibbpf, ::testing::ValuesIn(kObjectCases),
                         [](const auto& one) { return one.param.source; });

TEST(SectionsWithLibbpf, MeanTheSame) {
  std::size_t known = 0;
  for (const object::SectionRule& rule : object::section_rules()) {
    if (rule.tail == object::SectionTail::kAny) continue;
    const bool target = rule.tail == object::SectionTail::kTarget;
    const std::string name = std::string(rule.words) + (target ? "/a/b" : "");
    const auto theirs = libbpf_section(name);
    // libbpf 1.1 does not know the newer ones, nor those that it gave up.
    if (!theirs) continue;
    ++known;
    EXPECT_EQ(static_cast<std::uint32_t>(rule.type), theirs->type) << name;
    EXPECT_EQ(static_cast<std::uint32_t>(
                  rule.attach_type.value_or(object::AttachType::kCgroupInetIngress)),
              theirs->attach_type)
        << name;
  }
  EXPECT_GE(known, 70u);
}

TEST(NamesWithLibbpf, AreTheSame) {
  const auto compare = [](std::span<const std::string_view> ours, auto theirs) {
    std::size_t known = 0;
    for (std::uint32_t i = 0; i < ours.size(); ++i) {
      const std::string name = theirs(i);
      if (name.empty()) continue;
      EXPECT_EQ(ours[i], name);
      ++known;
    }
    EXPECT_GT(known + 15, ours.size());
  };
  compare(object::kProgramTypeNames, libbpf_program_type);
  compare(object::kAttachTypeNames, libbpf_attach_type);
  compare(object::kMapTypeNames, libbpf_map_type);
}

}  // namespace
}  // namespace weir::difftest
