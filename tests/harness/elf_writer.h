// Writes BPF object files for tests, right ones and broken ones. Every number of the header and of
// a section can be set to what no compiler writes.
#pragma once

#include <elf.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "isa/extended.h"
#include "isa/extended_code.h"

namespace weir::test {

class ElfWriter {
 public:
  using Bytes = std::vector<std::byte>;

  ElfWriter() {
    const unsigned char ident[] = {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT};
    std::memcpy(header.e_ident, ident, sizeof ident);
    header.e_type = ET_REL;
    header.e_machine = EM_BPF;
    header.e_version = EV_CURRENT;
    header.e_ehsize = sizeof header;
    header.e_shentsize = sizeof(Elf64_Shdr);
    add_section("", SHT_NULL, 0, {});
    symbols_.push_back({});
  }

  // Returns its number.
  std::uint32_t add_section(std::string_view name, std::uint32_t type, std::uint64_t flags,
                            Bytes bytes) {
    Section section;
    section.header.sh_name = add_name(section_names_, name);
    section.header.sh_type = type;
    section.header.sh_flags = flags;
    section.header.sh_size = bytes.size();
    section.header.sh_addralign = 8;
    section.bytes = std::move(bytes);
    sections_.push_back(std::move(section));
    return static_cast<std::uint32_t>(sections_.size() - 1);
  }

  std::uint32_t add_code(std::string_view name, std::span<const isa::ExtendedInsn> code) {
    return add_section(name, SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR,
                       isa::encode_extended(code, std::endian::little));
  }

  std::uint32_t add_data(std::string_view name, Bytes bytes) {
    return add_section(name, SHT_PROGBITS, SHF_ALLOC | SHF_WRITE, std::move(bytes));
  }

  // Of 32-bit numbers.
  static Bytes words(std::initializer_list<std::uint32_t> values) {
    Bytes bytes;
    for (const std::uint32_t value : values) {
      for (int shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<std::byte>(value >> shift & 0xff));
    }
    return bytes;
  }

  // Returns its number.
  std::uint32_t add_symbol(std::string_view name, std::uint32_t section, std::uint64_t value,
                           std::uint64_t size, unsigned char type,
                           unsigned char bind = STB_GLOBAL) {
    Elf64_Sym symbol = {};
    symbol.st_name = add_name(symbol_names_, name);
    symbol.st_info = static_cast<unsigned char>(bind << 4 | type);
    // Higher numbers have special meanings; sections that have them stand in a table of their own.
    const bool far = section >= SHN_LORESERVE;
    symbol.st_shndx = far ? SHN_XINDEX : static_cast<std::uint16_t>(section);
    extended_.resize(symbols_.size() + 1);
    extended_.back() = far ? section : 0;
    symbol.st_value = value;
    symbol.st_size = size;
    symbols_.push_back(symbol);
    return static_cast<std::uint32_t>(symbols_.size() - 1);
  }

  void add_relocation(std::uint32_t section, std::uint64_t offset, std::uint32_t type,
                      std::uint32_t symbol) {
    relocations_.push_back({section, {offset, std::uint64_t{symbol} << 32 | type}});
  }

  // The whole file; to be called once. The table of sections stands at its end.
  Bytes finish() {
    if (with_symbols) add_symbol_table();
    add_relocation_sections();
    const std::uint32_t names = add_section(".shstrtab", SHT_STRTAB, 0, {});
    sections_[names].bytes = bytes_of(section_names_);
    sections_[names].header.sh_size = section_names_.size();
    Bytes out(sizeof header);
    for (Section& section : sections_) {
      if (section.header.sh_offset == 0) section.header.sh_offset = out.size();
      out.insert(out.end(), section.bytes.begin(), section.bytes.end());
    }
    finish_header(names, out.size());
    for (const Section& section : sections_) append(out, &section.header, sizeof section.header);
    std::memcpy(out.data(), &header, sizeof header);
    return out;
  }

  Elf64_Shdr& section_header(std::uint32_t index) { return sections_.at(index).header; }

  Elf64_Ehdr header = {};
  bool with_symbols = true;

 private:
  struct Section {
    Elf64_Shdr header = {};
    Bytes bytes;
  };
  struct Relocation {
    std::uint32_t section;
    Elf64_Rel entry;
  };

  static std::uint32_t add_name(std::string& names, std::string_view name) {
    if (names.empty()) names.push_back('\0');
    if (name.empty()) return 0;
    const auto at = static_cast<std::uint32_t>(names.size());
    names.append(name).push_back('\0');
    return at;
  }

  static Bytes bytes_of(const std::string& text) {
    Bytes out;
    append(out, text.data(), text.size());
    return out;
  }

  static void append(Bytes& out, const void* from, std::size_t size) {
    const auto* const bytes = static_cast<const std::byte*>(from);
    out.insert(out.end(), bytes, bytes + size);
  }

  void add_symbol_table() {
    const std::uint32_t names = add_section(".strtab", SHT_STRTAB, 0, bytes_of(symbol_names_));
    Bytes bytes;
    append(bytes, symbols_.data(), symbols_.size() * sizeof(Elf64_Sym));
    symbol_table_ = add_section(".symtab", SHT_SYMTAB, 0, std::move(bytes));
    section_header(symbol_table_).sh_link = names;
    section_header(symbol_table_).sh_entsize = sizeof(Elf64_Sym);
    if (sections_.size() < SHN_LORESERVE) return;
    Bytes numbers;
    append(numbers, extended_.data(), extended_.size() * sizeof(std::uint32_t));
    const std::uint32_t far = add_section(".symtab_shndx", SHT_SYMTAB_SHNDX, 0, std::move(numbers));
    section_header(far).sh_link = symbol_table_;
    section_header(far).sh_entsize = sizeof(std::uint32_t);
  }

  void add_relocation_sections() {
    for (std::uint32_t target = 1; target < symbol_table_; ++target) {
      Bytes bytes;
      for (const Relocation& relocation : relocations_) {
        if (relocation.section == target) append(bytes, &relocation.entry, sizeof relocation.entry);
      }
      if (bytes.empty()) continue;
      const std::uint32_t index = add_section(".rel", SHT_REL, 0, std::move(bytes));
      section_header(index).sh_link = symbol_table_;
      section_header(index).sh_info = target;
      section_header(index).sh_entsize = sizeof(Elf64_Rel);
    }
  }

  // With 65,280 sections and more, the first one's header says how many there are.
  void finish_header(std::uint32_t names, std::size_t table) {
    header.e_shoff = table;
    const bool many = sections_.size() >= SHN_LORESERVE;
    header.e_shnum = many ? 0 : static_cast<std::uint16_t>(sections_.size());
    header.e_shstrndx = many ? SHN_XINDEX : static_cast<std::uint16_t>(names);
    sections_[0].header.sh_offset = 0;
    if (!many) return;
    sections_[0].header.sh_size = sections_.size();
    sections_[0].header.sh_link = static_cast<std::uint32_t>(sections_.size() - 1);
  }

  std::vector<Section> sections_;
  std::vector<Elf64_Sym> symbols_;
  std::vector<std::uint32_t> extended_;  // numbers of sections, by symbol
  std::vector<Relocation> relocations_;
  std::string section_names_;
  std::string symbol_names_;
  std::uint32_t symbol_table_ = 0;
};

}  // namespace weir::test
