// Loops of quantise.h in several tiers. The loops are plain; each tier compiles its own copy of loops.hpp.
#pragma once

#include "tier.hpp"

#include <cstddef>
#include <cstdint>

#include <tandem/quantise.h>

namespace tandem::quantise {

// Counts thresholds that are <= logit + shift.
struct Ladder {
    bool regular;            // 16 apart: the count is (logit +s first) >> 4 within 0..63, +s saturating at int16
    std::int16_t first;      // shift + 16 - the first threshold
    std::int32_t always;     // thresholds below every logit
    std::int32_t sometimes;  // thresholds that a logit may reach, in order:
    std::int16_t limit[TD_SCALE_THRESHOLDS];
};

Ladder ladder_of(const std::int32_t *thresholds, std::int32_t shift) noexcept;

struct Kernel {
    std::int32_t tier;
    void (*rows)(const Ladder &ladder, const std::int16_t *logit, std::size_t count, std::int32_t base,
                 std::uint16_t *rows) noexcept;
    void (*indices)(const Ladder &ladder, const std::int16_t *logit, std::size_t count, std::uint8_t *indices) noexcept;
    // Whether all were finite; unit is 2^-fraction_bits.
    bool (*quantise)(const float *y, const std::int16_t *mean, std::size_t count, float unit, float step,
                     std::int32_t *symbols) noexcept;
    void (*dequantise)(const std::int32_t *symbols, const std::int16_t *mean, std::size_t count, float unit, float step,
                       float *y) noexcept;
};

// An architecture defines and lists its own.
extern const Kernel kernel_scalar;
extern const Kernel kernel_avx2;

// Those of this architecture.
Tiers<Kernel> kernels() noexcept;

} // namespace tandem::quantise
