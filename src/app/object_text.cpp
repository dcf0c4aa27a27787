#include "app/object_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "app/failure.h"
#include "isa/extended_print.h"
#include "object/btf.h"
#include "object/btf_ext.h"
#include "object/read.h"

namespace weir::app {
namespace {

using object::Object;
using object::Program;

constexpr std::uint32_t kSlotBytes = 8;

// Where the source lines of an object's code are; empty when it has none.
class SourceLines {
 public:
  static Result<SourceLines> of(const Object& object) {
    SourceLines out;
    if (object.btf.empty() || object.btf_ext.empty()) return out;
    auto btf = object::Btf::parse(object.btf);
    if (!btf) return std::unexpected(btf.error());
    out.btf_ = std::move(*btf);
    auto info = object::BtfExt::parse(object.btf_ext, *out.btf_);
    if (!info) return std::unexpected(info.error());
    out.info_ = std::move(*info);
    return out;
  }

  void add(const object::CodePiece& piece, std::vector<isa::SourceLine>& out) const {
    const object::CodeInfo* code = info_ ? info_->find(piece.section) : nullptr;
    if (code == nullptr) return;
    for (const object::LineInfo& line : code->lines) {
      const std::uint32_t slot = line.offset / kSlotBytes;
      if (slot < piece.section_slot || slot >= piece.section_slot + piece.slots) continue;
      std::string text = fmt::format("{} @ {}:{}", trimmed(line.text), line.file, line.line);
      // A line has a record for each column that code was made from.
      if (!out.empty() && out.back().text == text) continue;
      out.push_back({.slot = slot - piece.section_slot + piece.slot, .text = std::move(text)});
    }
  }

 private:
  static std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view() : text.substr(first);
  }

  std::optional<object::Btf> btf_;
  std::optional<object::BtfExt> info_;
};

std::string relocation_text(const Object& object, const object::Relocation& relocation) {
  switch (relocation.kind) {
    case object::RelocationKind::kMap:
      return fmt::format("map {}", object.maps[relocation.index].name);
    case object::RelocationKind::kMapValue:
      return fmt::format("{}[{}]", object.maps[relocation.index].name, relocation.offset);
    case object::RelocationKind::kExternAddress:
    case object::RelocationKind::kExternCall:
      return fmt::format("extern {}", object.externs[relocation.index].name);
  }
  return {};
}

std::vector<isa::SourceLine> notes_of(const Object& object, const Program& program,
                                      const SourceLines& source) {
  std::vector<isa::SourceLine> out;
  for (const object::CodePiece& piece : program.pieces) {
    if (piece.slot != 0) out.push_back({.slot = piece.slot, .text = piece.function + "():"});
    source.add(piece, out);
  }
  for (const object::Relocation& relocation : program.relocations)
    out.push_back({.slot = relocation.slot, .text = relocation_text(object, relocation)});
  std::ranges::stable_sort(out, {}, &isa::SourceLine::slot);
  return out;
}

std::string map_text(const object::MapDefinition& map) {
  return fmt::format("; map {}: {}, key {} bytes, value {} bytes, {} entries\n", map.name,
                     object::name_of(map.type), map.key_size, map.value_size, map.max_entries);
}

std::string program_text(const Object& object, const Program& program, const SourceLines& source,
                         isa::ExtendedStyle style) {
  return fmt::format("\n; program {}, section {}: {}, {} instructions\n", program.name,
                     program.section, object::name_of(program.type), program.code.size()) +
         isa::format_extended_listing(program.code, style, notes_of(object, program, source));
}

}  // namespace

bool looks_like_object(std::string_view bytes) {
  return bytes.starts_with(
             "\x7f"
             "ELF") ||
         bytes.starts_with("!<arch>\n");
}

Result<ObjectText> object_text(std::string_view bytes, const std::string& name,
                               isa::ExtendedStyle style) {
  const auto object = object::read_object(std::as_bytes(std::span(bytes)), name);
  if (!object) return std::unexpected(about_file(name, object.error()));
  const auto source = SourceLines::of(*object);
  if (!source) return std::unexpected(about_file(name, source.error()));
  ObjectText out;
  out.text = fmt::format("; {}, license {}\n", object->name,
                         object->license.empty() ? "none" : object->license);
  for (const object::MapDefinition& map : object->maps) out.text += map_text(map);
  for (const Program& program : object->programs)
    out.text += program_text(*object, program, *source, style);
  for (const object::ObjectNote& note : object->notes)
    out.warnings.push_back({.message = note.message, .hint = note.hint, .offset = {}});
  return out;
}

}  // namespace weir::app
