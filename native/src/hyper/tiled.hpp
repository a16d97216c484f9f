// One layer over matrix tiles: 32 tokens by 32 outputs in four tiles of sums, fed by two tiles of activations and two of
// weights, 64 inputs at a time. V scales and stores what the tiles hold. T: see kernel_amx.cpp.
#pragma once

#include "hyper/blocked.hpp"

namespace tandem::hyper {

constexpr std::size_t tile_rows = 16;       // tokens of one tile of sums, and outputs
constexpr std::size_t tile_inputs = 64;     // bytes of one row of activations
constexpr std::size_t square = tile_rows * tile_rows;

// Sums of up to 32 tokens for one block of 32 outputs, as four tiles: tokens 0-15 by outputs 0-15 and 16-31, then
// tokens 16-31. Rows of activations exist up to the next multiple of 16 tokens; what they hold beyond is not used.
template <class V, class T>
inline void tile_sums(const std::int8_t *weights, const unsigned char *ahead, std::size_t groups,
                      const unsigned char *in, std::size_t stride, bool both, std::int32_t (&sum)[4 * square]) noexcept {
    constexpr std::size_t groups_a_tile = tile_inputs / static_cast<std::size_t>(V::packing.group);
    constexpr std::size_t bytes = groups_a_tile * group_bytes<V>;
    T::zero();
    for (std::size_t k = 0; k < groups / groups_a_tile; ++k) {
        for (std::size_t line = 0; ahead != nullptr && line < bytes; line += 64)
            __builtin_prefetch(ahead + k * bytes + line, 0, 2);
        T::weights(weights + k * bytes, group_bytes<V>);
        T::first(in + k * tile_inputs, stride);
        if (both)
            T::second(in + tile_rows * stride + k * tile_inputs, stride);
    }
    T::store(sum, both);
}

template <class V, class T, class Store>
inline void each_tile(const Layer &layer, const Rows &in, Store store) noexcept {
    std::int32_t sum[4 * square];
    [[maybe_unused]] const typename T::Session session; // holds the configuration of the tiles
    for (std::size_t b = 0; b < layer.blocks; ++b) {
        const std::size_t output = b * static_cast<std::size_t>(V::packing.block);
        const Block block = block_of(layer, b, static_cast<std::size_t>(V::packing.block));
        const unsigned char *next = layer.first + (b + 1) * layer.block_bytes;
        for (std::size_t token = 0; token < in.tokens; token += 2 * tile_rows) {
            const bool last = token + 2 * tile_rows >= in.tokens;
            const std::size_t tokens = last ? in.tokens - token : 2 * tile_rows;
            tile_sums<V, T>(block.weights, last ? next : nullptr, layer.groups, in.first + token * in.stride, in.stride,
                            tokens > tile_rows, sum);
            for (std::size_t t = 0; t < tokens; ++t) {
                const std::int32_t *row = sum + t / tile_rows * 2 * square + t % tile_rows * tile_rows;
                typename V::Int scaled[V::vectors];
                for (std::size_t v = 0; v < V::vectors; ++v)
                    scaled[v] = V::add(V::load(row + v * square),
                                       V::load(block.bias + v * V::lanes));
                scale<V>(layer.scaling, block, scaled);
                store(token + t, output, scaled);
            }
        }
    }
}

template <class V, class T>
void tiled_hidden(const Layer &layer, const Rows &in, unsigned char *out) noexcept {
    each_tile<V, T>(layer, in, [&](std::size_t token, std::size_t output, typename V::Int(&scaled)[V::vectors])
                         __attribute__((always_inline)) {
        V::store_activations(out + token * in.stride + output, scaled);
    });
}

template <class V, class T>
void tiled_last(const Layer &layer, const Rows &in, const Targets &out) noexcept {
    each_tile<V, T>(layer, in, [&](std::size_t token, std::size_t output, typename V::Int(&scaled)[V::vectors])
                         __attribute__((always_inline)) {
        store_last<V>(out, token, output, scaled);
    });
}

} // namespace tandem::hyper
