// Maps that stay: they are only opened in tests, for loading pins them.
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_LRU_HASH);
  __uint(max_entries, 10);
  __type(key, __u32);
  __type(value, __u32);
  __uint(pinning, LIBBPF_PIN_BY_NAME);
} pinned SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
  __uint(key_size, 4);
  __uint(value_size, 4);
  __uint(pinning, LIBBPF_PIN_NONE);
} loose SEC(".maps");

SEC("tc")
int keep(struct __sk_buff *skb) {
  __u32 key = skb->len;
  bpf_perf_event_output(skb, &loose, BPF_F_CURRENT_CPU, &key, sizeof key);
  return bpf_map_lookup_elem(&pinned, &key) ? 0 : 2;
}

char _license[] SEC("license") = "GPL";
