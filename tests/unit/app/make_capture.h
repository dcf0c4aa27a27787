// Small pcap files on disk, for tests of use-cases.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include <weir/link_type.h>

#include "base/writer.h"
#include "harness/hex.h"
#include "support/temporary_folder.h"

namespace weir::app::test {

// Ethernet frames, shortest first: ARP, TCP to port 80, UDP to port 53.
inline const std::vector<std::vector<std::byte>>& sample_packets() {
  using weir::test::hex;
  static const std::vector<std::vector<std::byte>> kPackets = {
      hex("ffff ffff ffff 0200 0000 0001 0806 0001 0800 0604 0001 0200 0000 0001 0a00 0001 0000 "
          "0000 0000 0a00 0002"),
      hex("0200 0000 0002 0200 0000 0001 0800 4500 0028 0001 0000 4006 0000 0a00 0001 0a00 0002"
          "04d2 0050 0000 0000 0000 0000 5002 ffff 0000 0000"),
      hex("0200 0000 0002 0200 0000 0001 0800 4500 0030 0001 0000 4011 0000 0a00 0001 0a00 0003"
          "04d2 0035 001c 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000"),
  };
  return kPackets;
}

inline std::vector<std::byte> pcap_bytes(const std::vector<std::vector<std::byte>>& packets,
                                         LinkType link_type = LinkType::kEn10mb) {
  ByteWriter out(std::endian::little);
  out.u32(0xa1b2c3d4);
  out.u16(2);
  out.u16(4);
  out.zeros(8);
  out.u32(262144);
  out.u32(static_cast<std::uint32_t>(link_type));
  std::uint32_t seconds = 1;
  for (const auto& packet : packets) {
    out.u32(seconds++);
    out.u32(0);
    out.u32(static_cast<std::uint32_t>(packet.size()));
    out.u32(static_cast<std::uint32_t>(packet.size()));
    out.append(packet);
  }
  return out.release();
}

using weir::test::temporary_path;

inline std::string write_file(const std::string& name, std::span<const std::byte> bytes) {
  const std::string path = temporary_path(name);
  std::ofstream file(path, std::ios::binary);
  for (const std::byte b : bytes) file.put(static_cast<char>(b));
  return path;
}

inline std::string sample_capture(const std::string& name = "sample.pcap") {
  return write_file(name, pcap_bytes(sample_packets()));
}

}  // namespace weir::app::test
