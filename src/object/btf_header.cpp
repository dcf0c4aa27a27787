#include "object/btf_header.h"

#include <fmt/format.h>

namespace weir::object {
namespace {

constexpr std::uint16_t kMagic = 0xeb9f;
constexpr std::uint16_t kSwappedMagic = 0x9feb;
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kTypeAlignment = 4;

Result<std::span<const std::byte>> part(std::span<const std::byte> bytes, std::string_view name,
                                        std::uint32_t offset, std::uint32_t length) {
  if (offset > bytes.size() || length > bytes.size() - offset) {
    return fail(fmt::format("broken BTF: the {} lie at {} to {} of {} bytes", name, offset,
                            std::uint64_t{offset} + length, bytes.size()),
                "was the file damaged or cut short");
  }
  return bytes.subspan(offset, length);
}

}  // namespace

Result<std::uint32_t> read_btf_preamble(ByteReader& reader, std::string_view section) {
  const std::size_t all = reader.remaining();
  const std::uint16_t magic = reader.u16();
  const std::uint8_t version = reader.u8();
  reader.skip(1);  // flags, none of which is defined
  const std::uint32_t length = reader.u32();
  if (auto read = reader.status(section); !read) return std::unexpected(read.error());
  if (magic == kSwappedMagic) {
    return fail(fmt::format("{} is that of a big-endian machine", section),
                "compile with -target bpfel; weir reads little-endian objects",
                ErrorKind::kUnsupported);
  }
  if (magic != kMagic) {
    return fail(fmt::format("{} begins with {:#06x}, not with {:#06x}", section, magic, kMagic),
                "is this a file of types (BTF)");
  }
  if (version != kVersion) {
    return fail(fmt::format("{} has version {}", section, version), "weir knows version 1",
                ErrorKind::kUnsupported);
  }
  if (length < reader.position() || length > all) {
    return fail(fmt::format("{} has a header of {} bytes in {}", section, length, all),
                "was the file damaged or cut short");
  }
  return length;
}

Result<BtfHeader> read_btf_header(std::span<const std::byte> bytes) {
  ByteReader reader(bytes, std::endian::little);
  const auto length = read_btf_preamble(reader, ".BTF");
  if (!length) return std::unexpected(length.error());
  const std::uint32_t types_at = reader.u32();
  const std::uint32_t types_length = reader.u32();
  const std::uint32_t strings_at = reader.u32();
  const std::uint32_t strings_length = reader.u32();
  if (auto read = reader.status(".BTF"); !read) return std::unexpected(read.error());
  if (types_at % kTypeAlignment != 0) {
    return fail(fmt::format("broken BTF: the types begin at {}, not at a multiple of {}", types_at,
                            kTypeAlignment));
  }
  const std::span<const std::byte> body = bytes.subspan(*length);
  const auto types = part(body, "types", types_at, types_length);
  if (!types) return std::unexpected(types.error());
  const auto strings = part(body, "names", strings_at, strings_length);
  if (!strings) return std::unexpected(strings.error());
  return BtfHeader{.types = *types, .strings = *strings};
}

}  // namespace weir::object
