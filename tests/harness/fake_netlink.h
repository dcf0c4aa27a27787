// A Netlink that gives prepared datagrams, and the messages to prepare.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/writer.h"
#include "os/netlink.h"

namespace weir::test {

using Bytes = std::vector<std::byte>;

class FakeNetlink final : public os::Netlink {
 public:
  Result<> send(std::span<const std::byte> request) override {
    requests.emplace_back(request.begin(), request.end());
    return {};
  }
  Result<Bytes> receive() override {
    if (answers.empty()) return fail("cannot read from rtnetlink: No buffer space available");
    Bytes out = std::move(answers.front());
    answers.pop_front();
    return out;
  }

  std::vector<Bytes> requests;
  std::deque<Bytes> answers;
};

// Numbers of linux/netlink.h and linux/rtnetlink.h.
inline constexpr std::uint16_t kDone = 3;
inline constexpr std::uint16_t kError = 2;
inline constexpr std::uint16_t kNewLink = 16;
inline constexpr std::uint16_t kNewAddress = 20;
inline constexpr std::uint16_t kInterrupted = 0x10;

inline Bytes message(std::uint16_t type, const Bytes& body, std::uint16_t flags = 0) {
  ByteWriter out(std::endian::native);
  out.u32(static_cast<std::uint32_t>(16 + body.size()));
  out.u16(type);
  out.u16(flags);
  out.u32(1);
  out.u32(0);
  out.append(body);
  out.align(4);
  return out.release();
}

inline Bytes attribute(std::uint16_t type, std::span<const std::byte> value) {
  ByteWriter out(std::endian::native);
  out.u16(static_cast<std::uint16_t>(4 + value.size()));
  out.u16(type);
  out.append(value);
  out.align(4);
  return out.release();
}

inline Bytes attribute(std::uint16_t type, std::string_view text) {
  Bytes value;
  for (const char c : text) value.push_back(static_cast<std::byte>(c));
  value.push_back({});
  return attribute(type, value);
}

inline Bytes operator+(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// struct ifinfomsg.
inline Bytes link_body(std::uint32_t index, std::uint16_t hardware_type, std::uint32_t flags) {
  ByteWriter out(std::endian::native);
  out.u16(0);
  out.u16(hardware_type);
  out.u32(index);
  out.u32(flags);
  out.u32(0);
  return out.release();
}

// struct ifaddrmsg.
inline Bytes address_body(std::uint32_t index, std::uint8_t prefix) {
  ByteWriter out(std::endian::native);
  out.u8(2);
  out.u8(prefix);
  out.u16(0);
  out.u32(index);
  return out.release();
}

}  // namespace weir::test
