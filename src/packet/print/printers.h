// Every printer of a protocol, and the tables that choose one. A printer appends what its header
// and what lies behind it say; it never fails. Each protocol has a namespace and a file of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <weir/link_type.h>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet {

// The IP header that stands before a transport header.
struct IpContext {
  View header;                  // from the IP header's begin
  int version;                  // 4 or 6
  std::uint8_t first_protocol;  // what the IP header itself names: transports print addresses only
                                // when nothing stands between
  std::uint8_t ttl;             // or hop limit
  bool fragmented;              // more fragments follow
};

using Printer = void (*)(Line&, const View&);
using IpPrinter = void (*)(Line&, const View&, const IpContext&);

// A printer that needs nothing of the IP header, among those that do.
template <Printer print>
void without_ip(Line& line, const View& view, const IpContext&) {
  print(line, view);
}

// Link layers, which set the length of their header. nullptr when weir cannot print that one.
Printer link_printer(LinkType link_type);

// False when there is no printer for that type, and then nothing was printed.
bool print_ethertype(Line& line, std::uint16_t type, const View& payload);
std::string_view ethertype_text(std::uint16_t type);  // "Unknown" when it has no name

// What an IP header or an extension header says comes next.
void print_ip_payload(Line& line, std::uint8_t protocol, const View& payload, const IpContext& ip);
// As -v names it; "unknown" when it has no name.
std::string_view ip_protocol_text(std::uint8_t protocol);
void put_ip_addresses(Line& line, const IpContext& ip);  // "10.0.0.1 > 10.0.0.2"
// "10.0.0.1.80 > 10.0.0.2.1234", or the ports alone where the addresses have been printed before.
void put_endpoints(Line& line, const IpContext& ip, PortKind kind, std::uint16_t source,
                   std::uint16_t destination);
// The checksum over a pseudo header and the first `length` bytes of `view`; 0 when it is right.
std::uint16_t transport_checksum(const IpContext& ip, const View& view, std::size_t length,
                                 std::uint8_t protocol);

// By port; false when neither port has a printer, and then nothing was printed.
bool has_tcp_payload_printer(std::uint16_t source, std::uint16_t destination);
bool print_tcp_payload(Line& line, const View& payload, std::uint16_t source,
                       std::uint16_t destination);
bool print_udp_payload(Line& line, const View& payload, std::uint16_t source,
                       std::uint16_t destination, const IpContext& ip);

namespace ethernet {
// Returns how long its headers are.
std::size_t print(Line& line, const View& frame);
// "vlan 5, p 3, DEI": the control information of a tag.
std::string vlan_text(std::uint16_t tag);
}  // namespace ethernet

namespace llc {
struct Result {
  std::size_t header_length;
  bool known;  // false: only the header was printed, for nobody prints what follows
};
// The addresses are those of the frame; they may be empty.
Result print(Line& line, const View& view, std::span<const std::byte> source,
             std::span<const std::byte> destination);
}  // namespace llc

namespace arp {
void print(Line& line, const View& view);
}
namespace ip {
void print(Line& line, const View& view);  // version 4 or 6, as the first byte says
}
namespace ip4 {
void print(Line& line, const View& view);
}
namespace ip4_options {
void print(Line& line, const View& options);
}
namespace ip6 {
void print(Line& line, const View& view);
}

namespace ip6_extensions {
struct Chain {
  View packet;                                // from the IPv6 header's begin
  std::optional<std::uint32_t> jumbo_length;  // of a Jumbo Payload option
  std::uint32_t payload_length;               // as the IPv6 header has it
  bool fragmented = false;
  bool has_extension = false;
};
// Each returns how many bytes the header takes, or nothing when what follows cannot be read.
std::optional<std::size_t> print_hop_by_hop(Line& line, const View& header, Chain& chain);
std::optional<std::size_t> print_destination_options(Line& line, const View& header, Chain& chain);
std::optional<std::size_t> print_fragment(Line& line, const View& header, Chain& chain);
std::optional<std::size_t> print_routing(Line& line, const View& header, Chain& chain);
std::optional<std::size_t> print_mobility(Line& line, const View& header, Chain& chain);
}  // namespace ip6_extensions

namespace tcp {
void print(Line& line, const View& view, const IpContext& ip);
}
namespace tcp_options {
// Ends the list with `]`; false when it is broken, and nothing should follow. Sequence numbers of
// the other direction count from `other_origin`.
bool print(Line& line, const View& options, std::uint8_t flags, std::uint32_t other_origin);
}  // namespace tcp_options
namespace mptcp {
// One option, from its kind on (RFC 8684); false when it is broken.
bool print(Line& line, const View& option, std::uint8_t flags);
}  // namespace mptcp
namespace udp {
void print(Line& line, const View& view, const IpContext& ip);
}

// Behind the link layer.
namespace stp {
void print(Line& line, const View& view);
}
namespace cdp {
void print(Line& line, const View& view);
}
namespace lldp {
void print(Line& line, const View& view);
}
namespace mpls {
void print(Line& line, const View& view);
}
namespace pppoe {
void print(Line& line, const View& view);
}
namespace ppp {
void print(Line& line, const View& view);
// Link types: these set the length of their header.
void print_link(Line& line, const View& view);
void print_serial_link(Line& line, const View& view);
}  // namespace ppp
namespace cisco_hdlc {
void print_link(Line& line, const View& view);
}
namespace frame_relay {
void print_link(Line& line, const View& view);
}
namespace linux_cooked {
void print_link(Line& line, const View& view);
void print_link2(Line& line, const View& view);
}  // namespace linux_cooked
namespace ieee80211 {
void print_link(Line& line, const View& view);
void print_radiotap_link(Line& line, const View& view);
// Return how long its headers are.
std::size_t print_radiotap(Line& line, const View& view);
}  // namespace ieee80211
namespace dtp {
void print(Line& line, const View& view);
}
namespace ipx {
void print(Line& line, const View& view);
}
namespace loopback {
void print(Line& line, const View& view);
}
namespace slow {
void print(Line& line, const View& view);
}
namespace eapol {
void print(Line& line, const View& view);
}
namespace aoe {
void print(Line& line, const View& view);
}
namespace cfm {
void print(Line& line, const View& view);
}

// Behind IP.
namespace icmp {
void print(Line& line, const View& view, const IpContext& ip);
}
namespace icmp6 {
void print(Line& line, const View& view, const IpContext& ip);
}
namespace igmp {
void print(Line& line, const View& view);
}
namespace gre {
void print(Line& line, const View& view);
}
namespace sctp {
void print(Line& line, const View& view, const IpContext& ip);
}
namespace ah {
void print(Line& line, const View& view, const IpContext& ip);
}
namespace esp {
void print(Line& line, const View& view, const IpContext& ip);
}
namespace ospf {
void print(Line& line, const View& view, const IpContext& ip);
}
namespace ospf6 {
void print(Line& line, const View& view);
}
namespace vrrp {
void print(Line& line, const View& view, const IpContext& ip);
}
namespace pim {
void print(Line& line, const View& view, const IpContext& ip);
}

// Behind TCP and UDP.
namespace dns {
void print_tcp(Line& line, const View& view);
void print_udp(Line& line, const View& view);
void print_multicast(Line& line, const View& view);
}  // namespace dns
namespace dhcp {
void print(Line& line, const View& view);
}
namespace dhcp6 {
void print(Line& line, const View& view);
}
namespace ntp {
void print(Line& line, const View& view);
}
namespace snmp {
void print(Line& line, const View& view);
}
namespace tftp {
void print(Line& line, const View& view);
}
namespace ssh {
void print(Line& line, const View& view);
}
namespace radius {
void print(Line& line, const View& view);
}
namespace bgp {
void print(Line& line, const View& view);
}
namespace ldp {
void print(Line& line, const View& view);
}
namespace hsrp {
void print(Line& line, const View& view);
}
namespace resp {
void print(Line& line, const View& view);
}
namespace rip {
void print(Line& line, const View& view);
}
namespace syslog {
void print(Line& line, const View& view);
}
namespace telnet {
void print(Line& line, const View& view);
}
namespace ripng {
void print(Line& line, const View& view);
}
namespace bfd {
void print_control(Line& line, const View& view);
void print_multihop(Line& line, const View& view);
void print_lag(Line& line, const View& view);
void print_echo(Line& line, const View& view);
}  // namespace bfd
namespace l2tp {
void print(Line& line, const View& view);
}
namespace kerberos {
void print(Line& line, const View& view);
}
namespace timed {
void print(Line& line, const View& view);
}
namespace dvmrp {
void print(Line& line, const View& view);  // from the IGMP header's begin
}
namespace someip {
void print(Line& line, const View& view);
}
namespace ptp {
void print(Line& line, const View& view);
}
namespace lisp {
void print(Line& line, const View& view);
}
namespace bcm_li {
void print(Line& line, const View& view);
}
namespace autorp {
void print(Line& line, const View& view);
}
namespace short_protocols {
void print_lmp(Line& line, const View& view);
void print_lsp_ping(Line& line, const View& view);
void print_vqp(Line& line, const View& view);
void print_vat(Line& line, const View& view);
void print_rpki(Line& line, const View& view);
void print_hncp(Line& line, const View& view);
}  // namespace short_protocols
namespace babel {
void print(Line& line, const View& view);
}
namespace sflow {
void print(Line& line, const View& view);
}
namespace olsr {
void print(Line& line, const View& view, const IpContext& ip);
}
namespace vxlan {
void print(Line& line, const View& view);
void print_otv(Line& line, const View& view);
void print_gpe(Line& line, const View& view);
}  // namespace vxlan
namespace geneve {
void print(Line& line, const View& view);
}
namespace isakmp {
void print(Line& line, const View& view, const IpContext& ip);
// Behind UDP port 4500 (RFC 3948): also ESP, and keep-alives.
void print_nat_traversal(Line& line, const View& view, const IpContext& ip);
}  // namespace isakmp

// Behind several of these.
namespace isoclns {
void print(Line& line, const View& view);  // from the protocol's identifier on
}
namespace isis {
void print(Line& line, const View& view);
}
namespace eigrp {
void print(Line& line, const View& view);
}
namespace igrp {
void print(Line& line, const View& view);
}
namespace rsvp {
void print(Line& line, const View& view);
}
namespace msdp {
void print(Line& line, const View& view);
}
namespace openflow {
void print(Line& line, const View& view);
}
namespace lwapp {
void print_control_to_access_point(Line& line, const View& view);
void print_control_from_access_point(Line& line, const View& view);
void print_data(Line& line, const View& view);
}  // namespace lwapp

// What tcpdump shows nothing of; printed with -v only.
// What tcpdump shows nothing of; printed with -v only, behind what tcpdump shows. Nothing is
// printed of what does not look like that protocol.
namespace tls {
void print(Line& line, const View& view);
}
namespace quic {
// `is_expected`: a port says so, and versions that are not known are shown, too.
void print(Line& line, const View& view, bool is_expected);
}  // namespace quic

namespace text_protocols {
void print_http(Line& line, const View& view);
bool looks_like_http(const View& view);  // the head of a request or an answer
void print_sip(Line& line, const View& view);
void print_rtsp(Line& line, const View& view);
void print_smtp(Line& line, const View& view);
void print_ftp(Line& line, const View& view);
}  // namespace text_protocols

}  // namespace weir::packet
