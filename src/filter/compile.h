// The filter compiler's only face: an expression of the pcap-filter language in, BPF out.
//
//   text -> tokens -> AST -> resolved AST -> IR -> passes -> classic or extended code
#pragma once

#include <bit>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <weir/classic.h>
#include <weir/link_type.h>
#include <weir/result.h>

#include "filter/extended_options.h"

namespace weir {
class Names;
}
namespace weir::diag {
class Diagnostics;
}

namespace weir::filter {

// Bounds on what an expression may cost; each has an error that names it.
struct Limits {
  std::uint32_t max_text = 4u << 20;   // bytes of expression, list files not counted
  std::uint32_t max_nesting = 512;     // parentheses, braces, `not`, arithmetic
  std::uint32_t max_nodes = 1u << 20;  // nodes of the AST
  std::uint32_t max_list = 1u << 20;   // elements of all membership lists together
  std::uint32_t max_code = 1u << 20;   // classic instructions
};

// Reads the text of a list file (`host in @blocklist.txt`); an Error says all, the path too.
using ListLoader = std::function<Result<std::string>(const std::string& path)>;

struct PassInfo {
  std::string_view name;  // also the flag: `--print-after=NAME`
  std::string_view description;
};

// Called after each stage with its name, its time, and a printer of its result.
using PassObserver = std::function<void(std::string_view pass, std::int64_t nanoseconds,
                                        const std::function<std::string()>& print)>;

struct Options {
  LinkType link_type = LinkType::kEn10mb;
  std::uint32_t snaplen = 262144;  // what a matching packet returns
  bool optimize = true;
  bool strict = false;    // libpcap's language only, without weir's additions
  bool comments = false;  // `#` starts a comment (expressions from a file)
  bool live = false;      // for a Linux socket: kernel extension loads are allowed
  // Byte order of the machine that captured: NULL link headers are written in it.
  std::endian capture_order = std::endian::native;
  std::optional<std::uint32_t> netmask;  // host order; `ip broadcast` needs it
  const Names* names = nullptr;          // null: names are not looked up
  ListLoader load_list;                  // empty: list files are refused
  Limits limits;
  std::vector<std::string> disabled_passes;
  PassObserver observer;       // empty: nobody watches
  bool verify_passes = false;  // check the IR after each pass: for tests
};

// Every stage and pass, in the order in which they run.
std::span<const PassInfo> passes();

// The same expression as extended code. `options.snaplen` has no meaning there; `options.live` is
// right for tc, whose packets have lost their VLAN tags as those of sockets have, and wrong for
// XDP. nullopt when `diagnostics` has an error.
std::optional<isa::ExtendedProgram> compile_extended(std::string_view text, const Options& options,
                                                     const ExtendedOptions& extended,
                                                     diag::Diagnostics& diagnostics);

// nullopt when `diagnostics` has an error.
std::optional<ClassicProgram> compile(std::string_view text, const Options& options,
                                      diag::Diagnostics& diagnostics);

}  // namespace weir::filter
