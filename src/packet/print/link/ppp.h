// The parts of PPP: what each of its protocols prints, behind the protocol field.
#pragma once

#include <cstdint>
#include <span>

#include "packet/print/line.h"
#include "packet/print/named.h"
#include "packet/print/view.h"

namespace weir::packet::ppp {

enum Number : std::uint16_t {
  kIp = 0x0021,
  kVanJacobson = 0x002d,
  kMultilink = 0x003d,
  kIp6 = 0x0057,
  kIpcp = 0x8021,
  kIp6cp = 0x8057,
  kCcp = 0x80fd,
  kLcp = 0xc021,
  kPap = 0xc023,
  kQuality = 0xc025,
  kSpap = 0xc027,
  kBacp = 0xc02b,
  kOldSpap = 0xc123,
  kChap = 0xc223,
  kEap = 0xc227,
};

// By their numbers.
std::span<const Named> protocol_names();

// LCP and the protocols that set up others (RFC 1661 section 5).
void print_control(Line& line, std::uint16_t protocol, const View& view);
// The options of a Configure packet, the first of which begins `options`; it has `length` bytes
// with the packet's header.
void print_control_options(Line& line, std::uint16_t protocol, View options, std::size_t length);
void print_chap(Line& line, const View& view);
void print_pap(Line& line, const View& view);

// Hex of as much as was captured, without more ado.
void print_unknown_data(Line& line, const View& view, std::size_t length, std::string_view indent);

}  // namespace weir::packet::ppp
