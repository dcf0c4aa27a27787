// iproute2's way: its own struct, maps inside of maps by number, programs into a map by section.
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct bpf_elf_map {
  __u32 type;
  __u32 size_key;
  __u32 size_value;
  __u32 max_elem;
  __u32 flags;
  __u32 id;
  __u32 pinning;
  __u32 inner_id;
  __u32 inner_idx;
};

struct bpf_elf_map SEC("maps") jumps = {
    .type = BPF_MAP_TYPE_PROG_ARRAY,
    .id = 7,
    .size_key = 4,
    .size_value = 4,
    .pinning = 1,
    .max_elem = 8,
};

struct bpf_elf_map SEC("maps") outer = {
    .type = BPF_MAP_TYPE_ARRAY_OF_MAPS,
    .size_key = 4,
    .size_value = 4,
    .inner_id = 42,
    .pinning = 2,
    .max_elem = 4,
};

struct bpf_elf_map SEC("maps") inner = {
    .type = BPF_MAP_TYPE_ARRAY,
    .size_key = 4,
    .size_value = 8,
    .id = 42,
    .inner_idx = 3,
    .max_elem = 2,
};

SEC("7/5")
int second(struct __sk_buff *skb) {
  int key = 3;
  void *map = bpf_map_lookup_elem(&outer, &key);
  return map && bpf_map_lookup_elem(map, &key) ? 1 : 0;
}

SEC("classifier")
int first(struct __sk_buff *skb) {
  bpf_tail_call(skb, &jumps, 5);
  return 0;
}

char _license[] SEC("license") = "GPL";
