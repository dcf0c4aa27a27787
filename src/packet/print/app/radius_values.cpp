// Values of RADIUS attributes: texts, numbers, addresses.
#include <algorithm>
#include <array>
#include <ctime>

#include "packet/print/app/radius_attributes.h"
#include "packet/print/link/eap_message.h"
#include "packet/print/named.h"
#include "packet/print/registries.h"

namespace weir::packet::radius {
namespace values {
namespace {

constexpr Named kTagging[] = {{0x31, "Tagged"}, {0x32, "Untagged"}};

void put_character(Line& line, std::uint8_t c) {
  line.put(c >= 0x20 && c < 0x7f ? static_cast<char>(c) : '.');
}

void put_text(Line& line, const View& text) {
  for (std::size_t i = 0; i < text.length() && !line.cut(); ++i) {
    const std::uint8_t c = text.u8(i);
    if (c == 0) return;
    put_character(line, c);
  }
}

void put_tag(Line& line, std::uint8_t tag) {
  if (tag == 0) return line.put("Tag[Unused] ");
  line.print("Tag[{}] ", tag);
}

// False, and said so, when not all of it is there.
bool is_whole(Line& line, const View& value) {
  if (value.has(0, value.length())) return true;
  line.put_cut();
  return false;
}

bool has_mask(Line& line, std::uint8_t bits) {
  if (bits <= 128) return true;
  line.print("ERROR: netmask {} not in range (0..128)", bits);
  return false;
}

// Returns its length; 0 when nothing can follow.
std::size_t print_vendor_attribute(Line& line, const View& left) {
  const std::uint8_t type = left.u8(0);
  const std::size_t length = left.u8(1);
  const bool short_one = length < 2;
  if (short_one || length > left.length()) {
    line.print("\n\t    Vendor Attribute: {}, Length: {} (bogus, {})", type, length,
               short_one ? "must be >= 2" : "goes past end of vendor-specific attribute");
    return 0;
  }
  if (!left.has(2, length - 2)) {
    line.put_cut();
    return 0;
  }
  line.print("\n\t    Vendor Attribute: {}, Length: {}, Value: ", type, length - 2);
  for (std::size_t i = 2; i < length; ++i) put_character(line, left.u8(i));
  return length;
}

}  // namespace
}  // namespace values

using namespace values;

bool has_length(Line& line, const View& value, std::size_t length) {
  if (value.length() == length) return true;
  line.print("ERROR: length {} != {}", value.length(), length);
  return false;
}

void print_text(Line& line, const View& value) {
  if (is_whole(line, value)) put_text(line, value);
}

void print_tagged_text(Line& line, const View& value) {
  if (!is_whole(line, value)) return;
  const std::uint8_t tag = value.u8(0);
  if (tag > 0x1f) return put_text(line, value);
  put_tag(line, tag);
  put_text(line, value.from(1));
}

void print_tunnel_password(Line& line, const View& value) {
  if (!is_whole(line, value)) return;
  if (value.length() < 3) return line.put_cut();
  const std::uint8_t tag = value.u8(0);
  put_tag(line, tag <= 0x1f ? tag : std::uint8_t{0});
  line.print("Salt {} ", value.u16(1));
  put_text(line, value.from(3));
}

void print_vlan_name(Line& line, const View& value) {
  if (!is_whole(line, value)) return;
  const std::uint8_t tag = value.u8(0);
  line.print("{} (0x{:02x}) ", name_of(kTagging, tag, "Unknown tag"), tag);
  put_text(line, value.from(1));
}

void print_eap(Line& line, const View& value) {
  if (is_whole(line, value)) eap_message::print(line, value);
}

void print_vendor(Line& line, const View& value) {
  if (value.length() < 4) return line.put_cut();
  const std::uint32_t vendor = value.u32(0);
  line.print("Vendor: {} ({})", enterprise_text(vendor), vendor);
  View left = value.from(4);
  while (left.length() >= 2 && !line.cut()) {
    const std::size_t length = print_vendor_attribute(line, left);
    if (length == 0) return;
    left = left.from(length);
  }
}

bool is_number(Line& line, const View& value) { return has_length(line, value, 4); }

void print_number(Line& line, const View& value) {
  if (is_number(line, value)) line.print("{}", value.u32(0));
}

void print_seconds(Line& line, const View& value) {
  if (!is_number(line, value)) return;
  const std::uint32_t time = value.u32(0);
  if (time < 60) return line.print("{:02} secs", time);
  if (time < 3600) return line.print("{:02}:{:02} min", time / 60, time % 60);
  line.print("{:02}:{:02}:{:02} hours", time / 3600, time % 3600 / 60, time % 60);
}

void print_ipx_network(Line& line, const View& value) {
  if (!is_number(line, value)) return;
  const std::uint32_t network = value.u32(0);
  if (network == 0xfffffffe) return line.put("NAS Select");
  line.print("{}", network);
}

void print_appletalk_link(Line& line, const View& value) {
  if (!is_number(line, value)) return;
  const std::uint32_t link = value.u32(0);
  if (link == 0) return line.put("Unnumbered");
  line.print("{}", link);
}

void print_appletalk_network(Line& line, const View& value) {
  if (!is_number(line, value)) return;
  const std::uint32_t network = value.u32(0);
  if (network == 0) return line.put("NAS assigned");
  line.print("{}", network);
}

void print_preference(Line& line, const View& value) {
  if (!is_number(line, value)) return;
  put_tag(line, value.u8(0));
  line.print("{}", value.u24(1));
}

void print_vlan(Line& line, const View& value) {
  if (!is_number(line, value)) return;
  const std::uint8_t tag = value.u8(0);
  line.print("{} (0x{:02x}) ", name_of(kTagging, tag, "Unknown tag"), tag);
  line.print("{}", value.u24(1));
}

// Local time, as ctime(3) writes it.
void print_time(Line& line, const View& value) {
  if (!is_number(line, value)) return;
  const std::time_t time = value.u32(0);
  std::tm local{};
  std::array<char, 32> text{};
  localtime_r(&time, &local);
  line.put(std::string_view(
      text.data(), std::strftime(text.data(), text.size(), "%a %b %e %H:%M:%S %Y", &local)));
}

void print_error_cause(Line& line, const View& value) {
  static constexpr Named kCauses[] = {
      {201, "Residual Session Context Removed"},
      {202, "Invalid EAP Packet (Ignored)"},
      {401, "Unsupported Attribute"},
      {402, "Missing Attribute"},
      {403, "NAS Identification Mismatch"},
      {404, "Invalid Request"},
      {405, "Unsupported Service"},
      {406, "Unsupported Extension"},
      {407, "Invalid Attribute Value"},
      {501, "Administratively Prohibited"},
      {502, "Request Not Routable (Proxy)"},
      {503, "Session Context Not Found"},
      {504, "Session Context Not Removable"},
      {505, "Other Proxy Processing Error"},
      {506, "Resources Unavailable"},
      {507, "Request Initiated"},
      {508, "Multiple Session Selection Unsupported"},
      {509, "Location Info Required"},
  };
  if (value.length() != 4) return line.print("Error: length {} != 4", value.length());
  const std::uint32_t cause = value.u32(0);
  line.print("Error cause {}: {}", cause, named(kCauses, cause, "Error-Cause {} not known"));
}

void print_address(Line& line, const View& value) {
  if (!has_length(line, value, 4)) return;
  line.host4(value.u32(0));
}

void print_chosen_address(Line& line, const View& value) {
  if (!has_length(line, value, 4)) return;
  const std::uint32_t address = value.u32(0);
  if (address == 0xffffffff) return line.put("User Selected");
  if (address == 0xfffffffe) return line.put("NAS Select");
  line.host4(address);
}

void print_address6(Line& line, const View& value) {
  if (has_length(line, value, 16)) line.host6(value.bytes(0, 16));
}

void print_prefix6(Line& line, const View& value) {
  if (value.length() < 2 || value.length() > 18)
    return line.print("ERROR: length {} not in range (2..18)", value.length());
  if (!is_whole(line, value)) return;
  const std::uint8_t bits = value.u8(1);
  if (!has_mask(line, bits)) return;
  std::array<std::byte, 16> address{};
  std::ranges::copy(value.bytes(2, value.length() - 2), address.begin());
  line.host6(address);
  line.print("/{}", bits);
  if (bits > 8 * (value.length() - 2)) line.put(" (inconsistent prefix length)");
}

void print_mip6_prefix(Line& line, const View& value) {
  if (!has_length(line, value, 17) || !is_whole(line, value)) return;
  const std::uint8_t bits = value.u8(0);
  if (!has_mask(line, bits)) return;
  line.host6(value.bytes(1, 16));
  line.print("/{}", bits);
}

}  // namespace weir::packet::radius
