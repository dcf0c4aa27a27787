// What the files that print DHCP tell each other.
#pragma once

#include <cstddef>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::dhcp {

// The options behind the magic number (RFC 2132), to the end of what is there.
void print_options(Line& line, const View& options);

// Characters in quotation marks.
void put_quoted(Line& line, const View& data);

// Options with a structure of their own. Each prints data that is all there, and returns how many
// bytes of it were printed.
std::size_t print_node_type(Line& line, const View& data);
std::size_t print_overload(Line& line, const View& data);
std::size_t print_client_name(Line& line, const View& data);
std::size_t print_client_id(Line& line, const View& data);
std::size_t print_agent(Line& line, const View& data);
std::size_t print_routes(Line& line, const View& data);
std::size_t print_user_class(Line& line, const View& data);

}  // namespace weir::packet::dhcp
