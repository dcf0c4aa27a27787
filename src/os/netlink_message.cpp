#include "os/netlink_message.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include <algorithm>
#include <cstring>

#include "base/writer.h"

namespace weir::os {
namespace {

constexpr std::uint16_t kAttributeType = 0x3fff;  // the other bits: nested, network byte order
constexpr int kMaxDumps = 10;                     // until a list holds still

struct Answer {
  bool done = false;
  bool interrupted = false;  // the list changed while it was told
};

std::vector<std::byte> dump_request(std::uint16_t type) {
  ByteWriter out(std::endian::native);
  out.u32(sizeof(nlmsghdr) + sizeof(rtgenmsg));
  out.u16(type);
  out.u16(NLM_F_REQUEST | NLM_F_DUMP);
  out.u32(1);  // sequence number; a socket asks one thing at a time
  out.u32(0);
  out.u8(0);  // AF_UNSPEC: of every family
  out.align(NLMSG_ALIGNTO);
  return out.release();
}

std::unexpected<Error> refused(ByteReader reader) {
  const auto code = static_cast<std::int32_t>(reader.u32());
  return fail(std::string("the kernel does not list interfaces: ") + std::strerror(-code));
}

std::unexpected<Error> garbled() { return fail("the kernel's list of interfaces is garbled"); }

// One datagram holds several messages.
Result<Answer> take_datagram(std::span<const std::byte> datagram,
                             const std::function<Result<>(const NetlinkMessage&)>& take) {
  ByteReader reader(datagram, std::endian::native);
  Answer answer;
  while (!reader.at_end()) {
    const std::uint32_t length = reader.u32();
    const std::uint16_t type = reader.u16();
    const std::uint16_t flags = reader.u16();
    reader.skip(8);  // sequence number and port
    if (!reader.ok() || length < sizeof(nlmsghdr)) return garbled();
    const auto body = reader.take(length - sizeof(nlmsghdr));
    if (!reader.ok()) return garbled();
    answer.interrupted = answer.interrupted || (flags & NLM_F_DUMP_INTR) != 0;
    if (type == NLMSG_ERROR) return refused(ByteReader(body, std::endian::native));
    answer.done = type == NLMSG_DONE;
    if (answer.done) return answer;
    if (const Result<> taken = take({.type = type, .body = body}); !taken)
      return std::unexpected(taken.error());
    reader.skip(std::min((NLMSG_ALIGNTO - length % NLMSG_ALIGNTO) % NLMSG_ALIGNTO,
                         static_cast<std::uint32_t>(reader.remaining())));
  }
  return answer;
}

// True when the list held still.
Result<bool> dump_once(Netlink& netlink, std::uint16_t type,
                       const std::function<Result<>(const NetlinkMessage&)>& take) {
  if (const Result<> sent = netlink.send(dump_request(type)); !sent)
    return std::unexpected(sent.error());
  bool interrupted = false;
  for (;;) {
    const auto datagram = netlink.receive();
    if (!datagram) return std::unexpected(datagram.error());
    // An empty one would be asked for without end.
    if (datagram->empty()) return garbled();
    const Result<Answer> answer = take_datagram(*datagram, take);
    if (!answer) return std::unexpected(answer.error());
    interrupted = interrupted || answer->interrupted;
    if (answer->done) return !interrupted;
  }
}

}  // namespace

std::string NetlinkAttribute::text() const {
  const auto end = std::ranges::find(value, std::byte{0});
  std::string out;
  std::ranges::transform(value.begin(), end, std::back_inserter(out),
                         [](std::byte byte) { return static_cast<char>(byte); });
  return out;
}

Result<> netlink_dump(Netlink& netlink, std::uint16_t type, const std::function<void()>& begin,
                      const std::function<Result<>(const NetlinkMessage&)>& take) {
  for (int i = 0; i < kMaxDumps; ++i) {
    begin();
    const Result<bool> whole = dump_once(netlink, type, take);
    if (!whole) return std::unexpected(whole.error());
    if (*whole) return {};
  }
  return fail("the list of interfaces changes all the time", "try again");
}

Result<std::vector<NetlinkAttribute>> netlink_attributes(std::span<const std::byte> bytes) {
  constexpr std::size_t kHeader = 4;
  std::vector<NetlinkAttribute> out;
  ByteReader reader(bytes, std::endian::native);
  while (reader.remaining() >= kHeader) {
    const std::uint16_t length = reader.u16();
    const std::uint16_t type = reader.u16();
    if (length < kHeader || length - kHeader > reader.remaining()) return garbled();
    out.push_back({.type = static_cast<std::uint16_t>(type & kAttributeType),
                   .value = reader.take(length - kHeader)});
    reader.skip(std::min<std::size_t>((4u - length % 4u) % 4u, reader.remaining()));
  }
  return out;
}

}  // namespace weir::os
