// Decoding one stream: all is done for the shortest chain from state to state. In an unnamed namespace like scalar.hpp.
#pragma once

#include "rans/scalar.hpp"

namespace tandem::rans {
namespace {

// a where p < q, else b. Compilers like to make such a choice a branch, and here it is as good as random.
[[gnu::always_inline]] inline std::uint64_t where_below(std::uint32_t p, std::uint32_t q, std::uint64_t a,
                                                        std::uint64_t b) noexcept {
#if defined(__x86_64__)
    asm("cmpl %[q], %[p]\n\tcmovbq %[a], %[b]" : [b] "+&r"(b) : [p] "r"(p), [q] "r"(q), [a] "r"(a) : "cc");
    return b;
#elif defined(__aarch64__)
    asm("cmp %w[p], %w[q]\n\tcsel %[b], %[a], %[b], lo" : [b] "+&r"(b) : [p] "r"(p), [q] "r"(q), [a] "r"(a) : "cc");
    return b;
#else
    const std::uint64_t mask = 0 - std::uint64_t{p < q};
    return (a & mask) | (b & ~mask);
#endif
}

/*
 * count values of one stream; false on a failure. Of a bucket's two symbols both next states are reckoned, and one chosen.
 * A word is needed so rarely that a branch costs less than a choice in the chain.
 */
inline bool run_one(const Tables &tables, Cursor &c, const std::uint16_t *rows, std::int32_t *values, std::size_t count,
                    Failure &why) noexcept {
    const Tables t = tables;
    std::uint64_t x = c.x;
    const unsigned char *next = c.next;
    const unsigned char *const end = c.end;
    for (std::size_t i = 0; i < count; ++i) {
        const Lookup lookup = t.lookups[rows[i]];
        const std::uint32_t point = x & 0xFFFFU;
        const std::uint32_t at = point >> ((lookup >> lookup_shift_at) & 31U);
        const Bucket &b = t.buckets[static_cast<std::uint32_t>(lookup) + at];
        const std::uint32_t start = b.start;
        const std::uint32_t middle = b.middle;
        const std::uint32_t last = b.end; // of both; where the second is the escape, of the first
        const std::uint64_t high = x >> 16;
        const std::uint64_t by_first = (middle - start) * high + (point - start);
        const std::uint64_t by_second = (last - middle) * high + (point - middle);
        if (point - start < last - start) [[likely]] {
            const auto offset = static_cast<std::int32_t>(static_cast<std::int64_t>(lookup) >> lookup_offset_at);
            values[i] = b.second + offset - static_cast<std::int32_t>(point < middle);
            x = where_below(point, middle, by_first, by_second);
            if (x >= lower_bound) [[likely]]
                continue;
            if (next != end) [[likely]] {
                x = x << 32 | word_at(next);
                next += 4;
                continue;
            }
            why = {TD_RANS_TRUNCATED, 0, i};
            c.x = x;
            c.next = next;
            return false;
        }
        c.x = x;
        c.next = next;
        if (!read_value(t, c, rows[i], values[i], why)) {
            why.index = i;
            return false;
        }
        x = c.x;
        next = c.next;
    }
    c.x = x;
    c.next = next;
    return true;
}

} // namespace
} // namespace tandem::rans
