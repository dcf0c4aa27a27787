// Headers are written field by field; checksums stay 0, for no filter looks at them.
#include "bench/kernel/packets.h"

#include <cstdint>

namespace weir::bench {
namespace {

constexpr std::uint16_t kIpv4 = 0x0800, kArp = 0x0806, kIpv6 = 0x86dd;
constexpr std::uint8_t kIcmp = 1, kTcp = 6, kUdp = 17, kIcmp6 = 58;
constexpr std::size_t kShortest = 60;

class Frame {
 public:
  explicit Frame(std::uint16_t type) : bytes_(12, std::byte{0x02}) { u16(type); }

  Frame& u8(std::uint32_t value) {
    bytes_.push_back(static_cast<std::byte>(value));
    return *this;
  }
  Frame& u16(std::uint32_t value) { return u8(value >> 8).u8(value & 0xff); }
  Frame& u32(std::uint32_t value) { return u16(value >> 16).u16(value & 0xffff); }
  Frame& zeros(std::size_t count) {
    bytes_.resize(bytes_.size() + count);
    return *this;
  }
  std::vector<std::byte> done() {
    if (bytes_.size() < kShortest) bytes_.resize(kShortest);
    return bytes_;
  }

 private:
  std::vector<std::byte> bytes_;
};

struct Ipv4 {
  std::uint8_t protocol;
  std::uint32_t source;
  std::uint32_t target;
  std::uint16_t payload;       // bytes
  std::uint16_t fragment = 0;  // offset, in 8 bytes
  std::uint8_t options = 0;    // in 4 bytes
};

Frame ipv4(const Ipv4& ip) {
  Frame frame(kIpv4);
  const std::uint32_t header = 20u + 4u * ip.options;
  frame.u8(0x45u + ip.options).u8(0).u16(header + ip.payload).u16(1).u16(ip.fragment);
  frame.u8(64).u8(ip.protocol).u16(0).u32(ip.source).u32(ip.target);
  return frame.zeros(std::size_t{4} * ip.options);
}

Frame ipv6(std::uint8_t next, std::uint16_t payload) {
  Frame frame(kIpv6);
  frame.u32(0x60000000).u16(payload).u8(next).u8(64);
  for (std::uint32_t host = 1; host <= 2; ++host) frame.u32(0x20010db8).u32(0).u32(0).u32(host);
  return frame;
}

constexpr std::uint16_t kTcpHeader = 20, kUdpHeader = 8, kData = 512;

std::vector<std::byte> tcp(Frame frame, std::uint16_t source, std::uint16_t target,
                           std::size_t data) {
  frame.u16(source).u16(target).u32(1).u32(1).u16(0x5010).u16(4096).u32(0);
  return frame.zeros(data).done();
}

std::vector<std::byte> udp(Frame frame, std::uint16_t source, std::uint16_t target) {
  return frame.u16(source).u16(target).u16(kUdpHeader + kData).u16(0).zeros(kData).done();
}

std::vector<std::byte> arp(std::uint32_t sender, std::uint32_t target) {
  Frame frame(kArp);
  frame.u16(1).u16(kIpv4).u8(6).u8(4).u16(1);
  return frame.zeros(6).u32(sender).zeros(6).u32(target).done();
}

constexpr std::uint32_t kListed = 0x0a000105;      // 10.0.1.5: of every list
constexpr std::uint32_t kListedLate = 0x0a0301c8;  // 10.3.1.200: of the longest
constexpr std::uint32_t kInNet = 0x0a01070b;       // 10.1.7.11
constexpr std::uint32_t kOther = 0xc0a80101, kThird = 0xc0a80102;

}  // namespace

std::vector<MixedPacket> packet_mix() {
  constexpr std::uint16_t kFull = kTcpHeader + kData, kDatagram = kUdpHeader + kData;
  return {
      {"TCP to port 8080", tcp(ipv4({kTcp, kOther, kThird, kFull}), 40000, 8080, kData)},
      {"TCP from port 8080 of 10.1.0.0/16",
       tcp(ipv4({kTcp, kInNet, kOther, kFull}), 8080, 40000, kData)},
      {"TCP to port 80", tcp(ipv4({kTcp, kOther, kThird, kFull}), 40000, 80, kData)},
      {"TCP to port 80, no data", tcp(ipv4({kTcp, kOther, kThird, kTcpHeader}), 40000, 80, 0)},
      {"TCP from port 80, IP options",
       tcp(ipv4({kTcp, kThird, kOther, kFull, 0, 2}), 80, 40000, kData)},
      {"TCP from port 443, listed host",
       tcp(ipv4({kTcp, kListed, kOther, kFull}), 443, 40000, kData)},
      {"TCP of other ports", tcp(ipv4({kTcp, kOther, kThird, kFull}), 40000, 22, kData)},
      {"TCP, a later fragment", tcp(ipv4({kTcp, kOther, kThird, kFull, 64}), 40000, 80, kData)},
      {"UDP to port 53, listed host", udp(ipv4({kUdp, kOther, kListed, kDatagram}), 40000, 53)},
      {"UDP of other ports, host listed late",
       udp(ipv4({kUdp, kListedLate, kOther, kDatagram}), 5000, 5001)},
      {"ICMP", ipv4({kIcmp, kOther, kThird, 64}).u32(0x08000000).zeros(60).done()},
      {"ARP", arp(kOther, kThird)},
      {"ARP for a listed host", arp(kOther, kListed)},
      {"TCP over IPv6 to port 80", tcp(ipv6(kTcp, kFull), 40000, 80, kData)},
      {"UDP over IPv6 to port 8500", udp(ipv6(kUdp, kDatagram), 40000, 8500)},
      {"ICMPv6", ipv6(kIcmp6, 64).u32(0x80000000).zeros(60).done()},
  };
}

}  // namespace weir::bench
