#include "recording.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace weir::captures {
namespace {

constexpr std::size_t kSegment = 1400;  // fits with every header that the tests put around it

// Maximum segment size 1460, SACK permitted, window scale 7.
Bytes syn_options() { return bytes_of({2, 4, 0x05, 0xb4, 4, 2, 1, 3, 3, 7, 1, 1}); }

}  // namespace

void sort_by_time(std::vector<Frame>& frames) {
  // std::stable_sort of GCC 12 calls what C++17 deprecates, and clang says so.
  std::vector<std::size_t> order(frames.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(frames[i].time_us, i); });
  std::vector<Frame> sorted;
  sorted.reserve(frames.size());
  for (const std::size_t i : order) sorted.push_back(std::move(frames[i]));
  frames = std::move(sorted);
}

void Link::send(std::int64_t time_us, const Side& from, const Side& to, const Bytes& packet) {
  frames.push_back({.time_us = time_us,
                    .bytes = wrap(from, to, packet),
                    .interface = interface,
                    .comment = std::exchange(comment, {})});
}

Link ethernet_link(std::vector<Frame>& frames, std::vector<std::uint16_t> vlans) {
  const auto wrap = [vlans = std::move(vlans)](const Side& from, const Side& to,
                                               const Bytes& packet) {
    Bytes payload = packet;
    std::uint16_t type = ether_type(from.address);
    for (std::size_t i = vlans.size(); i != 0; --i) {
      payload = tagged(vlans[i - 1], type, payload);
      type = vlans.size() > 1 && i == 1 ? kTypeQinq : kTypeVlan;
    }
    return ethernet(to.mac, from.mac, type, payload);
  };
  return {.frames = frames, .wrap = wrap};
}

TcpFlow::TcpFlow(Link& link, const Side& client, const Side& server, std::int64_t start_us)
    : link_(link),
      client_{client, 0x1000'0000u + client.port * 7919u},
      server_{server, 0x8000'0000u + client.port * 104729u},
      now_us_(start_us),
      id_(static_cast<std::uint16_t>(client.port * 31)) {}

void TcpFlow::open() {
  send(client_, server_, {.sequence = client_.next++, .flags = kSyn, .options = syn_options()}, {});
  send(server_, client_,
       {.sequence = server_.next++,
        .acknowledged = client_.next,
        .flags = kSyn | kAck,
        .options = syn_options()},
       {});
  segment(client_, server_, kAck, {});
}

void TcpFlow::say(End& from, End& to, const Bytes& data) {
  for (std::size_t at = 0; at < data.size(); at += kSegment) {
    const std::size_t end = std::min(at + kSegment, data.size());
    segment(from, to, static_cast<std::uint8_t>(end == data.size() ? kPush | kAck : kAck),
            {data.begin() + static_cast<std::ptrdiff_t>(at),
             data.begin() + static_cast<std::ptrdiff_t>(end)});
  }
  segment(to, from, kAck, {});
}

void TcpFlow::server_repeats() {
  now_us_ += 200'000;
  send(server_, client_, last_fields_, last_data_);
}

void TcpFlow::close() {
  segment(client_, server_, kFin | kAck, {});
  ++client_.next;
  segment(server_, client_, kFin | kAck, {});
  ++server_.next;
  segment(client_, server_, kAck, {});
}

void TcpFlow::server_resets() {
  send(server_, client_,
       {.sequence = server_.next, .acknowledged = client_.next, .flags = kRst | kAck, .window = 0},
       {});
}

void TcpFlow::segment(End& from, const End& to, std::uint8_t flags, const Bytes& data) {
  const TcpFields fields = {
      .sequence = from.next, .acknowledged = to.next, .flags = flags, .window = 502};
  send(from, to, fields, data);
  from.next += static_cast<std::uint32_t>(data.size());
  if (data.empty()) return;
  last_fields_ = fields;
  last_data_ = data;
}

void TcpFlow::send(const End& from, const End& to, const TcpFields& fields, const Bytes& data) {
  IpFields header = {
      .from = from.side.address, .to = to.side.address, .protocol = kTcp, .id = ++id_};
  Bytes payload = tcp(from.side, to.side, fields, data);
  if (ip6_options_) {
    header.protocol = *ip6_options_;
    payload = ip6_options(kTcp) + payload;
  }
  link_.send(now_us_, from.side, to.side, ip(header, payload));
  wait();
}

// Between 80 us and 6 ms, never the same twice in a row.
void TcpFlow::wait() {
  ++steps_;
  now_us_ += 80 + (steps_ * 2654435761u >> 19) % 5920;
}

Bytes udp_packet(const Side& from, const Side& to, const Bytes& payload, std::uint16_t id) {
  return ip({.from = from.address, .to = to.address, .protocol = kUdp, .id = id},
            udp(from, to, payload));
}

}  // namespace weir::captures
