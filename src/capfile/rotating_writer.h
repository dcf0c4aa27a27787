// RotatingWriter: a capture in one file after the other. A file bears its name only when it is
// whole; until then it is called `NAME.part`.
#pragma once

#include <cstdint>
#include <ctime>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <weir/result.h>

#include "capfile/output_folder.h"
#include "capfile/rotation.h"
#include "capfile/writer.h"

namespace weir::capfile {

struct RotatingOptions {
  std::string pattern;
  Rotation rotation;
  WriterOptions writer;
  StopQuestion stopped = {};
  std::function<std::time_t()> now = [] { return std::time(nullptr); };
};

class RotatingWriter {
 public:
  // Opens the folder, and the first file in it.
  static Result<RotatingWriter> create(RotatingOptions options);

  // As those of CaptureWriter.
  Result<> begin(const CaptureInfo& source);
  Result<> write(const Batch& batch, std::span<const std::uint32_t> accepted);
  Result<> flush();
  Result<> close();

  // The last file that may be written is whole; packets are taken no more.
  bool is_complete() const { return complete_; }
  // The paths of files that rotation has finished since the last call.
  std::vector<std::string> take_finished() { return std::exchange(finished_, {}); }
  // Of the file that is being written.
  std::string current_path() const { return folder_.path_of(part_name()); }

 private:
  RotatingWriter(RotatingOptions options, OutputFolder folder);

  Result<> open_next();
  Result<> finish_current();
  Result<> rotate_if_due();
  std::string part_name() const { return name_ + ".part"; }

  RotatingOptions options_;
  OutputFolder folder_;
  std::optional<CaptureWriter> writer_;
  const CaptureInfo* source_ = nullptr;
  // The source as every file sees it: without raw records, for these belong to other headers.
  std::unique_ptr<CaptureInfo> described_ = std::make_unique<CaptureInfo>();
  std::string name_;  // of the current file, relative to the folder
  std::vector<std::string> finished_;
  std::time_t begun_ = 0;      // the period
  std::uint32_t number_ = 0;   // of the file in its period
  std::uint32_t periods_ = 0;  // that are over
  bool complete_ = false;
};

}  // namespace weir::capfile
