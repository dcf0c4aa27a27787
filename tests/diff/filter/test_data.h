// What the tests of the filter compilers have in common: the corpus, packets of a link type, how
// much is asked of a run.
#pragma once

#include <vector>

#include "diff/filter/corpus.h"
#include "diff/filter/link_types.h"
#include "diff/filter/packet_gen.h"

namespace weir::difftest {

// What both libpcap and weir accept, and what both refuse. Reading them cannot fail in a sound
// tree.
const std::vector<CorpusEntry>& accepted_corpus();
const std::vector<CorpusEntry>& rejected_corpus();

std::vector<CorpusEntry> corpus_of(LinkType type);

// Real packets where there are any, `generated` made ones, and some cut at every length.
std::vector<SamplePacket> packets_of(LinkType type, std::size_t generated);

// 1, or the number in the environment variable WEIR_SLOW: how many times longer a test may take.
std::uint32_t slowness();

}  // namespace weir::difftest
