#include "packet/print/app/snmp_ber.h"

#include <algorithm>
#include <span>

namespace weir::packet::snmp {
namespace {

constexpr std::string_view kUniversal[] = {
    "U-0", "Boolean", "Integer", "Bitstring", "String", "Null", "ObjID", "ObjectDes", "U-8",
    "U-9", "U-10",    "U-11",    "U-12",      "U-13",   "U-14", "U-15",  "Sequence",  "Set",
};
constexpr std::string_view kApplication[] = {
    "IpAddress", "Counter", "Gauge", "TimeTicks", "Opaque", "C-5", "Counter64",
};
constexpr std::string_view kContext[] = {
    "GetRequest", "GetNextRequest", "GetResponse", "SetRequest", "Trap",
    "GetBulk",    "Inform",         "V2Trap",      "Report",
};
constexpr std::string_view kPrivate[] = {"P-0"};
constexpr std::string_view kExceptions[] = {"noSuchObject", "noSuchInstance", "endOfMibView"};

enum Class : unsigned { kUniversalClass, kApplicationClass, kContextClass, kPrivateClass };

struct ClassInfo {
  std::string_view name;
  std::span<const std::string_view> tags;
};
constexpr ClassInfo kClasses[] = {
    {"Universal", kUniversal},
    {"Application", kApplication},
    {"Context", kContext},
    {"Private", kPrivate},
};

struct Tag {
  unsigned class_number;
  bool is_constructed;
  unsigned id;
};

// Reads the header of an element; each step returns false when it is broken, and says so.
class HeaderReader {
 public:
  HeaderReader(Line& line, const View& rest) : line_(line), rest_(rest) {}

  bool read(Tag& tag, std::size_t& length) {
    if (rest_.length() < 1) return say("[nothing to parse]");
    const unsigned first = rest_.u8(at_++);
    tag = {.class_number = first >> 6, .is_constructed = (first & 0x20) != 0, .id = first & 0x1f};
    if (tag.id == 0x1f && !read_long_tag(tag.id)) return false;
    if (at_ >= rest_.length()) return say("[no asnlen]");
    length = rest_.u8(at_++);
    if (length >= 0x80 && !read_long_length(length)) return false;
    if (left() < length) {
      line_.print("[len{}<asnlen{}]", left(), length);
      return false;
    }
    return is_known(tag);
  }

  std::size_t size() const { return at_; }

 private:
  std::size_t left() const { return rest_.length() - std::min(at_, rest_.length()); }

  bool say(std::string_view text) {
    line_.put(text);
    return false;
  }

  // Only the lowest 8 bits are kept.
  bool read_long_tag(unsigned& id) {
    id = 0;
    unsigned byte = 0x80;
    while ((byte & 0x80) != 0) {
      byte = rest_.u8(at_);
      if (at_++ >= rest_.length()) return say("[Xtagfield?]");
      id = (id << 7 | (byte & 0x7f)) & 0xff;
    }
    return true;
  }

  bool read_long_length(std::size_t& length) {
    const std::size_t count = length & 0x7f;
    if (left() < count) {
      line_.print("[asnlen? {}<{}]", left(), count);
      return false;
    }
    if (!rest_.has(at_, count)) {
      line_.put_cut();
      return false;
    }
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value << 8 | rest_.u8(at_++);
    length = value;
    return true;
  }

  bool is_known(const Tag& tag) {
    const ClassInfo& info = kClasses[tag.class_number];
    if (tag.id < info.tags.size()) return true;
    line_.print("[id?{}/{}/{}]", tag.is_constructed ? 'C' : 'P', info.name, tag.id);
    return false;
  }

  Line& line_;
  const View& rest_;
  std::size_t at_ = 0;
};

std::int32_t signed_value(const View& value) {
  std::uint32_t out = (value.u8(0) & 0x80) != 0 ? 0xffffffff : 0;
  for (std::size_t i = 0; i < value.length(); ++i) out = out << 8 | value.u8(i);
  return static_cast<std::int32_t>(out);
}

std::uint64_t unsigned_value(const View& value) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < value.length(); ++i) out = out << 8 | value.u8(i);
  return out;
}

bool set_universal(Line& line, BerElement& element) {
  constexpr unsigned kInteger = 2, kString = 4, kNull = 5, kObjectId = 6;
  switch (element.id) {
    case kInteger:
      element.type = BerType::kInteger;
      if (element.value.length() == 0) {
        line.put("[asnlen=0]");
        return false;
      }
      element.integer = signed_value(element.value);
      return true;
    case kString:
      element.type = BerType::kString;
      return true;
    case kNull:
      element.type = BerType::kNull;
      return true;
    case kObjectId:
      element.type = BerType::kObjectId;
      return true;
    default:
      element.type = BerType::kOctets;
      line.print("[P/U/{}]", kUniversal[element.id]);
      return true;
  }
}

void set_application(Line& line, BerElement& element) {
  constexpr unsigned kAddress = 0, kCounter = 1, kTimeTicks = 3, kCounter64 = 6;
  element.type = BerType::kUnsigned;
  if (element.id == kAddress) {
    element.type = BerType::kAddress;
  } else if (element.id >= kCounter && element.id <= kTimeTicks) {
    element.number = unsigned_value(element.value) & 0xffffffff;
  } else if (element.id == kCounter64) {
    element.number = unsigned_value(element.value);
  } else {
    element.type = BerType::kOctets;
    line.print("[P/A/{}]", kApplication[element.id]);
  }
}

bool set_primitive(Line& line, BerElement& element, const Tag& tag) {
  if (tag.class_number == kUniversalClass) return set_universal(line, element);
  if (tag.class_number == kApplicationClass) {
    set_application(line, element);
  } else if (tag.class_number == kContextClass) {
    if (tag.id < std::size(kExceptions)) element.type = BerType::kException;
  } else {
    element.type = BerType::kOctets;
    line.print("[P/Private/{}]", kPrivate[tag.id]);
  }
  return true;
}

void set_constructed(Line& line, BerElement& element, const Tag& tag) {
  constexpr unsigned kSequence = 16;
  const ClassInfo& info = kClasses[tag.class_number];
  if (tag.class_number == kContextClass) {
    element.type = BerType::kPdu;
  } else if (tag.class_number == kUniversalClass && tag.id == kSequence) {
    element.type = BerType::kSequence;
  } else {
    element.type = BerType::kOctets;
    line.print("C/{}/{}", tag.class_number == kUniversalClass ? "U" : info.name, info.tags[tag.id]);
  }
}

// Numbers of 7 bits a byte; the first byte holds two.
void print_object_id(Line& line, const View& value) {
  constexpr std::uint32_t kFirst = 40;
  std::uint32_t number = 0;
  bool is_first = true;
  for (std::size_t i = 0; i < value.length(); ++i) {
    const std::uint8_t byte = value.u8(i);
    number = number << 7 | (byte & 0x7fu);
    if ((byte & 0x80) != 0) continue;
    if (is_first) {
      const std::uint32_t root = std::min(number / kFirst, 2u);
      line.print(".{}", root);
      number -= root * kFirst;
    }
    line.print(".{}", number);
    is_first = false;
    number = 0;
  }
}

void print_address(Line& line, const View& value) {
  if (value.length() != 4) line.put("[inetaddr len!=4]");
  for (std::size_t i = 0; i < value.length(); ++i)
    line.print("{}{}", i == 0 ? "" : ".", value.u8(i));
}

bool is_printable(std::byte byte) { return byte >= std::byte{0x20} && byte < std::byte{0x7f}; }

}  // namespace

bool take_element(Line& line, View& rest, BerElement& element) {
  HeaderReader reader(line, rest);
  Tag tag{};
  std::size_t length = 0;
  if (!reader.read(tag, length)) return false;
  element = {.id = tag.id,
             .size = reader.size() + length,
             .value = rest.from(reader.size()).claiming(length)};
  if (!element.value.has(0, length)) {
    line.put_cut();
    return false;
  }
  if (tag.is_constructed) {
    set_constructed(line, element, tag);
  } else if (!set_primitive(line, element, tag)) {
    return false;
  }
  rest = rest.from(element.size);
  return !line.cut();
}

void print_octets(Line& line, const BerElement& element) {
  for (std::size_t i = 0; i < element.value.length(); ++i)
    line.print("_{:02x}", element.value.u8(i));
}

void print_string(Line& line, const BerElement& element) {
  const auto bytes = element.value.bytes(0, element.value.length());
  if (std::ranges::all_of(bytes, is_printable)) {
    line.put('"');
    line.escaped(bytes);
    return line.put('"');
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i != 0) line.put('_');
    line.text().hex(bytes.subspan(i, 1));
  }
}

void print_element(Line& line, const BerElement& element) {
  switch (element.type) {
    case BerType::kAny:
      return line.put("[BE_ANY!?]");
    case BerType::kNull:
      return;
    case BerType::kOctets:
      return print_octets(line, element);
    case BerType::kObjectId:
      return print_object_id(line, element.value);
    case BerType::kInteger:
      return line.print("{}", element.integer);
    case BerType::kUnsigned:
      return line.number(element.number);
    case BerType::kString:
      return print_string(line, element);
    case BerType::kSequence:
      return line.print("Seq({})", element.value.length());
    case BerType::kAddress:
      return print_address(line, element.value);
    case BerType::kPdu:
      return line.print("{}({})", kContext[element.id], element.value.length());
    case BerType::kException:
      return line.print("[{}]", kExceptions[element.id]);
  }
}

}  // namespace weir::packet::snmp
