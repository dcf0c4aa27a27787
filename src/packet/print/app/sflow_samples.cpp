#include "packet/print/app/sflow_samples.h"

#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/pieces.h"

namespace weir::packet::sflow {
namespace samples {
namespace {

constexpr std::size_t kHeader = 8;  // of samples, and of the records in them

// Records. Their views claim what is left of the datagram.

void print_traffic(Line& line, const View& part, std::string_view direction) {
  line.print(
      "\n\t      {} octets {}, unicast pkts {}, multicast pkts {}, broadcast pkts {}, discards {}",
      direction, part.u64(0), part.u32(8), part.u32(12), part.u32(16), part.u32(20));
}

void print_interface(Line& line, const View& record) {
  static constexpr Named kDirections[] = {
      {0, "unknown"}, {1, "full-duplex"}, {2, "half-duplex"}, {3, "in"}, {4, "out"}};
  const std::uint32_t direction = record.u32(16);
  line.print("\n\t      ifindex {}, iftype {}, ifspeed {}, ifdirection {} ({})", record.u32(0),
             record.u32(4), record.u64(8), direction, name_of(kDirections, direction, "Unknown"));
  const std::uint32_t status = record.u32(20);
  line.print("\n\t      ifstatus {}, adminstatus: {}, operstatus: {}", status,
             (status & 1) != 0 ? "up" : "down", (status & 2) != 0 ? "up" : "down");
  print_traffic(line, record.from(24), "In");
  line.print("\n\t      In errors {}, unknown protos {}", record.u32(48), record.u32(52));
  print_traffic(line, record.from(56), "Out");
  line.print("\n\t      Out errors {}, promisc mode {}", record.u32(80), record.u32(84));
}

void print_ethernet(Line& line, const View& record) {
  line.print(
      "\n\t      align errors {}, fcs errors {}, single collision {}, multiple collision {}, "
      "test error {}",
      record.u32(0), record.u32(4), record.u32(8), record.u32(12), record.u32(16));
  line.print("\n\t      deferred {}, late collision {}, excessive collision {}, mac trans error {}",
             record.u32(20), record.u32(24), record.u32(28), record.u32(32));
  line.print(
      "\n\t      carrier error {}, frames too long {}, mac receive errors {}, symbol errors {}",
      record.u32(36), record.u32(40), record.u32(44), record.u32(48));
}

void print_nothing(Line&, const View&) {}

void print_base_vg(Line& line, const View& record) {
  line.print("\n\t      in high prio frames {}, in high prio octets {}", record.u32(0),
             record.u64(4));
  line.print("\n\t      in norm prio frames {}, in norm prio octets {}", record.u32(12),
             record.u64(16));
  line.print(
      "\n\t      in ipm errors {}, oversized {}, in data errors {}, null addressed frames {}",
      record.u32(24), record.u32(28), record.u32(32), record.u32(36));
  line.print("\n\t      out high prio frames {}, out high prio octets {}, trans into frames {}",
             record.u32(40), record.u64(44), record.u32(52));
  line.print(
      "\n\t      in hc high prio octets {}, in hc norm prio octets {}, "
      "out hc high prio octets {}",
      record.u64(56), record.u64(64), record.u64(72));
}

void print_vlan(Line& line, const View& record) {
  line.print(
      "\n\t      vlan_id {}, octets {}, unicast_pkt {}, multicast_pkt {}, broadcast_pkt {}, "
      "discards {}",
      record.u32(0), record.u64(4), record.u32(12), record.u32(16), record.u32(20), record.u32(24));
}

void print_processor(Line& line, const View& record) {
  line.print("\n\t      5sec {}, 1min {}, 5min {}, total_mem {}, total_mem {}", record.u32(0),
             record.u32(4), record.u32(8), record.u64(12), record.u64(20));
}

void print_raw_packet(Line& line, const View& record) {
  static constexpr Named kProtocols[] = {{1, "Ethernet"}, {11, "IPv4"}, {12, "IPv6"}};
  const std::uint32_t protocol = record.u32(0);
  line.print("\n\t      protocol {} ({}), length {}, stripped bytes {}, header_size {}",
             name_of(kProtocols, protocol, "Unknown"), protocol, record.u32(4), record.u32(8),
             record.u32(12));
}

void print_frame(Line& line, const View& record) {
  line.print("\n\t      frame len {}, type {}", record.u32(0), record.u32(20));
}

void print_switch(Line& line, const View& record) {
  line.print("\n\t      src vlan {}, src pri {}, dst vlan {}, dst pri {}", record.u32(0),
             record.u32(4), record.u32(8), record.u32(12));
}

struct Record {
  std::uint32_t type;
  std::string_view name;
  void (*print)(Line&, const View&);
  std::size_t size = 0;
};
constexpr Record kCounters[] = {
    {1, "Generic counter", print_interface, 88}, {2, "Ethernet counter", print_ethernet, 52},
    {3, "Token ring counter", print_nothing},    {4, "100 BaseVG counter", print_base_vg, 80},
    {5, "Vlan counter", print_vlan, 28},         {1001, "Processor counter", print_processor, 28},
};
constexpr Record kFlows[] = {
    {1, "Raw packet", print_raw_packet, 16},
    {2, "Ethernet frame", print_frame, 24},
    {3, "IPv4 Data", print_nothing},
    {4, "IPv6 Data", print_nothing},
    {1001, "Extended Switch data", print_switch, 16},
    {1002, "Extended Router data", print_nothing},
    {1003, "Extended Gateway data", print_nothing},
    {1004, "Extended User data", print_nothing},
    {1005, "Extended URL data", print_nothing},
    {1006, "Extended MPLS data", print_nothing},
    {1007, "Extended NAT data", print_nothing},
    {1008, "Extended MPLS tunnel", print_nothing},
    {1009, "Extended MPLS VC", print_nothing},
    {1010, "Extended MPLS FEC", print_nothing},
    {1011, "Extended MPLS LVP FEC", print_nothing},
    {1012, "Extended VLAN Tunnel", print_nothing},
};

// What records are counted by, and how the line of each begins.
struct RecordKind {
  std::span<const Record> records;
  int enterprise_shift;
  std::string_view separator;
};
constexpr RecordKind kCounterKind{kCounters, 20, ", "};
constexpr RecordKind kFlowKind{kFlows, 12, " "};

// Returns its length, or nothing when it does not fit.
std::optional<std::size_t> print_record(Line& line, const View& left, const RecordKind& kind) {
  if (left.length() < kHeader) return {};
  const std::uint32_t format = left.u32(0);
  const std::uint32_t enterprise = format >> kind.enterprise_shift;
  const std::uint32_t type = format & 0x0fff;
  const std::size_t length = left.u32(4);
  const auto found = std::ranges::find(kind.records, type, &Record::type);
  const bool known = found != kind.records.end();
  line.print("\n\t    enterprise {}{}{} ({}) length {}", enterprise, kind.separator,
             enterprise == 0 && known ? found->name : "Unknown", type, length);
  const View record = left.from(kHeader);
  if (record.length() < length) return {};
  if (enterprise == 0 && known) {
    if (record.length() < found->size) return {};
    found->print(line, record);
  } else if (enterprise == 0 && !line.verbose(2)) {
    put_unknown(line, record, 0, length, "\n\t\t");
  }
  return kHeader + length;
}

bool print_records(Line& line, const View& list, std::uint32_t count, const RecordKind& kind) {
  View left = list;
  for (; count != 0 && !line.cut(); --count) {
    const auto length = print_record(line, left, kind);
    if (!length) return false;
    left = left.from(*length);
  }
  return true;
}

// Samples. Each returns false when something in it does not fit.

bool print_flow(Line& line, const View& sample) {
  constexpr std::size_t kFixed = 32;
  if (sample.length() < kFixed) return false;
  const std::uint32_t count = sample.u32(28);
  line.print(
      " seqnum {}, type {}, idx {}, rate {}, pool {}, drops {}, input {} output {} records {}",
      sample.u32(0), sample.u8(4), sample.u24(5), sample.u32(8), sample.u32(12), sample.u32(16),
      sample.u32(20), sample.u32(24), count);
  return print_records(line, sample.from(kFixed), count, kFlowKind);
}

bool print_expanded_flow(Line& line, const View& sample) {
  constexpr std::size_t kFixed = 44;
  if (sample.length() < kFixed) return false;
  const std::uint32_t count = sample.u32(40);
  line.print(" seqnum {}, type {}, idx {}, rate {}, pool {}, drops {}, records {}", sample.u32(0),
             sample.u32(4), sample.u32(8), sample.u32(12), sample.u32(16), sample.u32(20), count);
  return print_records(line, sample.from(kFixed), count, kFlowKind);
}

bool print_counter(Line& line, const View& sample) {
  constexpr std::size_t kFixed = 12;
  if (sample.length() < kFixed) return false;
  const std::uint32_t count = sample.u32(8);
  line.print(" seqnum {}, type {}, idx {}, records {}", sample.u32(0), sample.u8(4), sample.u24(5),
             count);
  return print_records(line, sample.from(kFixed), count, kCounterKind);
}

bool print_expanded_counter(Line& line, const View& sample) {
  constexpr std::size_t kFixed = 16;
  if (sample.length() < kFixed) return false;
  const std::uint32_t count = sample.u32(12);
  line.print(" seqnum {}, type {}, idx {}, records {}", sample.u32(0), sample.u32(4), sample.u32(8),
             count);
  return print_records(line, sample.from(kFixed), count, kCounterKind);
}

struct Sample {
  std::uint32_t type;
  std::string_view name;
  bool (*print)(Line&, const View&);
};
constexpr Sample kSamples[] = {
    {1, "flow sample", print_flow},
    {2, "counter sample", print_counter},
    {3, "expanded flow sample", print_expanded_flow},
    {4, "expanded counter sample", print_expanded_counter},
};

std::size_t put_invalid(Line& line, const View& left) {
  line.put_invalid();
  left.need(0, left.length());
  return 0;
}

// Returns its length; 0 when nothing can follow.
std::size_t print_sample(Line& line, const View& left) {
  const std::uint32_t type = left.u32(0) & 0x0fff;
  const std::size_t length = left.u32(4);
  if (left.length() < kHeader) return put_invalid(line, left);
  const auto found = std::ranges::find(kSamples, type, &Sample::type);
  const bool known = found != std::ranges::end(kSamples);
  line.print("\n\t{} ({}), length {},", known ? found->name : "Unknown", type, length);
  if (type == 0 || length == 0) return 0;
  const View sample = left.from(kHeader);
  if (sample.length() < length) return put_invalid(line, sample);
  if (!sample.need(0, length)) return 0;
  if (known && !found->print(line, sample)) return put_invalid(line, sample);
  if (!known && !line.verbose(2)) put_unknown(line, sample, 0, length, "\n\t    ");
  return kHeader + length;
}

}  // namespace
}  // namespace samples

void print_samples(Line& line, const View& list, std::uint32_t count) {
  View left = list;
  for (; count != 0 && left.length() != 0 && !line.cut(); --count) {
    const std::size_t length = samples::print_sample(line, left);
    if (length == 0) return;
    left = left.from(length);
  }
}

}  // namespace weir::packet::sflow
