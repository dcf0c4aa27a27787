// SNMP versions 1, 2c and 3 (RFC 1157, 3416, 3412). Objects are shown by their numbers.
#include "packet/print/app/snmp_ber.h"
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::snmp {
namespace {

constexpr Protocol kSnmp{.name = "snmp"};
constexpr Field kVersion{.name = "snmp.version"};
constexpr Field kCommunity{.name = "snmp.community", .show = Show::kBytes};
constexpr Field kPduType{.name = "snmp.data"};
constexpr Field kObject{.name = "snmp.name", .show = Show::kText};

enum PduType : unsigned {
  kGet,
  kGetNext,
  kResponse,
  kSet,
  kTrap,
  kGetBulk,
  kInform,
  kTrap2,
  kReport
};

constexpr Named kErrors[] = {
    {0, "noError"},
    {1, "tooBig"},
    {2, "noSuchName"},
    {3, "badValue"},
    {4, "readOnly"},
    {5, "genErr"},
    {6, "noAccess"},
    {7, "wrongType"},
    {8, "wrongLength"},
    {9, "wrongEncoding"},
    {10, "wrongValue"},
    {11, "noCreation"},
    {12, "inconsistentValue"},
    {13, "resourceUnavailable"},
    {14, "commitFailed"},
    {15, "undoFailed"},
    {16, "authorizationError"},
    {17, "notWritable"},
    {18, "inconsistentName"},
};
constexpr unsigned kEnterpriseTrap = 6;
constexpr Named kTraps[] = {
    {0, "coldStart"},
    {1, "warmStart"},
    {2, "linkDown"},
    {3, "linkUp"},
    {4, "authenticationFailure"},
    {5, "egpNeighborLoss"},
    {kEnterpriseTrap, "enterpriseSpecific"},
};

bool is_request(unsigned pdu) { return pdu == kGet || pdu == kGetNext || pdu == kGetBulk; }
// Those whose error fields should be zero.
bool has_no_error(unsigned pdu) {
  return pdu == kGet || pdu == kGetNext || pdu == kSet || pdu == kInform || pdu == kTrap2 ||
         pdu == kReport;
}

std::string error_text(std::int32_t error) {
  return named(kErrors, static_cast<std::uint32_t>(error), "err={}");
}

// Each step prints its part of the message; false when nothing can follow.
class Message {
 public:
  Message(Line& line, const View& view) : line_(line), rest_(view) {}

  void print() {
    if (!take(rest_, BerType::kSequence, "init SEQ", true)) return;
    put_extra(rest_.length(), "iSEQ");
    View inner = element_.value;
    const View begin = inner;
    if (!take(inner, BerType::kInteger, "version")) return;
    line_.field(kVersion, begin, 0, element_.size,
                std::uint64_t{static_cast<std::uint32_t>(element_.integer)});
    version_ = element_.integer;
    if (version_ != 0 && version_ != 1 && version_ != 3)
      return line_.print("SNMP [version = {}]", version_);
    put_open(version_ == 0 ? "SNMPv1 " : version_ == 1 ? "SNMPv2c " : "SNMPv3 ");
    if (version_ == 3) {
      print_version3(inner);
    } else {
      print_community(inner);
    }
    put_close();
  }

 private:
  // False when the element is of another type: then the text says which one should be there.
  bool take(View& rest, BerType type, std::string_view what, bool is_structure = false) {
    if (!take_element(line_, rest, element_)) return false;
    if (element_.type == type) return true;
    line_.print("[{}{}{}]", is_structure ? "!" : "", what, is_structure ? "" : type_text(type));
    print_element(line_, element_);
    return false;
  }

  static std::string_view type_text(BerType type) {
    switch (type) {
      case BerType::kInteger:
        return "!=INT";
      case BerType::kString:
        return "!=STR";
      case BerType::kObjectId:
        return "!=OID";
      case BerType::kAddress:
        return "!=INETADDR";
      default:
        return "!=TIMETICKS";
    }
  }

  void put_open(std::string_view name) {
    if (!line_.verbose()) return;
    line_.put("{ ");
    line_.put(name);
  }
  void put_close() {
    if (line_.verbose()) line_.put("} ");
  }
  void put_extra(std::size_t count, std::string_view what) {
    if (count != 0) line_.print("[{} extra after {}]", count, what);
  }

  void print_community(View& rest) {
    if (!take(rest, BerType::kString, "comm")) return;
    line_.field(kCommunity, element_.value, 0, element_.value.length());
    const auto bytes = element_.value.bytes(0, element_.value.length());
    if (std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()) != "public") {
      line_.put("C=");
      print_string(line_, element_);
      line_.put(' ');
    }
    print_pdu(rest);
  }

  void print_pdu(View& rest) {
    if (!take_element(line_, rest, element_)) return;
    if (element_.type != BerType::kPdu) return line_.put("[no PDU]");
    put_extra(rest.length(), "PDU");
    put_open("");
    print_element(line_, element_);
    line_.put(' ');
    const unsigned pdu = element_.id;
    View inner = element_.value;
    line_.field(kPduType, inner, 0, inner.length(), std::uint64_t{pdu});
    if (version_ == 0 && pdu > kTrap) return line_.put("[v2 PDU in v1 message]");
    if (version_ == 1 && pdu == kTrap) return line_.put("[v1 PDU in v2 message]");
    if (pdu == kTrap) {
      print_trap(inner);
    } else {
      print_plain_pdu(inner, pdu);
    }
    if (line_.verbose()) line_.put(" } ");
  }

  void print_plain_pdu(View& rest, unsigned pdu) {
    if (!take(rest, BerType::kInteger, "reqId")) return;
    if (line_.verbose()) line_.print("R={} ", element_.integer);
    if (!take(rest, BerType::kInteger, "errorStatus")) return;
    const std::int32_t error = print_error(pdu, element_.integer);
    if (!take(rest, BerType::kInteger, "errorIndex")) return;
    print_error_index(pdu, error, element_.integer);
    print_variables(rest, pdu);
  }

  // Returns the error, where there may be one.
  std::int32_t print_error(unsigned pdu, std::int32_t status) {
    if (has_no_error(pdu) && status != 0) {
      line_.print("[errorStatus({})!=0]", error_text(status));
    } else if (pdu == kGetBulk) {
      line_.print(" N={}", status);
    } else if (status != 0) {
      line_.print(" {}", error_text(status));
      return status;
    }
    return 0;
  }

  void print_error_index(unsigned pdu, std::int32_t error, std::int32_t index) {
    if (has_no_error(pdu) && index != 0) {
      line_.print("[errorIndex({})!=0]", index);
    } else if (pdu == kGetBulk) {
      line_.print(" M={}", index);
    } else if (index != 0 && error == 0) {
      line_.print("[errorIndex({}) w/o errorStatus]", index);
    } else if (index != 0) {
      line_.print("@{}", index);
    } else if (error != 0) {
      line_.put("[errorIndex==0]");
    }
  }

  void print_trap(View& rest) {
    line_.put(' ');
    if (!take(rest, BerType::kObjectId, "enterprise")) return;
    print_element(line_, element_);
    line_.put(' ');
    if (!take(rest, BerType::kAddress, "agent-addr")) return;
    print_element(line_, element_);
    if (!take(rest, BerType::kInteger, "generic-trap")) return;
    const std::int32_t generic = element_.integer;
    const std::string_view name = name_of(kTraps, static_cast<std::uint32_t>(generic));
    line_.print(" {}", name.empty() ? fmt::format("gt={}", generic) : std::string(name));
    if (!take(rest, BerType::kInteger, "specific-trap")) return;
    if (generic == kEnterpriseTrap) {
      line_.print(" s={}", element_.integer);
    } else if (element_.integer != 0) {
      line_.print("[specific-trap({})!=0]", element_.integer);
    }
    line_.put(' ');
    if (!take(rest, BerType::kUnsigned, "time-stamp")) return;
    print_element(line_, element_);
    print_variables(rest, kTrap);
  }

  void print_variables(View& rest, unsigned pdu) {
    const auto take_sequence = [&](View& from, std::string_view error) {
      if (!take_element(line_, from, element_)) return false;
      if (element_.type == BerType::kSequence) return true;
      line_.put(error);
      print_element(line_, element_);
      return false;
    };
    if (!take_sequence(rest, "[!SEQ of varbind]")) return;
    put_extra(rest.length(), "SEQ of varbind");
    View variables = element_.value;
    while (variables.length() != 0 && !line_.cut()) {
      line_.put(' ');
      if (!take_sequence(variables, "[!varbind]")) return;
      View variable = element_.value;
      if (!print_variable(variable, pdu)) return;
    }
  }

  bool print_variable(View& variable, unsigned pdu) {
    if (!take(variable, BerType::kObjectId, "objName")) return false;
    const std::size_t before = line_.text().size();
    print_element(line_, element_);
    if (line_.wants_fields())
      line_.field(kObject, element_.value, 0, element_.value.length(),
                  line_.text().view().substr(before));
    if (!is_request(pdu)) line_.put('=');
    if (!take_element(line_, variable, element_)) return false;
    if (element_.type == BerType::kNull) return true;
    if (is_request(pdu)) line_.put("[objVal!=NULL]");
    print_element(line_, element_);
    return true;
  }

  // Of the header only what matters is shown; what follows it stands in the outer sequence.
  void print_version3(View& rest) {
    constexpr std::int32_t kUserModel = 3;
    const View outer = rest;
    if (!take(rest, BerType::kSequence, "message", true)) return;
    View header = element_.value;
    put_open("");
    if (!take(header, BerType::kInteger, "msgID")) return;
    if (!take(header, BerType::kInteger, "msgMaxSize")) return;
    if (!take(header, BerType::kString, "msgFlags") || !print_flags()) return;
    if (!take(header, BerType::kInteger, "msgSecurityModel")) return;
    if (element_.size < header.length()) put_extra(header.length() - element_.size, "message SEQ");
    put_close();
    if (element_.integer != kUserModel) return line_.print("[security model {}]", element_.integer);
    put_open("USM ");
    View after = outer.from(static_cast<std::size_t>(header.data() - outer.data()));
    if (!take(after, BerType::kString, "msgSecurityParameters")) return;
    print_user_model(element_.value);
    put_close();
    put_open("ScopedPDU ");
    print_scoped(after);
    put_close();
  }

  bool print_flags() {
    if (element_.value.length() != 1) {
      line_.print("[msgFlags size {}]", element_.value.length());
      return false;
    }
    const unsigned flags = element_.value.u8(0);
    // Privacy needs authentication.
    if (flags > 7 || (flags & 3) == 2) {
      line_.print("[msgFlags=0x{:02X}]", flags);
      return false;
    }
    line_.print("F={}{}{} ", (flags & 1) != 0 ? "a" : "", (flags & 2) != 0 ? "p" : "",
                (flags & 4) != 0 ? "r" : "");
    return true;
  }

  void print_user_model(View rest) {
    if (!take(rest, BerType::kSequence, "usm", true)) return;
    View inner = element_.value;
    if (!take(inner, BerType::kString, "msgAuthoritativeEngineID")) return;
    if (!take(inner, BerType::kInteger, "msgAuthoritativeEngineBoots")) return;
    if (line_.verbose()) line_.print("B={} ", element_.integer);
    if (!take(inner, BerType::kInteger, "msgAuthoritativeEngineTime")) return;
    if (line_.verbose()) line_.print("T={} ", element_.integer);
    if (!take(inner, BerType::kString, "msgUserName")) return;
    line_.put("U=");
    print_string(line_, element_);
    line_.put(' ');
    if (!take(inner, BerType::kString, "msgAuthenticationParameters")) return;
    if (!take(inner, BerType::kString, "msgPrivacyParameters")) return;
    if (element_.size < inner.length()) put_extra(inner.length() - element_.size, "usm SEQ");
  }

  void print_scoped(View& rest) {
    if (!take(rest, BerType::kSequence, "scoped PDU", true)) return;
    View inner = element_.value;
    if (!take(inner, BerType::kString, "contextEngineID")) return;
    line_.put("E=");
    print_octets(line_, element_);
    line_.put(' ');
    if (!take(inner, BerType::kString, "contextName")) return;
    line_.put("C=");
    print_string(line_, element_);
    line_.put(' ');
    print_pdu(inner);
  }

  Line& line_;
  View rest_;
  BerElement element_{.value = rest_};  // the one taken last
  std::int32_t version_ = 0;
};

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kSnmp, view);
  line.put(' ');
  Message(line, view).print();
}

}  // namespace weir::packet::snmp
