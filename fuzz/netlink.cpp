// Whatever rtnetlink answers, the list of interfaces is read or refused, in a bounded time.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "app/interfaces.h"
#include "harness/fake_netlink.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace weir;
  test::FakeNetlink netlink;
  // Each datagram has its length in front.
  while (size > 1) {
    const std::size_t length = std::min<std::size_t>(std::size_t{data[0]} * 4, size - 1);
    test::Bytes datagram;
    for (std::size_t i = 0; i < length; ++i) datagram.push_back(std::byte{data[1 + i]});
    netlink.answers.push_back(std::move(datagram));
    data += 1 + length;
    size -= 1 + length;
  }
  if (const auto links = os::list_links(netlink)) (void)app::render_interfaces(*links);
  return 0;
}
