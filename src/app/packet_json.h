// PacketJson: a packet as one JSON object a line; docs/json.md has the schema.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <weir/packet.h>

#include "app/capture.h"
#include "packet/print/field.h"

namespace weir::app {

class PacketJson final : public packet::FieldSink {
 public:
  explicit PacketJson(const CaptureOptions&);
  ~PacketJson() override;

  void begin(const Packet& packet, std::uint64_t number);
  // The object with a newline; valid until the next begin().
  std::string_view end();
  std::optional<Error> remark() const { return {}; }

  void layer(const packet::Protocol& protocol, std::size_t offset, std::size_t length) override;
  void field(const packet::Field& field, std::size_t offset, std::size_t size,
             const packet::FieldValue& value) override;

 private:
  struct State;  // keeps the JSON library out of this header
  std::unique_ptr<State> state_;
};

}  // namespace weir::app
