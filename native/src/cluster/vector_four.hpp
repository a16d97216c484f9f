// Four floats as the compiler's own vector type: SSE2, NEON or plain code. Multiply is how a * b + c is made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace tandem::cluster {
namespace {

template <class Multiply>
struct Four {
    using Floats = float __attribute__((vector_size(16)));

    static constexpr std::size_t lanes = 4;
    static constexpr std::size_t block = 4;
    static constexpr unsigned all = 15;

    Floats x;

    static Four load(const float *from) noexcept {
        Four v;
        std::memcpy(&v.x, from, sizeof v.x);
        return v;
    }
    static void store(float *to, Four v) noexcept { std::memcpy(to, &v.x, sizeof v.x); }
    static Four set(float value) noexcept { return {Floats{value, value, value, value}}; }
    static Four fma(Four a, Four b, Four c) noexcept { return {Multiply::add(a.x, b.x, c.x)}; }
    static Four min(Four a, Four b) noexcept { return {a.x < b.x ? a.x : b.x}; }
    static Four max(Four a, Four b) noexcept { return {a.x > b.x ? a.x : b.x}; }
    static Four where_less(Four a, Four b, Four yes, Four no) noexcept { return {a.x < b.x ? yes.x : no.x}; }
    static unsigned greater(Four a, Four b) noexcept {
        const auto m = a.x > b.x;
        return (m[0] != 0 ? 1U : 0U) | (m[1] != 0 ? 2U : 0U) | (m[2] != 0 ? 4U : 0U) | (m[3] != 0 ? 8U : 0U);
    }
    friend Four operator+(Four a, Four b) noexcept { return {a.x + b.x}; }
    friend Four operator-(Four a, Four b) noexcept { return {a.x - b.x}; }
    friend Four operator*(Four a, Four b) noexcept { return {a.x * b.x}; }

    // to[k * to_pitch + r] = from[r * pitch + k] - centre[k] for r, k < block.
    static void transpose(const float *from, std::size_t pitch, const float *centre, float *to,
                          std::size_t to_pitch) noexcept {
        for (std::size_t k = 0; k < block; ++k)
            for (std::size_t r = 0; r < block; ++r)
                to[k * to_pitch + r] = from[r * pitch + k] - centre[k];
    }

    struct Wide {
        double x[4];
        static Wide load(const double *from) noexcept {
            Wide w;
            std::memcpy(w.x, from, sizeof w.x);
            return w;
        }
        void add(Four v) noexcept {
            for (std::size_t l = 0; l < 4; ++l)
                x[l] += static_cast<double>(v.x[l]);
        }
        void store(double *to) const noexcept { std::memcpy(to, x, sizeof x); }
    };
};

} // namespace
} // namespace tandem::cluster
