// Test data is read once a process.
#include "diff/filter/test_data.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "base/check.h"
#include "diff/filter/packet_files.h"

namespace weir::difftest {
namespace {

constexpr std::size_t kPerCapture = 60;
constexpr std::size_t kCutPackets = 12;
constexpr std::size_t kLongestCut = 110;

std::vector<CorpusEntry> read(const char* name) {
  auto corpus = read_corpus(std::filesystem::path(WEIR_SOURCE_DIR) / "tests/corpus" / name);
  WEIR_CHECK(corpus.has_value());
  return *std::move(corpus);
}

const std::vector<RealPacket>& real_packets() {
  static const std::vector<RealPacket> kPackets = read_all_captures(kPerCapture);
  return kPackets;
}

}  // namespace

const std::vector<CorpusEntry>& accepted_corpus() {
  static const std::vector<CorpusEntry> kCorpus = read("filters.txt");
  return kCorpus;
}

const std::vector<CorpusEntry>& rejected_corpus() {
  static const std::vector<CorpusEntry> kCorpus = read("rejected.txt");
  return kCorpus;
}

std::vector<CorpusEntry> corpus_of(LinkType type) {
  std::vector<CorpusEntry> entries;
  std::ranges::copy_if(accepted_corpus(), std::back_inserter(entries),
                       [&](const CorpusEntry& entry) { return entry.query.link_type == type; });
  return entries;
}

std::vector<SamplePacket> packets_of(LinkType type, std::size_t generated) {
  Choices choices(static_cast<std::uint64_t>(type) + 1);
  std::vector<SamplePacket> packets = generate_packets(type, generated, choices);
  for (std::size_t i = 0; i < std::min(kCutPackets, generated); ++i) {
    std::ranges::move(truncations(packets[i], kLongestCut), std::back_inserter(packets));
  }
  std::ranges::move(of_link_type(real_packets(), type), std::back_inserter(packets));
  return packets;
}

std::uint32_t slowness() {
  const char* value = std::getenv("WEIR_SLOW");
  return value == nullptr ? 1 : static_cast<std::uint32_t>(std::max(1, std::atoi(value)));
}

}  // namespace weir::difftest
