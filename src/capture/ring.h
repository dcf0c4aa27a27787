// Ring: the packets of one interface, or of all, block by block as the kernel fills them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <weir/classic.h>
#include <weir/packet.h>
#include <weir/result.h>

#include "capture/block_reader.h"
#include "capture/frame.h"
#include "os/packet_socket.h"

namespace weir::capture {

struct RingOptions {
  std::string name;  // of the interface, for messages
  std::uint32_t interface_index = os::kAnyInterface;
  FrameShape frames;
  os::RingShape shape;
  os::TimeStampType time_stamps = os::TimeStampType::kHost;
  bool promiscuous = true;
  bool fanout = false;            // it shares the interface's packets with other rings
  bool shares_interface = false;  // with the ring before it
  // What decides about packets in the kernel. When the kernel does not take the first, the second.
  ClassicProgram filter;
  ClassicProgram fallback_filter;
};

class Ring {
 public:
  // No packet that the filter rejects ever gets into the ring: the filter is there before the
  // socket listens. With a fanout nothing gets in before open_entry().
  static Result<Ring> open(RingOptions options, const os::PacketSocketOpener& open_socket);
  // REQUIRES: fanout, in the options. Of a new group without one.
  Result<std::uint16_t> join_fanout(std::optional<std::uint16_t> group) {
    return socket_->join_fanout(group);
  }
  Result<> open_entry();

  // What fills: the only part of it that a thread of its own may use.
  BlockReader& blocks() { return blocks_; }
  const BlockReader& blocks() const { return blocks_; }
  // So many packets of a block were taken.
  void count_taken(std::size_t packets);

  // Since it was opened.
  Result<os::RingCounts> counts();
  // Lets no more packets in. All that were accepted have been taken when is_drained() says so.
  void close_entry();
  Result<bool> is_drained();

  os::LinkState link_state() { return socket_->link_state(); }
  int fd() const { return socket_->fd(); }
  const RingOptions& options() const { return options_; }
  const std::string& name() const { return options_.name; }
  // False: the kernel refused the filter for the reason `filter_error()`.
  bool filters_in_kernel() const { return !filter_error_; }
  const std::optional<Error>& filter_error() const { return filter_error_; }

 private:
  explicit Ring(RingOptions options) : options_(std::move(options)) {}
  Result<> set_up();
  Result<> attach_filter();

  RingOptions options_;
  std::unique_ptr<os::PacketSocket> socket_;
  BlockReader blocks_;
  std::uint64_t frames_taken_ = 0;
  std::uint64_t times_taken_ = 0;
  os::RingCounts counts_;
  std::optional<Error> filter_error_;
};

}  // namespace weir::capture
