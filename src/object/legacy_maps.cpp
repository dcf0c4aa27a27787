// Maps of the section `maps`: structs of 32-bit words, in one of two layouts that share their first
// five words. What a variable's layout is, in this order:
//
// 1. Its type, when BTF has it: iproute2's struct has members that the other has not.
// 2. Its size. Up to five words there is no difference; six are a bpf_map_def; eight or nine, and
//    more than nine if they are zero, a bpf_elf_map.
// 3. Seven words are either. A bpf_map_def says there which map is inside of it and on which node
// it
//    lies, and that only counts for a map of maps or with BPF_F_NUMA_NODE. Maps of maps need nine
//    words in iproute2's layout, and it knows no nodes. So with one of these two it is a
//    bpf_map_def.
//
// Sources: the kernel's samples/bpf/bpf_load.h as of Linux 5.4; iproute2's include/bpf_elf.h.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>

#include "base/reader.h"
#include "diag/quote.h"
#include "object/maps.h"

namespace weir::object {
namespace {

enum Word : std::uint8_t {
  kType,
  kKeySize,
  kValueSize,
  kMaxEntries,
  kFlags,
  kCommonWords,
  // bpf_map_def, as the samples extended it
  kInnerMapIndex = kCommonWords,
  kNumaNode,
  kSampleWords,
  // bpf_elf_map
  kId = kCommonWords,
  kPinning,
  kInnerId,
  kInnerIndex,
  kIproute2Words,
};

struct LegacyMap {
  std::string_view name;
  std::uint32_t section = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::array<std::uint32_t, kIproute2Words> words{};
  MapOrigin layout = MapOrigin::kLegacy;
};

std::unexpected<Error> fail_map(const LegacyMap& map, const std::string& what, std::string hint) {
  return fail(fmt::format("map {}: {}", diag::quote(map.name), what), std::move(hint));
}

std::optional<BtfId> struct_of(const Btf* btf, std::string_view variable) {
  if (btf == nullptr) return std::nullopt;
  const auto found = btf->find(variable, BtfKind::kVariable);
  if (!found) return std::nullopt;
  const BtfId type = btf->resolve(btf->type(*found).target);
  return btf->kind(type) == BtfKind::kStruct ? std::optional(type) : std::nullopt;
}

MapOrigin layout_of(const LegacyMap& map, const Btf* btf) {
  if (const auto type = struct_of(btf, map.name)) {
    constexpr auto kOnlyThere =
        std::to_array<std::string_view>({"size_key", "max_elem", "pinning", "inner_id"});
    const bool elf_map = std::ranges::any_of(btf->members(*type), [&](const BtfMember& member) {
      return std::ranges::find(kOnlyThere, member.name) != kOnlyThere.end();
    });
    return elf_map ? MapOrigin::kIproute2 : MapOrigin::kLegacy;
  }
  const std::uint64_t words = map.size / sizeof(std::uint32_t);
  if (words < kSampleWords) return MapOrigin::kLegacy;
  if (words > kSampleWords) return MapOrigin::kIproute2;
  const auto type = map.words[kType];
  const bool of_maps = type < kMapTypeNames.size() && is_map_of_maps(static_cast<MapType>(type));
  return of_maps || (map.words[kFlags] & kFlagNumaNode) != 0 ? MapOrigin::kLegacy
                                                             : MapOrigin::kIproute2;
}

Result<> read_words(const ElfFile& file, LegacyMap& map) {
  const ElfSection& section = file.sections()[map.section];
  if (map.offset > section.bytes.size() || map.size > section.bytes.size() - map.offset ||
      map.size < kFlags * sizeof(std::uint32_t)) {
    return fail_map(map,
                    fmt::format("{} bytes at {} of section {} are no definition", map.size,
                                map.offset, diag::quote(section.name)),
                    "a struct bpf_map_def has five words of 32 bits");
  }
  ByteReader reader(section.bytes.subspan(map.offset, map.size), std::endian::little,
                    section.offset + map.offset);
  for (std::uint32_t& word : map.words) {
    if (reader.remaining() >= sizeof word) word = reader.u32();
  }
  if (std::ranges::any_of(reader.rest(), [](std::byte byte) { return byte != std::byte{0}; })) {
    return fail_map(
        map, fmt::format("its definition has {} bytes, more than any that is known", map.size),
        "use struct bpf_map_def, or better a definition in `.maps`");
  }
  return {};
}

std::vector<bool> legacy_sections(const ElfFile& file) {
  std::vector<bool> sections;
  for (const ElfSection& section : file.sections()) {
    const bool named = section.name == "maps" || section.name.starts_with("maps/");
    sections.push_back(named && section.has_content() && !section.is_code() && section.size != 0);
  }
  return sections;
}

bool is_variable(const ElfSymbol& symbol) {
  return !symbol.name.empty() && symbol.section != ElfSymbol::kNoSection &&
         (symbol.type == ElfSymbolType::kObject || symbol.type == ElfSymbolType::kNone);
}

// Assemblers need not say how large a variable is.
void guess_sizes(const ElfFile& file, std::span<LegacyMap> maps) {
  for (std::size_t i = 0; i < maps.size(); ++i) {
    LegacyMap& map = maps[i];
    const bool last = i + 1 == maps.size() || maps[i + 1].section != map.section;
    const std::uint64_t end = last ? file.sections()[map.section].size : maps[i + 1].offset;
    if (map.size == 0 && end > map.offset) map.size = end - map.offset;
  }
}

// The variables of all such sections, in the order of the file.
Result<std::vector<LegacyMap>> find_maps(const ElfFile& file) {
  std::vector<bool> unnamed = legacy_sections(file);
  const std::vector<bool> legacy = unnamed;
  std::vector<LegacyMap> found;
  for (const ElfSymbol& symbol : file.symbols()) {
    if (!is_variable(symbol) || !legacy[symbol.section]) continue;
    unnamed[symbol.section] = false;
    LegacyMap& map = found.emplace_back();
    map.name = symbol.name;
    map.section = symbol.section;
    map.offset = symbol.value;
    map.size = symbol.size;
  }
  if (auto few = check_map_count(found.size()); !few) return std::unexpected(few.error());
  if (const auto bare = std::ranges::find(unnamed, true); bare != unnamed.end()) {
    const auto index = static_cast<std::size_t>(bare - unnamed.begin());
    return fail(fmt::format("section {} has maps, but no symbol names one",
                            diag::quote(file.sections()[index].name)),
                "do not strip symbols");
  }
  std::ranges::sort(found, {}, [](const LegacyMap& map) {
    return std::tuple(map.section, map.offset, map.name);
  });
  guess_sizes(file, found);
  return found;
}

Result<Pinning> pinning_of(const LegacyMap& map) {
  constexpr auto kPinnings =
      std::to_array<Pinning>({Pinning::kNone, Pinning::kObjectNamespace, Pinning::kByName});
  const std::uint32_t pinning = map.words[kPinning];
  if (map.layout != MapOrigin::kIproute2) return Pinning::kNone;
  if (pinning < kPinnings.size()) return kPinnings[pinning];
  return fail_map(map, fmt::format("there is no kind of pinning {}", pinning),
                  "it is PIN_NONE, PIN_OBJECT_NS or PIN_GLOBAL_NS");
}

// `struct ____btf_map_NAME { key; value; }` is how legacy maps get types (BPF_ANNOTATE_KV_PAIR).
void annotate(const Btf* btf, MapDefinition& map) {
  if (btf == nullptr) return;
  const auto pair = btf->find("____btf_map_" + map.name, BtfKind::kStruct);
  if (!pair || btf->members(*pair).size() != 2) return;
  map.key_type = btf->members(*pair)[0].type;
  map.value_type = btf->members(*pair)[1].type;
}

Result<MapDefinition> definition_of(const LegacyMap& from, const Btf* btf) {
  if (from.words[kType] == 0 || from.words[kType] >= kMapTypeNames.size()) {
    return fail_map(from, fmt::format("there is no map type {}", from.words[kType]),
                    "set `.type` to one of BPF_MAP_TYPE_*");
  }
  const auto pinning = pinning_of(from);
  if (!pinning) return std::unexpected(pinning.error());
  MapDefinition map;
  map.name = from.name;
  map.origin = from.layout;
  map.type = static_cast<MapType>(from.words[kType]);
  map.key_size = from.words[kKeySize];
  map.value_size = from.words[kValueSize];
  map.max_entries = from.words[kMaxEntries];
  map.flags = from.words[kFlags];
  map.pinning = *pinning;
  if (from.layout == MapOrigin::kLegacy && (map.flags & kFlagNumaNode) != 0)
    map.numa_node = from.words[kNumaNode];
  annotate(btf, map);
  return map;
}

// The samples' loader and iproute2 name the inner map by its position or by its id; iproute2 also
// puts it into the outer one.
Result<> connect(std::span<const LegacyMap> found, std::uint32_t first, Maps& maps) {
  for (std::size_t outer = 0; outer < found.size(); ++outer) {
    MapDefinition& map = maps.maps[first + outer];
    if (!is_map_of_maps(map.type)) continue;
    for (std::size_t inner = 0; inner < found.size(); ++inner) {
      const auto& words = found[inner].words;
      const bool legacy = found[outer].layout == MapOrigin::kLegacy;
      const bool inside = legacy ? found[outer].words[kInnerMapIndex] == inner
                                 : words[kId] != 0 && words[kId] == found[outer].words[kInnerId];
      if (!inside || inner == outer || is_map_of_maps(maps.maps[first + inner].type)) continue;
      const auto index = static_cast<std::uint32_t>(first + inner);
      if (map.inner.empty()) map.inner.push_back(maps.maps[index]);
      constexpr auto kNowhere = std::numeric_limits<std::uint32_t>::max();
      if (!legacy && words[kInnerIndex] != kNowhere)
        map.slots.push_back({.key = words[kInnerIndex], .index = index});
    }
    if (map.inner.empty()) {
      return fail_map(found[outer], "the map inside of it is not in the object",
                      "give the inner map the number that `inner_id` names, or the position of "
                      "`inner_map_idx`");
    }
    std::ranges::sort(map.slots);
  }
  return {};
}

}  // namespace

Result<> read_legacy_maps(const ElfFile& file, const Btf* btf, Maps& maps) {
  auto found = find_maps(file);
  if (!found) return std::unexpected(found.error());
  const auto first = static_cast<std::uint32_t>(maps.maps.size());
  for (LegacyMap& map : *found) {
    if (auto read = read_words(file, map); !read) return read;
    map.layout = layout_of(map, btf);
    auto definition = definition_of(map, btf);
    if (!definition) return std::unexpected(definition.error());
    const auto number = static_cast<std::uint32_t>(maps.maps.size());
    if (map.layout == MapOrigin::kIproute2 && map.words[kId] != 0)
      maps.iproute2_ids.push_back({.id = map.words[kId], .map = number});
    maps.places.push_back(
        {.section = map.section, .offset = map.offset, .size = map.size, .map = number});
    maps.maps.push_back(std::move(*definition));
  }
  return connect(*found, first, maps);
}

}  // namespace weir::object
