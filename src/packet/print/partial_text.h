// Bytes of a packet as text, as far as they are there: a read that fails cuts the text behind them.
#pragma once

#include <algorithm>
#include <cstddef>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet {

inline std::span<const std::byte> bytes_there(const View& view, std::size_t at, std::size_t size) {
  const auto all = view.captured_bytes();
  const auto rest = all.subspan(std::min(at, all.size()));
  return rest.first(std::min(size, rest.size()));
}

inline void put_escaped_part(Line& line, const View& view, std::size_t at, std::size_t size) {
  line.escaped(bytes_there(view, at, size));
  view.need(at, size);
}

inline void put_hex_part(Line& line, const View& view, std::size_t at, std::size_t size) {
  line.text().hex(bytes_there(view, at, size));
  view.need(at, size);
}

// All of it that is claimed and there.
inline std::string_view text_there(const View& view) {
  const auto bytes = bytes_there(view, 0, view.length());
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace weir::packet
