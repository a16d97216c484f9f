// Loops whose counters are constants: what they index stays in registers. In an unnamed namespace like scalar.hpp.
#pragma once

#include <cstddef>
#include <utility>

namespace tandem::rans {
namespace {

template <std::size_t I>
using Index = std::integral_constant<std::size_t, I>;

// f(Index<0>()) to f(Index<N - 1>()), inlined.
template <std::size_t N, class F>
[[gnu::always_inline]] inline void each(F &&f) noexcept {
    [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        (f(Index<I>()), ...);
    }(std::make_index_sequence<N>());
}

} // namespace
} // namespace tandem::rans
