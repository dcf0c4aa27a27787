// A PacketSocket whose ring a test fills, and which fails on demand.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/writer.h"
#include "os/packet_socket.h"

namespace weir::test {

// A frame as the kernel lays it into a block (linux/if_packet.h).
struct FakeFrame {
  std::vector<std::byte> bytes;
  std::uint32_t wire_length = 0;  // 0: what was captured
  std::uint32_t seconds = 1;
  std::uint32_t nanoseconds = 0;
  std::uint16_t tag = 0;   // of a VLAN that was taken off; 0: none was
  std::uint16_t tpid = 0;  // 0: the kernel does not say
  std::uint8_t packet_type = 0;
  std::uint16_t protocol = 0x0800;
  std::uint16_t hardware_type = 1;
  std::uint32_t interface_index = 1;
  std::uint16_t room = 24;  // free bytes in front of the packet
};

inline std::vector<std::byte> block_of(const std::vector<FakeFrame>& frames, std::size_t size) {
  constexpr std::uint32_t kFirst = 48;
  constexpr std::uint32_t kHeaders = 68;
  ByteWriter out(std::endian::native);
  for (const std::uint32_t field :
       {1u, 0u, 1u, static_cast<std::uint32_t>(frames.size()), kFirst, 0u})
    out.u32(field);
  out.zeros(kFirst - out.size());
  for (const FakeFrame& frame : frames) {
    const std::size_t begin = out.size();
    const auto length = static_cast<std::uint32_t>(frame.bytes.size());
    const std::uint32_t next = (kHeaders + frame.room + length + 15) / 16 * 16;
    out.u32(next);
    out.u32(frame.seconds);
    out.u32(frame.nanoseconds);
    out.u32(length);
    out.u32(frame.wire_length == 0 ? length : frame.wire_length);
    out.u32(1u | (frame.tag != 0 ? 0x10u : 0) | (frame.tpid != 0 ? 0x40u : 0));
    out.u16(static_cast<std::uint16_t>(kHeaders + frame.room));
    out.u16(0);
    out.u32(0);
    out.u32(frame.tag);
    out.u16(frame.tpid);
    out.zeros(begin + 48 - out.size());
    out.u16(17);
    out.u16(static_cast<std::uint16_t>(frame.protocol << 8 | frame.protocol >> 8));
    out.u32(frame.interface_index);
    out.u16(frame.hardware_type);
    out.u8(frame.packet_type);
    out.u8(6);
    for (std::uint8_t i = 1; i <= 8; ++i) out.u8(i);
    out.zeros(frame.room);
    out.append(frame.bytes);
    out.zeros(begin + next - out.size());
  }
  out.zeros(size - out.size());
  return out.release();
}

// What a test tells the socket, and what the socket was told; it outlives the socket.
struct FakeSocketState {
  int refuse_filters = 0;  // so many fail
  std::optional<std::string> bind_error;
  std::optional<std::string> ring_error;
  os::LinkState link_state = os::LinkState::kFine;
  std::vector<os::RingCounts> counts;  // one for each time it is asked, then zeros

  std::vector<std::string> calls;
  std::vector<ClassicProgram> filters;
  std::vector<std::byte> ring;
  std::size_t block_bytes = 0;
  std::size_t next_block = 0;

  // As the kernel does it; false when the next block is still ours.
  bool fill(const std::vector<FakeFrame>& frames) {
    const std::size_t at = next_block * block_bytes;
    if (ring[at + 8] != std::byte{0}) return false;
    std::ranges::copy(block_of(frames, block_bytes),
                      ring.begin() + static_cast<std::ptrdiff_t>(at));
    next_block = (next_block + 1) % (ring.size() / block_bytes);
    return true;
  }
};

class FakePacketSocket final : public os::PacketSocket {
 public:
  explicit FakePacketSocket(FakeSocketState& state) : state_(state) {
    // A pipe that is always ready, for those who wait for packets.
    if (::pipe(ends_) == 0 && ::write(ends_[1], "x", 1) != 1) ends_[0] = -1;
  }
  ~FakePacketSocket() override {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }

  Result<> set_filter(std::span<const ClassicInsn> program) override {
    state_.calls.emplace_back("filter");
    if (state_.refuse_filters-- > 0)
      return fail("cannot attach the filter: Cannot allocate memory");
    state_.filters.emplace_back(program.begin(), program.end());
    return {};
  }
  Result<std::span<std::byte>> map_ring(const os::RingShape& shape) override {
    state_.calls.emplace_back("ring");
    if (state_.ring_error) return fail(*state_.ring_error);
    state_.block_bytes = shape.block_bytes;
    state_.ring.resize(std::size_t{shape.block_bytes} * shape.blocks);
    return state_.ring;
  }
  Result<> set_time_stamps(os::TimeStampType, const std::string&) override { return {}; }
  Result<> bind(std::uint32_t) override {
    state_.calls.emplace_back("bind");
    return state_.bind_error ? Result<>(fail(*state_.bind_error)) : Result<>{};
  }
  Result<std::uint16_t> join_fanout(std::optional<std::uint16_t> group) override {
    state_.calls.push_back(group ? "join" : "found");
    return group.value_or(7);
  }
  Result<> be_promiscuous(std::uint32_t) override {
    state_.calls.emplace_back("promiscuous");
    return {};
  }
  Result<os::RingCounts> take_counts() override {
    if (state_.counts.empty()) return os::RingCounts{};
    const os::RingCounts counts = state_.counts.front();
    state_.counts.erase(state_.counts.begin());
    return counts;
  }
  os::LinkState link_state() override {
    return std::exchange(state_.link_state, os::LinkState::kFine);
  }
  int fd() const override { return ends_[0]; }

 private:
  FakeSocketState& state_;
  int ends_[2] = {-1, -1};
};

// Opens one socket for each state, in order.
inline os::PacketSocketOpener opener_of(std::vector<FakeSocketState*> states) {
  auto next = std::make_shared<std::size_t>(0);
  return
      [states = std::move(states), next](os::Framing) -> Result<std::unique_ptr<os::PacketSocket>> {
        return std::make_unique<FakePacketSocket>(*states.at((*next)++));
      };
}

}  // namespace weir::test
