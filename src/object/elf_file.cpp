#include "object/elf_file.h"

#include <elf.h>

#include <algorithm>

#include "object/elf_reader.h"

namespace weir::object {

bool ElfSection::is_code() const { return type == SHT_PROGBITS && (flags & SHF_EXECINSTR) != 0; }
bool ElfSection::has_content() const {
  return (type == SHT_PROGBITS || type == SHT_NOBITS) && (flags & SHF_ALLOC) != 0;
}

Result<ElfFile> ElfFile::read(std::span<const std::byte> bytes) { return ElfReader(bytes).read(); }

std::span<const ElfRelocation> ElfFile::relocations_of(std::uint32_t section) const {
  const auto range = std::ranges::equal_range(relocations_, section, {}, &ElfRelocation::section);
  return {range.begin(), range.end()};
}

const ElfSection* ElfFile::find(std::string_view name) const {
  const auto section = std::ranges::find(sections_, name, &ElfSection::name);
  return section == sections_.end() ? nullptr : &*section;
}

}  // namespace weir::object
