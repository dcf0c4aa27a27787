// The options of EDNS (RFC 6891), which an OPT record holds.
#include <algorithm>
#include <array>

#include "packet/print/app/dns_internal.h"
#include "packet/print/named.h"

namespace weir::packet::dns {
namespace {

constexpr Field kOptionCode{.name = "dns.opt.code"};

constexpr Named kDnssecAlgorithms[] = {
    {0, "DELETE"},
    {1, "RSAMD5"},
    {2, "DH"},
    {3, "DS"},
    {5, "RSASHA1"},
    {6, "DSA-NSEC3-SHA1"},
    {7, "RSASHA1-NSEC3-SHA1"},
    {8, "RSASHA256"},
    {10, "RSASHA512"},
    {12, "ECC-GOST"},
    {13, "ECDSAP256SHA256"},
    {14, "ECDSAP384SHA384"},
    {15, "ED25519"},
    {16, "ED448"},
    {252, "INDIRECT"},
    {253, "PRIVATEDNS"},
    {254, "PRIVATEOID"},
};
constexpr Named kDigests[] = {
    {1, "SHA-1"},
    {2, "SHA-256"},
    {3, "GOST_R_34.11-94"},
    {4, "SHA-384"},
};
constexpr Named kNsec3Hashes[] = {{1, "SHA-1"}};

// The printers find all of an option's data there, and at least a byte of it.
using OptionPrinter = void (*)(Line&, const View& data);

void print_hex(Line& line, const View& data) { line.text().hex(data.bytes(0, data.length())); }

template <const auto& kTable>
void print_algorithms(Line& line, const View& data) {
  for (std::size_t i = 0; i < data.length(); ++i) {
    if (i != 0) line.put(' ');
    line.put(named(kTable, data.u8(i), "Alg_{}"));
  }
}

// A prefix, of whose address only the first bytes are there (RFC 7871).
void print_client_subnet(Line& line, const View& data) {
  constexpr std::size_t kSubnetHeader = 4;
  if (data.length() < kSubnetHeader) return line.put_invalid();
  const std::uint16_t family = data.u16(0);
  const unsigned source = data.u8(2);
  const unsigned scope = data.u8(3);
  if (family != 1 && family != 2) return line.put_invalid();
  const unsigned bits = family == 1 ? 32 : 128;
  const std::size_t size = data.length() - kSubnetHeader;
  if (source > bits || scope > bits || (source + 7) / 8 != size) return line.put_invalid();
  std::array<std::byte, 16> address{};
  std::ranges::copy(data.bytes(kSubnetHeader, size), address.begin());
  if (family == 1) {
    line.text().ip4(load<std::uint32_t>(address.data(), std::endian::big));
  } else {
    line.text().ip6(address);
  }
  line.print("/{}/{}", source, scope);
}

void print_expire(Line& line, const View& data) {
  if (data.length() != 4) return line.put_invalid();
  line.print("{} sec", data.u32(0));
}

// The client's part, and the server's (RFC 7873).
void print_cookie(Line& line, const View& data) {
  constexpr std::size_t kClient = 8;
  const std::size_t size = data.length();
  if (size < kClient || (size > kClient && size < 16) || size > 40) return line.put_invalid();
  line.text().hex(data.bytes(0, kClient));
  if (size == kClient) return;
  line.put(' ');
  line.text().hex(data.bytes(kClient, size - kClient));
}

void print_keepalive(Line& line, const View& data) {
  if (data.length() != 2) return line.put_invalid();
  const unsigned tenths = data.u16(0);
  line.print("{}.{} sec", tenths / 10, tenths % 10);
}

void print_size(Line& line, const View& data) { line.print("({})", data.length()); }

void print_chain(Line& line, const View& data) { print_name(line, data, 0); }

void print_key_tags(Line& line, const View& data) {
  if (data.length() % 2 != 0) return line.put_invalid();
  for (std::size_t i = 0; i < data.length(); i += 2) {
    if (i != 0) line.put(' ');
    line.number(data.u16(i));
  }
}

struct OptionInfo {
  std::uint16_t code;
  std::string_view name;
  OptionPrinter print = print_hex;
};
constexpr OptionInfo kOptions[] = {
    {1, "LLQ"},
    {2, "UL"},
    {3, "NSID"},
    {5, "DAU", print_algorithms<kDnssecAlgorithms>},
    {6, "DHU", print_algorithms<kDigests>},
    {7, "N3U", print_algorithms<kNsec3Hashes>},
    {8, "ECS", print_client_subnet},
    {9, "EXPIRE", print_expire},
    {10, "COOKIE", print_cookie},
    {11, "KEEPALIVE", print_keepalive},
    {12, "PADDING", print_size},
    {13, "CHAIN", print_chain},
    {14, "KEY-TAG", print_key_tags},
    {16, "CLIENT-TAG"},
    {17, "SERVER-TAG"},
};

// Returns how many bytes the option takes; 0 when it is cut short.
std::size_t print_option(Line& line, const View& rest) {
  constexpr std::size_t kOptionHeader = 4;
  if (!rest.has(0, 2)) return 0;
  const std::uint16_t code = rest.u16(0);
  line.field(kOptionCode, rest, 0, 2);
  const auto info = std::ranges::find(kOptions, code, &OptionInfo::code);
  const bool is_known = info != std::ranges::end(kOptions);
  if (is_known) {
    line.put(info->name);
  } else {
    line.print("Opt{}", code);
  }
  if (!rest.has(2, 2)) return 0;
  const std::size_t size = rest.u16(2);
  if (!rest.has(kOptionHeader, size)) return 0;
  if (size > 0) {
    line.put(' ');
    (is_known ? info->print : print_hex)(line, rest.from(kOptionHeader).claiming(size));
  }
  return kOptionHeader + size;
}

}  // namespace

bool print_edns_options(Line& line, const View& options) {
  if (options.length() == 0) return true;
  line.put(" [");
  for (View rest = options; rest.length() != 0 && !line.cut();) {
    const std::size_t size = print_option(line, rest);
    if (size == 0) return false;
    rest = rest.from(size);
    if (rest.length() != 0) line.put(',');
  }
  line.put(']');
  return true;
}

}  // namespace weir::packet::dns
