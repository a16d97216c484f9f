// Decoding without vectors: some streams interleaved so that one's latency hides behind the others'. In an unnamed
// namespace, so that every tier compiles a copy with its own flags.
#pragma once

#include "rans/each.hpp"
#include "rans/lanes.hpp"

#include <cstring>

namespace tandem::rans {
namespace {

inline std::uint32_t word_at(const unsigned char *p) noexcept {
    std::uint32_t word = 0;
    std::memcpy(&word, p, sizeof word);
    return word;
}

// The symbol at the state's point, by its bucket.
struct Hit {
    std::int64_t length; // of the symbol; not above d for a symbol of another bucket, and for the escape
    std::int64_t d;      // point less the symbol's start, modulo 65536
    std::int32_t value;
};

// Compilers like to make the choice between a bucket's two symbols a branch; it is as good as random, so it is made by a mask.
[[gnu::always_inline]] inline Hit look_up(const Tables &t, Lookup lookup, std::uint64_t x) noexcept {
    const auto point = static_cast<std::int64_t>(x & 0xFFFFU);
    const std::size_t at = static_cast<std::uint32_t>(x & 0xFFFFU) >> ((lookup >> lookup_shift_at) & 31U);
    const Bucket &b = t.buckets[static_cast<std::uint32_t>(lookup) + at];
    const std::int64_t middle = b.middle;
    const std::int64_t one = middle - b.start;
    const std::int64_t two = b.end - middle; // 0 for the escape, which so leaves with the misses
    const std::int64_t first = (point - middle) >> 63; // all ones for the bucket's first symbol
    const auto offset = static_cast<std::int32_t>(static_cast<std::int64_t>(lookup) >> lookup_offset_at);
    return {two + (first & (one - two)), (point - middle + (first & one)) & 0xFFFF,
            b.second + offset + static_cast<std::int32_t>(first)};
}

// The next value of one lane, the i-th of its block, by the slow way. A lane that dies reads on from zeros, within the
// block.
inline void read_lane(const Tables &t, Lanes &lanes, std::size_t lane, std::size_t i, Cursor &c, std::uint32_t row,
                      std::int32_t &value) noexcept {
    static constexpr unsigned char zeros[4 * (block + 1)] = {};
    if (!lanes.dead[lane]) {
        Failure why{};
        if (read_value(t, c, row, value, why))
            return;
        why.index = i;
        lanes.fail(lane, c.next, why);
    }
    c = {lower_bound, zeros, zeros + sizeof zeros};
    value = 0;
}

// One block of every lane, by one way of looking up. Roomy: all lanes have the words at hand that it can need at most.
template <std::size_t N, bool roomy, auto look>
[[gnu::always_inline]] inline void read_block(const Tables &t, Lanes &lanes, std::uint64_t (&x)[N],
                                              const unsigned char *(&next)[N], std::size_t from) noexcept {
    for (std::size_t i = from; i < from + block; ++i)
        each<N>([&](auto l) __attribute__((always_inline)) {
            const std::uint32_t row = lanes.rows[l][i];
            const Hit hit = look(t, t.lookups[row], x[l]);
            const std::uint64_t y = static_cast<std::uint64_t>(hit.length) * (x[l] >> 16)
                                    + static_cast<std::uint64_t>(hit.d);
            const std::uint64_t need = y < lower_bound;
            const bool word = roomy || next[l] != lanes.end[l];
            if (hit.d < hit.length && (word || need == 0)) [[likely]] {
                const unsigned char *at = word ? next[l] : next[l] - 4; // a stream has 8 bytes at least
                x[l] = y << (need << 5) | (word_at(at) & (0 - need));
                next[l] += need << 2;
                lanes.values[l][i] = hit.value;
            } else {
                Cursor c{x[l], next[l], lanes.end[l]};
                std::int32_t value = 0;
                read_lane(t, lanes, l, i - from, c, row, value);
                lanes.values[l][i] = value;
                x[l] = c.x;
                next[l] = c.next;
            }
        });
}

// N streams interleaved.
template <std::size_t N, auto look = look_up>
inline std::size_t run_interleaved(const Tables &tables, Lanes &lanes, std::size_t blocks) noexcept {
    // A value takes 16 bits by its table and 32 by its escape at most; a state may owe one word more.
    constexpr std::ptrdiff_t most_bytes = block * 6 + 4;
    const Tables t = tables;
    std::uint64_t x[N];
    const unsigned char *next[N];
    each<N>([&](auto l) {
        x[l] = lanes.x[l];
        next[l] = lanes.next[l];
    });
    std::size_t done = 0;
    for (; done < blocks && !lanes.died; ++done) {
        bool roomy = true;
        each<N>([&](auto l) { roomy &= lanes.end[l] - next[l] >= most_bytes; });
        if (roomy)
            read_block<N, true, look>(t, lanes, x, next, done * block);
        else
            read_block<N, false, look>(t, lanes, x, next, done * block);
    }
    each<N>([&](auto l) {
        lanes.x[l] = x[l];
        lanes.next[l] = next[l];
        lanes.rows[l] += done * block;
        lanes.values[l] += done * block;
    });
    return done;
}

} // namespace
} // namespace tandem::rans
