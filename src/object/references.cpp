#include "object/references.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "diag/quote.h"
#include "isa/extended_print.h"

namespace weir::object {
namespace {

auto slot_of(const Reference& reference) { return std::pair(reference.section, reference.slot); }

bool calls_subprogram(const isa::ExtendedInsn& insn) {
  return insn.code == isa::kCallCode && insn.src == std::to_underlying(isa::CallKind::kSubprogram);
}

// Turns the relocations of one function into references.
class FunctionReader {
 public:
  FunctionReader(const ElfFile& file, const Code& code, const Maps& maps, const Externs& externs,
                 const Function& function)
      : file_(file), code_(code), maps_(maps), externs_(externs), function_(function) {}

  Result<> read(std::vector<Reference>& out) {
    const std::size_t first = out.size();
    for (const ElfRelocation& relocation : relocations()) {
      auto reference = read_relocation(relocation);
      if (!reference) return std::unexpected(reference.error());
      if (out.size() > first && out.back().slot == reference->slot)
        return fail_at(reference->slot, "has two relocations",
                       "the file is damaged; compile it again");
      out.push_back(*reference);
    }
    return add_plain_calls(first, out);
  }

 private:
  std::span<const ElfRelocation> relocations() const {
    const auto all = file_.relocations_of(function_.section);
    const auto range = [&](std::uint32_t slot) {
      return std::ranges::lower_bound(all, slot * kSlotSize, {}, &ElfRelocation::offset);
    };
    return {range(function_.slot), range(function_.slot + function_.slots)};
  }

  std::span<const isa::ExtendedInsn> section() const { return code_.sections[function_.section]; }

  // "instruction 3 of `main`, `call -1`, calls ..."
  std::unexpected<Error> fail_at(std::uint32_t slot, const std::string& what,
                                 std::string hint) const {
    auto error = fail(fmt::format("instruction {} of {}, {}, {}", slot - function_.slot,
                                  diag::quote(function_.name),
                                  diag::quote(isa::format_extended(section(), slot)), what),
                      std::move(hint));
    error.error().offset = file_.sections()[function_.section].offset + slot * kSlotSize;
    return error;
  }

  Result<Reference> read_relocation(const ElfRelocation& relocation) const {
    const auto slot = static_cast<std::uint32_t>(relocation.offset / kSlotSize);
    const isa::ExtendedInsn& insn = section()[slot];
    const bool call = insn.code == isa::kCallCode;
    const bool whole_load = isa::is_wide(insn) && slot + 1 < function_.slot + function_.slots;
    if (relocation.offset % kSlotSize != 0 || (!call && !whole_load)) {
      return fail_at(slot, "is neither a call nor a whole load of 64 bits, but has a relocation",
                     "the file is damaged; compile it again");
    }
    const ElfSymbol& symbol = file_.symbols()[relocation.symbol];
    auto reference = externs_.by_symbol[relocation.symbol] != Externs::kNone
                         ? to_extern(slot, call, externs_.by_symbol[relocation.symbol])
                     : call ? to_called(slot, insn, symbol)
                            : to_address(slot, insn, symbol);
    if (reference) {
      reference->section = function_.section;
      reference->slot = slot;
    }
    return reference;
  }

  Result<Reference> to_extern(std::uint32_t slot, bool call, std::uint32_t index) const {
    const Extern& target = externs_.externs[index];
    Reference reference;
    reference.index = index;
    if (target.kind == ExternKind::kUnknown) {
      return fail_at(
          slot, fmt::format("uses {}, which is not in the object", diag::quote(target.name)),
          "define it, link its object with `bpftool gen object`, or declare it with __ksym "
          "and compile with `-g` if it is the kernel's");
    }
    if (call && target.kind != ExternKind::kFunction) {
      return fail_at(slot, fmt::format("calls {}, which is a variable", diag::quote(target.name)),
                     "variables and options of the kernel are read");
    }
    reference.kind = call ? ReferenceKind::kExternCall : ReferenceKind::kExternAddress;
    if (target.kind != ExternKind::kKconfig) return reference;
    return Reference{
        .kind = ReferenceKind::kMapValue, .index = maps_.kconfig, .offset = target.kconfig.offset};
  }

  // Functions that others can see have a symbol of their own; local ones are meant by that of their
  // section and the call's distance, which counts from behind the call.
  Result<Reference> to_called(std::uint32_t slot, const isa::ExtendedInsn& insn,
                              const ElfSymbol& symbol) const {
    if (!calls_subprogram(insn)) {
      return fail_at(slot,
                     fmt::format("is no call of a subprogram, but has a relocation to {}",
                                 diag::quote(symbol.name)),
                     "the file is damaged; compile it again");
    }
    const std::int64_t target = static_cast<std::int64_t>(symbol.value / kSlotSize) + insn.imm + 1;
    return to_function(slot, ReferenceKind::kCall, symbol.section,
                       symbol.value % kSlotSize == 0 ? target : -1);
  }

  Result<Reference> to_address(std::uint32_t slot, const isa::ExtendedInsn& insn,
                               const ElfSymbol& symbol) const {
    const std::uint64_t target = symbol.value + static_cast<std::uint64_t>(std::int64_t{insn.imm});
    if (symbol.section == ElfSymbol::kNoSection || symbol.section == 0) {
      return fail_at(
          slot,
          fmt::format("needs the address of {}, which is in no section", diag::quote(symbol.name)),
          "define it in the object");
    }
    if (file_.sections()[symbol.section].is_code()) {
      return to_function(
          slot, ReferenceKind::kAddress, symbol.section,
          target % kSlotSize == 0 ? static_cast<std::int64_t>(target / kSlotSize) : -1);
    }
    return to_map(slot, symbol, target);
  }

  Result<Reference> to_function(std::uint32_t slot, ReferenceKind kind, std::uint32_t section,
                                std::int64_t target) const {
    const auto index = target < 0 || section == ElfSymbol::kNoSection
                           ? std::nullopt
                           : function_at(code_, section, static_cast<std::uint64_t>(target));
    if (index) return Reference{.kind = kind, .index = *index};
    const auto name = section < file_.sections().size() ? file_.sections()[section].name : "";
    return fail_at(slot,
                   fmt::format("goes to slot {} of section {}, where no function begins", target,
                               diag::quote(name)),
                   "the file is damaged, or its symbols were stripped; compile it again");
  }

  Result<Reference> to_map(std::uint32_t slot, const ElfSymbol& symbol,
                           std::uint64_t offset) const {
    const MapPlace* const place = place_at(maps_, symbol.section, offset);
    const ElfSection& section = file_.sections()[symbol.section];
    if (place == nullptr) {
      return fail_at(slot,
                     fmt::format("needs byte {} of section {}, which is neither a map nor data",
                                 static_cast<std::int64_t>(offset), diag::quote(section.name)),
                     "programs can use maps, .data, .rodata and .bss");
    }
    if (is_data(maps_.maps[place->map].origin)) {
      return Reference{.kind = ReferenceKind::kMapValue,
                       .index = place->map,
                       .offset = static_cast<std::uint32_t>(offset)};
    }
    if (offset != place->offset) {
      return fail_at(slot,
                     fmt::format("needs byte {} of the definition of map {}",
                                 offset - place->offset, diag::quote(maps_.maps[place->map].name)),
                     "programs can use a map, but not read its definition");
    }
    return Reference{.kind = ReferenceKind::kMap, .index = place->map};
  }

  // Calls of local functions in the same section are complete as they stand.
  Result<> add_plain_calls(std::size_t first, std::vector<Reference>& out) const {
    const std::size_t relocated = out.size();
    for (std::uint32_t slot = function_.slot; slot < function_.slot + function_.slots; ++slot) {
      const isa::ExtendedInsn& insn = section()[slot];
      if (!calls_subprogram(insn)) continue;
      const auto known = std::span(out).subspan(first, relocated - first);
      if (std::ranges::binary_search(known, slot, {}, &Reference::slot)) continue;
      auto reference = to_function(slot, ReferenceKind::kCall, function_.section,
                                   std::int64_t{slot} + insn.imm + 1);
      if (!reference) return std::unexpected(reference.error());
      reference->section = function_.section;
      reference->slot = slot;
      out.push_back(*reference);
    }
    std::ranges::sort(std::span(out).subspan(first), {}, &Reference::slot);
    return {};
  }

  const ElfFile& file_;
  const Code& code_;
  const Maps& maps_;
  const Externs& externs_;
  const Function& function_;
};

}  // namespace

Result<std::vector<Reference>> read_references(const ElfFile& file, const Code& code,
                                               const Maps& maps, const Externs& externs) {
  std::vector<Reference> out;
  const Function* before = nullptr;
  for (const Function& function : code.functions) {
    // Two names for the same code are read once.
    const bool again = before != nullptr && before->section == function.section &&
                       before->slot == function.slot && before->slots == function.slots;
    before = &function;
    if (again) continue;
    if (auto read = FunctionReader(file, code, maps, externs, function).read(out); !read)
      return std::unexpected(read.error());
  }
  return out;
}

std::span<const Reference> references_of(std::span<const Reference> all, const Function& function) {
  const auto at = [&](std::uint32_t slot) {
    return std::ranges::lower_bound(all, std::pair(function.section, slot), {}, slot_of);
  };
  return {at(function.slot), at(function.slot + function.slots)};
}

}  // namespace weir::object
