// libpcap as the judge of both engines, of the user-space check, and of the names of link types.
#include <gtest/gtest.h>
#include <pcap/pcap.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include <weir/link_type.h>

#include "isa/classic.h"
#include "isa/classic_check.h"
#include "isa/classic_print.h"
#include "support/random_packet.h"
#include "support/random_program.h"
#include "vm/classic_decoded.h"
#include "vm/classic_interpreter.h"

namespace weir::vm {
namespace {

using Bytes = std::vector<std::byte>;

// libpcap's own layout of the same instruction.
std::vector<bpf_insn> to_libpcap(const ClassicProgram& program) {
  std::vector<bpf_insn> out;
  for (const ClassicInsn& insn : program) out.push_back({insn.code, insn.jt, insn.jf, insn.k});
  return out;
}

std::uint32_t libpcap_verdict(const std::vector<bpf_insn>& program, const Bytes& packet,
                              std::uint32_t wire_length) {
  // bpf_filter() takes an empty packet for an mbuf only in kernels; a valid pointer it wants all
  // the same.
  static const u_char kNothing = 0;
  const auto* bytes = packet.empty() ? &kNothing : reinterpret_cast<const u_char*>(packet.data());
  return bpf_filter(program.data(), bytes, wire_length, static_cast<u_int>(packet.size()));
}

TEST(ClassicVmAgainstLibpcap, AMillionRunsGiveTheSameVerdict) {
  constexpr int kPrograms = 25'000;
  constexpr int kPackets = 40;
  testing::RandomProgram programs(2024);
  testing::RandomPacket packets(42);
  int matched = 0;
  for (int i = 0; i < kPrograms; ++i) {
    const ClassicProgram program = programs.next(80);
    const auto decoded = DecodedClassic::decode(program);
    ASSERT_TRUE(decoded) << isa::format_listing(program);
    const std::vector<bpf_insn> theirs = to_libpcap(program);
    for (int j = 0; j < kPackets; ++j) {
      const Bytes packet = packets.next(128);
      const std::uint32_t wire_length =
          static_cast<std::uint32_t>(packet.size()) + programs.below(3) * 1000;
      const ClassicResult ours =
          run_classic(program, {.bytes = packet, .wire_length = wire_length});
      ASSERT_EQ(ours.verdict, libpcap_verdict(theirs, packet, wire_length))
          << isa::format_listing(program) << outcome_name(ours.outcome) << ", packet of "
          << packet.size() << " bytes, wire length " << wire_length;
      ASSERT_EQ(decoded->run(packet, wire_length), ours.verdict)
          << isa::format_listing(program) << "packet of " << packet.size() << " bytes";
      matched += ours.verdict != 0 ? 1 : 0;
    }
  }
  EXPECT_GT(matched, kPrograms * kPackets / 10) << "most programs ended early";
}

// One field of one instruction changed.
ClassicProgram mutated(ClassicProgram program, testing::RandomProgram& random) {
  ClassicInsn& insn = program[random.below(static_cast<std::uint32_t>(program.size()))];
  switch (random.below(4)) {
    case 0:
      insn.code = static_cast<std::uint16_t>(random.below(0x100));
      break;
    case 1:
      insn.jt = static_cast<std::uint8_t>(random.below(0x100));
      break;
    case 2:
      insn.jf = static_cast<std::uint8_t>(random.below(0x100));
      break;
    default:
      insn.k = random.constant();
  }
  return program;
}

// What weir refuses and libpcap does not: see isa::ClassicRules::kUserSpace.
bool stricter(const isa::ClassicFault& fault) {
  return fault.kind == isa::ClassicFaultKind::kUnknownCode ||
         fault.kind == isa::ClassicFaultKind::kShiftTooLarge ||
         fault.kind == isa::ClassicFaultKind::kNoReturnAtEnd;
}

TEST(UserSpaceCheckAgainstLibpcap, RefusesTheSamePrograms) {
  testing::RandomProgram random(99);
  int refused = 0;
  for (int i = 0; i < 100'000; ++i) {
    const ClassicProgram program = mutated(random.next(30), random);
    const auto faults = isa::check_classic(program, isa::ClassicRules::kUserSpace);
    const std::vector<bpf_insn> theirs = to_libpcap(program);
    const bool valid = bpf_validate(theirs.data(), static_cast<int>(theirs.size())) != 0;
    ASSERT_TRUE(valid ? faults.empty() || stricter(faults[0]) : !faults.empty())
        << isa::format_listing(program);
    refused += valid ? 0 : 1;
  }
  EXPECT_GT(refused, 10'000);
}

TEST(LinkTypesAgainstLibpcap, EveryNameOfLibpcapIsKnown) {
  int names = 0;
  for (int number = 0; number < 1024; ++number) {
    const char* name = pcap_datalink_val_to_name(number);
    if (name == nullptr) continue;
    const LinkType type = link_type_from_file(static_cast<std::uint16_t>(number));
    const LinkTypeInfo* info = find_link_type(type);
    ASSERT_NE(info, nullptr) << name;
    EXPECT_EQ(info->name, name);
    ++names;
  }
  EXPECT_GT(names, 140);
}

}  // namespace
}  // namespace weir::vm
