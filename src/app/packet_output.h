// Where the matching packets of a capture go: lines of text, a capture file, or nowhere.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <weir/result.h>

#include "app/capture.h"
#include "capfile/batch.h"
#include "capfile/info.h"

namespace weir::app {

class PacketOutput {
 public:
  virtual ~PacketOutput() = default;
  // From here on batches come from this source, which lives until the next begin() or close().
  virtual Result<> begin(const capfile::CaptureInfo& source) = 0;
  // `accepted` are the indices, ascending, of the packets to take; `first_number` is the number of
  // the batch's first packet, counted from 1 over all sources. `packets` are those of the batch,
  // with the link type that was asked for.
  virtual Result<> take(const capfile::Batch& batch, std::span<const std::uint32_t> accepted,
                        std::uint64_t first_number) = 0;
  // False when nobody takes the output any more; that is no error.
  virtual bool wanted() const { return true; }
  // Lets others see what was taken so far.
  virtual Result<> flush() { return {}; }
  virtual Result<> close(std::uint64_t matched) = 0;
  // Of the file that is being written, when that is not what the options say.
  virtual std::optional<std::string> path() const { return std::nullopt; }
};

// As the options say. Beside the inputs, `also_read` may not be written.
Result<std::unique_ptr<PacketOutput>> make_packet_output(const CaptureOptions& options,
                                                         const CaptureSinks& sinks,
                                                         std::span<const std::string> also_read);

// Closes the output; `result` says whether it was still wanted, and what went wrong with it unless
// that is the failure already.
void close_output(PacketOutput& output, CaptureResult& result);

}  // namespace weir::app
