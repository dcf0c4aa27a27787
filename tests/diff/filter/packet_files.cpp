// Captures through pcap_open_offline().
#include "diff/filter/packet_files.h"

#include <pcap/pcap.h>

#include <algorithm>
#include <memory>

#include "diff/filter/link_types.h"

namespace weir::difftest {
namespace {

namespace fs = std::filesystem;

struct CloseHandle {
  void operator()(pcap_t* handle) const { pcap_close(handle); }
};

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(folder, missing)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

SamplePacket sample_of(const pcap_pkthdr& header, const u_char* data) {
  const auto* bytes = reinterpret_cast<const std::byte*>(data);
  return {.bytes = std::vector(bytes, bytes + header.caplen), .wire_length = header.len};
}

void read_file(const fs::path& path, std::size_t limit, std::vector<RealPacket>& packets) {
  char error[PCAP_ERRBUF_SIZE];
  const std::unique_ptr<pcap_t, CloseHandle> handle(pcap_open_offline(path.c_str(), error));
  if (!handle) return;
  const auto type = link_type_by_dlt(pcap_datalink(handle.get()));
  if (!type) return;
  pcap_pkthdr* header = nullptr;
  const u_char* data = nullptr;
  for (; limit != 0 && pcap_next_ex(handle.get(), &header, &data) == 1; --limit) {
    packets.push_back(
        {.capture = path.filename(), .link_type = *type, .sample = sample_of(*header, data)});
  }
}

}  // namespace

std::vector<RealPacket> read_captures(const fs::path& folder, std::size_t per_file) {
  std::vector<RealPacket> packets;
  for (const fs::path& path : files_in(folder)) read_file(path, per_file, packets);
  return packets;
}

std::vector<RealPacket> read_all_captures(std::size_t per_file) {
  const fs::path source = WEIR_SOURCE_DIR;
  std::vector<RealPacket> packets = read_captures(source / "examples/captures", per_file);
  const std::vector<RealPacket> more = read_captures(source / "../shared/captures", per_file);
  packets.insert(packets.end(), more.begin(), more.end());
  return packets;
}

std::vector<SamplePacket> of_link_type(const std::vector<RealPacket>& packets, LinkType type) {
  std::vector<SamplePacket> chosen;
  for (const RealPacket& packet : packets) {
    if (packet.link_type == type) chosen.push_back(packet.sample);
  }
  return chosen;
}

}  // namespace weir::difftest
