// The first steps: the file's header, its sections, their names.
#include "object/elf_reader.h"

#include <fmt/format.h>
#include <gelf.h>
#include <libelf.h>

#include <algorithm>
#include <cstring>

#include "object/elf_kind.h"

namespace weir::object {
namespace {

// Names in a table may share their ends; a limit keeps reading them linear.
constexpr std::size_t kMaxName = 4096;

}  // namespace

std::optional<std::string_view> elf_string(std::span<const std::byte> table, std::uint64_t offset) {
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

void ElfReader::End::operator()(Elf* elf) const { elf_end(elf); }

std::unexpected<Error> ElfReader::damaged(std::uint64_t offset, std::string message) {
  auto error = fail(std::move(message), "the file is damaged; compile it again");
  error.error().offset = offset;
  return error;
}

Elf_Data* ElfReader::data_of(std::size_t section) const {
  return elf_getdata(elf_getscn(elf_.get(), section), nullptr);
}

Result<ElfFile> ElfReader::read() {
  if (auto kind = check_elf_kind(bytes_); !kind) return std::unexpected(kind.error());
  for (const auto step :
       {&ElfReader::open, &ElfReader::read_sections, &ElfReader::read_section_names,
        &ElfReader::read_symbols, &ElfReader::read_relocations}) {
    if (auto done = (this->*step)(); !done) return std::unexpected(done.error());
  }
  return std::move(file_);
}

Result<> ElfReader::open() {
  elf_version(EV_CURRENT);
  // libelf does not write to what it only reads, but its interface does not say so.
  auto* const image = const_cast<char*>(reinterpret_cast<const char*>(bytes_.data()));
  elf_.reset(elf_memory(image, bytes_.size()));
  GElf_Ehdr header;
  if (elf_ == nullptr || gelf_getehdr(elf_.get(), &header) == nullptr)
    return damaged(0, "the ELF header is cut short");
  if (header.e_shoff == 0) return damaged(0, "the object has no sections");
  if (header.e_shoff >= bytes_.size()) {
    return damaged(
        header.e_shoff,
        fmt::format("the table of sections begins beyond the file's {} bytes", bytes_.size()));
  }
  table_offset_ = header.e_shoff;
  return {};
}

Result<> ElfReader::read_sections() {
  std::size_t count = 0;
  if (elf_getshdrnum(elf_.get(), &count) != 0 || count == 0 ||
      count > (bytes_.size() - table_offset_) / sizeof(Elf64_Shdr)) {
    return damaged(table_offset_, "the table of sections goes beyond the end of the file");
  }
  file_.sections_.resize(count);
  std::uint64_t total = 0;
  for (std::size_t i = 1; i < count; ++i) {
    GElf_Shdr header;
    if (gelf_getshdr(elf_getscn(elf_.get(), i), &header) == nullptr)
      return damaged(table_offset_, fmt::format("section {} cannot be read", i));
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
      return damaged(header.sh_offset,
                     fmt::format("section {} has {} bytes, which end beyond the file's {}", i,
                                 header.sh_size, bytes_.size()));
    }
    // So that nothing can be read, copied or decoded many times.
    if ((total += header.sh_size) > bytes_.size()) {
      return damaged(header.sh_offset,
                     fmt::format("section {} shares its bytes with another one", i));
    }
    section.bytes = bytes_.subspan(header.sh_offset, header.sh_size);
  }
  return {};
}

Result<> ElfReader::read_section_names() {
  std::size_t index = 0;
  if (elf_getshdrstrndx(elf_.get(), &index) != 0 || index >= file_.sections_.size())
    return damaged(table_offset_, "the section with the names of sections is missing");
  const std::span<const std::byte> names = file_.sections_[index].bytes;
  for (std::size_t i = 1; i < file_.sections_.size(); ++i) {
    const auto name = elf_string(names, name_offsets_[i - 1]);
    if (!name) return damaged(table_offset_, fmt::format("the name of section {} is nowhere", i));
    file_.sections_[i].name = *name;
  }
  return {};
}

}  // namespace weir::object
