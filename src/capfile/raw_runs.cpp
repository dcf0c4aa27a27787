#include "capfile/raw_runs.h"

namespace weir::capfile {
namespace {

class RunWriter {
 public:
  RunWriter(const Batch& batch, std::uint32_t snaplen, RecordEncoder& encoder, ByteWriter& scratch,
            BufferedSink& sink)
      : batch_(batch), snaplen_(snaplen), encoder_(encoder), scratch_(scratch), sink_(sink) {}

  Result<> packet(std::uint32_t index) {
    const Packet& packet = batch_.packets[index];
    const Extent record = batch_.records[index];
    if (snaplen_ == 0 || packet.bytes.size() <= snaplen_) return extend(record);
    encoder_.add_cut(packet, batch_.raw(record), scratch_);
    return put_scratch();
  }

  Result<> other(const OtherBlock& block) {
    encoder_.add_other(block, batch_.raw(block.extent), scratch_);
    return put_scratch();
  }

  Result<> end_run() {
    const auto bytes = batch_.raw(run_);
    run_ = {};
    return bytes.empty() ? Result<>{} : sink_.write(bytes);
  }

 private:
  Result<> extend(Extent record) {
    if (record.begin == run_.end && run_.end != run_.begin) {
      run_.end = record.end;
      return {};
    }
    auto ended = end_run();
    run_ = record;
    return ended;
  }

  Result<> put_scratch() {
    auto ended = end_run();
    auto written = ended ? sink_.write(scratch_.bytes()) : ended;
    scratch_.clear();
    return written;
  }

  const Batch& batch_;
  std::uint32_t snaplen_;
  RecordEncoder& encoder_;
  ByteWriter& scratch_;
  BufferedSink& sink_;
  Extent run_;  // accepted, contiguous, and not yet written
};

}  // namespace

Result<> write_raw_runs(const Batch& batch, std::span<const std::uint32_t> accepted,
                        std::uint32_t snaplen, RecordEncoder& encoder, ByteWriter& scratch,
                        BufferedSink& sink) {
  RunWriter runs(batch, snaplen, encoder, scratch, sink);
  auto others = batch.others;
  for (const std::uint32_t index : accepted) {
    while (!others.empty() && others.front().extent.begin < batch.records[index].begin) {
      if (auto written = runs.other(others.front()); !written) return written;
      others = others.subspan(1);
    }
    if (auto written = runs.packet(index); !written) return written;
  }
  for (const OtherBlock& block : others) {
    if (auto written = runs.other(block); !written) return written;
  }
  return runs.end_run();
}

}  // namespace weir::capfile
