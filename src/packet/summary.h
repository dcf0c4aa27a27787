// One line about a packet: addresses, protocol, ports; for what is not IP, its name.
#pragma once

#include <string>

#include <weir/packet.h>

namespace weir::packet {

// Appends the line, without a newline. Never fails: a packet that ends too early is said to be cut.
void append_summary(const Packet& packet, std::string& out);

// "2024-05-01T12:30:00.123456Z"; nine digits when the time is not in whole microseconds.
void append_time(std::int64_t time_ns, std::string& out);

}  // namespace weir::packet
