// One layer over vectors V: a block of outputs at a time, so that its weights are read once from memory; of those a chunk
// of inputs at a time, which stays in the first-level cache while as many tokens as fit the registers pass over it, then
// the next ones. Meanwhile the next block is fetched, in even steps. Every file that includes this has V in an unnamed
// namespace: code of one tier never ends up in another.
#pragma once

#include "hyper/kernel.hpp"

#include <utility>

namespace tandem::hyper {

// body(0) .. body(N - 1), each with a constant: arrays indexed by it live in registers, those indexed in loops need not.
template <std::size_t N, class Body>
[[gnu::always_inline]] inline void each(Body body) noexcept {
    [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        (body(std::integral_constant<std::size_t, I>{}), ...);
    }(std::make_index_sequence<N>{});
}

template <class V>
constexpr auto group_bytes = static_cast<std::size_t>(V::packing.block * V::packing.group);

template <class V>
constexpr auto group_activations = static_cast<std::size_t>(V::packing.group * V::packing.activation_bytes);

// What a core fetches while it computes: a block, a few bytes each step.
struct Ahead {
    const unsigned char *at;
    std::size_t step;
};

// Adds to sums of T tokens for one block of outputs.
template <class V, std::size_t T>
[[gnu::always_inline]] inline void add_products(const std::int8_t *weights, std::size_t groups, const unsigned char *in,
                                                std::size_t stride, Ahead &ahead,
                                                typename V::Int (&sum)[T][V::vectors]) noexcept {
    const unsigned char *fetched = ahead.at;
    for (std::size_t g = 0; g < groups; ++g) {
        for (std::size_t line = 0; line < group_bytes<V>; line += 64)
            __builtin_prefetch(fetched + line, 0, 2);
        fetched += ahead.step;
        typename V::Weights w[V::vectors];
        V::weights(weights + g * group_bytes<V>, w);
        each<T>([&](auto t) __attribute__((always_inline)) {
            const auto x = V::broadcast(in + t * stride + g * group_activations<V>);
            each<V::vectors>([&](auto v) __attribute__((always_inline)) { sum[t][v] = V::dot(sum[t][v], w[v], x); });
        });
    }
    ahead.at = fetched;
}

template <class V>
[[gnu::always_inline]] inline void scale(const Scaling &by, const Block &block,
                                         typename V::Int (&sum)[V::vectors]) noexcept {
    const typename V::Shift shift(by);
    each<V::vectors>([&](auto v) __attribute__((always_inline)) {
        constexpr std::size_t at = v * V::lanes;
        sum[v] = shift.scaled(V::limited(sum[v], V::load(block.lowest + at), V::load(block.highest + at)),
                              V::load(block.multiplier + at));
    });
}

// Some inputs of a block.
struct Chunk {
    std::size_t first;
    std::size_t groups;
    bool last;
};

// T tokens from in on: their sums go on from kept, or from the bias; the last chunk hands them, scaled, to
// store(token of the pass, sums), any other keeps them.
template <class V, std::size_t T, class Store>
[[gnu::always_inline]] inline void pass(const Scaling &by, const Block &block, const Chunk &chunk,
                                        const unsigned char *in, std::size_t stride, Ahead &ahead, std::int32_t *kept,
                                        Store store) noexcept {
    typename V::Int sum[T][V::vectors];
    each<T>([&](auto t) __attribute__((always_inline)) {
        each<V::vectors>([&](auto v) __attribute__((always_inline)) {
            sum[t][v] = V::load(chunk.first == 0 ? block.bias + v * V::lanes : kept + (t * V::vectors + v) * V::lanes);
        });
    });
    add_products<V, T>(block.weights + chunk.first * group_bytes<V>, chunk.groups,
                       in + chunk.first * group_activations<V>, stride, ahead, sum);
    each<T>([&](auto t) __attribute__((always_inline)) {
        if (chunk.last) {
            scale<V>(by, block, sum[t]);
            store(std::size_t{t}, sum[t]);
        } else {
            each<V::vectors>([&](auto v) __attribute__((always_inline)) {
                V::save(kept + (t * V::vectors + v) * V::lanes, sum[t][v]);
            });
        }
    });
}

template <class V, std::size_t T, class... Rest>
inline void pass_of(std::size_t tokens, Rest &&...rest) noexcept {
    if constexpr (T > 1) {
        if (tokens < T) {
            pass_of<V, T - 1>(tokens, rest...);
            return;
        }
    }
    pass<V, T>(rest...);
}

template <class V, class Store>
inline void each_block(const Layer &layer, const Rows &in, Store store) noexcept {
    constexpr auto outputs = static_cast<std::size_t>(V::packing.block);
    constexpr std::size_t chunk_bytes = 10240; // weights; a pass has some 8 KiB of activations beside them
    constexpr std::size_t sums_of_pass = V::tokens * outputs;
    alignas(64) std::int32_t kept[(most_rows + V::tokens - 1) / V::tokens * sums_of_pass];
    const std::size_t passes = (in.tokens + V::tokens - 1) / V::tokens;
    const std::size_t chunks = (layer.groups * group_bytes<V> + chunk_bytes - 1) / chunk_bytes;
    const std::size_t step = (group_bytes<V> + passes - 1) / passes;
    for (std::size_t b = 0; b < layer.blocks; ++b) {
        const Block block = block_of(layer, b, outputs);
        Ahead ahead{layer.first + (b + 1) * layer.block_bytes, step}; // beyond the last block the next layer begins
        for (std::size_t c = 0, first = 0; c < chunks; ++c) {
            const Chunk chunk{first, (layer.groups - first + chunks - c - 1) / (chunks - c), c + 1 == chunks};
            for (std::size_t p = 0, token = 0; p < passes; ++p) {
                const std::size_t tokens = (in.tokens - token + passes - p - 1) / (passes - p); // nearly equal shares
                pass_of<V, V::tokens>(tokens, layer.scaling, block, chunk, in.first + token * in.stride, in.stride,
                                      ahead, kept + p * sums_of_pass,
                                      [&](std::size_t t, typename V::Int(&scaled)[V::vectors])
                                          __attribute__((always_inline)) { store(token + t, b * outputs, scaled); });
                token += tokens;
            }
            first += chunk.groups;
        }
    }
}

// Results of one token for a block of the last layer: means below width, logits from there on, padding last.
template <class V>
inline void store_last(const Targets &out, std::size_t token, std::size_t output,
                       typename V::Int (&scaled)[V::vectors]) noexcept {
    constexpr auto block = static_cast<std::size_t>(V::packing.block);
    const std::size_t row = static_cast<std::size_t>(out.order[token]) * out.stride;
    if (output + block <= out.width) {
        V::store16(out.mean + row + output, scaled);
    } else if (output >= out.width && output + block <= 2 * out.width) {
        V::store16(out.logit + row + output - out.width, scaled);
    } else {
        std::int16_t values[block];
        V::store16(values, scaled);
        for (std::size_t i = 0; i < block && output + i < 2 * out.width; ++i)
            (output + i < out.width ? out.mean : out.logit - out.width)[row + output + i] = values[i];
    }
}

template <class V>
void blocked_hidden(const Layer &layer, const Rows &in, unsigned char *out) noexcept {
    each_block<V>(layer, in, [&](std::size_t token, std::size_t output, typename V::Int(&scaled)[V::vectors])
                         __attribute__((always_inline)) {
        V::store_activations(out + token * in.stride
                                 + output * static_cast<std::size_t>(V::packing.activation_bytes), scaled);
    });
}

template <class V>
void blocked_last(const Layer &layer, const Rows &in, const Targets &out) noexcept {
    each_block<V>(layer, in, [&](std::size_t token, std::size_t output, typename V::Int(&scaled)[V::vectors])
                         __attribute__((always_inline)) {
        store_last<V>(out, token, output, scaled);
    });
}

} // namespace tandem::hyper
