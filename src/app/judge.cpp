// What each part of an expression makes of a packet: every test is compiled at its own place in the
// text and run, and the combinations follow from them as the whole program would evaluate them.
#include <optional>
#include <span>
#include <variant>

#include "app/parts.h"
#include "base/check.h"
#include "filter/codegen/classic.h"
#include "filter/lower/lower.h"
#include "vm/classic_interpreter.h"

namespace weir::app {
namespace {

using filter::NodeId;

// nullopt: not a condition (a number inside a comparison).
using Verdicts = std::vector<std::optional<PartVerdict>>;

class Judge {
 public:
  Judge(const filter::Resolved& resolved, const filter::Options& options, const Packet& packet)
      : resolved_(resolved), options_(options), packet_(packet), verdicts_(resolved.nodes.size()) {}

  // Postorder: the children of a node are judged before it.
  Verdicts judge() {
    for (NodeId id = 0; id < resolved_.nodes.size(); ++id) {
      verdicts_[id] = std::visit([&](const auto& node) { return judge_node(node, id); },
                                 resolved_.nodes[id].data);
    }
    forget_what_is_not_reached();
    return std::move(verdicts_);
  }

 private:
  using Verdict = std::optional<PartVerdict>;

  Verdict judge_node(const filter::And& node, NodeId) const { return both(node.left, node.right); }
  Verdict judge_node(const filter::Scope& node, NodeId) const {
    return both(node.opening, node.body);
  }
  Verdict judge_node(const filter::Or& node, NodeId) const {
    return verdicts_[node.left] == PartVerdict::kFails ? verdicts_[node.right]
                                                       : verdicts_[node.left];
  }
  Verdict judge_node(const filter::Not& node, NodeId) const {
    const Verdict operand = verdicts_[node.operand];
    if (operand == PartVerdict::kHolds) return PartVerdict::kFails;
    return operand == PartVerdict::kFails ? PartVerdict::kHolds : operand;
  }
  Verdict judge_node(const filter::Constant&, NodeId) const { return std::nullopt; }
  Verdict judge_node(const filter::PacketLength&, NodeId) const { return std::nullopt; }
  Verdict judge_node(const filter::Index&, NodeId) const { return std::nullopt; }
  Verdict judge_node(const filter::Negate&, NodeId) const { return std::nullopt; }
  Verdict judge_node(const filter::Binary&, NodeId) const { return std::nullopt; }
  template <typename Test>
  Verdict judge_node(const Test&, NodeId id) const {
    return run(id);
  }

  Verdict both(NodeId left, NodeId right) const {
    return verdicts_[left] == PartVerdict::kHolds ? verdicts_[right] : verdicts_[left];
  }

  PartVerdict run(NodeId id) const {
    const NodeId parts[] = {id};
    const auto program =
        filter::codegen::generate_classic(filter::lower::lower_parts(resolved_, options_, parts),
                                          {.snaplen = options_.snaplen, .optimize = false});
    WEIR_CHECK(program.has_value());
    const vm::ClassicResult result =
        vm::run_classic(*program, {.bytes = packet_.bytes, .wire_length = packet_.wire_length});
    if (result.outcome == vm::ClassicOutcome::kReturned) {
      return result.verdict != 0 ? PartVerdict::kHolds : PartVerdict::kFails;
    }
    return result.outcome == vm::ClassicOutcome::kOutOfBounds ? PartVerdict::kBeyondEnd
                                                              : PartVerdict::kFails;
  }

  // The right side of `and` is looked at when the left one holds, of `or` when it fails.
  void forget_what_is_not_reached() {
    for (auto id = static_cast<NodeId>(resolved_.nodes.size()); id-- > 0;) {
      const bool reached = verdicts_[id] != PartVerdict::kNotReached;
      if (const auto* node = as<filter::And>(id))
        mark(node->left, node->right, reached, PartVerdict::kHolds);
      if (const auto* node = as<filter::Or>(id))
        mark(node->left, node->right, reached, PartVerdict::kFails);
      if (const auto* node = as<filter::Scope>(id))
        mark(node->opening, node->body, reached, PartVerdict::kHolds);
      if (const auto* node = as<filter::Not>(id); node != nullptr && !reached)
        verdicts_[node->operand] = PartVerdict::kNotReached;
    }
  }

  void mark(NodeId left, NodeId right, bool reached, PartVerdict goes_on) {
    if (!reached) verdicts_[left] = PartVerdict::kNotReached;
    if (!reached || verdicts_[left] != goes_on) verdicts_[right] = PartVerdict::kNotReached;
  }

  template <typename T>
  const T* as(NodeId id) const {
    return std::get_if<T>(&resolved_.nodes[id].data);
  }

  const filter::Resolved& resolved_;
  const filter::Options& options_;
  const Packet& packet_;
  Verdicts verdicts_;
};

}  // namespace

void judge_parts(std::vector<PartNode>& parts, const filter::Resolved& resolved,
                 const filter::Options& options, const Packet& packet) {
  const Verdicts verdicts = Judge(resolved, options, packet).judge();
  Part* last = nullptr;  // the last test that is reached: after it nothing is open
  for (PartNode& entry : parts) {
    entry.part.verdict = verdicts[entry.node];
    const bool reached = entry.part.verdict != PartVerdict::kNotReached;
    if (entry.part.kind == PartKind::kTest && reached) last = &entry.part;
  }
  if (last != nullptr) last->decides = true;
}

}  // namespace weir::app
