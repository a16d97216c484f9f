// Where a decoder stands in its stream, and the slow way to the next value that every fast one leaves to.
#pragma once

#include "rans/image.hpp"

namespace tandem::rans {

struct Cursor {
    std::uint64_t x;
    const unsigned char *next;
    const unsigned char *end;
};

struct Failure {
    std::int32_t reason;
    std::int64_t found;
    std::uint64_t index; // of the value, counted by whoever knows
};

// One value with every check, escapes included. False: why is set and c.next is where it showed.
bool read_value(const Tables &t, Cursor &c, std::uint32_t row, std::int32_t &value, Failure &why) noexcept;

} // namespace tandem::rans
