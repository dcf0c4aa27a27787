// What a program of this machine prints.
#pragma once

#include <cstdio>
#include <optional>
#include <string>

namespace weir::difftest {

// Standard output of a shell command; nullopt when it fails, or is not there.
inline std::optional<std::string> command_output(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return std::nullopt;
  std::string out;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out += static_cast<char>(c);
  return ::pclose(pipe) == 0 ? std::optional(out) : std::nullopt;
}

}  // namespace weir::difftest
