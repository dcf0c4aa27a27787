#include "os/names.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/ether.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

namespace weir::os {
namespace {

// The *_r functions of netdb.h put their strings here; ERANGE asks for more than any sane entry
// has.
using Scratch = std::array<char, 8192>;

struct TransportName {
  Transport transport;
  const char* name;
};
constexpr TransportName kTransports[] = {
    {Transport::kTcp, "tcp"}, {Transport::kUdp, "udp"}, {Transport::kSctp, "sctp"}};

struct AddressListDeleter {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};
using AddressList = std::unique_ptr<addrinfo, AddressListDeleter>;

template <typename T>
void add_unique(std::vector<T>& list, const T& value) {
  if (std::ranges::find(list, value) == list.end()) list.push_back(value);
}

void add_address(HostAddresses& out, const addrinfo& entry) {
  if (entry.ai_family == AF_INET) {
    sockaddr_in address;
    std::memcpy(&address, entry.ai_addr, sizeof address);
    add_unique(out.ip4, ntohl(address.sin_addr.s_addr));
  } else if (entry.ai_family == AF_INET6) {
    sockaddr_in6 address;
    std::memcpy(&address, entry.ai_addr, sizeof address);
    Ip6Address bytes;
    std::memcpy(bytes.data(), &address.sin6_addr, bytes.size());
    add_unique(out.ip6, bytes);
  }
}

class SystemNames final : public Names {
 public:
  Result<HostAddresses> host(const std::string& name) const override {
    addrinfo wanted{};
    wanted.ai_family = AF_UNSPEC;
    wanted.ai_socktype = SOCK_STREAM;  // otherwise each address comes once a socket type
    addrinfo* found = nullptr;
    const int status = getaddrinfo(name.c_str(), nullptr, &wanted, &found);
    const AddressList list(found);
    if (status != 0) {
      return fail(fmt::format("unknown host `{}`: {}", name, gai_strerror(status)),
                  "check the name, or write the address");
    }
    HostAddresses out;
    for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next)
      add_address(out, *entry);
    return out;
  }

  std::vector<ServicePort> service(const std::string& name) const override {
    std::vector<ServicePort> out;
    for (const auto& [transport, transport_name] : kTransports) {
      Scratch scratch;
      servent entry{};
      servent* found = nullptr;
      getservbyname_r(name.c_str(), transport_name, &entry, scratch.data(), scratch.size(), &found);
      if (found == nullptr) continue;
      out.push_back({transport, ntohs(static_cast<std::uint16_t>(found->s_port))});
    }
    return out;
  }

  std::optional<std::uint8_t> protocol(const std::string& name) const override {
    Scratch scratch;
    protoent entry{};
    protoent* found = nullptr;
    getprotobyname_r(name.c_str(), &entry, scratch.data(), scratch.size(), &found);
    if (found == nullptr || found->p_proto < 0 || found->p_proto > 255) return std::nullopt;
    return static_cast<std::uint8_t>(found->p_proto);
  }

  std::optional<std::uint32_t> network(const std::string& name) const override {
    Scratch scratch;
    netent entry{};
    netent* found = nullptr;
    int error = 0;
    getnetbyname_r(name.c_str(), &entry, scratch.data(), scratch.size(), &found, &error);
    if (found == nullptr) return std::nullopt;
    return found->n_net;
  }

  std::optional<MacAddress> ether(const std::string& name) const override {
    ether_addr address;
    if (ether_hostton(name.c_str(), &address) != 0) return std::nullopt;
    MacAddress out;
    std::ranges::copy(address.ether_addr_octet, out.begin());
    return out;
  }
};

}  // namespace

std::unique_ptr<Names> system_names() { return std::make_unique<SystemNames>(); }

}  // namespace weir::os
