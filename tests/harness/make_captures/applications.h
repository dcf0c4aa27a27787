// What applications say: HTTP, TLS, DNS, DHCP, NTP, as far as their bytes can be told on sight.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "layers.h"

namespace weir::captures {

Bytes http_request(std::string_view method, std::string_view path, std::string_view host);
// With a body of `length` bytes of HTML.
Bytes http_response(int status, std::size_t length);

Bytes tls_client_hello(std::string_view server_name);
Bytes tls_server_hello();
// Encrypted: bytes without a pattern.
Bytes tls_application_data(std::size_t length, std::uint32_t seed);

enum class DnsType : std::uint16_t { kA = 1, kPtr = 12, kTxt = 16, kAaaa = 28 };
Bytes dns_query(std::uint16_t id, std::string_view name, DnsType type);
Bytes dns_answer(std::uint16_t id, std::string_view name, DnsType type, const Bytes& data);
Bytes dns_no_such_name(std::uint16_t id, std::string_view name, DnsType type);

enum class DhcpMessage : std::uint8_t { kDiscover = 1, kOffer, kRequest, kAck = 5 };
Bytes dhcp(DhcpMessage message, const Mac& client, const Address& offered, const Address& server);

Bytes ntp(bool from_server, std::uint32_t unix_seconds);

}  // namespace weir::captures
