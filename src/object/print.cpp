#include "object/print.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>

#include "isa/extended_code.h"
#include "isa/extended_print.h"

namespace weir::object {
namespace {

constexpr auto kOriginNames = std::to_array<std::string_view>(
    {"", ", legacy", ", iproute2", ", data", ", read-only data", ", zeros", ", kernel options"});
constexpr auto kPinningNames =
    std::to_array<std::string_view>({"", ", pinned by name", ", pinned for the object"});
constexpr auto kExternNames =
    std::to_array<std::string_view>({"unknown", "option", "variable", "function"});

// What may be zero is told when it is not.
void append_field(std::string& out, std::string_view text, std::uint64_t value) {
  if (value != 0) fmt::format_to(std::back_inserter(out), ", {} {:#x}", text, value);
}

void append_map(std::string& out, const Object& object, const MapDefinition& map, int depth) {
  fmt::format_to(std::back_inserter(out), "{:{}}map {}: {}, key {}, value {}, {} entries", "",
                 depth * 2, map.name, name_of(map.type), map.key_size, map.value_size,
                 map.max_entries);
  append_field(out, "flags", map.flags);
  append_field(out, "extra", map.extra);
  if ((map.flags & kFlagNumaNode) != 0)
    fmt::format_to(std::back_inserter(out), ", node {}", map.numa_node);
  out += kPinningNames[std::to_underlying(map.pinning)];
  out += kOriginNames[std::to_underlying(map.origin)];
  out += '\n';
  for (const InitialSlot& slot : map.slots) {
    const std::string& held =
        is_map_of_maps(map.type) ? object.maps[slot.index].name : object.programs[slot.index].name;
    fmt::format_to(std::back_inserter(out), "  {}: {}\n", slot.key, held);
  }
}

void append_extern(std::string& out, const Extern& one) {
  fmt::format_to(std::back_inserter(out), "extern {}: {}{}{}\n", one.name,
                 kExternNames[std::to_underlying(one.kind)], one.typed ? ", typed" : "",
                 one.weak ? ", may be missing" : "");
}

std::string meaning_of(const Object& object, const Relocation& relocation) {
  if (relocation.kind == RelocationKind::kMap) return object.maps[relocation.index].name;
  if (relocation.kind != RelocationKind::kMapValue) return object.externs[relocation.index].name;
  return fmt::format("{}+{}", object.maps[relocation.index].name, relocation.offset);
}

void append_piece(std::string& out, const Object& object, const Program& program,
                  const CodePiece& piece) {
  auto relocation =
      std::ranges::lower_bound(program.relocations, piece.slot, {}, &Relocation::slot);
  for (std::uint32_t slot = piece.slot; slot < piece.slot + piece.slots;) {
    const std::string text = isa::format_extended(program.code, slot);
    const unsigned code = program.code[slot].code;
    if (relocation != program.relocations.end() && relocation->slot == slot) {
      fmt::format_to(std::back_inserter(out), "{:4}: ({:02x}) {:<30} ; {}\n", slot, code, text,
                     meaning_of(object, *relocation));
      ++relocation;
    } else {
      fmt::format_to(std::back_inserter(out), "{:4}: ({:02x}) {}\n", slot, code, text);
    }
    slot += static_cast<std::uint32_t>(isa::slots_at(program.code, slot));
  }
}

void append_program(std::string& out, const Object& object, const Program& program) {
  fmt::format_to(std::back_inserter(out), "program {}: {}, section `{}`", program.name,
                 name_of(program.type), program.section);
  if (program.attach_type)
    fmt::format_to(std::back_inserter(out), ", for {}", name_of(*program.attach_type));
  if (program.sleepable) out += ", may sleep";
  if (program.frags) out += ", with fragments";
  if (!program.autoload) out += ", not by itself";
  out += '\n';
  for (const CodePiece& piece : program.pieces) {
    if (piece.slot != 0) {
      fmt::format_to(std::back_inserter(out), "function {}, from slot {} of section `{}`\n",
                     piece.function, piece.section_slot, piece.section);
    }
    append_piece(out, object, program, piece);
  }
}

}  // namespace

std::string format_object(const Object& object) {
  std::string out;
  for (const MapDefinition& map : object.maps) {
    append_map(out, object, map, 0);
    for (const MapDefinition& inner : map.inner) append_map(out, object, inner, 1);
  }
  for (const Extern& one : object.externs) append_extern(out, one);
  for (const Program& program : object.programs) append_program(out, object, program);
  return out;
}

}  // namespace weir::object
