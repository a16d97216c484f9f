// Encoding one stream, or some interleaved; in an unnamed namespace like scalar.hpp.
#pragma once

#include "rans/each.hpp"
#include "rans/reciprocal.hpp"
#include "tier.hpp"

#include <bit>
#include <cstring>

namespace tandem::rans {

// A stream under way. It is written backwards, as its values are taken backwards.
struct Writer {
    std::uint64_t x;
    unsigned char *out;
    const std::uint16_t *rows;
    const std::int32_t *values;
    std::uint64_t left;
    bool bad; // the value at left cannot be coded
};

using RunWriters = void(const Tables &t, Writer *writers, std::uint64_t steps) noexcept;

struct EncodeKernel {
    std::int32_t tier;
    RunWriters *one;
    RunWriters *many; // of most_writers
};

constexpr std::size_t most_writers = 4;

// An architecture defines and lists its own.
extern const EncodeKernel encode_scalar;
extern const EncodeKernel encode_avx2;

// Those of this architecture.
Tiers<EncodeKernel> encode_kernels() noexcept;

// td_rans_encode by one tier.
td_status encode(const EncodeKernel &tier, const Tables &t, td_rans_write *writes, std::size_t streams) noexcept;

namespace {

constexpr std::int64_t raw_limit = std::int64_t{1} << 28;

inline void put_word(Writer &w) noexcept {
    const auto word = static_cast<std::uint32_t>(w.x);
    w.out -= sizeof word;
    std::memcpy(w.out, &word, sizeof word);
    w.x >>= 32;
}

inline void put_nibble(Writer &w, std::uint32_t value) noexcept {
    if (w.x >= std::uint64_t{1} << 59)
        put_word(w);
    w.x = w.x << 4 | value;
}

// What follows the escape symbol, which comes next (docs/bitstream.md, section 3); false for a value too far out.
[[gnu::noinline]] inline bool put_escape(Writer &w, const RowFacts &facts, std::int32_t value) noexcept {
    const std::int64_t v = std::int64_t{value} - facts.offset;
    const std::int64_t raw = v < 0 ? -2 * v - 1 : 2 * (v - facts.escape);
    if (raw >= raw_limit)
        return false;
    const auto bits = static_cast<std::uint32_t>(raw);
    const auto nibbles = static_cast<std::uint32_t>(std::bit_width(bits) + 3) / 4;
    for (std::uint32_t i = nibbles; i-- > 0;)
        put_nibble(w, bits >> (4 * i) & 15U);
    put_nibble(w, nibbles);
    return true;
}

/*
 * The table symbol of one value. Below `out` there is always room for the last state, 8 bytes, so a word may be stored
 * before it is known whether it is one. steady: by arithmetic, for interleaved streams, which are bound by the number of
 * instructions; otherwise by a branch, which shortens the chain from state to state of a single one.
 */
template <bool steady>
inline void put_symbol(const Symbol &s, std::uint64_t &x, unsigned char *&out) noexcept {
    if constexpr (steady) {
        // All of the symbol is read before the word is stored, which might be the same memory for all the compiler knows.
        const Symbol of{s.reciprocal, s.bias, s.complement, s.shift, 0};
        const std::uint64_t full = ((x >> 47) + of.complement) >> 16; // 1 for x >= frequency * 2^47
        const auto word = static_cast<std::uint32_t>(x);
        std::memcpy(out - sizeof word, &word, sizeof word);
        out -= full << 2;
        x = pushed(x >> (full << 5), of);
    } else {
        if ((x >> 47) >= total - s.complement) {
            const auto word = static_cast<std::uint32_t>(x);
            out -= sizeof word;
            std::memcpy(out, &word, sizeof word);
            x >>= 32;
        }
        x = pushed(x, s);
    }
}

// steps values of each of N writers, or fewer: it ends after the step in which one went bad. The states are kept apart from
// the writers, so that they stay in registers.
template <std::size_t N>
inline void put_values(const Tables &tables, Writer *writers, std::uint64_t steps) noexcept {
    if (steps == 0)
        return;
    const Tables t = tables;
    std::uint64_t x[N];
    unsigned char *out[N];
    const std::uint16_t *rows[N]; // of the value that is next, which is the one before
    const std::int32_t *values[N];
    each<N>([&](auto l) {
        x[l] = writers[l].x;
        out[l] = writers[l].out;
        rows[l] = writers[l].rows + writers[l].left - 1;
        values[l] = writers[l].values + writers[l].left - 1;
    });
    bool bad = false;
    std::ptrdiff_t i = 0; // down from 0
    for (const auto end = -static_cast<std::ptrdiff_t>(steps); i > end && !bad; --i)
        each<N>([&](auto l) __attribute__((always_inline)) {
            const RowFacts &facts = t.facts[rows[l][i]];
            std::uint32_t k = static_cast<std::uint32_t>(values[l][i]) - static_cast<std::uint32_t>(facts.offset);
            if (k >= facts.escape) [[unlikely]] {
                Writer w{x[l], out[l], nullptr, nullptr, 0, false};
                const bool fits = put_escape(w, facts, values[l][i]);
                writers[l].bad = !fits;
                bad |= !fits;
                x[l] = w.x;
                out[l] = w.out;
                k = facts.escape;
            }
            put_symbol<(N > 1)>(t.symbols[facts.first + k], x[l], out[l]);
        });
    each<N>([&](auto l) {
        writers[l].x = x[l];
        writers[l].out = out[l];
        writers[l].left -= static_cast<std::uint64_t>(-i);
    });
}

} // namespace
} // namespace tandem::rans
