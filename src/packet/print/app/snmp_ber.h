// The part of BER (X.690) that SNMP needs: elements of definite length, and what their tags mean.
#pragma once

#include <cstdint>
#include <string_view>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::snmp {

enum class BerType : std::uint8_t {
  kAny,
  kNull,
  kOctets,
  kObjectId,
  kInteger,
  kUnsigned,
  kString,
  kSequence,
  kAddress,
  kPdu,
  kException,
};

struct BerElement {
  BerType type = BerType::kAny;
  unsigned id = 0;       // the tag's number
  std::size_t size = 0;  // with its header
  View value;            // all there
  std::int32_t integer = 0;
  std::uint64_t number = 0;
};

// Takes the next element away from `rest`. False when there is none, which the text then says.
bool take_element(Line& line, View& rest, BerElement& element);
void print_element(Line& line, const BerElement& element);
void print_string(Line& line, const BerElement& element);
void print_octets(Line& line, const BerElement& element);

}  // namespace weir::packet::snmp
