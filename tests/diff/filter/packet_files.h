// Packets of real captures, read with libpcap: the tests of the filter compiler do not lean on
// weir's own capture reader.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <weir/link_type.h>

#include "diff/filter/packet_gen.h"

namespace weir::difftest {

struct RealPacket {
  std::string capture;  // the file's name
  LinkType link_type;
  SamplePacket sample;
};

// At most `per_file` packets of each capture in the folder, files in the order of their names.
// Files that libpcap cannot read and link types that are not compared are passed over; a folder
// that is not there gives nothing.
std::vector<RealPacket> read_captures(const std::filesystem::path& folder, std::size_t per_file);

// The captures that ship with weir, and the larger set beside the source tree where there is one.
std::vector<RealPacket> read_all_captures(std::size_t per_file);

std::vector<SamplePacket> of_link_type(const std::vector<RealPacket>& packets, LinkType type);

}  // namespace weir::difftest
