// The codec's arithmetic (docs/bitstream.md, sections 5 and 6), one operation at a time: every float result is rounded,
// no multiply and add are fused, on the device as on the host.
#pragma once

#include "device.cuh"

#include <cmath>

namespace tandem::cuda {

TD_BOTH float times(float a, float b) {
#if defined(__CUDA_ARCH__)
    return __fmul_rn(a, b);
#else
    return a * b;
#endif
}

TD_BOTH float plus(float a, float b) {
#if defined(__CUDA_ARCH__)
    return __fadd_rn(a, b);
#else
    return a + b;
#endif
}

TD_BOTH float over(float a, float b) {
#if defined(__CUDA_ARCH__)
    return __fdiv_rn(a, b);
#else
    return a / b;
#endif
}

TD_BOTH bool is_finite(float v) {
    return v - v == 0;
}

// floor((sum * multiplier + 2^(shift-1)) / 2^shift); |sum * multiplier| < 2^62.
TD_BOTH std::int64_t requantised(std::int32_t sum, std::int32_t multiplier, int shift) {
    return (static_cast<std::int64_t>(sum) * multiplier + (std::int64_t{1} << (shift - 1))) >> shift;
}

TD_BOTH std::int32_t limited(std::int64_t v, std::int32_t least, std::int32_t most) {
    return v < least ? least : v > most ? most : static_cast<std::int32_t>(v);
}

// Four values of a hyper-latent as signed bytes in a word, the first lowest.
TD_BOTH std::uint32_t as_signed_byte(std::int32_t z, int at) {
    return (static_cast<std::uint32_t>(limited(z, -127, 127)) & 0xFFU) << (8 * at);
}

// Number of the 63 ascending thresholds that are <= t.
TD_BOTH int scale_index(const std::int32_t *thresholds, std::int32_t t) {
    int low = 0;
    for (int half = 32; half > 0; half >>= 1)
        low += thresholds[low + half - 1] <= t ? half : 0;
    return low;
}

TD_BOTH float mean_value(std::int16_t mean, float unit) {
    return times(static_cast<float>(mean), unit);
}

// Of a finite value.
TD_BOTH std::int16_t symbol_of(float value, float mean, float step) {
    const float quotient = rintf(over(plus(value, -mean), step));
    return static_cast<std::int16_t>(quotient < -32768.0F ? -32768.0F : quotient > 32767.0F ? 32767.0F : quotient);
}

TD_BOTH float value_of(std::int16_t symbol, float step, float mean) {
    return plus(times(static_cast<float>(symbol), step), mean);
}

} // namespace tandem::cuda
