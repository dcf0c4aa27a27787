// A package from text that may hold anything: the first thing that is wrong is named by its path.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>

#include "object/base64.h"
#include "object/deflate.h"
#include "object/json_depth.h"
#include "object/package.h"

namespace weir::object {
namespace package_read {
namespace {

using nlohmann::json;

constexpr auto kHint = "the package is damaged or none of ecc's: build it anew";

// A value and the keys that lead to it. `value` is nullptr when it is not there.
struct Node {
  const json* value = nullptr;
  std::string path;

  explicit operator bool() const { return value != nullptr && !value->is_null(); }
};

// Remembers the first error; from then on values are defaults.
class Reader {
 public:
  std::optional<Error> error;

  void refuse(const Node& node, std::string_view what) {
    if (!error) error = fail(fmt::format("`{}` {}", node.path, what), kHint).error();
  }

  Node member(const Node& node, const char* key) {
    Node out{.value = nullptr, .path = node.path.empty() ? key : node.path + "." + key};
    if (!node) return out;
    if (!node.value->is_object()) {
      refuse(node, "is no object");
      return out;
    }
    const auto found = node.value->find(key);
    if (found != node.value->end()) out.value = &*found;
    return out;
  }

  Node required(const Node& node, const char* key) {
    Node out = member(node, key);
    if (!out) refuse(out, "is missing");
    return out;
  }

  std::string text(const Node& node) {
    if (!node) return {};
    if (node.value->is_string()) return node.value->get<std::string>();
    refuse(node, "is no string");
    return {};
  }

  bool boolean(const Node& node, bool usual) {
    if (!node) return usual;
    if (node.value->is_boolean()) return node.value->get<bool>();
    refuse(node, "is neither true nor false");
    return usual;
  }

  std::uint32_t number(const Node& node, std::uint32_t usual) {
    if (!node) return usual;
    if (node.value->is_number_unsigned()) {
      const auto value = node.value->get<std::uint64_t>();
      if (value <= std::numeric_limits<std::uint32_t>::max())
        return static_cast<std::uint32_t>(value);
    }
    refuse(node, "is no number from 0 to 4294967295");
    return usual;
  }

  // Of an array, each element by `read`; nothing when it is not there.
  template <typename Row>
  std::vector<Row> rows(const Node& node, Row (*read)(Reader&, const Node&)) {
    std::vector<Row> out;
    if (!node) return out;
    if (!node.value->is_array()) refuse(node, "is no array");
    if (error) return out;
    for (std::size_t i = 0; i < node.value->size() && !error; ++i) {
      const Node item{.value = &(*node.value)[i], .path = fmt::format("{}[{}]", node.path, i)};
      if (!item.value->is_object()) refuse(item, "is no object");
      out.push_back(read(*this, item));
    }
    return out;
  }
};

// What is not one of the keys that have a place of their own.
template <std::size_t kCount>
Attributes attributes(const Node& node, const std::array<std::string_view, kCount>& own) {
  Attributes out;
  if (!node || !node.value->is_object()) return out;
  for (const auto& [key, value] : node.value->items()) {
    if (std::ranges::find(own, key) == own.end())
      out.push_back({.name = key, .json = value.dump()});
  }
  return out;
}

PackageVariable variable(Reader& in, const Node& node) {
  // ecc 0.2 says the place of a variable, 0.3 the size of the padding before it.
  constexpr auto kOwn =
      std::to_array<std::string_view>({"name", "type", "align", "offset", "size"});
  return {.name = in.text(in.required(node, "name")),
          .type = in.text(in.member(node, "type")),
          .attributes = attributes(node, kOwn)};
}

PackageSection section(Reader& in, const Node& node) {
  PackageSection out{.name = in.text(in.required(node, "name")),
                     .variables = in.rows(in.member(node, "variables"), variable)};
  // Padding at the end of a section has no variable that it stands before.
  std::erase_if(out.variables, [](const PackageVariable& row) { return row.name == "__padding"; });
  return out;
}

PackageMap map(Reader& in, const Node& node) {
  constexpr auto kOwn = std::to_array<std::string_view>({"name", "ident", "mmaped"});
  return {.name = in.text(in.required(node, "name")),
          .ident = in.text(in.required(node, "ident")),
          .mmaped = in.boolean(in.member(node, "mmaped"), false),
          .attributes = attributes(node, kOwn)};
}

PackageProgram program(Reader& in, const Node& node) {
  constexpr auto kOwn = std::to_array<std::string_view>({"name", "attach", "link"});
  return {.name = in.text(in.required(node, "name")),
          .attach = in.text(in.member(node, "attach")),
          .link = in.boolean(in.member(node, "link"), true),
          .attributes = attributes(node, kOwn)};
}

ExportMember export_member(Reader& in, const Node& node) {
  return {.name = in.text(in.required(node, "name")), .type = in.text(in.required(node, "type"))};
}

ExportType export_type(Reader& in, const Node& node) {
  return {.name = in.text(in.required(node, "name")),
          .size = in.number(in.member(node, "size"), 0),
          .type_id = in.number(in.member(node, "type_id"), 0),
          .members = in.rows(in.member(node, "members"), export_member)};
}

void read_skeleton(Reader& in, const Node& skeleton, Package& out) {
  out.object_name = in.text(in.required(skeleton, "obj_name"));
  const Node doc = in.member(skeleton, "doc");
  if (doc && !doc.value->is_object()) in.refuse(doc, "is no object");
  out.doc = attributes(doc, std::array<std::string_view, 0>{});
  out.sections = in.rows(in.member(skeleton, "data_sections"), section);
  out.maps = in.rows(in.member(skeleton, "maps"), map);
  out.programs = in.rows(in.member(skeleton, "progs"), program);
}

void read_meta(Reader& in, const Node& meta, Package& out) {
  const auto number = [&](const char* key, std::uint32_t& value) {
    value = in.number(in.member(meta, key), value);
  };
  const auto boolean = [&](const char* key, bool& value) {
    value = in.boolean(in.member(meta, key), value);
  };
  read_skeleton(in, in.required(meta, "bpf_skel"), out);
  // In ecc 0.2 an object, by the names of the structs, which the object's types have, too.
  const Node types = in.member(meta, "export_types");
  if (types && !types.value->is_object()) out.export_types = in.rows(types, export_type);
  out.eunomia_version = in.text(in.member(meta, "eunomia_version"));
  number("perf_buffer_pages", out.perf_buffer_pages);
  number("perf_buffer_time_ms", out.perf_buffer_time_ms);
  number("poll_timeout_ms", out.poll_timeout_ms);
  boolean("debug_verbose", out.debug_verbose);
  boolean("print_header", out.print_header);
  boolean("enable_multiple_export_types", out.enable_multiple_export_types);
}

Result<json> parse(std::string_view text) {
  if (const auto deep = too_deep_at(text)) {
    auto failure = fail("the package is nested too deeply to be one", kHint);
    failure.error().offset = deep;
    return failure;
  }
  try {
    return json::parse(text);
  } catch (const json::parse_error& error) {
    auto failure = fail("the package is not JSON, or was cut off", kHint);
    failure.error().offset =
        std::min(error.byte - std::min<std::size_t>(error.byte, 1), text.size());
    return failure;
  } catch (const json::exception&) {
    return fail("the package has a number that is too large", kHint);
  }
}

Result<std::vector<std::byte>> unpack(const std::string& text, std::uint32_t size) {
  auto stream = base64_decode(text);
  if (stream) return inflate_bytes(*stream, size);
  // The offset is one in the string, not in the package.
  stream.error().message =
      fmt::format("`bpf_object`, character {}: {}", *stream.error().offset, stream.error().message);
  stream.error().offset.reset();
  return stream;
}

}  // namespace
}  // namespace package_read

Result<Package> read_package(std::string_view text) {
  namespace read = package_read;
  const auto json = read::parse(text);
  if (!json) return std::unexpected(json.error());
  if (!json->is_object()) return fail("the package is no object of JSON", read::kHint);
  read::Reader in;
  const read::Node root{.value = &*json, .path = ""};
  Package package;
  const std::string object = in.text(in.required(root, "bpf_object"));
  const std::uint32_t size = in.number(in.required(root, "bpf_object_size"), 0);
  read::read_meta(in, in.required(root, "meta"), package);
  if (in.error) return std::unexpected(*in.error);
  auto bytes = read::unpack(object, size);
  if (!bytes) return std::unexpected(bytes.error());
  package.object = std::move(*bytes);
  return package;
}

}  // namespace weir::object
