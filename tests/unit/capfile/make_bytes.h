// Capture files made by hand, field by field, for the tests of this room.
#pragma once

#include <bit>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "base/writer.h"
#include "harness/memory_streams.h"

namespace weir::test {

inline constexpr auto kLittle = std::endian::little;
inline constexpr auto kBig = std::endian::big;

// `length` bytes that tell where they stand.
inline Bytes payload(std::size_t length, unsigned first = 0) {
  Bytes bytes(length);
  for (std::size_t i = 0; i < length; ++i) bytes[i] = std::byte((first + i) & 0xff);
  return bytes;
}

inline Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

struct PcapHeaderFields {
  std::uint32_t magic = 0xa1b2c3d4;
  std::uint16_t major = 2;
  std::uint16_t minor = 4;
  std::uint32_t snaplen = 262144;
  std::uint32_t network = 1;
};

inline Bytes pcap_header(std::endian order, const PcapHeaderFields& fields = {}) {
  ByteWriter out(order);
  out.u32(fields.magic);
  out.u16(fields.major);
  out.u16(fields.minor);
  out.zeros(8);
  out.u32(fields.snaplen);
  out.u32(fields.network);
  return out.release();
}

struct RecordFields {
  std::uint32_t seconds = 1'700'000'000;
  std::uint32_t ticks = 0;
  std::uint32_t caplen = 0;
  std::uint32_t wire_length = 0;
};

inline Bytes pcap_record(std::endian order, const RecordFields& fields, const Bytes& data) {
  ByteWriter out(order);
  out.u32(fields.seconds);
  out.u32(fields.ticks);
  out.u32(fields.caplen);
  out.u32(fields.wire_length);
  out.append(data);
  return out.release();
}

inline Bytes pcap_record(std::endian order, std::uint32_t seconds, std::uint32_t ticks,
                         const Bytes& data) {
  const auto length = static_cast<std::uint32_t>(data.size());
  return pcap_record(order, {seconds, ticks, length, length}, data);
}

// A block with the length right at both ends and the body padded.
inline Bytes block(std::endian order, std::uint32_t type, const Bytes& body) {
  ByteWriter out(order);
  const auto length = static_cast<std::uint32_t>((body.size() + 3) / 4 * 4 + 12);
  out.u32(type);
  out.u32(length);
  out.append(body);
  out.align(4);
  out.u32(length);
  return out.release();
}

inline Bytes option(std::endian order, std::uint16_t code, const Bytes& value) {
  ByteWriter out(order);
  out.u16(code);
  out.u16(static_cast<std::uint16_t>(value.size()));
  out.append(value);
  out.align(4);
  return out.release();
}

inline Bytes text(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

inline Bytes u64_bytes(std::endian order, std::uint64_t value) {
  ByteWriter out(order);
  out.u64(value);
  return out.release();
}

inline Bytes section(std::endian order, const Bytes& options = {}, std::uint64_t length = ~0ull,
                     std::uint16_t major = 1) {
  ByteWriter out(order);
  out.u32(0x1a2b3c4d);
  out.u16(major);
  out.u16(0);
  out.u64(length);
  out.append(options);
  return block(order, 0x0a0d0d0a, out.release());
}

inline Bytes interface(std::endian order, std::uint16_t link_type, std::uint32_t snaplen = 0,
                       const Bytes& options = {}) {
  ByteWriter out(order);
  out.u16(link_type);
  out.u16(0);
  out.u32(snaplen);
  out.append(options);
  return block(order, 1, out.release());
}

inline Bytes enhanced_packet(std::endian order, std::uint32_t interface, std::uint64_t ticks,
                             const Bytes& data, const Bytes& options = {},
                             std::uint32_t wire_length = 0) {
  ByteWriter out(order);
  const auto length = static_cast<std::uint32_t>(data.size());
  out.u32(interface);
  out.u32(static_cast<std::uint32_t>(ticks >> 32));
  out.u32(static_cast<std::uint32_t>(ticks));
  out.u32(length);
  out.u32(wire_length == 0 ? length : wire_length);
  out.append(data);
  out.align(4);
  out.append(options);
  return block(order, 6, out.release());
}

inline Bytes old_packet(std::endian order, std::uint16_t interface, std::uint64_t ticks,
                        const Bytes& data) {
  ByteWriter out(order);
  out.u16(interface);
  out.u16(3);  // drops
  out.u32(static_cast<std::uint32_t>(ticks >> 32));
  out.u32(static_cast<std::uint32_t>(ticks));
  out.u32(static_cast<std::uint32_t>(data.size()));
  out.u32(static_cast<std::uint32_t>(data.size()));
  out.append(data);
  return block(order, 2, out.release());
}

inline Bytes simple_packet(std::endian order, std::uint32_t wire_length, const Bytes& data) {
  ByteWriter out(order);
  out.u32(wire_length);
  out.append(data);
  return block(order, 3, out.release());
}

}  // namespace weir::test
