// The use-case behind `weir capture`: packets of capture files, filtered, to text, a count or a
// file.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/expression.h"
#include "app/failure.h"
#include "app/progress.h"
#include "app/text_sink.h"
#include "capfile/rotation.h"
#include "packet/print/options.h"

namespace weir::app {

enum class CaptureFormat : std::uint8_t { kPcap, kPcapng };

enum class FieldSeparator : std::uint8_t { kTab, kComma };

struct CaptureOptions {
  std::vector<std::string> inputs;      // paths, read in this order; `-` is standard input
  std::optional<std::string> output;    // a capture file; none: the packets are printed
  std::optional<CaptureFormat> format;  // of the output; none: by its name, then as the first input
  std::optional<LinkType> link_type;    // instead of what the files say
  std::optional<std::uint32_t> snaplen;  // packets are cut to this in the output
  std::optional<std::uint64_t> limit;    // stop after so many matches
  bool count_only = false;
  packet::PrintOptions print;
  bool flush_each_line = false;
  bool json = false;                // one object a packet instead of lines
  std::vector<std::string> fields;  // their values instead of lines, in columns
  FieldSeparator field_separator = FieldSeparator::kTab;
  bool color = false;
  capfile::Rotation rotation = {};             // of the output
  std::optional<std::string> rotated_command;  // run for every file that rotation has finished
  ExpressionOptions expression;                // its link type is not used
};

struct CaptureSinks {
  TextSink& out;                                  // lines, or the count
  std::function<void(const Error&)> remark = {};  // about what was printed; may be empty
  std::function<void(const Remarks&)> warn;       // about the expression; may be empty
  std::function<void(const Progress&)> progress;  // now and then; may be empty
  std::function<bool()> stopped;                  // asked after each batch; may be empty
};

struct CaptureResult {
  std::uint64_t read = 0;
  std::uint64_t matched = 0;
  bool stopped = false;            // because sinks.stopped said so
  std::optional<Failure> failure;  // what was written before it is whole and readable
  bool output_wanted = true;       // false: the output's reader has gone, which is no failure
  // Unless there is one here, too: why the output lacks its end, when that is not the failure.
  std::optional<Error> output_error;
};

CaptureResult capture(const CaptureOptions& options, const CaptureSinks& sinks);

// "12 packets read, 3 matched".
std::string render_totals(const CaptureResult& result);

}  // namespace weir::app
