// ATA over Ethernet (AoEr11).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::aoe {
namespace {

constexpr Field kFields[] = {
    {.name = "aoe.version", .offset = 0, .size = 1, .mask = 0xf0},
    {.name = "aoe.flags", .offset = 0, .size = 1, .show = Show::kHex, .mask = 0x0f},
    {.name = "aoe.err", .offset = 1, .size = 1},
    {.name = "aoe.major", .offset = 2, .size = 2, .show = Show::kHex},
    {.name = "aoe.minor", .offset = 4, .size = 1, .show = Show::kHex},
    {.name = "aoe.cmd", .offset = 5, .size = 1},
    {.name = "aoe.tag", .offset = 6, .size = 4, .show = Show::kHex},
};
constexpr Protocol kAoe{.name = "aoe", .fields = kFields};

constexpr std::size_t kHeader = 10;
constexpr std::size_t kMac = 6;
constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kIsError = 0x04;

constexpr Named kFlags[] = {
    {0x08, "Response"}, {kIsError, "Error"}, {0x02, "MBZ-1"}, {0x01, "MBZ-0"}};
constexpr Named kErrors[] = {
    {1, "Unrecognized command code"}, {2, "Bad argument parameter"}, {3, "Device unavailable"},
    {4, "Config string present"},     {5, "Unsupported version"},    {6, "Target is reserved"},
};
constexpr Named kAtaFlags[] = {
    {0x80, "MBZ-7"}, {0x40, "Ext48"}, {0x20, "MBZ-5"}, {0x10, "Device"},
    {0x08, "MBZ-3"}, {0x04, "MBZ-2"}, {0x02, "Async"}, {0x01, "Write"},
};
constexpr Named kConfigCommands[] = {
    {0, "read config string"}, {1, "test config string"},      {2, "test config string prefix"},
    {3, "set config string"},  {4, "force set config string"},
};
constexpr Named kMaskCommands[] = {{0, "Read Mac Mask List"}, {1, "Edit Mac Mask List"}};
constexpr Named kMaskErrors[] = {
    {1, "Unspecified Error"}, {2, "Bad DCmd directive"}, {3, "Mask list full"}};
constexpr Named kDirectives[] = {{0, "No Directive"},
                                 {1, "Add mac address to mask list"},
                                 {2, "Delete mac address from mask list"}};
constexpr Named kReserveCommands[] = {
    {0, "Read reserve list"}, {1, "Set reserve list"}, {2, "Force set reserve list"}};

void put_broken(Line& line, const View& rest) {
  line.put_invalid();
  rest.need(0, rest.length());
}

void print_ata(Line& line, const View& view) {
  constexpr std::size_t kSize = 12, kAddress = 4, kAddressSize = 6;
  if (view.length() < kSize) return put_broken(line, view);
  line.print("\n\tAFlags: [{}]", bit_names(kAtaFlags, view.u8(0), ", ", "none"));
  line.print(", Err/Feature: {}", view.u8(1));
  line.print(", Sector Count: {}", view.u8(2));
  line.print(", Cmd/Status: {}", view.u8(3));
  for (std::size_t i = 0; i < kAddressSize; ++i)
    line.print("{}lba{}: {}", i == 0 ? "\n\t" : ", ", i, view.u8(kAddress + i));
  if (!view.need(kAddress + kAddressSize, 2)) return;
  if (view.length() != kSize) line.print("\n\tData: {} bytes", view.length() - kSize);
}

void print_config(Line& line, const View& view) {
  constexpr std::size_t kSize = 8, kLongest = 1024;
  if (view.length() < kSize) return put_broken(line, view);
  line.print("\n\tBuffer Count: {}", view.u16(0));
  line.print(", Firmware Version: {}", view.u16(2));
  line.print(", Sector Count: {}", view.u8(4));
  const std::uint8_t command = view.u8(5);
  line.print(", AoE: {}, CCmd: {}", command >> 4,
             name_of(kConfigCommands, command & 0x0f, "Unknown (0x02x)"));
  const std::size_t size = view.u16(6);
  const View text = view.from(kSize);
  if (size > kLongest || size > text.length()) return put_broken(line, text);
  if (size == 0 || line.cut()) return;
  line.print("\n\tConfig String (length {}): ", size);
  for (std::size_t i = 0; i < size && !line.cut(); ++i) line.escaped(text.bytes(i, 1));
}

void print_directive(Line& line, const View& view) {
  line.print("\n\t DCmd: {}", named(kDirectives, view.u8(1), "Unknown (0x{:02x})"));
  const auto address = view.bytes(2, kMac);
  line.put(", Ethernet Address: ");
  line.station(address);
}

void print_masks(Line& line, const View& view) {
  constexpr std::size_t kSize = 4, kDirective = 8;
  if (view.length() < kSize) return put_broken(line, view);
  line.print("\n\tMCmd: {}", named(kMaskCommands, view.u8(1), "Unknown (0x{:02x})"));
  line.print(", MError: {}", named(kMaskErrors, view.u8(2), "Unknown (0x{:02x})"));
  const std::size_t count = view.u8(3);
  line.print(", Dir Count: {}", count);
  const View list = view.from(kSize);
  if (count * kDirective > list.length()) return put_broken(line, list);
  for (std::size_t i = 0; i < count && !line.cut(); ++i)
    print_directive(line, list.from(i * kDirective));
}

void print_reserve(Line& line, const View& view) {
  constexpr std::size_t kSize = 2;
  if (view.length() < kSize || (view.length() - kSize) % kMac != 0) return put_broken(line, view);
  line.print("\n\tRCmd: {}", named(kReserveCommands, view.u8(0), "Unknown (0x{:02x})"));
  const std::size_t count = view.u8(1);
  line.print(", NMacs: {}", count);
  const View list = view.from(kSize);
  if (count * kMac != list.length()) return put_broken(line, list);
  for (std::size_t i = 0; i < count && !line.cut(); ++i) {
    const auto address = list.bytes(i * kMac, kMac);
    line.print("\n\tEthernet Address {}: ", i);
    line.station(address);
  }
}

struct Command {
  std::uint8_t number;
  std::string_view name;
  Printer print;
};
constexpr Command kCommands[] = {
    {0, "Issue ATA Command", print_ata},
    {1, "Query Config Information", print_config},
    {2, "MAC Mask List", print_masks},
    {3, "Reserve/Release", print_reserve},
};

void print_version1(Line& line, const View& view) {
  if (view.length() < kHeader) return put_broken(line, view);
  const std::uint8_t flags = view.u8(0) & 0x0f;
  line.print(", Flags: [{}]", bit_names(kFlags, flags, ", ", "none"));
  if (!line.verbose()) return;
  if ((flags & kIsError) != 0)
    line.print("\n\tError: {}", named(kErrors, view.u8(1), "Invalid ({})"));
  line.print("\n\tMajor: 0x{:04x}", view.u16(2));
  line.print(", Minor: 0x{:02x}", view.u8(4));
  const std::uint8_t number = view.u8(5);
  if (line.cut()) return;
  const auto command = std::ranges::find(kCommands, number, &Command::number);
  const bool is_known = command != std::ranges::end(kCommands);
  if (is_known) {
    line.print(", Command: {}", command->name);
  } else {
    line.print(", Command: Unknown (0x{:02x})", number);
  }
  line.print(", Tag: 0x{:08x}", view.u32(6));
  if (is_known && !line.cut()) command->print(line, view.from(kHeader));
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kAoe, view);
  line.print("AoE length {}", view.length());
  if (view.length() < 1) return put_broken(line, view);
  const int version = view.u8(0) >> 4;
  line.print(", Ver {}", version);
  if (version == kVersion) print_version1(line, view);
}

}  // namespace weir::packet::aoe
