// Maps of maps and of programs, filled from the file.
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct inner {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 2);
  __type(key, int);
  __type(value, __u64);
} one SEC(".maps"), two SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
  __uint(max_entries, 4);
  __type(key, int);
  __array(values, struct inner);
} outer SEC(".maps") = {
    .values = {[1] = &two, [3] = &one},
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
  __uint(max_entries, 4);
  __uint(key_size, 4);
  __uint(value_size, 4);
  __array(
      values, struct {
        __uint(type, BPF_MAP_TYPE_HASH);
        __uint(max_entries, 16);
        __type(key, __u32);
        __type(value, int);
      });
} by_hash SEC(".maps");

int jumped(struct __sk_buff *skb);

struct {
  __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
  __uint(max_entries, 3);
  __uint(key_size, 4);
  __array(values, int(void *));
} jumps SEC(".maps") = {
    .values = {[2] = (void *)&jumped},
};

SEC("tc")
int start(struct __sk_buff *skb) {
  int key = 3;
  void *map = bpf_map_lookup_elem(&outer, &key);
  void *hashed = bpf_map_lookup_elem(&by_hash, &key);
  key = 0;
  if (map && hashed && bpf_map_lookup_elem(map, &key) && bpf_map_lookup_elem(hashed, &key)) return 3;
  bpf_tail_call(skb, &jumps, 2);
  return 0;
}

SEC("tc")
int jumped(struct __sk_buff *skb) { return (int)skb->len; }

char _license[] SEC("license") = "GPL";
