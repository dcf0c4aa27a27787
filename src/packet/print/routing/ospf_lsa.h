// Link state advertisements of OSPF.
#pragma once

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::ospf {

// What the bodies of advertisements of both versions are made of. `body` claims their length; false
// when they are broken.
bool print_restart(Line& line, const View& body);              // RFC 3623
bool print_traffic_engineering(Line& line, const View& body);  // RFC 3630

// The type as a request and a header have it: of `view`, the four bytes of the identity begin at
// `id_at`; ", LSA-ID: 10.0.0.1", or what stands for it in opaque ones.
void print_identity(Line& line, const View& view, std::size_t id_at, std::uint32_t type,
                    std::string_view colon);

// The header of one; its length, or 0 when that is less than a header.
std::size_t print_header(Line& line, const View& view);
// All of one; its length, or 0 when nothing can follow.
std::size_t print_advertisement(Line& line, const View& view);

inline constexpr std::size_t kAdvertisementHeader = 20;

}  // namespace weir::packet::ospf
