// The samples' way: maps as structs of numbers, a static function that is a program.
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct bpf_map_def {
  unsigned int type;
  unsigned int key_size;
  unsigned int value_size;
  unsigned int max_entries;
  unsigned int map_flags;
};

unsigned long long load_byte(void *skb, unsigned long long off) asm("llvm.bpf.load.byte");

struct bpf_map_def SEC("maps") countmap = {
    .type = BPF_MAP_TYPE_ARRAY,
    .key_size = sizeof(int),
    .value_size = sizeof(int),
    .max_entries = 256,
};

struct bpf_map_def SEC("maps") seen = {
    .type = BPF_MAP_TYPE_HASH,
    .key_size = 8,
    .value_size = 16,
    .max_entries = 10,
    .map_flags = BPF_F_NO_PREALLOC,
};

struct ____btf_map_countmap {
  int key;
  unsigned int value;
};
struct ____btf_map_countmap __attribute__((section(".maps.countmap"), used)) ____btf_map_countmap = {};

SEC("socket")
int socket_prog(struct __sk_buff *skb) {
  int proto = load_byte(skb, 14 + 9);
  int one = 1;
  int *el = bpf_map_lookup_elem(&countmap, &proto);
  if (el)
    (*el)++;
  else
    el = &one;
  bpf_map_update_elem(&countmap, &proto, el, BPF_ANY);
  return 0;
}

SEC("classifier")
static inline int classification(struct __sk_buff *skb) {
  __u64 key = skb->len;
  return bpf_map_lookup_elem(&seen, &key) ? 2 : 0;
}

char _license[] SEC("license") = "GPL";
unsigned int _version SEC("version") = 0x060c2a;
