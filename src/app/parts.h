// The parts of an expression: its tests and how they are combined, as a reader would list them; and
// what each makes of a packet.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include <weir/packet.h>

#include "app/explain.h"
#include "filter/ast.h"
#include "filter/compile.h"
#include "filter/resolved.h"

namespace weir::app {

// A part and the node of the resolved expression that it stands for.
struct PartNode {
  Part part;
  filter::NodeId node;
};

// Parents before their children, in the order of the text. `a and b and c` is one part with three
// children. `ast` and `resolved` are of the same text and have no Invalid node.
std::vector<PartNode> list_parts(const filter::Ast& ast, const filter::Resolved& resolved,
                                 std::string_view text);

// Fills in the verdicts and marks the part that decides.
// REQUIRES: the resolved expression compiles with these options.
void judge_parts(std::vector<PartNode>& parts, const filter::Resolved& resolved,
                 const filter::Options& options, const Packet& packet);

}  // namespace weir::app
