// The payloads of ISAKMP (RFC 2408 section 3, RFC 2407, RFC 7296 section 3).
#include <algorithm>

#include "packet/print/app/isakmp.h"
#include "packet/print/named.h"

namespace weir::packet::isakmp {
namespace {

constexpr std::size_t kPayloadHeader = 4;
constexpr std::uint32_t kIpsec = 1;  // domain of interpretation
constexpr std::string_view kIndent = "    ";

enum PayloadType : std::uint8_t {
  kAssociation = 1,
  kProposal,
  kTransform,
  kKey,
  kNonce = 10,
  kNotify,
  kDelete,
};
constexpr Named kPayloadNames[] = {
    {0, "none"},       {kAssociation, "sa"}, {kProposal, "p"}, {kTransform, "t"}, {kKey, "ke"},
    {5, "id"},         {6, "cert"},          {7, "cr"},        {8, "hash"},       {9, "sig"},
    {kNonce, "nonce"}, {kNotify, "n"},       {kDelete, "d"},   {13, "vid"},       {33, "v2sa"},
    {34, "v2ke"},      {35, "v2IDi"},        {36, "v2IDr"},    {37, "v2cert"},    {38, "v2cr"},
    {39, "v2auth"},    {40, "v2nonce"},      {41, "v2n"},      {42, "v2d"},       {43, "v2vid"},
    {44, "v2TSi"},     {45, "v2TSr"},        {46, "v2e"},      {47, "v2cp"},      {48, "v2eap"},
};

constexpr std::uint8_t kIke = 1;
constexpr Named kProtocols[] = {{kIke, "isakmp"}, {2, "ipsec-ah"}, {3, "ipsec-esp"}, {4, "ipcomp"}};

constexpr Named kIkeTransforms[] = {{1, "ike"}};
constexpr Named kAhTransforms[] = {{1, "(reserved)"}, {2, "md5"},      {3, "sha"},     {4, "1des"},
                                   {5, "sha2-256"},   {6, "sha2-384"}, {7, "sha2-512"}};
constexpr Named kEspTransforms[] = {{1, "1des-iv64"}, {2, "1des"}, {3, "3des"},     {4, "rc5"},
                                    {5, "idea"},      {6, "cast"}, {7, "blowfish"}, {8, "3idea"},
                                    {9, "1des-iv32"}, {10, "rc4"}, {11, "null"},    {12, "aes"}};
constexpr Named kCompressions[] = {{1, "oui"}, {2, "deflate"}, {3, "lzs"}};

constexpr Named kGroups[] = {{1, "modp768"},     {2, "modp1024"},    {3, "EC2N 2^155"},
                             {4, "EC2N 2^185"},  {5, "modp1536"},    {6, "iana-grp06"},
                             {7, "iana-grp07"},  {8, "iana-grp08"},  {9, "iana-grp09"},
                             {10, "iana-grp10"}, {11, "iana-grp11"}, {12, "iana-grp12"},
                             {13, "iana-grp13"}, {14, "modp2048"},   {15, "modp3072"},
                             {16, "modp4096"},   {17, "modp6144"}};
constexpr Named kLifeTypes[] = {{1, "sec"}, {2, "kb"}};
constexpr Named kCiphers[] = {{1, "1des"}, {2, "idea"}, {3, "blowfish"}, {4, "rc5"},
                              {5, "3des"}, {6, "cast"}, {7, "aes"}};
constexpr Named kHashes[] = {{1, "md5"},      {2, "sha1"},     {3, "tiger"},
                             {4, "sha2-256"}, {5, "sha2-384"}, {6, "sha2-512"}};
constexpr Named kMethods[] = {
    {1, "preshared"}, {2, "dss"}, {3, "rsa sig"}, {4, "rsa enc"}, {5, "rsa enc revised"}};
constexpr Named kGroupTypes[] = {{1, "MODP"}, {2, "ECP"}, {3, "EC2N"}};
constexpr Named kModes[] = {{1, "tunnel"}, {2, "transport"}};
constexpr Named kAuthentications[] = {
    {1, "hmac-md5"}, {2, "hmac-sha1"}, {3, "1des-mac"}, {4, "keyed"}};

struct Attribute {
  std::uint16_t type;
  std::string_view name;
  std::span<const Named> values = {};
};
constexpr Attribute kIkeAttributes[] = {
    {1, "enc", kCiphers},
    {2, "hash", kHashes},
    {3, "auth", kMethods},
    {4, "group desc", kGroups},
    {5, "group type", kGroupTypes},
    {6, "group prime"},
    {7, "group gen1"},
    {8, "group gen2"},
    {9, "group curve A"},
    {10, "group curve B"},
    {11, "lifetype", kLifeTypes},
    {12, "lifeduration"},
    {13, "prf"},
    {14, "keylen"},
    {15, "field"},
    {16, "order"},
};
constexpr Attribute kIpsecAttributes[] = {
    {1, "lifetype", kLifeTypes},
    {2, "life"},
    {3, "group desc", kGroups},
    {4, "enc mode", kModes},
    {5, "auth", kAuthentications},
    {6, "keylen"},
    {7, "rounds"},
    {8, "dictsize"},
    {9, "privalg"},
};

// What the transforms of a proposal's protocol mean.
struct TransformSet {
  std::uint8_t protocol;
  std::span<const Named> names;
  std::span<const Attribute> attributes;
};
constexpr TransformSet kTransformSets[] = {
    {kIke, kIkeTransforms, kIkeAttributes},
    {2, kAhTransforms, kIpsecAttributes},
    {3, kEspTransforms, kIpsecAttributes},
    {4, kCompressions, kIpsecAttributes},
};

void put_attribute_value(Line& line, const View& data, std::span<const Named> values,
                         bool is_short) {
  const std::string_view name = is_short ? name_of(values, data.u16(0)) : std::string_view();
  if (!is_short) line.print("len={} ", data.length());
  line.put("value=");
  if (name.empty()) {
    line.text().hex(data.bytes(0, data.length()));
  } else {
    line.put(name);
  }
}

void print_attributes(Line& line, View rest, std::span<const Attribute> known) {
  while (rest.length() != 0 && !line.cut()) {
    const bool is_short = (rest.u8(0) & 0x80) != 0;
    const std::uint16_t type = rest.u16(0) & 0x7fff;
    const std::size_t size = kPayloadHeader + (is_short ? 0u : rest.u16(2));
    if (size > rest.length()) return line.put("[|attr]");
    const auto found = std::ranges::find(known, type, &Attribute::type);
    const bool has_name = found != known.end();
    if (has_name) {
      line.print("(type={} ", found->name);
    } else {
      line.print("(type=#{} ", type);
    }
    const View data = is_short ? rest.from(2).claiming(2) : rest.from(4).claiming(size - 4);
    put_attribute_value(line, data, has_name ? found->values : std::span<const Named>(), is_short);
    line.put(')');
    rest = rest.from(size);
  }
}

void print_transform(Line& line, const View& payload, std::uint8_t protocol) {
  constexpr std::size_t kBeforeAttributes = 8;
  if (payload.length() < kBeforeAttributes) return line.put(" [|t]");
  const auto set = std::ranges::find(kTransformSets, protocol, &TransformSet::protocol);
  const bool is_known = set != std::ranges::end(kTransformSets);
  const std::uint8_t id = payload.u8(5);
  line.print(" #{} id={} ", payload.u8(4),
             is_known ? named(set->names, id, "#{}") : std::to_string(id));
  print_attributes(line, payload.from(kBeforeAttributes),
                   is_known ? set->attributes : std::span<const Attribute>());
}

// Walks a chain, in which each payload tells the type of the next.
class Chain {
 public:
  explicit Chain(Line& line) : line_(line) {}

  void print(std::uint8_t type, View rest, std::uint8_t protocol) {
    while (type != 0 && !line_.cut()) {
      const std::size_t size = rest.has(0, kPayloadHeader) ? rest.u16(2) : 0;
      if (!rest.has(0, std::max(size, kPayloadHeader)))
        return line_.print(" [|{}]", payload_name(type));
      ++depth_;
      line_.put('\n');
      for (int i = 0; i < depth_; ++i) line_.put(kIndent);
      line_.put('(');
      if (size > kPayloadHeader) print_one(type, rest.claiming(size), protocol);
      line_.put(')');
      --depth_;
      if (size <= kPayloadHeader) return;
      type = rest.u8(0);
      rest = rest.from(size);
    }
  }

 private:
  void print_one(std::uint8_t type, const View& payload, std::uint8_t protocol) {
    line_.put(payload_name(type));
    if (name_of(kPayloadNames, type).empty()) return;
    line_.put(':');
    if (type == kAssociation) return print_association(payload);
    if (type == kProposal) return print_proposal(payload);
    if (type == kTransform) return print_transform(line_, payload, protocol);
    if (type == kNotify) return print_notify(line_, payload);
    if (type == kDelete) return print_delete(line_, payload);
    if (type == kKey) line_.put(" key");
    if (type == kNonce) line_.put(" n");
    const View data = payload.from(kPayloadHeader);
    line_.print(" len={}", data.length());
    if (!line_.verbose(3)) return;
    line_.put(' ');
    line_.text().hex(data.bytes(0, data.length()));
  }

  void print_association(const View& payload) {
    constexpr std::uint32_t kIdentityOnly = 1;
    constexpr Named kSituations[] = {{1, "identity"}, {2, "secrecy"}, {4, "integrity"}};
    constexpr std::size_t kBeforeProposals = 12;
    if (payload.length() < kBeforeProposals) return line_.put(" [|sa]");
    const std::uint32_t domain = payload.u32(4);
    const std::uint32_t situation = payload.u32(8);
    if (domain != kIpsec) return line_.print(" doi={} situation={}", domain, situation);
    line_.print(" doi=ipsec situation={}", bit_names(kSituations, situation, "+", ""));
    View rest = payload.from(kBeforeProposals);
    if (situation != kIdentityOnly) {
      line_.print(" ident={}", rest.u32(0));
      rest = rest.from(4);
    }
    print(kProposal, rest, 0);
  }

  void print_proposal(const View& payload) {
    constexpr std::size_t kBeforeIndex = 8;
    if (payload.length() < kBeforeIndex) return line_.put(" [|p]");
    const std::uint8_t protocol = payload.u8(5);
    const std::size_t size = payload.u8(6);
    line_.print(" #{} protoid={} transform={}", payload.u8(4), named(kProtocols, protocol, "#{}"),
                payload.u8(7));
    const View rest = payload.from(kBeforeIndex);
    if (!rest.has(0, size)) return line_.put(" [|p]");
    if (size != 0) {
      line_.put(" spi=");
      line_.text().hex(rest.bytes(0, size));
    }
    print(kTransform, rest.from(size), protocol);
  }

  Line& line_;
  int depth_ = 0;
};

}  // namespace

std::string payload_name(std::uint8_t type) {
  const std::string_view name = name_of(kPayloadNames, type);
  if (!name.empty()) return std::string(name);
  return fmt::format("{}{}", type < 33 ? "pay" : "#", type);
}

void put_domain(Line& line, const View& payload) {
  const std::uint32_t domain = payload.u32(4);
  const std::uint8_t protocol = payload.u8(8);
  if (domain == kIpsec) {
    line.print(" doi=ipsec proto={}", named(kProtocols, protocol, "#{}"));
  } else {
    line.print(" doi={} proto={}", domain, protocol);
  }
}

void print_ike_attributes(Line& line, const View& attributes) {
  print_attributes(line, attributes, kIkeAttributes);
}

void print_payloads(Line& line, std::uint8_t type, const View& view) {
  Chain(line).print(type, view, 0);
}

}  // namespace weir::packet::isakmp
