#include "object/adapt.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string_view>
#include <tuple>

#include "diag/quote.h"
#include "object/btf_ext.h"
#include "object/code.h"
#include "object/core.h"

namespace weir::object {
namespace {

std::uint32_t slot_of_record(const CoreRecord& record) {
  return static_cast<std::uint32_t>(record.offset / kSlotSize);
}

std::string place_of(const CodeInfo& info, std::uint32_t offset) {
  const LineInfo* line = line_at(info, offset);
  return line == nullptr ? std::string() : fmt::format("{}:{}", line->file, line->line);
}

// A function of the file, and one of the programs that have a copy of it.
struct Copy {
  std::string_view section;
  std::uint32_t section_slot;
  std::uint32_t slots;
  std::uint32_t program;
  std::uint32_t slot;
};

std::vector<Copy> find_copies(const Object& object) {
  std::vector<Copy> copies;
  for (std::uint32_t i = 0; i < object.programs.size(); ++i) {
    if (!object.programs[i].autoload) continue;
    for (const CodePiece& piece : object.programs[i].pieces) {
      copies.push_back({.section = piece.section,
                        .section_slot = piece.section_slot,
                        .slots = piece.slots,
                        .program = i,
                        .slot = piece.slot});
    }
  }
  std::ranges::sort(copies, {}, [](const Copy& copy) {
    return std::tuple(copy.section, copy.section_slot, copy.program);
  });
  return copies;
}

// The copies of the function that holds that slot of a section. Functions lie apart, so it is the
// last that begins before.
std::span<const Copy> copies_at(std::span<const Copy> copies, std::string_view section,
                                std::uint32_t slot) {
  const auto place = [](const Copy& copy) { return std::tuple(copy.section, copy.section_slot); };
  const auto after = std::ranges::upper_bound(copies, std::tuple(section, slot), {}, place);
  if (after == copies.begin()) return {};
  const Copy& last = *std::prev(after);
  if (last.section != section || slot - last.section_slot >= last.slots) return {};
  const auto range = std::ranges::equal_range(copies, place(last), {}, place);
  return {range.begin(), range.end()};
}

class Adapter {
 public:
  Adapter(Object& object, const Btf& local, const Btf& target, const std::string& target_name)
      : object_(object), copies_(find_copies(object)), relocator_(local, target, target_name) {}

  // In the order of the file, on which libbpf's choice among types of the same name depends.
  Result<std::vector<MissingHere>> run(const BtfExt& ext) {
    for (const CodeInfo& info : ext.sections()) {
      for (const CoreRecord& record : info.relocations) {
        for (const Copy& copy : copies_at(copies_, info.section, slot_of_record(record))) {
          if (auto done = relocate(copy, record, info); !done) return std::unexpected(done.error());
        }
      }
    }
    return std::move(missing_);
  }

 private:
  Result<> relocate(const Copy& copy, const CoreRecord& record, const CodeInfo& info) {
    Program& program = object_.programs[copy.program];
    const std::uint32_t slot = copy.slot + slot_of_record(record) - copy.section_slot;
    auto outcome = relocator_.relocate(program.code, slot, record);
    if (outcome && !outcome->poisoned) return {};
    std::string place = place_of(info, record.offset);
    if (!outcome) {
      Error error = std::move(outcome.error());
      error.message =
          fmt::format("instruction {} of program {}{}{}: {}", slot, diag::quote(program.name),
                      place.empty() ? "" : ", ", place, error.message);
      return std::unexpected(std::move(error));
    }
    missing_.push_back({.program = copy.program,
                        .slot = slot,
                        .place = std::move(place),
                        .reason = std::move(outcome->reason),
                        .hint = std::move(outcome->hint)});
    return {};
  }

  Object& object_;
  std::vector<Copy> copies_;  // views into the object's pieces, which do not change
  CoreRelocator relocator_;
  std::vector<MissingHere> missing_;
};

}  // namespace

Result<std::vector<MissingHere>> adapt_object(Object& object, const Btf& target,
                                              const std::string& target_name) {
  if (object.btf.empty() || object.btf_ext.empty()) return std::vector<MissingHere>{};
  const auto local = Btf::parse(object.btf);
  if (!local) return std::unexpected(local.error());
  const auto ext = BtfExt::parse(object.btf_ext, *local);
  if (!ext) return std::unexpected(ext.error());
  return Adapter(object, *local, target, target_name).run(*ext);
}

}  // namespace weir::object
