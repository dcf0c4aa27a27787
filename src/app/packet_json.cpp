#include "app/packet_json.h"

#include <nlohmann/json.hpp>

#include "app/field_text.h"
#include "app/time_text.h"

namespace weir::app {

using Json = nlohmann::ordered_json;

struct PacketJson::State {
  Json packet;
  Json layers;
  std::string text;
};

PacketJson::PacketJson(const CaptureOptions&) : state_(std::make_unique<State>()) {}
PacketJson::~PacketJson() = default;

void PacketJson::begin(const Packet& packet, std::uint64_t number) {
  state_->layers = Json::array();
  state_->packet = {
      {"number", number},
      {"time", time_text(packet.time_ns)},
      {"interface", packet.interface_id},
      {"link_type", link_type_text(packet.link_type)},
      {"length", packet.wire_length},
      {"captured", packet.bytes.size()},
  };
}

void PacketJson::layer(const packet::Protocol& protocol, std::size_t offset, std::size_t length) {
  state_->layers.push_back({{"protocol", protocol.name},
                            {"offset", offset},
                            {"length", length},
                            {"fields", Json::array()}});
}

void PacketJson::field(const packet::Field& field, std::size_t offset, std::size_t size,
                       const packet::FieldValue& value) {
  if (state_->layers.empty()) return;
  Json entry = {{"name", field.name}, {"offset", offset}, {"size", size}};
  const auto* number = std::get_if<std::uint64_t>(&value);
  if (number == nullptr) {
    entry["value"] = field_text(field, size, value);
  } else if (field.show == packet::Show::kFlag) {
    entry["value"] = *number != 0;
  } else {
    entry["value"] = *number;
  }
  state_->layers.back()["fields"].push_back(std::move(entry));
}

std::string_view PacketJson::end() {
  state_->packet["layers"] = std::move(state_->layers);
  state_->text = state_->packet.dump() + '\n';
  return state_->text;
}

}  // namespace weir::app
