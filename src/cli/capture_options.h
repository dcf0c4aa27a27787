// What capturing from files and from interfaces has in common on the command line.
#pragma once

#include <weir/result.h>

#include "app/capture.h"
#include "cli/front_end.h"

namespace weir::cli {

Result<app::CaptureOptions> capture_options(const Arguments& arguments, const Console& console);

}  // namespace weir::cli
