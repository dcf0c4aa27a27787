// Values of decoded fields as text: numbers, addresses, bytes.
#pragma once

#include <string>

#include "packet/print/field.h"

namespace weir::app {

// Numbers in decimal or, for fields that are read in hex, as 0x and their digits; addresses as
// people write them; bytes as hex digits; text with its control characters escaped.
std::string field_text(const packet::Field& field, std::size_t size,
                       const packet::FieldValue& value);

// Characters that a terminal would act on, and bytes that are no ASCII, as \xNN.
std::string printable(std::string_view text);

}  // namespace weir::app
