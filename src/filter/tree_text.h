// Prints a tree that lies in postorder in a vector, by its own stack: one node a line, parents
// first, children indented by two.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "filter/nodes.h"

namespace weir::filter {

struct Children {
  std::array<NodeId, 2> ids{};
  std::size_t count = 0;
};

template <typename NodeData>
Children children_of(const NodeData& data) {
  return std::visit(
      [](const auto& node) -> Children {
        if constexpr (requires { node.left, node.right; }) {
          return {{node.left, node.right}, 2};
        } else if constexpr (requires { node.operand; }) {
          return {{node.operand}, 1};
        } else if constexpr (requires { node.opening; }) {
          return {{node.opening, node.body}, 2};
        } else if constexpr (requires { node.offset; }) {
          return {{node.offset}, 1};
        } else {
          return {};
        }
      },
      data);
}

// `line` gives a node's own text, without its children.
template <typename Node, typename Line>
std::string print_tree(const std::vector<Node>& nodes, NodeId root, Line line) {
  std::string out;
  std::vector<std::pair<NodeId, std::size_t>> open = {{root, 0}};
  while (!open.empty()) {
    const auto [id, depth] = open.back();
    open.pop_back();
    out.append(depth * 2, ' ');
    out += line(nodes[id]);
    out += '\n';
    const Children children = children_of(nodes[id].data);
    for (std::size_t i = children.count; i-- > 0;) open.emplace_back(children.ids[i], depth + 1);
  }
  return out;
}

}  // namespace weir::filter
