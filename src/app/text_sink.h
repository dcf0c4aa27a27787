// TextSink: where a use-case puts text, be it a terminal, a file or a test's string.
#pragma once

#include <string>
#include <string_view>

namespace weir::app {

class TextSink {
 public:
  virtual ~TextSink() = default;
  // False when nobody takes text any more: the reader of a pipe has gone, or the disk is full. From
  // then on the answer stays false.
  virtual bool write(std::string_view text) = 0;
  virtual bool is_terminal() const { return false; }
  // Hands on what is still held back.
  virtual bool flush() = 0;
};

class StringSink final : public TextSink {
 public:
  bool write(std::string_view text) override {
    text_ += text;
    return true;
  }
  bool flush() override { return true; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// Writes to a descriptor that stays the caller's, in pieces of at least `hold_bytes`.
class DescriptorSink final : public TextSink {
 public:
  static constexpr std::size_t kHoldBytes = std::size_t{64} * 1024;

  explicit DescriptorSink(int fd, std::size_t hold_bytes = kHoldBytes)
      : fd_(fd), hold_bytes_(hold_bytes) {}
  ~DescriptorSink() override { DescriptorSink::flush(); }
  DescriptorSink(const DescriptorSink&) = delete;
  DescriptorSink& operator=(const DescriptorSink&) = delete;

  bool write(std::string_view text) override;
  bool is_terminal() const override;
  bool flush() override;

  // Why writing ended: an errno value, 0 while it has not.
  int error() const { return error_; }

 private:
  int fd_;
  std::size_t hold_bytes_;
  int error_ = 0;
  std::string held_;
};

}  // namespace weir::app
