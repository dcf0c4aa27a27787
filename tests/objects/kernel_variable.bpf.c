// A variable of the kernel with a type. Kernels need not know where it is, even if they know its type.
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

extern const int bpf_prog_active __ksym;

SEC("tc")
int active(struct __sk_buff *skb) {
  const int *here = bpf_per_cpu_ptr(&bpf_prog_active, 0);
  return here ? *here : (int)skb->len;
}

char _license[] SEC("license") = "GPL";
