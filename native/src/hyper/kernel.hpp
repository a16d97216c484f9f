// What a tier provides: how it wants weights and activations to lie, and how it runs one layer.
#pragma once

#include "tier.hpp"

#include <cstddef>
#include <cstdint>

namespace tandem::hyper {

// Weights of a block lie as [groups][block outputs][group inputs]; outputs and inputs are padded with zero weights.
// An activation is stored with an offset where the instruction wants the other signedness: with a stored as a + d, a sum
// comes out d * (sum of its weights) too large, which its packed bias takes back. Sums wrap modulo 2^32 on the way; the
// file check bounds the true sum below 2^31, so what remains at the end is exact.
struct Packing {
    std::int32_t block;             // outputs that a kernel makes together
    std::int32_t group;             // neighbouring inputs of one output
    std::int32_t inputs_multiple;   // inputs are padded to a multiple, itself one of group
    std::int32_t tokens_multiple;   // rows of activations that a kernel may read beyond the last token
    std::int32_t activation_bytes;  // 1, or 2 for int16
    std::int32_t first_offset;      // added to the activations of the first layer
    std::int32_t hidden_offset;     // and of the others
};

// (acc * m + 2^(s-1)) >> s without 64-bit comparisons: acc is first limited to lowest..highest of its output, beyond
// which the limited result cannot change (it never falls as acc rises) and within which it fits 32 bits; 2^62 makes
// the scaled sum positive, so that a logical shift will do where there is no other, and comes off again as correction.
struct Scaling {
    std::int32_t shift;
    std::int64_t addend;            // 2^(s-1) + 2^62
    std::int32_t correction;        // 2^(62-s) modulo 2^32
};

// One layer of an image: per block its constants, then its weights, so that both come with one stream of reads.
struct Layer {
    std::size_t blocks;
    std::size_t groups;
    Scaling scaling;
    const unsigned char *first;
    std::size_t block_bytes;
};

struct Block {
    const std::int32_t *bias;       // [block], as the next three
    const std::int32_t *multiplier;
    const std::int32_t *lowest;
    const std::int32_t *highest;
    const std::int8_t *weights;     // [groups][block][group]
};

constexpr std::size_t constants_of_block = 4;

inline Block block_of(const Layer &layer, std::size_t number, std::size_t outputs) noexcept {
    const unsigned char *at = layer.first + number * layer.block_bytes;
    const auto *ints = reinterpret_cast<const std::int32_t *>(at);
    return {ints, ints + outputs, ints + 2 * outputs, ints + 3 * outputs,
            reinterpret_cast<const std::int8_t *>(ints + constants_of_block * outputs)};
}

// Tokens that go through the layers together: their activations stay in the second-level cache.
constexpr std::size_t most_rows = 128;

// Activations of at most most_rows tokens, one row each.
struct Rows {
    const unsigned char *first;
    std::size_t stride;
    std::size_t tokens;
};

// Where the last layer's results go: token t of the rows is row order[t] of mean and logit.
struct Targets {
    std::int16_t *mean;
    std::int16_t *logit;
    std::size_t width;
    std::size_t stride;
    const std::int32_t *order;
};

struct Kernel {
    std::int32_t tier;
    Packing packing;
    void (*hidden)(const Layer &layer, const Rows &in, unsigned char *out) noexcept; // rows of the same stride
    void (*last)(const Layer &layer, const Rows &in, const Targets &out) noexcept;
};

// An architecture defines and lists its own.
extern const Kernel kernel_scalar;
extern const Kernel kernel_avx2;
extern const Kernel kernel_vnni;
extern const Kernel kernel_amx;
extern const Kernel kernel_neon;
extern const Kernel kernel_dotprod;

// Those of this architecture; that of AMX only where the system grants the tile state.
Tiers<Kernel> kernels() noexcept;

// The best kernel for a tier that runs at this machine's level, or null.
const Kernel *kernel_for(std::int32_t wanted, std::int32_t level) noexcept;

} // namespace tandem::hyper
