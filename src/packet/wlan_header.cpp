// IEEE 802.11 headers (IEEE 802.11-2020, section 9.2).
#include <fmt/format.h>

#include <array>

#include "packet/address_text.h"
#include "packet/link_header.h"

namespace weir::packet {
namespace {

enum FrameType : unsigned { kManagement = 0, kControl = 1, kData = 2, kExtension = 3 };

constexpr std::array<std::string_view, 16> kManagementNames = {"association request",
                                                               "association response",
                                                               "reassociation request",
                                                               "reassociation response",
                                                               "probe request",
                                                               "probe response",
                                                               "timing advertisement",
                                                               "",
                                                               "beacon",
                                                               "atim",
                                                               "disassociation",
                                                               "authentication",
                                                               "deauthentication",
                                                               "action",
                                                               "action no ack",
                                                               ""};
constexpr std::array<std::string_view, 16> kControlNames = {"",
                                                            "",
                                                            "trigger",
                                                            "tack",
                                                            "beamforming report poll",
                                                            "vht announcement",
                                                            "extension",
                                                            "wrapper",
                                                            "block ack request",
                                                            "block ack",
                                                            "ps-poll",
                                                            "rts",
                                                            "cts",
                                                            "ack",
                                                            "cf-end",
                                                            "cf-end ack"};

std::string named(std::string_view kind, std::string_view name, unsigned subtype) {
  if (name.empty()) return fmt::format("802.11 {} {}", kind, subtype);
  return fmt::format("802.11 {}", name);
}

struct FrameControl {
  unsigned type;
  unsigned subtype;
  bool to_ds;
  bool from_ds;
  bool is_protected;
  bool order;
};

FrameControl read_frame_control(ByteReader& reader) {
  const unsigned first = reader.u8();
  const unsigned flags = reader.u8();
  return {.type = first >> 2 & 3,
          .subtype = first >> 4,
          .to_ds = (flags & 0x01) != 0,
          .from_ds = (flags & 0x02) != 0,
          .is_protected = (flags & 0x40) != 0,
          .order = (flags & 0x80) != 0};
}

constexpr unsigned kQosBit = 8;     // of the subtype of a data frame
constexpr unsigned kNoDataBit = 4;  // likewise

// Duration, three addresses and sequence control are 22 bytes; then what the frame control asks
// for.
LinkHeader data_frame(const FrameControl& control, ByteReader& reader) {
  const bool qos = (control.subtype & kQosBit) != 0;
  reader.skip(22);
  if (control.to_ds && control.from_ds) reader.skip(6);
  if (qos) reader.skip(2);
  if (qos && control.order) reader.skip(4);
  if ((control.subtype & kNoDataBit) != 0)
    return {.next = Next::kNothing, .value = 0, .text = "802.11 no data"};
  if (control.is_protected)
    return {.next = Next::kNothing, .value = 0, .text = "802.11 protected data"};
  return {.next = Next::kLlc, .value = 0, .text = {}};
}

// Duration, destination, source.
LinkHeader management_frame(const FrameControl& control, ByteReader& reader) {
  reader.skip(2);
  const auto destination = reader.take(6);
  const auto source = reader.take(6);
  return {
      .next = Next::kNothing,
      .value = 0,
      .text = fmt::format("{} > {} {}", mac_text(source), mac_text(destination),
                          named("management", kManagementNames[control.subtype], control.subtype))};
}

}  // namespace

LinkHeader read_wlan_header(ByteReader& reader) {
  const FrameControl control = read_frame_control(reader);
  switch (control.type) {
    case kManagement:
      return management_frame(control, reader);
    case kData:
      return data_frame(control, reader);
    case kControl:
      return {.next = Next::kNothing,
              .value = 0,
              .text = named("control", kControlNames[control.subtype], control.subtype)};
    default:
      return {.next = Next::kNothing, .value = 0, .text = named("extension", {}, control.subtype)};
  }
}

}  // namespace weir::packet
