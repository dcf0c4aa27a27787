// What IPsec puts before a payload: AH (RFC 4302) and ESP (RFC 4303). Nothing is decrypted.
#include "packet/print/printers.h"

namespace weir::packet {
namespace ah {
namespace {

constexpr Field kFields[] = {
    {.name = "ah.next_header", .offset = 0, .size = 1},
    {.name = "ah.length", .offset = 1, .size = 1},  // words of 4 bytes, less two
    {.name = "ah.reserved", .offset = 2, .size = 2, .show = Show::kHex},
    {.name = "ah.spi", .offset = 4, .size = 4, .show = Show::kHex},
    {.name = "ah.sequence", .offset = 8, .size = 4},
};
constexpr Protocol kAh{.name = "ah", .fields = kFields};
constexpr Field kIcv{.name = "ah.icv", .show = Show::kBytes};

constexpr std::size_t kBeforeIcv = 12;

void print_header(Line& line, const View& view, std::size_t size) {
  line.put('(');
  if (line.verbose()) line.print("length={}({}-bytes),", view.u8(1), size);
  if (const std::uint16_t reserved = view.u16(2); reserved != 0)
    line.print("reserved=0x{:x}[MustBeZero],", reserved);
  line.print("spi=0x{:08x},", view.u32(4));
  line.print("seq=0x{:x},", view.u32(8));
  line.put("icv=0x");
  if (size > kBeforeIcv) line.field(kIcv, view, kBeforeIcv, size - kBeforeIcv);
  for (std::size_t at = kBeforeIcv; at < size && !line.cut(); ++at)
    line.print("{:02x}", view.u8(at));
  line.put("): ");
}

}  // namespace

void print(Line& line, const View& view, const IpContext& ip) {
  line.begin_layer(kAh, view);
  if (!view.has(0, 1)) return line.put_cut();
  line.put("AH");
  const std::size_t size = (std::size_t{view.u8(1)} + 2) * 4;
  if (line.cut()) return;
  print_header(line, view, size);
  if (line.cut() || !line.enter()) return;
  print_ip_payload(line, view.u8(0), view.from(size), ip);
  line.leave();
}

}  // namespace ah

namespace esp {
namespace {

constexpr Field kFields[] = {
    {.name = "esp.spi", .offset = 0, .size = 4, .show = Show::kHex},
    {.name = "esp.sequence", .offset = 4, .size = 4},
};
constexpr Protocol kEsp{.name = "esp", .fields = kFields};

constexpr std::size_t kHeader = 8;

}  // namespace

void print(Line& line, const View& view, const IpContext&) {
  line.begin_layer(kEsp, view);
  if (view.captured() <= kHeader) return line.put_cut();
  line.print("ESP(spi=0x{:08x},seq=0x{:x}), length {}", view.u32(0), view.u32(4), view.length());
}

}  // namespace esp
}  // namespace weir::packet
