// Prints classic programs: as `tcpdump -d`, -dd and -ddd do, byte for byte, and as JSON. What is
// printed here is read back by isa/classic_read.h (JSON excepted).
//
// Two things differ from libpcap: `ldx #pktlen` is printed (libpcap: `unimp`), and kernel
// extensions are named whatever headers libpcap was built with.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <weir/classic.h>

namespace weir::isa {

// "jeq #0x800 jt 2 jf 12": one instruction at position `index`, with single spaces.
std::string format_instruction(const ClassicInsn& insn, std::size_t index);

// "(001) jeq      #0x800           jt 2\tjf 12", without a newline.
std::string format_listing_line(const ClassicInsn& insn, std::size_t index);

std::string format_listing(std::span<const ClassicInsn> program);  // -d
std::string format_c(std::span<const ClassicInsn> program);        // -dd
std::string format_decimal(std::span<const ClassicInsn> program);  // -ddd, the count comes first
std::string format_json(std::span<const ClassicInsn> program);  // array of {code, jt, jf, k, text}

// The forms, for a command line and its help.
struct CodeForm {
  std::string_view name;
  std::string_view description;
  std::string (*format)(std::span<const ClassicInsn> program);
};
std::span<const CodeForm> code_forms();

}  // namespace weir::isa
