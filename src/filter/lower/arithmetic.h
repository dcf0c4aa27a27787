// Arithmetic and relations. An operand is a value and what the packet must be for it to have one:
// `tcp[13]` needs IPv4, TCP and no later fragment.
#pragma once

#include <type_traits>
#include <vector>

#include "filter/lower/context.h"

namespace weir::filter::lower {

class Arithmetic {
 public:
  template <typename T>
  static constexpr bool kIsOperand =
      std::is_same_v<T, Constant> || std::is_same_v<T, PacketLength> || std::is_same_v<T, Index> ||
      std::is_same_v<T, Negate> || std::is_same_v<T, Binary>;

  Arithmetic(Context& context, std::size_t nodes);

  void operand(NodeId id, const Constant& n);
  void operand(NodeId id, const PacketLength& n);
  void operand(NodeId id, const Index& n);
  void operand(NodeId id, const Negate& n);
  void operand(NodeId id, const Binary& n);

  ConditionId relation(const Relation& n);

 private:
  struct Operand {
    ir::ValueId value = ir::kNone;
    ConditionId needs = Conditions::kTrue;
  };

  void set(NodeId id, const Operand& operand);
  const Operand& get(NodeId id) const { return operands_[id]; }
  ConditionId both(ConditionId a, ConditionId b);
  Operand index_radio(const Operand& offset, std::uint8_t size);
  Operand index_network(const Index& n, const Operand& offset, std::uint8_t size);
  Operand index_transport(const Index& n, const Operand& offset, std::uint8_t size);
  Operand index_icmp6(const Operand& offset, std::uint8_t size);
  Operand index_payload(const Operand& offset, std::uint8_t size);

  Context& c_;
  std::size_t nodes_;
  std::vector<Operand> operands_;  // a node of the resolved AST; empty until one is arithmetic
};

}  // namespace weir::filter::lower
