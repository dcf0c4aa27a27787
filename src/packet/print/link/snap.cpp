// SNAP (IEEE 802, RFC 1042): an organisation, and a number that means something to it.
#include "packet/print/link/snap.h"

#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"
#include "packet/print/registries.h"

namespace weir::packet::snap {
namespace {

constexpr Field kFields[] = {
    {.name = "llc.oui", .offset = 0, .size = 3, .show = Show::kHex},
    {.name = "llc.pid", .offset = 3, .size = 2, .show = Show::kHex},
};
constexpr Protocol kSnap{.name = "snap", .fields = kFields};

constexpr std::uint32_t kEncapsulated = 0x000000, kCisco = 0x00000c, kCiscoBridged = 0x0000f8;
constexpr std::uint32_t kBridged = 0x0080c2, kAppletalk = 0x080007;

constexpr Named kCiscoPids[] = {
    {0x2000, "CDP"},  {0x2003, "VTP"},  {0x2004, "DTP"},
    {0x0111, "UDLD"}, {0x010b, "PVST"}, {0x010c, "VLAN Bridge"},
};
// RFC 2427, RFC 2684.
constexpr Named kBridgedPids[] = {
    {0x0001, "Ethernet + FCS"},
    {0x0007, "Ethernet w/o FCS"},
    {0x0002, "802.4 + FCS"},
    {0x0008, "802.4 w/o FCS"},
    {0x0003, "Token Ring + FCS"},
    {0x0009, "Token Ring w/o FCS"},
    {0x0004, "FDDI + FCS"},
    {0x000a, "FDDI w/o FCS"},
    {0x0005, "802.6 + FCS"},
    {0x000b, "802.6 w/o FCS"},
    {0x000e, "BPDU"},
};

bool has_ethertypes(std::uint32_t oui) {
  return oui == kEncapsulated || oui == kCiscoBridged || oui == kAppletalk;
}

std::string_view pid_text(std::uint32_t oui, std::uint16_t pid) {
  if (has_ethertypes(oui)) return ethertype_text(pid);
  if (oui == kCisco) return name_of(kCiscoPids, pid, "Unknown");
  if (oui == kBridged) return name_of(kBridgedPids, pid, "Unknown");
  return "Unknown";
}

// Two bytes of padding stand before a bridged frame.
void print_bridged_ethernet(Line& line, const View& view) {
  constexpr std::size_t kPadding = 2;
  if (!view.has(0, kPadding)) return line.put_cut();
  ethernet::print(line, view.from(kPadding));
}

struct PidPrinter {
  std::uint32_t oui;
  std::uint16_t pid;
  Printer print;
};
constexpr PidPrinter kPidPrinters[] = {
    {kCisco, 0x2004, dtp::print},
    {kBridged, 0x0001, print_bridged_ethernet},
    {kBridged, 0x0007, print_bridged_ethernet},
    {kBridged, 0x000e, stp::print},
    {kCisco, 0x2000, cdp::print},
    {kCisco, 0x010b, stp::print},
    {kCisco, 0x010c, stp::print},
};

bool print_payload(Line& line, std::uint32_t oui, std::uint16_t pid, const View& payload) {
  if (oui == kEncapsulated || oui == kCiscoBridged) return print_ethertype(line, pid, payload);
  const auto found = std::ranges::find_if(kPidPrinters, [&](const PidPrinter& printer) {
    return printer.oui == oui && printer.pid == pid;
  });
  if (found == std::ranges::end(kPidPrinters)) return false;
  found->print(line, payload);
  return true;
}

void put_addresses(Line& line, std::span<const std::byte> source,
                   std::span<const std::byte> destination) {
  if (source.empty() || destination.empty()) return;
  line.station(source);
  line.put(" > ");
  line.station(destination);
  line.put(' ');
}

}  // namespace

bool print(Line& line, const View& view, std::span<const std::byte> source,
           std::span<const std::byte> destination) {
  line.begin_layer(kSnap, view);
  if (!view.has(0, kHeader) || view.length() < kHeader) {
    line.put_cut();
    return true;
  }
  const std::uint32_t oui = view.u24(0);
  const std::uint16_t pid = view.u16(3);
  const View payload = view.from(kHeader);
  const bool has_header = line.options().link_header;
  if (has_header)
    line.print("oui {} (0x{:06x}), {} {} (0x{:04x}), length {}: ", organization_text(oui), oui,
               oui == kEncapsulated ? "ethertype" : "pid", pid_text(oui, pid), pid,
               payload.length());
  if (print_payload(line, oui, pid, payload)) return true;
  if (has_header) return false;
  put_addresses(line, source, destination);
  if (oui == kEncapsulated) {
    line.print("SNAP, ethertype {} (0x{:04x})", pid_text(oui, pid), pid);
  } else {
    line.print("SNAP, oui {} (0x{:06x}), pid {} (0x{:04x})", organization_text(oui), oui,
               pid_text(oui, pid), pid);
  }
  line.print(", length {}: ", payload.length());
  return false;
}

}  // namespace weir::packet::snap
