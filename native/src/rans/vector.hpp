// Decoding with one stream a 64-bit vector lane. V is the vector layer of a tier; N vectors are interleaved. In an
// unnamed namespace like scalar.hpp.
#pragma once

#include "rans/scalar.hpp"

namespace tandem::rans {
namespace {

// Where some lanes must take the slow way: all of them spilled, those mended, the rest as it was.
template <class V>
struct Spilled {
    alignas(64) std::uint64_t x[V::lanes], next[V::lanes], old_x[V::lanes], old_next[V::lanes], value[V::lanes],
        row[V::lanes];

    void mend(const Tables &t, Lanes &lanes, std::size_t first, std::size_t i, unsigned which) noexcept {
        for (std::size_t l = 0; l < V::lanes; ++l) {
            if ((which >> l & 1U) == 0)
                continue;
            Cursor c{old_x[l], reinterpret_cast<const unsigned char *>(old_next[l]), lanes.end[first + l]};
            std::int32_t v = 0;
            read_lane(t, lanes, first + l, i, c, static_cast<std::uint32_t>(row[l]), v);
            x[l] = c.x;
            // A dead lane stays where it is: its reads are masked by its end.
            next[l] = lanes.dead[first + l] ? old_next[l] : reinterpret_cast<std::uint64_t>(c.next);
            value[l] = static_cast<std::uint32_t>(v);
        }
    }
};

template <class V>
[[gnu::noinline]] void mend(const Tables &t, Lanes &lanes, std::size_t first, std::size_t i, unsigned which,
                            Spilled<V> &spilled) noexcept {
    spilled.mend(t, lanes, first, i, which);
}

template <class V, std::size_t N>
inline std::size_t run_vectors(const Tables &t, Lanes &lanes, std::size_t blocks) noexcept {
    using Vec = typename V::Vec;
    using Mask = typename V::Mask;
    static_assert(N * V::lanes <= most_lanes && block % 4 == 0);
    constexpr unsigned all_lanes = (1U << V::lanes) - 1;
    const Vec low16 = V::all(0xFFFF);
    const Vec low32 = V::all(0xFFFFFFFF);
    Vec x[N], next[N], rows[N];
    each<N>([&](auto v) {
        x[v] = V::load(lanes.x + v * V::lanes);
        next[v] = V::load(lanes.next + v * V::lanes);
        rows[v] = V::load(lanes.rows + v * V::lanes);
    });
    // Four values of each lane of vector v: its four 16-bit rows lie in one 64-bit word.
    std::size_t done = 0;
    const auto read = [&](auto v, auto j, Vec &four, Vec (&pairs)[2]) __attribute__((always_inline)) {
        const Vec row = V::both(four, low16);
        four = V::template right<16>(four);
        const Vec lookup = V::gather(t.lookups, row);
        const Vec point = V::both(x[v], low16);
        const Vec shift = V::both(V::template right<lookup_shift_at>(lookup), V::all(31));
        const Vec bucket = V::gather(reinterpret_cast<const std::uint64_t *>(t.buckets), V::add(V::both(lookup, low32), V::right(point, shift)));

        const Mask first = V::greater(V::both(V::template right<16>(bucket), low16), point);
        const Vec s = V::right(bucket, V::unless(first, V::all(16)));
        const Vec start = V::both(s, low16);
        const Vec length = V::sub(V::both(V::template right<16>(s), low16), start); // negative for the escape
        const Vec d = V::both(V::sub(point, start), low16);
        const Mask hit = V::greater(length, d);

        const Vec high = V::template right<16>(x[v]);
        const Vec product = V::add(V::multiply32(length, high),
                                   V::template left<32>(V::multiply32(length, V::template right<32>(high))));
        const Vec y = V::add(product, d);
        const Mask need = V::zero(V::template right<31>(y));
        const Mask word = V::and_(need, V::greater(V::load(lanes.end + v * V::lanes), next[v]));
        // The word is the high half of the eight bytes that begin four before it: a stream has eight at least.
        const Vec w = V::template right<32>(V::at_where(word, V::sub(next[v], V::all(4))));

        // Modulo 2^32: the high half of each lane is not looked at.
        Vec value = V::add(V::template right<48>(bucket), V::template right_signed<lookup_offset_at>(lookup));
        value = V::add(value, V::minus_one(first));
        Vec new_x = V::either(V::left(y, V::when(need, V::all(32))), w);
        Vec new_next = V::add(next[v], V::when(word, V::all(4)));

        const Mask fine = V::without(hit, V::differ(need, word));
        if (const unsigned slow = V::bits(fine) ^ all_lanes; slow != 0) [[unlikely]] {
            Spilled<V> spilled;
            V::store(spilled.x, new_x);
            V::store(spilled.next, new_next);
            V::store(spilled.old_x, x[v]);
            V::store(spilled.old_next, next[v]);
            V::store(spilled.value, value);
            V::store(spilled.row, row);
            mend<V>(t, lanes, v * V::lanes, done % block + j, slow, spilled);
            new_x = V::load(spilled.x);
            new_next = V::load(spilled.next);
            value = V::load(spilled.value);
        }
        x[v] = new_x;
        next[v] = new_next;
        pairs[j / 2] = j % 2 == 0 ? V::both(value, low32) : V::either(pairs[j / 2], V::template left<32>(value));
    };
    // A block in which a lane died is read to its end.
    for (; done < blocks * block && (done % block != 0 || !lanes.died); done += 4) {
        Vec four[N], pairs[N][2];
        each<N>([&](auto v) __attribute__((always_inline)) {
            four[v] = V::at(rows[v]);
            rows[v] = V::add(rows[v], V::all(8));
        });
        each<4>([&](auto j) __attribute__((always_inline)) {
            each<N>([&](auto v) __attribute__((always_inline)) { read(v, j, four[v], pairs[v]); });
        });
        each<N>([&](auto v) __attribute__((always_inline)) {
            V::store_values(pairs[v], lanes.values + v * V::lanes, done);
        });
    }
    each<N>([&](auto v) {
        V::store(lanes.x + v * V::lanes, x[v]);
        V::store(lanes.next + v * V::lanes, next[v]);
        V::store(lanes.rows + v * V::lanes, rows[v]);
    });
    for (std::size_t l = 0; l < N * V::lanes; ++l)
        lanes.values[l] += done;
    return done / block;
}

} // namespace
} // namespace tandem::rans
