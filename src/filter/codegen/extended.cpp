#include "filter/codegen/extended.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "filter/codegen/extended_block.h"
#include "filter/codegen/extended_evaluate.h"
#include "filter/codegen/layout.h"
#include "filter/codegen/switch_tree.h"
#include "isa/classic.h"

namespace weir::filter::codegen {
namespace {

using ir::Function;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;
using isa::AccessSize;
using isa::AluOp;
using isa::JumpOp;

// Values are computed by recursion; what is deeper is refused before.
constexpr std::uint32_t kMaxDepth = 128;

// Where a context has what all programs begin with.
struct ContextLayout {
  std::int16_t begin;
  std::int16_t end;
};
constexpr ContextLayout kTcLayout{.begin = 76, .end = 80};  // struct __sk_buff
constexpr ContextLayout kXdpLayout{.begin = 0, .end = 4};   // struct xdp_md
constexpr std::int16_t kSkbLength = 0;
constexpr std::int32_t kPullData = 39;  // bpf_skb_pull_data()

constexpr auto kJumps =
    std::to_array<JumpOp>({JumpOp::kEq, JumpOp::kGt, JumpOp::kGe, JumpOp::kSet});

std::uint32_t depth_of(const Function& f) {
  ir::Vector<std::uint32_t> depth(f.values.size(), 1, f.memory);
  std::uint32_t deepest = 0;
  for (ir::ValueId id = 0; id < f.values.size(); ++id) {
    for (const ir::ValueId operand : {f.values[id].a, f.values[id].b}) {
      if (operand != ir::kNone) depth[id] = std::max(depth[id], depth[operand] + 1);
    }
    deepest = std::max(deepest, depth[id]);
  }
  return deepest;
}

class Generator {
 public:
  Generator(const Function& f, const ExtendedOptions& options)
      : f_(f),
        options_(options),
        list_(f.memory),
        out_(list_),
        start_((list_.labels = static_cast<Label>(f.nodes.size()), out_.fresh())),
        fault_(options.context == PacketContext::kTc ? out_.fresh() : kReject),
        params_(f),
        evaluate_(f, params_, options.context, fault_, out_),
        entry_(f.nodes.size(), f.memory) {}

  std::expected<isa::ExtendedProgram, ExtendedRefusal> run() {
    begin_program();
    entry_[f_.root] = ExtendedRegisters{};
    for (const NodeId id : layout(f_)) {
      node(id);
      if (evaluate_.is_out_of_registers()) return std::unexpected(ExtendedRefusal::kTooComplex);
    }
    end_program();
    auto program = assemble_extended(list_);
    if (!program) return std::unexpected(ExtendedRefusal::kTooLong);
    return *std::move(program);
  }

 private:
  bool is_tc() const { return options_.context == PacketContext::kTc; }

  void begin_program() {
    out_.begin(out_.fresh());
    if (is_tc()) out_.put(isa::alu64(AluOp::kMov, kHasPulled, 0));
    out_.go_to(f_.root <= ir::kAcceptNode ? f_.root : start_);
    const ContextLayout& layout = is_tc() ? kTcLayout : kXdpLayout;
    out_.begin(start_);
    clear_params();
    out_.put(isa::load_memory(AccessSize::kWord, kPacket, kContext, layout.begin));
    out_.put(isa::load_memory(AccessSize::kWord, kPacketEnd, kContext, layout.end));
    out_.go_to(f_.root);
  }

  void clear_params() {
    for (ir::ParamId param = 0; param < f_.params.size(); ++param) {
      if (!params_.needs_zero(param)) continue;
      if (const auto home = params_.register_of(param)) {
        out_.put(isa::alu64(AluOp::kMov, *home, 0));
      } else {
        out_.put(isa::make_insn(
            isa::code_of(isa::InsnClass::kSt, isa::AccessMode::kMem, AccessSize::kDouble),
            isa::kR10, 0, ParamHomes::slot_of(param)));
      }
    }
  }

  void end_program() {
    out_.begin(kReject);
    out_.put(options_.on_rest);
    out_.end();
    out_.begin(kAccept);
    out_.put(options_.on_match);
    out_.end();
    if (is_tc()) pull();
  }

  // While a helper runs; a register that it keeps would be saved for each packet.
  std::int16_t context_slot() const {
    return ParamHomes::slot_of(static_cast<ir::ParamId>(f_.params.size()));
  }

  // Too little of the packet lies where programs can read it: what else there is gets pulled there,
  // and the filter starts again. A packet that is short by itself does not match.
  void pull() {
    out_.begin(fault_);
    out_.leave_if(branch_on(JumpOp::kNe, kHasPulled, 0), kReject);
    out_.put(isa::load_memory(AccessSize::kWord, isa::kR4, kContext, kSkbLength));
    out_.put(isa::alu64(AluOp::kMov, isa::kR0, kPacket));
    out_.put(isa::alu64(AluOp::kAdd, isa::kR0, isa::kR4));
    out_.leave_if(
        isa::make_insn(isa::code_of(isa::InsnClass::kJmp, JumpOp::kLe, isa::kRegisterSource),
                       isa::kR0, kPacketEnd),
        kReject);
    out_.put(isa::store_memory(AccessSize::kDouble, isa::kR10, context_slot(), kContext));
    out_.put(isa::alu64(AluOp::kMov, isa::kR2, isa::kR4));
    out_.put(isa::call_helper(kPullData));
    out_.put(isa::load_memory(AccessSize::kDouble, kContext, isa::kR10, context_slot()));
    out_.put(isa::alu64(AluOp::kMov, kHasPulled, 1));
    out_.branch(branch_on(JumpOp::kNe, isa::kR0, 0), kReject, start_);
  }

  void node(NodeId id) {
    evaluate_.begin_node(id, *entry_[id]);
    const Node& n = f_.nodes[id];
    out_.begin(id);
    switch (n.kind) {
      case NodeKind::kTest:
        return test(n);
      case NodeKind::kSwitch:
        return choose(n);
      case NodeKind::kGuard:
        evaluate_.guard(n.lhs);
        return go_to(n.on_true);
      case NodeKind::kAssign:
        evaluate_.assign(n);
        return go_to(n.on_true);
      case NodeKind::kChain:
      case NodeKind::kReject:
      case NodeKind::kAccept:
        return;
    }
  }

  // The registers as they are now are what `target` starts with, if nobody else says otherwise.
  void reach(NodeId target) {
    if (target <= ir::kAcceptNode) return;
    auto& entry = entry_[target];
    if (entry) {
      entry->meet(evaluate_.registers());
    } else {
      entry = evaluate_.registers();
    }
  }

  void go_to(NodeId target) {
    out_.go_to(target);
    reach(target);
  }

  void test(const Node& n) {
    const JumpOp op = kJumps[static_cast<std::size_t>(n.compare)];
    out_.branch(comparison(n, op), n.on_true, n.on_false);
    reach(n.on_true);
    reach(n.on_false);
  }

  isa::ExtendedInsn comparison(const Node& n, JumpOp op) {
    if (!f_.is_const(n.rhs)) {
      const isa::Register a = evaluate_.number(n.lhs);
      const ExtendedEvaluator::Pin pin(evaluate_, a);
      return isa::jump32(op, a, evaluate_.number(n.rhs), 0);
    }
    const std::uint32_t k = f_.values[n.rhs].k;
    const bool has_order = op == JumpOp::kGt || op == JumpOp::kGe;
    if (has_order || (k & ~f_.values[n.lhs].bits) != 0)
      return branch_on(op, evaluate_.number(n.lhs), k);
    const auto [where, size] = evaluate_.comparable(n.lhs);
    return branch_on(op, where, wire_constant(k, size));
  }

  // Most values are outside of a list as a whole.
  void leave_outside(isa::Register where, std::span<const ir::Case> cases, Label otherwise,
                     std::uint32_t top) {
    const std::uint32_t lo = cases.front().lo, hi = cases.back().hi;
    if (hi < top) out_.leave_if(branch_on(JumpOp::kGt, where, hi), otherwise);
    if (lo > 0) out_.leave_if(branch_on(JumpOp::kLt, where, lo), otherwise);
  }

  void choose(const Node& n) {
    const auto cases = f_.cases_of(n);
    const bool has_order = SwitchTree::asks_for_order(cases);
    const auto [where, size] = has_order ? ExtendedEvaluator::Comparable{evaluate_.number(n.lhs), 0}
                                         : evaluate_.comparable(n.lhs);
    std::uint32_t bottom = 0, top = f_.values[n.lhs].bits;
    if (has_order && cases.size() > 2) {
      leave_outside(where, cases, n.on_false, top);
      bottom = cases.front().lo;
      top = cases.back().hi;
    }
    BlockList tree(f_.memory);
    tree.labels = list_.labels;
    const Label first = tree.labels++;
    SwitchTree(tree).emit(cases, n.on_false, Block{.label = first}, bottom, top);
    list_.labels = tree.labels;
    out_.go_to(first);
    for (const Block& block : tree.blocks) {
      out_.begin(block.label);
      const JumpOp op = block.branch.code == isa::kJeqK   ? JumpOp::kEq
                        : block.branch.code == isa::kJgtK ? JumpOp::kGt
                                                          : JumpOp::kGe;
      out_.branch(branch_on(op, where, wire_constant(block.branch.k, size)), block.on_true,
                  block.on_false);
    }
    ir::for_each_successor(f_, n, [this](NodeId next) { reach(next); });
  }

  const Function& f_;
  const ExtendedOptions& options_;
  ExtendedBlockList list_;
  ExtendedEmitter out_;
  Label start_;
  Label fault_;
  ParamHomes params_;
  ExtendedEvaluator evaluate_;
  ir::Vector<std::optional<ExtendedRegisters>> entry_;
};

}  // namespace

std::expected<isa::ExtendedProgram, ExtendedRefusal> generate_extended(
    const Function& f, const ExtendedOptions& options) {
  if (!f.chains.empty()) return std::unexpected(ExtendedRefusal::kLoop);
  if (f.params.size() > ParamHomes::kMaxParams || depth_of(f) > kMaxDepth)
    return std::unexpected(ExtendedRefusal::kTooComplex);
  return Generator(f, options).run();
}

}  // namespace weir::filter::codegen
