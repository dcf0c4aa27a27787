#include "packet/print/timestamp.h"

#include <ctime>

namespace weir::packet {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

struct SplitTime {
  std::int64_t seconds;
  std::uint32_t nanoseconds;
};

SplitTime split(std::int64_t time_ns) {
  const std::int64_t rest = time_ns % kSecond;
  if (rest >= 0)
    return {.seconds = time_ns / kSecond, .nanoseconds = static_cast<std::uint32_t>(rest)};
  return {.seconds = time_ns / kSecond - 1,
          .nanoseconds = static_cast<std::uint32_t>(rest + kSecond)};
}

Digits<2> two_digits(std::uint64_t value) { return {static_cast<std::uint32_t>(value)}; }

// Broken captures hold any 64 bits as a time, so differences must be able to wrap.
std::uint64_t difference_of(std::int64_t a, std::int64_t b) {
  return static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b);
}

}  // namespace

void TimestampPrinter::put_fraction(Text& text, std::uint32_t nanoseconds) const {
  if (nanoseconds_) {
    text.put('.', Digits<6>{nanoseconds / 1000}, Digits<3>{nanoseconds % 1000}, ' ');
  } else {
    text.put('.', Digits<6>{nanoseconds / 1000}, ' ');
  }
}

void TimestampPrinter::make_second_text(std::int64_t time_ns) {
  const auto [seconds, nanoseconds] = split(time_ns);
  const std::time_t time = seconds;
  std::tm local{};
  localtime_r(&time, &local);
  second_text_.size = static_cast<std::uint8_t>(
      std::strftime(second_text_.characters, sizeof second_text_.characters,
                    kind_ == Timestamp::kDateTime ? "%Y-%m-%d %H:%M:%S" : "%H:%M:%S", &local));
  second_begin_ = static_cast<std::int64_t>(difference_of(time_ns, nanoseconds));
}

void TimestampPrinter::put_local(Text& text, std::int64_t time_ns) {
  if (second_text_.size == 0 || difference_of(time_ns, second_begin_) >= std::uint64_t{kSecond})
    make_second_text(time_ns);
  text.put(second_text_);
  put_fraction(text, static_cast<std::uint32_t>(difference_of(time_ns, second_begin_)));
}

void TimestampPrinter::put_difference(Text& text, std::int64_t time_ns) {
  if (!reference_) reference_ = time_ns;
  const bool is_earlier = time_ns < *reference_;
  const std::uint64_t difference =
      is_earlier ? difference_of(*reference_, time_ns) : difference_of(time_ns, *reference_);
  const std::uint64_t seconds = difference / kSecond;
  text.put(is_earlier ? '-' : ' ', two_digits(seconds / 3600 % 24), ':',
           two_digits(seconds / 60 % 60), ':', two_digits(seconds % 60));
  put_fraction(text, static_cast<std::uint32_t>(difference % kSecond));
  if (kind_ == Timestamp::kSincePrevious) reference_ = time_ns;
}

void TimestampPrinter::put(Text& text, std::int64_t time_ns) {
  switch (kind_) {
    case Timestamp::kNone:
      return;
    case Timestamp::kSeconds: {
      const auto [seconds, nanoseconds] = split(time_ns);
      text.print("{}", seconds);
      put_fraction(text, nanoseconds);
      break;
    }
    case Timestamp::kTime:
    case Timestamp::kDateTime:
      put_local(text, time_ns);
      break;
    case Timestamp::kSincePrevious:
    case Timestamp::kSinceFirst:
      put_difference(text, time_ns);
      break;
  }
}

}  // namespace weir::packet
