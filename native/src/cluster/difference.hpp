// Included by every tier's file, so everything is local to it: code for AVX-512 must not be merged with the baseline's.
#pragma once

#include <cstddef>

namespace tandem::cluster {
namespace {

// Mean squared difference of two tokens, added in the order of the Java reference: eight partial sums.
[[maybe_unused]] float mean_square_difference(const float *a, const float *b, std::size_t width) noexcept {
    float s[8] = {};
    const std::size_t whole = width & ~std::size_t{7};
    for (std::size_t k = 0; k < whole; k += 8)
        for (std::size_t l = 0; l < 8; ++l) {
            const float d = a[k + l] - b[k + l];
            s[l] += d * d;
        }
    for (std::size_t k = whole; k < width; ++k) {
        const float d = a[k] - b[k];
        s[0] += d * d;
    }
    return (((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]))) / static_cast<float>(width);
}

// Puts exact distances where bit l of `far` is not set: to[l] is that of tokens i and j0 + l. Only j > i counts; the others
// become 0, so that no NaN of an overflow stays behind.
[[maybe_unused, gnu::noinline]] void mend_near(const float *tokens, std::size_t n, std::size_t width, std::size_t i,
                                               std::size_t j0, std::size_t lanes, unsigned far, float *to) noexcept {
    for (std::size_t l = 0; l < lanes; ++l)
        if (((far >> l) & 1U) == 0)
            to[l] = j0 + l > i && j0 + l < n
                        ? mean_square_difference(tokens + i * width, tokens + (j0 + l) * width, width)
                        : 0.0F;
}

} // namespace
} // namespace tandem::cluster
