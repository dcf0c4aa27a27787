// Relocations in functions that a program calls, in its own section and in others.
#include <linux/bpf.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
#include "core_types.h"
#pragma clang attribute pop

#define SEC(name) __attribute__((section(name), used))

static __attribute__((noinline)) int in_text(struct thing *it) {
  return it->numbers[2] + it->whole;
}

__attribute__((noinline)) int global(struct thing *it) { return it->third + in_text(it); }

SEC("socket") int calls_one(void *context) {
  struct thing *it = context;
  return it->first + in_text(it);
}

SEC("socket") int calls_both(void *context) {
  struct thing *it = context;
  return global(it) * in_text(it) + it->where.y;
}

SEC("classifier") int calls_from_elsewhere(void *context) {
  struct thing *it = context;
  return it->left + global(it);
}

char _license[] SEC("license") = "GPL";
