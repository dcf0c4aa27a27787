// BtfExt: what .BTF.ext says about the code of each section: where functions begin, the source
// lines of instructions, and the CO-RE relocations (object/core.h carries them out). Source: the
// kernel's Documentation/bpf/btf.rst.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include <weir/result.h>

#include "object/btf.h"
#include "object/core_types.h"

namespace weir::object {

// Offsets are bytes from the start of the section; an instruction takes 8.
struct FunctionInfo {
  std::uint32_t offset;
  BtfId type;  // a function
};

struct LineInfo {
  std::uint32_t offset;
  std::string_view file;
  std::string_view text;  // of the whole line, as it stands in the file
  std::uint32_t line;     // from 1
  std::uint32_t column;   // from 1; 0: unknown
  // The two names by their places among the names of the BTF, as the kernel takes them.
  std::uint32_t file_at;
  std::uint32_t text_at;
};

// Each by offset.
struct CodeInfo {
  std::string_view section;
  std::vector<FunctionInfo> functions;
  std::vector<LineInfo> lines;
  std::vector<CoreRecord> relocations;
};

// The source line of the instruction at an offset; nullptr when none is known.
const LineInfo* line_at(const CodeInfo& info, std::uint32_t offset);

class BtfExt {
 public:
  // `btf` is the object's .BTF, whose names are looked at for as long as this is used. Fails, and
  // says where, when the bytes are not well-formed or name what is not in `btf`.
  static Result<BtfExt> parse(std::span<const std::byte> bytes, const Btf& btf);

  // In the order in which the sections are first mentioned.
  const std::vector<CodeInfo>& sections() const { return sections_; }
  // nullptr: nothing is known of that section.
  const CodeInfo* find(std::string_view section) const;

 private:
  friend class BtfExtParser;
  std::vector<CodeInfo> sections_;
  std::map<std::string_view, std::size_t> by_name_;
};

}  // namespace weir::object
