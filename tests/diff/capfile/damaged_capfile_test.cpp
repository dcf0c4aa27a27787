// Files cut off or changed at random: weir delivers as many packets as libpcap before the damage.
#include <gtest/gtest.h>

#include <random>

#include "compare.h"

namespace weir::test {
namespace {

class DamagedCaptures : public testing::Test {
 protected:
  void SetUp() override {
    if (captures_.empty()) GTEST_SKIP() << "no captures in ../shared/captures";
  }
  const std::vector<std::filesystem::path> captures_ = shared_captures();
};

TEST_F(DamagedCaptures, CutOffAnywhereGiveAsManyPackets) {
  std::mt19937 random(1);
  for (const auto& path : captures_) {
    const Bytes file = contents(path);
    for (int i = 0; i < 60; ++i) {
      const auto length = static_cast<std::ptrdiff_t>(random() % file.size());
      const Bytes part(file.begin(), file.begin() + length);
      const ReferenceCapture theirs = read_with_libpcap(part);
      const ReadResult ours = read_all(part);
      EXPECT_EQ(difference(ours.packets, theirs), "") << path << " cut to " << length;
      if (!theirs.error.empty() && !ours.packets.empty()) {
        EXPECT_TRUE(ours.error) << path << " cut to " << length << ": " << theirs.error;
      }
    }
  }
}

// Where weir reads on on purpose: sections of another byte order, interfaces of another link type
// or snaplen, packets longer than their snaplen.
bool libpcap_is_stricter(const std::string& error) {
  for (const char* part :
       {"different byte orders", "different from the type", "different from the snapshot",
        "bigger than snaplen", "no Interface Description Blocks"}) {
    if (error.find(part) != std::string::npos) return true;
  }
  return false;
}

// Where weir reads on no further on purpose: reserved bits in the link type, and the length at the
// end of the first section header, which libpcap does not look at.
bool weir_is_stricter(const ReadResult& ours) {
  if (!ours.error) return false;
  const std::string& message = ours.error->message;
  return message.find("is out of range") != std::string::npos ||
         (ours.error->offset == 0u && message.find("length at its end") != std::string::npos);
}

TEST_F(DamagedCaptures, ChangedAnywhereGiveAsManyPackets) {
  std::mt19937 random(2);
  std::size_t damaged = 0;
  for (const auto& path : captures_) {
    const Bytes original = contents(path);
    for (int i = 0; i < 120; ++i) {
      Bytes file = original;
      // Near the start, where the structure is dense, or anywhere.
      const std::size_t at =
          random() % (i % 2 == 0 ? std::min<std::size_t>(200, file.size()) : file.size());
      file[at] = std::byte(random() & 0xff);
      const ReferenceCapture theirs = read_with_libpcap(file);
      const ReadResult ours = read_all(file);
      damaged += theirs.error.empty() ? 0 : 1;
      if (libpcap_is_stricter(theirs.error)) {
        EXPECT_GE(ours.packets.size(), theirs.packets.size());
        continue;
      }
      if (weir_is_stricter(ours)) continue;
      EXPECT_EQ(difference(ours.packets, theirs), "")
          << path << " with " << std::to_integer<int>(file[at]) << " at " << at << ": "
          << theirs.error << " / " << (ours.error ? ours.error->message : "");
    }
  }
  EXPECT_GT(damaged, 500u);
}

}  // namespace
}  // namespace weir::test
