// How the two layouts of the section `maps` are told apart without types.
#include <gtest/gtest.h>

#include <string>

#include "harness/elf_writer.h"
#include "object/maps.h"

namespace weir::object {
namespace {

using test::ElfWriter;

Result<Maps> read_maps_of(ElfWriter& elf) {
  static std::vector<std::byte> bytes;
  bytes = elf.finish();
  const auto file = ElfFile::read(bytes);
  if (!file) return std::unexpected(file.error());
  Maps maps;
  if (auto done = read_legacy_maps(*file, nullptr, maps); !done)
    return std::unexpected(done.error());
  return maps;
}

// The definitions of one section, each of as many words.
Result<Maps> read_maps_of(const std::vector<std::vector<std::uint32_t>>& definitions) {
  ElfWriter elf;
  ElfWriter::Bytes bytes;
  for (const auto& words : definitions) {
    for (const std::uint32_t word : words) {
      const auto more = ElfWriter::words({word});
      bytes.insert(bytes.end(), more.begin(), more.end());
    }
  }
  const std::uint32_t section = elf.add_data("maps", bytes);
  std::uint64_t at = 0;
  for (std::size_t i = 0; i < definitions.size(); ++i) {
    elf.add_symbol("m" + std::to_string(i), section, at, definitions[i].size() * 4, STT_OBJECT);
    at += definitions[i].size() * 4;
  }
  return read_maps_of(elf);
}

constexpr std::uint32_t kHash = 1;
constexpr std::uint32_t kProgArray = 3;
constexpr std::uint32_t kArrayOfMaps = 12;

TEST(LegacyMaps, OfFourToSixWordsAreTheSamples) {
  const auto maps =
      read_maps_of({{kHash, 4, 8, 10}, {kHash, 4, 8, 10, 1}, {kHash, 4, 8, 10, 1, 0}});
  ASSERT_TRUE(maps) << maps.error().message;
  ASSERT_EQ(maps->maps.size(), 3u);
  for (const MapDefinition& map : maps->maps) EXPECT_EQ(map.origin, MapOrigin::kLegacy);
  EXPECT_EQ(maps->maps[0].flags, 0u);
  EXPECT_EQ(maps->maps[1].flags, 1u);
}

TEST(LegacyMaps, OfSevenWordsAreWhatTheirWordsMean) {
  // BPF_F_NUMA_NODE: the seventh word is the node.
  const auto on_node = read_maps_of({{kHash, 4, 8, 10, 4, 0, 1}});
  ASSERT_TRUE(on_node);
  EXPECT_EQ(on_node->maps[0].origin, MapOrigin::kLegacy);
  EXPECT_EQ(on_node->maps[0].numa_node, 1u);

  // A map of maps: the sixth is the position of the inner one.
  const auto outer = read_maps_of({{kHash, 4, 8, 10, 0, 0, 0}, {kArrayOfMaps, 4, 4, 3, 0, 0, 0}});
  ASSERT_TRUE(outer) << outer.error().message;
  ASSERT_EQ(outer->maps[1].inner.size(), 1u);
  EXPECT_EQ(outer->maps[1].inner[0].name, "m0");
  EXPECT_TRUE(outer->maps[1].slots.empty());

  // Anything else: an id and pinning.
  const auto pinned = read_maps_of({{kProgArray, 4, 4, 10, 0, 9, 2}});
  ASSERT_TRUE(pinned);
  EXPECT_EQ(pinned->maps[0].origin, MapOrigin::kIproute2);
  EXPECT_EQ(pinned->maps[0].pinning, Pinning::kByName);
  ASSERT_EQ(pinned->iproute2_ids.size(), 1u);
  EXPECT_EQ(pinned->iproute2_ids[0].id, 9u);
}

TEST(LegacyMaps, LongerThanNineWordsMayOnlyBeLongerByZeros) {
  const auto zeros = read_maps_of({{kHash, 4, 8, 10, 0, 0, 0, 0, 0, 0, 0}});
  ASSERT_TRUE(zeros) << zeros.error().message;
  const auto others = read_maps_of({{kHash, 4, 8, 10, 0, 0, 0, 0, 0, 0, 5}});
  ASSERT_FALSE(others);
  EXPECT_EQ(others.error().message,
            "map `m0`: its definition has 44 bytes, more than any that is known");
}

TEST(LegacyMaps, ThatAreWrongSayWhy) {
  const auto message = [](const std::vector<std::vector<std::uint32_t>>& definitions) {
    const auto maps = read_maps_of(definitions);
    EXPECT_FALSE(maps);
    return maps ? std::string{} : maps.error().message;
  };
  EXPECT_EQ(message({{kHash, 4, 8}}),
            "map `m0`: 12 bytes at 0 of section `maps` are no definition");
  EXPECT_EQ(message({{99, 4, 8, 10, 0}}), "map `m0`: there is no map type 99");
  EXPECT_EQ(message({{kHash, 4, 8, 10, 0, 0, 3, 0, 0}}), "map `m0`: there is no kind of pinning 3");
  EXPECT_EQ(message({{kArrayOfMaps, 4, 4, 3, 0, 0, 0, 17, 0}}),
            "map `m0`: the map inside of it is not in the object");
}

TEST(LegacyMaps, WithoutASymbolAreRefused) {
  ElfWriter elf;
  elf.add_data("maps", ElfWriter::words({1, 4, 4, 10, 0}));
  const auto maps = read_maps_of(elf);
  ASSERT_FALSE(maps);
  EXPECT_EQ(maps.error().message, "section `maps` has maps, but no symbol names one");
}

TEST(LegacyMaps, WhoseSymbolsSayNoSizeEndWhereTheNextBegins) {
  ElfWriter elf;
  const std::uint32_t section =
      elf.add_data("maps", ElfWriter::words({1, 4, 4, 10, 0, 1, 8, 8, 20, 0}));
  elf.add_symbol("second", section, 20, 0, STT_NOTYPE);
  elf.add_symbol("first", section, 0, 0, STT_NOTYPE);
  const auto maps = read_maps_of(elf);
  ASSERT_TRUE(maps) << maps.error().message;
  ASSERT_EQ(maps->maps.size(), 2u);
  EXPECT_EQ(maps->maps[0].name, "first");
  EXPECT_EQ(maps->maps[0].max_entries, 10u);
  EXPECT_EQ(maps->maps[1].key_size, 8u);
}

}  // namespace
}  // namespace weir::object
