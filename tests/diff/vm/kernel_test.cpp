// The kernel as the judge: programs are attached to a UNIX datagram socket, which needs no
// privilege, and the verdict is read from how much of a datagram arrives.
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <vector>

#include "base/fd.h"
#include "isa/classic.h"
#include "isa/classic_check.h"
#include "isa/classic_print.h"
#include "support/random_packet.h"
#include "support/random_program.h"
#include "vm/classic_interpreter.h"

namespace weir::vm {
namespace {

class FilteredSocket {
 public:
  FilteredSocket() {
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) == 0) {
      sender_ = Fd(ends[0]);
      receiver_ = Fd(ends[1]);
    }
  }

  // 0 or the errno of the refusal.
  int attach(const ClassicProgram& program) {
    std::vector<sock_filter> code;
    for (const ClassicInsn& insn : program) code.push_back({insn.code, insn.jt, insn.jf, insn.k});
    const sock_fprog filter = {static_cast<unsigned short>(code.size()), code.data()};
    return ::setsockopt(receiver_.get(), SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) == 0
               ? 0
               : errno;
  }

  // How many bytes of the packet arrive; 0 when it is dropped.
  std::uint32_t verdict(const std::vector<std::byte>& packet) {
    EXPECT_EQ(::send(sender_.get(), packet.data(), packet.size(), 0),
              static_cast<ssize_t>(packet.size()));
    std::array<std::byte, 2048> buffer;
    const ssize_t got = ::recv(receiver_.get(), buffer.data(), buffer.size(), 0);
    return got > 0 ? static_cast<std::uint32_t>(got) : 0;
  }

 private:
  Fd sender_;
  Fd receiver_;
};

constexpr const char* kNoFilters = "this kernel or sandbox attaches no socket filters";

TEST(ClassicVmAgainstTheKernel, RunsGiveTheSameVerdict) {
  FilteredSocket socket;
  if (socket.attach({isa::stmt(isa::kRetK, 1)}) != 0) GTEST_SKIP() << kNoFilters;
  testing::RandomProgram programs(5);
  testing::RandomPacket packets(6);
  int matched = 0;
  for (int i = 0; i < 5'000; ++i) {
    const ClassicProgram program = programs.next(80);
    ASSERT_EQ(socket.attach(program), 0) << isa::format_listing(program);
    for (int j = 0; j < 20; ++j) {
      std::vector<std::byte> packet = packets.next(128);
      packet.push_back(std::byte{1});  // an empty datagram arrives like a dropped one
      const auto length = static_cast<std::uint32_t>(packet.size());
      const ClassicResult ours = run_classic(program, {.bytes = packet, .wire_length = length},
                                             {.mode = ClassicMode::kKernel});
      ASSERT_EQ(std::min(ours.verdict, length), socket.verdict(packet))
          << isa::format_listing(program) << outcome_name(ours.outcome) << ", packet of " << length
          << " bytes";
      matched += ours.verdict != 0 ? 1 : 0;
    }
  }
  EXPECT_GT(matched, 5'000 * 20 / 10) << "most programs ended early";
}

// One field of one instruction changed, or a cell loaded that may not be stored.
ClassicProgram mutated(ClassicProgram program, testing::RandomProgram& random) {
  ClassicInsn& insn = program[random.below(static_cast<std::uint32_t>(program.size()))];
  switch (random.below(5)) {
    case 0:
      insn.code = static_cast<std::uint16_t>(random.below(0x120));
      break;
    case 1:
      insn.jt = static_cast<std::uint8_t>(random.below(0x100));
      break;
    case 2:
      insn.jf = static_cast<std::uint8_t>(random.below(0x100));
      break;
    case 3:
      insn = isa::stmt(random.below(2) == 0 ? isa::kLdMem : isa::kLdxMem, random.below(18));
      break;
    default:
      insn.k = random.constant();
  }
  return program;
}

TEST(KernelCheckAgainstTheKernel, RefusesTheSamePrograms) {
  FilteredSocket socket;
  if (socket.attach({isa::stmt(isa::kRetK, 1)}) != 0) GTEST_SKIP() << kNoFilters;
  testing::RandomProgram random(77);
  int refused = 0;
  for (int i = 0; i < 50'000; ++i) {
    const ClassicProgram program = mutated(random.next(30), random);
    const auto faults = isa::check_classic(program, isa::ClassicRules::kKernel);
    const int error = socket.attach(program);
    ASSERT_TRUE(error == 0 || error == EINVAL) << error;
    ASSERT_EQ(faults.empty(), error == 0)
        << isa::format_listing(program) << (faults.empty() ? "" : isa::describe(faults[0]));
    refused += error == 0 ? 0 : 1;
  }
  EXPECT_GT(refused, 10'000);
}

TEST(KernelCheckAgainstTheKernel, RefusesTheSameExtensionLoads) {
  FilteredSocket socket;
  if (socket.attach({isa::stmt(isa::kRetK, 1)}) != 0) GTEST_SKIP() << kNoFilters;
  for (std::uint32_t k = 0xfffff000 - 4; k != 0; ++k) {
    const ClassicProgram program = {isa::stmt(isa::kLdbAbs, k), isa::stmt(isa::kRetA)};
    const bool valid = isa::check_classic(program, isa::ClassicRules::kKernel).empty();
    ASSERT_EQ(valid, socket.attach(program) == 0) << static_cast<std::int32_t>(k);
  }
}

}  // namespace
}  // namespace weir::vm
