// DNS (RFC 1035) over UDP and TCP, and multicast DNS (RFC 6762).
#include "packet/print/app/dns_internal.h"
#include "packet/print/named.h"
#include "packet/print/printers.h"
#include "packet/print/time_text.h"

namespace weir::packet::dns {
namespace {

constexpr Field kFields[] = {
    {.name = "dns.id", .offset = 0, .size = 2, .show = Show::kHex},
    {.name = "dns.flags", .offset = 2, .size = 2, .show = Show::kHex},
    {.name = "dns.flags.response", .offset = 2, .size = 2, .show = Show::kFlag, .mask = 0x8000},
    {.name = "dns.flags.opcode", .offset = 2, .size = 2, .mask = 0x7800},
    {.name = "dns.flags.rcode", .offset = 2, .size = 2, .mask = 0x000f},
    {.name = "dns.count.queries", .offset = 4, .size = 2},
    {.name = "dns.count.answers", .offset = 6, .size = 2},
    {.name = "dns.count.auth_rr", .offset = 8, .size = 2},
    {.name = "dns.count.add_rr", .offset = 10, .size = 2},
};
constexpr Protocol kDns{.name = "domain", .fields = kFields};
constexpr Field kQueryName{.name = "dns.qry.name", .show = Show::kText};
constexpr Field kQueryType{.name = "dns.qry.type"};
constexpr Field kQueryClass{.name = "dns.qry.class"};
constexpr Field kRecordName{.name = "dns.resp.name", .show = Show::kText};
constexpr Field kRecordType{.name = "dns.resp.type"};
constexpr Field kRecordClass{.name = "dns.resp.class"};
constexpr Field kRecordTtl{.name = "dns.resp.ttl"};

constexpr std::size_t kHeader = 12;
constexpr std::uint16_t kResponse = 0x8000, kAuthoritative = 0x0400, kTruncated = 0x0200,
                        kRecursionDesired = 0x0100, kRecursionAvailable = 0x0080,
                        kAuthentic = 0x0020, kCheckingDisabled = 0x0010;
// What a query should not have.
constexpr std::uint16_t kOddInQuery = 0x06cf;
constexpr unsigned kInverseQuery = 1;
constexpr std::uint16_t kInternet = 1;
// Of a class in multicast DNS: a unicast answer is wanted, or caches should be flushed.
constexpr std::uint16_t kMulticastBit = 0x8000;

constexpr std::string_view kOperations[] = {
    "",     " inv_q",   " stat",    " op3",      " notify",  " update",   " op6",      " op7",
    " op8", " updateA", " updateD", " updateDA", " updateM", " updateMA", " zoneInit", " zoneRef",
};
// As tcpdump spells them.
constexpr std::string_view kResponses[] = {
    "",          " FormErr", " ServFail", " NXDomain", " NotImp",  " Refused",
    " YXDomain", " YXRRSet", " NXRRSet",  " NotAuth",  " NotZone", " Resp11",
    " Resp12",   " Resp13",  " Resp14",   " NoChange", " BadVers", "Resp17",
    " Resp18",   " Resp19",  " Resp20",   "Resp21",    " Resp22",  " BadCookie",
};
constexpr Named kClasses[] = {{kInternet, "IN"}, {3, "CHAOS"}, {4, "HS"}, {255, "ANY"}};

class Message {
 public:
  Message(Line& line, const View& view, bool is_multicast)
      : line_(line),
        view_(view),
        is_multicast_(is_multicast),
        flags_(view.u16(2)),
        questions_(view.u16(4)),
        answers_(view.u16(6)),
        authorities_(view.u16(8)),
        additionals_(view.u16(10)) {}

  void print() {
    line_.put(view_.u16(0));
    line_.put(kOperations[operation()]);
    const bool is_whole = (flags_ & kResponse) != 0 ? print_response() : print_query();
    if (!is_whole) return line_.put_cut();
    line_.put(" (", view_.length(), ')');
  }

 private:
  unsigned operation() const { return flags_ >> 11 & 0x0fu; }
  bool is_past_end() const { return at_ >= view_.captured(); }

  bool print_response() {
    print_response_code();
    if ((flags_ & kAuthoritative) != 0) line_.put('*');
    if ((flags_ & kRecursionAvailable) == 0) line_.put('-');
    if ((flags_ & kTruncated) != 0) line_.put('|');
    if ((flags_ & kAuthentic) != 0) line_.put('$');
    if (questions_ != 1) put_count(questions_, "q]");
    if (!print_asked()) return false;
    line_.put(' ', answers_, '/', authorities_, '/', additionals_);
    return print_records(answers_) && print_more_records();
  }

  bool print_query() {
    if ((flags_ & kRecursionDesired) != 0) line_.put('+');
    if ((flags_ & kCheckingDisabled) != 0) line_.put('%');
    if ((flags_ & kOddInQuery) != 0) line_.print(" [b2&3=0x{:x}]", flags_);
    print_odd_counts();
    at_ = kHeader;
    for (unsigned i = 0; i < questions_; ++i) {
      if ((i > 0 && is_past_end()) || !print_question()) return false;
    }
    if (!line_.verbose(2)) return true;
    return print_records(answers_) && print_more_records();
  }

  void print_odd_counts() {
    if (operation() == kInverseQuery) {
      if (questions_ != 0) put_count(questions_, "q]");
      if (answers_ != 1) put_count(answers_, "a]");
    } else {
      if (answers_ != 0) put_count(answers_, "a]");
      if (questions_ != 1) put_count(questions_, "q]");
    }
    if (authorities_ != 0) put_count(authorities_, "n]");
    if (additionals_ != 0) put_count(additionals_, "au]");
  }

  void put_count(unsigned count, std::string_view what) {
    line_.put(" [");
    line_.number(count);
    line_.put(what);
  }

  void print_response_code() {
    const unsigned code = (flags_ & 0x0fu) | extended_code();
    if (code < std::size(kResponses)) {
      line_.put(kResponses[code]);
    } else {
      line_.print(" Resp{}", code & 0xfff);
    }
  }

  // The upper bits of the response code, which an OPT record may hold among the additional ones.
  unsigned extended_code() const {
    if (additionals_ == 0) return 0;
    std::size_t at = kHeader;
    for (unsigned i = 0; i < questions_; ++i) {
      at = skip_name(view_, at);
      if (at == kNoPlace) return 0;
      at += 4;
    }
    const unsigned before = answers_ + authorities_;
    for (unsigned i = 0; i < before + additionals_; ++i) {
      at = skip_name(view_, at);
      if (at == kNoPlace || !view_.has(at, 10)) return 0;
      if (i >= before && view_.u16(at) == kTypeOpt) return unsigned{view_.u8(at + 4)} << 4;
      at += 10 + view_.u16(at + 8);
    }
    return 0;
  }

  // A response repeats the question, which only -vv shows.
  bool print_asked() {
    at_ = kHeader;
    for (unsigned i = 0; i < questions_; ++i) {
      if (i != 0) line_.put(',');
      if (line_.verbose(2)) {
        line_.put(" q:");
        if (!print_question()) return false;
      } else {
        at_ = skip_name(view_, at_);
        if (at_ == kNoPlace) return false;
        at_ += 4;
      }
    }
    return true;
  }

  bool print_question() {
    const std::size_t end = skip_name(view_, at_);
    if (end == kNoPlace || !view_.has(end, 4)) return false;
    put_type(view_.u16(end));
    const std::uint16_t question_class = view_.u16(end + 2);
    put_class(question_class);
    if (is_multicast_) line_.put((question_class & kMulticastBit) != 0 ? " (QU)" : " (QM)");
    line_.field(kQueryType, view_, end, 2);
    line_.field(kQueryClass, view_, end + 2, 2);
    line_.put("? ");
    at_ = print_name_field(line_, view_, at_, kQueryName);
    if (at_ == kNoPlace) return false;
    at_ += 4;
    return true;
  }

  void put_type(std::uint16_t type) {
    line_.put(' ');
    const std::string_view name = type_name(type);
    if (!name.empty()) return line_.put(name);
    line_.print("Type{}", type);
  }

  std::uint16_t class_of(std::uint16_t value) const {
    return is_multicast_ ? static_cast<std::uint16_t>(value & ~kMulticastBit) : value;
  }

  void put_class(std::uint16_t value) {
    if (class_of(value) == kInternet) return;
    line_.print(" {}", named(kClasses, class_of(value), "(Class {})"));
  }

  bool print_more_records() {
    if (!line_.verbose(2)) return true;
    return print_section(" ns:", authorities_) && print_section(" ar:", additionals_);
  }

  bool print_section(std::string_view name, unsigned count) {
    if (count == 0) return true;
    if (is_past_end()) return false;
    line_.put(name);
    return print_records(count);
  }

  bool print_records(unsigned count) {
    for (unsigned i = 0; i < count; ++i) {
      if (i != 0) {
        if (is_past_end() || line_.cut()) return false;
        line_.put(',');
      }
      if (!print_record()) return false;
    }
    return true;
  }

  bool print_record() {
    constexpr std::size_t kFixed = 10;  // type, class, time to live, length
    std::size_t at = at_;
    if (line_.verbose()) {
      line_.put(' ');
      at = print_name_field(line_, view_, at, kRecordName);
      if (at == kNoPlace) return false;
    } else {
      at = skip_name(view_, at);
    }
    if (at == kNoPlace || !view_.has(at, kFixed)) {
      at_ = view_.captured();
      return true;
    }
    return print_record_at(at, at + kFixed);
  }

  bool print_record_at(std::size_t at, std::size_t data_at) {
    const std::uint16_t record_class = view_.u16(at + 2);
    const RecordData data{.message = view_,
                          .at = data_at,
                          .size = view_.u16(at + 8),
                          .type = view_.u16(at),
                          .record_class = class_of(record_class),
                          .flags = view_.u16(at + 6)};
    tell_record(at);
    if (data.type != kTypeOpt) put_class(record_class);
    if (is_multicast_ && (record_class & kMulticastBit) != 0) line_.put(" (Cache flush)");
    if (data.type != kTypeOpt && line_.verbose(3)) {
      line_.put(" [");
      put_duration(line_.text(), view_.u32(at + 4));
      line_.put(']');
    }
    put_type(data.type);
    at_ = data.end();
    return at_ <= view_.captured() && print_data(line_, data);
  }

  void tell_record(std::size_t at) {
    if (!line_.wants_fields()) return;
    line_.field(kRecordType, view_, at, 2);
    line_.field(kRecordClass, view_, at + 2, 2);
    line_.field(kRecordTtl, view_, at + 4, 4);
  }

  Line& line_;
  const View& view_;
  bool is_multicast_;
  std::uint16_t flags_;
  unsigned questions_;
  unsigned answers_;
  unsigned authorities_;
  unsigned additionals_;
  std::size_t at_ = kHeader;  // what is printed next
};

void print_message(Line& line, const View& view, bool is_multicast) {
  line.begin_layer(kDns, view);
  if (view.length() < kHeader) {
    line.print("domain [length {} < {}]", view.length(), kHeader);
    return line.put_invalid();
  }
  if (!view.has(0, kHeader)) return line.put_cut();
  Message(line, view, is_multicast).print();
}

}  // namespace

void print_udp(Line& line, const View& view) { print_message(line, view, false); }
void print_multicast(Line& line, const View& view) { print_message(line, view, true); }

// The message's length stands before it (RFC 1035 section 4.2.2).
void print_tcp(Line& line, const View& view) {
  constexpr std::size_t kPrefix = 2;
  line.set_protocol(kDns);
  if (view.length() < kPrefix) {
    line.print(" [DNS over TCP: length {} < {}]", view.length(), kPrefix);
    return line.put_invalid();
  }
  const View message = view.from(kPrefix);
  if (const std::size_t claimed = view.u16(0); claimed != message.length()) {
    line.print(" [prefix length({}) != length({})]", claimed, message.length());
    return line.put_invalid();
  }
  line.put(' ');
  print_message(line, message, false);
}

}  // namespace weir::packet::dns
