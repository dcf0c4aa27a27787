// Any text read as classic code: no crash, and what it says survives being printed and read again.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "isa/classic_check.h"
#include "isa/classic_print.h"
#include "isa/classic_read.h"

namespace {

using namespace weir;

void check_round_trip(const ClassicProgram& program, const std::string& printed) {
  diag::Diagnostics diagnostics;
  const auto again = isa::read_classic(printed, diagnostics);
  WEIR_CHECK(again.has_value());
  WEIR_CHECK(again->program == program);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  diag::Diagnostics diagnostics;
  const auto code = isa::read_classic(text, diagnostics);
  WEIR_CHECK(code.has_value() != diagnostics.has_errors());
  if (!code) return 0;
  check_round_trip(code->program, isa::format_decimal(code->program));
  check_round_trip(code->program, isa::format_c(code->program));
  const auto faults = isa::check_classic(code->program, isa::ClassicRules::kUserSpace);
  isa::report(faults, code->ranges, diagnostics);
  const std::string listing = isa::format_listing(code->program);
  if (!faults.empty()) return 0;
  // A listing leaves out the fields that an instruction does not use.
  diag::Diagnostics none;
  const auto again = isa::read_classic(listing, none);
  WEIR_CHECK(again.has_value());
  WEIR_CHECK(isa::format_listing(again->program) == listing);
  return 0;
}
