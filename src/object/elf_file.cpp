#include "object/elf_file.h"

#include <fmt/format.h>
#include <gelf.h>
#include <libelf.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <tuple>

#include "diag/quote.h"
#include "object/elf_kind.h"

namespace weir::object {
namespace {

// Names in a table may share their ends; a limit keeps reading them linear.
constexpr std::size_t kMaxName = 4096;

std::optional<std::string_view> string_at(std::span<const std::byte> table, std::uint64_t offset) {
  if (offset == 0 && table.empty()) return std::string_view{};
  if (offset >= table.size()) return std::nullopt;
  const std::span<const std::byte> rest = table.subspan(offset);
  const std::size_t most = std::min(rest.size(), kMaxName);
  const void* const end = std::memchr(rest.data(), 0, most);
  if (end == nullptr) return std::nullopt;
  return std::string_view(
      reinterpret_cast<const char*>(rest.data()),
      static_cast<std::size_t>(static_cast<const std::byte*>(end) - rest.data()));
}

std::unexpected<Error> fail_at(std::uint64_t offset, std::string message, std::string hint) {
  auto error = fail(std::move(message), std::move(hint));
  error.error().offset = offset;
  return error;
}

constexpr auto kDamaged = "the file is damaged; compile it again";

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

bool ElfSection::is_code() const { return type == SHT_PROGBITS && (flags & SHF_EXECINSTR) != 0; }
bool ElfSection::has_content() const {
  return (type == SHT_PROGBITS || type == SHT_NOBITS) && (flags & SHF_ALLOC) != 0;
}

// Reads the parts in the order in which they depend on each other.
class ElfReader {
 public:
  explicit ElfReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  Result<ElfFile> read() {
    if (auto kind = check_elf_kind(bytes_); !kind) return std::unexpected(kind.error());
    for (const auto step :
         {&ElfReader::open, &ElfReader::read_sections, &ElfReader::read_section_names,
          &ElfReader::read_symbols, &ElfReader::read_relocations}) {
      if (auto done = (this->*step)(); !done) return std::unexpected(done.error());
    }
    return std::move(file_);
  }

 private:
  Result<> open() {
    elf_version(EV_CURRENT);
    // libelf does not write to what it only reads, but its interface does not say so.
    auto* const image = const_cast<char*>(reinterpret_cast<const char*>(bytes_.data()));
    elf_.reset(elf_memory(image, bytes_.size()));
    GElf_Ehdr header;
    if (elf_ == nullptr || gelf_getehdr(elf_.get(), &header) == nullptr)
      return fail_at(0, "the ELF header is cut short", kDamaged);
    if (header.e_shoff == 0) return fail("the object has no sections", kDamaged);
    if (header.e_shoff >= bytes_.size()) {
      return fail_at(
          header.e_shoff,
          fmt::format("the table of sections begins beyond the file's {} bytes", bytes_.size()),
          kDamaged);
    }
    table_offset_ = header.e_shoff;
    return {};
  }

  Result<> read_sections() {
    std::size_t count = 0;
    if (elf_getshdrnum(elf_.get(), &count) != 0 || count == 0 ||
        count > (bytes_.size() - table_offset_) / sizeof(Elf64_Shdr)) {
      return fail_at(table_offset_, "the table of sections goes beyond the end of the file",
                     kDamaged);
    }
    file_.sections_.resize(count);
    for (std::size_t i = 1; i < count; ++i) {
      GElf_Shdr header;
      if (gelf_getshdr(elf_getscn(elf_.get(), i), &header) == nullptr)
        return fail_at(table_offset_, fmt::format("section {} cannot be read", i), kDamaged);
      ElfSection& section = file_.sections_[i];
      section = {.name = {},
                 .type = header.sh_type,
                 .flags = header.sh_flags,
                 .size = header.sh_size,
                 .offset = header.sh_offset,
                 .link = header.sh_link,
                 .info = header.sh_info,
                 .bytes = {}};
      name_offsets_.push_back(header.sh_name);
      if (header.sh_type == SHT_NOBITS || header.sh_type == SHT_NULL) continue;
      if (header.sh_offset > bytes_.size() || header.sh_size > bytes_.size() - header.sh_offset) {
        return fail_at(header.sh_offset,
                       fmt::format("section {} has {} bytes, which end beyond the file's {}", i,
                                   header.sh_size, bytes_.size()),
                       "is the file cut short; copy or compile it again");
      }
      section.bytes = bytes_.subspan(header.sh_offset, header.sh_size);
    }
    return {};
  }

  Result<> read_section_names() {
    std::size_t index = 0;
    if (elf_getshdrstrndx(elf_.get(), &index) != 0 || index >= file_.sections_.size())
      return fail("the section with the names of sections is missing", kDamaged);
    const std::span<const std::byte> names = file_.sections_[index].bytes;
    for (std::size_t i = 1; i < file_.sections_.size(); ++i) {
      const auto name = string_at(names, name_offsets_[i - 1]);
      if (!name) return fail(fmt::format("the name of section {} is nowhere", i), kDamaged);
      file_.sections_[i].name = *name;
    }
    return {};
  }

  Result<> read_symbols() {
    const auto table =
        std::ranges::find(file_.sections_, std::uint32_t{SHT_SYMTAB}, &ElfSection::type);
    if (table == file_.sections_.end()) {
      return fail("the object has no symbols, so its programs and maps have no names",
                  "was it stripped; use `llvm-strip -g`, which keeps symbols, or do not strip it");
    }
    symbol_table_ = static_cast<std::uint32_t>(table - file_.sections_.begin());
    if (table->link >= file_.sections_.size())
      return fail_at(table->offset, "the names of symbols are missing", kDamaged);
    const std::span<const std::byte> names = file_.sections_[table->link].bytes;
    Elf_Data* const data = elf_getdata(elf_getscn(elf_.get(), symbol_table_), nullptr);
    Elf_Data* const extended = extended_indices();
    const std::size_t count = table->size / sizeof(Elf64_Sym);
    file_.symbols_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      GElf_Sym symbol;
      Elf32_Word section = 0;
      if (data == nullptr ||
          gelf_getsymshndx(data, extended, static_cast<int>(i), &symbol, &section) == nullptr)
        return fail_at(table->offset, fmt::format("symbol {} cannot be read", i), kDamaged);
      const auto name = string_at(names, symbol.st_name);
      if (!name)
        return fail_at(table->offset, fmt::format("the name of symbol {} is nowhere", i), kDamaged);
      if (auto added = add_symbol(symbol, section, *name); !added) return added;
    }
    return {};
  }

  // The section numbers of symbols where there are too many sections for 16 bits.
  Elf_Data* extended_indices() {
    const auto table =
        std::ranges::find(file_.sections_, std::uint32_t{SHT_SYMTAB_SHNDX}, &ElfSection::type);
    if (table == file_.sections_.end() || table->link != symbol_table_) return nullptr;
    const auto index = static_cast<std::size_t>(table - file_.sections_.begin());
    return elf_getdata(elf_getscn(elf_.get(), index), nullptr);
  }

  Result<> add_symbol(const GElf_Sym& from, std::uint32_t extended, std::string_view name) {
    std::uint32_t section = from.st_shndx;
    if (section == SHN_XINDEX) {
      section = extended;
    } else if (section >= SHN_LORESERVE) {
      section = ElfSymbol::kNoSection;
    }
    if (section != ElfSymbol::kNoSection && section >= file_.sections_.size()) {
      return fail(fmt::format("symbol {} is in section {}, of {}", diag::quote(name), section,
                              file_.sections_.size()),
                  kDamaged);
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

  Result<> read_relocations() {
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

  Result<> read_relocation_section(std::size_t index) {
    const ElfSection& section = file_.sections_[index];
    if (section.info == 0 || section.info >= file_.sections_.size()) {
      return fail_at(section.offset,
                     fmt::format("relocations {} are for section {}, of {}",
                                 diag::quote(section.name), section.info, file_.sections_.size()),
                     kDamaged);
    }
    // Debug information is not looked at, and a good part of all relocations.
    const ElfSection& target = file_.sections_[section.info];
    if (target.name.starts_with(".debug_") || target.name.starts_with(".eh_frame")) return {};
    if (section.type == SHT_RELA) {
      return fail_at(
          section.offset,
          fmt::format("relocations {} have addends of their own (RELA), which no compiler "
                      "for BPF writes",
                      diag::quote(section.name)),
          kDamaged);
    }
    Elf_Data* const data = elf_getdata(elf_getscn(elf_.get(), index), nullptr);
    const std::size_t count = section.size / sizeof(Elf64_Rel);
    file_.relocations_.reserve(file_.relocations_.size() + count);
    for (std::size_t i = 0; i < count; ++i) {
      GElf_Rel relocation;
      if (data == nullptr || gelf_getrel(data, static_cast<int>(i), &relocation) == nullptr) {
        return fail_at(
            section.offset,
            fmt::format("relocation {} of {} cannot be read", i, diag::quote(section.name)),
            kDamaged);
      }
      const std::uint64_t symbol = GELF_R_SYM(relocation.r_info);
      if (symbol >= file_.symbols_.size() || relocation.r_offset >= target.size) {
        return fail_at(section.offset + i * sizeof(Elf64_Rel),
                       fmt::format("relocation {} of {} names symbol {} of {} and offset {} of {}",
                                   i, diag::quote(section.name), symbol, file_.symbols_.size(),
                                   relocation.r_offset, target.size),
                       kDamaged);
      }
      file_.relocations_.push_back(
          {.section = section.info,
           .symbol = static_cast<std::uint32_t>(symbol),
           .offset = relocation.r_offset,
           .type = static_cast<ElfRelocationType>(GELF_R_TYPE(relocation.r_info))});
    }
    return {};
  }

  struct End {
    void operator()(Elf* elf) const { elf_end(elf); }
  };

  std::span<const std::byte> bytes_;
  std::unique_ptr<Elf, End> elf_;
  ElfFile file_;
  std::vector<std::uint32_t> name_offsets_;  // of the sections from the second on
  std::uint64_t table_offset_ = 0;
  std::uint32_t symbol_table_ = 0;
};

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
