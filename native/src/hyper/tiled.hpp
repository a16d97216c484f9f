// One layer over matrix tiles: 32 tokens by 32 outputs in four tiles of sums, fed by two tiles of activations and two of
// weights, 64 inputs at a time. V scales and stores what the tiles hold. T: see kernel_amx.cpp.
#pragma once

#include "hyper/blocked.hpp"

namespace tandem::hyper {

constexpr std::size_t tile_rows = 16;       // tokens of one tile of sums, and outputs
constexpr std::size_t tile_inputs = 64;     // bytes of one row of activations
constexpr std::size_t square = tile_rows * tile_rows;

constexpr std::size_t tile_pass = 2 * tile_rows; // tokens, and outputs of a block

template <class V>
constexpr std::size_t step_bytes = tile_inputs / static_cast<std::size_t>(V::packing.group) * group_bytes<V>;

// Sums of a pass that wait to be scaled and stored: a few rows between the products of the next pass, because tiles are
// multiplied by a unit of their own, beside which the others would have nothing to do.
struct Waiting {
    const std::int32_t *sums = nullptr;
    std::size_t tokens = 0; // of them, the first of which is this token of the layer
    std::size_t token = 0;
    std::size_t output = 0;
    std::size_t done = 0;
    Block block{};
};

template <class V, class Store>
[[gnu::always_inline]] inline void finish(const Scaling &by, Waiting &waiting, std::size_t rows, Store store) noexcept {
    for (; rows > 0 && waiting.done < waiting.tokens; --rows, ++waiting.done) {
        const std::size_t t = waiting.done;
        const std::int32_t *row = waiting.sums + t / tile_rows * 2 * square + t % tile_rows * tile_rows;
        typename V::Int scaled[V::vectors];
        for (std::size_t v = 0; v < V::vectors; ++v)
            scaled[v] = V::load(row + v * square);
        scale<V>(by, waiting.block, scaled);
        store(waiting.token + t, waiting.output, scaled);
    }
}

// Adds to the sums of up to 32 tokens for one block of 32 outputs, as four tiles: tokens 0-15 by outputs 0-15 and 16-31,
// then tokens 16-31; or begins them. Rows of activations exist up to the next multiple of 16 tokens; what they hold
// beyond is not used. meanwhile(): called once a step.
template <class V, class T, class Meanwhile>
inline void tile_sums(const std::int8_t *weights, std::size_t steps, const unsigned char *in, std::size_t stride,
                      bool both, Ahead &ahead, Meanwhile meanwhile) noexcept {
    for (std::size_t k = 0; k < steps; ++k) {
        for (std::size_t line = 0; line < ahead.step; line += 64)
            __builtin_prefetch(ahead.at + line, 0, 2);
        ahead.at += ahead.step;
        T::weights(weights + k * step_bytes<V>, group_bytes<V>);
        T::first(in + k * tile_inputs, stride);
        if (both)
            T::second(in + tile_rows * stride + k * tile_inputs, stride);
        meanwhile();
    }
}

// As each_block: some inputs of a block at a time, whose weights stay in the first-level cache while all tokens pass.
template <class V, class T, class Store>
inline void each_tile(const Layer &layer, const Rows &in, Store store) noexcept {
    constexpr std::size_t chunk_steps = 20480 / step_bytes<V>;
    // A row of a tile never crosses a line: such a store costs several times as much.
    alignas(64) std::int32_t sums[most_rows / tile_pass][4 * square];
    const std::size_t passes = (in.tokens + tile_pass - 1) / tile_pass;
    const std::size_t steps = layer.groups * group_bytes<V> / step_bytes<V>;
    const std::size_t chunks = (steps + chunk_steps - 1) / chunk_steps;
    const std::size_t fetched = (step_bytes<V> / 64 + passes - 1) / passes * 64; // each pass its share of the next block
    Waiting waiting;
    [[maybe_unused]] const typename T::Session session; // holds the configuration of the tiles
    for (std::size_t b = 0; b < layer.blocks; ++b) {
        const Block block = block_of(layer, b, static_cast<std::size_t>(V::packing.block));
        Ahead ahead{layer.first + (b + 1) * layer.block_bytes, fetched}; // beyond the last block the next layer begins
        for (std::size_t c = 0, first = 0; c < chunks; ++c) {
            const std::size_t share = (steps - first + chunks - c - 1) / (chunks - c);
            for (std::size_t p = 0; p < passes; ++p) {
                const std::size_t token = p * tile_pass;
                const std::size_t tokens = p + 1 == passes ? in.tokens - token : tile_pass;
                const std::size_t rows = (waiting.tokens - waiting.done + share - 1) / share;
                if (c == 0)
                    T::begin(block.bias, tokens > tile_rows);
                else
                    T::load(sums[p], tokens > tile_rows);
                tile_sums<V, T>(block.weights + first * step_bytes<V>, share,
                                in.first + token * in.stride + first * tile_inputs, in.stride, tokens > tile_rows, ahead,
                                [&]() __attribute__((always_inline)) { finish<V>(layer.scaling, waiting, rows, store); });
                T::store(sums[p], tokens > tile_rows);
                if (c + 1 == chunks)
                    waiting = {sums[p], tokens, token, b * static_cast<std::size_t>(V::packing.block), 0, block};
            }
            first += share;
        }
    }
    finish<V>(layer.scaling, waiting, waiting.tokens, store);
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
