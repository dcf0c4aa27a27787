#include "diff/object/core_libbpf.h"

#include <bpf/libbpf.h>

#include <cstdarg>
#include <cstdio>
#include <memory>

#include "isa/extended_code.h"

namespace weir::difftest {
namespace {

std::string* libbpf_log = nullptr;

__attribute__((format(printf, 2, 0))) int keep_line(libbpf_print_level /*level*/,
                                                    const char* format, std::va_list arguments) {
  char line[2048];
  std::vsnprintf(line, sizeof line, format, arguments);
  if (libbpf_log != nullptr) *libbpf_log += line;
  return 0;
}

struct Close {
  void operator()(bpf_object* object) const { bpf_object__close(object); }
};

}  // namespace

LibbpfProgram libbpf_relocate(std::span<const std::byte> bytes, const std::string& name,
                              const std::string& target) {
  LibbpfProgram out;
  libbpf_log = &out.log;
  libbpf_set_print(keep_line);
  bpf_object_open_opts options = {};
  options.sz = sizeof options;
  options.object_name = "core";
  if (!target.empty()) options.btf_custom_path = target.c_str();
  const std::unique_ptr<bpf_object, Close> object(
      bpf_object__open_mem(bytes.data(), bytes.size(), &options));
  if (!object) return out;
  bpf_program* wanted = nullptr;
  for (bpf_program* program = bpf_object__next_program(object.get(), nullptr); program != nullptr;
       program = bpf_object__next_program(object.get(), program)) {
    const bool is_wanted = name == bpf_program__name(program);
    bpf_program__set_autoload(program, is_wanted);
    if (is_wanted) wanted = program;
  }
  if (wanted == nullptr) return out;
  (void)bpf_object__load(object.get());
  libbpf_log = nullptr;
  out.relocated = out.log.find("failed to perform CO-RE relocations") == std::string::npos;
  if (!out.relocated) return out;
  const auto* insns = reinterpret_cast<const std::byte*>(bpf_program__insns(wanted));
  out.code = *isa::decode_extended({insns, bpf_program__insn_cnt(wanted) * sizeof(bpf_insn)});
  return out;
}

}  // namespace weir::difftest
