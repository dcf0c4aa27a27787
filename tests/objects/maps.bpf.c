// Maps defined by types, with every attribute that there is.
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct key {
  __u32 address;
  __u16 port;
};

typedef __u64 counter;

struct flow {
  counter packets;
  counter bytes;
  char name[10];
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1024);
  __type(key, struct key);
  __type(value, struct flow);
  __uint(map_flags, BPF_F_NO_PREALLOC);
} flows SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(key_size, 4);
  __uint(value_size, 8);
  __uint(max_entries, 256);
} by_sizes SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(key_size, sizeof(__u32));
  __type(key, const __u32);
  __type(value, counter[4]);
  __uint(value_size, 32);
  __uint(max_entries, 1);
  __uint(map_flags, BPF_F_NUMA_NODE | BPF_F_MMAPABLE);
  __uint(numa_node, 0);
} both SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_BLOOM_FILTER);
  __type(value, __u32);
  __uint(max_entries, 100);
  __uint(map_extra, 3);
} bloom SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_LPM_TRIE);
  __uint(key_size, 8);
  __uint(value_size, 4);
  __uint(max_entries, 16);
  __uint(map_flags, BPF_F_NO_PREALLOC);
} trie SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 4096);
} events SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __type(key, __u32);
  __type(value, counter);
  __uint(max_entries, 1);
} totals SEC(".maps");

SEC("socket")
int count(struct __sk_buff *skb) {
  struct key key = {.address = skb->len, .port = 80};
  struct flow *flow = bpf_map_lookup_elem(&flows, &key);
  __u32 zero = 0;
  counter *total = bpf_map_lookup_elem(&totals, &zero);
  counter *sized = bpf_map_lookup_elem(&by_sizes, &zero);
  counter *quad = bpf_map_lookup_elem(&both, &zero);
  if (flow) __sync_fetch_and_add(&flow->packets, 1);
  if (total) *total += skb->len;
  if (sized) *sized += 1;
  if (quad) quad[3] += 1;
  return bpf_map_peek_elem(&bloom, &zero) == 0 ? skb->len : 0;
}

SEC("tc")
int look(struct __sk_buff *skb) {
  struct {
    __u32 bits;
    __u32 address;
  } prefix = {32, skb->mark};
  __u32 *found = bpf_map_lookup_elem(&trie, &prefix);
  __u64 *event = bpf_ringbuf_reserve(&events, 8, 0);
  if (event) {
    *event = found ? *found : 0;
    bpf_ringbuf_submit(event, 0);
  }
  return 0;
}

char _license[] SEC("license") = "GPL";
