#include "object/notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "diag/quote.h"
#include "object/section_names.h"

namespace weir::object {
namespace {

ObjectNote untyped(const Program& program) {
  const std::string_view close = closest_section(program.section);
  return {.message = fmt::format("the section of program {}, {}, says nothing about its type",
                                 diag::quote(program.name), diag::quote(program.section)),
          .hint = close.empty() ? "use a section like `tc`, `xdp` or `socket`"
                                : fmt::format("did you mean `{}`", close)};
}

void note_programs(const Object& object, std::vector<ObjectNote>& notes) {
  for (const Program& program : object.programs) {
    if (program.type == ProgramType::kUnknown) notes.push_back(untyped(program));
  }
  if (object.programs.empty()) {
    notes.push_back({.message = "the object has no programs",
                     .hint = "put SEC(\"...\") in front of those functions that are programs"});
  }
}

void note_nameless_code(const ElfFile& file, const Code& code, std::vector<ObjectNote>& notes) {
  for (std::uint32_t i = 0; i < code.sections.size(); ++i) {
    if (code.sections[i].empty()) continue;
    if (std::ranges::binary_search(code.functions, i, {}, &Function::section)) continue;
    notes.push_back(
        {.message = fmt::format("section {} has code, but no symbol names a function in it",
                                diag::quote(file.sections()[i].name)),
         .hint = "in assembly, give functions `.type name, @function` and `.size`"});
  }
}

// Maps hold no addresses: what a program finds there is what the file has.
void note_addresses_in_data(const ElfFile& file, const Object& object,
                            std::vector<ObjectNote>& notes) {
  for (const MapDefinition& map : object.maps) {
    const ElfSection* const section = map.origin == MapOrigin::kBtf ? nullptr : file.find(map.name);
    if (section == nullptr) continue;
    const auto index = static_cast<std::uint32_t>(section - file.sections().data());
    const auto relocations = file.relocations_of(index);
    if (relocations.empty()) continue;
    notes.push_back(
        {.message =
             fmt::format("section {} holds addresses, {} of them, the first at byte {}; a "
                         "program will not find them there",
                         diag::quote(map.name), relocations.size(), relocations.front().offset),
         .hint =
             "keep numbers instead of pointers in global variables, or set them in the program"});
  }
}

}  // namespace

std::vector<ObjectNote> find_notes(const ElfFile& file, const Code& code, const Object& object) {
  std::vector<ObjectNote> notes;
  note_programs(object, notes);
  note_nameless_code(file, code, notes);
  note_addresses_in_data(file, object, notes);
  return notes;
}

}  // namespace weir::object
