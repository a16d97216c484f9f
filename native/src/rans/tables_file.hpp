// A checked view of codec/tables.bin (docs/bitstream.md, section 2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <tandem/rans.h>

namespace tandem::rans {

class TablesFile {
public:
    // Checks everything; on CORRUPT_DATA fault says what and where.
    td_status open(const void *file, std::size_t bytes, td_rans_fault &fault) noexcept;

    // A reason of such a fault in words, as rans.h has it.
    static const char *words(std::int32_t reason) noexcept;

    std::uint32_t rows() const noexcept { return rows_; }
    std::uint32_t entries() const noexcept { return entries_; }
    std::int32_t length(std::uint32_t row) const noexcept { return word(16 + 4 * std::size_t{row}); }
    std::int32_t offset(std::uint32_t row) const noexcept { return word(16 + 4 * (std::size_t{rows_} + row)); }
    // Entry of all rows, counted through.
    std::int32_t entry(std::uint32_t index) const noexcept { return word(entry_at(index)); }

private:
    std::size_t entry_at(std::uint32_t index) const noexcept { return 16 + 8 * std::size_t{rows_} + 4 * std::size_t{index}; }

    std::int32_t word(std::size_t at) const noexcept {
        std::int32_t value = 0;
        std::memcpy(&value, file_ + at, sizeof value);
        return value;
    }

    td_status lengths(td_rans_fault &fault) const noexcept;
    td_status row(std::uint32_t row, std::uint32_t first, td_rans_fault &fault) const noexcept;

    const unsigned char *file_ = nullptr;
    std::uint32_t rows_ = 0;
    std::uint32_t entries_ = 0;
};

} // namespace tandem::rans
