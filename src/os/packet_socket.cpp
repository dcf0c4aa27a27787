#include "os/packet_socket.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <linux/filter.h>
#include <linux/if.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/net_tstamp.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fd.h"

namespace weir::os {
namespace {

static_assert(sizeof(ClassicInsn) == sizeof(sock_filter));

std::unexpected<Error> socket_error(std::string_view what) {
  return fail(fmt::format("cannot {}: {}", what, std::strerror(errno)));
}

std::unexpected<Error> cannot_open() {
  if (errno == EPERM) {
    return fail("capturing needs the capability CAP_NET_RAW, which this process lacks",
                "run weir as root, or let it have that alone: `sudo setcap cap_net_raw+ep "
                "$(command -v weir)`",
                ErrorKind::kUnsupported);
  }
  if (errno == EAFNOSUPPORT) {
    return fail("this kernel has no packet sockets", "it needs CONFIG_PACKET",
                ErrorKind::kUnsupported);
  }
  return socket_error("open a packet socket");
}

class Mapping {
 public:
  Mapping() = default;
  explicit Mapping(std::span<std::byte> bytes) : bytes_(bytes) {}
  ~Mapping() {
    if (!bytes_.empty()) ::munmap(bytes_.data(), bytes_.size());
  }
  Mapping(const Mapping&) = delete;
  Mapping(Mapping&&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  Mapping& operator=(Mapping&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }

  std::span<std::byte> bytes() const { return bytes_; }

 private:
  std::span<std::byte> bytes_;
};

class KernelPacketSocket final : public PacketSocket {
 public:
  explicit KernelPacketSocket(Fd fd) : fd_(std::move(fd)) {}

  Result<> set_filter(std::span<const ClassicInsn> program) override {
    std::vector<sock_filter> code;
    code.reserve(program.size());
    for (const ClassicInsn& insn : program)
      code.push_back({.code = insn.code, .jt = insn.jt, .jf = insn.jf, .k = insn.k});
    const sock_fprog filter = {.len = static_cast<unsigned short>(code.size()),
                               .filter = code.data()};
    return set(SOL_SOCKET, SO_ATTACH_FILTER, filter, "attach the filter");
  }

  Result<std::span<std::byte>> map_ring(const RingShape& shape) override {
    if (auto made = make_ring(shape); !made) return std::unexpected(made.error());
    const std::size_t size = std::size_t{shape.block_bytes} * shape.blocks;
    void* at = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd_.get(), 0);
    if (at == MAP_FAILED) return socket_error("map the ring of packets");
    ring_ = Mapping({static_cast<std::byte*>(at), size});
    return ring_.bytes();
  }

  Result<> set_time_stamps(TimeStampType type, const std::string& interface) override {
    if (type == TimeStampType::kHost) return {};
    if (auto on = switch_card_on(interface); !on) return on;
    const int source = type == TimeStampType::kAdapter ? SOF_TIMESTAMPING_SYS_HARDWARE
                                                       : SOF_TIMESTAMPING_RAW_HARDWARE;
    return set(SOL_PACKET, PACKET_TIMESTAMP, source, "choose the card's time stamps");
  }

  Result<> bind(std::uint32_t interface_index) override {
    sockaddr_ll address = {};
    address.sll_family = AF_PACKET;
    address.sll_protocol = htons(ETH_P_ALL);
    address.sll_ifindex = static_cast<int>(interface_index);
    if (::bind(fd_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      return socket_error("listen on the interface");
    return {};
  }

  Result<std::uint16_t> join_fanout(std::optional<std::uint16_t> group) override {
    constexpr std::uint32_t kTypeShift = 16;
    const std::uint32_t type =
        PACKET_FANOUT_HASH | (group ? 0 : static_cast<std::uint32_t>(PACKET_FANOUT_FLAG_UNIQUEID));
    std::uint32_t value = group.value_or(0) | type << kTypeShift;
    if (auto joined = set(SOL_PACKET, PACKET_FANOUT, value, "share packets between rings"); !joined)
      return std::unexpected(joined.error());
    socklen_t size = sizeof value;
    if (::getsockopt(fd_.get(), SOL_PACKET, PACKET_FANOUT, &value, &size) != 0)
      return socket_error("share packets between rings");
    return static_cast<std::uint16_t>(value);
  }

  Result<> be_promiscuous(std::uint32_t interface_index) override {
    packet_mreq request = {};
    request.mr_ifindex = static_cast<int>(interface_index);
    request.mr_type = PACKET_MR_PROMISC;
    return set(SOL_PACKET, PACKET_ADD_MEMBERSHIP, request, "make the interface promiscuous");
  }

  Result<RingCounts> take_counts() override {
    tpacket_stats_v3 counts = {};
    socklen_t size = sizeof counts;
    if (::getsockopt(fd_.get(), SOL_PACKET, PACKET_STATISTICS, &counts, &size) != 0)
      return socket_error("read the counters of the ring");
    return RingCounts{.accepted = counts.tp_packets, .dropped = counts.tp_drops};
  }

  LinkState link_state() override {
    sockaddr_ll address = {};
    socklen_t size = sizeof address;
    const bool known = ::getsockname(fd_.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0;
    if (known && address.sll_ifindex == -1) return LinkState::kGone;
    int error = 0;
    size = sizeof error;
    const bool asked = ::getsockopt(fd_.get(), SOL_SOCKET, SO_ERROR, &error, &size) == 0;
    return asked && error != 0 ? LinkState::kDown : LinkState::kFine;
  }

  int fd() const override { return fd_.get(); }

 private:
  template <typename T>
  Result<> set(int level, int name, const T& value, std::string_view what) {
    if (::setsockopt(fd_.get(), level, name, &value, sizeof value) != 0) return socket_error(what);
    return {};
  }

  Result<> make_ring(const RingShape& shape) {
    const int version = TPACKET_V3;
    if (auto done = set(SOL_PACKET, PACKET_VERSION, version, "use TPACKET_V3"); !done) return done;
    if (auto done =
            set(SOL_PACKET, PACKET_RESERVE, shape.reserve_bytes, "reserve space in the ring");
        !done)
      return done;
    tpacket_req3 request = {};
    request.tp_block_size = shape.block_bytes;
    request.tp_block_nr = shape.blocks;
    request.tp_frame_size = shape.block_bytes;  // of no meaning in this version, but checked
    request.tp_frame_nr = shape.blocks;
    request.tp_retire_blk_tov = shape.retire_ms;
    auto made = set(SOL_PACKET, PACKET_RX_RING, request, "make the ring of packets");
    if (!made) made.error().hint = "ask for a smaller one with `-B KIB`";
    return made;
  }

  Result<> switch_card_on(const std::string& interface) {
    hwtstamp_config wanted = {
        .flags = 0, .tx_type = HWTSTAMP_TX_ON, .rx_filter = HWTSTAMP_FILTER_ALL};
    ifreq request = {};
    interface.copy(request.ifr_name, sizeof request.ifr_name - 1);
    request.ifr_data = reinterpret_cast<char*>(&wanted);
    if (::ioctl(fd_.get(), SIOCSHWTSTAMP, &request) == 0) return {};
    if (errno == EPERM) {
      return fail("time stamps of the card need the capability CAP_NET_ADMIN",
                  "run weir as root, or use `--time-stamp-type host`", ErrorKind::kUnsupported);
    }
    return fail(fmt::format("the card does not stamp all packets: {}", std::strerror(errno)),
                "use `--time-stamp-type host`", ErrorKind::kUnsupported);
  }

  Fd fd_;
  Mapping ring_;
};

}  // namespace

Result<std::unique_ptr<PacketSocket>> open_packet_socket(Framing framing) {
  const int type = framing == Framing::kCooked ? SOCK_DGRAM : SOCK_RAW;
  Fd fd(::socket(AF_PACKET, type | SOCK_CLOEXEC, 0));
  if (!fd) return cannot_open();
  return std::make_unique<KernelPacketSocket>(std::move(fd));
}

}  // namespace weir::os
