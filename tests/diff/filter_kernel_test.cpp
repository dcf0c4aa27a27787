// weir's code in the kernel against the same code in the checked interpreter: the corpus of every
// link type, on datagrams that hold the packets.
#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iostream>
#include <memory>

#include "diff/filter/kernel_socket.h"
#include "diff/filter/test_data.h"
#include "diff/filter/weir_contender.h"
#include "vm/classic_interpreter.h"

namespace weir::difftest {
namespace {

constexpr std::size_t kPackets = 40;
constexpr std::size_t kMaxPacket = 2000;

bool has_loop(const Query& query) {
  return query.expression.find("protochain") != std::string::npos;
}

// What a socket delivers: the captured bytes are all there is, and a match cuts at the snaplen.
std::optional<std::size_t> interpreted(std::span<const ClassicInsn> code,
                                       const SamplePacket& packet) {
  const vm::ClassicInput input{.bytes = packet.bytes,
                               .wire_length = static_cast<std::uint32_t>(packet.bytes.size())};
  const vm::ClassicOptions options{.mode = vm::ClassicMode::kKernel, .trace = {}};
  const std::uint32_t verdict = vm::run_classic(code, input, options).verdict;
  if (verdict == 0) return std::nullopt;
  return std::min<std::size_t>(verdict, packet.bytes.size());
}

std::vector<SamplePacket> datagrams(LinkType type) {
  std::vector<SamplePacket> packets = packets_of(type, kPackets * slowness());
  std::erase_if(packets, [](const SamplePacket& packet) {
    return packet.bytes.empty() || packet.bytes.size() > kMaxPacket;
  });
  packets.resize(std::min(packets.size(), 4 * kPackets * slowness()));
  return packets;
}

class Kernel : public testing::TestWithParam<ComparedLinkType> {
 protected:
  void SetUp() override {
    auto opened = KernelSocket::open();
    if (!opened) GTEST_SKIP() << opened.error().message;
    socket_ = std::make_unique<KernelSocket>(*std::move(opened));
    const ClassicProgram accept_all = {{.code = 0x06, .k = 0xffffffff}};
    const int error = socket_->attach(accept_all);
    if (error != 0) GTEST_SKIP() << "the kernel attaches no filter: " << std::strerror(error);
  }

  void compare(const Query& query, const ClassicProgram& code,
               std::span<const SamplePacket> packets) {
    const int error = socket_->attach(code);
    ASSERT_TRUE(error == 0 || error == ENOMEM) << query.expression << ": " << std::strerror(error);
    if (error != 0) return void(++too_large_);
    for (const SamplePacket& packet : packets) {
      ++compared_;
      ASSERT_EQ(socket_->pass(packet.bytes), interpreted(code, packet)) << query.expression;
    }
  }

  std::unique_ptr<KernelSocket> socket_;
  std::uint64_t compared_ = 0;
  int too_large_ = 0;  // for the memory that a socket's options may take
};

INSTANTIATE_TEST_SUITE_P(LinkTypes, Kernel, testing::ValuesIn(kComparedLinkTypes),
                         [](const auto& link) { return std::string(link.param.name); });

TEST_P(Kernel, GivesTheVerdictsOfTheInterpreter) {
  const std::vector<SamplePacket> packets = datagrams(GetParam().type);
  for (const CorpusEntry& entry : corpus_of(GetParam().type)) {
    if (has_loop(entry.query)) continue;
    for (const WeirMode mode : {WeirMode::kUnoptimised, WeirMode::kOptimised}) {
      const Compiled compiled = weir_compile(entry.query, mode);
      if (compiled.code) compare(entry.query, *compiled.code, packets);
    }
  }
  std::cout << compared_ << " packets compared, " << too_large_
            << " programs larger than a socket takes\n";
  EXPECT_GT(compared_, 0u);
}

TEST_P(Kernel, CutsAMatchAtTheSnaplen) {
  Query query{.expression = "len > 0", .link_type = GetParam().type, .snaplen = 20};
  const Compiled compiled = weir_compile(query, WeirMode::kOptimised);
  ASSERT_TRUE(compiled.code) << compiled.error;
  ASSERT_EQ(socket_->attach(*compiled.code), 0);
  for (const SamplePacket& packet : datagrams(GetParam().type)) {
    EXPECT_EQ(socket_->pass(packet.bytes), std::min<std::size_t>(packet.bytes.size(), 20));
  }
}

}  // namespace
}  // namespace weir::difftest
