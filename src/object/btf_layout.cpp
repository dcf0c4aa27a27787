#include "object/btf_layout.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/endian.h"
#include "base/reader.h"
#include "object/btf_header.h"
#include "object/btf_types.h"

namespace weir::object {
namespace {

constexpr auto kOrder = std::endian::little;

void place_variables(const ElfFile& file, std::uint32_t section, std::span<std::byte> btf) {
  for (const ElfRelocation& relocation : file.relocations_of(section)) {
    if (relocation.offset + sizeof(std::uint32_t) > btf.size()) continue;
    std::byte* const at = btf.data() + relocation.offset;
    const auto value = static_cast<std::uint32_t>(file.symbols()[relocation.symbol].value);
    store(at, load<std::uint32_t>(at, kOrder) + value, kOrder);
  }
}

std::string_view name_at(std::span<const std::byte> strings, std::uint32_t offset) {
  if (offset >= strings.size()) return {};
  const auto* const begin = reinterpret_cast<const char*>(strings.data()) + offset;
  // Names of sections are short; a longer one is none.
  constexpr std::size_t kLongest = 128;
  return {begin, ::strnlen(begin, std::min(strings.size() - offset, kLongest))};
}

// Linux wants the variables of a section in the order of their offsets.
void sort_rows(std::span<std::byte> bytes) {
  struct Row {
    std::array<std::byte, 3 * sizeof(std::uint32_t)> bytes;  // type, offset, size
    auto place() const {
      return std::pair(load<std::uint32_t>(&bytes[4], kOrder),
                       load<std::uint32_t>(bytes.data(), kOrder));
    }
  };
  if (bytes.empty()) return;
  std::vector<Row> rows(bytes.size() / sizeof(Row));
  std::memcpy(rows.data(), bytes.data(), rows.size() * sizeof(Row));
  std::ranges::sort(rows, {}, &Row::place);
  std::memcpy(bytes.data(), rows.data(), rows.size() * sizeof(Row));
}

// Walks the types, and stops where Btf::parse will find that they are broken.
void order_sections(const ElfFile& file, const BtfHeader& header, std::span<std::byte> btf) {
  std::unordered_map<std::string_view, std::uint64_t> sizes;
  for (const ElfSection& section : file.sections()) sizes.emplace(section.name, section.size);
  ByteReader reader(header.types, kOrder,
                    static_cast<std::uint64_t>(header.types.data() - btf.data()));
  while (reader.ok() && !reader.at_end()) {
    const std::uint32_t name = reader.u32();
    const std::uint32_t info = reader.u32();
    const std::uint64_t size_at = reader.offset();
    reader.skip(sizeof(std::uint32_t));
    const std::uint32_t kind = info >> 24 & 0x1f;
    if (!reader.ok() || kind >= kBtfKinds.size()) return;
    const std::size_t rows_size = std::size_t{kBtfKinds[kind].row_size} * (info & 0xffff);
    reader.skip(kBtfKinds[kind].fixed_size);
    const std::uint64_t rows_at = reader.offset();
    reader.skip(rows_size);
    if (!reader.ok() || kBtfKinds[kind].kind != BtfKind::kSection) continue;
    sort_rows(btf.subspan(rows_at, rows_size));
    const auto section = sizes.find(name_at(header.strings, name));
    if (section != sizes.end())
      store(btf.data() + size_at, static_cast<std::uint32_t>(section->second), kOrder);
  }
}

}  // namespace

Result<std::vector<std::byte>> lay_out_btf(const ElfFile& file) {
  const ElfSection* const section = file.find(".BTF");
  if (section == nullptr || section->bytes.empty()) return std::vector<std::byte>{};
  std::vector<std::byte> btf(section->bytes.begin(), section->bytes.end());
  place_variables(file, static_cast<std::uint32_t>(section - file.sections().data()), btf);
  const auto header = read_btf_header(btf);
  if (!header) return std::unexpected(header.error());
  order_sections(file, *header, btf);
  return btf;
}

}  // namespace weir::object
