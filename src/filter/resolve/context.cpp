#include "filter/resolve/context.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

#include "filter/chars.h"

namespace weir::filter {
namespace {

using diag::quote;

bool is_any_of(Proto proto, std::initializer_list<Proto> some) {
  return std::ranges::find(some, proto) != some.end();
}

std::string type_name(IdType type) {
  return std::string(name_of(type == IdType::kNone ? IdType::kHost : type));
}

// `tcp host 10.0.0.1` is two tests for libpcap's language.
std::string split_hint(Context& context, const IdPlace& id) {
  const Proto proto = id.qualifiers.proto;
  const std::string_view text = text_of(context.text, id.range);
  const std::string_view dir = name_of(id.qualifiers.dir);
  const std::string primitive =
      fmt::format("{}{}{} {}", dir, dir.empty() ? "" : " ", type_name(id.qualifiers.type), text);
  if (abbreviation(proto))
    return fmt::format("write {}", quote(fmt::format("{} and {}", name_of(proto), primitive)));
  return fmt::format("write {}", quote(primitive));
}

void protocol_does_not_fit(Context& context, const IdPlace& id, std::string_view what,
                           std::string hint) {
  // As it was written: `ether` has five other names.
  const std::string_view head = text_of(context.text, id.head);
  const std::string_view proto = head.substr(0, head.find_first_of(" \t\r\n"));
  wrong_qualifier(context, id, fmt::format("{} does not go with {}", quote(proto), what),
                  std::move(hint));
}

}  // namespace

bool IdPlace::is_direct(std::string_view text) const {
  if (head.end > range.begin) return false;
  return std::ranges::all_of(text_of(text, {head.end, range.begin}), is_space);
}

void wrong_qualifier(Context& context, const IdPlace& id, std::string message, std::string hint) {
  diag::Diagnostic diagnostic{.severity = diag::Severity::kError,
                              .kind = diag::Kind::kWrongQualifier,
                              .range = id.whole(context.text),
                              .message = std::move(message),
                              .hint = std::move(hint),
                              .notes = {}};
  if (!id.is_direct(context.text)) {
    diagnostic.notes.push_back(
        {.range = id.head, .message = "it takes its qualifiers over from here"});
  }
  context.diagnostics.add(std::move(diagnostic));
}

bool check_ip4_qualifiers(Context& context, const IdPlace& id) {
  const Proto proto = id.qualifiers.proto;
  if (is_any_of(proto, {Proto::kNone, Proto::kIp, Proto::kArp, Proto::kRarp}))
    return check_direction(context, id);
  const std::string_view text = text_of(context.text, id.range);
  std::string hint = split_hint(context, id);
  if (proto == Proto::kIp6 || proto == Proto::kLink) {
    hint = fmt::format("leave it out, or write an {} address",
                       proto == Proto::kIp6 ? "IPv6" : "Ethernet");
  }
  protocol_does_not_fit(context, id, fmt::format("the IPv4 address {}", quote(text)),
                        std::move(hint));
  return false;
}

bool check_ip6_qualifiers(Context& context, const IdPlace& id) {
  const Proto proto = id.qualifiers.proto;
  if (is_any_of(proto, {Proto::kNone, Proto::kIp6})) return check_direction(context, id);
  const std::string_view text = text_of(context.text, id.range);
  std::string hint = split_hint(context, id);
  if (is_any_of(proto, {Proto::kIp, Proto::kArp, Proto::kRarp, Proto::kLink})) {
    hint = fmt::format("leave it out, or write an {} address",
                       proto == Proto::kLink ? "Ethernet" : "IPv4");
  }
  protocol_does_not_fit(context, id, fmt::format("the IPv6 address {}", quote(text)),
                        std::move(hint));
  return false;
}

bool check_port_qualifiers(Context& context, const IdPlace& id) {
  if (!is_any_of(id.qualifiers.proto, {Proto::kNone, Proto::kTcp, Proto::kUdp, Proto::kSctp})) {
    protocol_does_not_fit(context, id, "a port", split_hint(context, id));
    return false;
  }
  return check_direction(context, id);
}

bool check_ether_qualifiers(Context& context, const IdPlace& id, std::string_view what) {
  const auto& [proto, dir, type] = id.qualifiers;
  if (proto == Proto::kLink && (type == IdType::kNone || type == IdType::kHost)) return true;
  const std::string_view direction = name_of(dir);
  const bool digits = what.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
  wrong_qualifier(context, id,
                  fmt::format("{}{} is a link-layer address", quote(what),
                              digits ? " has twelve digits, and so" : ""),
                  fmt::format("write {}", quote(fmt::format("ether {}{}host {}", direction,
                                                            direction.empty() ? "" : " ", what))));
  return false;
}

bool check_direction(Context& context, const IdPlace& id) {
  const Dir dir = id.qualifiers.dir;
  if (dir <= Dir::kSrcAndDst) return true;
  wrong_qualifier(
      context, id, fmt::format("{} is an address of an 802.11 frame", quote(name_of(dir))),
      fmt::format("write {}", quote(fmt::format("wlan {} 00:11:22:33:44:55", name_of(dir)))));
  return false;
}

}  // namespace weir::filter
