// A package as text.
#include <nlohmann/json.hpp>

#include "object/base64.h"
#include "object/deflate.h"
#include "object/package.h"

namespace weir::object {
namespace package_write {
namespace {

using nlohmann::json;  // sorts its keys

void add(json& out, const Attributes& attributes) {
  for (const Attribute& attribute : attributes)
    out[attribute.name] = json::parse(attribute.json, nullptr, false);
}

template <typename Item>
json array_of(const std::vector<Item>& items, json (*write)(const Item&)) {
  json out = json::array();
  for (const Item& item : items) out.push_back(write(item));
  return out;
}

json variable_json(const PackageVariable& variable) {
  json out = json::object();
  add(out, variable.attributes);
  out["name"] = variable.name;
  out["type"] = variable.type;
  return out;
}

json section_json(const PackageSection& section) {
  return {{"name", section.name}, {"variables", array_of(section.variables, variable_json)}};
}

json map_json(const PackageMap& map) {
  json out = json::object();
  add(out, map.attributes);
  out["ident"] = map.ident;
  out["name"] = map.name;
  if (map.mmaped) out["mmaped"] = true;
  return out;
}

json program_json(const PackageProgram& program) {
  json out = json::object();
  add(out, program.attributes);
  out["name"] = program.name;
  out["link"] = program.link;
  if (!program.attach.empty()) out["attach"] = program.attach;
  return out;
}

json member_json(const ExportMember& member) {
  json out = json::object();
  out["name"] = member.name;
  out["type"] = member.type;
  return out;
}

json type_json(const ExportType& type) {
  return {{"name", type.name},
          {"size", type.size},
          {"type_id", type.type_id},
          {"members", array_of(type.members, member_json)}};
}

json skeleton(const Package& package) {
  json out = json::object();
  out["obj_name"] = package.object_name;
  out["data_sections"] = array_of(package.sections, section_json);
  out["maps"] = array_of(package.maps, map_json);
  out["progs"] = array_of(package.programs, program_json);
  if (!package.doc.empty()) add(out["doc"], package.doc);
  return out;
}

void add_unless_default(json& out, const char* key, auto value, auto usual) {
  if (value != usual) out[key] = value;
}

json meta(const Package& package) {
  const Package usual;
  json out = json::object();
  out["bpf_skel"] = skeleton(package);
  if (!package.export_types.empty())
    out["export_types"] = array_of(package.export_types, type_json);
  if (!package.eunomia_version.empty()) out["eunomia_version"] = package.eunomia_version;
  add_unless_default(out, "perf_buffer_pages", package.perf_buffer_pages, usual.perf_buffer_pages);
  add_unless_default(out, "perf_buffer_time_ms", package.perf_buffer_time_ms,
                     usual.perf_buffer_time_ms);
  add_unless_default(out, "poll_timeout_ms", package.poll_timeout_ms, usual.poll_timeout_ms);
  add_unless_default(out, "debug_verbose", package.debug_verbose, false);
  add_unless_default(out, "print_header", package.print_header, false);
  add_unless_default(out, "enable_multiple_export_types", package.enable_multiple_export_types,
                     false);
  return out;
}

}  // namespace
}  // namespace package_write

std::string write_package(const Package& package) {
  nlohmann::json out = nlohmann::json::object();
  out["bpf_object"] = base64_encode(deflate_bytes(package.object));
  out["bpf_object_size"] = package.object.size();
  out["meta"] = package_write::meta(package);
  // Names from an ELF file need not be UTF-8.
  return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace weir::object
