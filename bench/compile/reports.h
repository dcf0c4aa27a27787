// The parts of the benchmark of the filter compiler; each returns its Markdown.
#pragma once

#include <string>

namespace weir::bench {

// Instructions and compile times for every filter of the table.
std::string report_table();

// Instructions executed for each packet of real captures.
std::string report_executed();

// Lists of hosts, ports and networks.
std::string report_lists();

}  // namespace weir::bench
