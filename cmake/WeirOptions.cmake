# Compiler settings shared by every target.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

option(WEIR_TESTS "build the tests" ON)
option(WEIR_DIFF "build the tests that compare engines" ON)
option(WEIR_FUZZ "build the libFuzzer targets (clang only)" OFF)
option(WEIR_BENCH "build the benchmarks (needs libpcap and Google Benchmark)" OFF)
option(WEIR_SANITIZE "build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(WEIR_COVERAGE_GUIDED "instrument the rooms for libFuzzer" OFF)
option(WEIR_PCH "precompile the headers of the standard library" OFF)
option(WEIR_UNITY "compile the sources of a folder a few at a time" OFF)
option(BUILD_SHARED_LIBS "install libweir as a shared library" OFF)

find_program(WEIR_CCACHE ccache)
if(WEIR_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${WEIR_CCACHE})
  if(WEIR_PCH)  # what ccache must know to trust precompiled headers
    list(PREPEND CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros)
  endif()
endif()

add_library(weir_flags INTERFACE)
if(WEIR_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-fpch-preprocess)
endif()
target_compile_options(weir_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                       -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 sees these inside std::string and std::vector where they are not (GCC bugs 105329, 105651 and their kin).
  target_compile_options(weir_flags INTERFACE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow
                         -Wno-stringop-overread)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Nobody replaces a function of the library: the compiler may inline it, as clang does anyway.
  target_compile_options(weir_flags INTERFACE -fno-semantic-interposition)
endif()
if(WEIR_SANITIZE)
  target_compile_options(weir_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
                         -fno-omit-frame-pointer)
  target_link_options(weir_flags INTERFACE -fsanitize=address,undefined)
endif()
if(WEIR_COVERAGE_GUIDED)
  target_compile_options(weir_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
