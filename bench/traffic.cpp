#include "bench/traffic.h"

#include <span>
#include <string_view>
#include <vector>

#include "capfile/writer.h"

namespace weir::bench {
namespace {

using Bytes = std::vector<std::byte>;

void put(Bytes& out, std::uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out.push_back(static_cast<std::byte>(value >> 8 * i));
}

void put(Bytes& out, std::string_view text) {
  for (const char c : text) out.push_back(static_cast<std::byte>(c));
}

Bytes ethernet(std::uint16_t type) {
  Bytes out;
  put(out, 0x020000000001, 6);
  put(out, 0x020000000002, 6);
  put(out, type, 2);
  return out;
}

struct Ends {
  std::uint32_t source;
  std::uint32_t destination;
};

void put_ip4(Bytes& out, Ends ends, std::uint8_t protocol, std::size_t payload) {
  put(out, 0x4500, 2);
  put(out, 20 + payload, 2);
  put(out, 0x1234'4000, 4);
  put(out, 64, 1);
  put(out, protocol, 1);
  put(out, 0, 2);
  put(out, ends.source, 4);
  put(out, ends.destination, 4);
}

void put_ip6(Bytes& out, Ends ends, std::uint8_t protocol, std::size_t payload) {
  put(out, 0x6000'0000, 4);
  put(out, payload, 2);
  put(out, protocol, 1);
  put(out, 64, 1);
  for (const std::uint32_t host : {ends.source, ends.destination}) {
    put(out, 0x2001'0db8'0000'0001, 8);
    put(out, host, 8);
  }
}

struct TcpPorts {
  std::uint16_t source;
  std::uint16_t destination;
};

// With the time stamps that most segments carry.
void put_tcp(Bytes& out, TcpPorts ports, std::uint32_t sequence, std::size_t payload) {
  put(out, ports.source, 2);
  put(out, ports.destination, 2);
  put(out, sequence, 4);
  put(out, sequence ^ 0x5555, 4);
  put(out, payload == 0 ? 0x8010 : 0x8018, 2);
  put(out, 502, 2);
  put(out, 0, 4);
  put(out, 0x0101'080a, 4);
  put(out, sequence, 4);
  put(out, sequence + 7, 4);
  out.resize(out.size() + payload, std::byte{0x5a});
}

constexpr std::size_t kTcpHeader = 32;

Bytes tcp4(Ends ends, TcpPorts ports, std::uint32_t sequence, std::size_t payload) {
  Bytes out = ethernet(0x0800);
  put_ip4(out, ends, 6, kTcpHeader + payload);
  put_tcp(out, ports, sequence, payload);
  return out;
}

Bytes tcp6(Ends ends, TcpPorts ports, std::uint32_t sequence, std::size_t payload) {
  Bytes out = ethernet(0x86dd);
  put_ip6(out, ends, 6, kTcpHeader + payload);
  put_tcp(out, ports, sequence, payload);
  return out;
}

Bytes dns_query(Ends ends, std::uint16_t id) {
  constexpr std::string_view kName(
      "\x03www\x07"
      "example\x03"
      "com\0",
      17);
  constexpr std::size_t kLength = 8 + 12 + kName.size() + 4;
  Bytes out = ethernet(0x0800);
  put_ip4(out, ends, 17, kLength);
  put(out, 40'000 + id % 10'000, 2);
  put(out, 53, 2);
  put(out, kLength, 2);
  put(out, 0, 2);
  put(out, id, 2);
  put(out, 0x0100'0001, 4);  // recursion desired; one question
  put(out, 0, 6);
  put(out, kName);
  put(out, 0x0001'0001, 4);
  return out;
}

Bytes ping(Ends ends, std::uint16_t sequence) {
  Bytes out = ethernet(0x0800);
  put_ip4(out, ends, 1, 64);
  put(out, 0x0800'0000, 4);
  put(out, 77, 2);
  put(out, sequence, 2);
  out.resize(out.size() + 56);
  return out;
}

Bytes arp_request(Ends ends) {
  Bytes out = ethernet(0x0806);
  put(out, 0x0001'0800'0604'0001, 8);
  put(out, 0x020000000002, 6);
  put(out, ends.source, 4);
  put(out, 0, 6);
  put(out, ends.destination, 4);
  out.resize(60);
  return out;
}

// Sixteen packets in turn: eleven of TCP, two of DNS, a ping, an ARP request, a segment with data.
Bytes mixed(std::uint64_t i) {
  const auto n = static_cast<std::uint32_t>(i);
  const Ends ends{.source = 0x0a00'0001 + n % 50, .destination = 0xc000'0201 + n % 7};
  const TcpPorts ports{.source = static_cast<std::uint16_t>(50'000 + n % 200), .destination = 443};
  switch (i % 16) {
    case 3:
    case 9:
      return dns_query(ends, static_cast<std::uint16_t>(n));
    case 5:
      return ping(ends, static_cast<std::uint16_t>(n));
    case 7:
      return arp_request(ends);
    case 11:
    case 13:
      return tcp6(ends, ports, n * 100, 100);
    case 2:
    case 6:
    case 10:
    case 14:
      return tcp4(ends, ports, n * 1000, 1000);
    default:
      return tcp4(ends, ports, n * 1000, 0);
  }
}

Bytes many_hosts(std::uint64_t i) {
  const auto n = static_cast<std::uint32_t>(i);
  const Ends ends{.source = 0x0a00'0000 + n * 7 % 10'000,
                  .destination = 0x0b00'0000 + n * 13 % 10'000};
  return tcp4(ends, {.source = 40'000, .destination = 443}, n, 0);
}

Bytes many_flows(std::uint64_t i) {
  const auto n = static_cast<std::uint32_t>(i);
  const Ends ends{.source = 0x0a00'0000 + n / 50'000, .destination = 0x0b00'0001};
  return tcp4(ends, {.source = static_cast<std::uint16_t>(10'000 + n % 50'000), .destination = 443},
              n, 0);
}

Bytes packet_of(Traffic kind, std::uint64_t i) {
  switch (kind) {
    case Traffic::kMixed:
      return mixed(i);
    case Traffic::kManyHosts:
      return many_hosts(i);
    case Traffic::kManyFlows:
      return many_flows(i);
  }
  return {};
}

}  // namespace

Result<> write_traffic(const std::string& path, Traffic kind, std::uint64_t packets) {
  auto writer = capfile::CaptureWriter::create(path, {.format = capfile::Format::kPcap});
  if (!writer) return std::unexpected(writer.error());
  capfile::CaptureInfo info;
  info.interfaces.emplace_back();
  if (auto begun = writer->begin(info); !begun) return begun;
  for (std::uint64_t i = 0; i < packets; ++i) {
    const Bytes bytes = packet_of(kind, i);
    const auto time_ns = static_cast<std::int64_t>(1'700'000'000'000'000'000 + i * 10'000);
    auto written = writer->write(Packet{.bytes = bytes,
                                        .wire_length = static_cast<std::uint32_t>(bytes.size()),
                                        .time_ns = time_ns});
    if (!written) return written;
  }
  return writer->close();
}

}  // namespace weir::bench
