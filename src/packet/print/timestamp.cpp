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
  text.put('.');
  if (nanoseconds_) {
    text.digits(static_cast<std::uint32_t>(nanoseconds), 9);
  } else {
    text.digits(static_cast<std::uint32_t>(nanoseconds / 1000), 6);
  }
}

// Offsets of time zones are whole minutes today, but not in 1900: the minute is that of local time.
void TimestampPrinter::put_local(Text& text, std::int64_t seconds) {
  const std::int64_t minute = (seconds < 0 ? seconds - 59 : seconds) / 60;
  if (minute_ != minute) {
    const std::time_t time = minute * 60;
    std::tm local{};
    localtime_r(&time, &local);
    minute_size_ =
        std::strftime(minute_text_, sizeof minute_text_,
                      kind_ == Timestamp::kDateTime ? "%Y-%m-%d %H:%M:" : "%H:%M:", &local);
    minute_ = minute;
  }
  text.put(std::string_view(minute_text_, minute_size_));
  text.digits(static_cast<std::uint32_t>(seconds - minute * 60), 2);
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
