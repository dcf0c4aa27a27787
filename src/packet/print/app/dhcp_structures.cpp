// Options of DHCP with a structure of their own.
#include "packet/print/app/dhcp_internal.h"
#include "packet/print/named.h"

namespace weir::packet::dhcp {
namespace {

std::size_t print_named_byte(Line& line, const View& data, std::span<const Named> names) {
  if (data.length() < 1) {
    line.put("[ERROR: length < 1 bytes]");
    return 0;
  }
  line.put(named(names, data.u8(0), "#{}"));
  return 1;
}

// Of a destination only the bytes that its mask covers are there (RFC 3442). Returns the bytes of
// the route; 0 when it is broken.
std::size_t print_route(Line& line, const View& data, std::size_t at) {
  const unsigned width = data.u8(at);
  if (width > 32) {
    line.print("[ERROR: Mask width ({}) > 32]", width);
    return 0;
  }
  const std::size_t size = (width + 7) / 8;
  const std::size_t left = data.length() - at - 1;
  if (left < size + 4) {
    line.print("[ERROR: Remaining length ({}) < {} bytes]", left, size + 4);
    return 0;
  }
  line.put('(');
  if (width == 0) {
    line.put("default");
  } else {
    for (std::size_t i = 0; i < 4; ++i) {
      if (i != 0) line.put('.');
      line.number(i < size ? data.u8(at + 1 + i) : 0);
    }
    line.print("/{}", width);
  }
  line.print(":{})", line.host4_text(data.u32(at + 1 + size)));
  return 1 + size + 4;
}

}  // namespace

void put_quoted(Line& line, const View& data) {
  line.put('"');
  line.escaped(data.bytes(0, data.length()));
  line.put('"');
}

std::size_t print_node_type(Line& line, const View& data) {
  static constexpr Named kTypes[] = {{1, "b-node"}, {2, "p-node"}, {4, "m-node"}, {8, "h-node"}};
  return print_named_byte(line, data, kTypes);
}

std::size_t print_overload(Line& line, const View& data) {
  static constexpr Named kOverloads[] = {{1, "file"}, {2, "sname"}, {3, "file+sname"}};
  return print_named_byte(line, data, kOverloads);
}

std::size_t print_client_name(Line& line, const View& data) {
  constexpr std::string_view kFlags = "SOEN";  // from the lowest bit
  if (data.length() < 3) {
    line.put("[ERROR: length < 3 bytes]");
    return data.length();
  }
  const unsigned flags = data.u8(0);
  if ((flags & 0xf0) != 0) line.print("[ERROR: MBZ nibble 0x{:x} != 0] ", flags >> 4);
  if ((flags & 0x0f) != 0) {
    line.put('[');
    for (unsigned bit = 0; bit < kFlags.size(); ++bit) {
      if ((flags >> bit & 1) != 0) line.put(kFlags[bit]);
    }
    line.put("] ");
  }
  if (data.u16(1) != 0) line.print("{}/{} ", data.u8(1), data.u8(2));
  put_quoted(line, data.from(3));
  return data.length();
}

std::size_t print_client_id(Line& line, const View& data) {
  constexpr Named kHardware[] = {{1, "ether"},   {6, "ieee802"}, {7, "arcnet"},
                                 {15, "frelay"}, {23, "strip"},  {24, "ieee1394"}};
  if (data.length() < 1) {
    line.put("[ERROR: length < 1 bytes]");
    return 0;
  }
  const unsigned type = data.u8(0);
  if (type == 0) {
    put_quoted(line, data.from(1));
  } else {
    line.print("{} ", named(kHardware, type, "hardware-type {},"));
    line.text().mac(data.bytes(1, data.length() - 1));
  }
  return data.length();
}

std::size_t print_agent(Line& line, const View& data) {
  constexpr Named kParts[] = {{1, "Circuit-ID"}, {2, "Remote-ID"}, {6, "Subscriber-ID"}};
  std::size_t at = 0;
  while (at + 2 <= data.length()) {
    const unsigned part = data.u8(at);
    const std::size_t size = data.u8(at + 1);
    at += 2;
    const std::string_view name = name_of(kParts, part, "Unknown");
    line.print("\n\t      {} SubOption {}, length {}: ", name, part, size);
    if (size > data.length() - at) {
      line.put("length goes past end of option");
      return data.length();
    }
    const View value = data.from(at).claiming(size);
    if (name == "Unknown") {
      line.hex_lines(value, "\n\t\t");
    } else {
      line.escaped(value.bytes(0, size));
    }
    at += size;
  }
  return at;
}

std::size_t print_routes(Line& line, const View& data) {
  if (data.length() < 5) {
    line.put("[ERROR: length < 5 bytes]");
    return data.length();
  }
  for (std::size_t at = 0; at < data.length();) {
    if (at != 0) line.put(',');
    const std::size_t size = print_route(line, data, at);
    if (size == 0) break;
    at += size;
  }
  return data.length();
}

std::size_t print_user_class(Line& line, const View& data) {
  if (data.length() < 2) {
    line.put("[ERROR: length < 2 bytes]");
    return data.length();
  }
  int number = 0;
  for (std::size_t at = 0; at < data.length();) {
    const std::size_t size = data.u8(at++);
    line.print("\n\t      instance#{}: ", ++number);
    if (size == 0) {
      line.put("[ERROR: suboption length must be non-zero]");
      break;
    }
    if (data.length() - at < size) {
      line.put("[ERROR: invalid option]");
      break;
    }
    put_quoted(line, data.from(at).claiming(size));
    line.print(", length {}", size);
    at += size;
  }
  return data.length();
}

}  // namespace weir::packet::dhcp
