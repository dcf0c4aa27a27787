// What packets of IS-IS are made of.
#pragma once

#include <string>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::isis {

inline constexpr std::size_t kSystemId = 6;
inline constexpr std::size_t kNodeId = 7;
inline constexpr std::size_t kLinkStateId = 8;

// "1921.6800.1001.00-00", as much of it as `size` has.
std::string id_text(const View& view, std::size_t at, std::size_t size);
// What has been found of the checksum of the view's first `length` bytes, which lies at `at`.
std::string checksum_text(const View& view, std::size_t at, std::size_t length,
                          std::uint16_t checksum);
// Values of elements, of which the views claim the length; false when they are cut short.
bool print_ip4_routes(Line& line, const View& value);
bool print_ip6_routes(Line& line, const View& value);
bool print_links(Line& line, const View& value);
void print_capabilities(Line& line, const View& value);
// All elements in `list`, which claims their length.
void print_elements(Line& line, const View& list);

}  // namespace weir::packet::isis
