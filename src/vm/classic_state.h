// What the classic machine is given and what it holds.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "isa/classic.h"

namespace weir::vm {

// Where the two engines of classic BPF differ, this chooses:
//
//                        kLibpcap (bpf_filter())           kKernel (Linux's converted code)
//   [x + k]              past 32 bits: out of bounds       wraps around at 32 bits
//   shift by x >= 32     yields 0                          shifts by x mod 32
//   k from -2097152 up   out of bounds, but `ldb` of       from the link-layer or network header,
//                        vlan_tci and vlan_avail           or a kernel extension
//
// Both: a load out of bounds and a division by zero return 0. Scratch cells begin as zero here
// (Linux refuses programs that load one before a store, libpcap leaves them undefined); so do
// constant shifts past 31 yield zero (Linux refuses, libpcap leaves them undefined).
enum class ClassicMode : std::uint8_t { kLibpcap, kKernel };

// What Linux knows of a packet beside its bytes; the answers to kernel extension loads.
struct ClassicMetadata {
  std::uint32_t network_offset = 14;  // where the network header begins in the packet's bytes
  std::uint32_t payload_offset = 0;
  std::uint16_t protocol = 0;    // ethertype, host order
  std::uint8_t packet_type = 0;  // PACKET_HOST, PACKET_OUTGOING, ...
  bool vlan_present = false;     // a tag was taken off the packet
  std::uint16_t vlan_tci = 0;
  std::uint16_t vlan_tpid = 0;  // host order
  std::uint16_t hardware_type = 0;
  std::uint16_t queue = 0;
  std::uint32_t interface_index = 0;
  std::uint32_t mark = 0;
  std::uint32_t receive_hash = 0;
  std::uint32_t cpu = 0;
  std::uint32_t random = 0;  // every load of a run yields the same
};

struct ClassicInput {
  std::span<const std::byte> bytes;           // from the link-layer header on
  std::uint32_t wire_length = 0;              // what `len` yields
  const ClassicMetadata* metadata = nullptr;  // null: such loads are out of bounds
};

enum class ClassicOutcome : std::uint8_t {
  kRunning,
  kReturned,
  kOutOfBounds,  // a load from outside the packet
  kDivisionByZero,
  kInvalid,          // no instruction, no such cell, or a jump out of the program
  kBudgetExhausted,  // only run_classic() ends so
};

struct ClassicState {
  std::uint32_t pc = 0;
  std::uint32_t a = 0;
  std::uint32_t x = 0;
  std::array<std::uint32_t, isa::kScratchCells> m{};
  std::uint32_t verdict = 0;  // once the program has returned; 0 after any other outcome
  ClassicOutcome outcome = ClassicOutcome::kRunning;
};

}  // namespace weir::vm
