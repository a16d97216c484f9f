// Symbols and table rows from values, and values from symbols. A thread an element; compiled without fused
// multiply-adds, and written with operations that cannot be fused.
#include "arithmetic.cuh"
#include "hyper_file.hpp"
#include "kernels.hpp"
#include "launcher.cuh"

namespace tandem::cuda {
namespace {

constexpr int element_threads = 256;

struct Quantise {
    const float *values;
    const std::int16_t *means;
    const std::int16_t *logits;
    const std::int32_t *thresholds;
    std::int16_t *symbols;
    std::uint8_t *scales;
    std::int32_t *state;
    std::int64_t count;
    float step, unit;
    int scale_shift;
};

__global__ void __launch_bounds__(element_threads) quantise(Quantise q) {
    TD_SHARED(std::int32_t, thresholds, Packed::thresholds);
    if (threadIdx.x < Packed::thresholds)
        thresholds[threadIdx.x] = q.thresholds[threadIdx.x];
    __syncthreads();
    const std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * element_threads + threadIdx.x;
    if (i >= q.count)
        return;
    const float value = q.values[i];
    q.scales[i] = static_cast<std::uint8_t>(scale_index(thresholds, q.logits[i] + q.scale_shift));
    if (is_finite(value)) {
        q.symbols[i] = symbol_of(value, mean_value(q.means[i], q.unit), q.step);
    } else {
        q.symbols[i] = 0;
        *q.state = TD_STATUS_OUT_OF_RANGE; // whoever writes writes the same
    }
}

__global__ void __launch_bounds__(element_threads)
    dequantise(const std::int16_t *symbols, const std::int16_t *means, float *values, std::int64_t count, float step,
               float unit) {
    const std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * element_threads + threadIdx.x;
    if (i < count)
        values[i] = value_of(symbols[i], step, mean_value(means[i], unit));
}

td_status check(const td_cuda_launch *launch, const td_cuda_hyper_model *model, std::int64_t count,
                float step) noexcept {
    if (launch == nullptr || model == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    if (count < 1 || count > std::int64_t{INT32_MAX} * element_threads)
        return TD_STATUS_BAD_SIZE;
    if (model->fraction_bits < 0 || model->fraction_bits > 15 || !(step >= 0x1p-126F && step <= 1e6F))
        return TD_STATUS_OUT_OF_RANGE;
    return TD_STATUS_OK;
}

float unit_of(const td_cuda_hyper_model &model) noexcept {
    return 1.0F / static_cast<float>(1 << model.fraction_bits);
}

dim3 blocks(std::int64_t count) noexcept {
    return dim3(static_cast<unsigned>((count + element_threads - 1) / element_threads), 1, 1);
}

} // namespace

std::int32_t load_quantise_kernels() noexcept {
    return loaded({code(quantise),
                   code(dequantise)});
}

} // namespace tandem::cuda

using namespace tandem::cuda;

extern "C" td_status td_cuda_quantise(td_cuda_launch *launch, const td_cuda_hyper_model *model, const void *packed,
                                      int64_t count, const float *values, const int16_t *means, const int16_t *logits,
                                      float step, int32_t scale_shift, int16_t *symbols, uint8_t *scales,
                                      int32_t *state) noexcept {
    const td_status checked = check(launch, model, count, step);
    if (checked != TD_STATUS_OK)
        return checked;
    if (packed == nullptr || values == nullptr || means == nullptr || logits == nullptr || symbols == nullptr
        || scales == nullptr || state == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    if (scale_shift < INT16_MIN || scale_shift > INT16_MAX)
        return TD_STATUS_OUT_OF_RANGE;
    const Quantise q{values, means, logits, static_cast<const std::int32_t *>(packed), symbols,    scales,
                     state,  count, step,   unit_of(*model),                            scale_shift};
    return Launcher(*launch).zero(state, sizeof *state).run(quantise, blocks(count), element_threads, q).status();
}

extern "C" td_status td_cuda_dequantise(td_cuda_launch *launch, const td_cuda_hyper_model *model, int64_t count,
                                        const int16_t *symbols, const int16_t *means, float step,
                                        float *values) noexcept {
    const td_status checked = check(launch, model, count, step);
    if (checked != TD_STATUS_OK)
        return checked;
    if (symbols == nullptr || means == nullptr || values == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    return Launcher(*launch)
        .run(dequantise, blocks(count), element_threads, symbols, means, values, count, step, unit_of(*model))
        .status();
}
