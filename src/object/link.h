// Linking: out of the functions of an object file, programs as the kernel takes them, each with a
// copy of every function that it needs.
#pragma once

#include <span>
#include <vector>

#include <weir/result.h>

#include "object/code.h"
#include "object/elf_file.h"
#include "object/object.h"
#include "object/references.h"

namespace weir::object {

// Which functions are programs: all outside of `.text` that are global, and those local ones that
// no other function needs (SEC("tc") static inline int f(...) is a program that compilers keep). A
// single function is one wherever it is.
std::vector<std::uint32_t> find_programs(const ElfFile& file, const Code& code,
                                         std::span<const Reference> references);

// The programs `which`, in this order. Functions follow their program in the order in which a walk
// through the code comes upon them, deepest first, as with libbpf, so that the instructions are the
// same. Fails for programs longer than the kernel's limit.
Result<std::vector<Program>> link_programs(const ElfFile& file, const Code& code,
                                           std::span<const Reference> references,
                                           std::span<const std::uint32_t> which);

}  // namespace weir::object
