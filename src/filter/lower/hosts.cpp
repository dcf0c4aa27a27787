// Hosts and networks: IPv4 in IP, ARP and RARP, IPv6, DECnet; and `gateway`.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "base/endian.h"
#include "filter/lower/ends.h"
#include "filter/lower/link.h"
#include "filter/lower/primitives.h"
#include "filter/lower/stations.h"

namespace weir::filter::lower {
namespace {

using ir::Op;
using ir::ValueId;
using resolved::Many;
using resolved::Prefix4;
using resolved::Prefix6;

// Where a header keeps its two addresses, from the network header.
struct Addresses {
  Proto proto;
  std::uint32_t ether_type;
  std::uint32_t source;
  std::uint32_t destination;
};

constexpr Addresses kIp4{Proto::kIp, kEtherIp, 12, 16};
constexpr Addresses kArp{Proto::kArp, kEtherArp, 14, 24};
constexpr Addresses kRarp{Proto::kRarp, kEtherRarp, 14, 24};
constexpr Addresses kIp6{Proto::kIp6, kEtherIp6, 8, 24};

bool is_contiguous(std::uint32_t mask) { return std::countl_one(mask) == std::popcount(mask); }

ConditionId any_prefix4(Context& c, ValueId field, std::span<const Prefix4> prefixes) {
  const std::uint32_t mask = prefixes.front().mask;
  const bool one_mask =
      std::ranges::all_of(prefixes, [mask](const Prefix4& p) { return p.mask == mask; });
  std::vector<Member> members;
  if (one_mask) {
    if (prefixes.size() == 1) {
      return c.conditions.equal_masked(field, mask, prefixes.front().address);
    }
    for (const Prefix4& p : prefixes) members.push_back({p.address, p.address});
    return c.conditions.member(c.builder.binary_k(Op::kAnd, field, mask), members);
  }
  ConditionId others = Conditions::kFalse;
  for (const Prefix4& p : prefixes) {
    if (is_contiguous(p.mask)) {
      members.push_back({p.address, p.address | ~p.mask});
    } else {
      others = c.conditions.either(others, c.conditions.equal_masked(field, p.mask, p.address));
    }
  }
  return c.conditions.either(c.conditions.member(field, members), others);
}

Guarded host4(Context& c, const Addresses& where, Dir dir, Many many,
              std::span<const Prefix4> prefixes) {
  const auto field = [&](bool source) {
    return c.network(source ? where.source : where.destination, 4);
  };
  const auto some = [&](bool source, std::size_t from, std::size_t to) {
    return any_prefix4(c, field(source), prefixes.subspan(from, to - from));
  };
  const ConditionId ends =
      many == Many::kSet ? at_ends(c.conditions, dir,
                                   [&](bool source) { return some(source, 0, prefixes.size()); })
                         : any_at_ends(c.conditions, dir, prefixes.size(), some, field);
  return {link_protocol(c, where.ether_type), ends};
}

// One element a protocol that has such addresses.
std::vector<Guarded> hosts4(Context& c, Proto proto, Dir dir, Many many,
                            std::span<const Prefix4> prefixes) {
  const auto in = [&](const Addresses& where) { return host4(c, where, dir, many, prefixes); };
  for (const Addresses& where : {kIp4, kArp, kRarp}) {
    if (proto == where.proto) return {in(where)};
  }
  if (c.layout.mpls_depth > 0) return {in(kIp4)};
  return {in(kIp4), in(kArp), in(kRarp)};
}

struct Word {
  std::uint32_t value;
  std::uint32_t mask;
};

Word word_of(const Prefix6& prefix, std::size_t index) {
  const auto* bytes = reinterpret_cast<const std::byte*>(prefix.address.data());
  const int covered =
      std::clamp(static_cast<int>(prefix.length) - static_cast<int>(index) * 32, 0, 32);
  const std::uint32_t mask = covered == 0 ? 0 : 0xffffffffu << (32 - covered);
  return {load_be<std::uint32_t>(bytes + 4 * index), mask};
}

constexpr std::size_t kWords6 = 4;

// Words that the prefix does not cover are not read.
ConditionId one_prefix6(Context& c, std::uint32_t offset, const Prefix6& prefix) {
  ConditionId all = Conditions::kTrue;
  for (std::size_t i = kWords6; i-- > 0;) {
    const Word word = word_of(prefix, i);
    if (word.mask == 0) continue;
    const ValueId field = c.network(offset + static_cast<std::uint32_t>(4 * i), 4);
    const ConditionId equal = c.conditions.equal_masked(field, word.mask, word.value);
    all = all == Conditions::kTrue ? equal : c.conditions.both(equal, all);
  }
  return all;
}

// Many prefixes as a tree: a switch on the first word, in each case one on the next.
class PrefixTree6 {
 public:
  PrefixTree6(Context& c, std::uint32_t offset) : c_(c), offset_(offset) {}

  // REQUIRES: sorted by address, then by length; none lies inside another. Depth is four.
  ConditionId build(std::span<const Prefix6> prefixes, std::size_t index) {
    const ValueId field = c_.network(offset_ + static_cast<std::uint32_t>(4 * index), 4);
    std::vector<Member> members;
    for (std::size_t i = 0; i < prefixes.size();) {
      const Word word = word_of(prefixes[i], index);
      std::size_t end = i + 1;
      while (end < prefixes.size() && word_of(prefixes[end], index).value == word.value &&
             word_of(prefixes[end], index).mask == word.mask) {
        ++end;
      }
      const bool covered = prefixes[i].length <= 32 * (index + 1);
      const ConditionId then =
          covered ? Conditions::kTrue : build(prefixes.subspan(i, end - i), index + 1);
      members.push_back({word.value, word.value | ~word.mask, then});
      i = end;
    }
    return c_.conditions.member(field, members);
  }

 private:
  Context& c_;
  std::uint32_t offset_;
};

bool contains(const Prefix6& outer, const Prefix6& inner) {
  if (inner.length < outer.length) return false;
  for (std::size_t i = 0; i < kWords6; ++i) {
    const Word word = word_of(outer, i);
    if ((word_of(inner, i).value & word.mask) != word.value) return false;
  }
  return true;
}

// From here on a tree is shorter than asking one by one.
constexpr std::size_t kMinTree6 = 8;

ConditionId any_prefix6(Context& c, std::uint32_t offset, std::span<const Prefix6> prefixes) {
  if (prefixes.size() < kMinTree6) {
    ConditionId any = one_prefix6(c, offset, prefixes.front());
    for (const Prefix6& p : prefixes.subspan(1)) {
      any = c.conditions.either(any, one_prefix6(c, offset, p));
    }
    return any;
  }
  std::vector<Prefix6> sorted(prefixes.begin(), prefixes.end());
  std::ranges::sort(sorted, [](const Prefix6& a, const Prefix6& b) {
    return a.address != b.address ? a.address < b.address : a.length < b.length;
  });
  std::vector<Prefix6> outermost;
  for (const Prefix6& p : sorted) {
    if (outermost.empty() || !contains(outermost.back(), p)) outermost.push_back(p);
  }
  if (outermost.size() == 1) return one_prefix6(c, offset, outermost.front());
  return PrefixTree6(c, offset).build(outermost, 0);
}

Guarded hosts6(Context& c, Dir dir, Many many, std::span<const Prefix6> prefixes) {
  const auto some = [&](bool source, std::size_t from, std::size_t to) {
    return any_prefix6(c, source ? kIp6.source : kIp6.destination,
                       prefixes.subspan(from, to - from));
  };
  const auto one_by_one = [&] {
    ConditionId any = Conditions::kFalse;
    for (std::size_t i = 0; i < prefixes.size(); ++i) {
      const ConditionId ends =
          at_ends(c.conditions, dir, [&](bool source) { return some(source, i, i + 1); });
      any = c.conditions.either(any, ends);
    }
    return any;
  };
  ConditionId ends = Conditions::kFalse;
  if (many == Many::kSet) {
    ends =
        at_ends(c.conditions, dir, [&](bool source) { return some(source, 0, prefixes.size()); });
  } else if (prefixes.size() < kMinTree6 || dir == Dir::kSrcAndDst) {
    ends = one_by_one();
  } else {
    ends = any_at_ends(c.conditions, dir, prefixes.size(), some, [&](bool source) {
      return c.network(source ? kIp6.source : kIp6.destination, 4);
    });
  }
  return {link_protocol(c, kIp6.ether_type), ends};
}

// DECnet phase IV has two forms of the header, each with or without a byte of padding before it.
ConditionId decnet_end(Context& c, bool source, std::uint16_t little_endian) {
  struct Form {
    std::uint8_t size;
    std::uint32_t mask;
    std::uint32_t flags;
    std::uint32_t source;
    std::uint32_t destination;
  };
  static constexpr auto kForms = std::to_array<Form>({{1, 0x07, 0x02, 5, 3},
                                                      {2, 0xff07, 0x8102, 6, 4},
                                                      {1, 0x07, 0x06, 17, 9},
                                                      {2, 0xff07, 0x8106, 18, 10}});
  ConditionId any = Conditions::kFalse;
  for (const Form& form : kForms) {
    const ConditionId is_form =
        c.conditions.equal_masked(c.network(2, form.size), form.mask, form.flags);
    const ValueId address = c.network(source ? form.source : form.destination, 2);
    any = c.conditions.either(
        any, c.conditions.both(is_form, c.conditions.equal(address, little_endian)));
  }
  return any;
}

}  // namespace

ConditionId lower(Context& c, const resolved::Host& n) {
  std::vector<Guarded> choices;
  if (n.ip4.count != 0) choices = hosts4(c, n.proto, n.dir, n.many, c.resolved.of4(n.ip4));
  if (n.ip6.count != 0) choices.push_back(hosts6(c, n.dir, n.many, c.resolved.of6(n.ip6)));
  return c.conditions.any_of(choices);
}

ConditionId lower(Context& c, const resolved::DecnetHost& n) {
  const std::uint16_t little_endian = std::byteswap(n.address);
  return c.conditions.both(link_protocol(c, kEtherDecnet),
                           at_ends(c.conditions, n.dir, [&](bool source) {
                             return decnet_end(c, source, little_endian);
                           }));
}

ConditionId lower(Context& c, const resolved::Gateway& n) {
  const ConditionId station =
      station_at(c, Dir::kSrcOrDst, std::span(&n.mac, 1), Many::kAlternatives);
  const std::vector<Guarded> host =
      hosts4(c, n.proto, Dir::kSrcOrDst, Many::kAlternatives, c.resolved.of4(n.ip4));
  return c.conditions.both(station, c.conditions.negate(c.conditions.any_of(host)));
}

}  // namespace weir::filter::lower
