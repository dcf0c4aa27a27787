// What each part of an expression makes of a packet: every test is compiled at its own place in the
// text and run, and the combinations follow from them as the whole program would evaluate them.
#include <optional>
#include <variant>

#include "app/parts.h"
#include "base/arena.h"
#include "base/check.h"
#include "filter/codegen/classic.h"
#include "filter/lower/lower.h"
#include "filter/opt/pass.h"
#include "vm/classic_interpreter.h"

namespace weir::app {
namespace {

using filter::NodeId;

constexpr NodeId kNone = ~NodeId{0};

// A node with two conditions, of which the second is looked at when the first has this verdict.
struct Sequence {
  NodeId first;
  NodeId second;
  PartVerdict goes_on;
};

std::optional<Sequence> sequence_of(const filter::resolved::NodeData& data) {
  if (const auto* node = std::get_if<filter::And>(&data)) {
    return Sequence{.first = node->left, .second = node->right, .goes_on = PartVerdict::kHolds};
  }
  if (const auto* node = std::get_if<filter::Or>(&data)) {
    return Sequence{.first = node->left, .second = node->right, .goes_on = PartVerdict::kFails};
  }
  if (const auto* node = std::get_if<filter::Scope>(&data)) {
    return Sequence{.first = node->opening, .second = node->body, .goes_on = PartVerdict::kHolds};
  }
  return std::nullopt;
}

bool is_number(const filter::resolved::NodeData& data) {
  return std::holds_alternative<filter::Constant>(data) ||
         std::holds_alternative<filter::PacketLength>(data) ||
         std::holds_alternative<filter::Index>(data) ||
         std::holds_alternative<filter::Negate>(data) ||
         std::holds_alternative<filter::Binary>(data);
}

PartVerdict opposite(PartVerdict verdict) {
  if (verdict == PartVerdict::kHolds) return PartVerdict::kFails;
  return verdict == PartVerdict::kFails ? PartVerdict::kHolds : verdict;
}

class Judge {
 public:
  Judge(const filter::Resolved& resolved, const filter::Options& options, const Packet& packet)
      : resolved_(resolved),
        options_(options),
        packet_(packet),
        verdicts_(resolved.nodes.size(), PartVerdict::kNotReached),
        waits_for_(resolved.nodes.size(), kNone) {}

  // Children stand before their parents, in the order of the text, which is that of evaluation.
  std::vector<PartVerdict> judge() {
    find_what_nodes_wait_for();
    for (NodeId id = 0; id < resolved_.nodes.size(); ++id) {
      if (!is_number(resolved_.nodes[id].data) && is_reached(id)) verdicts_[id] = judge_node(id);
    }
    return std::move(verdicts_);
  }

 private:
  // waits_for_[id]: the nearest sequence in whose second part the node stands.
  void find_what_nodes_wait_for() {
    for (auto id = static_cast<NodeId>(resolved_.nodes.size()); id-- > 0;) {
      const auto& data = resolved_.nodes[id].data;
      if (const auto sequence = sequence_of(data)) {
        waits_for_[sequence->first] = waits_for_[id];
        waits_for_[sequence->second] = id;
      } else if (const auto* negated = std::get_if<filter::Not>(&data)) {
        waits_for_[negated->operand] = waits_for_[id];
      }
    }
  }

  bool is_reached(NodeId id) const {
    for (NodeId at = waits_for_[id]; at != kNone; at = waits_for_[at]) {
      const auto sequence = sequence_of(resolved_.nodes[at].data);
      if (verdicts_[sequence->first] != sequence->goes_on) return false;
    }
    return true;
  }

  PartVerdict judge_node(NodeId id) {
    const auto& data = resolved_.nodes[id].data;
    if (const auto sequence = sequence_of(data)) {
      const PartVerdict first = verdicts_[sequence->first];
      return first == sequence->goes_on ? verdicts_[sequence->second] : first;
    }
    if (const auto* negated = std::get_if<filter::Not>(&data))
      return opposite(verdicts_[negated->operand]);
    return run_test(id);
  }

  // A test behind headers of a length that only the packet tells is run together with the tests
  // that found those headers; they hold, or they would not be here.
  PartVerdict run_test(NodeId id) {
    found_headers_.push_back(id);
    const PartVerdict verdict = run(found_headers_);
    const bool is_header =
        std::holds_alternative<filter::resolved::Encapsulation>(resolved_.nodes[id].data);
    if (!is_header || verdict != PartVerdict::kHolds) found_headers_.pop_back();
    return verdict;
  }

  PartVerdict run(std::span<const NodeId> conjunction) const {
    auto program = compile(conjunction, false);
    // What runs out of scratch cells as it is written does not when it is optimised: the whole
    // expression is more than its parts, and it was compiled before.
    if (!program) program = compile(conjunction, true);
    WEIR_CHECK(program.has_value());
    const vm::ClassicResult result =
        vm::run_classic(*program, {.bytes = packet_.bytes, .wire_length = packet_.wire_length});
    if (result.outcome == vm::ClassicOutcome::kOutOfBounds) return PartVerdict::kBeyondEnd;
    return result.verdict != 0 ? PartVerdict::kHolds : PartVerdict::kFails;
  }

  std::optional<ClassicProgram> compile(std::span<const NodeId> conjunction, bool optimize) const {
    Arena arena;
    auto f = filter::lower::lower_parts(resolved_, options_, &arena, conjunction);
    if (optimize) filter::opt::run_passes(f);
    return filter::codegen::generate_classic(f,
                                             {.snaplen = options_.snaplen, .optimize = optimize});
  }

  const filter::Resolved& resolved_;
  const filter::Options& options_;
  const Packet& packet_;
  std::vector<PartVerdict> verdicts_;
  std::vector<NodeId> waits_for_;
  std::vector<NodeId> found_headers_;
};

}  // namespace

void judge_parts(std::vector<PartNode>& parts, const filter::Resolved& resolved,
                 const filter::Options& options, const Packet& packet) {
  const std::vector<PartVerdict> verdicts = Judge(resolved, options, packet).judge();
  Part* last = nullptr;  // the last test that is reached: after it nothing is open
  for (PartNode& entry : parts) {
    entry.part.verdict = verdicts[entry.node];
    const bool reached = entry.part.verdict != PartVerdict::kNotReached;
    if (entry.part.kind == PartKind::kTest && reached) last = &entry.part;
  }
  if (last != nullptr) last->decides = true;
}

}  // namespace weir::app
