// Netlink messages taken apart and put together: headers and attributes (linux/netlink.h), all in
// native byte order. What the kernel sent is read as untrusted bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <weir/result.h>

#include "base/reader.h"
#include "os/netlink.h"

namespace weir::os {

struct NetlinkMessage {
  std::uint16_t type = 0;
  std::span<const std::byte> body;  // behind the header
};

struct NetlinkAttribute {
  std::uint16_t type = 0;  // without its flags
  std::span<const std::byte> value;

  std::uint32_t u32() const { return ByteReader(value, std::endian::native).u32(); }
  // Up to its first zero.
  std::string text() const;
};

// Calls `take` for each message of the answer to "tell all of `type`" for one family. `take` may be
// called again from the start of the list: `begin` says so, since the kernel's list changed while
// it was told.
Result<> netlink_dump(Netlink& netlink, std::uint16_t type, const std::function<void()>& begin,
                      const std::function<Result<>(const NetlinkMessage&)>& take);

// The attributes in `bytes`; an Error when they do not add up.
Result<std::vector<NetlinkAttribute>> netlink_attributes(std::span<const std::byte> bytes);

}  // namespace weir::os
