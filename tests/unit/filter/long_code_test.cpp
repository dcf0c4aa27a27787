// Programs beyond the kernel's limit, and the limits.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "filter/compile.h"
#include "isa/classic.h"
#include "isa/classic_check.h"
#include "vm/classic_interpreter.h"

namespace weir::filter {
namespace {

constexpr std::uint32_t kAddresses = 5000;

// Addresses that no two of lie side by side or in one network.
std::uint32_t address(std::uint32_t i) { return 0x0a000000 + i * 7919; }

std::string host_list(std::uint32_t count) {
  std::string text = "src host in {";
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t a = address(i);
    text += fmt::format("{}{}.{}.{}.{}", i == 0 ? "" : ", ", a >> 24, a >> 16 & 0xff, a >> 8 & 0xff,
                        a & 0xff);
  }
  return text + "}";
}

// The IPv4 packet of an Ethernet frame from this address.
std::vector<std::byte> packet_from(std::uint32_t source) {
  std::vector<std::byte> frame(60);
  frame[12] = std::byte{0x08};
  frame[14] = std::byte{0x45};
  for (std::size_t i = 0; i < 4; ++i)
    frame[26 + i] = static_cast<std::byte>(source >> (24 - 8 * i));
  return frame;
}

bool matches(const ClassicProgram& program, std::uint32_t source,
             std::uint64_t* executed = nullptr) {
  const std::vector<std::byte> frame = packet_from(source);
  const auto result = vm::run_classic(program, {.bytes = frame, .wire_length = 60});
  if (executed != nullptr) *executed = result.executed;
  return result.verdict != 0;
}

std::vector<isa::ClassicFault> user_space_faults(const ClassicProgram& program) {
  return isa::check_classic(program, isa::ClassicRules::kUserSpace);
}

class LongLists : public ::testing::TestWithParam<bool> {};

TEST_P(LongLists, CodeBeyondTheKernelsLimitRunsRight) {
  Options options;
  options.optimize = GetParam();
  diag::Diagnostics diagnostics;
  const auto program = compile(host_list(kAddresses), options, diagnostics);
  ASSERT_TRUE(program.has_value());
  ASSERT_TRUE(user_space_faults(*program).empty());
  EXPECT_GT(program->size(), isa::kKernelMaxInstructions);
  std::uint64_t most = 0;
  for (std::uint32_t i = 0; i < kAddresses; ++i) {
    std::uint64_t executed = 0;
    ASSERT_TRUE(matches(*program, address(i), &executed)) << i;
    ASSERT_FALSE(matches(*program, address(i) + 1)) << i;
    most = std::max(most, executed);
  }
  // Protocols and a load, twelve halvings of which each may jump far, a few points, a return.
  EXPECT_LE(most, 50u);
  EXPECT_FALSE(matches(*program, 0));
  EXPECT_FALSE(matches(*program, 0xffffffff));
}

INSTANTIATE_TEST_SUITE_P(Code, LongLists, ::testing::Bool(), [](const auto& suite) {
  return suite.param ? "Optimised" : "NotOptimised";
});

// The only diagnostic of a compilation that fails.
std::optional<diag::Kind> failure(std::string_view text, const Options& options,
                                  std::string* message) {
  diag::Diagnostics diagnostics;
  if (compile(text, options, diagnostics) || diagnostics.all().size() != 1) return std::nullopt;
  *message = diagnostics.all().front().message;
  return diagnostics.all().front().kind;
}

TEST(CodeLimits, AProgramBeyondTheLimitIsRefused) {
  Options options;
  options.limits.max_code = 10;
  std::string message;
  EXPECT_EQ(failure("tcp port 80", options, &message), diag::Kind::kCodeSize);
  EXPECT_NE(message.find("the limit is 10"), std::string::npos) << message;
  diag::Diagnostics diagnostics;
  EXPECT_TRUE(compile("ip", options, diagnostics).has_value());
}

TEST(CodeLimits, AProgramForASocketMustFitIntoTheKernel) {
  Options options;
  options.live = true;
  std::string message;
  EXPECT_EQ(failure(host_list(kAddresses), options, &message), diag::Kind::kCodeSize);
  EXPECT_NE(message.find("at most 4096"), std::string::npos) << message;
  diag::Diagnostics diagnostics;
  const auto program = compile(host_list(1000), options, diagnostics);
  ASSERT_TRUE(program.has_value());
  EXPECT_TRUE(isa::check_classic(*program, isa::ClassicRules::kKernel).empty());
}

}  // namespace
}  // namespace weir::filter
