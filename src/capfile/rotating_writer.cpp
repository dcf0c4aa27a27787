#include "capfile/rotating_writer.h"

#include <utility>

namespace weir::capfile {

Result<RotatingWriter> RotatingWriter::create(RotatingOptions options) {
  auto folder = OutputFolder::open(fixed_folder(options.pattern, options.rotation));
  if (!folder) return std::unexpected(folder.error());
  RotatingWriter out(std::move(options), std::move(*folder));
  if (auto opened = out.open_next(); !opened) return std::unexpected(opened.error());
  return out;
}

RotatingWriter::RotatingWriter(RotatingOptions options, OutputFolder folder)
    : options_(std::move(options)), folder_(std::move(folder)), begun_(options_.now()) {}

Result<> RotatingWriter::begin(const CaptureInfo& source) {
  source_ = &source;
  *described_ = source;
  described_->has_records = false;
  return writer_->begin(*described_);
}

Result<> RotatingWriter::write(const Batch& batch, std::span<const std::uint32_t> accepted) {
  // pcapng tells of interfaces as it goes.
  if (described_->interfaces.size() != source_->interfaces.size())
    described_->interfaces = source_->interfaces;
  for (const std::uint32_t index : accepted) {
    if (auto rotated = rotate_if_due(); !rotated) return rotated;
    if (complete_) return {};
    if (auto written = writer_->write(batch.packets[index]); !written) return written;
  }
  return {};
}

Result<> RotatingWriter::flush() { return writer_ ? writer_->flush() : Result<>{}; }

Result<> RotatingWriter::close() { return writer_ ? finish_current() : Result<>{}; }

Result<> RotatingWriter::rotate_if_due() {
  const Rotation& rotation = options_.rotation;
  const std::time_t now = rotation.period ? options_.now() : begun_;
  const bool period_over = rotation.period && now - begun_ >= rotation.period->count();
  const bool full = rotation.bytes && writer_->bytes_written() > *rotation.bytes;
  if (!period_over && !full) return {};
  if (auto finished = finish_current(); !finished) return finished;
  finished_.push_back(folder_.path_of(name_));
  if (period_over) {
    begun_ = now;
    number_ = 0;
    ++periods_;
    complete_ = !rotation.bytes && rotation.files && periods_ >= *rotation.files;
    if (complete_) return {};
  } else {
    ++number_;
    if (rotation.files && number_ >= *rotation.files) number_ = 0;
  }
  auto opened = open_next();
  return opened ? writer_->begin(*described_) : opened;
}

Result<> RotatingWriter::open_next() {
  const std::string path = rotated_name(options_.pattern, options_.rotation, begun_, number_);
  name_ = path.substr(fixed_folder(options_.pattern, options_.rotation).size());
  auto fd = folder_.create(part_name());
  if (!fd) return std::unexpected(fd.error());
  writer_.emplace(CaptureWriter::over(
      make_fd_sink(std::move(*fd), folder_.path_of(part_name()), options_.stopped),
      options_.writer));
  return {};
}

Result<> RotatingWriter::finish_current() {
  auto closed = writer_->close();
  writer_.reset();
  return closed ? folder_.rename(part_name(), name_) : closed;
}

}  // namespace weir::capfile
