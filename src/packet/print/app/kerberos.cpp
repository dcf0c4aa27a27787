// Kerberos: version 4 with its names, of version 5 that it is.
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::kerberos {
namespace {

constexpr Protocol kKerberos{.name = "krb"};
constexpr Field kVersion{.name = "kerberos.version"};

constexpr unsigned kLittleEndian = 1;
enum MessageType : unsigned {
  kTicketRequest = 1 << 1,
  kTicketReply = 2 << 1,
  kApplicationRequest = 3 << 1,
  kErrorReply = 5 << 1,
};

constexpr Named kMessages[] = {
    {kTicketRequest, "KDC_REQUEST"},
    {kTicketReply, "KDC_REPLY"},
    {kApplicationRequest, "APPL_REQUEST"},
    {4 << 1, "APPL_REQUEST_MUTUAL"},
    {kErrorReply, "ERR_REPLY"},
    {6 << 1, "PRIVATE"},
    {7 << 1, "SAFE"},
    {8 << 1, "APPL_ERR"},
    {63 << 1, "DIE"},
};
constexpr Named kErrors[] = {
    {0, "OK"},
    {1, "NAME_EXP"},
    {2, "SERVICE_EXP"},
    {3, "AUTH_EXP"},
    {4, "PKT_VER"},
    {5, "NAME_MAST_KEY_VER"},
    {6, "SERV_MAST_KEY_VER"},
    {7, "BYTE_ORDER"},
    {8, "PRINCIPAL_UNKNOWN"},
    {9, "PRINCIPAL_NOT_UNIQUE"},
    {10, "NULL_KEY"},
};

// Walks a message; each step returns false when a name has no end.
class Version4 {
 public:
  Version4(Line& line, const View& view) : line_(line), view_(view) {}

  void print() {
    const unsigned head = view_.u8(1);
    is_little_ = (head & kLittleEndian) != 0;
    const unsigned type = head & ~kLittleEndian;
    line_.print(" {} {}: ", is_little_ ? "le" : "be", named(kMessages, type, "#{}"));
    if (!print_body(type) && !line_.cut()) line_.put_cut();
  }

 private:
  bool print_body(unsigned type) {
    switch (type) {
      case kTicketRequest:
        return print_client() && print_ticket_request();
      case kTicketReply:
        if (!print_client()) return false;
        line_.print(" ({})", number(at_ + 10));
        return true;
      case kApplicationRequest:
        return print_application_request();
      case kErrorReply:
        return print_client() && print_error();
      default:
        line_.put("(unknown)");
        return true;
    }
  }

  std::uint16_t number(std::size_t at) const { return is_little_ ? view_.le16(at) : view_.u16(at); }

  bool print_name() {
    while (view_.has(at_, 1)) {
      const std::byte c = view_.data()[at_++];
      if (c == std::byte{0}) return true;
      line_.escaped(c);
    }
    return false;
  }

  bool print_client() {
    at_ = 2;
    if (!print_name()) return false;
    line_.put('.');
    if (!print_name()) return false;
    line_.put('@');
    return print_name();
  }

  bool print_ticket_request() {
    constexpr std::size_t kTime = 4;
    at_ += kTime;
    line_.print(" {}min ", view_.u8(at_++) * 5);
    if (!print_name()) return false;
    line_.put('.');
    return print_name();
  }

  bool print_application_request() {
    at_ = 2;
    line_.print("v{} ", view_.u8(at_++));
    if (!print_name()) return false;
    line_.print(" ({})", view_.u8(at_));
    line_.print(" ({})", view_.u8(at_ + 1));
    return true;
  }

  bool print_error() {
    at_ += 4;
    line_.print(" {} ", named(kErrors, number(at_), "#{}"));
    at_ += 4;
    return print_name();
  }

  Line& line_;
  const View& view_;
  bool is_little_ = false;
  std::size_t at_ = 2;
};

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kKerberos, view);
  if (view.captured() == 0) return line.put_cut();
  const unsigned version = view.u8(0);
  line.field(kVersion, view, 0, 1);
  if (version >= 1 && version <= 4) line.print(" v{}", version);
  if (version == 4) Version4(line, view).print();
  // The tags of a request and of an answer.
  if (version == 106 || version == 107) line.put(" v5");
}

}  // namespace weir::packet::kerberos
