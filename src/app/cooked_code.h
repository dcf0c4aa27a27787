// Classic code for cooked packets, as a socket has to run it: the kernel's filter sees a packet
// without the header that user space puts in front of it.
#pragma once

#include <optional>

#include <weir/classic.h>
#include <weir/link_type.h>

namespace weir::app {

// nullopt when the code reads what only the finished packet has: other fields of the header than
// the kernel has loads for, or the packet's length. REQUIRES: LINUX_SLL or LINUX_SLL2.
std::optional<ClassicProgram> code_for_cooked_socket(const ClassicProgram& program,
                                                     LinkType link_type);

}  // namespace weir::app
