// Nodes that the AST and the resolved AST have in common: those in which no name is left to look up
// and no qualifier to default. Plain data; a NodeId is an index into the vector that the node is
// in.
#pragma once

#include <cstdint>

#include "filter/vocabulary.h"

namespace weir::filter {

using NodeId = std::uint32_t;

// A run of elements of a pool: pool[first], ..., pool[first + count - 1].
struct PoolSpan {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

// What stands where an error was reported. Only in trees whose diagnostics have an error.
struct Invalid {};

// Combination. `left` comes before `right` in the text, and in the vector.
struct And {
  NodeId left;
  NodeId right;
};
struct Or {
  NodeId left;
  NodeId right;
};
struct Not {
  NodeId operand;
};

// `vlan 5 { tcp port 80 }`: `opening` is an Encapsulation node; `body` is read behind that header,
// and what follows the brace is not.
struct Scope {
  NodeId opening;
  NodeId body;
};

// `ether broadcast`, `ip multicast`; proto is kNone, kLink, kIp or (multicast only) kIp6.
struct Broadcast {
  Proto proto;
};
struct Multicast {
  Proto proto;
};

// `less N` (wire length <= N) and `greater N` (>= N): op is kLe or kGe.
struct LengthTest {
  RelOp op;
  std::uint32_t value;
};

// `byte INDEX OP VALUE`, from the start of the link-layer header.
struct ByteTest {
  ByteOp op;
  std::uint32_t index;
  std::uint32_t value;
};

struct DirectionTest {
  bool outbound;
};

struct IfIndex {
  std::uint32_t index;
};

struct Pppoed {};

// 802.11 frame control: (byte 0 & mask) == value. The mask is 0x0c (type), or 0xfc (type and
// subtype).
struct WlanType {
  std::uint8_t value;
  std::uint8_t mask;
};

// 802.11 frame control: (byte 1 & 3) == value. A number that was written may be larger, and never
// matches.
struct WlanDir {
  std::uint32_t value;
};

// kSCommand and kUCommand: `command` is the control field under its mask (0x0f or 0xef).
struct LlcTest {
  LlcForm form;
  std::uint8_t command;
};

// `tcp.flags syn|fin,!ack`: all clauses (pool `flags`) hold.
struct FlagTest {
  FlagField field;
  PoolSpan clauses;
};

// One clause of a FlagTest over the flags byte (TCP byte 13; for IPv4 the high byte of the
// fragment field, byte 6).
struct FlagClause {
  enum class Test : std::uint8_t { kAllSet, kAllClear, kAnySet };
  Test test;
  std::uint8_t mask;
};

// `payload "GET "`: the bytes after the TCP or UDP header begin with these (pool `bytes`).
struct PayloadMatch {
  PoolSpan bytes;
};

// Primitives of link types that weir does not support, which lowering refuses with the reason.
struct PfTest {
  PfField field;
};
struct AtmTypeTest {
  AtmType type;
};
struct AtmFieldTest {
  AtmField field;
  RelOp op;
  PoolSpan values;  // pool `numbers`; more than one only with kEq, and then any of them
};
struct MtpTypeTest {
  MtpType type;
};
struct MtpFieldTest {
  MtpField field;
  RelOp op;
  PoolSpan values;
};

// Arithmetic. Only Relation is a condition; the others are 32-bit values and appear below it alone.
struct Relation {
  RelOp op;
  NodeId left;
  NodeId right;
};
struct Constant {
  std::uint32_t value;
};
struct PacketLength {};
// proto[offset:size]; size is 1, 2 or 4 (in the AST: what was written).
struct Index {
  Proto proto;
  NodeId offset;
  std::uint32_t size;
};
struct Negate {
  NodeId operand;
};
struct Binary {
  ArithOp op;
  NodeId left;
  NodeId right;
};

}  // namespace weir::filter
