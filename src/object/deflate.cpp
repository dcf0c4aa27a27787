// zlib's one-call functions, with the checks that they leave to the caller.
#include "object/deflate.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>

#include "base/check.h"

namespace weir::object {
namespace {

// No stream unpacks to more: a symbol of two bits repeats at most 258 bytes (zlib's FAQ).
constexpr std::size_t kMaxRatio = 1032;

constexpr auto kHint = "the package is damaged: build it anew";

const Bytef* as_bytef(std::span<const std::byte> bytes) {
  return reinterpret_cast<const Bytef*>(bytes.data());
}

}  // namespace

std::vector<std::byte> deflate_bytes(std::span<const std::byte> bytes) {
  uLongf size = compressBound(bytes.size());
  std::vector<std::byte> stream(size);
  const int status = compress2(reinterpret_cast<Bytef*>(stream.data()), &size, as_bytef(bytes),
                               bytes.size(), Z_DEFAULT_COMPRESSION);
  WEIR_CHECK(status == Z_OK);
  stream.resize(size);
  return stream;
}

Result<std::vector<std::byte>> inflate_bytes(std::span<const std::byte> stream, std::size_t size) {
  const std::size_t most = (stream.size() + 1) * kMaxRatio;
  // One byte more than is wanted tells a longer stream from one that fits.
  std::vector<std::byte> bytes(std::min(size, most) + 1);
  uLongf produced = bytes.size();
  uLong consumed = stream.size();
  const int status =
      uncompress2(reinterpret_cast<Bytef*>(bytes.data()), &produced, as_bytef(stream), &consumed);
  if (status == Z_MEM_ERROR) return fail("there is no memory to unpack the object");
  if (status == Z_BUF_ERROR)
    return fail(fmt::format("the object unpacks to more than its {} bytes", size), kHint);
  // zlib does not tell a stream that ends too early from other damage.
  if (status != Z_OK)
    return fail(
        fmt::format("the zlib stream is damaged or cut off, after {} bytes unpacked", produced),
        kHint);
  if (produced != size)
    return fail(fmt::format("the object unpacks to {} bytes, and should have {}", produced, size),
                kHint);
  if (consumed != stream.size())
    return fail(fmt::format("{} bytes follow the end of the zlib stream", stream.size() - consumed),
                kHint);
  bytes.resize(size);
  return bytes;
}

}  // namespace weir::object
