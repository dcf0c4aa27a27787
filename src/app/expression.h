// An expression as the user gave it, and its compilation for one link type after the other.
#pragma once

#include <bit>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <weir/classic.h>
#include <weir/link_type.h>

#include "app/failure.h"
#include "base/names.h"
#include "filter/compile.h"

namespace weir::app {

struct ExpressionOptions {
  std::string text;       // empty matches everything
  std::string source;     // what diagnostics call it: "expression", or the path of its file
  bool comments = false;  // `#` begins one; for expressions from a file
  LinkType link_type = LinkType::kEn10mb;
  std::uint32_t snaplen = 262144;  // what a matching packet returns
  bool optimize = true;
  bool strict = false;
  bool names = true;  // look up names on this machine
  bool live = false;
  std::string
      stdin_reader;  // the option that reads standard input, `-r -`: a list cannot; or empty
  std::optional<std::uint32_t> netmask;  // host order
  std::vector<std::string> disabled_passes;
};

// The text of an expression file, or an Error that says why it cannot be read.
Result<std::string> read_expression(const std::string& path);

struct CompiledExpression {
  ClassicProgram program;
  Remarks remarks;  // warnings
};

// The texts of list files. Each is read once, as a pipe can be, and as one text for all link types.
class ListFiles {
 public:
  // `stdin_reader` as in ExpressionOptions.
  explicit ListFiles(std::string stdin_reader) : stdin_reader_(std::move(stdin_reader)) {}

  Result<std::string> load(const std::string& path);
  std::vector<std::string> paths() const;

 private:
  std::string stdin_reader_;
  std::map<std::string, std::string> texts_;  // by path
};

// Whether reading the file at `path` is reading standard input.
bool is_standard_input(std::string_view path);

class Expression {
 public:
  explicit Expression(ExpressionOptions options);

  const ExpressionOptions& options() const { return options_; }
  // Nothing but blanks: it matches every packet.
  bool is_empty() const;
  // What the filter compiler is given for packets of `link_type` that a machine of this byte order
  // captured (link type NULL writes its header in it); valid as long as this object.
  filter::Options compiler_options(LinkType link_type,
                                   std::endian capture_order = std::endian::native) const;
  Outcome<CompiledExpression> compile(LinkType link_type,
                                      std::endian capture_order = std::endian::native,
                                      filter::PassObserver observer = {}) const;
  // For the socket of a live capture: the code may load what the kernel knows beside the packet.
  Outcome<CompiledExpression> compile_live(LinkType link_type) const;
  // The files that it was read from so far: its own, and those of its lists.
  std::vector<std::string> files() const;
  // Remarks about this expression's text.
  Remarks remarks(diag::Diagnostics diagnostics) const;

 private:
  Outcome<CompiledExpression> compile_with(const filter::Options& options) const;

  ExpressionOptions options_;
  std::unique_ptr<Names> names_;  // null: names are not looked up
  std::unique_ptr<ListFiles> lists_;
};

// The passes of the filter compiler; an Error when `name` is none of them.
Result<> check_pass_name(const std::string& name);

}  // namespace weir::app
