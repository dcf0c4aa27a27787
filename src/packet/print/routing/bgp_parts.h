// What messages of BGP are made of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::bgp {

std::string_view subsequent_family_text(std::uint8_t number);  // "Unknown" without a name

// "AFI IPv4 (1), SAFI Unicast (1)", of what lies at those places.
std::string families_text(const View& view, std::size_t at, std::size_t subsequent_at);

// A route, as text; taken tells how long it is, or why there is none.
struct Route {
  static constexpr int kIllegal = -1;  // its length cannot be
  static constexpr int kCut = -2;      // it is cut short
  static constexpr int kStop = -3;     // nothing can follow
  int taken;
  std::string text = {};
};
Route read_prefix4(Line& line, const View& view, std::size_t length);
Route read_prefix6(Line& line, const View& view, std::size_t length);
// Whether each route has an identifier before it (RFC 7911), which nothing tells: guessed.
bool looks_like_add_path(const View& list, std::size_t length, unsigned max_bits);
std::string distinguisher_text(Line& line, const View& view, std::size_t at);  // RFC 4364

enum class NextHop : std::uint8_t {
  kIp4,
  kDistinguishedIp4,
  kIp6,
  kDistinguishedIp6,
  kNsap,
  kDistinguishedNsap
};
struct Family {
  std::uint16_t family;
  std::uint8_t subsequent;
  NextHop next_hop;
  // Prints the route at the begin of the view and returns what Route::taken tells. `length` is
  // that of the whole attribute.
  int (*print)(Line&, const View&, std::size_t length, bool add_path);
  unsigned max_bits = 0;  // of prefixes that may have a path's identifier
};
const Family* find_family(std::uint16_t family, std::uint8_t subsequent);

// "Origin (1), length: 1, Flags [T]" of what a path attribute is; `indent` begins the line.
void print_attribute_title(Line& line, std::uint8_t flags, std::uint8_t type, std::size_t length,
                           std::string_view indent);
// The fields of its header, which is there.
void tell_attribute_header(Line& line, const View& header, std::size_t length_size);
// The value, which is as long as the view claims. False when it is cut short.
bool print_attribute(Line& line, std::uint8_t type, const View& value, int level);
// The families of a multi-protocol attribute; false when there is no printer for their routes,
// nothing when they are cut short.
struct Families {
  const Family* family;
};
std::optional<Families> print_families(Line& line, const View& value);
// The routes of one behind its first `at` bytes; false when they are cut short.
bool print_routes(Line& line, const Family& family, const View& value, std::size_t at);
bool print_reachable(Line& line, const View& value);
bool print_unreachable(Line& line, const View& value);
void print_extended_community(Line& line, const View& view);

void print_open(Line& line, const View& message);
void print_notification(Line& line, const View& message);

}  // namespace weir::packet::bgp
