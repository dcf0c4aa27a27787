// clang-19 makes an object, llvm-objcopy-19 takes the code out of it.
#include "bench/kernel/rival.h"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "bench/command.h"

namespace weir::bench {
namespace {

// `host 10.0.1.1 or ...`: 250 of each network 10.N.1.0/24.
std::string hosts(std::string_view what, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) {
    out += fmt::format("{}{} 10.{}.1.{}", i == 0 ? "" : " or ", what, i / 250, i % 250 + 1);
  }
  return out;
}

// An expression in a cell of a table; none of the nine has a bar.
std::string shown(std::string_view expression) {
  return expression.empty() ? "(none)" : fmt::format("`{}`", expression);
}

// Where Debian has asm/types.h.
std::string machine_headers() {
  utsname machine = {};
  WEIR_CHECK(::uname(&machine) == 0);
  return fmt::format("-I/usr/include/{}-linux-gnu", machine.machine);
}

// Its messages are the benchmark's.
void make(std::vector<std::string> words) { Command(std::move(words), "/dev/stderr").end(); }

}  // namespace

std::vector<Rival> rivals() {
  const auto plain = [](const char* expression, const char* source) {
    return Rival{shown(expression), expression, source};
  };
  return {
      plain("", "all"),
      plain("ip", "ip"),
      plain("ip and tcp dst port 8080", "tcp_dst_port"),
      plain("tcp port 80 or tcp port 443 or udp port 53", "three_ports"),
      plain("tcp port 80 and (((ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2)) != 0)",
            "tcp_payload"),
      plain("(tcp or udp) and portrange 8000-8999 and not net 10.1.0.0/16", "port_range"),
      {"`host A or ...`, 10 of them", hosts("host", 10), "hosts_10"},
      {"`host A or ...`, 100 of them", hosts("host", 100), "hosts_100"},
      {"`ip src host A or ...`, 1,000 of them", hosts("ip src host", 1000), "source_hosts_1000"}};
}

isa::ExtendedProgram compile_rival(const Rival& rival, difftest::ProgramKind kind,
                                   const std::string& folder) {
  const std::string source =
      fmt::format("{}/bench/kernel/rivals/{}.bpf.c", WEIR_SOURCE_DIR, rival.source);
  const std::string object = folder + "/program.o", code = folder + "/code";
  const bool is_tc = kind == difftest::ProgramKind::kTc;
  make({"clang-19", "-O2", "-target", "bpf", "-mcpu=v3", machine_headers(),
        is_tc ? "-DCONTEXT=__sk_buff" : "-DCONTEXT=xdp_md", "-c", source, "-o", object});
  make({"llvm-objcopy-19", "-O", "binary", "--only-section=filter", object, code});

  std::ifstream file(code, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  WEIR_CHECK(!bytes.empty() && bytes.size() % sizeof(isa::ExtendedInsn) == 0);
  isa::ExtendedProgram program(bytes.size() / sizeof(isa::ExtendedInsn));
  std::memcpy(program.data(), bytes.data(), bytes.size());
  return program;
}

}  // namespace weir::bench
