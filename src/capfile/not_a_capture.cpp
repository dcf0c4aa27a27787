// What a file that is no capture looks like, so that the error can say how to go on.
#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

#include "base/endian.h"
#include "capfile/decoder.h"

namespace weir::capfile {
namespace {

struct Looks {
  std::string_view magic;
  std::string_view what;
  std::string_view hint;
};

using namespace std::string_view_literals;

constexpr std::string_view kDecompress = "decompress it first; gzip and zstd are read as they are";
constexpr std::string_view kConvert =
    "convert it to pcap or pcapng first, with editcap for example";

constexpr Looks kLooks[] = {
    {"\x1f\x8b"sv, "gzip data inside of compressed data", "decompress it once"},
    {"\x28\xb5\x2f\xfd"sv, "zstd data inside of compressed data", "decompress it once"},
    {"\xfd\x37zXZ\0"sv, "xz data", kDecompress},
    {"BZh"sv, "bzip2 data", kDecompress},
    {"\x04\x22\x4d\x18"sv, "lz4 data", kDecompress},
    {"\x1f\x9d"sv, "compress(1) data", kDecompress},
    {"PK\x03\x04"sv, "a zip archive", "unpack it first"},
    {"snoop\0\0\0"sv, "a Solaris snoop capture", kConvert},
    {"btsnoop\0"sv, "a Bluetooth snoop capture", kConvert},
    {"GMBU"sv, "a Network Monitor capture", kConvert},
    {"RTSS"sv, "a Network Monitor 1 capture", kConvert},
    {"TRSNIFF data"sv, "a Sniffer capture", kConvert},
    {"XCP\0"sv, "a NetXRay capture", kConvert},
    {"LOGG"sv, "a Vector BLF log", kConvert},
    {"\x7f"
     "ELF"sv,
     "an ELF file", "name a capture file here"},
    {"\xd4\xc3\xb2\x0a"sv, "a pcap file that was transferred as text", "transfer it in binary"},
};

// ERF has no magic: a record begins with 8 bytes of time, its type, flags, and its length, which
// covers at least its own header (Endace's ERF type reference).
bool looks_like_erf(std::span<const std::byte> start) {
  constexpr std::size_t kErfHeader = 16;
  constexpr auto kHighestType = std::byte{48};
  if (start.size() < kErfHeader) return false;
  const std::byte type = start[8] & std::byte{0x7f};
  const auto length = load_be<std::uint16_t>(start.data() + 10);
  const auto seconds = load<std::uint32_t>(start.data() + 4, std::endian::little);
  constexpr std::uint32_t kYear2000 = 946'684'800;
  return type != std::byte{0} && type <= kHighestType && length >= kErfHeader && length < 0x4000 &&
         seconds > kYear2000;
}

bool is_text(std::span<const std::byte> start) {
  return std::ranges::all_of(start, [](std::byte byte) {
    const auto c = std::to_integer<unsigned char>(byte);
    return c >= 0x20 ? c < 0x7f : c == '\n' || c == '\r' || c == '\t';
  });
}

Looks look(std::span<const std::byte> start) {
  const std::string_view text(reinterpret_cast<const char*>(start.data()), start.size());
  for (const Looks& looks : kLooks) {
    if (text.starts_with(looks.magic)) return looks;
  }
  if (is_text(start)) return {{}, "text", "hex dumps become captures with text2pcap"};
  if (looks_like_erf(start)) return {{}, "an ERF capture", kConvert};
  return {};
}

std::string first_bytes(std::span<const std::byte> start) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::byte byte : start.first(std::min<std::size_t>(start.size(), 4))) {
    const auto value = std::to_integer<unsigned>(byte);
    if (!text.empty()) text += ' ';
    text += kDigits[value >> 4];
    text += kDigits[value & 15];
  }
  return text;
}

}  // namespace

Error not_a_capture(std::span<const std::byte> start) {
  if (start.empty()) {
    return {.message = "file is empty: a pcap or pcapng header expected", .hint = {}, .offset = 0};
  }
  const Looks looks = look(start.first(std::min(start.size(), kFileHeaderBytes)));
  std::string message = "not a capture file: ";
  message += looks.what.empty() ? "it begins with " + first_bytes(start)
                                : "it looks like " + std::string(looks.what);
  return {.message = std::move(message),
          .hint = looks.hint.empty() ? "pcap and pcapng can be read, also as gzip or zstd"
                                     : std::string(looks.hint),
          .offset = 0};
}

}  // namespace weir::capfile
