// FlowColor: packets in colors for a terminal: a color a flow, both directions the same, details
// faint.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "packet/print/field.h"

namespace weir::app {

class FlowColor final : public packet::FieldSink {
 public:
  void begin() { *this = {}; }
  // The text of the packet whose fields were told since begin().
  std::string paint(std::string_view text) const;

  void layer(const packet::Protocol&, std::size_t, std::size_t) override {}
  void field(const packet::Field& field, std::size_t offset, std::size_t size,
             const packet::FieldValue& value) override;

 private:
  std::uint64_t ends_ = 0;  // the hashes of both ends of the outermost flow, in no order
  int addresses_ = 0;       // of them told, two at most
  int ports_ = 0;
};

}  // namespace weir::app
