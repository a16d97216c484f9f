#include "rans/tables_file.hpp"

#include "rans/image.hpp"

#include <bit>

namespace tandem::rans {
namespace {

static_assert(std::endian::native == std::endian::little, "files and streams are read as little-endian words");

constexpr std::int32_t file_magic = 0x42544454; // "TDTB"
constexpr std::uint32_t most_rows = 1U << 16;
constexpr std::uint32_t most_entries = 1U << 24;
constexpr std::int32_t most_offset = 1 << 24;

td_status bad(td_rans_fault &fault, std::int32_t reason, std::size_t at, std::int64_t found,
              std::uint32_t row = 0) noexcept {
    fault = {at, found, reason, row};
    return TD_STATUS_CORRUPT_DATA;
}

} // namespace

td_status TablesFile::open(const void *file, std::size_t bytes, td_rans_fault &fault) noexcept {
    fault = {};
    file_ = static_cast<const unsigned char *>(file);
    if (bytes < 16)
        return bad(fault, TD_RANS_SHORT_FILE, 0, static_cast<std::int64_t>(bytes));
    if (word(0) != file_magic)
        return bad(fault, TD_RANS_MAGIC, 0, static_cast<std::uint32_t>(word(0)));
    if (word(4) != 1)
        return bad(fault, TD_RANS_VERSION, 4, static_cast<std::uint32_t>(word(4)));
    rows_ = static_cast<std::uint32_t>(word(8));
    if (rows_ < 1 || rows_ > most_rows)
        return bad(fault, TD_RANS_ROWS, 8, rows_);
    entries_ = static_cast<std::uint32_t>(word(12));
    if (entries_ < 1 || entries_ > most_entries)
        return bad(fault, TD_RANS_ENTRIES, 12, entries_);
    if (bytes != entry_at(entries_))
        return bad(fault, TD_RANS_FILE_LENGTH, 16, static_cast<std::int64_t>(bytes));
    if (const td_status status = lengths(fault); status != TD_STATUS_OK)
        return status;
    std::uint32_t first = 0;
    for (std::uint32_t r = 0; r < rows_; ++r) {
        if (const td_status status = row(r, first, fault); status != TD_STATUS_OK)
            return status;
        first += static_cast<std::uint32_t>(length(r));
    }
    return TD_STATUS_OK;
}

const char *TablesFile::words(std::int32_t reason) noexcept {
    switch (reason) {
    case TD_RANS_SHORT_FILE:
        return "a tables file without a whole header";
    case TD_RANS_MAGIC:
        return "no magic of a tables file";
    case TD_RANS_VERSION:
        return "a version of tables files other than 1";
    case TD_RANS_ROWS:
        return "a number of rows other than 1 to 65536";
    case TD_RANS_ENTRIES:
        return "a number of entries other than 1 to 2^24";
    case TD_RANS_FILE_LENGTH:
        return "a length of the file other than its counts need";
    case TD_RANS_ROW_LENGTH:
        return "lengths of rows that do not make up the entries";
    case TD_RANS_ROW_ENTRIES:
        return "a number of entries in a row other than 3 to 65537";
    case TD_RANS_ROW_FIRST:
        return "a first entry of a row other than 0";
    case TD_RANS_ROW_ASCENT:
        return "an entry that is not above the one before it";
    case TD_RANS_ROW_LAST:
        return "a last entry of a row other than 65536";
    case TD_RANS_ROW_OFFSET:
        return "an offset of a row outside +-2^24";
    default:
        return "damage";
    }
}

// All lengths before any row: then no row reaches outside the file.
td_status TablesFile::lengths(td_rans_fault &fault) const noexcept {
    std::uint32_t sum = 0;
    for (std::uint32_t r = 0; r < rows_; ++r) {
        if (length(r) < 0 || static_cast<std::uint32_t>(length(r)) > entries_ - sum)
            return bad(fault, TD_RANS_ROW_LENGTH, 16 + 4 * std::size_t{r}, length(r), r);
        sum += static_cast<std::uint32_t>(length(r));
    }
    return sum == entries_ ? TD_STATUS_OK : bad(fault, TD_RANS_ROW_LENGTH, 16, sum);
}

td_status TablesFile::row(std::uint32_t row, std::uint32_t first, td_rans_fault &fault) const noexcept {
    const auto count = static_cast<std::uint32_t>(length(row));
    const std::size_t at = entry_at(first);
    if (count < 3 || count > total + 1)
        return bad(fault, TD_RANS_ROW_ENTRIES, at, count, row);
    if (entry(first) != 0)
        return bad(fault, TD_RANS_ROW_FIRST, at, entry(first), row);
    for (std::uint32_t i = 1; i < count; ++i)
        if (entry(first + i) <= entry(first + i - 1))
            return bad(fault, TD_RANS_ROW_ASCENT, at, entry(first + i), row);
    if (entry(first + count - 1) != static_cast<std::int32_t>(total))
        return bad(fault, TD_RANS_ROW_LAST, at, entry(first + count - 1), row);
    if (offset(row) < -most_offset || offset(row) > most_offset)
        return bad(fault, TD_RANS_ROW_OFFSET, at, offset(row), row);
    return TD_STATUS_OK;
}

} // namespace tandem::rans
