// The filters by which compilers are compared, and what the newest libpcap (1.10.6 and its
// development head, which knows vxlan) makes of them on Ethernet: instructions, optimised and not.
// Data only.
#pragma once

#include <array>
#include <string_view>

namespace weir::bench {

struct TableRow {
  std::string_view expression;
  int libpcap_optimised;  // instructions
  int libpcap_unoptimised;
};

inline constexpr auto kFilterTable = std::to_array<TableRow>({
    {"", 1, 1},
    {"ip", 4, 4},
    {"tcp", 12, 14},
    {"udp", 12, 14},
    {"icmp", 6, 6},
    {"icmp6", 9, 10},
    {"arp", 4, 4},
    {"ip6", 4, 4},
    {"ip and tcp port 8080", 13, 24},
    {"ip and tcp dst port 8080", 11, 19},
    {"tcp port 80", 20, 22},
    {"port 53", 24, 30},
    {"udp dst port 53", 16, 17},
    {"host 192.168.1.1", 14, 20},
    {"src net 10.0.0.0/8", 12, 17},
    {"net 2001:db8::/32", 8, 8},
    {"ip6 host 2001:db8::1", 20, 20},
    {"ether host 00:11:22:33:44:55", 10, 10},
    {"portrange 8000-8999", 27, 40},
    {"tcp portrange 1-1023", 23, 32},
    {"not port 22", 24, 30},
    {"tcp port 80 and (((ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2)) != 0)", 30, 79},
    {"tcp[tcpflags] & (tcp-syn|tcp-fin) != 0", 11, 33},
    {"tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 and not src and dst net 192.168.0.0/16", 17, 57},
    {"vlan", 6, 8},
    {"vlan and ip6", 8, 10},
    {"vlan 100 && vlan 200", 16, 20},
    {"vlan and tcp port 80", 24, 28},
    {"mpls", 4, 4},
    {"mpls 1024 and host 192.9.200.1", 16, 16},
    {"pppoes", 4, 4},
    {"pppoes 0x27 and ip", 8, 8},
    {"geneve", 51, 51},
    {"geneve 0xb and ip", 61, 61},
    {"vxlan", 22, 38},
    {"vxlan 7 and tcp port 80", 71, 82},
    {"ip6 protochain 6", 35, 35},
    {"ip protochain 6", 23, 23},
    {"protochain 6", 56, 56},
    {"len > 1000", 4, 9},
    {"greater 1000", 4, 4},
    {"less 64", 4, 4},
    {"ip multicast", 7, 7},
    {"ether broadcast", 6, 6},
    {"ip[6:2] & 0x1fff = 0", 6, 20},
    {"tcp port 80 or tcp port 443 or udp port 53", 36, 62},
    {"(tcp or udp) and port 53 and host 10.0.0.1 and not net 10.1.0.0/16", 24, 96},
    {"src host 10.0.0.1 and dst host 10.0.0.2 and tcp src port 1234 and dst port 80", 17, 64},
    {"host 10.0.0.1 and host 10.0.0.2 and port 80", 22, 66},
    {"icmp[icmptype] != icmp-echo and icmp[icmptype] != icmp-echoreply", 12, 40},
    {"ether[0] & 1 = 0 and ip[16] >= 224", 8, 30},
    {"llc", 6, 6},
    {"stp", 6, 6},
    {"iso", 6, 6},
});

// What one types every day: these must compile in no more time than libpcap takes.
inline constexpr auto kCommonFilters = std::to_array<std::string_view>({
    "ip",
    "tcp",
    "udp",
    "icmp",
    "arp",
    "ip6",
    "port 53",
    "tcp port 80",
    "host 192.168.1.1",
    "src net 10.0.0.0/8",
    "ip and tcp dst port 8080",
    "not port 22",
    "portrange 8000-8999",
    "tcp port 80 or tcp port 443 or udp port 53",
    "vlan and tcp port 80",
    "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
});

}  // namespace weir::bench
