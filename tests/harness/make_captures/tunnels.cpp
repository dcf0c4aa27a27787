#include "applications.h"
#include "captures.h"
#include "recording.h"

namespace weir::captures {
namespace {

constexpr auto kOrder = std::endian::little;
constexpr std::uint32_t kEthernetInterface = 0;
constexpr std::uint32_t kCookedInterface = 1;

// The ends of the tunnels, and who talks through them.
constexpr Side kEast = {station(0x21), v4(192, 0, 2, 1), 0};
constexpr Side kWest = {station(0x22), v4(198, 51, 100, 1), 0};
constexpr Side kEast6 = {station(0x21), v6(2, 1), 0};
constexpr Side kWest6 = {station(0x22), v6(2, 2), 0};
constexpr Side kClient = {station(0x31), v4(10, 1, 0, 10), 51'000};
constexpr Side kServer = {station(0x32), v4(10, 2, 0, 80), 80};
constexpr Side kClient6 = {station(0x31), v6(3, 0x10), 51'000};
constexpr Side kServer6 = {station(0x32), v6(4, 0x80), 80};

bool goes_west(const Side& from) { return from.port > 1024; }

// A packet between the ends of a tunnel, in Ethernet.
Bytes between_ends(const Side& inner_from, const Side& east, const Side& west,
                   std::uint8_t protocol, const Bytes& payload) {
  const Side& from = goes_west(inner_from) ? east : west;
  const Side& to = goes_west(inner_from) ? west : east;
  return ethernet(to.mac, from.mac, ether_type(from.address),
                  ip({.from = from.address, .to = to.address, .protocol = protocol}, payload));
}

Bytes over_udp(const Side& inner_from, Side east, Side west, std::uint16_t port,
               const Bytes& payload) {
  east.port = goes_west(inner_from) ? 49'200 : port;
  west.port = goes_west(inner_from) ? port : 49'200;
  const Side& from = goes_west(inner_from) ? east : west;
  const Side& to = goes_west(inner_from) ? west : east;
  return between_ends(inner_from, east, west, kUdp, udp(from, to, payload));
}

Bytes inner_frame(const Side& from, const Side& to, const Bytes& packet) {
  return ethernet(to.mac, from.mac, ether_type(from.address), packet);
}

Bytes vxlan(const Side& from, const Side& to, const Bytes& packet) {
  const Bytes header = bytes_of({8, 0, 0, 0, 0, 0, 42, 0});
  return over_udp(from, kEast, kWest, 4789, header + inner_frame(from, to, packet));
}

Bytes vxlan_over_ip6(const Side& from, const Side& to, const Bytes& packet) {
  const Bytes header = bytes_of({8, 0, 0, 0, 0, 0, 43, 0});
  return over_udp(from, kEast6, kWest6, 4789, header + inner_frame(from, to, packet));
}

// With one option of four bytes.
Bytes geneve(const Side& from, const Side& to, const Bytes& packet) {
  const Bytes header = bytes_of({2, 0, 0x65, 0x58, 0, 0, 7, 0, 1, 2, 3, 1, 0xca, 0xfe, 0, 1});
  return over_udp(from, kEast, kWest, 6081, header + inner_frame(from, to, packet));
}

Bytes gre(const Side& from, const Side&, const Bytes& packet) {
  const Bytes header = from.address.is_v6 ? bytes_of({0, 0, 0x86, 0xdd}) : bytes_of({0, 0, 8, 0});
  return between_ends(from, kEast, kWest, kGre, header + packet);
}

// Keyed, and carrying Ethernet.
Bytes gre_tap(const Side& from, const Side& to, const Bytes& packet) {
  const Bytes header = bytes_of({0x20, 0, 0x65, 0x58, 0, 0, 0, 99});
  return between_ends(from, kEast, kWest, kGre, header + inner_frame(from, to, packet));
}

Bytes ip_in_ip(const Side& from, const Side&, const Bytes& packet) {
  return between_ends(from, kEast, kWest, from.address.is_v6 ? kIp6InIp : kIpInIp, packet);
}

// Two labels, 16 and 1024, the last with the bottom-of-stack bit.
Bytes mpls(const Side& from, const Side&, const Bytes& packet) {
  const Bytes labels = bytes_of({0, 1, 0, 64, 0, 0x40, 1, 64});
  const Side& source = goes_west(from) ? kEast : kWest;
  const Side& target = goes_west(from) ? kWest : kEast;
  return ethernet(target.mac, source.mac, kTypeMpls, labels + packet);
}

Bytes pppoe(std::uint8_t code, std::uint16_t session, const Bytes& payload) {
  ByteWriter out;
  out.u8(0x11);
  out.u8(code);
  out.u16(session);
  out.u16(static_cast<std::uint16_t>(payload.size()));
  out.append(payload);
  return out.release();
}

Bytes pppoe_session(const Side& from, const Side&, const Bytes& packet) {
  const Bytes protocol = from.address.is_v6 ? bytes_of({0, 0x57}) : bytes_of({0, 0x21});
  const Side& source = goes_west(from) ? kEast : kWest;
  const Side& target = goes_west(from) ? kWest : kEast;
  return ethernet(target.mac, source.mac, kTypePppoeSession, pppoe(0, 0x11, protocol + packet));
}

// LINKTYPE_LINUX_SLL2: what `-i any` captures, here on interface 3.
Bytes cooked(const Side& from, const Side&, const Bytes& packet) {
  ByteWriter out;
  out.u16(ether_type(from.address));
  out.u16(0);
  out.u32(3);
  out.u16(1);                       // Ethernet
  out.u8(goes_west(from) ? 4 : 0);  // sent by us, or to us
  out.u8(6);
  out.append(bytes_of(from.mac));
  out.zeros(2);
  out.append(packet);
  return out.release();
}

struct Tunnel {
  std::string_view comment;  // of its first packet
  Bytes (*wrap)(const Side& from, const Side& to, const Bytes& packet);
  bool carries_ip6;
  std::uint32_t interface = kEthernetInterface;
};

constexpr Tunnel kTunnels[] = {
    {"VXLAN 42 over IPv4: a web request inside", vxlan, false},
    {"VXLAN 43 over IPv6", vxlan_over_ip6, false},
    {"GENEVE 7 with an option, IPv6 inside", geneve, true},
    {"GRE, IPv4 inside", gre, false},
    {"GRE, IPv6 inside", gre, true},
    {"GRE with key 99, Ethernet inside", gre_tap, false},
    {"IP in IP", ip_in_ip, false},
    {"IPv6 in IPv4 (6in4)", ip_in_ip, true},
    {"MPLS, labels 16 and 1024", mpls, false},
    {"PPPoE session 17", pppoe_session, false},
    {"PPPoE session 17, IPv6 inside", pppoe_session, true},
    {"no tunnel, but a cooked interface", cooked, false, kCookedInterface},
    {"IPv6 on the cooked interface", cooked, true, kCookedInterface},
};

void converse(std::vector<Frame>& frames, const Tunnel& tunnel, std::int64_t start) {
  Link link = {.frames = frames,
               .wrap = tunnel.wrap,
               .interface = tunnel.interface,
               .comment = std::string(tunnel.comment)};
  const Side& client = tunnel.carries_ip6 ? kClient6 : kClient;
  const Side& server = tunnel.carries_ip6 ? kServer6 : kServer;
  TcpFlow flow(link, client, server, start);
  flow.open();
  flow.client_says(http_request("GET", "/inside", "intranet.example.com"));
  flow.server_says(http_response(200, 120));
  flow.close();
  const Side resolver = {server.mac, server.address, 53};
  const Bytes query = dns_query(11, "intranet.example.com", DnsType::kA);
  link.send(flow.now_us(), client, resolver, udp_packet(client, resolver, query));
}

void pppoe_discovery(std::vector<Frame>& frames) {
  constexpr std::int64_t kStart = 9'990'000;
  const Bytes any_service = bytes_of({1, 1, 0, 0});
  frames.push_back({kStart,
                    ethernet(kBroadcast, kEast.mac, kTypePppoeDiscovery, pppoe(9, 0, any_service)),
                    kEthernetInterface, "PPPoE discovery: looking for a concentrator"});
  frames.push_back({kStart + 3'000,
                    ethernet(kEast.mac, kWest.mac, kTypePppoeDiscovery, pppoe(7, 0, any_service))});
}

Bytes interface_options(std::string_view name, std::string_view description) {
  return test::option(kOrder, 2, bytes_of(name)) + test::option(kOrder, 3, bytes_of(description)) +
         test::option(kOrder, 9, bytes_of({9})) + test::option(kOrder, 0, {});
}

Bytes packet_block(const Frame& frame) {
  const auto time_ns =
      static_cast<std::uint64_t>(kRecordingBegan * 1'000'000 + frame.time_us) * 1000;
  const Bytes options = frame.comment.empty() ? Bytes{}
                                              : test::option(kOrder, 1, bytes_of(frame.comment)) +
                                                    test::option(kOrder, 0, {});
  return test::enhanced_packet(kOrder, frame.interface, time_ns, frame.bytes, options);
}

}  // namespace

Bytes tunnels() {
  std::vector<Frame> frames;
  std::int64_t start = 0;
  for (const Tunnel& tunnel : kTunnels) converse(frames, tunnel, start += 1'000'000);
  pppoe_discovery(frames);
  sort_by_time(frames);

  constexpr std::uint16_t kEn10mb = 1;
  constexpr std::uint16_t kLinuxSll2 = 276;
  Bytes file =
      test::section(kOrder,
                    test::option(kOrder, 1, bytes_of("one conversation, tunnelled in many ways")) +
                        test::option(kOrder, 0, {})) +
      test::interface(kOrder, kEn10mb, 262144, interface_options("eth0", "between two sites")) +
      test::interface(kOrder, kLinuxSll2, 262144, interface_options("any", "all interfaces"));
  for (const Frame& frame : frames) {
    const Bytes block = packet_block(frame);
    file.insert(file.end(), block.begin(), block.end());
  }
  return file;
}

}  // namespace weir::captures
