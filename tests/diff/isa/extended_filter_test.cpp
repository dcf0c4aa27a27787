// Expressions as programs of tc and XDP in the kernel, against their classic code in the
// interpreter: the verifier takes each, and each gives the same verdicts.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <iostream>
#include <string>
#include <vector>

#include "diff/filter/expression_gen.h"
#include "diff/filter/test_data.h"
#include "diff/filter/weir_contender.h"
#include "diff/isa/kernel_program.h"
#include "isa/extended_check.h"
#include "isa/extended_print.h"
#include "vm/classic_interpreter.h"

namespace weir::difftest {
namespace {

constexpr std::size_t kPackets = 60;
// What a test run takes in one buffer.
constexpr std::size_t kMaxPacket = 1500;
constexpr std::size_t kMinPacket = 14;
constexpr std::size_t kWholeHeaders = 14 + 40;

struct Target {
  const char* name;
  filter::PacketContext context;
  ProgramKind kind;
};

void PrintTo(const Target& target, std::ostream* out) { *out << target.name; }

std::vector<SamplePacket> frames() {
  std::vector<SamplePacket> packets = packets_of(LinkType::kEn10mb, kPackets * slowness());
  std::erase_if(packets, [](const SamplePacket& packet) {
    return packet.bytes.size() < kMinPacket || packet.bytes.size() > kMaxPacket;
  });
  return packets;
}

class ExtendedFilter : public ::testing::TestWithParam<Target> {
 protected:
  void SetUp() override {
    if (const std::string reason = no_bpf_reason(); !reason.empty()) GTEST_SKIP() << reason;
  }

  Fd load(const std::string& expression, const isa::ExtendedProgram& program) {
    EXPECT_TRUE(isa::check_extended(program).empty()) << expression;
    LoadedProgram loaded = load_program(GetParam().kind, program, false);
    if (loaded.error != 0) {
      const LoadedProgram again = load_program(GetParam().kind, program, true);
      const std::string log =
          again.log.substr(again.log.size() - std::min<std::size_t>(again.log.size(), 3000));
      ADD_FAILURE() << expression << ": " << std::strerror(loaded.error) << "\n"
                    << isa::format_extended_listing(program).substr(0, 4000) << log;
    }
    return std::move(loaded.fd);
  }

  void compare(const Query& query, std::span<const SamplePacket> packets) {
    const Compiled classic = weir_compile(query, WeirMode::kOptimised);
    if (!classic.code || classic.never_matches) return;
    const CompiledExtended extended = weir_compile_extended(query, GetParam().context);
    if (!extended.code) {
      refused_.push_back(query.expression + ": " + extended.error);
      return;
    }
    const Fd program = load(query.expression, *extended.code);
    if (program.get() < 0) return;
    ++programs_;
    classic_slots_ += classic.code->size();
    extended_slots_ += extended.code->size();
    for (const SamplePacket& packet : packets) {
      const vm::ClassicInput input{.bytes = packet.bytes,
                                   .wire_length = static_cast<std::uint32_t>(packet.bytes.size())};
      const bool matches = vm::run_classic(*classic.code, input).verdict != 0;
      const auto verdict = test_run_frame(program, packet.bytes);
      // The kernel makes no socket buffer of a frame whose IP header is cut short.
      if (!verdict && packet.bytes.size() < kWholeHeaders) continue;
      ASSERT_EQ(verdict, matches ? 1u : 0u)
          << query.expression << "\n"
          << isa::format_extended_listing(*extended.code).substr(0, 4000);
      ++compared_;
      matched_ += matches ? 1 : 0;
    }
  }

  std::vector<std::string> refused_;
  int programs_ = 0;
  int compared_ = 0;
  int matched_ = 0;
  std::size_t classic_slots_ = 0;
  std::size_t extended_slots_ = 0;
};

INSTANTIATE_TEST_SUITE_P(
    Contexts, ExtendedFilter,
    ::testing::Values(Target{"tc", filter::PacketContext::kTc, ProgramKind::kTc},
                      Target{"xdp", filter::PacketContext::kXdp, ProgramKind::kXdp}),
    [](const auto& target) { return std::string(target.param.name); });

TEST_P(ExtendedFilter, OfTheCorpusGivesTheVerdictsOfClassicCode) {
  const std::vector<SamplePacket> packets = frames();
  for (const CorpusEntry& entry : corpus_of(LinkType::kEn10mb)) {
    compare(entry.query, packets);
    if (HasFatalFailure()) return;
  }
  std::cout << programs_ << " programs, " << extended_slots_ << " instructions (" << classic_slots_
            << " of classic code), " << compared_ << " runs, " << matched_ << " matches\n";
  for (const std::string& refusal : refused_) {
    EXPECT_TRUE(refusal.find("protochain") != std::string::npos) << refusal;
  }
  EXPECT_GT(programs_, 500);
  EXPECT_GT(matched_, compared_ / 20);
}

// Arithmetic of any depth may need more registers than there are.
bool may_be_refused(const std::string& refusal) {
  return refusal.find("protochain") != std::string::npos ||
         refusal.find("more values alive at once") != std::string::npos;
}

TEST_P(ExtendedFilter, OfRandomExpressionsGivesTheVerdictsOfClassicCode) {
  const std::vector<SamplePacket> packets = frames();
  const std::size_t expressions = 2'000 * slowness();
  for (std::size_t i = 0; i < expressions; ++i) {
    Choices choices(i);
    compare({.expression = generate_expression(LinkType::kEn10mb, choices)},
            std::span(packets).first(std::min<std::size_t>(packets.size(), 100)));
    if (HasFatalFailure()) return;
  }
  std::cout << programs_ << " programs, " << extended_slots_ << " instructions (" << classic_slots_
            << " of classic code), " << compared_ << " runs, " << matched_ << " matches, "
            << refused_.size() << " refused\n";
  for (const std::string& refusal : refused_) EXPECT_TRUE(may_be_refused(refusal)) << refusal;
  EXPECT_GT(programs_, 1'000);
}

}  // namespace
}  // namespace weir::difftest
