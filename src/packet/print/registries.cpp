#include "packet/print/registries.h"

#include "packet/print/named.h"

namespace weir::packet {
namespace {

constexpr Named kEnterprises[] = {
    {0, "IETF (reserved)"},
    {5, "ACC"},
    {9, "Cisco"},
    {11, "Hewlett Packard"},
    {42, "Sun Microsystems"},
    {61, "Merit"},
    {74, "AT&T"},
    {161, "Motorola"},
    {166, "Shiva"},
    {193, "Ericsson AB"},
    {255, "Cisco VPN 5000"},
    {307, "Livingston"},
    {311, "Microsoft"},
    {429, "3Com"},
    {529, "Ascend"},
    {1584, "Bay Networks"},
    {1991, "Foundry"},
    {2180, "Versanet"},
    {2352, "Redback"},
    {2636, "Juniper Networks"},
    {2637, "Aptis"},
    {2937, "Deutsche Telekom AG"},
    {3054, "Ixia Communications"},
    {3076, "Cisco VPN 3000"},
    {3085, "CoSine Communications"},
    {3224, "Netscreen"},
    {3199, "Shasta"},
    {3309, "Nomadix"},
    {3414, "T-Mobile"},
    {3561, "The Broadband Forum"},
    {3902, "ZTE"},
    {4329, "Siemens"},
    {4491, "CableLabs"},
    {4874, "Unisphere Networks"},
    {5263, "Cisco BBSM"},
    {5535, "3rd Generation Partnership Project 2 (3GPP2)"},
    {5806, "SK Telecom"},
    {5925, "ipUnplugged"},
    {5948, "Issanni Communications"},
    {5951, "Netscaler"},
    {6490, "T-Mobile"},
    {6618, "Quintum"},
    {6728, "Interlink"},
    {7951, "CNCTC"},
    {8164, "Starent Networks"},
    {8744, "Colubris"},
    {10415, "3GPP"},
    {10529, "Gemtek-Systems"},
    {10704, "Barracuda Networks"},
    {10923, "Ericsson AB - Packet Core Networks"},
    {11665, "dacom"},
    {11862, "Columbia University"},
    {12356, "Fortinet"},
    {12951, "Verizon Wireless"},
    {13745, "Plixer"},
    {14122, "Wi-Fi Alliance"},
    {16787, "T-Systems Nova"},
    {20942, "China Telecom - Guangzhou Research Institute"},
    {26866, "Gigamon Systems"},
    {32622, "CACE Technologies"},
    {35632, "ntop"},
    {46098, "Ericsson Canada"},
};

constexpr Named kOrganizations[] = {
    {0x000000, "Ethernet"},
    {0x00000c, "Cisco"},
    {0x00005e, "IANA"},
    {0x000081, "Nortel Networks SONMP"},
    {0x0000f8, "Cisco bridged"},
    {0x0080c2, "Ethernet bridged"},
    {0x00a03e, "ATM Forum"},
    {0x00e02f, "DOCSIS Spanning Tree"},
    {0x080007, "Appletalk"},
    {0x009069, "Juniper"},
    {0x080009, "Hewlett-Packard"},
    {0x0080c2, "IEEE 802.1 Private"},
    {0x00120f, "IEEE 802.3 Private"},
    {0x0012bb, "ANSI/TIA"},
    {0x001b21, "DCBX"},
    {0x002320, "Nicira Networks"},
    {0x5c16c7, "Big Switch Networks"},
    {0xb0d2f5, "Vello Systems"},
    {0x002481, "HP"},
    {0x0004ea, "HP-Labs"},
    {0x748771, "Infoblox Inc"},
    {0xa42305, "Open Networking Lab"},
    {0x00049f, "Freescale"},
    {0x0015ad, "Netronome"},
    {0x001018, "Broadcom"},
    {0x00e004, "PMC-Sierra"},
    {0xd0f0db, "Ericsson"},
};

constexpr Named kAddressFamilies[] = {
    {0, "Reserved"},      {1, "IPv4"},
    {2, "IPv6"},          {3, "NSAP"},
    {4, "HDLC"},          {5, "BBN 1822"},
    {6, "802"},           {7, "E.163"},
    {8, "E.164"},         {9, "F.69"},
    {10, "X.121"},        {11, "Novell IPX"},
    {12, "Appletalk"},    {13, "Decnet IV"},
    {14, "Banyan Vines"}, {15, "E.164 with NSAP subaddress"},
    {196, "Layer-2 VPN"}, {25, "VPLS"},
};

}  // namespace

std::string_view enterprise_text(std::uint32_t number) {
  return name_of(kEnterprises, number, "Unknown");
}

std::string_view organization_text(std::uint32_t number) {
  return name_of(kOrganizations, number, "Unknown");
}

std::string_view address_family_text(std::uint32_t number) {
  return name_of(kAddressFamilies, number, "Unknown");
}

}  // namespace weir::packet
