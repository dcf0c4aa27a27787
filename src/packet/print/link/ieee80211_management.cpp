// Management frames of wireless LANs (IEEE 802.11, section 9.3.3).
#include <algorithm>
#include <optional>

#include "packet/print/link/ieee80211.h"
#include "packet/print/named.h"

namespace weir::packet::ieee80211 {
namespace {

constexpr Field kSsid{.name = "wlan.ssid", .show = Show::kText};
constexpr Field kStatus{.name = "wlan.fixed.status_code"};
constexpr Field kReason{.name = "wlan.fixed.reason_code"};
constexpr Field kChannel{.name = "wlan.ds.current_channel"};

constexpr std::uint16_t kEss = 0x0001, kPrivacy = 0x0010;  // capabilities
constexpr std::uint16_t kEncrypted = 0x4000;               // of the frame control

// What is shown of the elements. The first of each counts.
struct Elements {
  std::optional<View> ssid;
  std::optional<View> rates;
  std::optional<std::uint8_t> channel;
};

// What a printer of a body has before it.
struct Body {
  View fixed;  // from the body's begin
  View frame;
  Elements elements;
};

struct ElementLimit {
  std::uint8_t id;
  std::size_t most;
};
constexpr std::uint8_t kSsidId = 0, kRatesId = 1, kChannelId = 3;
constexpr ElementLimit kElementLimits[] = {{kSsidId, 32}, {kRatesId, 16}, {5, 254}, {16, 253}};

bool is_too_long(std::uint8_t id, std::size_t size) {
  const auto limit = std::ranges::find(kElementLimits, id, &ElementLimit::id);
  return limit != std::ranges::end(kElementLimits) && size > limit->most;
}

void take_element(Line& line, Elements& elements, std::uint8_t id, const View& data) {
  if (id == kSsidId && !elements.ssid) {
    line.field(kSsid, data, 0, data.length());
    elements.ssid = data;
  } else if (id == kRatesId && !elements.rates && data.length() != 0) {
    elements.rates = data;
  } else if (id == kChannelId && !elements.channel && data.length() == 1) {
    line.field(kChannel, data, 0, 1);
    elements.channel = data.u8(0);
  }
}

// False when the list is broken or cut short; what was found before counts.
bool read_elements(Line& line, View list, Elements& elements) {
  while (list.length() != 0) {
    if (!list.has(0, 2) || list.length() < 2) return false;
    const std::uint8_t id = list.u8(0);
    const std::size_t size = list.u8(1);
    list = list.from(2);
    if (!list.has(0, size) || list.length() < size || is_too_long(id, size)) return false;
    take_element(line, elements, id, list.first(size));
    list = list.from(size);
  }
  return true;
}

void put_ssid(Line& line, const Elements& elements) {
  if (!elements.ssid) return;
  line.put(" (");
  line.zero_padded(*elements.ssid, 0, elements.ssid->length());
  line.put(')');
}

// In steps of 500 kbit/s; those with the highest bit are of the basic set.
void put_rates(Line& line, const Elements& elements) {
  if (!elements.rates) return;
  for (std::size_t i = 0; i < elements.rates->length(); ++i) {
    const std::uint8_t rate = elements.rates->u8(i);
    line.print("{}{:.1f}{}", i == 0 ? " [" : " ", 0.5 * (rate & 0x7f),
               (rate & 0x80) != 0 ? "*" : "");
  }
  line.put(" Mbit]");
}

void put_channel(Line& line, const Elements& elements, std::uint16_t capabilities) {
  if (elements.channel) line.print(" CH: {}", *elements.channel);
  if ((capabilities & kPrivacy) != 0) line.put(", PRIVACY");
}

void print_association(Line& line, const Body& body) {
  put_ssid(line, body.elements);
  put_rates(line, body.elements);
}

void print_association_response(Line& line, const Body& body) {
  const std::uint16_t status = body.fixed.le16(2);
  line.field(kStatus, body.fixed, 2, 2, std::uint64_t{status});
  line.print(" AID({:x}) :{}: {}", body.fixed.le16(4) & 0x3fff,
             (body.fixed.le16(0) & kPrivacy) != 0 ? " PRIVACY " : "", status_text(status));
}

void print_reassociation(Line& line, const Body& body) {
  put_ssid(line, body.elements);
  line.put(" AP : ");
  line.station(body.fixed.bytes(4, 6));
}

void print_probe_response(Line& line, const Body& body) {
  put_ssid(line, body.elements);
  put_rates(line, body.elements);
  put_channel(line, body.elements, body.fixed.le16(10));
}

void print_beacon(Line& line, const Body& body) {
  const std::uint16_t capabilities = body.fixed.le16(10);
  put_ssid(line, body.elements);
  put_rates(line, body.elements);
  line.put((capabilities & kEss) != 0 ? " ESS" : " IBSS");
  put_channel(line, body.elements, capabilities);
}

void print_nothing(Line&, const Body&) {}

void put_reason(Line& line, const Body& body) {
  const std::uint16_t reason = body.fixed.le16(0);
  line.field(kReason, body.fixed, 0, 2, std::uint64_t{reason});
  line.print(": {}", reason_text(reason));
}

// With -e the address stands before the body.
void put_source(Line& line, const Body& body) {
  if (line.options().link_header) return;
  line.put(" (");
  line.station(body.frame.bytes(kSourceAt, 6));
  line.put(')');
}

void print_deauthentication(Line& line, const Body& body) {
  put_source(line, body);
  put_reason(line, body);
}

constexpr Named kAlgorithms[] = {{0, "Open System"}, {1, "Shared Key"}, {2, "EAP"}};

void print_authentication(Line& line, const Body& body) {
  constexpr std::uint16_t kSharedKey = 1;
  const std::uint16_t algorithm = body.fixed.le16(0);
  const std::uint16_t number = body.fixed.le16(2);
  const std::uint16_t status = body.fixed.le16(4);
  line.field(kStatus, body.fixed, 4, 2, std::uint64_t{status});
  const bool has_challenge = algorithm == kSharedKey && (number == 2 || number == 3);
  line.print(" ({})-{:x}{} {}", name_of(kAlgorithms, algorithm, "Reserved"), number,
             has_challenge ? " [Challenge Text]" : ":",
             number % 2 != 0 ? status_text(status) : std::string_view());
}

constexpr Named kBlockAckActions[] = {{0, "ADDBA Request"}, {1, "ADDBA Response"}, {2, "DELBA"}};
constexpr Named kHtActions[] = {{0, "TxChWidth"}, {1, "MIMOPwrSave"}};
constexpr Named kMeshActions[] = {
    {0, "MeshLink"},
    {1, "HWMP"},
    {2, "Gate Announcement"},
    {3, "Congestion Control"},
    {4, "MCCA Setup Request"},
    {5, "MCCA Setup Reply"},
    {6, "MCCA Advertisement Request"},
    {7, "MCCA Advertisement"},
    {8, "MCCA Teardown"},
    {9, "TBTT Adjustment Request"},
    {10, "TBTT Adjustment Response"},
};
constexpr Named kMultihopActions[] = {{0, "Proxy Update"}, {1, "Proxy Update Confirmation"}};
constexpr Named kSelfProtectedActions[] = {{1, "Peering Open"},
                                           {2, "Peering Confirm"},
                                           {3, "Peering Close"},
                                           {4, "Group Key Inform"},
                                           {5, "Group Key Acknowledge"}};

struct Category {
  std::uint8_t number;
  std::string_view name;
  std::span<const Named> actions;
};
constexpr Category kCategories[] = {
    {0, "Spectrum Management", {}},
    {1, "QoS", {}},
    {2, "DLS", {}},
    {3, "BA", kBlockAckActions},
    {7, "HT", kHtActions},
    {13, "MeshAction", kMeshActions},
    {14, "MultiohopAction", kMultihopActions},
    {15, "SelfprotectAction", kSelfProtectedActions},
    {127, "Vendor", {}},
};

void print_action(Line& line, const Body& body) {
  put_source(line, body);
  const std::uint8_t number = body.fixed.u8(0);
  const std::uint8_t action = body.fixed.u8(1);
  const auto category = std::ranges::find(kCategories, number, &Category::number);
  if (category == std::ranges::end(kCategories))
    return line.print(": Reserved({}) Act#{}", number, action);
  line.print(": {} {}", category->name, named(category->actions, action, "Act#{}"));
}

struct Subtype {
  std::uint8_t number;
  std::string_view name;
  std::size_t fixed_size;
  bool has_elements;
  void (*print)(Line&, const Body&);
};
constexpr Subtype kSubtypes[] = {
    {0x0, "Assoc Request", 4, true, print_association},
    {0x1, "Assoc Response", 6, true, print_association_response},
    {0x2, "ReAssoc Request", 10, true, print_reassociation},
    {0x3, "ReAssoc Response", 6, true, print_association_response},
    {0x4, "Probe Request", 0, true, print_association},
    {0x5, "Probe Response", 12, true, print_probe_response},
    {0x8, "Beacon", 12, true, print_beacon},
    {0x9, "ATIM", 0, false, print_nothing},
    {0xa, "Disassociation", 2, false, put_reason},
    {0xb, "Authentication", 6, true, print_authentication},
    {0xc, "DeAuthentication", 2, false, print_deauthentication},
    {0xd, "Action", 2, false, print_action},
};

}  // namespace

bool print_management(Line& line, const View& frame, std::size_t header_length) {
  const std::uint16_t control = frame.le16(0);
  const std::uint8_t number = static_cast<std::uint8_t>(control >> 4 & 0xf);
  const auto subtype = std::ranges::find(kSubtypes, number, &Subtype::number);
  const bool is_known = subtype != std::ranges::end(kSubtypes);
  if (is_known) {
    line.put(subtype->name);
  } else {
    line.print("Unhandled Management subtype({:x})", number);
  }
  Body body{.fixed = frame.from(header_length), .frame = frame, .elements = {}};
  if ((control & kEncrypted) != 0) return print_wep(line, body.fixed);
  if (!is_known) return true;
  if (!body.fixed.has(0, subtype->fixed_size) || body.fixed.length() < subtype->fixed_size)
    return false;
  const bool is_whole = !subtype->has_elements ||
                        read_elements(line, body.fixed.from(subtype->fixed_size), body.elements);
  subtype->print(line, body);
  return is_whole;
}

}  // namespace weir::packet::ieee80211
