// The reference of the IR: runs an ir::Function on a packet, as slowly and as plainly as ir/ir.h
// says it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "filter/ir/ir.h"

namespace weir::testing {

class IrReference {
 public:
  IrReference(const filter::ir::Function& f, std::span<const std::byte> bytes,
              std::uint32_t wire_length)
      : f_(f), bytes_(bytes), wire_length_(wire_length), params_(f.params.size(), 0) {}

  bool accepts() {
    using filter::ir::NodeId;
    std::optional<NodeId> at = f_.root;
    while (at && !is_terminal(f_.node(*at))) at = next(f_.node(*at));
    return at && *at == filter::ir::kAcceptNode;
  }

 private:
  // A value, or nothing when computing it rejects the packet.
  using Result = std::optional<std::uint32_t>;

  Result load(std::uint64_t offset, std::uint32_t size) const {
    if (offset + size > bytes_.size()) return std::nullopt;
    std::uint32_t result = 0;
    for (std::uint32_t i = 0; i < size; ++i) {
      result = result << 8 | std::to_integer<std::uint32_t>(bytes_[offset + i]);
    }
    return result;
  }

  // Recursion: tests make no deep values.
  Result compute(filter::ir::ValueId id) const {
    using filter::ir::Op;
    const filter::ir::Value& v = f_.value(id);
    const Result a = v.a == filter::ir::kNone ? Result(0) : compute(v.a);
    const Result b = v.b == filter::ir::kNone ? Result(0) : compute(v.b);
    if (!a || !b) return std::nullopt;
    if (v.op == Op::kConst) return v.k;
    if (v.op == Op::kLength) return wire_length_;
    if (v.op == Op::kParam) return params_[v.k];
    if (v.op == Op::kLoad) return load(std::uint64_t{*a} + v.k, v.size);
    if ((v.op == Op::kDiv || v.op == Op::kMod) && *b == 0) return std::nullopt;
    return filter::ir::fold(v.op, *a, *b);
  }

  std::optional<filter::ir::NodeId> next(const filter::ir::Node& n) {
    using filter::ir::NodeKind;
    if (n.kind == NodeKind::kChain) {
      const auto met = walk(f_.chains[n.index]);
      if (!met) return std::nullopt;
      return *met ? n.on_true : n.on_false;
    }
    const Result lhs = compute(n.lhs);
    const Result rhs = n.rhs == filter::ir::kNone ? Result(0) : compute(n.rhs);
    if (!lhs || !rhs) return std::nullopt;
    if (n.kind == NodeKind::kTest) return holds(n.compare, *lhs, *rhs) ? n.on_true : n.on_false;
    if (n.kind == NodeKind::kAssign) params_[n.index] = *lhs;
    if (n.kind != NodeKind::kSwitch) return n.on_true;
    for (const filter::ir::Case& c : f_.cases_of(n)) {
      if (c.lo <= *lhs && *lhs <= c.hi) return c.target;
    }
    return n.on_false;
  }

  // RFC 8200, section 4, and RFC 4302: nothing when a header is not in the packet.
  std::optional<bool> walk(const filter::ir::Chain& chain) const {
    const std::uint64_t start = chain.network;
    const Result first = load(start, 1);
    const Result next = load(start + (chain.ip6 ? 6 : 9), 1);
    if (!next || (!chain.ip6 && !first)) return std::nullopt;
    std::uint32_t protocol = *next;
    std::uint64_t at = start + (chain.ip6 ? 40 : 4 * (*first & 0xf));
    while (protocol != chain.protocol) {
      const bool extension =
          chain.ip6 && (protocol == 0 || protocol == 43 || protocol == 44 || protocol == 60);
      if (!extension && protocol != 51) return false;
      const Result behind = load(at, 1);
      const Result length = load(at + 1, 1);
      if (!behind || !length) return std::nullopt;
      protocol = *behind;
      at += extension ? (*length + 1) * 8 : (*length + 2) * 4;
    }
    return true;
  }

  const filter::ir::Function& f_;
  std::span<const std::byte> bytes_;
  std::uint32_t wire_length_;
  std::vector<std::uint32_t> params_;
};

inline bool reference_accepts(const filter::ir::Function& f, std::span<const std::byte> bytes,
                              std::uint32_t wire_length) {
  return IrReference(f, bytes, wire_length).accepts();
}

}  // namespace weir::testing
