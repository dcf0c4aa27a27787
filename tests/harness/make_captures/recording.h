// A Recording: frames with their times, and the conversations that make them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "layers.h"

namespace weir::captures {

struct Frame {
  std::int64_t time_us = 0;  // since the recording began
  Bytes bytes;
  std::uint32_t interface = 0;
  std::string comment = {};  // pcapng only
};

// 2024-05-14 09:30:00 UTC.
inline constexpr std::int64_t kRecordingBegan = 1'715'679'000;

// In the order of their times; frames of one time keep the order in which they were made.
void sort_by_time(std::vector<Frame>& frames);

// Where packets go: how a link wraps them, and where the frames are kept.
struct Link {
  std::vector<Frame>& frames;
  // A network layer packet from one side to the other as a frame.
  std::function<Bytes(const Side& from, const Side& to, const Bytes& packet)> wrap;
  std::uint32_t interface = 0;
  std::string comment = {};  // of the next frame

  void send(std::int64_t time_us, const Side& from, const Side& to, const Bytes& packet);
};

// Plain Ethernet, or with VLAN tags around the packet, the outermost first.
Link ethernet_link(std::vector<Frame>& frames, std::vector<std::uint16_t> vlans = {});

// A TCP connection that has delays, sequence numbers and options as a real one has.
class TcpFlow {
 public:
  TcpFlow(Link& link, const Side& client, const Side& server, std::int64_t start_us);

  // Between the IPv6 header and the segment.
  void use_ip6_options(std::uint8_t kind) { ip6_options_ = kind; }

  void open();
  void client_says(const Bytes& data) { say(client_, server_, data); }
  void server_says(const Bytes& data) { say(server_, client_, data); }
  // The last segment of the server once more, as after a loss.
  void server_repeats();
  void close();
  void server_resets();

  std::int64_t now_us() const { return now_us_; }

 private:
  struct End {
    Side side;
    std::uint32_t next = 0;  // sequence number
  };

  void say(End& from, End& to, const Bytes& data);
  void segment(End& from, const End& to, std::uint8_t flags, const Bytes& data);
  void send(const End& from, const End& to, const TcpFields& fields, const Bytes& data);
  void wait();

  Link& link_;
  End client_;
  End server_;
  std::int64_t now_us_;
  std::uint16_t id_;
  std::uint32_t steps_ = 0;
  std::optional<std::uint8_t> ip6_options_;
  TcpFields last_fields_;
  Bytes last_data_;
};

// A UDP datagram in an IP packet.
Bytes udp_packet(const Side& from, const Side& to, const Bytes& payload, std::uint16_t id = 0);

}  // namespace weir::captures
