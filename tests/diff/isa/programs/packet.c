// Counts packets by protocol: packet loads of the old kind, map access through relocations, a
// switch, byte order.
struct __sk_buff {
  unsigned len, pkt_type, mark, queue_mapping, protocol, vlan_present, vlan_tci, vlan_proto;
};
unsigned long long load_byte(void* skb, unsigned long long off) asm("llvm.bpf.load.byte");
unsigned long long load_half(void* skb, unsigned long long off) asm("llvm.bpf.load.half");
unsigned long long load_word(void* skb, unsigned long long off) asm("llvm.bpf.load.word");
static void* (*map_lookup)(void* map, const void* key) = (void*)1;
static long (*trace)(const char* format, unsigned size, ...) = (void*)6;

struct {
  int (*type)[2];
} counters __attribute__((section(".maps"), used));
long total;

__attribute__((noinline)) static int header_length(struct __sk_buff* skb, int at) {
  return (load_byte(skb, at) & 0xf) << 2;
}

__attribute__((section("socket"), used)) int count(struct __sk_buff* skb) {
  int at = 14, key;
  if (__builtin_bswap16(skb->protocol) != 0x800) return 0;
  switch (load_byte(skb, at + 9)) {
    case 1: key = 0; break;
    case 6: key = 1; break;
    case 17: key = 2; break;
    default: return -1;
  }
  int port = load_half(skb, at + header_length(skb, at) + 2);
  if (port > 1023 && (int)load_word(skb, 30) < -5) trace("port", 5, port);
  long* value = map_lookup(&counters, &key);
  if (value) __sync_fetch_and_add(value, 1);
  __sync_fetch_and_add(&total, skb->len);
  return port;
}
