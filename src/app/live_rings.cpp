#include "app/live_rings.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "app/interfaces.h"
#include "app/link_type_warnings.h"
#include "capture/link_types.h"
#include "isa/classic.h"

namespace weir::app {
namespace {

constexpr std::uint32_t kKib = 1024;
// A packet has to fit into a block; most are far shorter than the longest that may come.
constexpr std::uint32_t kSmallestBlock = 256 * kKib;
constexpr std::uint32_t kLargestBlock = 1024 * kKib;
constexpr std::uint32_t kHeadersOfBlock = 512;
constexpr std::uint32_t kLongestPacket = 65536;
constexpr std::uint32_t kRetireMs = 100;
constexpr std::uint32_t kRetireImmediatelyMs = 1;

os::RingShape shape_of(const LiveOptions& live, std::uint32_t longest_packet) {
  const std::uint32_t wanted = std::max(longest_packet, kLongestPacket) + kHeadersOfBlock;
  const std::uint32_t block =
      std::clamp(std::bit_ceil(std::min(wanted, kLargestBlock)), kSmallestBlock, kLargestBlock);
  const std::uint64_t bytes =
      std::uint64_t{live.ring_kib == 0 ? kDefaultRingKib : live.ring_kib} * kKib;
  return {.block_bytes = block,
          .blocks = static_cast<std::uint32_t>(std::max<std::uint64_t>(bytes / block, 2)),
          .retire_ms = live.immediate ? kRetireImmediatelyMs : kRetireMs,
          .reserve_bytes = capture::kReserveBytes};
}

Result<capture::OfferedLinkType> choose(const std::vector<capture::OfferedLinkType>& offered,
                                        const std::optional<LinkType>& wanted,
                                        const std::string& interface) {
  if (!wanted) return offered.front();
  const auto found = std::ranges::find(offered, *wanted, &capture::OfferedLinkType::type);
  if (found != offered.end()) return *found;
  return fail(
      fmt::format("`{}` has no packets of link type {}", interface, link_type_text(*wanted)),
      fmt::format("`weir capture -i {} -L` lists what it has", interface));
}

LiveFilter filter_that_rejects_all() {
  LiveFilter out;
  out.kernel = out.kernel_fallback = {isa::stmt(isa::kRetK, 0)};
  return out;
}

class Planner {
 public:
  Planner(const CaptureOptions& options, const LiveOptions& live, const Expression& expression,
          std::span<const os::Link> links)
      : options_(options), live_(live), expression_(expression), links_(links) {}

  Outcome<std::vector<LiveRing>> plan() const {
    std::vector<LiveRing> out;
    for (const std::string& name : live_.interfaces) {
      auto ring = name == kEveryInterface ? plan_any() : plan_named(name);
      if (!ring) return std::unexpected(std::move(ring.error()));
      if (std::ranges::find(out, ring->options.interface_index, index_of) != out.end())
        return failure(named_twice(ring->options.name));
      add_rings(std::move(*ring), out);
    }
    if (live_.interfaces.empty()) {
      auto ring = plan_default();
      if (!ring) return std::unexpected(std::move(ring.error()));
      add_rings(std::move(*ring), out);
    }
    return matching(std::move(out));
  }

 private:
  static std::uint32_t index_of(const LiveRing& ring) { return ring.options.interface_index; }

  static Error named_twice(const std::string& name) {
    return fail(fmt::format("the interface `{}` is named twice", name), "give `-i` once for each",
                ErrorKind::kUsage)
        .error();
  }

  // An error only when no packet of any of them can match.
  static Outcome<std::vector<LiveRing>> matching(std::vector<LiveRing> rings) {
    const auto fails = [](const LiveRing& ring) { return ring.never_matches.has_value(); };
    if (std::ranges::all_of(rings, fails))
      return std::unexpected(std::move(*rings.front().never_matches));
    for (LiveRing& ring : rings) {
      if (!ring.never_matches) continue;
      ring.remarks = as_warnings(ring.never_matches->remarks, ring.options.frames.link_type.type);
    }
    return rings;
  }

  Outcome<LiveRing> plan_default() const {
    const auto link = default_interface(links_);
    if (!link) return failure(link.error());
    return plan_link(**link);
  }

  // As many of the kind as one interface has.
  void add_rings(LiveRing ring, std::vector<LiveRing>& out) const {
    ring.options.fanout = live_.fanout > 1;
    for (std::uint32_t i = 0; i < live_.fanout; ++i) {
      ring.options.shares_interface = i > 0;
      out.push_back(ring);
    }
  }

  Outcome<LiveRing> plan_named(const std::string& name) const {
    const auto link = find_interface(links_, name);
    if (!link) return failure(link.error());
    return plan_link(**link);
  }

  Outcome<LiveRing> plan_link(const os::Link& link) const {
    if (!link.is_up()) {
      return failure(Error{.message = fmt::format("the interface `{}` is down", link.name),
                           .hint = fmt::format("bring it up: `ip link set {} up`", link.name),
                           .offset = {}});
    }
    const bool echoes = link.is_loopback() || (link.hardware_type == capture::kCanHardware &&
                                               live_.directions != Directions::kOut);
    return plan_ring(link.name, capture::offered_link_types(link),
                     {.index = link.index,
                      .longest_packet = link.largest_packet,
                      .loopback_index = 0,
                      .only_loopback = echoes});
  }

  Outcome<LiveRing> plan_any() const {
    const auto loopback = std::ranges::find_if(links_, &os::Link::is_loopback);
    std::uint32_t longest = 0;
    for (const os::Link& link : links_) longest = std::max(longest, link.largest_packet);
    return plan_ring(std::string(kEveryInterface), capture::offered_for_any(),
                     {.index = os::kAnyInterface,
                      .longest_packet = longest,
                      .loopback_index = loopback == links_.end() ? 0 : loopback->index,
                      .only_loopback = false});
  }

  struct Listening {
    std::uint32_t index;
    std::uint32_t longest_packet;
    std::uint32_t loopback_index;
    bool only_loopback;
  };

  Outcome<LiveRing> plan_ring(const std::string& name,
                              const std::vector<capture::OfferedLinkType>& offered,
                              const Listening& listening) const {
    const auto link_type = choose(offered, options_.link_type, name);
    if (!link_type) return failure(link_type.error());
    auto filter =
        make_live_filter(expression_, {.link_type = link_type->type,
                                       .cooked = link_type->header != capture::CookedHeader::kNone,
                                       .directions = live_.directions,
                                       .loopback_index = listening.loopback_index,
                                       .only_loopback = listening.only_loopback});
    LiveRing out;
    if (!filter) {
      if (!never_matches(filter.error())) return std::unexpected(std::move(filter.error()));
      out.never_matches = std::move(filter.error());
      filter = filter_that_rejects_all();
    }
    out.options = {.name = name,
                   .interface_index = listening.index,
                   .frames = {.link_type = *link_type,
                              .snaplen = expression_.options().snaplen,
                              .interface_id = 0,
                              .nanoseconds = live_.nanoseconds},
                   .shape = shape_of(live_, listening.longest_packet),
                   .time_stamps = live_.time_stamps,
                   .promiscuous = live_.promiscuous,
                   .filter = std::move(filter->kernel),
                   .fallback_filter = std::move(filter->kernel_fallback)};
    if (filter->kernel_cannot) out.options.filter = out.options.fallback_filter;
    out.kernel_cannot = std::move(filter->kernel_cannot);
    out.remarks = std::move(filter->remarks);
    return out;
  }

  const CaptureOptions& options_;
  const LiveOptions& live_;
  const Expression& expression_;
  std::span<const os::Link> links_;
};

}  // namespace

Outcome<std::vector<LiveRing>> plan_rings(const CaptureOptions& options, const LiveOptions& live,
                                          const Expression& expression,
                                          std::span<const os::Link> links) {
  return Planner(options, live, expression, links).plan();
}

std::optional<std::uint32_t> netmask_of(const LiveOptions& live, std::span<const os::Link> links) {
  const auto is_meant = [&](const os::Link& link) {
    return live.interfaces.empty()
               ? link.is_up() && !link.is_loopback()
               : std::ranges::find(live.interfaces, link.name) != live.interfaces.end();
  };
  for (const os::Link& link : links) {
    if (!is_meant(link)) continue;
    if (const auto network = ip4_network_of(link)) return network->mask;
  }
  return std::nullopt;
}

}  // namespace weir::app
