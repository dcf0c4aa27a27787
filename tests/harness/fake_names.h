// Names for tests: a small, fixed world in the place of /etc and the resolver.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "base/names.h"

namespace weir::testing_names {

class FakeNames final : public Names {
 public:
  FakeNames() {
    hosts = {{"four", {.ip4 = {0x0a000004}, .ip6 = {}}},
             {"six", {.ip4 = {}, .ip6 = {ip6(6)}}},
             {"both", {.ip4 = {0x0a000001, 0x0a000002}, .ip6 = {ip6(1)}}},
             {"gate", {.ip4 = {0x0a0000fe}, .ip6 = {ip6(0xfe)}}}};
    services = {{"http", {{Transport::kTcp, 80}}},
                {"https", {{Transport::kTcp, 443}, {Transport::kUdp, 443}}},
                {"domain", {{Transport::kTcp, 53}, {Transport::kUdp, 53}}},
                {"ftp-data", {{Transport::kTcp, 20}}},
                {"syslog", {{Transport::kUdp, 514}}},
                {"split", {{Transport::kTcp, 1000}, {Transport::kUdp, 2000}}},
                {"m3ua", {{Transport::kSctp, 2905}}}};
    protocols = {{"icmp", 1}, {"tcp", 6}, {"udp", 17}, {"gre", 47}, {"ospf", 89}};
    networks = {{"loopback", 127}, {"office", 0x0a0102}};
    stations = {{"gate", {0, 0x11, 0x22, 0x33, 0x44, 0xfe}},
                {"desk", {0, 0x11, 0x22, 0x33, 0x44, 0x55}}};
  }

  static Ip6Address ip6(std::uint8_t last) {
    return {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last};
  }

  Result<HostAddresses> host(const std::string& name) const override {
    const auto found = hosts.find(name);
    if (found == hosts.end()) return fail("unknown host `" + name + "`", "write its address");
    return found->second;
  }
  std::vector<ServicePort> service(const std::string& name) const override {
    const auto found = services.find(name);
    return found == services.end() ? std::vector<ServicePort>{} : found->second;
  }
  std::optional<std::uint8_t> protocol(const std::string& name) const override {
    return find(protocols, name);
  }
  std::optional<std::uint32_t> network(const std::string& name) const override {
    return find(networks, name);
  }
  std::optional<MacAddress> ether(const std::string& name) const override {
    return find(stations, name);
  }

  std::map<std::string, HostAddresses> hosts;
  std::map<std::string, std::vector<ServicePort>> services;
  std::map<std::string, std::uint8_t> protocols;
  std::map<std::string, std::uint32_t> networks;
  std::map<std::string, MacAddress> stations;

 private:
  template <typename Value>
  static std::optional<Value> find(const std::map<std::string, Value>& map,
                                   const std::string& name) {
    const auto found = map.find(name);
    return found == map.end() ? std::nullopt : std::optional(found->second);
  }
};

}  // namespace weir::testing_names
