// The options that say how packets are printed.
#pragma once

#include <weir/result.h>

#include "app/capture.h"
#include "cli/front_end.h"

namespace weir::cli {

Result<> set_print_options(const Arguments& arguments, const Console& console,
                           app::CaptureOptions& options);

}  // namespace weir::cli
