// Extensions of ICMP errors (RFC 4884): MPLS labels (RFC 4950), interfaces (RFC 5837).
#include <algorithm>

#include "packet/print/checksum.h"
#include "packet/print/named.h"
#include "packet/print/net/icmp_internal.h"

namespace weir::packet::icmp {
namespace {

constexpr Field kVersion{.name = "icmp.ext.version"};
constexpr Field kClass{.name = "icmp.ext.class"};
constexpr Field kClassType{.name = "icmp.ext.ctype"};
constexpr Field kLabel{.name = "icmp.mpls.label"};

constexpr std::size_t kExtensions = 136;  // behind 128 bytes of the quoted packet
constexpr std::size_t kHeader = 4;
constexpr std::size_t kObjectHeader = 4;
constexpr int kSupportedVersion = 2;
constexpr std::uint8_t kMplsStack = 1;

constexpr Named kClasses[] = {
    {kMplsStack, "MPLS Stack Entry"},
    {2, "Interface Identification"},
};

bool is_sound(const View& extensions) {
  Checksum sum;
  sum.add(extensions.bytes(0, extensions.length()));
  return sum.result() == 0;
}

void print_label(Line& line, const View& data) {
  const std::uint32_t entry = data.u32(0);
  line.field(kLabel, data, 0, 4, std::uint64_t{entry >> 12});
  line.print("\n\t    label {}, tc {}{}, ttl {}", entry >> 12, entry >> 9 & 7,
             (entry & 0x100) != 0 ? ", [S]" : "", entry & 0xff);
}

// Returns how many bytes the object takes; 0 when nothing can follow.
std::size_t print_object(Line& line, const View& object) {
  if (!object.need(0, kObjectHeader)) return 0;
  const std::uint16_t length = object.u16(0);
  const std::uint8_t class_number = object.u8(2);
  const std::uint8_t class_type = object.u8(3);
  line.field(kClass, object, 2, 1);
  line.field(kClassType, object, 3, 1);
  line.print("\n\t  {} Object ({}), Class-Type: {}, length {}",
             name_of(kClasses, class_number, "unknown"), class_number, class_type, length);
  if (class_number == 0 || length < kObjectHeader) return 0;
  const View data = object.from(kObjectHeader).claiming(length - kObjectHeader);
  if (class_number == kMplsStack && class_type == 1) {
    print_label(line, data);
  } else {
    line.hex_lines(data.claiming(std::min(data.length(), data.captured())), "\n\t    ");
  }
  return length;
}

void print_objects(Line& line, View rest) {
  while (rest.length() > kObjectHeader && !line.cut()) {
    const std::size_t size = print_object(line, rest);
    if (size == 0 || rest.length() < size) return;
    rest = rest.from(size);
  }
}

}  // namespace

void print_extensions(Line& line, const View& view) {
  if (view.length() <= kExtensions) return;
  if (!view.has(0, kExtensions + kHeader + 1)) return line.put_cut();
  const View extensions = view.from(kExtensions);
  const std::size_t length = extensions.length();
  const bool is_whole = extensions.has(0, length);
  // Where no length says that there are extensions, their checksum does.
  if (view.u8(5) == 0 && is_whole && !is_sound(extensions)) return;
  const int version = extensions.u8(0) >> 4;
  line.field(kVersion, extensions, 0, 1, static_cast<std::uint64_t>(version));
  line.print("\n\tICMP Multi-Part extension v{}", version);
  if (version != kSupportedVersion) return line.put(" packet not supported");
  if (is_whole) {
    line.print(", checksum 0x{:04x} ({}correct), length {}", extensions.u16(2),
               is_sound(extensions) ? "" : "in", length);
  }
  if (length < kHeader) return;
  print_objects(line, extensions.from(kHeader));
}

}  // namespace weir::packet::icmp
