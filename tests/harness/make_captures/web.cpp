#include "applications.h"
#include "captures.h"
#include "pcap_file.h"

namespace weir::captures {
namespace {

constexpr std::int64_t kMillisecond = 1000;
constexpr std::int64_t kSecond = 1'000'000;

// The office: a router, a server for names, DHCP and files, and three people.
constexpr Mac kRouter = station(1);
constexpr Mac kServer = station(2);
constexpr Mac kAnna = station(10);
constexpr Mac kBen = station(11);
constexpr Mac kPhone = station(12);
constexpr Address kRouter4 = v4(10, 0, 0, 1);
constexpr Address kServer4 = v4(10, 0, 0, 2);
constexpr Address kAnna4 = v4(10, 0, 0, 10);
constexpr Address kBen4 = v4(10, 0, 0, 11);
constexpr Address kPhone4 = v4(10, 0, 0, 12);
constexpr Address kAnna6 = v6(1, 0x10);
constexpr Address kBen6 = v6(1, 0x11);

// The world, behind the router.
constexpr Address kWeb4 = v4(192, 0, 2, 80);
constexpr Address kShop4 = v4(198, 51, 100, 7);
constexpr Address kWeb6 = v6(0xff, 0x80);

Side at(const Mac& mac, const Address& address, std::uint16_t port = 0) {
  return {mac, address, port};
}

void look_up(Link& link, std::int64_t time, const Side& client, const Bytes& query,
             const Bytes& answer) {
  const Side server = at(kServer, kServer4, 53);
  link.send(time, client, server, udp_packet(client, server, query, 0x0a01));
  link.send(time + 1'830, server, client, udp_packet(server, client, answer, 0x0b01));
}

void arp_exchange(std::vector<Frame>& frames, std::int64_t time, const Side& asks,
                  const Side& answers) {
  frames.push_back({time, ethernet(kBroadcast, asks.mac, kTypeArp, arp(1, asks, answers))});
  frames.push_back({time + 210, ethernet(asks.mac, answers.mac, kTypeArp, arp(2, answers, asks))});
}

void dns_traffic(Link& link) {
  const Side anna = at(kAnna, kAnna4, 40'001);
  const Side ben = at(kBen, kBen4, 40'002);
  const auto a = DnsType::kA;
  look_up(link, 20 * kMillisecond, anna, dns_query(1, "www.example.com", a),
          dns_answer(1, "www.example.com", a, bytes_of(kWeb4)));
  look_up(link, 24 * kMillisecond, anna, dns_query(2, "www.example.com", DnsType::kAaaa),
          dns_answer(2, "www.example.com", DnsType::kAaaa, bytes_of(kWeb6)));
  look_up(link, 900 * kMillisecond, ben, dns_query(3, "shop.example.net", a),
          dns_answer(3, "shop.example.net", a, bytes_of(kShop4)));
  look_up(link, 2 * kSecond, ben, dns_query(4, "no-such-host.example.org", a),
          dns_no_such_name(4, "no-such-host.example.org", a));
  look_up(link, 3 * kSecond, anna, dns_query(5, "10.0.0.10.in-addr.arpa", DnsType::kPtr),
          dns_no_such_name(5, "10.0.0.10.in-addr.arpa", DnsType::kPtr));
  look_up(link, 4 * kSecond, ben, dns_query(6, "example.com", DnsType::kTxt),
          dns_answer(6, "example.com", DnsType::kTxt, bytes_of({11}) + bytes_of("v=spf1 -all")));
}

struct Exchange {
  std::string_view method;
  std::string_view path;
  int status;
  std::size_t length;
};

void http(Link& link, const Side& client, const Side& server, std::int64_t start,
          std::initializer_list<Exchange> exchanges) {
  TcpFlow flow(link, client, server, start);
  flow.open();
  for (const Exchange& exchange : exchanges) {
    flow.client_says(http_request(exchange.method, exchange.path, "www.example.com"));
    flow.server_says(http_response(exchange.status, exchange.length));
  }
  flow.close();
}

void web_traffic(Link& link) {
  const Side web = at(kRouter, kWeb4, 80);
  const Side proxy = at(kServer, kServer4, 8080);
  http(link, at(kAnna, kAnna4, 50'001), web, 30 * kMillisecond,
       {{"GET", "/", 200, 5200}, {"GET", "/favicon.ico", 404, 180}});
  http(link, at(kAnna, kAnna4, 50'002), web, 180 * kMillisecond,
       {{"GET", "/style.css", 200, 2600}});
  http(link, at(kBen, kBen4, 50'003), web, 700 * kMillisecond,
       {{"GET", "/reports/latest", 304, 0}, {"POST", "/orders", 500, 240}});
  http(link, at(kBen, kBen4, 50'004), proxy, 1100 * kMillisecond,
       {{"GET", "/status", 200, 90}, {"GET", "/missing", 404, 160}});
  http(link, at(kPhone, kPhone4, 50'005), proxy, 1500 * kMillisecond,
       {{"POST", "/call", 500, 200}});
}

void troubled_traffic(Link& link) {
  TcpFlow refused(link, at(kBen, kBen4, 50'010), at(kServer, kServer4, 23), 2200 * kMillisecond);
  refused.server_resets();
  TcpFlow lossy(link, at(kAnna, kAnna4, 50'011), at(kRouter, kWeb4, 80), 2300 * kMillisecond);
  lossy.open();
  lossy.client_says(http_request("GET", "/slow", "www.example.com"));
  lossy.server_says(http_response(200, 1200));
  lossy.server_repeats();
  lossy.server_resets();
}

void tls(Link& link, const Side& client, const Side& server, std::int64_t start) {
  TcpFlow flow(link, client, server, start);
  flow.open();
  flow.client_says(tls_client_hello("shop.example.net"));
  flow.server_says(tls_server_hello() + tls_application_data(2100, client.port));
  flow.client_says(tls_application_data(340, 3));
  flow.server_says(tls_application_data(1700, 4));
  flow.close();
}

void ssh(Link& link) {
  TcpFlow flow(link, at(kAnna, kAnna4, 50'030), at(kServer, kServer4, 22), 1900 * kMillisecond);
  flow.open();
  flow.server_says(bytes_of("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"));
  flow.client_says(bytes_of("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"));
  for (std::uint32_t i = 0; i < 4; ++i) {
    flow.client_says(tls_application_data(31, i));
    flow.server_says(tls_application_data(47, i + 10));
  }
  flow.close();
}

void ping(Link& link, const Side& from, const Side& to, std::int64_t start, int count) {
  for (int i = 0; i < count; ++i) {
    const Bytes rest = bytes_of({0x12, 0x34, 0, static_cast<unsigned>(i + 1)}) + test::payload(56);
    const std::int64_t time = start + i * kSecond;
    const auto packet = [&](const Side& source, const Side& target, bool reply) {
      if (!source.address.is_v6) {
        return ip({source.address, target.address, kIcmp}, icmp(reply ? 0 : 8, 0, rest));
      }
      return ip({source.address, target.address, kIcmp6},
                icmp6(source.address, target.address, reply ? 129 : 128, 0, rest));
    };
    link.send(time, from, to, packet(from, to, false));
    link.send(time + 11'400, to, from, packet(to, from, true));
  }
}

// Errors carry the header of the packet that they are about.
void icmp_errors(Link& link) {
  const Side ben = at(kBen, kBen4, 33'434);
  const Side target = at(kRouter, kShop4, 33'434);
  const Bytes probe = ip({.from = kBen4, .to = kShop4, .protocol = kUdp, .ttl = 1, .id = 7},
                         udp(ben, target, Bytes(12)));
  const Bytes about = Bytes(4) + Bytes(probe.begin(), probe.begin() + 28);
  link.send(3100 * kMillisecond, ben, target, probe);
  link.send(3101 * kMillisecond, at(kRouter, kRouter4), ben,
            ip({kRouter4, kBen4, kIcmp}, icmp(11, 0, about)));
  link.send(3150 * kMillisecond, target, ben, ip({kShop4, kBen4, kIcmp}, icmp(3, 3, about)));
}

void ip6_traffic(Link& link) {
  const Side router = at(kRouter, v6_local(0xfe80, 1));
  const Side everyone = at({{0x33, 0x33, 0, 0, 0, 1}}, v6_local(0xff02, 1));
  const Side anna = at(kAnna, kAnna6);
  const Side ben = at(kBen, kBen6);
  const auto send = [&](std::int64_t time, const Side& from, const Side& to, std::uint8_t type,
                        const Bytes& rest) {
    link.send(time, from, to,
              ip({.from = from.address, .to = to.address, .protocol = kIcmp6, .ttl = 255},
                 icmp6(from.address, to.address, type, 0, rest)));
  };
  // Router advertisement with the prefix, neighbour solicitation and advertisement.
  Bytes prefix = bytes_of(v6(1, 0));
  send(5 * kMillisecond, router, everyone, 134,
       bytes_of({64, 0,    7, 8, 0,    0,    0, 0, 0,    0,    0, 0, 3, 4,
                 64, 0xc0, 0, 1, 0x51, 0x80, 0, 0, 0x38, 0x40, 0, 0, 0, 0}) +
           prefix);
  const Side solicited = at({{0x33, 0x33, 0xff, 0, 0, 0x11}},
                            {{0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0, 0, 0x11}, true});
  send(1'200 * kMillisecond, anna, solicited, 135,
       Bytes(4) + bytes_of(kBen6) + bytes_of({1, 1}) + bytes_of(kAnna));
  send(1'201 * kMillisecond, ben, anna, 136,
       bytes_of({0x60, 0, 0, 0}) + bytes_of(kBen6) + bytes_of({2, 1}) + bytes_of(kBen));
  ping(link, anna, ben, 1'210 * kMillisecond, 2);
  http(link, at(kAnna, kAnna6, 50'040), at(kRouter, kWeb6, 80), 1'300 * kMillisecond,
       {{"GET", "/v6", 200, 1900}});
}

void ip6_extension_headers(Link& link) {
  for (const std::uint8_t kind : {kHopByHop, kDestinationOptions}) {
    const auto port = static_cast<std::uint16_t>(50'050 + kind);
    TcpFlow flow(link, at(kBen, kBen6, port), at(kRouter, kWeb6, 80), (2600 + kind) * kMillisecond);
    flow.use_ip6_options(kind);
    flow.open();
    flow.client_says(http_request("GET", "/options", "www.example.com"));
    flow.server_says(http_response(200, 300));
    flow.close();
  }
}

void fragments(Link& link) {
  const Bytes report = test::payload(3600);
  const Side anna4 = at(kAnna, kAnna4, 5'000);
  const Side server4 = at(kServer, kServer4, 5'000);
  std::int64_t time = 3300 * kMillisecond;
  for (const Bytes& packet :
       ip_fragments({.from = kAnna4, .to = kServer4, .protocol = kUdp, .id = 99},
                    udp(anna4, server4, report), 1480)) {
    link.send(time += 40, anna4, server4, packet);
  }
  const Side anna6 = at(kAnna, kAnna6, 5'000);
  const Side ben6 = at(kBen, kBen6, 5'000);
  for (const Bytes& packet : ip_fragments({.from = kAnna6, .to = kBen6, .protocol = kUdp, .id = 77},
                                          udp(anna6, ben6, report), 1448)) {
    link.send(time += 40, anna6, ben6, packet);
  }
}

void services(Link& link) {
  const Address nobody = v4(0, 0, 0, 0);
  const Address everyone = v4(255, 255, 255, 255);
  const Side client = at(kPhone, nobody, 68);
  const Side all_servers = at(kBroadcast, everyone, 67);
  const Side server = at(kServer, kServer4, 67);
  const Side all_clients = at(kBroadcast, everyone, 68);
  std::int64_t time = 400 * kMillisecond;
  for (const DhcpMessage message :
       {DhcpMessage::kDiscover, DhcpMessage::kOffer, DhcpMessage::kRequest, DhcpMessage::kAck}) {
    const bool reply = message == DhcpMessage::kOffer || message == DhcpMessage::kAck;
    const Side& from = reply ? server : client;
    const Side& to = reply ? all_clients : all_servers;
    link.send(time += 9'300, from, to,
              udp_packet(from, to, dhcp(message, kPhone, kPhone4, kServer4)));
  }
  const Side anna = at(kAnna, kAnna4, 123);
  const Side clock = at(kRouter, v4(203, 0, 113, 123), 123);
  for (int i = 0; i < 2; ++i) {
    const std::int64_t start = (1700 + 2000 * i) * kMillisecond;
    const auto now = static_cast<std::uint32_t>(kRecordingBegan + start / kSecond);
    link.send(start, anna, clock, udp_packet(anna, clock, ntp(false, now)));
    link.send(start + 23'000, clock, anna, udp_packet(clock, anna, ntp(true, now)));
  }
  const Side mdns = at({{1, 0, 0x5e, 0, 0, 0xfb}}, v4(224, 0, 0, 251), 5353);
  const Side phone = at(kPhone, kPhone4, 5353);
  link.send(3500 * kMillisecond, phone, mdns,
            udp_packet(phone, mdns, dns_query(0, "_http._tcp.local", DnsType::kPtr)));
  link.send(3510 * kMillisecond, phone, mdns,
            ip({.from = kPhone4, .to = mdns.address, .protocol = kIgmp, .ttl = 1},
               icmp(0x16, 0, bytes_of(mdns.address))));
}

// A BPDU over LLC, with a length where Ethernet has its type, and LLDP.
void link_layer_traffic(std::vector<Frame>& frames) {
  const Mac bridges = {{1, 0x80, 0xc2, 0, 0, 0}};
  const Mac lldp = {{1, 0x80, 0xc2, 0, 0, 0x0e}};
  const Bytes bpdu =
      bytes_of({0x42, 0x42, 3, 0, 0, 0, 0, 0, 0x80, 0,    2, 0, 0, 0,  0, 1, 0, 0,  0,
                4,    0x80, 0, 2, 0, 0, 0, 0, 1,    0x80, 1, 0, 0, 20, 0, 2, 0, 15, 0});
  for (int i = 0; i < 3; ++i) {
    frames.push_back({(100 + 2000 * i) * kMillisecond,
                      ethernet(bridges, kRouter, static_cast<std::uint16_t>(bpdu.size()), bpdu)});
  }
  frames.push_back(
      {250 * kMillisecond,
       ethernet(lldp, kRouter, kTypeLldp,
                bytes_of({2, 7, 4, 2, 0, 0, 0, 0, 1, 4, 5, 7}) + bytes_of("eth0") +
                    bytes_of({6, 2, 0, 120, 10, 6}) + bytes_of("router") + bytes_of({0, 0}))});
}

void vlan_traffic(std::vector<Frame>& frames) {
  Link phones = ethernet_link(frames, {5});
  http(phones, at(kPhone, kPhone4, 50'060), at(kServer, kServer4, 80), 2500 * kMillisecond,
       {{"GET", "/directory", 200, 700}});
  ping(phones, at(kPhone, kPhone4), at(kServer, kServer4), 2510 * kMillisecond, 2);
  Link provider = ethernet_link(frames, {100, 5});
  look_up(provider, 2700 * kMillisecond, at(kBen, kBen4, 40'100),
          dns_query(9, "vlan.example.com", DnsType::kA),
          dns_answer(9, "vlan.example.com", DnsType::kA, bytes_of(kWeb4)));
  ping(provider, at(kBen, kBen4), at(kRouter, kRouter4), 2710 * kMillisecond, 2);
}

}  // namespace

Bytes web() {
  std::vector<Frame> frames;
  Link link = ethernet_link(frames);
  arp_exchange(frames, 10 * kMillisecond, at(kAnna, kAnna4), at(kServer, kServer4));
  arp_exchange(frames, 15 * kMillisecond, at(kAnna, kAnna4), at(kRouter, kRouter4));
  arp_exchange(frames, 690 * kMillisecond, at(kBen, kBen4), at(kRouter, kRouter4));
  link_layer_traffic(frames);
  dns_traffic(link);
  web_traffic(link);
  troubled_traffic(link);
  tls(link, at(kBen, kBen4, 50'020), at(kRouter, kShop4, 443), 950 * kMillisecond);
  tls(link, at(kAnna, kAnna4, 50'021), at(kRouter, kShop4, 443), 1800 * kMillisecond);
  ssh(link);
  ping(link, at(kAnna, kAnna4), at(kRouter, kRouter4), 500 * kMillisecond, 4);
  icmp_errors(link);
  ip6_traffic(link);
  ip6_extension_headers(link);
  fragments(link);
  services(link);
  vlan_traffic(frames);
  constexpr std::uint32_t kEn10mb = 1;
  return pcap_file(kEn10mb, std::move(frames));
}

}  // namespace weir::captures
