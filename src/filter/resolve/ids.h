// Ids: a name, number or address with its qualifiers becomes the node that libpcap's code generator
// would be asked for.
#pragma once

#include <string_view>

#include "filter/resolve/context.h"
#include "filter/resolve/lists.h"
#include "filter/resolve/lookup.h"

namespace weir::filter {

// The elements of a pool from `first` on.
template <typename Pool>
PoolSpan last_of(const Pool& pool, std::size_t first) {
  return {.first = static_cast<std::uint32_t>(first),
          .count = static_cast<std::uint32_t>(pool.size() - first)};
}

// What `PROTO proto N` compares with.
NumberField protocol_field(Proto proto);

class Ids {
 public:
  explicit Ids(Context& context)
      : context_(context),
        lookup_(context.options, context.diagnostics),
        lists_(context, lookup_) {}

  resolved::NodeData name(const IdPlace& id);
  resolved::NodeData number(const IdPlace& id, std::uint32_t value);
  resolved::NodeData ip4(const IdPlace& id, const ast::Ip4Id& address);
  resolved::NodeData ip4_mask(const IdPlace& id, const ast::Ip4MaskId& address);
  resolved::NodeData ip6(const IdPlace& id, const ast::Ip6Id& address);
  resolved::NodeData mac(const IdPlace& id);
  resolved::NodeData arcnet(const IdPlace& id);
  resolved::NodeData set(const IdPlace& id, const Ast& ast, PoolSpan items);

  resolved::NodeData encapsulation(diag::SourceRange range, const Ast& ast,
                                   const ast::Encapsulation& node);

 private:
  // Names and numbers (ids.cpp).
  resolved::NodeData host_name(const IdPlace& id, std::string_view name);
  resolved::NodeData net_name(const IdPlace& id, std::string_view name);
  resolved::NodeData port_name(const IdPlace& id, std::string_view name);
  resolved::NodeData port_range_name(const IdPlace& id, std::string_view name);
  resolved::NodeData gateway_name(const IdPlace& id, std::string_view name);
  resolved::NodeData decnet(const IdPlace& id, std::string_view address);
  resolved::NodeData host4(const IdPlace& id, resolved::Prefix4 prefix);
  resolved::NodeData port(const IdPlace& id, Proto proto, std::uint32_t lo, std::uint32_t hi);
  resolved::NodeData protocol(const IdPlace& id, std::uint32_t value);
  resolved::NodeData protochain(const IdPlace& id, std::uint32_t value);

  std::optional<Lookup::Service> port_or_number(const IdPlace& id, std::string_view text);
  std::optional<resolved::Prefix4> masked(const IdPlace& id, std::uint32_t address,
                                          std::uint32_t mask, std::string_view fixed);
  std::optional<std::uint32_t> dotted(diag::SourceRange range, std::uint32_t& mask);
  bool check_max(diag::SourceRange range, std::uint32_t value, NumberField field);
  bool check_protocol(const IdPlace& id);
  bool check_protochain(const IdPlace& id);
  resolved::NodeData not_an_address(const IdPlace& id);

  NamePlace place(const IdPlace& id) const { return {.range = id.range, .where = {}}; }
  std::string_view text(const IdPlace& id) const { return text_of(context_.text, id.range); }

  Context& context_;
  Lookup lookup_;
  Lists lists_;
};

}  // namespace weir::filter
