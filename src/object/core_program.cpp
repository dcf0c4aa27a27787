#include "object/core_program.h"

#include <fmt/format.h>

#include <algorithm>

#include "diag/quote.h"

namespace weir::object {
namespace {

constexpr std::uint32_t kInsnSize = 8;

// The relocations of a piece of code.
std::span<const CoreRecord> records_of(const CodeInfo& info, const CodePiece& piece) {
  const std::uint64_t begin = std::uint64_t{piece.section_slot} * kInsnSize;
  const std::uint64_t end = begin + std::uint64_t{piece.slots} * kInsnSize;
  const auto first = std::ranges::lower_bound(info.relocations, begin, {}, &CoreRecord::offset);
  const auto last = std::ranges::lower_bound(info.relocations, end, {}, &CoreRecord::offset);
  return {first, last};
}

std::string place_of(const CodeInfo& info, std::uint32_t offset) {
  const LineInfo* line = line_at(info, offset);
  return line == nullptr ? std::string() : fmt::format("{}:{}", line->file, line->line);
}

Error at_place(Error error, const Program& program, std::string_view place) {
  error.message = fmt::format("program {}{}{}: {}", diag::quote(program.name),
                              place.empty() ? "" : ", ", place, error.message);
  return error;
}

}  // namespace

Result<std::vector<PoisonedInsn>> relocate_program(Program& program, const BtfExt& ext,
                                                   CoreRelocator& relocator) {
  std::vector<PoisonedInsn> out;
  for (const CodePiece& piece : program.pieces) {
    const CodeInfo* info = ext.find(piece.section);
    if (info == nullptr) continue;
    for (const CoreRecord& record : records_of(*info, piece)) {
      const std::uint32_t slot = piece.slot + record.offset / kInsnSize - piece.section_slot;
      auto done = relocator.relocate(program.code, slot, record);
      if (done && !done->poisoned) continue;
      std::string place = place_of(*info, record.offset);
      if (!done) return std::unexpected(at_place(std::move(done.error()), program, place));
      out.push_back({.slot = slot,
                     .place = std::move(place),
                     .reason = std::move(done->reason),
                     .hint = std::move(done->hint)});
    }
  }
  return out;
}

}  // namespace weir::object
