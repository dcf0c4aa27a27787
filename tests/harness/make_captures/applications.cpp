#include "applications.h"

#include <algorithm>

namespace weir::captures {
namespace {

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 304:
      return "Not Modified";
    case 404:
      return "Not Found";
    default:
      return "Internal Server Error";
  }
}

Bytes tls_record(std::uint8_t type, const Bytes& body) {
  ByteWriter out;
  out.u8(type);
  out.u16(0x0303);
  out.u16(static_cast<std::uint16_t>(body.size()));
  out.append(body);
  return out.release();
}

Bytes handshake(std::uint8_t type, const Bytes& body) {
  ByteWriter out;
  out.u8(type);
  out.u8(0);
  out.u16(static_cast<std::uint16_t>(body.size()));
  out.append(body);
  return tls_record(22, out.release());
}

Bytes noise(std::size_t length, std::uint32_t seed) {
  Bytes bytes(length);
  for (std::byte& byte : bytes) {
    seed = seed * 1664525 + 1013904223;
    byte = std::byte(seed >> 24);
  }
  return bytes;
}

Bytes dns_name(std::string_view name) {
  ByteWriter out;
  while (!name.empty()) {
    const std::string_view label = name.substr(0, name.find('.'));
    out.u8(static_cast<std::uint8_t>(label.size()));
    out.append(bytes_of(label));
    name.remove_prefix(std::min(label.size() + 1, name.size()));
  }
  out.u8(0);
  return out.release();
}

Bytes dns(std::uint16_t id, std::uint16_t flags, std::string_view name, DnsType type,
          std::uint16_t answers) {
  ByteWriter out;
  out.u16(id);
  out.u16(flags);
  out.u16(1);
  out.u16(answers);
  out.u32(0);
  out.append(dns_name(name));
  out.u16(static_cast<std::uint16_t>(type));
  out.u16(1);
  return out.release();
}

}  // namespace

Bytes http_request(std::string_view method, std::string_view path, std::string_view host) {
  std::string text;
  text.append(method).append(" ").append(path).append(" HTTP/1.1\r\nHost: ").append(host);
  text += "\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\n";
  if (method == "POST")
    text += "Content-Length: 16\r\n\r\n{\"amount\": 1200}";
  else
    text += "\r\n";
  return bytes_of(text);
}

Bytes http_response(int status, std::size_t length) {
  std::string body = "<!doctype html><title>" + std::to_string(status) + "</title>\n";
  while (body.size() < length) body += "<p>The quick brown fox jumps over the lazy dog.</p>\n";
  body.resize(length);
  std::string text = "HTTP/1.1 " + std::to_string(status) + " ";
  text.append(reason(status)).append("\r\nServer: nginx/1.22.1\r\nContent-Type: text/html\r\n");
  text += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  return bytes_of(text);
}

Bytes tls_client_hello(std::string_view server_name) {
  ByteWriter out;
  out.u16(0x0303);
  out.append(noise(32, 1));
  out.u8(0);                                             // no session
  out.append(bytes_of({0, 4, 0x13, 0x01, 0x13, 0x02}));  // two cipher suites
  out.append(bytes_of({1, 0}));                          // no compression
  const auto length = static_cast<std::uint16_t>(server_name.size());
  out.u16(static_cast<std::uint16_t>(length + 9));
  out.u16(0);  // the server_name extension
  out.u16(static_cast<std::uint16_t>(length + 5));
  out.u16(static_cast<std::uint16_t>(length + 3));
  out.u8(0);
  out.u16(length);
  out.append(bytes_of(server_name));
  return handshake(1, out.release());
}

Bytes tls_server_hello() {
  return handshake(2, bytes_of({3, 3}) + noise(32, 2) + bytes_of({0, 0x13, 0x01, 0, 0, 0}));
}

Bytes tls_application_data(std::size_t length, std::uint32_t seed) {
  return tls_record(23, noise(length, seed));
}

Bytes dns_query(std::uint16_t id, std::string_view name, DnsType type) {
  return dns(id, 0x0100, name, type, 0);
}

Bytes dns_answer(std::uint16_t id, std::string_view name, DnsType type, const Bytes& data) {
  ByteWriter out;
  out.append(dns(id, 0x8180, name, type, 1));
  out.u16(0xc00c);  // the name of the question
  out.u16(static_cast<std::uint16_t>(type));
  out.u16(1);
  out.u32(300);
  out.u16(static_cast<std::uint16_t>(data.size()));
  out.append(data);
  return out.release();
}

Bytes dns_no_such_name(std::uint16_t id, std::string_view name, DnsType type) {
  return dns(id, 0x8183, name, type, 0);
}

Bytes dhcp(DhcpMessage message, const Mac& client, const Address& offered, const Address& server) {
  const bool reply = message == DhcpMessage::kOffer || message == DhcpMessage::kAck;
  ByteWriter out;
  out.append(bytes_of({reply ? 2u : 1u, 1, 6, 0}));
  out.u32(0x3903'f326);  // transaction
  out.zeros(8);
  out.append(reply ? bytes_of(offered) : Bytes(4));
  out.append(reply ? bytes_of(server) : Bytes(4));
  out.zeros(4);
  out.append(bytes_of(client));
  out.zeros(10 + 64 + 128);
  out.append(bytes_of({0x63, 0x82, 0x53, 0x63, 53, 1, static_cast<unsigned>(message)}));
  if (message == DhcpMessage::kRequest) out.append(bytes_of({50, 4}) + bytes_of(offered));
  if (reply) {
    out.append(bytes_of({54, 4}) + bytes_of(server));
    out.append(bytes_of({1, 4, 255, 255, 255, 0, 51, 4, 0, 0, 0x0e, 0x10}));
  }
  out.u8(255);
  return out.release();
}

Bytes ntp(bool from_server, std::uint32_t unix_seconds) {
  constexpr std::uint32_t kUnixEpoch = 2'208'988'800;  // in seconds since 1900
  ByteWriter out;
  out.append(from_server ? bytes_of({0x24, 2, 6, 0xe8}) : bytes_of({0x23, 0, 6, 0xec}));
  out.zeros(36);
  out.u32(unix_seconds + kUnixEpoch);
  out.u32(from_server ? 0x4000'0000 : 0x3fff'0000);
  return out.release();
}

}  // namespace weir::captures
