// Fields: what a protocol's header is made of, described once. A printer tells a FieldSink, when
// there is one, which header it reads; the fields of fixed place follow from the table, the others
// are told one by one. JSON and columns are made of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

namespace weir::packet {

enum class Show : std::uint8_t { kDecimal, kHex, kFlag, kIp4, kIp6, kMac, kBytes, kText };

struct Field {
  std::string_view name;     // as Wireshark's display filters call it: "tcp.srcport"
  std::uint16_t offset = 0;  // bytes from the header's begin; of no use for fields told one by one
  std::uint8_t size = 0;     // bytes
  Show show = Show::kDecimal;
  std::uint64_t mask = 0;  // of the integer; 0: all of it. The value is shifted down
};

struct Protocol {
  std::string_view name;  // "tcp"; in JSON, and in `[|tcp]` for a header that is cut short
  std::span<const Field> fields = {};
};

using FieldValue = std::variant<std::uint64_t, std::span<const std::byte>, std::string_view>;

class FieldSink {
 public:
  virtual ~FieldSink() = default;
  // Offsets are bytes from the begin of the packet. Fields belong to the layer told last.
  virtual void layer(const Protocol& protocol, std::size_t offset, std::size_t length) = 0;
  // `value` lives until the call returns.
  virtual void field(const Field& field, std::size_t offset, std::size_t size,
                     const FieldValue& value) = 0;
};

}  // namespace weir::packet
