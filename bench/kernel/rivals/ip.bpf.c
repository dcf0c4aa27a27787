// ip
#include "frame.bpf.h"

int matches(const void* data, const void* end) {
  const struct ethernet* eth = data;
  return (const void*)(eth + 1) <= end && eth->type == bpf_htons(ETH_P_IP);
}
