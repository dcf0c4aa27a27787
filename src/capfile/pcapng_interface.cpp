#include "capfile/pcapng_interface.h"

#include <string>
#include <string_view>

#include "capfile/pcapng_format.h"

namespace weir::capfile {
namespace {

constexpr unsigned kMaxPowerOfTwo = 63;  // what 64 bits can hold
constexpr unsigned kMaxPowerOfTen = 19;

Result<> set_name(Interface& interface, ByteReader& value) {
  const auto bytes = value.rest();
  interface.name.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return {};
}

Result<> set_description(Interface& interface, ByteReader& value) {
  const auto bytes = value.rest();
  interface.description.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return {};
}

std::uint64_t power(std::uint64_t base, unsigned exponent) {
  std::uint64_t result = 1;
  for (unsigned i = 0; i < exponent; ++i) result *= base;
  return result;
}

// The highest bit tells the base, the others the negative exponent.
Result<> set_resolution(Interface& interface, ByteReader& value) {
  const std::uint8_t field = value.u8();
  const bool binary = (field & 0x80) != 0;
  const unsigned exponent = field & 0x7f;
  if (exponent > (binary ? kMaxPowerOfTwo : kMaxPowerOfTen)) {
    return fail(std::string("time stamp resolution ") + (binary ? "2" : "10") + "^-" +
                std::to_string(exponent) + " is finer than 64 bits can count");
  }
  interface.ticks_per_second = power(binary ? 2 : 10, exponent);
  return {};
}

Result<> set_offset(Interface& interface, ByteReader& value) {
  interface.offset_seconds = static_cast<std::int64_t>(value.u64());
  return {};
}

struct InterfaceOption {
  std::uint16_t code;
  std::string_view name;
  std::optional<std::size_t> length;  // nullopt: any
  Result<> (*set)(Interface&, ByteReader& value);
};

const InterfaceOption kInterfaceOptions[] = {
    {kOptionInterfaceName, "if_name", {}, set_name},
    {kOptionInterfaceDescription, "if_description", {}, set_description},
    {kOptionTimeResolution, "if_tsresol", 1, set_resolution},
    {kOptionTimeOffset, "if_tsoffset", 8, set_offset},
};

Result<> apply(const BlockOption& option, std::endian order, Interface& interface) {
  for (const InterfaceOption& known : kInterfaceOptions) {
    if (known.code != option.code) continue;
    if (known.length && *known.length != option.value.size()) {
      return fail("option " + std::string(known.name) + " is " +
                  std::to_string(option.value.size()) + " bytes long, " +
                  std::to_string(*known.length) + " expected");
    }
    ByteReader value(option.value, order);
    return known.set(interface, value);
  }
  return {};
}

}  // namespace

std::optional<BlockOption> next_option(ByteReader& reader) {
  if (reader.at_end()) return std::nullopt;
  const std::uint16_t code = reader.u16();
  const std::uint16_t length = reader.u16();
  const auto value = reader.take(length);
  reader.align(4);
  if (!reader.ok() || code == kOptionEnd) return std::nullopt;
  return BlockOption{.code = code, .value = value};
}

Result<Interface> read_interface(std::span<const std::byte> body, std::endian order) {
  ByteReader reader(body, order);
  Interface interface;
  interface.link_type = link_type_from_file(reader.u16());
  reader.skip(2);
  interface.snaplen = reader.u32();
  while (const auto option = next_option(reader)) {
    if (auto applied = apply(*option, order, interface); !applied) {
      return std::unexpected(applied.error());
    }
  }
  if (!reader.ok()) return fail("interface description is cut short");
  return interface;
}

Direction read_direction(std::span<const std::byte> options, std::endian order) {
  constexpr std::size_t kFlagsLength = 4;
  ByteReader reader(options, order);
  while (const auto option = next_option(reader)) {
    if (option->code != kOptionPacketFlags || option->value.size() != kFlagsLength) continue;
    switch (load<std::uint32_t>(option->value.data(), order) & 3) {
      case 1:
        return Direction::kInbound;
      case 2:
        return Direction::kOutbound;
      default:
        return Direction::kUnknown;
    }
  }
  return Direction::kUnknown;
}

}  // namespace weir::capfile
