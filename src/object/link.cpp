#include "object/link.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "diag/quote.h"
#include "isa/extended_check.h"
#include "object/section_names.h"

namespace weir::object {
namespace {

bool needs_function(const Reference& reference) {
  return reference.kind == ReferenceKind::kCall || reference.kind == ReferenceKind::kAddress;
}

// What all programs of an object may take together: a file can make each of very many functions
// call all others.
struct Budget {
  std::size_t slots = std::size_t{4} << 20;
  std::size_t pieces = std::size_t{1} << 18;
};

// Lays out one program. Nothing recurses: a file decides how deep calls go.
class Linker {
 public:
  Linker(const ElfFile& file, const Code& code, std::span<const Reference> references,
         Budget& budget, Program& program)
      : file_(file), code_(code), references_(references), budget_(budget), program_(program) {}

  Result<> link(std::uint32_t main) {
    if (auto placed = place(main); !placed) return placed;
    while (!walks_.empty()) {
      Walk& walk = walks_.back();
      if (walk.rest.empty()) {
        walks_.pop_back();
        continue;
      }
      const Reference& reference = walk.rest.front();
      walk.rest = walk.rest.subspan(1);
      const std::uint32_t slot = walk.begin + reference.slot - walk.section_slot;
      if (!needs_function(reference)) {
        open_relocation(reference, slot);
      } else if (auto done = resolve(reference, slot); !done) {
        return done;
      }
    }
    std::ranges::sort(program_.relocations, {}, &Relocation::slot);
    return {};
  }

 private:
  // A function whose references are being followed.
  struct Walk {
    std::span<const Reference> rest;
    std::uint32_t begin;         // in the program
    std::uint32_t section_slot;  // in the file
  };

  Result<> place(std::uint32_t index) {
    const Function& function = code_.functions[index];
    const std::size_t begin = program_.code.size();
    if (begin + function.slots > isa::kMaxExtendedSlots) {
      return fail(
          fmt::format("program {} and the functions that it calls have more than {} instructions",
                      diag::quote(program_.name), isa::kMaxExtendedSlots),
          "split it with tail calls");
    }
    if (function.slots > budget_.slots || budget_.pieces == 0) {
      return fail(
          "the programs of the object, each with the functions that it calls, are too large",
          "split the object into several files");
    }
    budget_.slots -= function.slots;
    --budget_.pieces;
    const auto code = code_.code_of(function);
    program_.code.insert(program_.code.end(), code.begin(), code.end());
    program_.pieces.push_back({.slot = static_cast<std::uint32_t>(begin),
                               .slots = function.slots,
                               .function = std::string(function.name),
                               .section = std::string(file_.sections()[function.section].name),
                               .section_slot = function.slot});
    places_.emplace(index, static_cast<std::uint32_t>(begin));
    walks_.push_back({.rest = references_of(references_, function),
                      .begin = static_cast<std::uint32_t>(begin),
                      .section_slot = function.slot});
    return {};
  }

  Result<> resolve(const Reference& reference, std::uint32_t slot) {
    if (!places_.contains(reference.index)) {
      if (auto placed = place(reference.index); !placed) return placed;
    }
    isa::ExtendedInsn& insn = program_.code[slot];
    if (reference.kind == ReferenceKind::kAddress) {
      insn.src = std::to_underlying(isa::WideKind::kFunction) & 0xf;
      program_.code[slot + 1].imm = 0;
    }
    insn.imm =
        static_cast<std::int32_t>(places_[reference.index]) - static_cast<std::int32_t>(slot) - 1;
    return {};
  }

  void open_relocation(const Reference& reference, std::uint32_t slot) {
    isa::ExtendedInsn& insn = program_.code[slot];
    insn.imm = 0;
    switch (reference.kind) {
      case ReferenceKind::kMap:
        insn.src = std::to_underlying(isa::WideKind::kMapFd) & 0xf;
        add(RelocationKind::kMap, reference, slot);
        break;
      case ReferenceKind::kMapValue:
        insn.src = std::to_underlying(isa::WideKind::kMapValue) & 0xf;
        program_.code[slot + 1].imm = static_cast<std::int32_t>(reference.offset);
        add(RelocationKind::kMapValue, reference, slot);
        break;
      case ReferenceKind::kExternAddress:
        insn.src = 0;
        program_.code[slot + 1].imm = 0;
        add(RelocationKind::kExternAddress, reference, slot);
        break;
      default:
        insn.src = std::to_underlying(isa::CallKind::kKfunc) & 0xf;
        insn.off = 0;
        add(RelocationKind::kExternCall, reference, slot);
    }
  }

  void add(RelocationKind kind, const Reference& reference, std::uint32_t slot) {
    program_.relocations.push_back(
        {.slot = slot, .kind = kind, .index = reference.index, .offset = reference.offset});
  }

  const ElfFile& file_;
  const Code& code_;
  std::span<const Reference> references_;
  Budget& budget_;
  Program& program_;
  std::unordered_map<std::uint32_t, std::uint32_t> places_;  // of functions in the program
  std::vector<Walk> walks_;
};

Program describe_program(const ElfFile& file, const Function& function) {
  const std::string_view section = file.sections()[function.section].name;
  const SectionMeaning meaning = section_meaning(section);
  Program program;
  program.name = function.name;
  program.section = section.substr(section.starts_with('?') ? 1 : 0);
  program.type = meaning.type;
  program.attach_type = meaning.attach_type;
  program.target = meaning.target;
  program.autoload = meaning.autoload;
  program.sleepable = meaning.sleepable;
  program.frags = meaning.frags;
  return program;
}

}  // namespace

std::vector<std::uint32_t> find_programs(const ElfFile& file, const Code& code,
                                         std::span<const Reference> references) {
  std::vector<bool> needed(code.functions.size());
  for (const Reference& reference : references) {
    if (needs_function(reference)) needed[reference.index] = true;
  }
  std::vector<std::uint32_t> programs;
  for (std::uint32_t i = 0; i < code.functions.size(); ++i) {
    const Function& function = code.functions[i];
    const bool library = file.sections()[function.section].name == ".text";
    const bool alone = code.functions.size() == 1;
    if (alone || (!library && (!function.local || !needed[i]))) programs.push_back(i);
  }
  return programs;
}

Result<std::vector<Program>> link_programs(const ElfFile& file, const Code& code,
                                           std::span<const Reference> references,
                                           std::span<const std::uint32_t> which) {
  std::vector<Program> programs;
  Budget budget;
  for (const std::uint32_t index : which) {
    Program& program = programs.emplace_back(describe_program(file, code.functions[index]));
    Linker linker(file, code, references, budget, program);
    if (auto linked = linker.link(index); !linked) return std::unexpected(linked.error());
  }
  return programs;
}

}  // namespace weir::object
