// The loops, written so that a compiler turns them into whatever vectors its tier has. In an unnamed namespace: code of
// one tier never ends up in another. No rounding mode is touched; the process has the default one.
#pragma once

#include "quantise/quantise.hpp"

#include <bit>

namespace tandem::quantise {
namespace {

constexpr std::size_t chunk = 64;

// Counts of up to a chunk of logits, 0..63 each.
inline void counts(const Ladder &ladder, const std::int16_t *logit, std::size_t count, std::int16_t *to) noexcept {
    if (ladder.regular) {
        for (std::size_t i = 0; i < count; ++i) {
            const std::int32_t at = (logit[i] + ladder.first) >> 4;
            to[i] = static_cast<std::int16_t>(at < 0 ? 0 : at > TD_SCALE_THRESHOLDS ? TD_SCALE_THRESHOLDS : at);
        }
        return;
    }
    for (std::size_t i = 0; i < count; ++i)
        to[i] = static_cast<std::int16_t>(ladder.always);
    for (std::int32_t k = 0; k < ladder.sometimes; ++k) {
        const std::int16_t limit = ladder.limit[k];
        for (std::size_t i = 0; i < count; ++i)
            to[i] = static_cast<std::int16_t>(to[i] + (logit[i] >= limit));
    }
}

template <class Row>
inline void each_row(const Ladder &ladder, const std::int16_t *logit, std::size_t count, std::int32_t base,
                     Row *rows) noexcept {
    std::int16_t found[chunk];
    for (std::size_t at = 0; at < count; at += chunk) {
        const std::size_t here = count - at < chunk ? count - at : chunk;
        if (here == chunk) // a constant count, for whole vectors
            counts(ladder, logit + at, chunk, found);
        else
            counts(ladder, logit + at, here, found);
        for (std::size_t i = 0; i < here; ++i)
            rows[at + i] = static_cast<Row>(base + found[i]);
    }
}

void rows(const Ladder &ladder, const std::int16_t *logit, std::size_t count, std::int32_t base,
          std::uint16_t *to) noexcept {
    each_row(ladder, logit, count, base, to);
}

void indices(const Ladder &ladder, const std::int16_t *logit, std::size_t count, std::uint8_t *to) noexcept {
    each_row(ladder, logit, count, 0, to);
}

// Limited first, which changes nothing as the limits are integers; then 1.5 * 2^23 has a unit in the last place of 1, so
// that adding it rounds half to even, and taking it off is exact.
bool quantise(const float *y, const std::int16_t *mean, std::size_t count, float unit, float step,
              std::int32_t *symbols) noexcept {
    constexpr float rounds = 12582912.0F;
    std::uint32_t largest = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t magnitude = std::bit_cast<std::uint32_t>(y[i]) & 0x7FFFFFFFU;
        largest = largest > magnitude ? largest : magnitude;
        float q = (y[i] - static_cast<float>(mean[i]) * unit) / step;
        q = q > -32768.0F ? q : -32768.0F; // NaN too
        q = q < 32767.0F ? q : 32767.0F;
        symbols[i] = static_cast<std::int32_t>((q + rounds) - rounds);
    }
    return largest < 0x7F800000U;
}

void dequantise(const std::int32_t *symbols, const std::int16_t *mean, std::size_t count, float unit, float step,
                float *y) noexcept {
    for (std::size_t i = 0; i < count; ++i) {
        const float product = static_cast<float>(symbols[i]) * step;
        y[i] = product + static_cast<float>(mean[i]) * unit;
    }
}

} // namespace
} // namespace tandem::quantise
