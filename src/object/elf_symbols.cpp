// The last steps: symbols, and relocations, which name them.
#include <fmt/format.h>
#include <gelf.h>
#include <libelf.h>

#include <algorithm>
#include <tuple>

#include "diag/quote.h"
#include "object/elf_reader.h"

namespace weir::object {
namespace {

ElfSymbolType symbol_type(unsigned type) {
  switch (type) {
    case STT_OBJECT:
      return ElfSymbolType::kObject;
    case STT_FUNC:
      return ElfSymbolType::kFunction;
    case STT_SECTION:
      return ElfSymbolType::kSection;
    case STT_FILE:
      return ElfSymbolType::kFile;
    default:
      return ElfSymbolType::kNone;
  }
}

}  // namespace

struct ElfReader::RawSymbol {
  GElf_Sym symbol = {};
  Elf32_Word section = 0;  // when the symbol's own number is not
};

Result<> ElfReader::read_symbols() {
  const auto table =
      std::ranges::find(file_.sections_, std::uint32_t{SHT_SYMTAB}, &ElfSection::type);
  if (table == file_.sections_.end()) {
    return fail("the object has no symbols, so its programs and maps have no names",
                "was it stripped; use `llvm-strip -g`, which keeps symbols, or do not strip it");
  }
  symbol_table_ = static_cast<std::uint32_t>(table - file_.sections_.begin());
  if (table->link >= file_.sections_.size())
    return damaged(table->offset, "the names of symbols are missing");
  const std::span<const std::byte> names = file_.sections_[table->link].bytes;
  Elf_Data* const data = data_of(symbol_table_);
  Elf_Data* const extended = extended_numbers();
  const std::size_t count = table->size / sizeof(Elf64_Sym);
  file_.symbols_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    RawSymbol symbol;
    if (data == nullptr || gelf_getsymshndx(data, extended, static_cast<int>(i), &symbol.symbol,
                                            &symbol.section) == nullptr)
      return damaged(table->offset, fmt::format("symbol {} cannot be read", i));
    const auto name = elf_string(names, symbol.symbol.st_name);
    if (!name) return damaged(table->offset, fmt::format("the name of symbol {} is nowhere", i));
    if (auto added = add_symbol(symbol, *name); !added) return added;
  }
  return {};
}

Elf_Data* ElfReader::extended_numbers() const {
  const auto table =
      std::ranges::find(file_.sections_, std::uint32_t{SHT_SYMTAB_SHNDX}, &ElfSection::type);
  if (table == file_.sections_.end() || table->link != symbol_table_) return nullptr;
  const auto index = static_cast<std::size_t>(table - file_.sections_.begin());
  return data_of(index);
}

Result<> ElfReader::add_symbol(const RawSymbol& raw, std::string_view name) {
  const GElf_Sym& from = raw.symbol;
  std::uint32_t section = from.st_shndx;
  if (section == SHN_XINDEX) {
    section = raw.section;
  } else if (section >= SHN_LORESERVE) {
    section = ElfSymbol::kNoSection;
  }
  if (section != ElfSymbol::kNoSection && section >= file_.sections_.size()) {
    return damaged(file_.sections_[symbol_table_].offset,
                   fmt::format("symbol {} is in section {}, of {}", diag::quote(name), section,
                               file_.sections_.size()));
  }
  const unsigned visibility = GELF_ST_VISIBILITY(from.st_other);
  file_.symbols_.push_back({.name = name,
                            .type = symbol_type(GELF_ST_TYPE(from.st_info)),
                            .local = GELF_ST_BIND(from.st_info) == STB_LOCAL,
                            .weak = GELF_ST_BIND(from.st_info) == STB_WEAK,
                            .hidden = visibility == STV_HIDDEN || visibility == STV_INTERNAL,
                            .section = section,
                            .value = from.st_value,
                            .size = from.st_size});
  return {};
}

Result<> ElfReader::read_relocations() {
  for (std::size_t i = 1; i < file_.sections_.size(); ++i) {
    const ElfSection& section = file_.sections_[i];
    if (section.type != SHT_REL && section.type != SHT_RELA) continue;
    if (auto read = read_relocation_section(i); !read) return read;
  }
  std::ranges::sort(file_.relocations_, {}, [](const ElfRelocation& relocation) {
    return std::tuple(relocation.section, relocation.offset, relocation.symbol);
  });
  return {};
}

Result<> ElfReader::read_relocation_section(std::size_t index) {
  const ElfSection& section = file_.sections_[index];
  if (section.info == 0 || section.info >= file_.sections_.size()) {
    return damaged(section.offset,
                   fmt::format("relocations {} are for section {}, of {}",
                               diag::quote(section.name), section.info, file_.sections_.size()));
  }
  // Debug information is not looked at, and a good part of all relocations.
  const ElfSection& target = file_.sections_[section.info];
  if (target.name.starts_with(".debug_") || target.name.starts_with(".eh_frame")) return {};
  if (section.type == SHT_RELA) {
    return damaged(section.offset,
                   fmt::format("relocations {} have addends of their own (RELA), which no compiler "
                               "for BPF writes",
                               diag::quote(section.name)));
  }
  Elf_Data* const data = data_of(index);
  const std::size_t count = section.size / sizeof(Elf64_Rel);
  for (std::size_t i = 0; i < count; ++i) {
    GElf_Rel relocation;
    if (data == nullptr || gelf_getrel(data, static_cast<int>(i), &relocation) == nullptr) {
      return damaged(section.offset, fmt::format("relocation {} of {} cannot be read", i,
                                                 diag::quote(section.name)));
    }
    const std::uint64_t symbol = GELF_R_SYM(relocation.r_info);
    if (symbol >= file_.symbols_.size() || relocation.r_offset >= target.size) {
      return damaged(section.offset + i * sizeof(Elf64_Rel),
                     fmt::format("relocation {} of {} names symbol {} of {} and offset {} of {}", i,
                                 diag::quote(section.name), symbol, file_.symbols_.size(),
                                 relocation.r_offset, target.size));
    }
    file_.relocations_.push_back(
        {.section = section.info,
         .symbol = static_cast<std::uint32_t>(symbol),
         .offset = relocation.r_offset,
         .type = static_cast<ElfRelocationType>(GELF_R_TYPE(relocation.r_info))});
  }
  return {};
}

}  // namespace weir::object
