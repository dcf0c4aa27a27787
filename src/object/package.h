// Package: an object with what is said of how to run it, in one file of JSON, package.json, as
// eunomia-bpf's tools write and run it. Plain data, and the functions between it and the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <weir/result.h>

#include "object/annotations.h"
#include "object/object.h"

namespace weir::object {

// What annotations say of a thing: `json` is the value on one line.
struct Attribute {
  std::string name;
  std::string json;

  friend bool operator==(const Attribute&, const Attribute&) = default;
};
using Attributes = std::vector<Attribute>;  // by name, each once

struct PackageVariable {
  std::string name;
  std::string type;  // in C, without const and volatile
  Attributes attributes;

  friend bool operator==(const PackageVariable&, const PackageVariable&) = default;
};

struct PackageSection {
  std::string name;  // ".rodata"
  std::vector<PackageVariable> variables;

  friend bool operator==(const PackageSection&, const PackageSection&) = default;
};

struct PackageMap {
  std::string name;   // the kernel's, "tc_bpf.rodata"
  std::string ident;  // in C, "rodata"
  bool mmaped = false;
  Attributes attributes;

  friend bool operator==(const PackageMap&, const PackageMap&) = default;
};

struct PackageProgram {
  std::string name;
  std::string attach;  // the section; empty in packages of ecc 0.2, where only the object has it
  bool link = true;
  Attributes attributes;

  friend bool operator==(const PackageProgram&, const PackageProgram&) = default;
};

struct ExportMember {
  std::string name;
  std::string type;

  friend bool operator==(const ExportMember&, const ExportMember&) = default;
};

// A struct that programs hand to user space.
struct ExportType {
  std::string name;
  std::uint32_t size = 0;     // bytes
  std::uint32_t type_id = 0;  // in the object's BTF
  std::vector<ExportMember> members;

  friend bool operator==(const ExportType&, const ExportType&) = default;
};

struct Package {
  std::vector<std::byte> object;  // the bytes of the ELF file
  std::string object_name;        // "tc_bpf"
  Attributes doc;                 // brief, description, details, version of the whole
  std::vector<PackageSection> sections;
  std::vector<PackageMap> maps;
  std::vector<PackageProgram> programs;
  std::vector<ExportType> export_types;
  std::string eunomia_version;  // of the format; empty: not said
  std::uint32_t perf_buffer_pages = 64;
  std::uint32_t perf_buffer_time_ms = 10;
  std::uint32_t poll_timeout_ms = 100;
  bool debug_verbose = false;
  bool print_header = false;
  bool enable_multiple_export_types = false;

  friend bool operator==(const Package&, const Package&) = default;
};

// The version of ecc whose format write_package writes.
inline constexpr std::string_view kPackageVersion = "0.3.4";

// From what read_object made of `bytes`; `file_name` is the file's ("tc.bpf.o"), from which ecc
// takes the names. Annotations of what the object does not hold are left out.
Package make_package(const Object& object, std::span<const std::byte> bytes,
                     std::string_view file_name,
                     std::span<const AnnotatedDeclaration> annotations = {});

// One line, without a newline, keys sorted, as ecc writes it.
std::string write_package(const Package& package);

// Anything may stand in the text. Unknown keys are ignored, and what ecc leaves out has its
// default. An error names the part (`meta.bpf_skel.progs[1].name`) or, in text that is not JSON,
// the offset.
Result<Package> read_package(std::string_view text);

}  // namespace weir::object
