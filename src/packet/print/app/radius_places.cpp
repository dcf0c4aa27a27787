// Values of RADIUS attributes: those of places (RFC 5580), mobile hosts and AppleTalk.
#include <array>
#include <ctime>

#include "packet/print/app/radius_attributes.h"
#include "packet/print/named.h"
#include "packet/print/pieces.h"

namespace weir::packet::radius {
namespace places {
namespace {

bool is_whole_and_has(Line& line, const View& value, std::size_t length) {
  if (!value.has(0, value.length())) {
    line.put_cut();
    return false;
  }
  if (value.length() >= length) return true;
  line.print("ERROR: length {} < {}", value.length(), length);
  return false;
}

void put_hex_upper(Line& line, const View& value, std::size_t at, std::size_t size) {
  for (std::size_t i = 0; i < size && !line.cut(); ++i) line.print("{:02X}", value.u8(at + i));
}

// A time stamp of NTP (RFC 5905): as a number, and what it says.
void put_ntp_time(Line& line, const View& value, std::size_t at) {
  constexpr std::time_t kFrom1900To1970 = 2208988800;
  const std::uint32_t seconds = value.u32(at);
  const double fraction = value.u32(at + 4) / 4294967296.0;
  line.print("{}.{:09}", seconds, static_cast<std::uint32_t>(fraction * 1e9));
  if (seconds == 0) return;
  const std::time_t time = std::time_t{seconds} - kFrom1900To1970;
  std::tm utc{};
  std::array<char, 32> text{};
  gmtime_r(&time, &utc);
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  line.print(" ({})", std::string_view(text.data(), size));
}

}  // namespace
}  // namespace places

using namespace places;

void print_operator(Line& line, const View& value) {
  static constexpr Named kNamespaces[] = {
      {0x30, "TADIG"}, {0x31, "REALM"}, {0x32, "E212"}, {0x33, "ICC"}};
  if (!is_whole_and_has(line, value, 2)) return;
  line.print("[{}] ", named(kNamespaces, value.u8(0), "unknown namespace {}"));
  put_counted(line, value, 1, value.length() - 1);
}

void print_location_information(Line& line, const View& value) {
  static constexpr Named kCodes[] = {{0, "Civic"}, {1, "Geospatial"}};
  static constexpr Named kEntities[] = {{0, "User"}, {1, "RADIUS"}};
  if (!is_whole_and_has(line, value, 21)) return;
  line.print("index {}, code {}, entity {}, ", value.u16(0),
             named(kCodes, value.u8(2), "Unknown ({})"),
             named(kEntities, value.u8(3), "Unknown ({})"));
  line.put("sighting time ");
  put_ntp_time(line, value, 4);
  line.put(", time to live ");
  put_ntp_time(line, value, 12);
  line.put(", method \"");
  put_counted(line, value, 20, value.length() - 20);
  line.put('"');
}

void print_location_data(Line& line, const View& value) {
  if (!is_whole_and_has(line, value, 3)) return;
  line.print("index {}, location", value.u16(0));
  line.hex_and_ascii_lines(value.from(2), "\n\t    ");
}

void print_location_policy(Line& line, const View& value) {
  static constexpr Named kFlags[] = {
      {0x0001, "MBZ-15"}, {0x0002, "MBZ-14"},
      {0x0004, "MBZ-13"}, {0x0008, "MBZ-12"},
      {0x0010, "MBZ-11"}, {0x0020, "MBZ-10"},
      {0x0040, "MBZ-9"},  {0x0080, "MBZ-8"},
      {0x0100, "MBZ-7"},  {0x0200, "MBZ-6"},
      {0x0400, "MBZ-5"},  {0x0800, "MBZ-4"},
      {0x1000, "MBZ-3"},  {0x2000, "MBZ-2"},
      {0x4000, "MBZ-1"},  {0x8000, "Retransmission Allowed"},
  };
  if (!is_whole_and_has(line, value, 10)) return;
  line.print("flags [{}], ", bit_names(kFlags, value.u16(0), ", ", "none"));
  line.put("retention expires ");
  put_ntp_time(line, value, 2);
  if (value.length() == 10) return;
  line.put(", note well \"");
  put_counted(line, value, 10, value.length() - 10);
  line.put('"');
}

void print_mip6_features(Line& line, const View& value) {
  struct Feature {
    int bit;
    std::string_view name;
  };
  static constexpr Feature kFeatures[] = {
      {0, "MIP6_INTEGRATED"},
      {1, "LOCAL_HOME_AGENT_ASSIGNMENT"},
      {40, "PMIP6_SUPPORTED"},
      {41, "IP4_HOA_SUPPORTED"},
      {42, "LOCAL_MAG_ROUTING_SUPPORTED"},
      {43, "ASSIGN_LOCAL_IP"},
      {44, "MIP4_SUPPORTED"},
      {45, "OPTIMIZED_IDLE_MODE_MOBILITY"},
      {46, "GTPv2_SUPPORTED"},
      {47, "IP4_TRANSPORT_SUPPORTED"},
      {48, "IP4_HOA_ONLY_SUPPORTED"},
      {49, "INTER_MAG_ROUTING_SUPPORTED"},
  };
  if (!has_length(line, value, 8)) return;
  line.put('[');
  const std::uint64_t bits = value.u64(0);
  std::string_view separator;
  for (const Feature& feature : kFeatures) {
    if ((bits >> feature.bit & 1) == 0) continue;
    line.print("{}{}", separator, feature.name);
    separator = ", ";
  }
  line.put(']');
}

void print_arap_password(Line& line, const View& value) {
  if (!has_length(line, value, 16)) return;
  line.put("User_challenge (");
  put_hex_upper(line, value, 0, 8);
  line.put(") User_resp(");
  put_hex_upper(line, value, 8, 8);
  line.put(')');
}

void print_arap_features(Line& line, const View& value) {
  if (!has_length(line, value, 14)) return;
  const bool can_change = value.u8(0) != 0;
  line.print("User {} change password", can_change ? "can" : "cannot");
  line.print(", Min password length: {}", value.u8(1));
  line.put(", created at: ");
  put_hex_upper(line, value, 2, 4);
  line.put(", expires in: ");
  put_hex_upper(line, value, 6, 4);
  line.put(", Current Time: ");
  put_hex_upper(line, value, 10, 4);
}

void print_arap_response(Line& line, const View& value) {
  if (value.length() < 8) return line.print("ERROR: length {} != 8", value.length());
  put_hex_upper(line, value, 0, 8);
}

}  // namespace weir::packet::radius
