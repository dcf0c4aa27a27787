#include "diff/isa/kernel_program.h"

#include <linux/bpf.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace weir::difftest {
namespace {

// The Ethernet header, which the kernel takes off before a socket filter sees the rest. The type is
// one for experiments (IEEE 802).
constexpr auto kEthernetHeader = [] {
  std::array<std::byte, 14> header{};
  header[12] = std::byte{0x88};
  header[13] = std::byte{0xb5};
  return header;
}();

std::uint64_t address_of(const void* pointer) { return reinterpret_cast<std::uintptr_t>(pointer); }

// The kernel wants what it does not know of the union to be zero, padding too.
class Attributes {
 public:
  Attributes() { std::memset(&attr_, 0, sizeof attr_); }
  bpf_attr* operator->() { return &attr_; }
  long call(int command) { return ::syscall(SYS_bpf, command, &attr_, sizeof attr_); }

 private:
  bpf_attr attr_;
};

}  // namespace

LoadedProgram load_socket_filter(std::span<const isa::ExtendedInsn> program, bool with_log) {
  static std::vector<char> log(std::size_t{16} << 20);
  Attributes attr;
  attr->prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
  attr->insns = address_of(program.data());
  attr->insn_cnt = static_cast<std::uint32_t>(program.size());
  attr->license = address_of("GPL");
  if (with_log) {
    log[0] = '\0';
    attr->log_level = 2;
    attr->log_buf = address_of(log.data());
    attr->log_size = static_cast<std::uint32_t>(log.size());
  }
  const long fd = attr.call(BPF_PROG_LOAD);
  LoadedProgram out;
  if (fd < 0) out.error = errno;
  if (fd >= 0) out.fd = Fd(static_cast<int>(fd));
  if (with_log) out.log = log.data();
  return out;
}

std::optional<std::uint32_t> test_run(const Fd& program, std::span<const std::byte> packet,
                                      std::uint32_t mark) {
  std::vector<std::byte> data(kEthernetHeader.begin(), kEthernetHeader.end());
  data.insert(data.end(), packet.begin(), packet.end());
  __sk_buff context = {};
  context.mark = mark;
  Attributes attr;
  attr->test.prog_fd = static_cast<std::uint32_t>(program.get());
  attr->test.data_in = address_of(data.data());
  attr->test.data_size_in = static_cast<std::uint32_t>(data.size());
  attr->test.ctx_in = address_of(&context);
  attr->test.ctx_size_in = sizeof context;
  if (attr.call(BPF_PROG_TEST_RUN) != 0) return std::nullopt;
  return attr->test.retval;
}

std::uint32_t program_id(const Fd& program) {
  bpf_prog_info info = {};
  Attributes attr;
  attr->info.bpf_fd = static_cast<std::uint32_t>(program.get());
  attr->info.info_len = sizeof info;
  attr->info.info = address_of(&info);
  return attr.call(BPF_OBJ_GET_INFO_BY_FD) == 0 ? info.id : 0;
}

std::string no_bpf_reason() {
  const isa::ExtendedProgram program = {isa::alu32(isa::AluOp::kMov, isa::kR0, 0),
                                        isa::exit_program()};
  const LoadedProgram loaded = load_socket_filter(program, false);
  if (loaded.error == 0) return {};
  return std::string("no BPF program can be loaded: ") + std::strerror(loaded.error);
}

}  // namespace weir::difftest
