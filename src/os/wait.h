// Waiting for descriptors, a time or a signal, whichever comes first.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>

namespace weir::os {

enum class Wait { kReady, kTimeout, kInterrupted };

// Waits until one of `fds` can be read or reports an error. A signal that comes after `interrupted`
// was asked, which it is once before the wait, ends the wait.
Wait wait_readable(std::span<const int> fds, std::optional<std::chrono::nanoseconds> timeout,
                   const std::function<bool()>& interrupted);

}  // namespace weir::os
