// What the files that print DNS tell each other. Places are offsets in the message; kNoPlace means
// that the message is broken, or cut short, there.
#pragma once

#include <cstddef>
#include <limits>
#include <string_view>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::dns {

inline constexpr std::size_t kNoPlace = std::numeric_limits<std::size_t>::max();

// Both return where the name ends.
std::size_t skip_name(const View& message, std::size_t at);
std::size_t print_name(Line& line, const View& message, std::size_t at);
// Also tells it as a field.
std::size_t print_name_field(Line& line, const View& message, std::size_t at, const Field& field);

// Characters from there on; false when they are not all there.
bool put_characters(Line& line, const View& message, std::size_t at, std::size_t size);

// Empty when the type has no name.
std::string_view type_name(std::uint16_t type);

inline constexpr std::uint16_t kTypeOpt = 41;

struct RecordData {
  View message;
  std::size_t at;
  std::size_t size;
  std::uint16_t type;
  std::uint16_t record_class;
  std::uint16_t flags;  // of an OPT record

  std::size_t end() const { return at + size; }
  View view() const { return message.from(at).claiming(size); }
};

// False when it is broken.
bool print_data(Line& line, const RecordData& data);
bool print_edns_options(Line& line, const View& options);

}  // namespace weir::packet::dns
