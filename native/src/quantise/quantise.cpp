// The C functions of quantise.h.
#include "quantise/quantise.hpp"

#include "guard.hpp"

namespace tandem::quantise {

Ladder ladder_of(const std::int32_t *thresholds, std::int32_t shift) noexcept {
    Ladder ladder{};
    const std::int64_t first = std::int64_t{shift} + 16 - thresholds[0];
    ladder.regular = first == static_cast<std::int16_t>(first);
    for (std::int32_t k = 0; k < TD_SCALE_THRESHOLDS; ++k) {
        ladder.regular = ladder.regular && thresholds[k] - std::int64_t{thresholds[0]} == 16 * std::int64_t{k};
        const std::int64_t limit = std::int64_t{thresholds[k]} - shift;
        if (limit <= INT16_MIN)
            ++ladder.always;
        else if (limit <= INT16_MAX)
            ladder.limit[ladder.sometimes++] = static_cast<std::int16_t>(limit);
    }
    ladder.first = ladder.regular ? static_cast<std::int16_t>(first) : std::int16_t{0};
    return ladder;
}

namespace {

constexpr bool int16(std::int32_t value) noexcept {
    return value == static_cast<std::int16_t>(value);
}

td_status check_ladder(const std::int32_t *thresholds, const std::int16_t *logit, std::size_t count,
                       std::int32_t shift, const void *to) noexcept {
    if (thresholds == nullptr || (count > 0 && (logit == nullptr || to == nullptr)))
        return refused_null({{"thresholds", thresholds}, {"logit", logit}, {"the output", to}});
    if (!int16(shift))
        return refused(TD_STATUS_OUT_OF_RANGE, "the shift is [%d], needed is an int16", shift);
    for (std::int32_t k = 1; k < TD_SCALE_THRESHOLDS; ++k)
        if (thresholds[k] <= thresholds[k - 1])
            return refused(TD_STATUS_OUT_OF_RANGE, "threshold [%d] is [%d], needed is more than [%d], the one before",
                           k, thresholds[k], thresholds[k - 1]);
    return TD_STATUS_OK;
}

td_status check_values(const void *from, const std::int16_t *mean, std::size_t count, std::int32_t fraction_bits,
                       float step, const void *to) noexcept {
    if (count > 0 && (from == nullptr || mean == nullptr || to == nullptr))
        return refused_null({{"the input", from}, {"mean", mean}, {"the output", to}});
    if (fraction_bits < 0 || fraction_bits > 15)
        return refused(TD_STATUS_OUT_OF_RANGE, "the fraction bits are [%d], needed are 0 to 15", fraction_bits);
    if (!(step >= 0x1p-126F && step <= 1e6F))
        return refused(TD_STATUS_OUT_OF_RANGE, "the step is [%g], needed is 2^-126 to 10^6", static_cast<double>(step));
    return TD_STATUS_OK;
}

float unit_of(std::int32_t fraction_bits) noexcept {
    return 1.0F / static_cast<float>(1 << fraction_bits);
}

bool finite(float value) noexcept {
    return value - value == 0.0F;
}

} // namespace
} // namespace tandem::quantise

using namespace tandem::quantise;

extern "C" td_status td_scale_rows(const int32_t *thresholds, const int16_t *logit, size_t count, int32_t shift,
                                   int32_t base, uint16_t *rows) noexcept {
    return tandem::guarded([&] {
        const td_status status = check_ladder(thresholds, logit, count, shift, rows);
        if (status != TD_STATUS_OK)
            return status;
        constexpr std::int32_t most = UINT16_MAX - TD_SCALE_THRESHOLDS;
        if (base < 0 || base > most)
            return tandem::refused(TD_STATUS_OUT_OF_RANGE, "the base is [%d], needed is 0 to [%d]", base, most);
        tandem::chosen<kernels>().rows(ladder_of(thresholds, shift), logit, count, base, rows);
        return status;
    });
}

extern "C" td_status td_scale_indices(const int32_t *thresholds, const int16_t *logit, size_t count, int32_t shift,
                                      uint8_t *indices) noexcept {
    return tandem::guarded([&] {
        const td_status status = check_ladder(thresholds, logit, count, shift, indices);
        if (status == TD_STATUS_OK)
            tandem::chosen<kernels>().indices(ladder_of(thresholds, shift), logit, count, indices);
        return status;
    });
}

extern "C" td_status td_quantise(const float *y, const int16_t *mean, size_t count, int32_t fraction_bits, float step,
                                 int32_t *symbols, size_t *bad) noexcept {
    return tandem::guarded([&] {
        std::size_t at = count;
        td_status status = check_values(y, mean, count, fraction_bits, step, symbols);
        const Kernel &kernel = tandem::chosen<kernels>();
        if (status == TD_STATUS_OK && !kernel.quantise(y, mean, count, unit_of(fraction_bits), step, symbols)) {
            for (at = 0; finite(y[at]);)
                ++at;
            status = tandem::refused(TD_STATUS_OUT_OF_RANGE, "value [%zu] is not finite", at);
        }
        if (bad != nullptr)
            *bad = at;
        return status;
    });
}

extern "C" td_status td_dequantise(const int32_t *symbols, const int16_t *mean, size_t count, int32_t fraction_bits,
                                   float step, float *y) noexcept {
    return tandem::guarded([&] {
        const td_status status = check_values(symbols, mean, count, fraction_bits, step, y);
        if (status == TD_STATUS_OK)
            tandem::chosen<kernels>().dequantise(symbols, mean, count, unit_of(fraction_bits), step, y);
        return status;
    });
}
