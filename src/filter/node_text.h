// The text of the nodes that the AST and the resolved AST share, for their printers.
#pragma once

#include <concepts>
#include <span>
#include <string>
#include <string_view>

#include "filter/nodes.h"

namespace weir::filter {

// The pools that shared nodes refer to.
struct SharedPools {
  std::span<const std::uint32_t> numbers;
  std::span<const FlagClause> flags;
  std::string_view bytes;
};

std::string text_of(const Invalid&, const SharedPools&);
std::string text_of(const And&, const SharedPools&);
std::string text_of(const Or&, const SharedPools&);
std::string text_of(const Not&, const SharedPools&);
std::string text_of(const Scope&, const SharedPools&);
std::string text_of(const Broadcast& node, const SharedPools&);
std::string text_of(const Multicast& node, const SharedPools&);
std::string text_of(const LengthTest& node, const SharedPools&);
std::string text_of(const ByteTest& node, const SharedPools&);
std::string text_of(const DirectionTest& node, const SharedPools&);
std::string text_of(const IfIndex& node, const SharedPools&);
std::string text_of(const Pppoed&, const SharedPools&);
std::string text_of(const WlanType& node, const SharedPools&);
std::string text_of(const WlanDir& node, const SharedPools&);
std::string text_of(const LlcTest& node, const SharedPools&);
std::string text_of(const FlagTest& node, const SharedPools& pools);
std::string text_of(const PayloadMatch& node, const SharedPools& pools);
std::string text_of(const PfTest& node, const SharedPools&);
std::string text_of(const AtmTypeTest& node, const SharedPools&);
std::string text_of(const AtmFieldTest& node, const SharedPools& pools);
std::string text_of(const MtpTypeTest& node, const SharedPools&);
std::string text_of(const MtpFieldTest& node, const SharedPools& pools);
std::string text_of(const Relation& node, const SharedPools&);
std::string text_of(const Constant& node, const SharedPools&);
std::string text_of(const PacketLength&, const SharedPools&);
std::string text_of(const Index& node, const SharedPools&);
std::string text_of(const Negate&, const SharedPools&);
std::string text_of(const Binary& node, const SharedPools&);

// "any" for nothing.
std::string_view proto_text(Proto proto);
std::string_view dir_text(Dir dir);

}  // namespace weir::filter
