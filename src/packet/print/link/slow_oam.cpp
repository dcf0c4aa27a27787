// Operations, administration and maintenance of Ethernet links (IEEE 802.3, clause 57).
#include <algorithm>

#include "packet/print/link/slow.h"
#include "packet/print/named.h"
#include "packet/print/printers.h"
#include "packet/print/registries.h"

namespace weir::packet::slow {
namespace {

constexpr Field kOamFlags{.name = "oampdu.flags", .show = Show::kHex};
constexpr Field kOamCode{.name = "oampdu.code"};

constexpr std::size_t kOamHeader = 3;
constexpr std::size_t kOamTlvHeader = 2;
constexpr std::uint8_t kEndOfList = 0;

constexpr Named kOamFlagNames[] = {
    {0x0001, "Link Fault"},       {0x0002, "Dying Gasp"},   {0x0004, "Critical Event"},
    {0x0008, "Local Evaluating"}, {0x0010, "Local Stable"}, {0x0020, "Remote Evaluating"},
    {0x0040, "Remote Stable"},
};
constexpr Named kOamCodes[] = {
    {0x00, "Information"},       {0x01, "Event Notification"}, {0x02, "Variable Request"},
    {0x03, "Variable Response"}, {0x04, "Loopback Control"},   {0xfe, "Vendor Private"},
};

constexpr std::string_view kParserActions[] = {"forwarding", "looping back", "discarding",
                                               "reserved"};
constexpr Named kConfiguration[] = {{0x01, "Active"},
                                    {0x02, "Unidirectional"},
                                    {0x04, "Remote-Loopback"},
                                    {0x08, "Link-Events"},
                                    {0x10, "Variable-Retrieval"}};

void print_information(Line& line, const View& tlv) {
  line.print("\n\t    OAM-Version {}, Revision {}", tlv.u8(2), tlv.u16(3));
  const std::uint8_t state = tlv.u8(5);
  line.print("\n\t    State-Parser-Action {}, State-MUX-Action {}", kParserActions[state & 3],
             (state & 4) != 0 ? "discarding" : "forwarding");
  line.print("\n\t    OAM-Config Flags [{}], OAM-PDU-Config max-PDU size {}",
             bit_names(kConfiguration, tlv.u8(6), ", ", "none"), tlv.u16(7) & 0x7ff);
  const std::uint32_t oui = tlv.u24(9);
  line.print("\n\t    OUI {} (0x{:06x}), Vendor-Private 0x{:08x}", organization_text(oui), oui,
             tlv.u32(12));
}

void print_event(Line& line, const View& tlv) {
  line.print("\n\t    Timestamp {} ms, Errored Window {}\n\t    Errored Threshold {}",
             tlv.u16(2) * 100, tlv.u64(4), tlv.u64(12));
  line.print("\n\t    Errors {}\n\t    Error Running Total {}\n\t    Event Running Total {}",
             tlv.u64(20), tlv.u64(28), tlv.u32(36));
}

struct OamTlv {
  std::uint8_t type;
  std::string_view name;
  std::size_t size = 0;
  Printer print = nullptr;
};
constexpr OamTlv kInformation[] = {
    {kEndOfList, "End of TLV marker"},
    {0x01, "Local", 16, print_information},
    {0x02, "Remote", 16, print_information},
    {0xfe, "Organization specific"},
};
constexpr OamTlv kEvents[] = {
    {kEndOfList, "End of TLV marker"},
    {0x01, "Errored Symbol Period Event", 40, print_event},
    {0x02, "Errored Frame Event", 40, print_event},
    {0x03, "Errored Frame Period Event", 40, print_event},
    {0x04, "Errored Frame Seconds Summary Event", 40, print_event},
    {0xfe, "Organization specific"},
};

void print_oam_tlv(Line& line, const OamTlv* known, const View& tlv) {
  const bool is_decoded = known != nullptr && known->print != nullptr;
  const bool is_bad = is_decoded && tlv.length() != known->size;
  if (is_bad) {
    line.print("\n\t    ERROR: illegal length - should be {}", known->size);
  } else if (is_decoded) {
    known->print(line, tlv);
  }
  if (!is_decoded || is_bad || line.verbose(2)) dump_lines(line, tlv, tlv.length());
}

void put_short(Line& line) { line.put("\n\t\t packet is too short"); }

void print_oam_tlvs(Line& line, View rest, std::span<const OamTlv> table, std::string_view kind) {
  while (rest.length() != 0) {
    if (rest.length() < kOamTlvHeader) return put_short(line);
    const std::uint8_t type = rest.u8(0);
    const std::size_t size = rest.u8(1);
    if (line.cut()) return;
    const auto found = std::ranges::find(table, type, &OamTlv::type);
    const OamTlv* known = found == table.end() ? nullptr : &*found;
    line.print("\n\t  {} {} Type ({}), length {}", known != nullptr ? known->name : "Reserved",
               kind, type, size);
    if (type == kEndOfList) return;
    if (size < kOamTlvHeader) return line.put("\n\t    ERROR: illegal length - should be >= 2");
    if (size > rest.length()) return put_short(line);
    if (!rest.need(0, size)) return;
    print_oam_tlv(line, known, rest.claiming(size));
    rest = rest.from(size);
  }
}

void print_events(Line& line, const View& view) {
  if (view.length() < 2) return put_short(line);
  line.print("\n\t  Sequence Number {}", view.u16(0));
  print_oam_tlvs(line, view.from(2), kEvents, "Link Event");
}

void print_information_list(Line& line, const View& view) {
  print_oam_tlvs(line, view, kInformation, "Information");
}

void print_loopback_control(Line& line, const View& view) {
  constexpr Named kCommands[] = {{1, "Enable OAM Remote Loopback"},
                                 {2, "Disable OAM Remote Loopback"}};
  if (view.length() < 1) return put_short(line);
  const std::uint8_t command = view.u8(0);
  line.print("\n\t  Command {} ({})", name_of(kCommands, command, "Unknown"), command);
}

struct OamCode {
  std::uint8_t number;
  Printer print;
};
constexpr OamCode kOamPrinters[] = {
    {0x00, print_information_list},
    {0x01, print_events},
    {0x04, print_loopback_control},
};

}  // namespace

void print_oam(Line& line, const View& view) {
  if (view.length() < kOamHeader) return put_short(line);
  if (!view.need(0, kOamHeader)) return;
  line.field(kOamFlags, view, 0, 2);
  line.field(kOamCode, view, 2, 1);
  const std::uint8_t code = view.u8(2);
  line.print("\n\tCode {} OAM PDU, Flags [{}]", named(kOamCodes, code, "Unknown ({})"),
             bit_names(kOamFlagNames, view.u16(0), ", ", "none"));
  const View data = view.from(kOamHeader);
  const auto found = std::ranges::find(kOamPrinters, code, &OamCode::number);
  if (found != std::ranges::end(kOamPrinters)) return found->print(line, data);
  if (!line.verbose(2)) dump_lines(line, data, data.length());
}

}  // namespace weir::packet::slow
