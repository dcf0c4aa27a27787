// Names to numbers, each with its error when there is none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/names.h"
#include "diag/diagnostic.h"
#include "filter/compile.h"
#include "filter/vocabulary.h"

namespace weir::filter {

// Where a name was written: in the text, or in a list file.
struct NamePlace {
  diag::SourceRange range;
  std::string where;  // "blocklist.txt:3: ", empty in the text
};

class Lookup {
 public:
  Lookup(const Options& options, diag::Diagnostics& diagnostics)
      : names_(options.names), diagnostics_(diagnostics) {}

  // The addresses that fit the protocol: IPv6 only for kIp6, IPv4 only for kIp, kArp, kRarp.
  std::optional<HostAddresses> host(std::string_view name, Proto proto,
                                    const NamePlace& place) const;
  std::optional<MacAddress> ether(std::string_view name, const NamePlace& place) const;
  // As networks(5) has it, not shifted; never 0.
  std::optional<std::uint32_t> network(std::string_view name, const NamePlace& place) const;

  struct Service {
    Proto proto;  // kNone: the same number for TCP and UDP
    std::uint16_t port;
  };
  // With `proto` kNone, what libpcap takes: TCP's number, and of TCP alone unless UDP has it too.
  std::optional<Service> service(std::string_view name, Proto proto, const NamePlace& place) const;

  // A value of the field that `PROTO proto` tests.
  std::optional<std::uint32_t> protocol(std::string_view name, Proto proto,
                                        const NamePlace& place) const;

 private:
  bool may_look_up(std::string_view name, std::string_view what, const NamePlace& place) const;
  void unknown(std::string_view name, std::string_view what, const NamePlace& place,
               std::string hint) const;

  const Names* names_;
  diag::Diagnostics& diagnostics_;
};

}  // namespace weir::filter
