// Prepared tables: what td_rans_prepare writes and every kernel reads. Offsets only, so the image can be moved.
#pragma once

#include <cstddef>
#include <cstdint>

#include <tandem/rans.h>

namespace tandem::rans {

constexpr std::uint32_t total = 1U << 16; // of every row
constexpr std::uint64_t lower_bound = std::uint64_t{1} << 31;
constexpr std::size_t alignment = 64;

struct Header {
    std::uint32_t magic;
    std::uint32_t rows;
    std::uint64_t bytes;
    std::uint64_t lookups, row_facts, cdf, buckets, symbols; // byte offsets of the arrays
    std::uint64_t reserved;
};
static_assert(sizeof(Header) == alignment);

constexpr std::uint32_t image_magic = 0x31494454U; // "TDI1"

/*
 * Decoding. A row's 65536 points are cut into 2^(16 - shift) buckets. A bucket holds the two neighbouring symbols that
 * have most of it, so most look-ups end there; the others search the row.
 *
 * lookup: bits 0-31 index of the first bucket, 32-37 shift, 38-63 the row's offset (signed).
 */
using Lookup = std::uint64_t;
constexpr int lookup_shift_at = 32;
constexpr int lookup_offset_at = 38;

// Vector kernels read it as one 64-bit word, little-endian.
struct Bucket {
    std::uint16_t start;  // of the first symbol
    std::uint16_t middle; // where that ends and the second symbol starts
    std::uint16_t end;    // of the second symbol; where that is the escape, which is not decoded here, its start
    std::uint16_t second; // index of the second symbol
};
static_assert(sizeof(Bucket) == 8);

struct RowFacts {
    std::uint32_t first; // index of its entries in cdf and symbols
    std::uint32_t escape;
    std::int32_t offset;
    std::uint32_t reserved;
};

// Encoding: state / frequency = high64(state * reciprocal) >> shift; see reciprocal.hpp.
struct Symbol {
    std::uint64_t reciprocal;
    std::uint32_t bias;       // start, and 65535 more for frequency 1
    std::uint16_t complement; // 65536 - frequency
    std::uint8_t shift;
    std::uint8_t reserved;
};
static_assert(sizeof(Symbol) == 16);

// The arrays of one image.
struct Tables {
    std::uint32_t rows;
    const Lookup *lookups;
    const RowFacts *facts;
    const std::uint16_t *cdf; // cumulative frequencies, modulo 65536
    const Bucket *buckets;
    const Symbol *symbols; // one for each entry; a row's last is unused

    static Tables of(const void *image) noexcept {
        const auto *base = static_cast<const unsigned char *>(image);
        const auto *h = static_cast<const Header *>(image);
        return {h->rows,
                reinterpret_cast<const Lookup *>(base + h->lookups),
                reinterpret_cast<const RowFacts *>(base + h->row_facts),
                reinterpret_cast<const std::uint16_t *>(base + h->cdf),
                reinterpret_cast<const Bucket *>(base + h->buckets),
                reinterpret_cast<const Symbol *>(base + h->symbols)};
    }
};

// Null is none.
inline bool is_image(const void *image) noexcept {
    return image != nullptr && reinterpret_cast<std::uintptr_t>(image) % alignment == 0
           && static_cast<const Header *>(image)->magic == image_magic;
}

} // namespace tandem::rans
