// Bidirectional Forwarding Detection (RFC 5880, 5881).
#include "packet/print/named.h"
#include "packet/print/partial_text.h"
#include "packet/print/printers.h"

namespace weir::packet::bfd {
namespace {

constexpr Field kFields[] = {
    {.name = "bfd.version", .offset = 0, .size = 1, .mask = 0xe0},
    {.name = "bfd.diag", .offset = 0, .size = 1, .mask = 0x1f},
    {.name = "bfd.sta", .offset = 1, .size = 1, .mask = 0xc0},
    {.name = "bfd.flags", .offset = 1, .size = 1, .show = Show::kHex, .mask = 0x3f},
    {.name = "bfd.detect_time_multiplier", .offset = 2, .size = 1},
    {.name = "bfd.message_length", .offset = 3, .size = 1},
    {.name = "bfd.my_discriminator", .offset = 4, .size = 4, .show = Show::kHex},
    {.name = "bfd.your_discriminator", .offset = 8, .size = 4, .show = Show::kHex},
    {.name = "bfd.desired_min_tx_interval", .offset = 12, .size = 4},
    {.name = "bfd.required_min_rx_interval", .offset = 16, .size = 4},
    {.name = "bfd.required_min_echo_interval", .offset = 20, .size = 4},
};
constexpr Protocol kBfd{.name = "bfd", .fields = kFields};
constexpr Protocol kBfdEcho{.name = "bfd"};

constexpr std::size_t kHeader = 24;
constexpr unsigned kAuthenticated = 0x04;

constexpr Named kDiagnostics[] = {
    {0, "No Diagnostic"},
    {1, "Control Detection Time Expired"},
    {2, "Echo Function Failed"},
    {3, "Neighbor Signaled Session Down"},
    {4, "Forwarding Plane Reset"},
    {5, "Path Down"},
    {6, "Concatenated Path Down"},
    {7, "Administratively Down"},
    {8, "Reverse Concatenated Path Down"},
};
constexpr Named kFlags0[] = {
    {0x80, "I Hear You"},
    {0x40, "Demand"},
    {0x20, "Poll"},
    {0x10, "Final"},
    {0x08, "Control Plane Independent"},
    {kAuthenticated, "Authentication Present"},
    {0x02, "Reserved"},
    {0x01, "Reserved"},
};
constexpr Named kFlags1[] = {
    {0x20, "Poll"},
    {0x10, "Final"},
    {0x08, "Control Plane Independent"},
    {kAuthenticated, "Authentication Present"},
    {0x02, "Demand"},
    {0x01, "Multipoint"},
};
constexpr std::string_view kStates[] = {"AdminDown", "Down", "Init", "Up"};

constexpr unsigned kPassword = 1, kMd5 = 2, kMeticulousMd5 = 3, kSha1 = 4, kMeticulousSha1 = 5;
constexpr Named kAuthentications[] = {
    {kPassword, "Simple Password"},
    {kMd5, "Keyed MD5"},
    {kMeticulousMd5, "Meticulous Keyed MD5"},
    {kSha1, "Keyed SHA1"},
    {kMeticulousSha1, "Meticulous Keyed SHA1"},
};

void put_all(Line& line, const View& view) {
  line.hex_lines(view.claiming(std::min(view.length(), view.captured())), "\n\t");
}

void print_digest(Line& line, const View& section, std::size_t size, std::string_view name) {
  constexpr std::size_t kBefore = 8;
  const std::size_t length = section.u8(1);
  if (length != kBefore + size) return line.print("[invalid length {}]", length);
  line.print(", Sequence Number: 0x{:08x}", section.u32(4));
  if (!section.need(kBefore, size)) return;
  line.print("\n\t  {}: ", name);
  line.text().hex(section.bytes(kBefore, size));
}

void print_password(Line& line, const View& section) {
  constexpr std::size_t kBefore = 3, kMaxPassword = 16;
  const std::size_t length = section.u8(1);
  if (length <= kBefore || length > kBefore + kMaxPassword)
    return line.print("[invalid length {}]", length);
  line.put(", Password: ");
  put_escaped_part(line, section, kBefore, length - kBefore);
}

void print_authentication(Line& line, const View& section) {
  if (!section.need(0, 4)) return;
  const unsigned type = section.u8(0);
  line.print("\n\tAuthentication: {} ({}), length: {}\n\t  Auth Key ID: {}",
             name_of(kAuthentications, type, "Unknown"), type, section.u8(1), section.u8(2));
  if (type == kPassword) return print_password(line, section);
  if (type == kMd5 || type == kMeticulousMd5) return print_digest(line, section, 16, "Digest");
  if (type == kSha1 || type == kMeticulousSha1) print_digest(line, section, 20, "Hash");
}

void print_timers(Line& line, const View& view) {
  constexpr std::uint32_t kMicroseconds = 1000;
  const std::uint32_t multiplier = view.u8(2);
  const std::uint32_t interval = view.u32(12);
  line.print("\n\tDetection Timer Multiplier: {} ({} ms Detection time), BFD Length: {}",
             multiplier, multiplier * interval / kMicroseconds, view.u8(3));
  line.print("\n\tMy Discriminator: 0x{:08x}, Your Discriminator: 0x{:08x}", view.u32(4),
             view.u32(8));
  line.print("\n\t  Desired min Tx Interval:    {:4} ms", interval / kMicroseconds);
  line.print("\n\t  Required min Rx Interval:   {:4} ms", view.u32(16) / kMicroseconds);
  line.print("\n\t  Required min Echo Interval: {:4} ms", view.u32(20) / kMicroseconds);
}

// What the versions show differently: kind, state, and flags.
std::string head_text(unsigned version, unsigned flags, std::string_view port) {
  if (version == 0)
    return fmt::format("Control, Flags: [{}]", bit_names(kFlags0, flags, ", ", "none"));
  return fmt::format("{}, State {}, Flags: [{}]", port, kStates[flags >> 6],
                     bit_names(kFlags1, flags & 0x3f, ", ", "none"));
}

void print_packet(Line& line, const View& view, std::string_view port) {
  line.begin_layer(kBfd, view);
  if (!view.need(0, kHeader)) return;
  const unsigned version = view.u8(0) >> 5;
  const unsigned diagnostic = view.u8(0) & 0x1f;
  const unsigned flags = view.u8(1);
  if (version > 1) {
    line.print("BFDv{}, Control, length: {}", version, view.length());
    if (line.verbose()) put_all(line, view);
    return;
  }
  const std::string head = head_text(version, flags, port);
  if (!line.verbose()) return line.print("BFDv{}, {}, length: {}", version, head, view.length());
  line.print("BFDv{}, length: {}\n\t{}, Diagnostic: {} (0x{:02x})", version, view.length(), head,
             name_of(kDiagnostics, diagnostic, "unknown"), diagnostic);
  print_timers(line, view);
  if ((flags & kAuthenticated) != 0) print_authentication(line, view.from(kHeader));
}

}  // namespace

void print_control(Line& line, const View& view) { print_packet(line, view, "Control"); }
void print_multihop(Line& line, const View& view) { print_packet(line, view, "Multihop"); }
void print_lag(Line& line, const View& view) { print_packet(line, view, "Lag"); }

void print_echo(Line& line, const View& view) {
  line.begin_layer(kBfdEcho, view);
  line.print("BFD, Echo, length: {}", view.length());
  if (line.verbose()) put_all(line, view);
}

}  // namespace weir::packet::bfd
