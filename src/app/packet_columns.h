// PacketColumns: chosen fields of each packet, a line a packet, a column a field. A field that
// occurs more than once has its values one after the other in its column.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <weir/packet.h>
#include <weir/result.h>

#include "app/capture.h"
#include "packet/print/field.h"

namespace weir::app {

class PacketColumns final : public packet::FieldSink {
 public:
  explicit PacketColumns(const CaptureOptions& options);

  void begin(const Packet& packet, std::uint64_t number);
  // The line with a newline; valid until the next begin().
  std::string_view end();
  // A column that stayed empty in every packet, which may be a field's name misspelt.
  std::optional<Error> remark() const;

  void layer(const packet::Protocol&, std::size_t, std::size_t) override {}
  void field(const packet::Field& field, std::size_t offset, std::size_t size,
             const packet::FieldValue& value) override;

 private:
  void add(std::size_t column, std::string_view text);
  void set(std::string_view name, const std::string& text);

  const std::vector<std::string>& names_;
  FieldSeparator separator_;
  std::map<std::string_view, std::size_t, std::less<>> columns_;
  std::vector<std::size_t> shown_;  // for each name, the column whose value it shows
  std::vector<std::string> values_;
  std::vector<bool> ever_;  // the column had a value in some packet
  std::set<std::string, std::less<>> seen_;
  std::string line_;
};

}  // namespace weir::app
