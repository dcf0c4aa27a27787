#include "filter/vocabulary.h"

#include <array>
#include <cstddef>

#include "filter/token.h"

namespace weir::filter {
namespace {

constexpr std::array<std::string_view, 41> kProtoNames = {
    "",
#define WEIR_PROTO(id, name) name,
#include "filter/protos.def"
#undef WEIR_PROTO
};
static_assert(kProtoNames.back() == "payload");

constexpr std::array<std::string_view, 11> kDirNames = {
    "", "src", "dst", "src or dst", "src and dst", "addr1", "addr2", "addr3", "addr4", "ra", "ta"};

constexpr std::array<std::string_view, 8> kIdTypeNames = {
    "", "host", "net", "port", "portrange", "gateway", "proto", "protochain"};

constexpr std::array<std::string_view, 8> kEncapNames = {"vlan",  "mpls", "pppoes", "geneve",
                                                         "vxlan", "ipip", "gre",    "ip6ext"};

constexpr std::array<std::string_view, 6> kRelOpNames = {">", ">=", "=", "<=", "<", "!="};

constexpr std::array<std::string_view, 10> kArithOpNames = {"+", "-", "*", "/",  "%",
                                                            "&", "|", "^", "<<", ">>"};

constexpr std::array<std::string_view, 5> kByteOpNames = {"=", "<", ">", "&", "|"};

constexpr std::array kTokenNames = {
#define WEIR_TOKEN(id, name) std::string_view(name),
#include "filter/tokens.def"
#undef WEIR_TOKEN
};

template <typename Enum, std::size_t N>
std::string_view look_up(const std::array<std::string_view, N>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view name_of(Proto proto) { return look_up(kProtoNames, proto); }
std::string_view name_of(Dir dir) { return look_up(kDirNames, dir); }
std::string_view name_of(IdType type) { return look_up(kIdTypeNames, type); }
std::string_view name_of(Encap encap) { return look_up(kEncapNames, encap); }
std::string_view name_of(RelOp op) { return look_up(kRelOpNames, op); }
std::string_view name_of(ArithOp op) { return look_up(kArithOpNames, op); }
std::string_view name_of(ByteOp op) { return look_up(kByteOpNames, op); }
std::string_view name_of(TokenKind kind) { return look_up(kTokenNames, kind); }

}  // namespace weir::filter
