// The maps of an object file, and where in the file they are. Each reader appends those of one
// origin; object/read.cpp calls them in the order of libbpf, which numbers maps so.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <weir/result.h>

#include "object/btf.h"
#include "object/elf_file.h"
#include "object/object.h"

namespace weir::object {

// Maps of one origin: far more than any program uses, and what is quadratic in it stays quick.
inline constexpr std::size_t kMaxMaps = 4096;

struct MapPlace {
  std::uint32_t section = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;  // bytes; for data, the whole section
  std::uint32_t map = 0;
};

// Where a definition in `.maps` has addresses of what the map holds at the start: bytes [begin,
// end) of the section.
struct SlotSource {
  std::uint32_t map = 0;
  std::uint32_t section = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

// The number by which iproute2's sections, `ID/KEY`, name a map of programs that they are for.
struct Iproute2Id {
  std::uint32_t id = 0;
  std::uint32_t map = 0;
};

struct Maps {
  std::vector<MapDefinition> maps;
  std::vector<MapPlace> places;  // of definitions; a section of data is one place
  std::vector<SlotSource> slot_sources;
  std::vector<Iproute2Id> iproute2_ids;
  std::uint32_t kconfig = 0;  // the map of the kernel's options, where the object asks for some
};

// Fails when there are more than kMaxMaps.
Result<> check_map_count(std::size_t count);

// `.maps`: definitions that only types describe. Source: libbpf's description of them in its
// bpf_helpers.h (`__uint`, `__type`, `__array`, `__ulong`).
Result<> read_btf_maps(const ElfFile& file, const Btf* btf, Maps& maps);

// `maps`, in both layouts.
Result<> read_legacy_maps(const ElfFile& file, const Btf* btf, Maps& maps);

// .data, .rodata, .bss, and .data.*, .rodata.*.
Result<> read_data_maps(const ElfFile& file, const Btf* btf, Maps& maps);

// Sorts the places. Must be called once all maps are there, and before map_at.
void index_places(Maps& maps);

// The place that holds this byte, or nullptr.
const MapPlace* place_at(const Maps& maps, std::uint32_t section, std::uint64_t offset);

}  // namespace weir::object
