// Calls into sections other than .text, which libbpf refuses. within_text.bpf.c is the same without.
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#ifdef WITHIN_TEXT
#define IN(section)
#else
#define IN(section) SEC(section)
#endif

static __noinline IN("helpers") int local_helper(int a) { return a * 5; }

IN("helpers") __noinline int global_helper(int a) { return local_helper(a) + 1; }

static __noinline IN("tc") int beside(int a) { return global_helper(a) + 2; }

static int called_back(__u32 index, void *context);

SEC("tc")
int program(struct __sk_buff *skb) {
  int sum = beside((int)skb->len);
  bpf_loop(3, called_back, &sum, 0);
  return sum;
}

static IN("callbacks") int called_back(__u32 index, void *context) {
  *(int *)context += local_helper((int)index);
  return 0;
}

char _license[] SEC("license") = "GPL";
