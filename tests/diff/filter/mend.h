// Puts right what libpcap's code generator is known to get wrong, so that its code can be the
// reference. docs/libpcap-differences.md has the proof of each.
#pragma once

#include <string>

#include <weir/classic.h>

namespace weir::difftest {

// `byte N & V` and `byte N | V` make code that tests a byte that it never loads: asks libpcap for
// `link[N] & V != 0` instead. `ip multicast` is everything from 224.0.0.0 on: asks for 224.0.0.0/4,
// which the newest libpcap means.
std::string mend_expression(const std::string& expression);

// A protocol chain steps over an authentication header from where it stands, not from the start of
// the packet. Every instruction keeps its place.
ClassicProgram mend_code(ClassicProgram code);

// A prefix such as 2001:db8::/32 makes libpcap 1.10.3 load words of the address only to mask them
// with 0, which rejects a packet that ends before such a word. Its optimiser drops these loads, and
// so does this; the newest libpcap does not generate them for IPv6.
ClassicProgram drop_dead_loads(ClassicProgram code);

// Arithmetic keeps its operands in the scratch cells that hold the offsets of variable headers
// (radiotap, 802.11, Geneve, and a tag that the kernel may have taken off). Moves them to cells
// that hold no offset.
ClassicProgram part_cells(ClassicProgram code);

}  // namespace weir::difftest
