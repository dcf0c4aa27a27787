// SCTP (RFC 9260).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::sctp {
namespace {

constexpr Field kFields[] = {
    {.name = "sctp.srcport", .offset = 0, .size = 2},
    {.name = "sctp.dstport", .offset = 2, .size = 2},
    {.name = "sctp.verification_tag", .offset = 4, .size = 4, .show = Show::kHex},
    {.name = "sctp.checksum", .offset = 8, .size = 4, .show = Show::kHex},
};
constexpr Protocol kSctp{.name = "sctp", .fields = kFields};
constexpr Field kChunkType{.name = "sctp.chunk_type"};
constexpr Field kChunkLength{.name = "sctp.chunk_length"};
constexpr Field kDataTsn{.name = "sctp.data_tsn_raw"};
constexpr Field kStream{.name = "sctp.data_sid"};
constexpr Field kPayloadProtocol{.name = "sctp.data_payload_proto_id"};

constexpr std::size_t kHeader = 12;
constexpr std::size_t kChunkHeader = 4;

constexpr Named kChannels[] = {{6704, "ForCES HP"}, {6705, "ForCES MP"}, {6706, "ForCES LP"}};

constexpr Named kPayloads[] = {
    {1, "ISDN Q.921"}, {2, "M2UA"},       {3, "M3UA"},       {4, "SUA"},     {5, "M2PA"},
    {6, "V5.2"},       {7, "H.248"},      {8, "BICC"},       {9, "TALI"},    {10, "DUA"},
    {11, "ASAP"},      {12, "ENRP"},      {13, "H.323"},     {14, "Q.IPC"},  {15, "SIMCO"},
    {16, "DDPSC"},     {17, "DDPSSC"},    {18, "S1AP"},      {19, "RUA"},    {20, "HNBAP"},
    {21, "ForCES HP"}, {22, "ForCES MP"}, {23, "ForCES LP"}, {24, "SBc-AP"}, {25, "NBAP"},
    {27, "X2AP"},
};

// Prints what a chunk holds, which is all there, from its header on; false when it is broken, and
// nothing can follow.
using ChunkPrinter = bool (*)(Line&, const View& chunk);

bool is_broken(Line& line, const View& chunk) {
  line.print("bogus chunk length {}]", chunk.length());
  return false;
}

bool print_data(Line& line, const View& chunk) {
  constexpr std::size_t kDataHeader = 16;
  constexpr unsigned kEnd = 1, kBegin = 2, kUnordered = 4;
  const unsigned flags = chunk.u8(1);
  if ((flags & kUnordered) != 0) line.put("(U)");
  if ((flags & kBegin) != 0) line.put("(B)");
  if ((flags & kEnd) != 0) line.put("(E)");
  if ((flags & (kUnordered | kBegin | kEnd)) != 0) line.put(' ');
  if (chunk.length() < kDataHeader) return is_broken(line, chunk);
  line.field(kDataTsn, chunk, 4, 4);
  line.field(kStream, chunk, 8, 2);
  line.field(kPayloadProtocol, chunk, 12, 4);
  line.print("[TSN: {}] [SID: {}] [SSEQ {}] [PPID {}] ", chunk.u32(4), chunk.u16(8), chunk.u16(10),
             named(kPayloads, chunk.u32(12), "0x{:x}"));
  const View payload = chunk.from(kDataHeader);
  if (payload.length() == 0) return is_broken(line, chunk);
  if (!line.verbose(2)) return true;
  line.put("[Payload:");
  line.hex_and_ascii_lines(payload, "\n\t");
  line.put(']');
  return true;
}

bool print_init(Line& line, const View& chunk) {
  if (chunk.length() < 20) return is_broken(line, chunk);
  line.print("[init tag: {}] [rwnd: {}] [OS: {}] [MIS: {}] [init TSN: {}] ", chunk.u32(4),
             chunk.u32(8), chunk.u16(12), chunk.u16(14), chunk.u32(16));
  return true;
}

bool print_acknowledgement(Line& line, const View& chunk) {
  constexpr std::size_t kAckHeader = 16, kEntry = 4;
  if (chunk.length() < kAckHeader) return is_broken(line, chunk);
  const std::uint32_t cumulative = chunk.u32(4);
  const unsigned gaps = chunk.u16(12);
  const unsigned duplicates = chunk.u16(14);
  line.print("[cum ack {}] [a_rwnd {}] [#gap acks {}] [#dup tsns {}] ", cumulative, chunk.u32(8),
             gaps, duplicates);
  View rest = chunk.from(kAckHeader);
  for (unsigned i = 0; i < gaps + duplicates && rest.length() != 0; ++i) {
    if (rest.length() < kEntry) return is_broken(line, chunk);
    if (i < gaps) {
      line.print("\n\t\t[gap ack block #{}: start = {}, end = {}] ", i + 1,
                 cumulative + rest.u16(0), cumulative + rest.u16(2));
    } else {
      line.print("\n\t\t[dup TSN #{}: {}] ", i - gaps + 1, rest.u32(0));
    }
    rest = rest.from(kEntry);
  }
  return true;
}

bool print_nothing(Line&, const View&) { return true; }

struct ChunkInfo {
  std::uint8_t type;
  std::string_view name;
  ChunkPrinter print = print_nothing;
};
constexpr ChunkInfo kChunks[] = {
    {0, "DATA", print_data},
    {1, "INIT", print_init},
    {2, "INIT ACK", print_init},
    {3, "SACK", print_acknowledgement},
    {4, "HB REQ"},
    {5, "HB ACK"},
    {6, "ABORT"},
    {7, "SHUTDOWN"},
    {8, "SHUTDOWN ACK"},
    {9, "OP ERR"},
    {10, "COOKIE ECHO"},
    {11, "COOKIE ACK"},
    {12, "ECN ECHO"},
    {13, "ECN CWR"},
    {14, "SHUTDOWN COMPLETE"},
    {0xc0, "FOR CUM TSN"},
    {0xc1, "REL CTRL"},
    {0xc2, "REL CTRL ACK"},
};

bool print_chunk(Line& line, const View& chunk, unsigned number, std::string_view separator) {
  const std::uint8_t type = chunk.u8(0);
  line.field(kChunkType, chunk, 0, 1);
  line.field(kChunkLength, chunk, 2, 2);
  line.print("{}{}) ", separator, number);
  const auto info = std::ranges::find(kChunks, type, &ChunkInfo::type);
  if (info == std::ranges::end(kChunks)) {
    line.print("[Unknown chunk type: 0x{:x}] ", type);
    return true;
  }
  line.print("[{}] ", info->name);
  return info->print(line, chunk);
}

// Chunks are padded to words.
void print_chunks(Line& line, View rest) {
  std::string_view separator = line.verbose(2) ? "\n\t" : " (";
  for (unsigned number = 1; rest.length() != 0 && !line.cut(); ++number) {
    if (rest.length() < kChunkHeader)
      return line.print("{}{}) [chunk descriptor cut off at end of packet]", separator, number);
    if (!rest.has(0, kChunkHeader)) return line.put_cut();
    const std::size_t length = rest.u16(2);
    if (length < kChunkHeader)
      return line.print("{}{}) [Bad chunk length {}, < size of chunk descriptor]", separator,
                        number, length);
    const std::size_t padding = (4 - length % 4) % 4;
    if (rest.length() < padding)
      return line.print("{}{}) [Bad chunk length {}, > remaining data in packet]", separator,
                        number, length);
    if (!rest.has(0, length)) return line.put_cut();
    if (!print_chunk(line, rest.claiming(length), number, separator)) return;
    if (!line.verbose(2)) separator = ", (";
    if (padding != 0 && !rest.has(length, padding)) return line.put_cut();
    rest = rest.from(length + padding);
  }
}

}  // namespace

void print(Line& line, const View& view, const IpContext& ip) {
  line.begin_layer(kSctp, view);
  if (view.length() < kHeader)
    return line.print("truncated-sctp - {} bytes missing!", kHeader - view.length());
  if (!view.has(0, kHeader)) return line.put_cut();
  const std::uint16_t source = view.u16(0);
  const std::uint16_t destination = view.u16(2);
  if (ip.version == 4) {
    line.print("{}.{} > {}.{}: sctp", line.host4_text(ip.header.u32(12)), source,
               line.host4_text(ip.header.u32(16)), destination);
  } else {
    line.print("{}.{} > {}.{}: sctp", line.host6_text(ip.header.bytes(8, 16)), source,
               line.host6_text(ip.header.bytes(24, 16)), destination);
  }
  for (const std::uint16_t port : {source, destination}) {
    const std::string_view channel = name_of(kChannels, port);
    if (!channel.empty()) line.print("[{}]", channel);
  }
  print_chunks(line, view.from(kHeader));
}

}  // namespace weir::packet::sctp
