// Atomic operations as each version of the instruction set has them.
int word;
long both;

__attribute__((section("socket"), used)) int operate(void* context) {
  __sync_fetch_and_add(&word, 1);
  __sync_fetch_and_add(&both, -1);
#if __BPF_CPU_VERSION__ >= 3
  int a = __sync_fetch_and_add(&word, 2);
  long b = __sync_fetch_and_sub(&both, a);
  b += __sync_fetch_and_or(&both, b) + __sync_fetch_and_and(&both, 7) + __sync_fetch_and_xor(&both, 9);
  a += __sync_fetch_and_or(&word, a) + __sync_fetch_and_and(&word, 7) + __sync_fetch_and_xor(&word, 9);
  b += __sync_lock_test_and_set(&both, a) + __sync_lock_test_and_set(&word, a);
  b += __sync_val_compare_and_swap(&both, a, b) + __sync_val_compare_and_swap(&word, 5, a);
  __sync_fetch_and_and(&both, b), __sync_fetch_and_xor(&word, a);
  return b;
#else
  return 0;
#endif
}
