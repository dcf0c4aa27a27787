#include "object/slots.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "diag/quote.h"

namespace weir::object {
namespace {

constexpr std::uint64_t kPointerSize = 8;

std::unexpected<Error> fail_slot(const MapDefinition& map, std::uint64_t key,
                                 const std::string& what) {
  return fail(fmt::format("map {}: slot {} holds {}", diag::quote(map.name), key, what),
              is_map_of_maps(map.type) ? "put addresses of maps defined in `.maps` there"
                                       : "put addresses of programs there");
}

std::optional<std::uint32_t> program_at(const Code& code, std::span<const std::uint32_t> programs,
                                        std::uint32_t section, std::uint64_t offset) {
  const auto function = function_at(code, section, offset / kSlotSize);
  if (!function || offset % kSlotSize != 0) return std::nullopt;
  const auto program = std::ranges::lower_bound(programs, *function);
  if (program == programs.end() || *program != *function) return std::nullopt;
  return static_cast<std::uint32_t>(program - programs.begin());
}

std::optional<std::uint32_t> map_at(const Maps& maps, std::uint32_t section, std::uint64_t offset) {
  const MapPlace* const place = place_at(maps, section, offset);
  return place != nullptr && place->offset == offset ? std::optional(place->map) : std::nullopt;
}

// The addresses in a definition, which relocations make.
Result<> fill_from_values(const ElfFile& file, const Code& code,
                          std::span<const std::uint32_t> programs, const SlotSource& source,
                          Maps& maps) {
  MapDefinition& map = maps.maps[source.map];
  const auto all = file.relocations_of(source.section);
  for (auto relocation = std::ranges::lower_bound(all, source.begin, {}, &ElfRelocation::offset);
       relocation != all.end() && relocation->offset < source.end; ++relocation) {
    const std::uint64_t key = (relocation->offset - source.begin) / kPointerSize;
    const ElfSymbol& symbol = file.symbols()[relocation->symbol];
    if ((relocation->offset - source.begin) % kPointerSize != 0)
      return fail_slot(map, key, "something that is not where an address can be");
    const auto index = is_map_of_maps(map.type)
                           ? map_at(maps, symbol.section, symbol.value)
                           : program_at(code, programs, symbol.section, symbol.value);
    if (!index) {
      return fail_slot(map, key,
                       fmt::format("{}, which is no {}", diag::quote(symbol.name),
                                   is_map_of_maps(map.type) ? "map" : "program"));
    }
    if (*index == source.map && is_map_of_maps(map.type))
      return fail_slot(map, key, "the map itself");
    map.slots.push_back({.key = static_cast<std::uint32_t>(key), .index = *index});
  }
  return {};
}

// "7/0x2": of the map with the id 7, the program at 2.
std::optional<std::pair<std::uint32_t, std::uint32_t>> id_and_key(std::string_view section) {
  const auto number = [](std::string_view text) -> std::optional<std::uint32_t> {
    const bool hex = text.starts_with("0x");
    if (hex) text.remove_prefix(2);
    std::uint32_t value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value)
                                                                    : std::nullopt;
  };
  const std::size_t slash = section.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto id = number(section.substr(0, slash));
  const auto key = number(section.substr(slash + 1));
  return id && key ? std::optional(std::pair(*id, *key)) : std::nullopt;
}

// iproute2's way: the program's section names the map's id and the key.
void fill_from_sections(const ElfFile& file, const Code& code,
                        std::span<const std::uint32_t> programs, Maps& maps) {
  if (maps.iproute2_ids.empty()) return;
  for (std::uint32_t i = 0; i < programs.size(); ++i) {
    const auto named = id_and_key(file.sections()[code.functions[programs[i]].section].name);
    if (!named) continue;
    const auto map = std::ranges::find(maps.iproute2_ids, named->first, &Iproute2Id::id);
    if (map == maps.iproute2_ids.end() || maps.maps[map->map].type != MapType::kProgArray) continue;
    maps.maps[map->map].slots.push_back({.key = named->second, .index = i});
  }
}

}  // namespace

Result<> fill_slots(const ElfFile& file, const Code& code, std::span<const std::uint32_t> programs,
                    Maps& maps) {
  for (const SlotSource& source : maps.slot_sources) {
    if (auto filled = fill_from_values(file, code, programs, source, maps); !filled) return filled;
  }
  fill_from_sections(file, code, programs, maps);
  for (MapDefinition& map : maps.maps) std::ranges::sort(map.slots);
  return {};
}

}  // namespace weir::object
