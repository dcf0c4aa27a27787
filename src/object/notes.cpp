#include "object/notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "diag/quote.h"
#include "object/section_names.h"

namespace weir::object {
namespace {

// Of a file with more, the rest says the same.
constexpr std::size_t kMaxNotes = 20;

// Each takes notes until there are enough.
class Notes {
 public:
  bool enough() const { return notes_.size() >= kMaxNotes; }
  void add(std::string message, std::string hint) {
    if (!enough()) notes_.push_back({.message = std::move(message), .hint = std::move(hint)});
  }
  std::vector<ObjectNote> take() { return std::move(notes_); }

 private:
  std::vector<ObjectNote> notes_;
};

void note_untyped(const Program& program, Notes& notes) {
  const std::string_view close = closest_section(program.section);
  notes.add(fmt::format("the section of program {}, {}, says nothing about its type",
                        diag::quote(program.name), diag::quote(program.section)),
            close.empty() ? "use a section like `tc`, `xdp` or `socket`"
                          : fmt::format("did you mean `{}`", close));
}

void note_programs(const Object& object, Notes& notes) {
  for (const Program& program : object.programs) {
    if (notes.enough()) return;
    if (program.type == ProgramType::kUnknown) note_untyped(program, notes);
  }
  if (object.programs.empty()) {
    notes.add("the object has no programs",
              "put SEC(\"...\") in front of those functions that are programs");
  }
}

void note_nameless_code(const ElfFile& file, const Code& code, Notes& notes) {
  for (std::uint32_t i = 0; i < code.sections.size() && !notes.enough(); ++i) {
    if (code.sections[i].empty()) continue;
    if (std::ranges::binary_search(code.functions, i, {}, &Function::section)) continue;
    notes.add(fmt::format("section {} has code, but no symbol names a function in it",
                          diag::quote(file.sections()[i].name)),
              "in assembly, give functions `.type name, @function` and `.size`");
  }
}

// Maps hold no addresses: what a program finds there is what the file has.
void note_addresses_in_data(const ElfFile& file, const Maps& maps, const Object& object,
                            Notes& notes) {
  for (const MapPlace& place : maps.places) {
    const MapDefinition& map = object.maps[place.map];
    const auto relocations = file.relocations_of(place.section);
    if (!is_data(map.origin) || relocations.empty()) continue;
    notes.add(fmt::format("section {} holds addresses, {} of them, the first at byte {}; a program "
                          "will not find them there",
                          diag::quote(map.name), relocations.size(), relocations.front().offset),
              "keep numbers instead of pointers in global variables, or set them in the program");
  }
}

}  // namespace

std::vector<ObjectNote> find_notes(const ElfFile& file, const Code& code, const Maps& maps,
                                   const Object& object) {
  Notes notes;
  note_programs(object, notes);
  note_nameless_code(file, code, notes);
  note_addresses_in_data(file, maps, object, notes);
  return notes.take();
}

}  // namespace weir::object
