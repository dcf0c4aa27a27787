// ElfFile: sections, symbols and relocations of a relocatable BPF object, every offset and number
// of them checked. The only user of libelf. Source of the format: System V ABI, chapter 4 and 5.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <weir/result.h>

namespace weir::object {

struct ElfSection {
  std::string_view name;
  std::uint32_t type = 0;    // SHT_*
  std::uint64_t flags = 0;   // SHF_*
  std::uint64_t size = 0;    // bytes; without data in the file for SHT_NOBITS
  std::uint64_t offset = 0;  // in the file
  std::uint32_t link = 0;
  std::uint32_t info = 0;
  std::span<const std::byte> bytes;  // empty for SHT_NOBITS

  bool is_code() const;      // is run
  bool has_content() const;  // is there for the program, not for linkers and debuggers
};

enum class ElfSymbolType : std::uint8_t { kNone, kObject, kFunction, kSection, kFile };

struct ElfSymbol {
  // What `section` says when it is none: absolute, common.
  static constexpr std::uint32_t kNoSection = ~std::uint32_t{0};

  std::string_view name;
  ElfSymbolType type = ElfSymbolType::kNone;
  bool local = false;
  bool weak = false;
  bool hidden = false;
  std::uint32_t section = 0;  // 0: undefined; else a section, or kNoSection
  std::uint64_t value = 0;    // offset in the section
  std::uint64_t size = 0;
};

// R_BPF_*, from LLVM's llvm/BinaryFormat/ELFRelocs/BPF.def.
enum class ElfRelocationType : std::uint32_t {
  kWide = 1,       // R_BPF_64_64: the load of 64 bits
  kAddress64 = 2,  // R_BPF_64_ABS64: 64 bits of data
  kAddress32 = 3,  // R_BPF_64_ABS32
  kDebug32 = 4,    // R_BPF_64_NODYLD32: 32 bits of debug information
  kCall = 10,      // R_BPF_64_32: a call
};

struct ElfRelocation {
  std::uint32_t section = 0;  // in which something is relocated
  std::uint32_t symbol = 0;   // of symbols()
  std::uint64_t offset = 0;   // in the section
  ElfRelocationType type{};
};

// Views into the bytes that it was read from, which must outlive it.
class ElfFile {
 public:
  // A 64-bit little-endian relocatable file for BPF; anything else is an error that says what it is
  // instead. An error's offset, where it has one, is that in the file.
  static Result<ElfFile> read(std::span<const std::byte> bytes);

  // By number; the first is always the empty one.
  std::span<const ElfSection> sections() const { return sections_; }
  std::span<const ElfSymbol> symbols() const { return symbols_; }
  // By section, then by offset. Their section and symbol exist, the offset is inside the section.
  std::span<const ElfRelocation> relocations() const { return relocations_; }
  std::span<const ElfRelocation> relocations_of(std::uint32_t section) const;

  // The first with that name; nullptr when there is none.
  const ElfSection* find(std::string_view name) const;

 private:
  std::vector<ElfSection> sections_;
  std::vector<ElfSymbol> symbols_;
  std::vector<ElfRelocation> relocations_;

  friend class ElfReader;
};

}  // namespace weir::object
