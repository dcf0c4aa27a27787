#include "os/address_names.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/ether.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <string>
#include <unordered_map>

namespace weir::os {
namespace {

// The *_r functions of netdb.h put their strings here.
using NetdbScratch = std::array<char, 8192>;

// Beyond so many answers all are forgotten.
constexpr std::size_t kMaxKept = std::size_t{1} << 16;

// Answers by what was asked for, each asked for once.
template <typename Map>
class Kept {
 public:
  template <typename Ask>
  std::string_view get(const typename Map::key_type& key, Ask ask) {
    const auto found = map_.find(key);
    if (found != map_.end()) return found->second;
    if (map_.size() == kMaxKept) map_.clear();
    return map_.emplace(key, ask()).first->second;
  }

 private:
  Map map_;
};

template <typename Address>
std::string ask_host(const Address& address) {
  char name[NI_MAXHOST];
  const int status = getnameinfo(reinterpret_cast<const sockaddr*>(&address), sizeof address, name,
                                 sizeof name, nullptr, 0, NI_NAMEREQD);
  return status == 0 ? name : "";
}

std::string ask_service(std::uint16_t port, const char* transport) {
  NetdbScratch scratch;
  servent entry;
  servent* found = nullptr;
  getservbyport_r(htons(port), transport, &entry, scratch.data(), scratch.size(), &found);
  return found == nullptr ? "" : found->s_name;
}

std::string ask_protocol(std::uint8_t protocol) {
  NetdbScratch scratch;
  protoent entry;
  protoent* found = nullptr;
  getprotobynumber_r(protocol, &entry, scratch.data(), scratch.size(), &found);
  return found == nullptr ? "" : found->p_name;
}

std::string ask_station(std::span<const std::byte, 6> address) {
  constexpr auto kEveryBit = std::byte{0xff};
  if (std::ranges::all_of(address, [](std::byte byte) { return byte == kEveryBit; }))
    return "Broadcast";
  ether_addr asked;
  std::memcpy(&asked, address.data(), sizeof asked);
  char name[NI_MAXHOST] = {};
  return ether_ntohost(name, &asked) == 0 ? name : "";
}

std::string ask_interface(std::uint32_t index) {
  char name[IF_NAMESIZE];
  return if_indextoname(index, name) == nullptr ? "" : name;
}

class SystemAddressNames final : public AddressNames {
 public:
  std::string_view host4(std::uint32_t address) override {
    return hosts4_.get(address, [&] {
      sockaddr_in asked{};
      asked.sin_family = AF_INET;
      asked.sin_addr.s_addr = htonl(address);
      return ask_host(asked);
    });
  }
  std::string_view host6(std::span<const std::byte, 16> address) override {
    return hosts6_.get(key_of(address), [&] {
      sockaddr_in6 asked{};
      asked.sin6_family = AF_INET6;
      std::memcpy(&asked.sin6_addr, address.data(), address.size());
      return ask_host(asked);
    });
  }
  std::string_view station(std::span<const std::byte, 6> address) override {
    return stations_.get(key_of(address), [&] { return ask_station(address); });
  }
  std::string_view tcp_port(std::uint16_t port) override {
    return tcp_ports_.get(port, [&] { return ask_service(port, "tcp"); });
  }
  std::string_view udp_port(std::uint16_t port) override {
    return udp_ports_.get(port, [&] { return ask_service(port, "udp"); });
  }
  std::string_view ip_protocol(std::uint8_t protocol) override {
    return protocols_.get(protocol, [&] { return ask_protocol(protocol); });
  }
  std::string_view interface(std::uint32_t index) override {
    return interfaces_.get(index, [&] { return ask_interface(index); });
  }

 private:
  template <std::size_t kSize>
  static std::array<std::byte, kSize> key_of(std::span<const std::byte, kSize> bytes) {
    std::array<std::byte, kSize> key;
    std::ranges::copy(bytes, key.begin());
    return key;
  }

  Kept<std::unordered_map<std::uint32_t, std::string>> hosts4_;
  Kept<std::map<std::array<std::byte, 16>, std::string>> hosts6_;
  Kept<std::map<std::array<std::byte, 6>, std::string>> stations_;
  Kept<std::unordered_map<std::uint16_t, std::string>> tcp_ports_;
  Kept<std::unordered_map<std::uint16_t, std::string>> udp_ports_;
  Kept<std::unordered_map<std::uint8_t, std::string>> protocols_;
  Kept<std::unordered_map<std::uint32_t, std::string>> interfaces_;
};

}  // namespace

std::unique_ptr<AddressNames> system_address_names() {
  return std::make_unique<SystemAddressNames>();
}

}  // namespace weir::os
