#include "applications.h"
#include "captures.h"
#include "pcap_file.h"

namespace weir::captures {
namespace {

constexpr Mac kAccessPoint = station(0x41);
constexpr Mac kStation = station(0x42);
constexpr Side kClient = {kStation, v4(10, 3, 0, 42), 52'000};
constexpr Side kServer = {kAccessPoint, v4(192, 0, 2, 80), 80};

// The first two bytes of an 802.11 header: type and subtype, then the flags.
enum : std::uint16_t {
  kAssociationRequest = 0x0000,
  kAssociationResponse = 0x1000,
  kProbeRequest = 0x4000,
  kProbeResponse = 0x5000,
  kBeacon = 0x8000,
  kDisassociation = 0xa000,
  kAuthentication = 0xb000,
  kRts = 0xb400,
  kCts = 0xc400,
  kAcknowledgement = 0xd400,
  kData = 0x0800,
  kNullData = 0x4800,
  kQosData = 0x8800,
  kToDs = 0x01,
  kFromDs = 0x02,
  kProtected = 0x40,
};

// Flags, rate 24 Mbit/s, channel 6 (2437 MHz), signal; the lengths are little-endian.
Bytes radiotap(std::uint8_t signal) {
  return bytes_of({0, 0, 15, 0, 0x2e, 0, 0, 0, 0, 48, 0x85, 0x09, 0xc0, 0x00, signal});
}

Bytes header(std::uint16_t control, const Mac& first, const Mac& second, const Mac& third,
             unsigned sequence) {
  ByteWriter out;
  out.u16(control);
  out.u16(0x3000);  // duration
  out.append(bytes_of(first));
  out.append(bytes_of(second));
  out.append(bytes_of(third));
  out.u8(static_cast<std::uint8_t>(sequence << 4));
  out.u8(static_cast<std::uint8_t>(sequence >> 4));
  return out.release();
}

Bytes network_name() { return bytes_of({0, 8}) + bytes_of("office-6"); }
Bytes rates() { return bytes_of({1, 4, 0x82, 0x84, 0x8b, 0x96}); }
// Time stamp, interval 100 TU, capabilities; then the elements.
Bytes beacon_body() {
  return Bytes(8) + bytes_of({100, 0, 0x11, 0x04}) + network_name() + rates() + bytes_of({3, 1, 6});
}

// LLC and SNAP before an IP packet.
Bytes snap(const Side& from, const Bytes& packet) {
  const std::uint16_t type = ether_type(from.address);
  return bytes_of({0xaa, 0xaa, 3, 0, 0, 0, unsigned{type} >> 8, unsigned{type} & 0xff}) + packet;
}

class Air {
 public:
  explicit Air(std::vector<Frame>& frames) : frames_(frames) {}

  void send(const Bytes& frame) {
    const std::size_t weaker_dbm = 40 + frames_.size() % 9;
    frames_.push_back(
        {now_us_ += 1'700, radiotap(static_cast<std::uint8_t>(256 - weaker_dbm)) + frame});
  }
  void acknowledge(const Mac& to) { send(bytes_of({0xd4, 0, 0, 0}) + bytes_of(to)); }

  // A management frame from one to the other, acknowledged.
  void manage(std::uint16_t control, const Mac& to, const Mac& from, const Bytes& body) {
    send(header(control, to, from, kAccessPoint, ++sequence_) + body);
    acknowledge(from);
  }
  void beacon() {
    send(header(kBeacon, kBroadcast, kAccessPoint, kAccessPoint, ++sequence_) + beacon_body());
    now_us_ += 100'700;
  }
  unsigned next_sequence() { return ++sequence_; }

 private:
  std::vector<Frame>& frames_;
  std::int64_t now_us_ = 0;
  unsigned sequence_ = 100;
};

// From the station to the distribution system or back, with or without QoS.
Bytes data_frame(const Side& from, const Side& to, const Bytes& packet, unsigned sequence) {
  const bool up = from.port > 1024;
  const auto control = static_cast<std::uint16_t>(kQosData | (up ? kToDs : kFromDs));
  const Bytes qos = bytes_of({0, 0});
  return header(control, up ? kAccessPoint : to.mac, up ? from.mac : kAccessPoint,
                up ? to.mac : from.mac, sequence) +
         qos + snap(from, packet);
}

void join(Air& air) {
  air.send(header(kProbeRequest, kBroadcast, kStation, kBroadcast, air.next_sequence()) +
           network_name() + rates());
  air.manage(kProbeResponse, kStation, kAccessPoint, beacon_body());
  air.manage(kAuthentication, kAccessPoint, kStation, bytes_of({0, 0, 1, 0, 0, 0}));
  air.manage(kAuthentication, kStation, kAccessPoint, bytes_of({0, 0, 2, 0, 0, 0}));
  air.manage(kAssociationRequest, kAccessPoint, kStation,
             bytes_of({0x11, 4, 10, 0}) + network_name() + rates());
  air.manage(kAssociationResponse, kStation, kAccessPoint,
             bytes_of({0x11, 4, 0, 0, 1, 0xc0}) + rates());
}

void browse(Air& air) {
  std::vector<Frame> conversation;
  Link link = {.frames = conversation,
               .wrap = [&air](const Side& from, const Side& to, const Bytes& packet) {
                 return data_frame(from, to, packet, air.next_sequence());
               }};
  TcpFlow flow(link, kClient, kServer, 0);
  flow.open();
  flow.client_says(http_request("GET", "/", "www.example.com"));
  flow.server_says(http_response(200, 600));
  flow.close();
  for (const Frame& frame : conversation) {
    air.send(frame.bytes);
    air.acknowledge(kAccessPoint);
  }
}

void sleep_and_leave(Air& air) {
  air.send(bytes_of({0xb4, 0, 0x30, 0}) + bytes_of(kAccessPoint) + bytes_of(kStation));
  air.send(bytes_of({0xc4, 0, 0x20, 0}) + bytes_of(kStation));
  air.send(header(kNullData | kToDs, kAccessPoint, kStation, kAccessPoint, air.next_sequence()));
  air.send(
      header(kData | kToDs | kProtected, kAccessPoint, kStation, kBroadcast, air.next_sequence()) +
      tls_application_data(90, 5));
  air.manage(kDisassociation, kAccessPoint, kStation, bytes_of({8, 0}));
}

}  // namespace

Bytes wlan() {
  std::vector<Frame> frames;
  Air air(frames);
  for (int i = 0; i < 3; ++i) air.beacon();
  join(air);
  air.beacon();
  browse(air);
  air.beacon();
  sleep_and_leave(air);
  constexpr std::uint32_t kRadiotap = 127;
  return pcap_file(kRadiotap, std::move(frames));
}

}  // namespace weir::captures
