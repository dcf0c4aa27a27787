// Functions that programs call: local and global ones, deep ones, and callbacks.
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 4);
} sums SEC(".maps");

static __u64 seen;

static __noinline int deepest(int a) {
  __u32 zero = 0;
  __u64 *sum = bpf_map_lookup_elem(&sums, &zero);
  return sum ? (int)*sum + a : a;
}

__noinline int unused_by_first(int a) { return deepest(a) * 3; }

static __noinline int middle(int a) { return deepest(a + 1) + 2; }

__noinline int global_function(int a) {
  seen++;
  return middle(a) + deepest(a);
}

__attribute__((visibility("hidden"))) __noinline int hidden_function(int a) { return a * 7 + (int)seen; }

static int each(__u32 index, void *context) {
  *(int *)context += middle((int)index);
  return 0;
}

static int other(__u32 index, void *context) {
  *(int *)context += (int)index;
  return 0;
}

static long entry(void *map, const void *key, void *value, void *context) {
  *(__u64 *)context += *(__u64 *)value;
  return 0;
}

SEC("tc")
int first(struct __sk_buff *skb) {
  int sum = 0;
  bpf_loop(10, each, &sum, 0);
  return global_function((int)skb->len) + sum;
}

SEC("tc")
int second(struct __sk_buff *skb) {
  return unused_by_first((int)skb->len) + hidden_function((int)skb->mark) + global_function(1);
}

SEC("xdp")
int third(struct xdp_md *xdp) {
  __u64 all = 0;
  int sum = 0;
  bpf_for_each_map_elem(&sums, entry, &all, 0);
  bpf_loop(xdp->rx_queue_index & 3, other, &sum, 0);
  bpf_loop(3, each, &sum, 0);
  return all > 3 ? 1 : middle(sum) & 1;
}

SEC("socket")
int fourth(struct __sk_buff *skb) { return (int)skb->len; }

char _license[] SEC("license") = "GPL";
