// host 10.0.1.1 or ... or host 10.0.1.10
#include "hosts.bpf.h"

int is_listed(__u32 address) {
  switch (address) {
    case 0x0a000101 ... 0x0a00010a:
      return 1;
    default:
      return 0;
  }
}
