// Which points of a row fall into which bucket.
#pragma once

#include "rans/image.hpp"
#include "rans/tables_file.hpp"

namespace tandem::rans {

// One row of a checked file.
struct Row {
    const TablesFile &file;
    std::uint32_t index;
    std::uint32_t first;

    std::uint32_t symbols() const noexcept { return static_cast<std::uint32_t>(file.length(index)) - 1; }
    std::uint32_t at(std::uint32_t k) const noexcept { return static_cast<std::uint32_t>(file.entry(first + k)); }
};

// log2 of the points in a bucket: as large as lets the buckets answer nearly every look-up, 4..12.
unsigned shift_of(const Row &row) noexcept;

// Writes the 65536 >> shift buckets of a row.
void fill_buckets(const Row &row, unsigned shift, Bucket *buckets) noexcept;

} // namespace tandem::rans
