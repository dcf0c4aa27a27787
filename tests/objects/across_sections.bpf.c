// Calls into sections other than .text, which libbpf refuses.
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

static __noinline SEC("helpers") int local_helper(int a) { return a * 5; }

SEC("helpers") __noinline int global_helper(int a) { return local_helper(a) + 1; }

static __noinline SEC("tc") int beside(int a) { return global_helper(a) + 2; }

static int called_back(__u32 index, void *context);

SEC("tc")
int program(struct __sk_buff *skb) {
  int sum = beside((int)skb->len);
  bpf_loop(3, called_back, &sum, 0);
  return sum;
}

static SEC("callbacks") int called_back(__u32 index, void *context) {
  *(int *)context += local_helper((int)index);
  return 0;
}

char _license[] SEC("license") = "GPL";
