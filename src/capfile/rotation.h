// When a capture goes on in another file, and what that is called, as tcpdump's -C, -G and -W have
// it.
#pragma once

#include <chrono>
#include <cstdint>
#include <ctime>
#include <optional>
#include <string>

namespace weir::capfile {

struct Rotation {
  std::optional<std::uint64_t> bytes;          // a file that is longer gets no further packet
  std::optional<std::chrono::seconds> period;  // after this a packet goes into a new file
  // With `bytes`: file names are used again after so many. Without: the capture ends after so many.
  std::optional<std::uint32_t> files;

  bool any() const { return bytes || period; }
};

// The name of a file that was begun at `when`, the `number`-th of its period, counted from 0. With
// a period, strftime(3) fills in the pattern, in local time; with a size, the number follows, but
// for that of the very first file when no count says how wide it has to be.
std::string rotated_name(const std::string& pattern, const Rotation& rotation, std::time_t when,
                         std::uint32_t number);

// Where the part of a pattern that may change begins: behind the last `/` before it.
std::string fixed_folder(const std::string& pattern, const Rotation& rotation);

}  // namespace weir::capfile
