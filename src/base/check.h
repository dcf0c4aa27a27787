// WEIR_CHECK(condition): stops the program when weir itself is wrong. Never for input.
#pragma once

namespace weir {

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace weir

#define WEIR_CHECK(condition)                               \
  do {                                                      \
    if (!(condition)) [[unlikely]] {                        \
      ::weir::check_failed(#condition, __FILE__, __LINE__); \
    }                                                       \
  } while (false)
