// One function a primitive: what it asks of the packet, at this point of the text.
#pragma once

#include "filter/lower/context.h"

namespace weir::filter::lower {

// hosts.cpp
ConditionId lower(Context& c, const resolved::Host& n);
ConditionId lower(Context& c, const resolved::DecnetHost& n);
ConditionId lower(Context& c, const resolved::Gateway& n);
// stations.cpp
ConditionId lower(Context& c, const resolved::EtherHost& n);
ConditionId lower(Context& c, const resolved::ArcnetHost& n);
ConditionId lower(Context& c, const Broadcast& n);
ConditionId lower(Context& c, const Multicast& n);
// wlan.cpp
ConditionId lower(Context& c, const WlanType& n);
ConditionId lower(Context& c, const WlanDir& n);
// link.cpp
ConditionId lower(Context& c, const LlcTest& n);
ConditionId lower(Context& c, const DirectionTest& n);
ConditionId lower(Context& c, const IfIndex& n);
ConditionId lower(Context& c, const LengthTest& n);
ConditionId lower(Context& c, const ByteTest& n);
ConditionId lower(Context& c, const PfTest& n);
ConditionId lower(Context& c, const AtmTypeTest& n);
ConditionId lower(Context& c, const AtmFieldTest& n);
ConditionId lower(Context& c, const MtpTypeTest& n);
ConditionId lower(Context& c, const MtpFieldTest& n);
// ip.cpp
ConditionId lower(Context& c, const resolved::Protocol& n);
ConditionId lower(Context& c, const resolved::Protochain& n);
ConditionId lower(Context& c, const resolved::Port& n);
ConditionId lower(Context& c, const FlagTest& n);
ConditionId lower(Context& c, const PayloadMatch& n);
// encapsulation.cpp
ConditionId lower(Context& c, const resolved::Encapsulation& n);
ConditionId lower(Context& c, const Pppoed& n);

}  // namespace weir::filter::lower
