// GENEVE (RFC 8926).
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::geneve {
namespace {

constexpr Field kFields[] = {
    {.name = "geneve.version", .offset = 0, .size = 1, .mask = 0xc0},
    {.name = "geneve.option.length", .offset = 0, .size = 1, .mask = 0x3f},  // words of 4 bytes
    {.name = "geneve.flags", .offset = 1, .size = 1, .show = Show::kHex},
    {.name = "geneve.proto_type", .offset = 2, .size = 2, .show = Show::kHex},
    {.name = "geneve.vni", .offset = 4, .size = 4, .show = Show::kHex, .mask = 0xffffff00},
};
constexpr Protocol kGeneve{.name = "geneve", .fields = kFields};
constexpr Field kOptionClass{.name = "geneve.option.class", .show = Show::kHex};
constexpr Field kOptionType{.name = "geneve.option.type", .show = Show::kHex};
constexpr Field kOptionData{.name = "geneve.option.data", .show = Show::kBytes};

constexpr std::size_t kHeader = 8;
constexpr std::size_t kOptionHeader = 4;
constexpr std::uint16_t kEthernet = 0x6558;

constexpr Named kFlags[] = {
    {0x80, "O"},  {0x40, "C"},  {0x20, "R1"}, {0x10, "R2"},
    {0x08, "R3"}, {0x04, "R4"}, {0x02, "R5"}, {0x01, "R6"},
};

constexpr Named kOptionClasses[] = {
    {0x0100, "Linux"},
    {0x0101, "Open vSwitch"},
    {0x0102, "Open Virtual Networking (OVN)"},
    {0x0103, "In-band Network Telemetry (INT)"},
    {0x0104, "VMware"},
};

std::string_view class_text(std::uint16_t option_class) {
  if (option_class <= 0x00ff) return "Standard";
  if (option_class >= 0xfff0) return "Experimental";
  return name_of(kOptionClasses, option_class, "Unknown");
}

void print_option_data(Line& line, const View& option, std::size_t size) {
  line.field(kOptionData, option, kOptionHeader, size - kOptionHeader);
  if (!line.verbose(2) || size <= kOptionHeader) return;
  line.put(" data");
  for (std::size_t at = kOptionHeader; at < size && !line.cut(); at += 4)
    line.print(" {:08x}", option.u32(at));
}

void print_options(Line& line, View options) {
  for (std::string_view separator; options.length() != 0 && !line.cut(); separator = ", ") {
    line.put(separator);
    const std::uint16_t option_class = options.u16(0);
    const std::uint8_t type = options.u8(2);
    const std::size_t size = kOptionHeader + std::size_t{4} * (options.u8(3) & 0x1fu);
    line.field(kOptionClass, options, 0, 2);
    line.field(kOptionType, options, 2, 1);
    line.print("class {} (0x{:x}) type 0x{:x}{} len {}", class_text(option_class), option_class,
               type, (type & 0x80) != 0 ? "(C)" : "", size);
    if (size > options.length()) return line.put(" [bad length]");
    print_option_data(line, options, size);
    options = options.from(size);
  }
}

void print_payload(Line& line, std::uint16_t type, const View& payload) {
  line.put(line.verbose() ? "\n\t" : ": ");
  if (print_ethertype(line, type, payload)) return;
  if (type == kEthernet) {
    ethernet::print(line, payload);
  } else {
    line.print("geneve-proto-0x{:x}", type);
  }
}

void print_header(Line& line, const View& view) {
  line.print(", Flags [{}], vni 0x{:x}", bit_names(kFlags, view.u8(1), "", "none"), view.u24(4));
  if (const std::uint8_t reserved = view.u8(7); reserved != 0)
    line.print(", rsvd 0x{:x}", reserved);
  const std::uint16_t type = view.u16(2);
  if (line.options().link_header) {
    const std::string_view name = ethertype_text(type);
    line.print(", proto {} (0x{:04x})", name == "Unknown" ? "unknown" : name, type);
  }
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kGeneve, view);
  line.put("Geneve");
  if (view.length() < kHeader) {
    line.print(" [length {} < 8]", view.length());
    return line.put_invalid();
  }
  if (!view.has(0, kHeader)) return line.put_cut();
  if (const int version = view.u8(0) >> 6; version != 0)
    return line.print(" ERROR: unknown-version {}", version);
  print_header(line, view);
  const std::size_t options_size = std::size_t{4} * (view.u8(0) & 0x3fu);
  const View rest = view.from(kHeader);
  if (rest.length() < options_size)
    return line.print(" truncated-geneve - {} bytes missing", options_size - rest.length());
  if (!rest.has(0, options_size)) return line.put_cut();
  if (options_size != 0) {
    line.put(", options [");
    if (line.verbose()) {
      print_options(line, rest.claiming(options_size));
    } else {
      line.print("{} bytes", options_size);
    }
    line.put(']');
  }
  print_payload(line, view.u16(2), rest.from(options_size));
}

}  // namespace weir::packet::geneve
