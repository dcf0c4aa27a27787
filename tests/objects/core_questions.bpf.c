// Every kind of CO-RE relocation that is asked for by name.
#include <linux/bpf.h>

#include "core_types.h"

#define SEC(name) __attribute__((section(name), used))
#define ASK(function, expression) \
  SEC("socket") int function(void *context) { return (int)(expression); }
#define ASK_WIDE(function, expression) \
  SEC("socket") int function(void *context) { return (expression) > (u64)context; }

enum { BYTE_OFFSET, BYTE_SIZE, EXISTS, SIGNED, LEFT_SHIFT, RIGHT_SHIFT };
#define FIELD(type, member, what) __builtin_preserve_field_info(((type *)0)->member, what)
#define FIELD_QUESTIONS(name, type, member)             \
  ASK(name##_offset, FIELD(type, member, BYTE_OFFSET))  \
  ASK(name##_size, FIELD(type, member, BYTE_SIZE))      \
  ASK(name##_exists, FIELD(type, member, EXISTS))       \
  ASK(name##_signed, FIELD(type, member, SIGNED))       \
  ASK(name##_left, FIELD(type, member, LEFT_SHIFT))     \
  ASK(name##_right, FIELD(type, member, RIGHT_SHIFT))

FIELD_QUESTIONS(first, struct thing, first)
FIELD_QUESTIONS(second, struct thing, second)
FIELD_QUESTIONS(third, struct thing, third)
FIELD_QUESTIONS(inner, struct thing, where.y)
FIELD_QUESTIONS(left, struct thing, left)
FIELD_QUESTIONS(whole, struct thing, whole)
FIELD_QUESTIONS(color, struct thing, color)
FIELD_QUESTIONS(member, struct gone, member)
FIELD_QUESTIONS(bits_a, struct bits, a)
FIELD_QUESTIONS(bits_b, struct bits, b)
FIELD_QUESTIONS(bits_c, struct bits, c)
FIELD_QUESTIONS(bits_d, struct bits, d)
FIELD_QUESTIONS(bits_e, struct bits, e)
ASK(name_offset, FIELD(struct thing, name, BYTE_OFFSET))
ASK(name_size, FIELD(struct thing, name, BYTE_SIZE))
ASK(element_offset, FIELD(struct thing, numbers[6], BYTE_OFFSET))
ASK(element_size, FIELD(struct thing, numbers[6], BYTE_SIZE))
ASK(element_exists, FIELD(struct thing, numbers[6], EXISTS))
ASK(to_exists, FIELD(struct thing, to, EXISTS))
ASK(call_exists, FIELD(struct thing, call, EXISTS))
ASK(opaque_exists, FIELD(struct thing, opaque, EXISTS))

#define TYPE_ID(type, what) __builtin_btf_type_id(*(typeof(type) *)0, what)
#define TYPE(type, what) __builtin_preserve_type_info(*(typeof(type) *)0, what)
#define TYPE_QUESTIONS(name, type)           \
  ASK_WIDE(name##_local, TYPE_ID(type, 0))   \
  ASK_WIDE(name##_target, TYPE_ID(type, 1))  \
  ASK(name##_type_exists, TYPE(type, 0))     \
  ASK(name##_type_size, TYPE(type, 1))       \
  ASK(name##_type_matches, TYPE(type, 2))

TYPE_QUESTIONS(thing, struct thing)
TYPE_QUESTIONS(point, struct point)
TYPE_QUESTIONS(point_t, point_t)
TYPE_QUESTIONS(callback, callback)
TYPE_QUESTIONS(number, number)
TYPE_QUESTIONS(gone, struct gone)
TYPE_QUESTIONS(small, struct small)
TYPE_QUESTIONS(bits, struct bits)
TYPE_QUESTIONS(color, enum color)
TYPE_QUESTIONS(sign, enum sign)
TYPE_QUESTIONS(large, enum large)
TYPE_QUESTIONS(wide, u64)
TYPE_QUESTIONS(integer, integer)
TYPE_QUESTIONS(other_flavor, struct point___extra)

#define ENUMERATOR(type, value, what) __builtin_preserve_enum_value(*(typeof(type) *)value, what)
#define ENUM_QUESTIONS(name, type, value)                \
  ASK(name##_is_there, ENUMERATOR(type, value, 0))       \
  ASK_WIDE(name##_value, ENUMERATOR(type, value, 1))

ENUM_QUESTIONS(red, enum color, RED)
ENUM_QUESTIONS(green, enum color, GREEN)
ENUM_QUESTIONS(blue, enum color, BLUE)
ENUM_QUESTIONS(minus, enum sign, MINUS)
ENUM_QUESTIONS(huge, enum large, HUGE_ONE)

char _license[] SEC("license") = "GPL";
