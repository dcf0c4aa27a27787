#include "app/text_sink.h"

#include <cerrno>

#include "os/text_file.h"

namespace weir::app {
bool DescriptorSink::write(std::string_view text) {
  if (error_ != 0) return false;
  if (held_.empty() && text.size() >= hold_bytes_) {  // nothing to gather
    if (!os::write_all(fd_, text)) error_ = errno;
    return error_ == 0;
  }
  held_ += text;
  return held_.size() < hold_bytes_ || flush();
}

bool DescriptorSink::is_terminal() const { return os::is_terminal(fd_); }

bool DescriptorSink::flush() {
  if (error_ == 0 && !os::write_all(fd_, held_)) error_ = errno;
  held_.clear();
  return error_ == 0;
}

}  // namespace weir::app
