#include "object/core_members.h"

#include <unordered_set>

namespace weir::object {
namespace {

// Calls `see` with each named member, depth first, until that returns true. A type that was
// searched once is not searched again, so that damaged types cannot make this long.
template <typename See>
void walk_members(const Btf& btf, BtfId composite, See&& see) {
  struct MemberFrame {
    BtfId owner;
    std::uint32_t next;
    std::uint64_t bit_offset;
  };
  std::vector<MemberFrame> stack = {{.owner = composite, .next = 0, .bit_offset = 0}};
  std::unordered_set<BtfId> entered = {composite};
  while (!stack.empty()) {
    MemberFrame& frame = stack.back();
    const auto members = btf.members(frame.owner);
    if (frame.next == members.size()) {
      stack.pop_back();
      continue;
    }
    const std::uint32_t index = frame.next++;
    const BtfMember& member = members[index];
    const FoundMember found = {
        .owner = frame.owner, .index = index, .bit_offset = frame.bit_offset + member.bit_offset};
    if (!member.name.empty()) {
      if (see(member, found)) return;
      continue;
    }
    const BtfId inner = btf.resolve(member.type);
    if (is_composite(btf.kind(inner)) && entered.insert(inner).second) {
      stack.push_back({.owner = inner, .next = 0, .bit_offset = found.bit_offset});
    }
  }
}

}  // namespace

std::optional<FoundMember> find_member(const Btf& btf, BtfId composite, std::string_view name) {
  std::optional<FoundMember> out;
  walk_members(btf, composite, [&](const BtfMember& member, const FoundMember& found) {
    if (member.name == name) out = found;
    return out.has_value();
  });
  return out;
}

std::vector<std::string_view> member_names(const Btf& btf, BtfId composite) {
  std::vector<std::string_view> out;
  walk_members(btf, composite, [&](const BtfMember& member, const FoundMember&) {
    out.push_back(member.name);
    return false;
  });
  return out;
}

}  // namespace weir::object
