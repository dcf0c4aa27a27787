// Time stamps as tcpdump's -t options print them.
#pragma once

#include <cstdint>
#include <optional>

#include "packet/print/options.h"
#include "packet/print/text.h"

namespace weir::packet {

class TimestampPrinter {
 public:
  TimestampPrinter(Timestamp kind, bool nanoseconds) : kind_(kind), nanoseconds_(nanoseconds) {}
  // With a space behind; nothing for kNone. `time_ns` is nanoseconds since 1970.
  void put(Text& text, std::int64_t time_ns);

 private:
  void put_local(Text& text, std::int64_t time_ns);
  void make_second_text(std::int64_t time_ns);
  void put_difference(Text& text, std::int64_t time_ns);
  // And the space behind it.
  void put_fraction(Text& text, std::uint32_t nanoseconds) const;

  Timestamp kind_;
  bool nanoseconds_;
  std::optional<std::int64_t> reference_;  // ns; of the first packet, or the one before
  // The second of the last packet, ns, and its local time: most packets come in the same one.
  std::int64_t second_begin_ = 0;
  ShortText<31> second_text_{};  // empty before the first packet
};

}  // namespace weir::packet
