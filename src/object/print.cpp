#include "object/print.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "isa/extended_print.h"
#include "object/btf.h"
#include "object/btf_ext.h"

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

constexpr std::uint32_t kSlotBytes = 8;

// Where the source lines of an object's code are; empty when it does not tell.
class SourceLines {
 public:
  static Result<SourceLines> of(const Object& object) {
    SourceLines out;
    if (object.btf.empty() || object.btf_ext.empty()) return out;
    auto btf = Btf::parse(object.btf);
    if (!btf) return std::unexpected(btf.error());
    out.btf_ = *std::move(btf);
    auto info = BtfExt::parse(object.btf_ext, *out.btf_);
    if (!info) return std::unexpected(info.error());
    out.info_ = *std::move(info);
    return out;
  }

  void add(const CodePiece& piece, std::vector<isa::SourceLine>& out) const {
    const CodeInfo* code = info_ ? info_->find(piece.section) : nullptr;
    if (code == nullptr) return;
    for (const LineInfo& line : code->lines) {
      const std::uint32_t slot = line.offset / kSlotBytes;
      if (slot < piece.section_slot || slot - piece.section_slot >= piece.slots) continue;
      const std::size_t begin = std::min(line.text.find_first_not_of(" \t"), line.text.size());
      std::string text = fmt::format("{} @ {}:{}", line.text.substr(begin), line.file, line.line);
      // A line has a record for each column that code was made from.
      if (!out.empty() && out.back().text == text) continue;
      out.push_back({.slot = slot - piece.section_slot + piece.slot, .text = std::move(text)});
    }
  }

 private:
  std::optional<Btf> btf_;
  std::optional<BtfExt> info_;
};

// What stands above instructions: functions, source lines, and what is left open in them.
std::vector<isa::SourceLine> notes_of(const Object& object, const Program& program,
                                      const SourceLines& source) {
  std::vector<isa::SourceLine> lines, open, out;
  for (const CodePiece& piece : program.pieces) {
    if (piece.slot != 0) {
      lines.push_back({.slot = piece.slot,
                       .text = fmt::format("function {}, from slot {} of section `{}`",
                                           piece.function, piece.section_slot, piece.section)});
    }
    source.add(piece, lines);
  }
  for (const Relocation& relocation : program.relocations)
    open.push_back({.slot = relocation.slot, .text = meaning_of(object, relocation)});
  constexpr auto kSlot = &isa::SourceLine::slot;
  std::ranges::merge(lines, open, std::back_inserter(out), {}, kSlot, kSlot);
  return out;
}

void append_program(std::string& out, const Object& object, const Program& program,
                    const SourceLines& source, isa::ExtendedStyle style) {
  fmt::format_to(std::back_inserter(out), "\nprogram {}: {}, section `{}`", program.name,
                 name_of(program.type), program.section);
  if (program.attach_type)
    fmt::format_to(std::back_inserter(out), ", for {}", name_of(*program.attach_type));
  if (program.sleepable) out += ", may sleep";
  if (program.frags) out += ", with fragments";
  if (!program.autoload) out += ", not by itself";
  out += '\n';
  out += isa::format_extended_listing(program.code, style, notes_of(object, program, source));
}

}  // namespace

Result<std::string> format_object(const Object& object, isa::ExtendedStyle style) {
  const Result<SourceLines> source = SourceLines::of(object);
  if (!source) return std::unexpected(source.error());
  std::string out;
  if (!object.license.empty()) out = fmt::format("license {}\n", object.license);
  for (const MapDefinition& map : object.maps) {
    append_map(out, object, map, 0);
    for (const MapDefinition& inner : map.inner) append_map(out, object, inner, 1);
  }
  for (const Extern& one : object.externs) append_extern(out, one);
  for (const Program& program : object.programs)
    append_program(out, object, program, *source, style);
  return out;
}

}  // namespace weir::object
