// The raw path of rewriting: which bytes of a batch leave as they stand, as long runs, and which
// records have to be put right on the way.
#pragma once

#include <cstdint>
#include <span>

#include <weir/result.h>

#include "capfile/batch.h"
#include "capfile/buffered_sink.h"
#include "capfile/encoder.h"

namespace weir::capfile {

// Writes the accepted records of `batch` and all its other blocks, in the order of the file.
// REQUIRES: encoder.takes_raw(), `accepted` ascending, `scratch` empty.
Result<> write_raw_runs(const Batch& batch, std::span<const std::uint32_t> accepted,
                        std::uint32_t snaplen, RecordEncoder& encoder, ByteWriter& scratch,
                        BufferedSink& sink);

}  // namespace weir::capfile
