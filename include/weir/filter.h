// Filter: an expression of the pcap-filter language, compiled, and run on packets.
//
//   auto filter = weir::Filter::compile("tcp port 80");
//   if (!filter) std::cerr << filter.error().message;
//   else if (filter->matches(bytes, bytes.size())) ...
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <weir/classic.h>
#include <weir/link_type.h>
#include <weir/packet.h>
#include <weir/result.h>

namespace weir {

struct FilterOptions {
  LinkType link_type = LinkType::kEn10mb;
  std::uint32_t snaplen = 262144;  // what the code returns for a packet that matches
  bool optimize = true;
  bool strict = false;  // libpcap's language only, without weir's additions
  bool live = false;    // for a Linux socket: the code may load the kernel's own facts
  bool names = true;    // look up names of hosts, services, protocols, networks on this machine
  std::optional<std::uint32_t> netmask = {};  // host order; `ip broadcast` needs it
  // Of the machine that captured: link type NULL writes its header in it.
  std::endian capture_order = std::endian::native;
};

// A value: copies are independent, and one may be used by several threads.
class Filter {
 public:
  // The message of the Error has a line for each mistake in the expression, and points into it.
  static Result<Filter> compile(std::string_view expression, const FilterOptions& options = {});

  // `bytes` from the link-layer header on; `wire_length` is what `len` means. Not for code compiled
  // for a live socket, which only the kernel can run in full: its own loads find nothing here.
  bool matches(std::span<const std::byte> bytes, std::uint32_t wire_length) const;
  bool matches(const Packet& packet) const { return matches(packet.bytes, packet.wire_length); }

  const ClassicProgram& program() const;

 private:
  struct Code;
  explicit Filter(std::shared_ptr<const Code> code) : code_(std::move(code)) {}

  std::shared_ptr<const Code> code_;  // never changes, and is shared by all copies
};

}  // namespace weir
