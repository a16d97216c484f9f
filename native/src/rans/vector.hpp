// Decoding with one stream a 64-bit vector lane. V is the vector layer of a tier; N vectors are interleaved. In an
// unnamed namespace like scalar.hpp.
#pragma once

#include "rans/scalar.hpp"

namespace tandem::rans {
namespace {

// Where some lanes must take the slow way: all of them spilled, those mended, the rest as it was.
template <class V>
struct Spilled {
    alignas(64) std::uint64_t x[V::lanes], next[V::lanes], old_x[V::lanes], old_next[V::lanes];
    alignas(64) std::uint64_t value[V::lanes]; // in the high halves

    // Value at of the lanes from first on.
    void mend(const Tables &t, Lanes &lanes, std::size_t first, std::size_t at, unsigned which) noexcept {
        for (std::size_t l = 0; l < V::lanes; ++l) {
            if ((which >> l & 1U) == 0)
                continue;
            Cursor c{old_x[l], reinterpret_cast<const unsigned char *>(old_next[l]), lanes.end[first + l]};
            std::int32_t v = 0;
            read_lane(t, lanes, first + l, at % block, c, lanes.rows[first + l][at], v);
            x[l] = c.x;
            // A dead lane stays where it is: what it reads lies before its end.
            next[l] = lanes.dead[first + l] ? old_next[l] : reinterpret_cast<std::uint64_t>(c.next);
            value[l] = std::uint64_t{static_cast<std::uint32_t>(v)} << 32;
        }
    }
};

template <class V>
[[gnu::noinline]] void mend(const Tables &t, Lanes &lanes, std::size_t first, std::size_t at, unsigned which,
                            Spilled<V> &spilled) noexcept {
    spilled.mend(t, lanes, first, at, which);
}

/*
 * Value j of four, the first of which is at, of the lanes of one vector; in the high halves. Roomy as in scalar.hpp: words
 * then holds the next two of each lane at even values and what is left of them at odd ones, for two values need no more.
 */
template <class V, bool roomy, class J>
[[gnu::always_inline]] inline typename V::Vec read_vector(const Tables &t, Lanes &lanes, std::size_t first,
                                                          const typename V::Rows &rows, std::size_t at, J j,
                                                          typename V::Vec &x, typename V::Vec &next,
                                                          typename V::Vec &words) noexcept {
    using Vec = typename V::Vec;
    using Mask = typename V::Mask;
    const Vec low16 = V::all(0xFFFF);
    const Vec lookup = V::lookups(t.lookups, rows, j);
    const Vec point = V::both(x, low16);
    const Vec shift = V::both(V::template right<lookup_shift_at>(lookup), V::all(31));
    const Vec bucket = V::buckets(t.buckets, V::add(lookup, V::right(point, shift)));

    const Mask is_first = V::greater(V::both(V::template right<16>(bucket), low16), point);
    const Vec s = V::right(bucket, V::unless(is_first, V::all(16)));
    const Vec length = V::both(V::sub16(V::template right<16>(s), s), low16);
    const Vec d = V::both(V::sub16(x, s), low16);
    const Mask hit = V::greater(length, d);

    const Vec y = V::add(V::times(length, x), d);
    const Mask need = V::below(y, lower_bound);
    Mask word = need;
    if constexpr (!roomy) {
        word = V::and_(need, V::greater(V::load(lanes.end + first), next));
        words = V::words_where(next, word);
    } else if constexpr (j % 2 == 0) {
        words = V::words(next);
    }
    Vec new_x = V::choose(need, V::joined(y, words), y);
    Vec new_next = V::add(next, V::when(word, V::all(4)));
    Vec value = V::values(bucket, lookup, is_first);
    if constexpr (roomy && j % 2 == 0)
        words = V::right(words, V::when(need, V::all(32)));

    const Mask fine = roomy ? hit : V::without(hit, V::differ(need, word));
    constexpr unsigned all_lanes = (1U << V::lanes) - 1;
    if (const unsigned slow = V::bits(fine) ^ all_lanes; slow != 0) [[unlikely]] {
        Spilled<V> spilled;
        V::store(spilled.x, new_x);
        V::store(spilled.next, new_next);
        V::store(spilled.old_x, x);
        V::store(spilled.old_next, next);
        V::store(spilled.value, value);
        mend<V>(t, lanes, first, at + j, slow, spilled);
        new_x = V::load(spilled.x);
        new_next = V::load(spilled.next);
        value = V::load(spilled.value);
        if constexpr (roomy && j % 2 == 0)
            words = V::words(new_next);
    }
    x = new_x;
    next = new_next;
    return value;
}

// One block of every lane.
template <class V, std::size_t N, bool roomy>
[[gnu::always_inline]] inline void read_vectors(const Tables &t, Lanes &lanes, typename V::Vec (&x)[N],
                                                typename V::Vec (&next)[N], std::size_t from) noexcept {
    using Vec = typename V::Vec;
    for (std::size_t at = from; at < from + block; at += 4) {
        typename V::Rows rows[N];
        Vec pairs[N][2], even[N], words[N];
        each<N>([&](auto v) __attribute__((always_inline)) { rows[v] = V::rows(lanes.rows + v * V::lanes, at); });
        each<4>([&](auto j) __attribute__((always_inline)) {
            each<N>([&](auto v) __attribute__((always_inline)) {
                const Vec value = read_vector<V, roomy>(t, lanes, v * V::lanes, rows[v], at, j, x[v], next[v], words[v]);
                if constexpr (j % 2 == 0)
                    even[v] = value;
                else
                    pairs[v][j / 2] = V::paired(even[v], value);
            });
        });
        each<N>([&](auto v) __attribute__((always_inline)) {
            V::store_values(pairs[v], lanes.values + v * V::lanes, at);
        });
    }
}

template <class V, std::size_t N>
inline std::size_t run_vectors(const Tables &tables, Lanes &lanes, std::size_t blocks) noexcept {
    using Vec = typename V::Vec;
    static_assert(N * V::lanes <= most_lanes && block % 4 == 0);
    // As in scalar.hpp, and a vector may read eight bytes for four.
    constexpr std::uint64_t most_bytes = block * 6 + 8;
    const Tables t = tables;
    Vec x[N], next[N];
    each<N>([&](auto v) {
        x[v] = V::load(lanes.x + v * V::lanes);
        next[v] = V::load(lanes.next + v * V::lanes);
    });
    std::size_t done = 0;
    for (; done < blocks && !lanes.died; ++done) {
        unsigned tight = 0;
        each<N>([&](auto v) {
            tight |= V::bits(V::greater(V::all(most_bytes), V::sub(V::load(lanes.end + v * V::lanes), next[v])));
        });
        if (tight == 0)
            read_vectors<V, N, true>(t, lanes, x, next, done * block);
        else
            read_vectors<V, N, false>(t, lanes, x, next, done * block);
    }
    each<N>([&](auto v) {
        V::store(lanes.x + v * V::lanes, x[v]);
        V::store(lanes.next + v * V::lanes, next[v]);
    });
    for (std::size_t l = 0; l < N * V::lanes; ++l) {
        lanes.rows[l] += done * block;
        lanes.values[l] += done * block;
    }
    return done;
}

} // namespace
} // namespace tandem::rans
