# Precompiled headers of what is not weir's: half of the time of a build goes into reading the standard
# library and fmt. Sources include what they use all the same: clang-tidy reads them without this.

set(weir_pch_headers <algorithm> <array> <functional> <map> <memory> <memory_resource> <optional> <span> <string>
    <string_view> <utility> <variant> <vector> <expected> <fmt/format.h>)

# weir_precompile(TARGET [FROM donor] [HEADERS more headers...]): targets that share a donor share one
# precompiled header; their compile options must be the same.
function(weir_precompile target)
  cmake_parse_arguments(PCH "" "FROM" "HEADERS" ${ARGN})
  if(NOT WEIR_PCH)
    return()
  endif()
  if(PCH_FROM)
    target_precompile_headers(${target} REUSE_FROM ${PCH_FROM})
  else()
    target_precompile_headers(${target} PRIVATE ${weir_pch_headers} ${PCH_HEADERS})
  endif()
endfunction()
