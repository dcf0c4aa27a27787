// ElfReader: reads an ElfFile in steps that depend on each other; for elf_file.cpp alone. libelf
// knows where headers, symbols and relocations are; sizes and numbers in them are checked here.
#pragma once

#include <libelf.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <weir/result.h>

#include "object/elf_file.h"

namespace weir::object {

class ElfReader {
 public:
  explicit ElfReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  // To be called once.
  Result<ElfFile> read();

 private:
  struct RawSymbol;
  struct End {
    void operator()(Elf* elf) const;
  };

  // The steps, in their order.
  Result<> open();
  Result<> read_sections();
  Result<> read_section_names();
  Result<> read_symbols();
  Result<> read_relocations();

  // The section numbers of symbols where there are too many sections for 16 bits; else nullptr.
  Elf_Data* extended_numbers() const;
  Elf_Data* data_of(std::size_t section) const;
  Result<> add_symbol(const RawSymbol& raw, std::string_view name);
  Result<> read_relocation_section(std::size_t index);

  // An error at `offset` of a file that no compiler writes.
  static std::unexpected<Error> damaged(std::uint64_t offset, std::string message);

  std::span<const std::byte> bytes_;
  std::unique_ptr<Elf, End> elf_;
  ElfFile file_;
  std::vector<std::uint32_t> name_offsets_;  // of the sections from the second on
  std::uint64_t table_offset_ = 0;
  std::uint32_t symbol_table_ = 0;
};

// The string at `offset` of a table of them; nullopt when it is not there, does not end, or is
// longer than names are.
std::optional<std::string_view> elf_string(std::span<const std::byte> table, std::uint64_t offset);

}  // namespace weir::object
