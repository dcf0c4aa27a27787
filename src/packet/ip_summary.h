// What the network and transport layers of a packet say, in some words.
#pragma once

#include <string>

#include "base/reader.h"

namespace weir::packet {

// Each appends to `out` and leaves the reader failed when the packet ends too early.
void summarize_ip(ByteReader& reader, std::string& out);  // version 4 or 6, as its first byte says
void summarize_ip4(ByteReader& reader, std::string& out);
void summarize_ip6(ByteReader& reader, std::string& out);
void summarize_arp(ByteReader& reader, std::string& out);

}  // namespace weir::packet
