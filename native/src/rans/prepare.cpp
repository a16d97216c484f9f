#include "guard.hpp"
#include "rans/buckets.hpp"
#include "rans/image.hpp"
#include "rans/reciprocal.hpp"
#include "rans/tables_file.hpp"

#include <cinttypes>
#include <cstring>

namespace tandem::rans {
namespace {

constexpr std::uint64_t aligned(std::uint64_t bytes) noexcept {
    return (bytes + alignment - 1) / alignment * alignment;
}

Header layout(const TablesFile &file) noexcept {
    std::uint64_t buckets = 0;
    std::uint32_t first = 0;
    for (std::uint32_t row = 0; row < file.rows(); ++row) {
        buckets += total >> shift_of(Row{file, row, first});
        first += static_cast<std::uint32_t>(file.length(row));
    }
    Header h{};
    h.magic = image_magic;
    h.rows = file.rows();
    h.lookups = sizeof(Header);
    h.row_facts = h.lookups + aligned(sizeof(Lookup) * h.rows);
    h.cdf = h.row_facts + aligned(sizeof(RowFacts) * h.rows);
    h.buckets = h.cdf + aligned(sizeof(std::uint16_t) * file.entries());
    h.symbols = h.buckets + aligned(sizeof(Bucket) * buckets);
    h.bytes = h.symbols + aligned(sizeof(Symbol) * file.entries());
    return h;
}

// Writes the arrays behind a header that is in place. The arrays are caller's memory without objects in it yet, and all
// their types are trivial.
void fill(const TablesFile &file, unsigned char *image, const Header &h) noexcept {
    auto *lookups = reinterpret_cast<Lookup *>(image + h.lookups);
    auto *facts = reinterpret_cast<RowFacts *>(image + h.row_facts);
    auto *cdf = reinterpret_cast<std::uint16_t *>(image + h.cdf);
    auto *buckets = reinterpret_cast<Bucket *>(image + h.buckets);
    auto *symbols = reinterpret_cast<Symbol *>(image + h.symbols);
    std::uint32_t first = 0;
    std::uint32_t bucket = 0;
    for (std::uint32_t r = 0; r < h.rows; ++r) {
        const Row row{file, r, first};
        const unsigned shift = shift_of(row);
        const auto offset = static_cast<std::uint64_t>(std::int64_t{file.offset(r)});
        lookups[r] = bucket | std::uint64_t{shift} << lookup_shift_at | offset << lookup_offset_at;
        facts[r] = {first, row.symbols() - 1, file.offset(r), 0};
        fill_buckets(row, shift, buckets + bucket);
        for (std::uint32_t k = 0; k <= row.symbols(); ++k)
            cdf[first + k] = static_cast<std::uint16_t>(row.at(k));
        for (std::uint32_t k = 0; k < row.symbols(); ++k)
            symbols[first + k] = symbol_of(row.at(k), row.at(k + 1) - row.at(k));
        symbols[first + row.symbols()] = {};
        bucket += total >> shift;
        first += static_cast<std::uint32_t>(file.length(r));
    }
}

td_status open(TablesFile &tables, const void *file, std::size_t bytes, td_rans_fault &fault) noexcept {
    if (tables.open(file, bytes, fault) == TD_STATUS_OK)
        return TD_STATUS_OK;
    return refused(TD_STATUS_CORRUPT_DATA, "%s at byte [%" PRIu64 "], row [%u], found [%" PRId64 "]",
                   TablesFile::words(fault.reason), fault.offset, fault.row, fault.found);
}

} // namespace
} // namespace tandem::rans

extern "C" td_status td_rans_image_bytes(const void *file, size_t bytes, size_t *image_bytes,
                                         td_rans_fault *fault) noexcept {
    return tandem::guarded([&] {
        if ((file == nullptr && bytes > 0) || image_bytes == nullptr || fault == nullptr)
            return tandem::refused_null({{"image_bytes", image_bytes}, {"fault", fault}, {"file", file}});
        tandem::rans::TablesFile tables;
        const td_status status = tandem::rans::open(tables, file, bytes, *fault);
        if (status == TD_STATUS_OK)
            *image_bytes = tandem::rans::layout(tables).bytes;
        return status;
    });
}

extern "C" td_status td_rans_prepare(const void *file, size_t bytes, void *image, size_t image_bytes,
                                     td_rans_fault *fault) noexcept {
    using namespace tandem::rans;
    return tandem::guarded([&]() -> td_status {
        if ((file == nullptr && bytes > 0) || image == nullptr || fault == nullptr)
            return tandem::refused_null({{"image", image}, {"fault", fault}, {"file", file}});
        if (reinterpret_cast<std::uintptr_t>(image) % alignment != 0)
            return tandem::refused(TD_STATUS_OUT_OF_RANGE, "[image] does not start at a multiple of [%zu] bytes",
                                   alignment);
        TablesFile tables;
        if (const td_status status = open(tables, file, bytes, *fault); status != TD_STATUS_OK)
            return status;
        const Header h = layout(tables);
        if (image_bytes < h.bytes)
            return tandem::refused(TD_STATUS_BUFFER_TOO_SMALL, "[image] has [%zu] bytes, needed are [%" PRIu64 "]",
                                   image_bytes, h.bytes);
        std::memset(image, 0, h.bytes); // equal tables give equal images, gaps included
        *static_cast<Header *>(image) = h;
        fill(tables, static_cast<unsigned char *>(image), h);
        return TD_STATUS_OK;
    });
}

extern "C" uint32_t td_rans_rows(const void *image) noexcept {
    return tandem::rans::is_image(image) ? tandem::rans::Tables::of(image).rows : 0;
}
