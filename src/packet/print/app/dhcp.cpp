// BOOTP and DHCP (RFC 951, 2131).
#include "packet/print/app/dhcp_internal.h"
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::dhcp {
namespace {

constexpr Field kFields[] = {
    {.name = "dhcp.type", .offset = 0, .size = 1},
    {.name = "dhcp.hw.type", .offset = 1, .size = 1},
    {.name = "dhcp.hw.len", .offset = 2, .size = 1},
    {.name = "dhcp.hops", .offset = 3, .size = 1},
    {.name = "dhcp.id", .offset = 4, .size = 4, .show = Show::kHex},
    {.name = "dhcp.secs", .offset = 8, .size = 2},
    {.name = "dhcp.flags", .offset = 10, .size = 2, .show = Show::kHex},
    {.name = "dhcp.ip.client", .offset = 12, .size = 4, .show = Show::kIp4},
    {.name = "dhcp.ip.your", .offset = 16, .size = 4, .show = Show::kIp4},
    {.name = "dhcp.ip.server", .offset = 20, .size = 4, .show = Show::kIp4},
    {.name = "dhcp.ip.relay", .offset = 24, .size = 4, .show = Show::kIp4},
    {.name = "dhcp.hw.mac_addr", .offset = 28, .size = 6, .show = Show::kMac},
};
constexpr Protocol kBootp{.name = "bootp", .fields = kFields};

constexpr std::uint8_t kRequest = 1;
constexpr std::uint8_t kEthernet = 1;
constexpr std::size_t kHardwareAddress = 28;
constexpr std::size_t kServerName = 44, kServerNameSize = 64;
constexpr std::size_t kFile = 108, kFileSize = 128;
constexpr std::size_t kVendor = 236;
constexpr std::uint32_t kMagicOptions = 0x63825363;
constexpr std::uint32_t kMagicCmu = 0x434d5500;

constexpr Named kOperations[] = {{kRequest, "Request"}, {2, "Reply"}};

bool has_station(const View& view) { return view.u8(1) == kEthernet && view.u8(2) == 6; }

void print_numbers(Line& line, const View& view) {
  const unsigned type = view.u8(1);
  const unsigned length = view.u8(2);
  if (type != kEthernet) line.print(", htype {}", type);
  if (type != kEthernet || length != 6) line.print(", hlen {}", length);
  if (const unsigned hops = view.u8(3); hops != 0) line.print(", hops {}", hops);
  if (const std::uint32_t id = view.u32(4); id != 0) line.print(", xid 0x{:x}", id);
  if (const unsigned seconds = view.u16(8); seconds != 0) line.print(", secs {}", seconds);
  const std::uint16_t flags = view.u16(10);
  line.print(", Flags [{}]", (flags & 0x8000) != 0 ? "Broadcast" : "none");
  if (line.verbose(2)) line.print(" (0x{:04x})", flags);
}

void print_addresses(Line& line, const View& view) {
  constexpr std::string_view kNames[] = {"Client-IP", "Your-IP", "Server-IP", "Gateway-IP"};
  std::size_t at = 12;
  for (const std::string_view name : kNames) {
    if (const std::uint32_t address = view.u32(at); address != 0)
      line.print("\n\t  {} {}", name, line.host4_text(address));
    at += 4;
  }
  if (!has_station(view)) return;
  line.print("\n\t  Client-Ethernet-Address {}",
             line.station_text(view.bytes(kHardwareAddress, 6)));
}

// False when it has no end.
bool print_text(Line& line, const View& view, std::size_t at, std::size_t size,
                std::string_view name) {
  if (view.u8(at) == 0) return true;
  line.print("\n\t  {} \"", name);
  const bool has_end = line.zero_ended(view, at, size);
  line.put('"');
  return has_end;
}

// What Carnegie Mellon's clients had before there were options.
void print_cmu(Line& line, const View& vendor) {
  constexpr std::string_view kNames[] = {"NS1", "NS2", "IEN1", "IEN2", "TS1", "TS2"};
  line.put(" vend-cmu");
  if (!vendor.has(4, 4)) return line.put_cut();
  const unsigned flags = vendor.u8(4);
  if ((flags & ~1u) != 0) line.print(" F:0x{:x}", flags);
  const auto print_address = [&](std::size_t at, std::string_view name) {
    if (!vendor.has(at, 4)) return false;
    if (const std::uint32_t address = vendor.u32(at); address != 0)
      line.print(" {}:{}", name, line.host4_text(address));
    return true;
  };
  bool is_there = print_address(12, "DG") && print_address(8, (flags & 1) != 0 ? "SM" : "SM*");
  for (std::size_t i = 0; is_there && i < std::size(kNames); ++i)
    is_there = print_address(16 + 4 * i, kNames[i]);
  if (!is_there) line.put_cut();
}

void print_vendor(Line& line, const View& vendor) {
  if (!vendor.has(0, 4)) return line.put_cut();
  const std::uint32_t magic = vendor.u32(0);
  if (magic == kMagicCmu) return print_cmu(line, vendor);
  if (magic == kMagicOptions) {
    line.print("\n\t  Vendor-rfc1048 Extensions\n\t    Magic Cookie 0x{:08x}", magic);
    print_options(line, vendor.from(4));
  } else if (magic != 0) {
    line.print("\n\t  Vendor-#0x{:x}", magic);
  }
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kBootp, view);
  const std::uint8_t operation = view.u8(0);
  line.print("BOOTP/DHCP, {}", named(kOperations, operation, "unknown (0x{:02x})"));
  if (has_station(view) && operation == kRequest)
    line.print(" from {}", line.station_text(view.bytes(kHardwareAddress, 6)));
  line.print(", length {}", view.length());
  if (!line.verbose()) return;
  if (!view.has(8, 2)) return line.put_cut();
  print_numbers(line, view);
  print_addresses(line, view);
  if (!print_text(line, view, kServerName, kServerNameSize, "sname") ||
      !print_text(line, view, kFile, kFileSize, "file"))
    return line.put_cut();
  if (!line.cut()) print_vendor(line, view.from(kVendor));
}

}  // namespace weir::packet::dhcp
