// Loads and stores of fields, whose offsets and sizes are relocated.
#include <linux/bpf.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
#include "core_types.h"
#pragma clang attribute pop

#define SEC(name) __attribute__((section(name), used))
#define READ(function, type, expression)                \
  SEC("socket") int function(void *context) {           \
    type *it = context;                                 \
    return (int)(u64)(expression);                      \
  }

READ(read_first, struct thing, it->first)
READ(read_second, struct thing, it->second)
READ(read_third, struct thing, it->third)
READ(read_name, struct thing, it->name[5])
READ(read_numbers, struct thing, it->numbers[7])
READ(read_inner, struct thing, it->where.y)
READ(read_pointer, struct thing, it->to)
READ(read_through, struct thing, it->to->y)
READ(read_grid, struct thing, it->grid[1][2].y)
READ(read_left, struct thing, it->left)
READ(read_right, struct thing, it->right)
READ(read_opaque, struct thing, it->opaque)
READ(read_call, struct thing, it->call)
READ(read_count, struct thing, it->count)
READ(read_color, struct thing, it->color)
READ(read_letter, struct thing, it->letter)
READ(read_whole, struct thing, it->whole)
READ(read_yes, struct thing, it->yes)
READ(read_tail, struct thing, it->tail[2].y)
READ(read_element, struct thing, it[3].first)
READ(read_gone, struct gone, it->member)
READ(read_small, struct small, it->value)
READ(read_pointer_like, struct small, it->pointer_like)
READ(address_of_name, struct thing, &it->name)
READ(address_of_numbers, struct thing, &it->numbers[3])
READ(address_of_tail, struct thing, &it->tail[5])
READ(address_of_element, struct thing, &it[2].where)

SEC("socket") int write_third(void *context) {
  struct thing *it = context;
  it->third = 77;
  it->second = (u64)context;
  it->whole = -1;
  return 0;
}

SEC("socket") int many(void *context) {
  struct thing *it = context;
  return it->first + it->third + it->numbers[2] + it->where.x + it->left;
}

char _license[] SEC("license") = "GPL";
