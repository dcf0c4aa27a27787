// Wakeup: how one thread ends another's wait for descriptors.
#pragma once

#include <weir/result.h>

#include "base/fd.h"

namespace weir::os {

class Wakeup {
 public:
  static Result<Wakeup> make();

  // From here on fd() can be read, until silence().
  void ring() const;
  void silence() const;
  int fd() const { return fd_.get(); }

 private:
  explicit Wakeup(Fd fd) : fd_(std::move(fd)) {}

  Fd fd_;
};

}  // namespace weir::os
