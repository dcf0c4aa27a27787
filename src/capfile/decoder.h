// A RecordDecoder takes whole records off the front of a capture's bytes. One for each format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include <weir/result.h>

#include "capfile/batch.h"
#include "capfile/info.h"

namespace weir::capfile {

struct DecodeProgress {
  std::size_t taken = 0;        // bytes of whole records
  std::optional<Error> damage;  // why the record after them cannot be used, whatever follows
};

class RecordDecoder {
 public:
  virtual ~RecordDecoder() = default;

  // Adds the whole records at the front of `bytes` to `into` until it is full. `offset` is where
  // `bytes` begins in the stream: an Error names the first byte of the record that it is about.
  virtual DecodeProgress decode(std::span<const std::byte> bytes, std::uint64_t offset,
                                BatchBuilder& into) = 0;

  // The stream ended in the middle of a record: says what was expected.
  virtual Error cut_short(std::span<const std::byte> left, std::uint64_t offset) const = 0;

  virtual const CaptureInfo& info() const = 0;
};

struct OpenedDecoder {
  std::unique_ptr<RecordDecoder> decoder;
  std::size_t header_bytes = 0;  // of the stream, taken by the file header
};

// `start` is the first kFileHeaderBytes of the stream, less only when it is shorter.
inline constexpr std::size_t kFileHeaderBytes = 28;
// Of a file that starts so: all that its header takes, and nothing of the first record.
// kFileHeaderBytes when it is no pcap.
std::size_t header_bytes(std::span<const std::byte> start);
bool is_pcap(std::span<const std::byte> start);
bool is_pcapng(std::span<const std::byte> start);
Result<OpenedDecoder> open_pcap(std::span<const std::byte> start, Compression compression);
std::unique_ptr<RecordDecoder> open_pcapng(Compression compression);

// For a stream that is neither: what it looks like, and what to do about it.
Error not_a_capture(std::span<const std::byte> start);

}  // namespace weir::capfile
