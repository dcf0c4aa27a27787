#include "app/explain.h"

#include <fmt/format.h>

#include <utility>

#include "app/parts.h"
#include "capfile/reader.h"
#include "packet/print/packet_printer.h"
#include "vm/classic_interpreter.h"

namespace weir::app {
namespace {

// A packet that owns its bytes, taken out of a file.
struct OwnedPacket {
  std::vector<std::byte> bytes;
  std::endian capture_order;
  Packet view;
};

Result<OwnedPacket> load_packet(const std::string& path, std::uint64_t number) {
  auto reader = capfile::CaptureReader::open(path);
  if (!reader) return std::unexpected(about_file(path, reader.error()));
  std::uint64_t read = 0;
  for (;;) {
    const Result<capfile::Batch> batch = reader->next_batch();
    if (!batch) return std::unexpected(about_file(path, batch.error()));
    if (batch->end()) break;
    if (number - read <= batch->packets.size()) {
      OwnedPacket out{.bytes = {},
                      .capture_order = reader->info().byte_order,
                      .view = batch->packets[number - read - 1]};
      out.bytes.assign(out.view.bytes.begin(), out.view.bytes.end());
      out.view.bytes = out.bytes;
      return out;
    }
    read += batch->packets.size();
  }
  return fail(fmt::format("`{}` has no packet {}", path, number),
              fmt::format("it has {} packets", read));
}

// Without the newline.
std::string packet_line(const Packet& packet) {
  packet::PacketPrinter printer({.numeric = true, .timestamp = packet::Timestamp::kDateTime});
  printer.print(packet, 0);
  std::string out(printer.text());
  out.pop_back();
  return out;
}

bool program_matches(const ClassicProgram& program, const Packet& packet) {
  return vm::run_classic(program, {.bytes = packet.bytes, .wire_length = packet.wire_length})
             .verdict != 0;
}

// The tests of an expression that compiles; its diagnostics have been reported by then.
struct Analysis {
  filter::Resolved resolved;
  std::vector<PartNode> parts;
};

Analysis analyse(const std::string& text, const filter::Options& options) {
  diag::Diagnostics diagnostics;
  const filter::TokenList tokens = filter::lex(text, options, diagnostics);
  const filter::Ast ast = filter::parse(tokens, text, options, diagnostics);
  Analysis out{.resolved = filter::resolve(ast, text, options, diagnostics), .parts = {}};
  out.parts = list_parts(ast, out.resolved, text);
  return out;
}

}  // namespace

Outcome<Explanation> explain(const ExplainOptions& options) {
  std::optional<OwnedPacket> packet;
  if (options.capture) {
    Result<OwnedPacket> loaded = load_packet(*options.capture, options.packet_number);
    if (!loaded) return failure(std::move(loaded.error()));
    packet = std::move(*loaded);
  }
  Explanation out;
  out.expression = options.expression.text;
  out.link_type = options.link_type.value_or(packet ? packet->view.link_type : LinkType::kEn10mb);

  const std::endian order = packet ? packet->capture_order : std::endian::native;
  const Expression expression(options.expression);
  Outcome<CompiledExpression> compiled = expression.compile(out.link_type, order);
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  out.remarks = std::move(compiled->remarks);

  const filter::Options compiler_options = expression.compiler_options(out.link_type, order);
  Analysis analysis = analyse(out.expression, compiler_options);
  if (packet) {
    packet->view.link_type = out.link_type;
    judge_parts(analysis.parts, analysis.resolved, compiler_options, packet->view);
    out.packet = ExplainedPacket{.number = options.packet_number,
                                 .summary = packet_line(packet->view),
                                 .matches = program_matches(compiled->program, packet->view)};
  }
  for (PartNode& entry : analysis.parts) out.parts.push_back(std::move(entry.part));
  return out;
}

}  // namespace weir::app
