// The table of link types: numbers, names and short descriptions as libpcap and tcpdump -L know
// them.
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <weir/link_type.h>

namespace weir {
namespace {

constexpr LinkTypeInfo named(std::uint16_t number, std::string_view name,
                             std::string_view description) {
  return {LinkType{number}, name, description, false};
}

constexpr LinkTypeInfo filterable(std::uint16_t number, std::string_view name,
                                  std::string_view description) {
  return {LinkType{number}, name, description, true};
}

constexpr auto kLinkTypes = std::to_array<LinkTypeInfo>({
    filterable(0, "NULL", "BSD loopback"),
    filterable(1, "EN10MB", "Ethernet"),
    named(2, "EN3MB", "Experimental Ethernet, 3 Mbit/s"),
    named(3, "AX25", "AX.25"),
    named(4, "PRONET", "ProNET Token Ring"),
    named(5, "CHAOS", "Chaosnet"),
    named(6, "IEEE802", "Token ring"),
    named(7, "ARCNET", "BSD ARCNET"),
    named(8, "SLIP", "SLIP"),
    filterable(9, "PPP", "PPP"),
    named(10, "FDDI", "FDDI"),
    filterable(50, "PPP_SERIAL", "PPP over serial"),
    named(51, "PPP_ETHER", "PPPoE"),
    named(99, "SYMANTEC_FIREWALL", "Symantec Firewall"),
    named(100, "ATM_RFC1483", "RFC 1483 LLC-encapsulated ATM"),
    filterable(101, "RAW", "Raw IP"),
    named(102, "SLIP_BSDOS", "BSD/OS SLIP"),
    named(103, "PPP_BSDOS", "BSD/OS PPP"),
    filterable(104, "C_HDLC", "Cisco HDLC"),
    filterable(105, "IEEE802_11", "802.11"),
    named(106, "ATM_CLIP", "Linux Classical IP over ATM"),
    named(107, "FRELAY", "Frame Relay"),
    filterable(108, "LOOP", "OpenBSD loopback"),
    named(109, "ENC", "OpenBSD encapsulated IP"),
    filterable(113, "LINUX_SLL", "Linux cooked v1"),
    named(114, "LTALK", "Localtalk"),
    named(117, "PFLOG", "OpenBSD pflog file"),
    named(119, "PRISM_HEADER", "802.11 plus Prism header"),
    named(120, "AIRONET_HEADER", "802.11 plus Aironet header"),
    named(122, "IP_OVER_FC", "RFC 2625 IP-over-Fibre Channel"),
    named(123, "SUNATM", "Sun raw ATM"),
    filterable(127, "IEEE802_11_RADIO", "802.11 plus radiotap header"),
    named(128, "TZSP", "Tazmen Sniffer Protocol"),
    named(129, "ARCNET_LINUX", "Linux ARCNET"),
    named(130, "JUNIPER_MLPPP", "Juniper Multi-Link PPP"),
    named(131, "JUNIPER_MLFR", "Juniper Multi-Link Frame Relay"),
    named(132, "JUNIPER_ES", "Juniper Encryption Services PIC"),
    named(133, "JUNIPER_GGSN", "Juniper GGSN PIC"),
    named(134, "JUNIPER_MFR", "Juniper FRF.16 Frame Relay"),
    named(135, "JUNIPER_ATM2", "Juniper ATM2 PIC"),
    named(136, "JUNIPER_SERVICES", "Juniper Advanced Services PIC"),
    named(137, "JUNIPER_ATM1", "Juniper ATM1 PIC"),
    named(138, "APPLE_IP_OVER_IEEE1394", "Apple IP-over-IEEE 1394"),
    named(139, "MTP2_WITH_PHDR", "SS7 MTP2 with Pseudo-header"),
    named(140, "MTP2", "SS7 MTP2"),
    named(141, "MTP3", "SS7 MTP3"),
    named(142, "SCCP", "SS7 SCCP"),
    named(143, "DOCSIS", "DOCSIS"),
    named(144, "LINUX_IRDA", "Linux IrDA"),
    named(147, "USER0", "Private use 0"),
    named(148, "USER1", "Private use 1"),
    named(149, "USER2", "Private use 2"),
    named(150, "USER3", "Private use 3"),
    named(151, "USER4", "Private use 4"),
    named(152, "USER5", "Private use 5"),
    named(153, "USER6", "Private use 6"),
    named(154, "USER7", "Private use 7"),
    named(155, "USER8", "Private use 8"),
    named(156, "USER9", "Private use 9"),
    named(157, "USER10", "Private use 10"),
    named(158, "USER11", "Private use 11"),
    named(159, "USER12", "Private use 12"),
    named(160, "USER13", "Private use 13"),
    named(161, "USER14", "Private use 14"),
    named(162, "USER15", "Private use 15"),
    named(163, "IEEE802_11_RADIO_AVS", "802.11 plus AVS radio information header"),
    named(164, "JUNIPER_MONITOR", "Juniper Passive Monitor PIC"),
    named(165, "BACNET_MS_TP", "BACnet MS/TP"),
    named(166, "PPP_PPPD", "PPP for pppd, with direction flag"),
    named(167, "JUNIPER_PPPOE", "Juniper PPPoE"),
    named(168, "JUNIPER_PPPOE_ATM", "Juniper PPPoE/ATM"),
    named(169, "GPRS_LLC", "GPRS LLC"),
    named(170, "GPF_T", "GPF-T"),
    named(171, "GPF_F", "GPF-F"),
    named(174, "JUNIPER_PIC_PEER", "Juniper PIC Peer"),
    named(175, "ERF_ETH", "Ethernet with Endace ERF header"),
    named(176, "ERF_POS", "Packet-over-SONET with Endace ERF header"),
    named(177, "LINUX_LAPD", "Linux vISDN LAPD"),
    named(178, "JUNIPER_ETHER", "Juniper Ethernet"),
    named(179, "JUNIPER_PPP", "Juniper PPP"),
    named(180, "JUNIPER_FRELAY", "Juniper Frame Relay"),
    named(181, "JUNIPER_CHDLC", "Juniper C-HDLC"),
    named(182, "MFR", "FRF.16 Frame Relay"),
    named(183, "JUNIPER_VP", "Juniper Voice PIC"),
    named(184, "A429", "Arinc 429"),
    named(185, "A653_ICM", "Arinc 653 Interpartition Communication"),
    named(186, "USB_FREEBSD", "USB with FreeBSD header"),
    named(187, "BLUETOOTH_HCI_H4", "Bluetooth HCI UART transport layer"),
    named(188, "IEEE802_16_MAC_CPS", "IEEE 802.16 MAC Common Part Sublayer"),
    named(189, "USB_LINUX", "USB with Linux header"),
    named(190, "CAN20B", "Controller Area Network (CAN) v. 2.0B"),
    named(191, "IEEE802_15_4_LINUX", "IEEE 802.15.4 with Linux padding"),
    named(192, "PPI", "Per-Packet Information"),
    named(193, "IEEE802_16_MAC_CPS_RADIO", "IEEE 802.16 MAC CPS plus radiotap header"),
    named(194, "JUNIPER_ISM", "Juniper Integrated Service Module"),
    named(195, "IEEE802_15_4", "IEEE 802.15.4 with FCS"),
    named(196, "SITA", "SITA pseudo-header"),
    named(197, "ERF", "Endace ERF header"),
    named(198, "RAIF1", "Ethernet with u10 Networks pseudo-header"),
    named(199, "IPMB_KONTRON", "IPMB with Kontron pseudo-header"),
    named(200, "JUNIPER_ST", "Juniper Secure Tunnel"),
    named(201, "BLUETOOTH_HCI_H4_WITH_PHDR", "Bluetooth HCI UART plus pseudo-header"),
    named(202, "AX25_KISS", "AX.25 with KISS header"),
    named(203, "LAPD", "LAPD"),
    named(204, "PPP_WITH_DIR", "PPP with direction"),
    named(205, "C_HDLC_WITH_DIR", "Cisco HDLC with direction"),
    named(206, "FRELAY_WITH_DIR", "Frame Relay with direction"),
    named(207, "LAPB_WITH_DIR", "LAPB with direction"),
    named(209, "IPMB_LINUX", "IPMB with Linux/Pigeon Point pseudo-header"),
    named(210, "FLEXRAY", "FlexRay"),
    named(211, "MOST", "Media Oriented Systems Transport"),
    named(212, "LIN", "Local Interconnect Network"),
    named(215, "IEEE802_15_4_NONASK_PHY", "IEEE 802.15.4 with non-ASK PHY data"),
    named(216, "LINUX_EVDEV", "Linux evdev events"),
    named(217, "GSMTAP_UM", "GSMTAP Um"),
    named(218, "GSMTAP_ABIS", "GSMTAP Abis"),
    named(219, "MPLS", "MPLS with label as link-layer header"),
    named(220, "USB_LINUX_MMAPPED", "USB with padded Linux header"),
    named(221, "DECT", "DECT"),
    named(222, "AOS", "AOS Space Data Link protocol"),
    named(223, "WIHART", "Wireless HART"),
    named(224, "FC_2", "Fibre Channel FC-2"),
    named(225, "FC_2_WITH_FRAME_DELIMS", "Fibre Channel FC-2 with frame delimiters"),
    named(226, "IPNET", "Solaris ipnet"),
    named(227, "CAN_SOCKETCAN", "CAN-bus with SocketCAN headers"),
    filterable(228, "IPV4", "Raw IPv4"),
    filterable(229, "IPV6", "Raw IPv6"),
    named(230, "IEEE802_15_4_NOFCS", "IEEE 802.15.4 without FCS"),
    named(231, "DBUS", "D-Bus"),
    named(232, "JUNIPER_VS", "Juniper Virtual Server"),
    named(233, "JUNIPER_SRX_E2E", "Juniper SRX E2E"),
    named(234, "JUNIPER_FIBRECHANNEL", "Juniper Fibre Channel"),
    named(235, "DVB_CI", "DVB-CI"),
    named(236, "MUX27010", "MUX27010"),
    named(237, "STANAG_5066_D_PDU", "STANAG 5066 D_PDUs"),
    named(238, "JUNIPER_ATM_CEMIC", "Juniper ATM CEMIC"),
    named(239, "NFLOG", "Linux netfilter log messages"),
    named(240, "NETANALYZER", "Ethernet with Hilscher netANALYZER pseudo-header"),
    named(241, "NETANALYZER_TRANSPARENT", "Ethernet with netANALYZER header, preamble and SFD"),
    named(242, "IPOIB", "RFC 4391 IP-over-Infiniband"),
    named(243, "MPEG_2_TS", "MPEG-2 transport stream"),
    named(244, "NG40", "ng40 protocol tester Iub/Iur"),
    named(245, "NFC_LLCP", "NFC LLCP PDUs with pseudo-header"),
    named(246, "PFSYNC", "Packet filter state syncing"),
    named(247, "INFINIBAND", "InfiniBand"),
    named(248, "SCTP", "SCTP"),
    named(249, "USBPCAP", "USB with USBPcap header"),
    named(250, "RTAC_SERIAL", "Schweitzer Engineering Laboratories RTAC packets"),
    named(251, "BLUETOOTH_LE_LL", "Bluetooth Low Energy air interface"),
    named(252, "WIRESHARK_UPPER_PDU", "Wireshark exported PDUs"),
    named(253, "NETLINK", "Linux netlink"),
    named(254, "BLUETOOTH_LINUX_MONITOR", "Bluetooth Linux Monitor"),
    named(255, "BLUETOOTH_BREDR_BB", "Bluetooth Basic Rate/Enhanced Data Rate baseband packets"),
    named(256, "BLUETOOTH_LE_LL_WITH_PHDR", "Bluetooth LE air interface with pseudo-header"),
    named(257, "PROFIBUS_DL", "PROFIBUS data link layer"),
    named(258, "PKTAP", "Apple DLT_PKTAP"),
    named(259, "EPON", "Ethernet with 802.3 Clause 65 EPON preamble"),
    named(260, "IPMI_HPM_2", "IPMI trace packets"),
    named(261, "ZWAVE_R1_R2", "Z-Wave RF profile R1 and R2 packets"),
    named(262, "ZWAVE_R3", "Z-Wave RF profile R3 packets"),
    named(263, "WATTSTOPPER_DLM", "WattStopper Digital Lighting Management"),
    named(264, "ISO_14443", "ISO 14443 messages"),
    named(265, "RDS", "IEC 62106 Radio Data System groups"),
    named(266, "USB_DARWIN", "USB with Darwin header"),
    named(267, "OPENFLOW", "OpenBSD DLT_OPENFLOW"),
    named(268, "SDLC", "IBM SDLC frames"),
    named(269, "TI_LLN_SNIFFER", "TI LLN sniffer frames"),
    named(270, "LORATAP", "LoRaTap"),
    named(271, "VSOCK", "Linux vsock"),
    named(272, "NORDIC_BLE", "Nordic Semiconductor Bluetooth LE sniffer frames"),
    named(273, "DOCSIS31_XRA31", "Excentis XRA-31 DOCSIS 3.1 RF sniffer frames"),
    named(274, "ETHERNET_MPACKET", "802.3br mPackets"),
    named(275, "DISPLAYPORT_AUX", "DisplayPort AUX channel monitoring data"),
    filterable(276, "LINUX_SLL2", "Linux cooked v2"),
    named(277, "SERCOS_MONITOR", "Sercos Monitor"),
    named(278, "OPENVIZSLA", "OpenVizsla USB"),
    named(279, "EBHSCR", "Elektrobit High Speed Capture and Replay (EBHSCR)"),
    named(280, "VPP_DISPATCH", "VPP graph dispatch tracer"),
    named(281, "DSA_TAG_BRCM", "Broadcom tag"),
    named(282, "DSA_TAG_BRCM_PREPEND", "Broadcom tag (prepended)"),
    named(283, "IEEE802_15_4_TAP", "IEEE 802.15.4 with pseudo-header"),
    named(284, "DSA_TAG_DSA", "Marvell DSA"),
    named(285, "DSA_TAG_EDSA", "Marvell EDSA"),
    named(286, "ELEE", "ELEE lawful intercept packets"),
    named(287, "Z_WAVE_SERIAL", "Z-Wave serial frames between host and chip"),
    named(288, "USB_2_0", "USB 2.0/1.1/1.0 as transmitted over the cable"),
    named(289, "ATSC_ALP", "ATSC Link-Layer Protocol packets"),
});
static_assert(std::ranges::is_sorted(kLinkTypes, {}, &LinkTypeInfo::type));

// Names under which the registry of LINKTYPE_ values lists what libpcap calls otherwise.
constexpr auto kOtherNames = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"ETHERNET", "EN10MB"},
    {"EXP_ETHERNET", "EN3MB"},
    {"IEEE802_5", "IEEE802"},
    {"ARCNET_BSD", "ARCNET"},
    {"PPP_HDLC", "PPP_SERIAL"},
    {"IEEE802_11_PRISM", "PRISM_HEADER"},
    {"IEEE802_11_AIRONET", "AIRONET_HEADER"},
    {"IEEE802_11_RADIOTAP", "IEEE802_11_RADIO"},
    {"IEEE802_11_AVS", "IEEE802_11_RADIO_AVS"},
    {"IEEE802_15_4_WITHFCS", "IEEE802_15_4"},
});

// What some systems wrote into files before the numbers of a DLT_ and of a LINKTYPE_ were told
// apart. OpenBSD's 12 and 13 mean DLT_LOOP and DLT_ENC; 12 is raw IP everywhere else, and read so.
constexpr auto kOldNumbers = std::to_array<std::pair<std::uint16_t, std::uint16_t>>({
    {11, 100},   // ATM_RFC1483
    {12, 101},   // RAW
    {14, 101},   // RAW on OpenBSD
    {15, 102},   // SLIP_BSDOS
    {16, 103},   // PPP_BSDOS
    {18, 246},   // PFSYNC on the BSDs
    {19, 106},   // ATM_CLIP on Linux
    {112, 104},  // NetBSD's HDLC framing, the same as C_HDLC
});

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
  return std::ranges::equal(a, b, {}, upper, upper);
}

std::string_view without_prefix(std::string_view text) {
  for (const std::string_view prefix : {"LINKTYPE_", "DLT_"}) {
    if (equal_ignoring_case(text.substr(0, prefix.size()), prefix)) {
      return text.substr(prefix.size());
    }
  }
  return text;
}

std::string_view usual_name(std::string_view name) {
  const auto other = std::ranges::find_if(
      kOtherNames, [&](const auto& pair) { return equal_ignoring_case(pair.first, name); });
  return other == kOtherNames.end() ? name : other->second;
}

std::optional<LinkType> parse_number(std::string_view text) {
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return LinkType{number};
}

}  // namespace

std::span<const LinkTypeInfo> link_types() { return kLinkTypes; }

const LinkTypeInfo* find_link_type(LinkType type) {
  const auto found = std::ranges::lower_bound(kLinkTypes, type, {}, &LinkTypeInfo::type);
  return found != kLinkTypes.end() && found->type == type ? &*found : nullptr;
}

std::string link_type_text(LinkType type) {
  const LinkTypeInfo* info = find_link_type(type);
  return info == nullptr ? std::to_string(std::to_underlying(type)) : std::string(info->name);
}

std::optional<LinkType> parse_link_type(std::string_view text) {
  if (const auto number = parse_number(text)) return number;
  const std::string_view name = usual_name(without_prefix(text));
  const auto found = std::ranges::find_if(
      kLinkTypes, [&](const LinkTypeInfo& info) { return equal_ignoring_case(info.name, name); });
  if (found == kLinkTypes.end()) return std::nullopt;
  return found->type;
}

LinkType link_type_from_file(std::uint16_t value) {
  const auto old =
      std::ranges::find(kOldNumbers, value, [](const auto& pair) { return pair.first; });
  return LinkType{old == kOldNumbers.end() ? value : old->second};
}

}  // namespace weir
