// Decoding without vectors: one stream, or some interleaved so that one's latency hides behind the others'. In an
// unnamed namespace, so that every tier compiles a copy with its own flags.
#pragma once

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
    std::int32_t length; // of the symbol; not above d for a symbol of another bucket, and for the escape
    std::int32_t d;      // point less the symbol's start, modulo 65536
    std::int32_t value;
};

inline Hit look_up(const Tables &t, Lookup lookup, std::uint64_t x) noexcept {
    const auto point = static_cast<std::int32_t>(x & 0xFFFFU);
    const Bucket *buckets = t.buckets + static_cast<std::uint32_t>(lookup);
    const Bucket b = buckets[static_cast<std::uint32_t>(point) >> ((lookup >> lookup_shift_at) & 31U)];
    const auto start = static_cast<std::int32_t>(b & 0xFFFFU);
    const auto middle = static_cast<std::int32_t>(b >> 16 & 0xFFFFU);
    // The end of the last symbol, the escape, reads 0: its length is negative, and it leaves with the misses.
    const auto end = static_cast<std::int32_t>(b >> 32 & 0xFFFFU);
    // Both symbols at once, then one of them: shorter than choosing first, and what follows waits for this.
    const bool second = point >= middle;
    const std::int32_t length = second ? end - middle : middle - start;
    const std::int32_t d = second ? point - middle : (point - start) & 0xFFFF;
    const auto offset = static_cast<std::int32_t>(static_cast<std::int64_t>(lookup) >> lookup_offset_at);
    return {length, d, static_cast<std::int32_t>(b >> 48) + offset - static_cast<std::int32_t>(!second)};
}

// One stream: a word is needed so rarely that a branch costs less than a select in the chain from state to state.
inline bool run_one(const Tables &t, Cursor &c, const std::uint16_t *rows, std::int32_t *values, std::size_t count,
                    Failure &why) noexcept {
    std::uint64_t x = c.x;
    const unsigned char *next = c.next;
    const unsigned char *const end = c.end;
    for (std::size_t i = 0; i < count; ++i) {
        const Hit hit = look_up(t, t.lookups[rows[i]], x);
        if (hit.d < hit.length) [[likely]] {
            x = static_cast<std::uint64_t>(hit.length) * (x >> 16) + static_cast<std::uint64_t>(hit.d);
            values[i] = hit.value;
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

// One block of every lane. Roomy: all lanes have the words at hand that it can need at most.
template <std::size_t N, bool roomy>
inline void read_block(const Tables &t, Lanes &lanes, std::uint64_t (&x)[N], const unsigned char *(&next)[N]) noexcept {
    for (std::size_t i = 0; i < block; ++i) {
#pragma GCC unroll 8
        for (std::size_t l = 0; l < N; ++l) {
            const std::uint32_t row = lanes.rows[l][i];
            const Hit hit = look_up(t, t.lookups[row], x[l]);
            const std::uint64_t y = static_cast<std::uint64_t>(static_cast<std::int64_t>(hit.length)) * (x[l] >> 16)
                                    + static_cast<std::uint64_t>(hit.d);
            const bool need = y < lower_bound;
            const bool word = roomy || next[l] != lanes.end[l];
            if (hit.d < hit.length && (word || !need)) [[likely]] {
                const unsigned char *at = word ? next[l] : next[l] - 4; // a stream has 8 bytes at least
                const std::uint64_t refilled = y << 32 | word_at(at);
                x[l] = need ? refilled : y;
                next[l] += static_cast<std::size_t>(need) << 2;
                lanes.values[l][i] = hit.value;
            } else {
                Cursor c{x[l], next[l], lanes.end[l]};
                read_lane(t, lanes, l, i, c, row, lanes.values[l][i]);
                x[l] = c.x;
                next[l] = c.next;
            }
        }
    }
}

// N streams interleaved.
template <std::size_t N>
inline std::size_t run_interleaved(const Tables &t, Lanes &lanes, std::size_t blocks) noexcept {
    // A value takes 16 bits by its table and 32 by its escape at most; a state may owe one word more.
    constexpr std::ptrdiff_t most_bytes = block * 6 + 4;
    std::uint64_t x[N];
    const unsigned char *next[N];
    for (std::size_t l = 0; l < N; ++l) {
        x[l] = lanes.x[l];
        next[l] = lanes.next[l];
    }
    std::size_t done = 0;
    while (done < blocks && !lanes.died) {
        bool roomy = true;
        for (std::size_t l = 0; l < N; ++l)
            roomy &= lanes.end[l] - next[l] >= most_bytes;
        if (roomy)
            read_block<N, true>(t, lanes, x, next);
        else
            read_block<N, false>(t, lanes, x, next);
        for (std::size_t l = 0; l < N; ++l) {
            lanes.rows[l] += block;
            lanes.values[l] += block;
        }
        ++done;
    }
    for (std::size_t l = 0; l < N; ++l) {
        lanes.x[l] = x[l];
        lanes.next[l] = next[l];
    }
    return done;
}

} // namespace
} // namespace tandem::rans
