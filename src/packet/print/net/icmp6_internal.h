// What the files that print ICMPv6 tell each other. All views begin at the ICMPv6 header.
#pragma once

#include <algorithm>
#include <string_view>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::icmp6 {

// What follows a message's text.
enum class End { kLength, kCut, kNothing };

using MessagePrinter = End (*)(Line&, const View&);

End print_listener_query(Line& line, const View& view);
End print_listener_report(Line& line, const View& view);
End print_listener_report2(Line& line, const View& view);

End print_router_solicitation(Line& line, const View& view);
End print_router_advertisement(Line& line, const View& view);
End print_neighbor_solicitation(Line& line, const View& view);
End print_neighbor_advertisement(Line& line, const View& view);
End print_redirect(Line& line, const View& view);
End print_mobile_advertisement(Line& line, const View& view);

End print_node_query(Line& line, const View& view);
End print_node_reply(Line& line, const View& view);
End print_renumbering(Line& line, const View& view);
End print_rpl(Line& line, const View& view);

// As much as is there.
inline void print_unknown(Line& line, const View& view, std::string_view indent) {
  line.hex_lines(view.claiming(std::min(view.length(), view.captured())), indent);
}

}  // namespace weir::packet::icmp6
