#include "filter/codegen/select.h"

#include <array>
#include <optional>
#include <utility>

#include "filter/codegen/evaluate.h"
#include "filter/codegen/layout.h"
#include "filter/codegen/switch_tree.h"
#include "isa/classic.h"

namespace weir::filter::codegen {
namespace {

using ir::Function;
using ir::kNone;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;

constexpr std::uint8_t kIpInIp6Hop = 0;
constexpr std::uint8_t kIp6Routing = 43;
constexpr std::uint8_t kIp6Fragment = 44;
constexpr std::uint8_t kAuthentication = 51;
constexpr std::uint8_t kIp6Destination = 60;

class Selector {
 public:
  Selector(const Function& f, const SelectOptions& options)
      : f_(f),
        options_(options),
        out_(f.memory),
        eval_(f, options.kept, out_.list.code),
        entry_(f.nodes.size(), f.memory),
        param_values_(f.memory) {
    out_.list.labels = static_cast<Label>(f.nodes.size());
    find_param_values();
  }

  Selection run() {
    const ir::Vector<NodeId> order = layout(f_);
    if (order.empty()) return constant_program();
    entry_[f_.root] = Registers{};
    for (const NodeId id : order) {
      node(id);
      if (eval_.out_of_cells()) break;
    }
    return finish();
  }

 private:
  Selection finish() {
    out_.computed = eval_.computed();
    out_.missing = eval_.missing();
    out_.out_of_cells = eval_.out_of_cells();
    return std::move(out_);
  }

  Selection constant_program() {
    Block block;
    block.label = out_.list.labels++;
    block.on_true = f_.root;
    out_.list.blocks.push_back(block);
    return finish();
  }

  void find_param_values() {
    param_values_.assign(f_.params.size(), kNone);
    for (ir::ValueId id = 0; id < f_.values.size(); ++id) {
      if (f_.values[id].op == ir::Op::kParam) param_values_[f_.values[id].k] = id;
    }
  }

  void node(NodeId id) {
    eval_.registers() = *entry_[id];
    if (!options_.reuse_registers) eval_.forget();
    const Node& n = f_.nodes[id];
    begin(id);
    switch (n.kind) {
      case NodeKind::kTest:
        test(n);
        break;
      case NodeKind::kSwitch:
        choose(n);
        break;
      case NodeKind::kGuard:
        eval_.to_a(n.lhs);
        go_to(n.on_true);
        break;
      case NodeKind::kAssign:
        eval_.assign(n.index, n.lhs, param_values_[n.index]);
        go_to(n.on_true);
        break;
      case NodeKind::kChain:
        chain(n);
        break;
      case NodeKind::kReject:
      case NodeKind::kAccept:
        break;
    }
  }

  void begin(Label label) {
    block_ = Block{};
    block_.label = label;
    block_.first = static_cast<std::uint32_t>(out_.list.code.size());
  }

  void close_code() {
    block_.count = static_cast<std::uint32_t>(out_.list.code.size()) - block_.first;
  }

  // The registers as they are now are what `target` starts with, if nobody else says otherwise.
  void reach(NodeId target) {
    if (target <= ir::kAcceptNode) return;
    auto& entry = entry_[target];
    if (entry) {
      entry->meet(eval_.registers());
    } else {
      entry = eval_.registers();
    }
  }

  void go_to(NodeId target) {
    close_code();
    block_.exit = Block::Exit::kGoto;
    block_.on_true = target;
    out_.list.blocks.push_back(block_);
    reach(target);
  }

  void jump(Block::Exit exit, Label target) {
    close_code();
    block_.exit = exit;
    block_.on_true = target;
    out_.list.blocks.push_back(block_);
  }

  void branch(std::uint16_t op, std::uint32_t k, Label on_true, Label on_false) {
    close_code();
    block_.exit = Block::Exit::kBranch;
    block_.branch = {op, 0, 0, k};
    block_.on_true = on_true;
    block_.on_false = on_false;
    out_.list.blocks.push_back(block_);
  }

  void test(const Node& n) {
    static constexpr auto kWithK =
        std::to_array<isa::ClassicOp>({isa::kJeqK, isa::kJgtK, isa::kJgeK, isa::kJsetK});
    static constexpr auto kWithX =
        std::to_array<isa::ClassicOp>({isa::kJeqX, isa::kJgtX, isa::kJgeX, isa::kJsetX});
    const auto compare = static_cast<std::size_t>(n.compare);
    if (f_.is_const(n.rhs)) {
      eval_.to_a(n.lhs);
      branch(kWithK[compare], f_.values[n.rhs].k, n.on_true, n.on_false);
    } else {
      eval_.pair(n.lhs, n.rhs);
      branch(kWithX[compare], 0, n.on_true, n.on_false);
    }
    reach(n.on_true);
    reach(n.on_false);
  }

  void choose(const Node& n) {
    eval_.to_a(n.lhs);
    close_code();
    SwitchTree(out_.list).emit(f_.cases_of(n), n.on_false, block_, 0, f_.values[n.lhs].bits);
    ir::for_each_successor(f_, n, [this](NodeId next) { reach(next); });
  }

  void put(isa::ClassicOp op, std::uint32_t k = 0) { out_.list.code.push_back(isa::stmt(op, k)); }

  Label fresh() { return out_.list.labels++; }

  // A = protocol of this header, X = where it starts, less the network offset. Ends when A is
  // wanted, or no header that says how long it is.
  void chain(const Node& n) {
    const ir::Chain& c = f_.chains[n.index];
    const Label again = fresh();
    if (c.ip6) {
      put(isa::kLdxImm, 40);
      put(isa::kLdbAbs, c.network + 6);
    } else {
      put(isa::kLdxMsh, c.network);
      put(isa::kLdbAbs, c.network + 9);
    }
    jump(Block::Exit::kGoto, again);
    const Label authentication = fresh();
    const Label extension = fresh();
    const Label advance = fresh();
    begin(again);
    if (c.ip6) {
      compare_chain({c.protocol, kIpInIp6Hop, kIp6Destination, kIp6Routing, kIp6Fragment},
                    n.on_true, extension);
    } else {
      compare_chain({c.protocol}, n.on_true, extension);
    }
    branch(isa::kJeqK, kAuthentication, authentication, n.on_false);
    // The length of an authentication header counts words of four bytes, less two.
    begin(authentication);
    header_length(c.network, 2, 2);
    jump(Block::Exit::kGoto, advance);
    if (c.ip6) {
      begin(advance);
      to_next_header(again);
      begin(extension);
      header_length(c.network, 1, 3);
      to_next_header(again);
    } else {
      begin(advance);
      to_next_header(again);
    }
    eval_.registers().a = eval_.registers().x = kNone;
    eval_.registers().cells[kChainCell] = kNone;
    reach(n.on_true);
    reach(n.on_false);
  }

  // The first is the wanted one, the rest are extension headers.
  void compare_chain(std::initializer_list<std::uint32_t> protocols, Label wanted,
                     Label extension) {
    Label target = wanted;
    for (const std::uint32_t protocol : protocols) {
      const Label next = fresh();
      branch(isa::kJeqK, protocol, target, next);
      begin(next);
      target = extension;
    }
  }

  // A = (second byte + bias) << shift; the next header's protocol waits in a cell.
  void header_length(std::uint32_t network, std::uint32_t bias, std::uint32_t shift) {
    put(isa::kLdbInd, network);
    put(isa::kSt, kChainCell);
    put(isa::kLdbInd, network + 1);
    put(isa::kAddK, bias);
    put(isa::kLshK, shift);
  }

  void to_next_header(Label again) {
    put(isa::kAddX);
    put(isa::kTax);
    put(isa::kLdMem, kChainCell);
    jump(Block::Exit::kLoop, again);
  }

  const Function& f_;
  const SelectOptions& options_;
  Selection out_;
  Evaluator eval_;
  ir::Vector<std::optional<Registers>> entry_;
  ir::Vector<ir::ValueId> param_values_;
  Block block_;
};

}  // namespace

Selection select(const Function& f, const SelectOptions& options) {
  return Selector(f, options).run();
}

}  // namespace weir::filter::codegen
