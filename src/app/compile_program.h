// The use-case behind `weir compile --on`: an expression to a program that bpf(2) loads.
#pragma once

#include <cstdint>
#include <string>

#include "app/compile.h"
#include "app/expression.h"
#include "app/failure.h"
#include "app/text_sink.h"
#include "isa/extended.h"
#include "isa/extended_table.h"

namespace weir::app {

enum class ProgramHook : std::uint8_t {
  kSocket,  // returns how many bytes of a packet are kept: the snaplen, or 0
  kTc,      // returns TC_ACT_UNSPEC, by which the next program decides, or TC_ACT_SHOT
  kXdp,     // returns XDP_PASS or XDP_DROP
};

// What becomes of a packet that matches; the opposite becomes of the others.
enum class MatchVerdict : std::uint8_t { kPass, kDrop };

struct ProgramOptions {
  ProgramHook hook = ProgramHook::kSocket;
  MatchVerdict on_match = MatchVerdict::kPass;  // kPass for sockets, which drop nothing
};

struct CompiledProgram {
  isa::ExtendedProgram program;
  Remarks remarks;  // warnings
};

// As compile_expression(). `options.live` does not count: the hook decides which of the kernel's
// own facts code may load.
Outcome<CompiledProgram> compile_program(ExpressionOptions options, const ProgramOptions& hook,
                                         const PassTrace& trace, TextSink& sink);

std::string render_program(const isa::ExtendedProgram& program, isa::ExtendedStyle style);

}  // namespace weir::app
