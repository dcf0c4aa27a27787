#include <algorithm>

#include "base/check.h"
#include "cli/options.h"

namespace weir::cli {
namespace {

constexpr Example kCompileExamples[] = {
    {.command = "weir compile tcp port 80", .what = "the code for an expression, as assembly"},
    {.command = "weir compile -ddd -y RAW 'icmp or icmp6' >code",
     .what = "as numbers, for packets without a link header"},
    {.command = "weir compile --from code", .what = "disassemble it again"},
    {.command = "weir compile --on xdp --drop tcp dst port 8080",
     .what = "as a program of XDP that drops what matches"},
    {.command = "weir compile --print-after=all 'vlan 5 and ip'",
     .what = "every stage between the text and the code"},
};

constexpr Example kCaptureExamples[] = {
    {.command = "weir capture -i eth0 'tcp port 443'",
     .what = "print the packets that match, as they come"},
    {.command = "weir capture -i any -w all.pcapng --duration 10m --stats 5s",
     .what = "ten minutes of everything into a file; every five seconds, what was lost"},
    {.command = "weir capture -r trace.pcap 'tcp port 443'", .what = "print those of a file"},
    {.command = "weir capture -r trace.pcapng.zst -w dns.pcapng port 53",
     .what = "write them to a file"},
    {.command = "weir capture -r a.pcap -r b.pcap --count ip6",
     .what = "count them over several files"},
};

constexpr Example kExplainExamples[] = {
    {.command = "weir explain 'tcp port 80 or 443'",
     .what = "what an expression means, part by part"},
    {.command = "weir explain 'not arp' -r trace.pcap -n 7",
     .what = "and why it matches the seventh packet, or does not"},
};

constexpr VerbInfo kVerbs[] = {
    {.verb = Verb::kCompile,
     .name = "compile",
     .arguments = "[EXPRESSION...]",
     .summary = "compile a filter expression and print its code",
     .description = "Compiles an expression of the pcap-filter language to classic BPF. The words "
                    "of the expression are joined "
                    "by spaces. With --on it compiles to extended BPF. Classic code can also be "
                    "read back with --from.",
     .examples = kCompileExamples},
    {.verb = Verb::kCapture,
     .name = "capture",
     .arguments = "[EXPRESSION...]",
     .summary = "filter the packets of interfaces or capture files: print, count or write them",
     .description =
         "Takes packets from network interfaces (-i) or reads capture files (-r) and "
         "prints those that match the expression, as tcpdump prints them: the time of "
         "day in the local time zone, and what each protocol says; -v, -e and -x "
         "and their kin print more. --json and --fields are for programs. With -w it "
         "writes the packets to a capture file instead. Without an expression every packet "
         "matches.\n\n"
         "From interfaces, the kernel filters: the code is there before the first "
         "packet. SIGINT or SIGTERM is the normal end: what was accepted until then is "
         "used, and the exit code is 0. It needs the capability CAP_NET_RAW.\n\n"
         "When a file is damaged, every packet before the damage is used; then the "
         "error names the byte where it "
         "begins. Interrupted by a signal while it reads files, weir keeps what it has "
         "written readable.",
     .examples = kCaptureExamples},
    {.verb = Verb::kExplain,
     .name = "explain",
     .arguments = "EXPRESSION...",
     .summary = "say what a filter expression means and why a packet matches",
     .description = "Says in words what an expression tests, part by part. With a capture file, "
                    "also which parts hold for one of "
                    "its packets, and which one decides.",
     .examples = kExplainExamples},
    {.verb = Verb::kHelp,
     .name = "help",
     .arguments = "[COMMAND]",
     .summary = "show this help, or that of a command",
     .description = "Shows the help of weir or of one of its commands.",
     .examples = {}},
};

}  // namespace

std::span<const VerbInfo> verbs() { return kVerbs; }

const VerbInfo& verb_info(Verb verb) {
  const auto found = std::ranges::find(kVerbs, verb, &VerbInfo::verb);
  WEIR_CHECK(found != std::ranges::end(kVerbs));
  return *found;
}

const VerbInfo* find_verb(std::string_view name) {
  const auto found = std::ranges::find(kVerbs, name, &VerbInfo::name);
  return found == std::ranges::end(kVerbs) ? nullptr : found;
}

}  // namespace weir::cli
