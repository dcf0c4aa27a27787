// What IKEv1 tells about associations: notifications and deletions (RFC 2408, sections 3.14 and
// 3.15, RFC 2407).
#include <algorithm>

#include "packet/print/app/isakmp.h"
#include "packet/print/named.h"

namespace weir::packet::isakmp {
namespace {

constexpr std::size_t kBeforeNotifySpi = 12;
constexpr std::uint32_t kIpsecDomain = 1;
constexpr std::uint16_t kResponderLifetime = 24576, kReplayStatus = 24577;

constexpr Named kNotifications[] = {
    {1, "INVALID-PAYLOAD-TYPE"},
    {2, "DOI-NOT-SUPPORTED"},
    {3, "SITUATION-NOT-SUPPORTED"},
    {4, "INVALID-COOKIE"},
    {5, "INVALID-MAJOR-VERSION"},
    {6, "INVALID-MINOR-VERSION"},
    {7, "INVALID-EXCHANGE-TYPE"},
    {8, "INVALID-FLAGS"},
    {9, "INVALID-MESSAGE-ID"},
    {10, "INVALID-PROTOCOL-ID"},
    {11, "INVALID-SPI"},
    {12, "INVALID-TRANSFORM-ID"},
    {13, "ATTRIBUTES-NOT-SUPPORTED"},
    {14, "NO-PROPOSAL-CHOSEN"},
    {15, "BAD-PROPOSAL-SYNTAX"},
    {16, "PAYLOAD-MALFORMED"},
    {17, "INVALID-KEY-INFORMATION"},
    {18, "INVALID-ID-INFORMATION"},
    {19, "INVALID-CERT-ENCODING"},
    {20, "INVALID-CERTIFICATE"},
    {21, "CERT-TYPE-UNSUPPORTED"},
    {22, "INVALID-CERT-AUTHORITY"},
    {23, "INVALID-HASH-INFORMATION"},
    {24, "AUTHENTICATION-FAILED"},
    {25, "INVALID-SIGNATURE"},
    {26, "ADDRESS-NOTIFICATION"},
    {27, "NOTIFY-SA-LIFETIME"},
    {28, "CERTIFICATE-UNAVAILABLE"},
    {29, "UNSUPPORTED-EXCHANGE-TYPE"},
    {30, "UNEQUAL-PAYLOAD-LENGTHS"},
    {16384, "CONNECTED"},
};
constexpr Named kIpsecNotifications[] = {
    {8192, "RESERVED"},
    {kResponderLifetime, "RESPONDER-LIFETIME"},
    {kReplayStatus, "REPLAY-STATUS"},
    {24578, "INITIAL-CONTACT"},
};

// Numbers without a name count from the begin of their range.
std::string notification_name(std::uint16_t type, bool is_ipsec) {
  constexpr std::uint16_t kRange = 8192;
  const std::uint32_t last = is_ipsec ? 32767 : 24575;
  const bool is_own_range = is_ipsec || type / kRange % 2 == 0;
  const std::string_view name = is_ipsec && type / kRange % 2 != 0
                                    ? name_of(kIpsecNotifications, type)
                                    : name_of(kNotifications, type);
  if (!name.empty()) return std::string(name);
  return fmt::format("#{}", type <= last && is_own_range ? type % kRange : type);
}

// The begin and the end of what is left of the packet.
void put_some_data(Line& line, const View& data) {
  constexpr std::size_t kBegin = 10, kEnd = 20;
  const std::size_t begin = std::min(kBegin, data.captured());
  const std::size_t end = std::min(kEnd, data.captured() - begin);
  line.put(" data=(");
  line.text().hex(data.bytes(0, begin));
  line.put("...");
  if (end != 0) line.text().hex(data.bytes(data.captured() - end, end));
  line.put(')');
}

// False when it is cut short.
bool put_index(Line& line, const View& payload, std::size_t at, std::size_t size) {
  if (!payload.has(at, size)) return false;
  line.text().hex(payload.bytes(at, size));
  return true;
}

bool notify(Line& line, const View& payload) {
  if (!payload.has(0, kBeforeNotifySpi)) return false;
  const bool is_ipsec = payload.u32(4) == kIpsecDomain;
  const std::uint16_t type = payload.u16(10);
  const std::size_t size = payload.u8(9);
  put_domain(line, payload);
  line.print(" type={}", notification_name(type, is_ipsec));
  if (size != 0) {
    line.put(" spi=");
    if (!put_index(line, payload, kBeforeNotifySpi, size)) return false;
  }
  const View data = payload.from(kBeforeNotifySpi + size);
  if (!is_ipsec || data.captured() == 0) return true;
  if (type == kReplayStatus) {
    line.print(" status=(replay detection {}abled)", data.u32(0) != 0 ? "en" : "dis");
  } else if (type == kResponderLifetime) {
    line.put(" attrs=(");
    print_ike_attributes(line, data);
    line.put(')');
  } else {
    put_some_data(line, data);
  }
  return true;
}

bool remove(Line& line, const View& payload) {
  if (!payload.has(0, kBeforeNotifySpi)) return false;
  const std::size_t size = payload.u8(9);
  const std::size_t count = payload.u16(10);
  put_domain(line, payload);
  line.print(" spilen={} nspi={} spi=", size, count);
  for (std::size_t i = 0; i < count; ++i) {
    if (i != 0) line.put(',');
    if (!put_index(line, payload, kBeforeNotifySpi + i * size, size)) return false;
  }
  return true;
}

}  // namespace

void print_notify(Line& line, const View& payload) {
  if (!notify(line, payload)) line.put(" [|n]");
}

void print_delete(Line& line, const View& payload) {
  if (!remove(line, payload)) line.put(" [|d]");
}

}  // namespace weir::packet::isakmp
