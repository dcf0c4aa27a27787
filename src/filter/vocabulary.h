// The vocabulary of the filter language: what its words stand for once their spelling is known.
// Shared by every stage; the spellings are in filter/words.def and filter/protos.def.
#pragma once

#include <cstdint>
#include <string_view>

namespace weir::filter {

// A protocol that qualifies an id (`tcp port 80`), stands alone (`tcp`) or is indexed (`tcp[13]`).
enum class Proto : std::uint8_t {
  kNone,  // nothing was written: all protocols that fit
#define WEIR_PROTO(id, name) id,
#include "filter/protos.def"
#undef WEIR_PROTO
};

// "tcp"; "ether" for kLink, empty for kNone.
std::string_view name_of(Proto proto);

// Which end of a packet an id is compared with.
enum class Dir : std::uint8_t {
  kNone,  // nothing was written: means kSrcOrDst
  kSrc,
  kDst,
  kSrcOrDst,
  kSrcAndDst,
  kAddr1,  // the rest: IEEE 802.11 only
  kAddr2,
  kAddr3,
  kAddr4,
  kRa,
  kTa,
};

std::string_view name_of(Dir dir);

// What an id is.
enum class IdType : std::uint8_t {
  kNone,  // nothing was written: means kHost
  kHost,
  kNet,
  kPort,
  kPortRange,
  kGateway,
  kProto,
  kProtochain,
};

std::string_view name_of(IdType type);

// A header that another packet is found behind. The first five are words of libpcap's and shift
// what follows in the text; the last three are weir's and appear with a scope only: `gre { ... }`.
enum class Encap : std::uint8_t { kVlan, kMpls, kPppoes, kGeneve, kVxlan, kIpIp, kGre, kIp6Ext };

std::string_view name_of(Encap encap);

// Comparisons are unsigned, 32 bits wide.
enum class RelOp : std::uint8_t { kGt, kGe, kEq, kLe, kLt, kNe };

std::string_view name_of(RelOp op);

enum class ArithOp : std::uint8_t {
  kAdd,
  kSub,
  kMul,
  kDiv,
  kMod,
  kAnd,
  kOr,
  kXor,
  kShl,
  kShr,
};

std::string_view name_of(ArithOp op);

// The operator of the old `byte INDEX OP VALUE`. kAnd and kOr hold when the result is not zero.
enum class ByteOp : std::uint8_t { kEq, kLt, kGt, kAnd, kOr };

std::string_view name_of(ByteOp op);

// `llc`, `llc i`, `llc rr`, ...: the frame format, or one S or U command.
enum class LlcForm : std::uint8_t {
  kAny,
  kInformation,
  kSupervisory,
  kUnnumbered,
  kSCommand,
  kUCommand
};

// Words of packet filter logs, ATM and SS7. weir reads them, so that an error can say that no link
// type that it supports has them; lowering refuses every one.
enum class PfField : std::uint8_t { kIfname, kRuleset, kRulenum, kSubrulenum, kReason, kAction };
enum class AtmType : std::uint8_t {
  kLane,
  kMetac,
  kBcc,
  kOamF4Sc,
  kOamF4Ec,
  kSc,
  kIlmic,
  kOam,
  kOamF4,
  kConnectMsg,
  kMetaConnect,
};
enum class AtmField : std::uint8_t { kVpi, kVci };
enum class MtpType : std::uint8_t { kFisu, kLssu, kMsu, kHFisu, kHLssu, kHMsu };
enum class MtpField : std::uint8_t { kSio, kOpc, kDpc, kSls, kHSio, kHOpc, kHDpc, kHSls };

// The header whose flag bits `tcp.flags` and `ip.flags` test.
enum class FlagField : std::uint8_t { kTcp, kIp };

}  // namespace weir::filter
