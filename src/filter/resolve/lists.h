// Membership lists: their elements, from the text and from files, into the pools.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "filter/resolve/context.h"
#include "filter/resolve/lookup.h"

namespace weir::filter {

// An element as it was written, without blanks inside.
struct Element {
  std::string_view text;
  NamePlace place;
};

// What a list of plain numbers may hold.
struct NumberField {
  std::string_view name;  // "VLAN ID"
  std::uint32_t max;
};

class Lists {
 public:
  Lists(Context& context, const Lookup& lookup) : context_(context), lookup_(lookup) {}

  // Each appends a list's elements to its pools; after an error less than all of them.
  void hosts(const Ast& ast, PoolSpan items, const IdPlace& id);
  void stations(const Ast& ast, PoolSpan items);
  void ports(const Ast& ast, PoolSpan items, Proto proto);
  void protocols(const Ast& ast, PoolSpan items, Proto proto, NumberField field);
  void numbers(const Ast& ast, PoolSpan items, NumberField field);

 private:
  using Add = std::function<void(const Element&)>;

  void each(const Ast& ast, PoolSpan items, const Add& add);
  void each_item(const Ast& ast, PoolSpan items, const Add& add);
  void each_in_text(const ast::ListItem& item, const Add& add);
  void each_in_file(const ast::ListItem& item, const Add& add);
  std::optional<std::string> load(diag::SourceRange range, const std::string& path);

  void host(const Element& element, const IdPlace& id);
  bool host_ip4(const Element& element, std::string_view address,
                std::optional<std::uint32_t> prefix, const IdPlace& id);
  void host_ip6(const Element& element, std::string_view address,
                std::optional<std::uint32_t> prefix, const IdPlace& id);
  bool host_range(const Element& element, const IdPlace& id);
  void host_name(const Element& element, const IdPlace& id);
  void port(const Element& element, Proto proto);
  void number(const Element& element, NumberField field);
  std::optional<std::uint32_t> one_number(const Element& element, std::string_view text,
                                          NumberField field);

  void bad(const Element& element, std::string message, std::string hint);

  Context& context_;
  const Lookup& lookup_;
  std::uint32_t count_ = 0;  // elements of all lists together
};

}  // namespace weir::filter
