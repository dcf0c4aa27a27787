#include "packet/print/routing/ospf_hello.h"

namespace weir::packet::ospf {

void print_router(Line& line, const View& body, std::size_t at, std::string_view title) {
  const std::uint32_t router = body.u32(at);
  if (router == 0) return;
  line.put(title);
  line.host4(router);
}

void print_neighbor(Line& line, const View& list, const Field& field) {
  const std::uint32_t neighbor = list.u32(0);
  line.field(field, list, 0, 4);
  line.put("\n\t    ");
  line.host4(neighbor);
}

}  // namespace weir::packet::ospf
