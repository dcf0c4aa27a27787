// Converted classic programs in the kernel against the classic ones in the interpreter.
#include "isa/convert.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <iostream>
#include <string>
#include <vector>

#include "diff/filter/test_data.h"
#include "diff/filter/weir_contender.h"
#include "diff/isa/kernel_program.h"
#include "isa/classic_extension.h"
#include "isa/classic_print.h"
#include "isa/extended_check.h"
#include "isa/extended_print.h"
#include "support/random_packet.h"
#include "support/random_program.h"
#include "vm/classic_interpreter.h"

namespace weir::difftest {
namespace {

constexpr std::uint32_t kMark = 0xabcd1234;

// The nine filters by which weir is measured.
std::vector<std::string> nine_filters() {
  const auto hosts = [](std::string_view what, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) {
      out += (i == 0 ? "" : " or ") + std::string(what) + " 10." + std::to_string(i / 250) + ".1." +
             std::to_string(i % 250 + 1);
    }
    return out;
  };
  return {"",
          "ip",
          "ip and tcp dst port 8080",
          "tcp port 80 or tcp port 443 or udp port 53",
          "tcp port 80 and (((ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2)) != 0)",
          "(tcp or udp) and portrange 8000-8999 and not net 10.1.0.0/16",
          hosts("host", 10),
          hosts("host", 100),
          hosts("ip src host", 1000)};
}

class Conversion : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const std::string reason = no_bpf_reason(); !reason.empty()) GTEST_SKIP() << reason;
  }

  // The program converted and loaded. Its check and the kernel's verifier must accept it.
  static Fd load(std::span<const ClassicInsn> program) {
    const auto converted = isa::convert_classic(program);
    EXPECT_TRUE(converted) << converted.error().message << "\n" << isa::format_listing(program);
    if (!converted) return {};
    EXPECT_TRUE(isa::check_extended(converted->program).empty());
    LoadedProgram loaded = load_socket_filter(converted->program, false);
    if (loaded.error != 0) {
      const LoadedProgram again = load_socket_filter(converted->program, true);
      ADD_FAILURE() << std::strerror(loaded.error) << "\n"
                    << isa::format_listing(program) << again.log.substr(0, 4000);
    }
    return std::move(loaded.fd);
  }

  void compare(std::span<const ClassicInsn> program, const Fd& loaded,
               std::span<const std::byte> packet) {
    const vm::ClassicMetadata metadata = {.network_offset = 0, .mark = kMark};
    const vm::ClassicInput input = {.bytes = packet,
                                    .wire_length = static_cast<std::uint32_t>(packet.size()),
                                    .metadata = &metadata};
    const vm::ClassicOptions options = {.mode = vm::ClassicMode::kKernel, .trace = {}};
    const vm::ClassicResult ours = vm::run_classic(program, input, options);
    ASSERT_EQ(test_run(loaded, packet, kMark), ours.verdict)
        << isa::format_listing(program) << vm::outcome_name(ours.outcome) << ", packet of "
        << packet.size() << " bytes";
    ++compared_;
    matched_ += ours.verdict != 0 ? 1 : 0;
  }

  int compared_ = 0;
  int matched_ = 0;
};

TEST_F(Conversion, OfTheNineFiltersGivesTheirVerdicts) {
  std::vector<SamplePacket> packets = packets_of(LinkType::kEn10mb, 200);
  std::erase_if(packets, [](const SamplePacket& packet) {
    return packet.bytes.empty() || packet.bytes.size() > 1500;
  });
  ASSERT_GT(packets.size(), 100u);
  for (const std::string& expression : nine_filters()) {
    for (const WeirMode mode : {WeirMode::kOptimised, WeirMode::kUnoptimised}) {
      const Compiled compiled = weir_compile({.expression = expression}, mode);
      ASSERT_TRUE(compiled.code) << compiled.error;
      if (compiled.code->size() > isa::kKernelMaxInstructions) continue;
      const Fd loaded = load(*compiled.code);
      ASSERT_GE(loaded.get(), 0) << expression;
      for (const SamplePacket& packet : packets) {
        compare(*compiled.code, loaded, packet.bytes);
        if (HasFatalFailure()) return;
      }
    }
  }
  std::cout << compared_ << " runs compared, " << matched_ << " matches\n";
  EXPECT_GT(matched_, compared_ / 20);
}

// Loads before the network header find the bytes that the test run puts there; the interpreter has
// none.
bool looks_before_the_packet(const ClassicInsn& insn) {
  return isa::is_load(insn.code) && insn.k >= isa::kLinkLayerBase && insn.k < isa::kNetworkBase;
}

TEST_F(Conversion, OfRandomProgramsGivesTheirVerdicts) {
  testing::RandomProgram programs(9);
  testing::RandomPacket packets(10);
  for (int i = 0; i < 2'000; ++i) {
    const ClassicProgram program = programs.next(80);
    if (std::ranges::any_of(program, looks_before_the_packet)) continue;
    const Fd loaded = load(program);
    ASSERT_GE(loaded.get(), 0);
    for (int j = 0; j < 20; ++j) {
      std::vector<std::byte> packet = packets.next(128);
      packet.push_back(std::byte{1});
      compare(program, loaded, packet);
      if (HasFatalFailure()) return;
    }
  }
  std::cout << compared_ << " runs compared, " << matched_ << " matches\n";
  EXPECT_GT(matched_, compared_ / 10) << "most programs ended early";
}

TEST_F(Conversion, KnowsTheExtensionsThatAProgramCanAskFor) {
  using isa::Extension;
  const std::array<std::byte, 4> packet = {std::byte{1}};
  const auto answer = [&](Extension extension) {
    const ClassicProgram program = {isa::stmt(isa::kLdImm, 12), isa::stmt(isa::kLdxImm, 10),
                                    isa::stmt(isa::kLdAbs, isa::extension_k(extension)),
                                    isa::stmt(isa::kRetA)};
    return test_run(load(program), packet, kMark);
  };
  EXPECT_EQ(answer(Extension::kMark), kMark);
  EXPECT_EQ(answer(Extension::kXorX), 6u);
  EXPECT_EQ(answer(Extension::kVlanTci), 0u);
  EXPECT_EQ(answer(Extension::kVlanPresent), 0u);
  EXPECT_EQ(answer(Extension::kVlanTpid), 0u);
  EXPECT_EQ(answer(Extension::kQueue), 0u);
  EXPECT_EQ(answer(Extension::kPacketType), 0u);
  EXPECT_TRUE(answer(Extension::kReceiveHash));
  EXPECT_EQ(answer(Extension::kInterfaceIndex), 1u) << "test runs come from the loopback";
  EXPECT_LT(answer(Extension::kCpu).value_or(~0u), 4096u);
  EXPECT_NE(answer(Extension::kRandom), answer(Extension::kRandom));
  EXPECT_EQ(answer(Extension::kProtocol), 0x88b5u) << "the one of the test run";
}

}  // namespace
}  // namespace weir::difftest
