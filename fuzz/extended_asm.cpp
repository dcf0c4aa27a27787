// Any bytes as extended code, and any text as its assembly: no crash, and what they say survives
// being printed in either style and read again.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "isa/extended_check.h"
#include "isa/extended_code.h"
#include "isa/extended_print.h"
#include "isa/extended_read.h"

namespace {

using namespace weir;

constexpr isa::ExtendedStyle kStyles[] = {isa::ExtendedStyle::kVerifier, isa::ExtendedStyle::kLlvm};

void check_round_trip(const isa::ExtendedProgram& program) {
  for (const isa::ExtendedStyle style : kStyles) {
    diag::Diagnostics diagnostics;
    const auto again =
        isa::assemble_extended(isa::format_extended_listing(program, style), diagnostics);
    WEIR_CHECK(again.has_value());
    WEIR_CHECK(again->program == program);
    WEIR_CHECK(again->ranges.size() == program.size());
  }
}

void try_code(std::span<const std::byte> bytes) {
  const std::span<const std::byte> whole = bytes.first(bytes.size() - bytes.size() % 8);
  const auto program = isa::decode_extended(whole, std::endian::little);
  WEIR_CHECK(program.has_value());
  WEIR_CHECK(isa::encode_extended(*program, std::endian::little) ==
             std::vector(whole.begin(), whole.end()));
  const auto faults = isa::check_extended(*program);
  diag::Diagnostics diagnostics;
  isa::report(faults, {}, diagnostics);
  WEIR_CHECK(diagnostics.error_count() == faults.size());
  WEIR_CHECK(!isa::format_extended_listing(*program).empty() || program->empty());
  if (faults.empty()) check_round_trip(*program);
}

void try_text(std::string_view text) {
  diag::Diagnostics diagnostics;
  const auto code = isa::assemble_extended(text, diagnostics);
  WEIR_CHECK(code.has_value() != diagnostics.has_errors());
  for (const diag::Diagnostic& told : diagnostics.all()) {
    WEIR_CHECK(told.range.begin <= told.range.end && told.range.end <= text.size());
    WEIR_CHECK(!told.message.empty() && !told.hint.empty());
  }
  if (code) check_round_trip(code->program);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(data, size);
  try_code(std::as_bytes(bytes));
  try_text({reinterpret_cast<const char*>(data), size});
  return 0;
}
