// How the output of a capture is spread over files: -C, -G, -W, -z.
#pragma once

#include <weir/result.h>

#include "app/capture.h"
#include "cli/arguments.h"

namespace weir::cli {

Result<> set_rotation(const Arguments& arguments, app::CaptureOptions& options);

}  // namespace weir::cli
