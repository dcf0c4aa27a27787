// Every operation on every width, comparisons of both signs, loops, and calls between functions.
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long long s64;

#define WIDTH(T)                                                                      \
  __attribute__((noinline)) T mix_##T(T a, T b, volatile T* out) {                    \
    out[0] = a + b, out[1] = a - b, out[2] = a * b, out[3] = a & b, out[4] = a | b;   \
    out[5] = a ^ b, out[6] = a << (b & 7), out[7] = a >> (b & 7), out[8] = -a;        \
    out[-1] = 5, out[-2] = -7;                                                        \
    T sum = 0;                                                                        \
    for (T i = 0; i < b; i += 3) sum += out[i & 15] > a ? out[2] : a;                 \
    if (a >= b || sum <= 77) sum ^= 0x55;                                             \
    return sum == 3 ? a : sum;                                                        \
  }
WIDTH(u8) WIDTH(u16) WIDTH(u32) WIDTH(u64) WIDTH(s8) WIDTH(s16) WIDTH(s32) WIDTH(s64)

u64 divide(u64 a, u64 b, u32 c, u32 d) { return a / b + a % b + c / d + c % d + a / 7 + c % 9; }
#if __BPF_CPU_VERSION__ >= 4
s64 divide_signed(s64 a, s64 b, s32 c, s32 d) { return a / b + a % b + c / d + c % d + a / 7; }
#endif
u64 swap(u64 a, u32 b, u16 c) {
  return __builtin_bswap64(a) + __builtin_bswap32(b) + __builtin_bswap16(c);
}
u64 constants(int a) {
  return a > 0x7ffffff0 ? 0x1122334455667788ull : a < -0x7ffffff0 ? 0xffffffff80000000ull : 1ull << 40;
}

__attribute__((section("socket"), used)) int all(void* context) {
  volatile u64 out[24];
  u8* bytes = (u8*)out;
  mix_u8(1, 2, bytes + 16), mix_s16(bytes[3], 2, (s16*)(bytes + 16));
  return mix_u64(bytes[1], divide(bytes[2], 3, 4, bytes[5]), out + 4) + swap(bytes[0], 1, 2) +
         constants(bytes[7]);
}
