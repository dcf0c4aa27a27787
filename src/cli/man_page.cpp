// weir(1) as roff, from the tables of options and verbs.
#include <fmt/format.h>

#include "cli/documents.h"
#include "cli/help.h"

namespace weir::cli {
namespace {

// Text as roff wants it: no line begins a macro by accident, dashes stay dashes.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '`') {
      out += "\\(ga";
    } else if (c == '"') {
      out += "\\(dq";
    } else if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n')) {
      out += fmt::format("\\&{}", c);
    } else {
      out += c;
    }
  }
  return out;
}

std::string roff_paragraphs(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find("\n\n");
    out += fmt::format("{}{}\n", out.empty() ? "" : ".PP\n", roff(text.substr(0, end)));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 2);
  }
  return out;
}

std::string option_heading(const OptionInfo& option) {
  std::string out;
  if (option.short_name != 0) out = fmt::format("\\fB\\-{}\\fR", option.short_name);
  if (!option.long_name.empty()) {
    out += fmt::format("{}\\fB\\-\\-{}\\fR", out.empty() ? "" : ", ", roff(option.long_name));
  }
  if (!option.value.empty()) out += fmt::format(" \\fI{}\\fR", option.value);
  return out;
}

std::string option_list(const VerbInfo* verb) {
  std::string out;
  for (const Group group : kGroups) {
    for (const OptionInfo* option : shown_options(verb, group)) {
      out += fmt::format(".TP\n{}\n{}\n", option_heading(*option), roff(option_help(*option)));
    }
  }
  return out;
}

std::string verb_section(const VerbInfo& verb) {
  return fmt::format(".SS weir {}\n.B {}\n.PP\n{}{}", verb.name, roff(usage_line(&verb)),
                     roff_paragraphs(verb.description), option_list(&verb));
}

// One of each addition to pcap-filter(7); docs/filter-language.md has the rest.
constexpr Example kFilters[] = {
    {.command = "port in {80, 443, 8000-8100}",
     .what = "a list; also behind host, net, ether host, proto, vlan and the like"},
    {.command = "not src host in {192.0.2.1, @blocklist.txt}",
     .what = "a list with elements from a file, one a line or separated by commas, `#` begins a "
             "comment; an empty list is an error, so a file that may be empty needs company"},
    {.command = "vlan 5 { tcp port 80 } or udp port 53",
     .what = "a scope: what is in braces is looked for behind the header, the rest is not; "
             "also mpls, pppoes, geneve, vxlan, ipip, gre"},
    {.command = "ip6ext { tcp port 80 }", .what = "TCP behind the extension headers of IPv6, too"},
    {.command = "tcp.flags syn,!ack",
     .what = "SYN is set and ACK is not; `syn|fin` is any of them; also ip.flags df, mf"},
    {.command = "payload \"GET \"",
     .what =
         "the bytes behind the TCP or UDP header begin with these; payload[0:4] is their value"},
};

std::string filters() {
  std::string out = ".SH FILTERS\n" +
                    roff(
                        "An expression is written in the language of tcpdump, which "
                        "pcap-filter(7) describes. These are weir's additions, which --strict "
                        "switches off:") +
                    "\n";
  for (const Example& filter : kFilters)
    out += fmt::format(".TP\n.B {}\n{}\n", roff(filter.command), roff(filter.what));
  return out + ".PP\n" +
         roff(
             "The whole language, its surprises and its limits stand in filter-language.md, "
             "installed in share/doc/weir.") +
         "\n";
}

std::string examples() {
  std::string out = ".SH EXAMPLES\n";
  for (const VerbInfo& verb : verbs()) {
    for (const Example& example : verb.examples) {
      out += fmt::format(".TP\n.B {}\n{}\n", roff(example.command), roff(example.what));
    }
  }
  return out;
}

constexpr std::string_view kHead =
    ".\\\" Generated from the table of options by `weir --generate man`.\n"
    ".TH WEIR 1 2026-11-22 \"weir " WEIR_VERSION
    "\" \"User Commands\"\n"
    ".SH NAME\n"
    "weir \\- filter packets with BPF\n"
    ".SH SYNOPSIS\n";

constexpr std::string_view kTail =
    ".SH EXIT STATUS\n"
    ".TP\n.B 0\nDone.\n"
    ".TP\n.B 1\nThe input or the world is wrong: a broken file, a faulty expression, an unknown "
    "name.\n"
    ".TP\n.B 2\nThe command line is wrong.\n"
    ".TP\n.B 3\nThis kernel, or this user, cannot do it.\n"
    ".TP\n.B 128+N\nSignal N stopped it; what was written is whole and readable.\n"
    ".SH SEE ALSO\n"
    ".BR pcap\\-filter (7),\n"
    ".BR tcpdump (8)\n";

}  // namespace

std::string man_page() {
  std::string out(kHead);
  std::string_view separator;
  for (const VerbInfo& verb : verbs()) {
    out += fmt::format("{}.B {}\n", separator, roff(usage_line(&verb)));
    separator = ".br\n";
  }
  out += ".SH DESCRIPTION\n";
  out += roff(
             "weir compiles filter expressions to BPF, runs them over capture files, and explains "
             "them.") +
         "\n";
  out += "Results go to standard output, everything else to standard error.\n";
  out += ".SH OPTIONS\n" + option_list(nullptr);
  out += ".SH COMMANDS\n";
  for (const VerbInfo& verb : verbs()) out += verb_section(verb);
  return out + filters() + examples() + std::string(kTail);
}

}  // namespace weir::cli
