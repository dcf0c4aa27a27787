#include "diff/object/libbpf_object.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include <cstdarg>
#include <cstdio>
#include <memory>

#include "isa/extended_code.h"

namespace weir::difftest {
namespace {

std::string oracle_log;

int keep_log(libbpf_print_level level, const char* format, va_list arguments) {
  if (level == LIBBPF_DEBUG) return 0;
  char line[4096];
  const int length = std::vsnprintf(line, sizeof line, format, arguments);
  oracle_log += line;
  return length;
}

struct CloseObject {
  void operator()(bpf_object* object) const { bpf_object__close(object); }
};

std::uint32_t map_id(int fd) {
  bpf_map_info info = {};
  std::uint32_t size = sizeof info;
  return bpf_obj_get_info_by_fd(fd, &info, &size) == 0 ? info.id : 0;
}

std::uint32_t oracle_program_id(int fd) {
  bpf_prog_info info = {};
  std::uint32_t size = sizeof info;
  return bpf_obj_get_info_by_fd(fd, &info, &size) == 0 ? info.id : 0;
}

std::map<std::uint32_t, std::uint32_t> slots_of(int fd, std::uint32_t entries) {
  std::map<std::uint32_t, std::uint32_t> slots;
  for (std::uint32_t key = 0; key < entries; ++key) {
    std::uint32_t id = 0;
    if (bpf_map_lookup_elem(fd, &key, &id) == 0) slots.emplace(key, id);
  }
  return slots;
}

OracleMap read_map(bpf_map* map, bool loaded) {
  OracleMap out;
  out.name = bpf_map__name(map);
  out.type = bpf_map__type(map);
  out.key_size = bpf_map__key_size(map);
  out.value_size = bpf_map__value_size(map);
  out.max_entries = bpf_map__max_entries(map);
  out.flags = bpf_map__map_flags(map);
  out.extra = bpf_map__map_extra(map);
  out.numa_node = bpf_map__numa_node(map);
  out.key_type = bpf_map__btf_key_type_id(map);
  out.value_type = bpf_map__btf_value_type_id(map);
  if (const char* const path = bpf_map__pin_path(map)) out.pin_path = path;
  if (bpf_map* const inner = bpf_map__inner_map(map)) out.inner.push_back(read_map(inner, false));
  std::size_t size = 0;
  if (const void* const value = bpf_map__initial_value(map, &size)) {
    const auto* const bytes = static_cast<const std::byte*>(value);
    out.bytes.emplace(bytes, bytes + size);
  }
  if (!loaded) return out;
  out.fd = bpf_map__fd(map);
  out.id = map_id(out.fd);
  if (out.type == BPF_MAP_TYPE_ARRAY_OF_MAPS || out.type == BPF_MAP_TYPE_HASH_OF_MAPS ||
      out.type == BPF_MAP_TYPE_PROG_ARRAY)
    out.slots = slots_of(out.fd, out.max_entries);
  return out;
}

OracleProgram read_program(bpf_program* program, bool loaded) {
  OracleProgram out;
  out.name = bpf_program__name(program);
  out.section = bpf_program__section_name(program);
  out.type = bpf_program__type(program);
  out.attach_type = bpf_program__expected_attach_type(program);
  out.autoload = bpf_program__autoload(program);
  if (!loaded) return out;
  const bpf_insn* const insns = bpf_program__insns(program);
  const auto* const bytes = reinterpret_cast<const std::byte*>(insns);
  auto code = isa::decode_extended({bytes, bpf_program__insn_cnt(program) * sizeof(bpf_insn)});
  if (code) out.code = std::move(*code);
  out.id = oracle_program_id(bpf_program__fd(program));
  return out;
}

std::vector<std::byte> read_btf(const btf* types) {
  std::uint32_t size = 0;
  const void* const data = types == nullptr ? nullptr : btf__raw_data(types, &size);
  const auto* const bytes = static_cast<const std::byte*>(data);
  return data == nullptr ? std::vector<std::byte>{} : std::vector<std::byte>(bytes, bytes + size);
}

}  // namespace

OracleObject read_with_libbpf(std::span<const std::byte> object, OracleDepth depth) {
  const auto before = libbpf_set_print(keep_log);
  oracle_log.clear();
  OracleObject out;
  bpf_object_open_opts options = {};
  options.sz = sizeof options;
  options.object_name = "oracle";
  {
    const std::unique_ptr<bpf_object, CloseObject> opened(
        bpf_object__open_mem(object.data(), object.size(), &options));
    out.opened = opened != nullptr;
    if (out.opened && depth != OracleDepth::kOpen) out.loaded = bpf_object__load(opened.get()) == 0;
    if (out.opened) {
      out.btf = read_btf(bpf_object__btf(opened.get()));
      bpf_map* map = nullptr;
      bpf_object__for_each_map(map, opened.get()) out.maps.push_back(read_map(map, out.loaded));
      bpf_program* program = nullptr;
      bpf_object__for_each_program(program, opened.get())
          out.programs.push_back(read_program(program, depth != OracleDepth::kOpen));
    }
  }
  out.log = oracle_log;
  libbpf_set_print(before);
  return out;
}

std::optional<OracleSection> libbpf_section(const std::string& name) {
  const auto before = libbpf_set_print(nullptr);
  bpf_prog_type type = BPF_PROG_TYPE_UNSPEC;
  bpf_attach_type attach = BPF_CGROUP_INET_INGRESS;
  const int failed = libbpf_prog_type_by_name(name.c_str(), &type, &attach);
  libbpf_set_print(before);
  if (failed != 0) return std::nullopt;
  return OracleSection{.type = type, .attach_type = attach};
}

namespace {
std::string text_or_nothing(const char* text) { return text == nullptr ? "" : text; }
}  // namespace

std::string libbpf_program_type(std::uint32_t number) {
  return text_or_nothing(libbpf_bpf_prog_type_str(static_cast<bpf_prog_type>(number)));
}
std::string libbpf_attach_type(std::uint32_t number) {
  return text_or_nothing(libbpf_bpf_attach_type_str(static_cast<bpf_attach_type>(number)));
}
std::string libbpf_map_type(std::uint32_t number) {
  return text_or_nothing(libbpf_bpf_map_type_str(static_cast<bpf_map_type>(number)));
}

}  // namespace weir::difftest
