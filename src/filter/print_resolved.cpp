#include <fmt/format.h>

#include <iterator>
#include <variant>

#include "filter/address.h"
#include "filter/node_text.h"
#include "filter/resolved.h"
#include "filter/tree_text.h"

namespace weir::filter {
namespace {

std::string element_text(const resolved::Prefix4& p) {
  return fmt::format("{}/{}", format_ip4(p.address), format_ip4(p.mask));
}

std::string element_text(const resolved::Prefix6& p) {
  return fmt::format("{}/{}", format_ip6(p.address), p.length);
}

std::string element_text(const resolved::Range& r) {
  return r.lo == r.hi ? fmt::format("{}", r.lo) : fmt::format("{}-{}", r.lo, r.hi);
}

std::string element_text(const MacAddress& mac) { return format_mac(mac); }

// "host proto=any dir=src set {10.0.0.1/255.255.255.255, ...}"
class ResolvedPrinter {
 public:
  explicit ResolvedPrinter(const Resolved& tree)
      : tree_(tree), pools_{.numbers = tree.numbers, .flags = tree.flags, .bytes = tree.bytes} {}

  std::string line(const resolved::Node& node) const {
    return std::visit([&](const auto& data) { return of(data); }, node.data);
  }

 private:
  template <typename Elements>
  static void append(std::string& out, const Elements& elements) {
    for (const auto& element : elements) {
      if (out.back() != '{') out += ", ";
      out += element_text(element);
    }
  }

  static std::string start(std::string_view what, Proto proto, Dir dir, resolved::Many many) {
    return fmt::format("{} proto={} dir={}{} {{", what, proto_text(proto), dir_text(dir),
                       many == resolved::Many::kSet ? " set" : "");
  }

  std::string of(const resolved::Host& node) const {
    std::string out = start("host", node.proto, node.dir, node.many);
    append(out, tree_.of4(node.ip4));
    append(out, tree_.of6(node.ip6));
    return out + '}';
  }

  std::string of(const resolved::DecnetHost& node) const {
    return fmt::format("decnet dir={} {}.{}", dir_text(node.dir), node.address >> 10,
                       node.address & 0x3ff);
  }

  std::string of(const resolved::EtherHost& node) const {
    std::string out = start("ether", Proto::kLink, node.dir, node.many);
    append(out, tree_.of_macs(node.macs));
    return out + '}';
  }

  std::string of(const resolved::ArcnetHost& node) const {
    return fmt::format("arcnet dir={} {:#04x}", dir_text(node.dir), node.address);
  }

  std::string of(const resolved::Gateway& node) const {
    std::string out =
        fmt::format("gateway proto={} {} {{", proto_text(node.proto), format_mac(node.mac));
    append(out, tree_.of4(node.ip4));
    return out + '}';
  }

  std::string of(const resolved::Port& node) const {
    std::string out = start("port", node.proto, node.dir, node.many);
    append(out, tree_.of_ranges(node.ranges));
    return out + '}';
  }

  std::string of(const resolved::Protocol& node) const {
    std::string out = fmt::format("protocol in={} {{", proto_text(node.proto));
    append(out, tree_.of_ranges(node.ranges));
    return out + '}';
  }

  std::string of(const resolved::Protochain& node) const {
    return fmt::format("protochain in={} {}", proto_text(node.proto), node.value);
  }

  std::string of(const resolved::Encapsulation& node) const {
    std::string out(name_of(node.encap));
    if (node.ranges.count == 0) return out;
    out += " {";
    append(out, tree_.of_ranges(node.ranges));
    return out + '}';
  }

  template <typename Shared>
  std::string of(const Shared& node) const {
    return filter::text_of(node, pools_);
  }

  const Resolved& tree_;
  SharedPools pools_;
};

}  // namespace

std::string print_resolved(const Resolved& resolved) {
  if (resolved.empty()) return "everything\n";
  const ResolvedPrinter printer(resolved);
  return print_tree(resolved.nodes, resolved.root(),
                    [&](const resolved::Node& node) { return printer.line(node); });
}

}  // namespace weir::filter
