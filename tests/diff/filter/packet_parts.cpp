// How a Builder appends integers and addresses.
#include "diff/filter/packet_parts.h"

#include <arpa/inet.h>

#include <array>
#include <string>

#include "base/check.h"

namespace weir::difftest {

void Builder::u8(std::uint32_t value) { bytes.push_back(static_cast<std::byte>(value & 0xff)); }

void Builder::u16(std::uint32_t value) {
  u8(value >> 8);
  u8(value);
}

void Builder::u32(std::uint32_t value) {
  u16(value >> 16);
  u16(value);
}

void Builder::le16(std::uint32_t value) {
  u8(value);
  u8(value >> 8);
}

void Builder::le32(std::uint32_t value) {
  le16(value);
  le16(value >> 16);
}

void Builder::mac(std::uint64_t value) {
  u16(static_cast<std::uint32_t>(value >> 32));
  u32(static_cast<std::uint32_t>(value));
}

void Builder::address6(std::string_view text) {
  std::array<std::byte, 16> address;
  WEIR_CHECK(inet_pton(AF_INET6, std::string(text).c_str(), address.data()) == 1);
  bytes.insert(bytes.end(), address.begin(), address.end());
}

void Builder::noise(std::size_t count) {
  for (; count != 0; --count) u8(choices.below(256));
}

void Builder::zeros(std::size_t count) { bytes.resize(bytes.size() + count); }

void Builder::patch16(std::size_t at, std::size_t value) {
  bytes[at] = static_cast<std::byte>(value >> 8 & 0xff);
  bytes[at + 1] = static_cast<std::byte>(value & 0xff);
}

}  // namespace weir::difftest
