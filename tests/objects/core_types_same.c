// The very types of core_types.h.
#include "core_types.h"

struct thing a_thing;
struct small a_small;
struct gone a_gone;
struct bits some_bits;
point_t a_point;
callback a_callback;
number a_number;
enum color a_color;
enum sign a_sign;
enum large a_large;
