// Sections of data as maps with one value, the section.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>
#include <utility>

#include "diag/quote.h"
#include "object/maps.h"

namespace weir::object {
namespace {

struct DataSection {
  std::string_view name;
  MapOrigin origin;
  bool with_suffix;  // names with a dot and more behind it are such sections, too
};

constexpr auto kDataSections = std::to_array<DataSection>({
    {".data", MapOrigin::kData, true},
    {".rodata", MapOrigin::kRodata, true},
    {".bss", MapOrigin::kBss, false},
});

// The kernel's limit on the value of an array (kernel/bpf/arraymap.c).
constexpr std::uint64_t kMaxBytes = std::numeric_limits<std::int32_t>::max();

bool fits(const DataSection& row, std::string_view name) {
  if (!name.starts_with(row.name)) return false;
  name.remove_prefix(row.name.size());
  return name.empty() || (row.with_suffix && name.front() == '.');
}

const DataSection* data_section(const ElfSection& section) {
  if (!section.has_content() || section.is_code() || section.size == 0) return nullptr;
  const auto* const row = std::ranges::find_if(
      kDataSections, [&](const DataSection& candidate) { return fits(candidate, section.name); });
  return row == kDataSections.end() ? nullptr : row;
}

// User space may map what has variables that it can know of.
bool has_global_variable(const Btf& btf, BtfId section) {
  return std::ranges::any_of(btf.placements(section), [&](const BtfPlacement& placement) {
    return btf.kind(placement.variable) == BtfKind::kVariable &&
           btf.linkage(placement.variable) != BtfLinkage::kStatic;
  });
}

MapDefinition data_map(const ElfSection& section, const DataSection& row, const Btf* btf) {
  MapDefinition map;
  map.name = section.name;
  map.origin = row.origin;
  map.type = MapType::kArray;
  map.key_size = sizeof(std::uint32_t);
  map.value_size = static_cast<std::uint32_t>(section.size);
  map.max_entries = 1;
  if (row.origin == MapOrigin::kRodata) map.flags |= kFlagReadOnlyForPrograms;
  map.bytes.assign(section.bytes.begin(), section.bytes.end());
  const auto type = btf != nullptr ? btf->find(section.name, BtfKind::kSection) : std::nullopt;
  if (!type) return map;
  map.value_type = *type;
  if (has_global_variable(*btf, *type)) map.flags |= kFlagMmapable;
  return map;
}

}  // namespace

Result<> check_map_count(std::size_t count) {
  if (count <= kMaxMaps) return {};
  return fail(fmt::format("the object has {} maps, more than {}", count, kMaxMaps),
              "use one map with more entries");
}

Result<> read_data_maps(const ElfFile& file, const Btf* btf, Maps& maps) {
  const auto count = std::ranges::count_if(
      file.sections(), [](const ElfSection& section) { return data_section(section) != nullptr; });
  if (auto few = check_map_count(static_cast<std::size_t>(count)); !few) return few;
  for (std::uint32_t i = 1; i < file.sections().size(); ++i) {
    const ElfSection& section = file.sections()[i];
    const DataSection* const row = data_section(section);
    if (row == nullptr) continue;
    if (section.size > kMaxBytes) {
      return fail(fmt::format("section {} has {} bytes of data, more than a map can hold",
                              diag::quote(section.name), section.size),
                  "put large tables into a map of many entries");
    }
    maps.places.push_back({.section = i,
                           .offset = 0,
                           .size = section.size,
                           .map = static_cast<std::uint32_t>(maps.maps.size())});
    maps.maps.push_back(data_map(section, *row, btf));
  }
  return {};
}

void index_places(Maps& maps) {
  std::ranges::sort(maps.places, {}, [](const MapPlace& place) {
    return std::tuple(place.section, place.offset, place.map);
  });
}

const MapPlace* place_at(const Maps& maps, std::uint32_t section, std::uint64_t offset) {
  const auto after = std::ranges::upper_bound(
      maps.places, std::pair(section, offset), {},
      [](const MapPlace& place) { return std::pair(place.section, place.offset); });
  if (after == maps.places.begin()) return nullptr;
  const MapPlace& place = *std::prev(after);
  // One past the end is the address of something, too.
  return place.section == section && offset - place.offset <= place.size ? &place : nullptr;
}

}  // namespace weir::object
