// Encoding one stream, or some interleaved; in an unnamed namespace like scalar.hpp.
#pragma once

#include "rans/reciprocal.hpp"

#include <bit>
#include <cstring>
#include <span>

namespace tandem::rans {

// A stream under way. It is written backwards, as its values are taken backwards.
struct Writer {
    std::uint64_t x;
    unsigned char *out;
    const std::uint16_t *rows;
    const std::int32_t *values;
    std::uint64_t left;
    bool bad; // value left - 1 cannot be coded
};

using RunWriters = void(const Tables &t, Writer *writers, std::uint64_t steps) noexcept;

struct EncodeTier {
    std::int32_t level; // TD_CAPABILITY_*
    RunWriters *one;
    RunWriters *many; // of most_writers
};

constexpr std::size_t most_writers = 4;

EncodeTier scalar_encode_tier() noexcept;
EncodeTier avx2_encode_tier() noexcept;
std::span<const EncodeTier> encode_tiers() noexcept;

// td_rans_encode by one tier.
td_status encode(const EncodeTier &tier, const Tables &t, td_rans_write *writes, std::size_t streams) noexcept;

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
 * One value. Below `out` there is always room for the last state, 8 bytes, so a word may be stored before it is known
 * whether it is one. steady: by a select, for interleaved streams; otherwise by a branch, which shortens the chain from
 * state to state of a single one.
 */
template <bool steady>
inline void put_value(const Tables &t, Writer &w) noexcept {
    const std::uint64_t i = w.left - 1;
    const RowFacts &facts = t.facts[w.rows[i]];
    std::uint32_t k = static_cast<std::uint32_t>(w.values[i]) - static_cast<std::uint32_t>(facts.offset);
    if (k >= facts.escape) [[unlikely]] {
        if (!put_escape(w, facts, w.values[i])) {
            w.bad = true;
            return;
        }
        k = facts.escape;
    }
    const Symbol &s = t.symbols[facts.first + k];
    const bool full = (w.x >> 47) >= total - s.complement;
    if constexpr (steady) {
        const auto word = static_cast<std::uint32_t>(w.x);
        std::memcpy(w.out - sizeof word, &word, sizeof word);
        w.out -= static_cast<std::size_t>(full) << 2;
        const std::uint64_t rest = w.x >> 32;
        w.x = full ? rest : w.x;
    } else if (full) {
        put_word(w);
    }
    w.x = pushed(w.x, s);
    w.left = i;
}

// steps values of each of N writers, or fewer: it ends after the step in which one went bad.
template <std::size_t N>
inline void put_values(const Tables &t, Writer *writers, std::uint64_t steps) noexcept {
    Writer w[N];
    for (std::size_t l = 0; l < N; ++l)
        w[l] = writers[l];
    bool bad = false;
    for (; steps > 0 && !bad; --steps)
#pragma GCC unroll 8
        for (std::size_t l = 0; l < N; ++l) {
            put_value<(N > 1)>(t, w[l]);
            bad |= w[l].bad;
        }
    for (std::size_t l = 0; l < N; ++l)
        writers[l] = w[l];
}

} // namespace
} // namespace tandem::rans
