// One layer over vectors V: a block of outputs at a time, so that its weights are read once from memory, then for as
// many tokens as fit the registers from the nearest cache. While the last of those passes runs, the next block's weights
// are fetched. Every file that includes this has V in an unnamed namespace: code of one tier never ends up in another.
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

// Sums of T tokens for one block of outputs.
template <class V, std::size_t T>
[[gnu::always_inline]] inline void sums(const std::int32_t *bias, const std::int8_t *weights, const std::int8_t *ahead,
                                        std::size_t groups, const unsigned char *in, std::size_t stride,
                                        typename V::Int (&sum)[T][V::vectors]) noexcept {
    each<T>([&](auto t) __attribute__((always_inline)) {
        each<V::vectors>([&](auto v) __attribute__((always_inline)) { sum[t][v] = V::load(bias + v * V::lanes); });
    });
    constexpr std::size_t step = static_cast<std::size_t>(V::packing.group * V::packing.activation_bytes);
    for (std::size_t g = 0; g < groups; ++g) {
        for (std::size_t line = 0; line < group_bytes<V>; line += 64)
            __builtin_prefetch(ahead + g * group_bytes<V> + line, 0, 2);
        typename V::Weights w[V::vectors];
        V::weights(weights + g * group_bytes<V>, w);
        each<T>([&](auto t) __attribute__((always_inline)) {
            const auto x = V::broadcast(in + t * stride + g * step);
            each<V::vectors>([&](auto v) __attribute__((always_inline)) { sum[t][v] = V::dot(sum[t][v], w[v], x); });
        });
    }
}

template <class V>
[[gnu::always_inline]] inline void scale(const Layer &layer, std::size_t output,
                                         typename V::Int (&sum)[V::vectors]) noexcept {
    const typename V::Shift shift(layer.scaling);
    each<V::vectors>([&](auto v) __attribute__((always_inline)) {
        const std::size_t at = output + v * V::lanes;
        const auto limited = V::limited(sum[v], V::load(layer.lowest + at), V::load(layer.highest + at));
        sum[v] = shift.scaled(limited, V::load(layer.multiplier + at));
    });
}

// T tokens from the given one on, then handed to store(token, first output, scaled sums).
template <class V, std::size_t T, class Store>
inline void pass(const Layer &layer, const Rows &in, std::size_t block, std::size_t token, const std::int8_t *ahead,
                 Store store) noexcept {
    const std::size_t output = block * static_cast<std::size_t>(V::packing.block);
    typename V::Int sum[T][V::vectors];
    sums<V, T>(layer.bias + output, layer.weights + block * layer.groups * group_bytes<V>, ahead, layer.groups,
               in.first + token * in.stride, in.stride, sum);
    each<T>([&](auto t) __attribute__((always_inline)) {
        scale<V>(layer, output, sum[t]);
        store(token + t, output, sum[t]);
    });
}

template <class V, std::size_t T, class Store>
inline void pass_of(std::size_t tokens, const Layer &layer, const Rows &in, std::size_t block, std::size_t token,
                    const std::int8_t *ahead, Store store) noexcept {
    if constexpr (T > 1) {
        if (tokens < T) {
            pass_of<V, T - 1>(tokens, layer, in, block, token, ahead, store);
            return;
        }
    }
    pass<V, T>(layer, in, block, token, ahead, store);
}

template <class V, class Store>
inline void each_block(const Layer &layer, const Rows &in, Store store) noexcept {
    constexpr std::size_t most = V::tokens;
    const std::size_t passes = (in.tokens + most - 1) / most;
    for (std::size_t b = 0; b < layer.blocks; ++b) {
        const std::int8_t *here = layer.weights + b * layer.groups * group_bytes<V>;
        const std::int8_t *next = b + 1 < layer.blocks ? here + layer.groups * group_bytes<V> : here;
        for (std::size_t p = 0, token = 0; p < passes; ++p) {
            const std::size_t tokens = (in.tokens - token + passes - p - 1) / (passes - p); // nearly equal shares
            pass_of<V, V::tokens>(tokens, layer, in, b, token, p + 1 == passes ? next : here, store);
            token += tokens;
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
