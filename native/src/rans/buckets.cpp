#include "rans/buckets.hpp"

#include <algorithm>

namespace tandem::rans {
namespace {

constexpr unsigned coarsest = 12; // 16 buckets
constexpr unsigned finest = 4;    // 4096 buckets, 32 KiB
constexpr std::uint32_t tolerated = total / 48; // points of a row that may be left to the search

// Calls found(bucket, k, covered): the symbols k and k + 1 have most points of the bucket, covered of them.
template <class Found>
void each_bucket(const Row &row, unsigned shift, Found &&found) noexcept {
    const std::uint32_t last = row.symbols() - 2; // the last pair's first symbol
    std::uint32_t k = 0;                          // the symbol at the bucket's first point
    for (std::uint32_t b = 0; b < total >> shift; ++b) {
        const std::uint32_t from = b << shift;
        const std::uint32_t to = from + (1U << shift);
        while (row.at(k + 1) <= from)
            ++k;
        std::uint32_t best = std::min(k, last);
        std::uint32_t most = 0;
        for (std::uint32_t pair = best; pair <= last && row.at(pair) < to; ++pair) {
            const std::uint32_t covered = std::min(row.at(pair + 2), to) - std::max(row.at(pair), from);
            if (covered > most) {
                most = covered;
                best = pair;
            }
            if (covered == to - from)
                break;
        }
        found(b, best, most);
    }
}

} // namespace

unsigned shift_of(const Row &row) noexcept {
    for (unsigned shift = coarsest;; --shift) {
        std::uint32_t covered = 0;
        each_bucket(row, shift, [&](std::uint32_t, std::uint32_t, std::uint32_t points) { covered += points; });
        // A row never gets more than about 8 buckets a symbol, so that an image stays in proportion to its file.
        const bool enough = shift == finest || (total >> shift) >= 4 * row.symbols();
        if (covered >= total - tolerated || enough)
            return shift;
    }
}

void fill_buckets(const Row &row, unsigned shift, Bucket *buckets) noexcept {
    const std::uint32_t escape = row.symbols() - 1;
    each_bucket(row, shift, [&](std::uint32_t b, std::uint32_t k, std::uint32_t) {
        const auto cut = [](std::uint32_t value) { return static_cast<std::uint16_t>(value); };
        const std::uint32_t end = k + 1 == escape ? row.at(k + 1) : row.at(k + 2);
        buckets[b] = {cut(row.at(k)), cut(row.at(k + 1)), cut(end), cut(k + 1)};
    });
}

} // namespace tandem::rans
