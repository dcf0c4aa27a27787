#include "filter/node_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <iterator>

#include "diag/quote.h"

namespace weir::filter {
namespace {

std::string field_text(std::string_view what, std::uint32_t field, RelOp op, PoolSpan span,
                       const SharedPools& pools) {
  return fmt::format("{} {} {} {}", what, field, name_of(op),
                     fmt::join(pools.numbers.subspan(span.first, span.count), " or "));
}

std::string_view llc_text(LlcForm form) {
  constexpr std::array<std::string_view, 6> kNames = {"any", "i",         "s",
                                                      "u",   "s command", "u command"};
  return kNames[static_cast<std::size_t>(form)];
}

std::string_view test_text(FlagClause::Test test) {
  constexpr std::array<std::string_view, 3> kNames = {"all of", "none of", "any of"};
  return kNames[static_cast<std::size_t>(test)];
}

}  // namespace

std::string_view proto_text(Proto proto) { return proto == Proto::kNone ? "any" : name_of(proto); }
std::string_view dir_text(Dir dir) { return dir == Dir::kNone ? "any" : name_of(dir); }

std::string text_of(const Invalid&, const SharedPools&) { return "invalid"; }
std::string text_of(const And&, const SharedPools&) { return "and"; }
std::string text_of(const Or&, const SharedPools&) { return "or"; }
std::string text_of(const Not&, const SharedPools&) { return "not"; }
std::string text_of(const Scope&, const SharedPools&) { return "scope"; }

std::string text_of(const Broadcast& node, const SharedPools&) {
  return fmt::format("broadcast proto={}", proto_text(node.proto));
}

std::string text_of(const Multicast& node, const SharedPools&) {
  return fmt::format("multicast proto={}", proto_text(node.proto));
}

std::string text_of(const LengthTest& node, const SharedPools&) {
  return fmt::format("length {} {}", name_of(node.op), node.value);
}

std::string text_of(const ByteTest& node, const SharedPools&) {
  return fmt::format("byte {} {} {}", node.index, name_of(node.op), node.value);
}

std::string text_of(const DirectionTest& node, const SharedPools&) {
  return node.outbound ? "outbound" : "inbound";
}

std::string text_of(const IfIndex& node, const SharedPools&) {
  return fmt::format("ifindex {}", node.index);
}
std::string text_of(const Pppoed&, const SharedPools&) { return "pppoed"; }

std::string text_of(const WlanType& node, const SharedPools&) {
  return fmt::format("wlan-type {:#04x}/{:#04x}", node.value, node.mask);
}

std::string text_of(const WlanDir& node, const SharedPools&) {
  return fmt::format("wlan-dir {}", node.value);
}

std::string text_of(const LlcTest& node, const SharedPools&) {
  const bool command = node.form == LlcForm::kSCommand || node.form == LlcForm::kUCommand;
  return command ? fmt::format("llc {} {:#04x}", llc_text(node.form), node.command)
                 : fmt::format("llc {}", llc_text(node.form));
}

std::string text_of(const FlagTest& node, const SharedPools& pools) {
  std::string out = node.field == FlagField::kTcp ? "flags tcp" : "flags ip";
  for (const FlagClause& clause : pools.flags.subspan(node.clauses.first, node.clauses.count)) {
    fmt::format_to(std::back_inserter(out), ", {} {:#04x}", test_text(clause.test), clause.mask);
  }
  return out;
}

std::string text_of(const PayloadMatch& node, const SharedPools& pools) {
  return fmt::format("payload {}",
                     diag::quote(pools.bytes.substr(node.bytes.first, node.bytes.count)));
}

std::string text_of(const PfTest& node, const SharedPools&) {
  return fmt::format("pf-field {}", static_cast<unsigned>(node.field));
}

std::string text_of(const AtmTypeTest& node, const SharedPools&) {
  return fmt::format("atm-type {}", static_cast<unsigned>(node.type));
}

std::string text_of(const AtmFieldTest& node, const SharedPools& pools) {
  return field_text("atm-field", static_cast<std::uint32_t>(node.field), node.op, node.values,
                    pools);
}

std::string text_of(const MtpTypeTest& node, const SharedPools&) {
  return fmt::format("ss7-type {}", static_cast<unsigned>(node.type));
}

std::string text_of(const MtpFieldTest& node, const SharedPools& pools) {
  return field_text("ss7-field", static_cast<std::uint32_t>(node.field), node.op, node.values,
                    pools);
}

std::string text_of(const Relation& node, const SharedPools&) {
  return fmt::format("compare {}", name_of(node.op));
}
std::string text_of(const Constant& node, const SharedPools&) {
  return fmt::format("constant {}", node.value);
}
std::string text_of(const PacketLength&, const SharedPools&) { return "len"; }

std::string text_of(const Index& node, const SharedPools&) {
  return fmt::format("index {} size={}", name_of(node.proto), node.size);
}

std::string text_of(const Negate&, const SharedPools&) { return "negate"; }
std::string text_of(const Binary& node, const SharedPools&) {
  return fmt::format("arith {}", name_of(node.op));
}

}  // namespace weir::filter
