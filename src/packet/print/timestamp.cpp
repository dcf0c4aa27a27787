#include "packet/print/timestamp.h"

#include <ctime>

namespace weir::packet {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

struct SplitTime {
  std::int64_t seconds;
  std::int64_t nanoseconds;  // 0 to 999,999,999
};

SplitTime split(std::int64_t time_ns) {
  std::int64_t seconds = time_ns / kSecond;
  if (time_ns % kSecond < 0) --seconds;
  return {.seconds = seconds, .nanoseconds = time_ns - seconds * kSecond};
}

}  // namespace

void TimestampPrinter::put_fraction(Text& text, std::int64_t nanoseconds) const {
  const auto fraction = static_cast<std::uint32_t>(nanoseconds);
  if (nanoseconds_) {
    text.put('.', Digits<6>{fraction / 1000}, Digits<3>{fraction % 1000});
  } else {
    text.put('.', Digits<6>{fraction / 1000});
  }
}

void TimestampPrinter::make_second_text(std::int64_t seconds) {
  const std::time_t time = seconds;
  std::tm local{};
  localtime_r(&time, &local);
  second_text_.size = static_cast<std::uint8_t>(
      std::strftime(second_text_.characters, sizeof second_text_.characters,
                    kind_ == Timestamp::kDateTime ? "%Y-%m-%d %H:%M:%S" : "%H:%M:%S", &local));
  second_ = seconds;
}

void TimestampPrinter::put_local(Text& text, std::int64_t seconds) {
  if (second_ != seconds) make_second_text(seconds);
  text.put(second_text_);
}

void TimestampPrinter::put_difference(Text& text, std::int64_t time_ns) {
  if (!reference_) reference_ = time_ns;
  std::int64_t difference = time_ns - *reference_;
  text.put(difference < 0 ? '-' : ' ');
  if (difference < 0) difference = -difference;
  const auto [seconds, nanoseconds] = split(difference);
  text.digits(static_cast<std::uint32_t>(seconds / 3600 % 24), 2);
  text.put(':');
  text.digits(static_cast<std::uint32_t>(seconds / 60 % 60), 2);
  text.put(':');
  text.digits(static_cast<std::uint32_t>(seconds % 60), 2);
  put_fraction(text, nanoseconds);
  if (kind_ == Timestamp::kSincePrevious) reference_ = time_ns;
}

void TimestampPrinter::put(Text& text, std::int64_t time_ns) {
  const auto [seconds, nanoseconds] = split(time_ns);
  switch (kind_) {
    case Timestamp::kNone:
      return;
    case Timestamp::kSeconds:
      text.print("{}", seconds);
      put_fraction(text, nanoseconds);
      break;
    case Timestamp::kTime:
    case Timestamp::kDateTime:
      put_local(text, seconds);
      put_fraction(text, nanoseconds);
      break;
    case Timestamp::kSincePrevious:
    case Timestamp::kSinceFirst:
      put_difference(text, time_ns);
      break;
  }
  text.put(' ');
}

}  // namespace weir::packet
