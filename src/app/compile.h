// The use-case behind `weir compile`: an expression to code, and code read back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <weir/classic.h>

#include "app/expression.h"
#include "app/failure.h"
#include "app/text_sink.h"

namespace weir::app {

struct PassTrace {
  std::vector<std::string> print_after;  // names of passes, or "all"
  bool time_passes = false;
};

// Tells `sink` what `trace` asks for; empty when it asks for nothing. Both outlive the observer.
filter::PassObserver observer_for(const PassTrace& trace, TextSink& sink);
// An Error when `options` or `trace` name a pass that is none.
Result<> check_pass_names(const ExpressionOptions& options, const PassTrace& trace);

// Compiles for options.link_type; what `trace` asks for is written to `sink` as the passes run.
// An unknown name of a pass is an error.
Outcome<CompiledExpression> compile_expression(ExpressionOptions options, const PassTrace& trace,
                                               TextSink& sink);

struct ReadCode {
  ClassicProgram program;
  Remarks faults;  // why the Linux kernel would refuse it; empty when it would not
};

// All that is in a file, or comes from standard input when `path` is `-`: code as text, or an
// object file.
Result<std::string> read_code_file(const std::string& path);

// Classic code (decimal, C or assembly, told apart by what it looks like) from the file at `path`.
Outcome<ReadCode> read_code(std::string text, const std::string& path);

enum class CodeStyle : std::uint8_t { kListing, kC, kDecimal, kJson };
std::string render_code(const ClassicProgram& program, CodeStyle style);
// A JSON object with the link type, the snaplen and the instructions of a compiled expression.
std::string render_code_json(const ClassicProgram& program, const ExpressionOptions& options);

// "name  description", one pass a line.
std::string render_passes();
std::vector<std::string_view> pass_names();

// Why the kernel would refuse a program that weir itself compiled; empty when it would not.
std::vector<Error> kernel_faults(const ClassicProgram& program);

}  // namespace weir::app
