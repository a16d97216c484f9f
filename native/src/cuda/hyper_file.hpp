// codec/hyper.bin (docs/bitstream.md, section 5), checked, and its form on the device.
#pragma once

#include <cstddef>
#include <cstdint>

#include <tandem/cuda.h>

namespace tandem::cuda {

// How packed networks lie, in 32-bit words; the same on both sides. First the thresholds (63, and one that is never
// reached), then expert after expert, layer after layer:
//   weights      [in][out]  four inputs of one output in a word, the first lowest; rows padded to out
//   biases       [out]
//   multipliers  [out]
// Neighbouring threads own neighbouring outputs, so they read neighbouring words. Padding is zero.
struct PackedLayer {
    int inputs, outputs; // as in the file
    int in;              // words of a row of inputs: a multiple of 4
    int out;             // outputs, padded to a multiple of 64
    std::size_t at;      // first word, counted from the expert's
};

struct Packed {
    static constexpr std::size_t thresholds = 64;
    PackedLayer layers[8];
    std::size_t expert_words;

    explicit Packed(const td_cuda_hyper_model &model) noexcept;
};

// Words that hold a row of `inputs` bytes, padded.
constexpr int row_words(int inputs) noexcept {
    return (inputs + 15) / 16 * 4;
}

// OK, or CORRUPT_DATA for whatever section 5 refuses. packed may be null: then the file is only checked; otherwise it
// has room for model.packed_bytes.
td_status read_hyper(const void *file, std::size_t bytes, td_cuda_hyper_model &model, std::int32_t *packed) noexcept;

} // namespace tandem::cuda
