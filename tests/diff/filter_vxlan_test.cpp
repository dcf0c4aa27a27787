// The installed libpcap has no `vxlan`, so the oracle is what it says of the inner frame: `vxlan 7
// and (E)` matches a packet exactly when E matches the frame inside.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>

#include "diff/filter/checked_bpf.h"
#include "diff/filter/packet_parts.h"
#include "diff/filter/reference.h"
#include "diff/filter/test_data.h"
#include "diff/filter/weir_contender.h"

namespace weir::difftest {
namespace {

constexpr std::uint32_t kVni = 7;
constexpr std::size_t kFrames = 150;

// Ethernet, IPv4, UDP to port 4789, VXLAN (RFC 7348), and the frame.
std::vector<std::byte> wrap(const std::vector<std::byte>& frame, std::uint32_t vni) {
  Choices choices(1);
  Builder b{.choices = choices, .bytes = {}};
  b.mac(0x66778899aabb);
  b.mac(0x001122334455);
  b.u16(0x0800);
  b.u32(0x45000000);
  b.u32(0);
  b.u32(0x40110000);
  b.u32(0xc0a80101);
  b.u32(0xc0a80005);
  b.u16(49152);
  b.u16(4789);
  b.u32(0);
  b.u32(0x08000000);
  b.u32(vni << 8);
  b.bytes.insert(b.bytes.end(), frame.begin(), frame.end());
  return std::move(b.bytes);
}

// Inside a tunnel these mean something else than in a frame of its own: the length is that of the
// whole packet, a computed offset may wrap around, a further `vxlan` or a loop is no matter for
// this test.
bool means_the_same_inside(const CorpusEntry& entry) {
  constexpr auto kOthers = std::to_array<std::string_view>(
      {"len", "less", "greater", "protochain", "- ", "429496", "0xfffff"});
  const std::string& text = entry.query.expression;
  return !entry.needs_head && !entry.query.netmask &&
         std::ranges::none_of(kOthers, [&](std::string_view other) {
           return text.find(other) != std::string::npos;
         });
}

std::uint32_t run(const ClassicProgram& code, const std::vector<std::byte>& bytes) {
  return run_checked(code, bytes, static_cast<std::uint32_t>(bytes.size())).verdict;
}

TEST(Vxlan, MatchesWhatTheFrameInsideMatches) {
  Choices choices(11);
  std::vector<std::vector<std::byte>> frames;
  while (frames.size() < kFrames) frames.push_back(generate_packet(LinkType::kEn10mb, choices));
  int compared = 0;
  for (const CorpusEntry& entry : corpus_of(LinkType::kEn10mb)) {
    if (!means_the_same_inside(entry)) continue;
    Query query = entry.query;
    query.expression = "vxlan 7 and (" + entry.query.expression + ")";
    const Compiled inside = reference_compile(entry.query);
    const Compiled outside = weir_compile(query, WeirMode::kOptimised);
    if (!inside.code || !outside.code) continue;
    ++compared;
    for (const auto& frame : frames) {
      if (run_checked(*inside.code, frame, 0).read_unset) continue;
      ASSERT_EQ(run(*outside.code, wrap(frame, kVni)), run(*inside.code, frame))
          << query.expression;
      ASSERT_EQ(run(*outside.code, wrap(frame, kVni + 1)), 0u) << query.expression;
    }
  }
  std::cout << compared << " expressions\n";
  EXPECT_GT(compared, 800);
}

}  // namespace
}  // namespace weir::difftest
