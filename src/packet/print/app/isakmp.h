// The parts of the printer for ISAKMP.
#pragma once

#include <cstdint>
#include <string>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::isakmp {

std::string payload_name(std::uint8_t type);

// The chain of payloads behind the header, of which the first has that type.
void print_payloads(Line& line, std::uint8_t type, const View& view);

// Payloads of IKEv1, from their header on; behind them stands the rest of the packet.
void print_notify(Line& line, const View& payload);
void print_delete(Line& line, const View& payload);
// "doi=ipsec proto=isakmp", which some payloads begin with.
void put_domain(Line& line, const View& payload);
void print_ike_attributes(Line& line, const View& attributes);

}  // namespace weir::packet::isakmp
