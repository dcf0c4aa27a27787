#include "cable.h"

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sched.h>
#include <sys/socket.h>

#include <chrono>
#include <fstream>
#include <span>
#include <vector>

#include "base/check.h"
#include "base/writer.h"
#include "bench/command.h"

namespace weir::bench {
namespace {

using Clock = std::chrono::steady_clock;

const std::string kFarEnd = "v1";
constexpr std::size_t kBatch = 64;
constexpr std::uint16_t kPayload = 18;  // the shortest frame of Ethernet
constexpr int kInternet = 0x0800;

// For another host, so that the near end's own stack drops it at once.
void put_ethernet(ByteWriter& out) {
  out.u16(0x0200);
  out.u32(0x77);
  out.u16(0x0200);
  out.u32(0x01);
  out.u16(kInternet);
}

std::vector<std::byte> udp_frame(std::uint16_t source_port) {
  ByteWriter out;
  put_ethernet(out);
  out.u16(0x4500);
  out.u16(20 + 8 + kPayload);
  out.u32(0);
  out.u16(64 << 8 | IPPROTO_UDP);
  out.u16(0);
  out.u32(0x0a09'0001);
  out.u32(0x0a09'0002);
  out.u16(source_port);
  out.u16(9999);
  out.u16(8 + kPayload);
  out.u16(0);
  out.zeros(kPayload);
  return {out.bytes().begin(), out.bytes().end()};
}

// What one call hands to the kernel: packets of as many flows.
class FloodBatch {
 public:
  FloodBatch() {
    for (std::size_t i = 0; i < kBatch; ++i) {
      frames_[i] = udp_frame(static_cast<std::uint16_t>(40'000 + i));
      parts_[i] = {.iov_base = frames_[i].data(), .iov_len = frames_[i].size()};
      messages_[i].msg_hdr.msg_iov = &parts_[i];
      messages_[i].msg_hdr.msg_iovlen = 1;
    }
  }

  // Returns how many went out; none when the cable is full for now.
  std::uint64_t send(int socket, std::uint64_t at_most) {
    const auto count = static_cast<unsigned>(std::min<std::uint64_t>(at_most, kBatch));
    const int sent = ::sendmmsg(socket, messages_.data(), count, 0);
    WEIR_CHECK(sent >= 0 || errno == ENOBUFS || errno == EAGAIN);
    return sent < 0 ? 0 : static_cast<std::uint64_t>(sent);
  }

 private:
  std::array<std::vector<std::byte>, kBatch> frames_;
  std::array<iovec, kBatch> parts_ = {};
  std::array<mmsghdr, kBatch> messages_ = {};
};

Fd this_network() { return Fd(::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC)); }

void enter(const Fd& network) { WEIR_CHECK(::setns(network.get(), CLONE_NEWNET) == 0); }

// Silent until somebody sends.
void bring_up(const std::string& name) {
  std::ofstream("/proc/sys/net/ipv6/conf/" + name + "/disable_ipv6") << 1;
  run({"ip", "link", "set", name, "up"});
}

Fd sender_on(const std::string& name) {
  Fd out(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0));
  const int yes = 1;
  WEIR_CHECK(::setsockopt(out.get(), SOL_PACKET, PACKET_QDISC_BYPASS, &yes, sizeof yes) == 0);
  sockaddr_ll to = {};
  to.sll_family = AF_PACKET;
  to.sll_protocol = htons(kInternet);
  to.sll_ifindex = static_cast<int>(::if_nametoindex(name.c_str()));
  WEIR_CHECK(::bind(out.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0);
  return out;
}

}  // namespace

Result<Cable> Cable::lay() {
  if (::unshare(CLONE_NEWNET) != 0)
    return fail("this user may not make network namespaces", "run it as root");
  const Fd far = this_network();
  WEIR_CHECK(::unshare(CLONE_NEWNET) == 0);
  const Fd near = this_network();
  const std::string far_path =
      "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(far.get());
  run({"ip", "link", "add", kNearEnd, "type", "veth", "peer", "name", kFarEnd, "netns", far_path});
  bring_up(kNearEnd);
  enter(far);
  bring_up(kFarEnd);
  Fd sender = sender_on(kFarEnd);
  enter(near);
  return Cable(std::move(sender));
}

double Cable::flood(std::uint64_t packets, std::uint64_t rate) {
  FloodBatch batch;
  const Clock::time_point begin = Clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - begin).count(); };
  for (std::uint64_t sent = 0; sent < packets;) {
    if (rate != 0 && static_cast<double>(sent) > seconds() * static_cast<double>(rate)) continue;
    sent += batch.send(sender_.get(), packets - sent);
  }
  return seconds();
}

void run_on(unsigned processor) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(processor, &set);
  (void)::sched_setaffinity(0, sizeof set, &set);
}

}  // namespace weir::bench
