// A Query is what a filter compiler is asked; a Compiled is its answer. libpcap and weir give both
// in these terms, so that one is compared with the other.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include <weir/classic.h>
#include <weir/link_type.h>

namespace weir::difftest {

struct Query {
  std::string expression;
  LinkType link_type = LinkType::kEn10mb;
  std::uint32_t snaplen = 262144;             // what a match returns
  std::optional<std::uint32_t> netmask = {};  // host order
};

struct Compiled {
  std::optional<ClassicProgram> code;
  std::string error;  // why there is no code
  // The optimiser found that no packet can match and refused; the code is a rejection of
  // everything.
  bool never_matches = false;
};

inline const ClassicProgram kRejectAll = {{.code = 0x06, .k = 0}};  // ret #0

using Compiler = std::function<Compiled(const Query&)>;

}  // namespace weir::difftest
