// The vectors and tiles of AVX-512 VNNI, AMX and the NEON dot product, one lane after the other in plain C++: with them
// the blocking, packing and offsets of those tiers are tested on any machine; only the intrinsics themselves are not.
#pragma once

#include "hyper/tiled.hpp"

#include <cstring>

namespace tandem::test {

// Lanes of int32, fed with Group bytes each; Activation is std::uint8_t for vpdpbusd, std::int8_t for sdot.
template <std::size_t Vectors, std::size_t Lanes, std::size_t Tokens, class Activation, std::int32_t First,
          std::int32_t Hidden>
struct PlainDots {
    static constexpr std::size_t vectors = Vectors;
    static constexpr std::size_t lanes = Lanes;
    static constexpr std::size_t tokens = Tokens;
    static constexpr hyper::Packing packing{static_cast<std::int32_t>(Vectors * Lanes), 4, 4, 1, 1, First, Hidden};
    struct Int {
        std::int32_t lane[Lanes];
    };
    struct Weights {
        std::int8_t byte[Lanes * 4];
    };
    struct Four {
        Activation byte[4];
    };

    static Int load(const std::int32_t *from) noexcept {
        Int to;
        std::memcpy(&to, from, sizeof to);
        return to;
    }
    static void save(std::int32_t *to, const Int &sum) noexcept { std::memcpy(to, &sum, sizeof sum); }
    static void weights(const std::int8_t *from, Weights (&to)[Vectors]) noexcept { std::memcpy(to, from, sizeof to); }
    static Four broadcast(const unsigned char *from) noexcept {
        Four to;
        std::memcpy(&to, from, sizeof to);
        return to;
    }
    [[gnu::noinline]] static Int dot(Int sum, const Weights &w, Four x) noexcept {
        for (std::size_t i = 0; i < Lanes * 4; ++i)
            sum.lane[i / 4] = wrapped(sum.lane[i / 4], w.byte[i] * x.byte[i % 4]);
        return sum;
    }
    static Int limited(Int sum, Int lowest, Int highest) noexcept {
        for (std::size_t i = 0; i < Lanes; ++i) {
            const std::int32_t raised = sum.lane[i] > lowest.lane[i] ? sum.lane[i] : lowest.lane[i];
            sum.lane[i] = raised < highest.lane[i] ? raised : highest.lane[i];
        }
        return sum;
    }

    class Shift {
    public:
        explicit Shift(const hyper::Scaling &by) noexcept : by_(by) {}
        [[gnu::noinline]] Int scaled(Int sum, Int multiplier) const noexcept {
            for (std::size_t i = 0; i < Lanes; ++i) {
                const auto product = static_cast<std::uint64_t>(std::int64_t{sum.lane[i]} * multiplier.lane[i]);
                const std::uint64_t shifted = (product + static_cast<std::uint64_t>(by_.addend)) >> by_.shift;
                sum.lane[i] = wrapped(static_cast<std::int32_t>(static_cast<std::uint32_t>(shifted)), 0);
                sum.lane[i] = static_cast<std::int32_t>(static_cast<std::uint32_t>(sum.lane[i])
                                                        - static_cast<std::uint32_t>(by_.correction));
            }
            return sum;
        }

    private:
        hyper::Scaling by_;
    };

    static void store_activations(unsigned char *to, const Int (&scaled)[Vectors]) noexcept {
        for (std::size_t i = 0; i < Vectors * Lanes; ++i) {
            const std::int32_t v = scaled[i / Lanes].lane[i % Lanes];
            to[i] = static_cast<unsigned char>((v < 0 ? 0 : v > 255 ? 255 : v) + Hidden);
        }
    }
    static void store16(std::int16_t *to, const Int (&scaled)[Vectors]) noexcept {
        for (std::size_t i = 0; i < Vectors * Lanes; ++i) {
            const std::int32_t v = scaled[i / Lanes].lane[i % Lanes];
            to[i] = static_cast<std::int16_t>(v < -32768 ? -32768 : v > 32767 ? 32767 : v);
        }
    }

private:
    static std::int32_t wrapped(std::int32_t a, std::int32_t b) noexcept {
        return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
    }
};

using PlainVnni = PlainDots<2, 16, 12, std::uint8_t, 128, 0>;
using PlainDotprod = PlainDots<4, 4, 6, std::int8_t, 0, -128>;

// Tiles 0-3 of sums, as kernel_amx.cpp numbers them; tdpbusd as the manual has it.
struct PlainTiles {
    struct Session {
        Session() noexcept = default;
    };
    struct Tile {
        unsigned char byte[16][64];
    };
    static inline std::int32_t sums[4][16][16];
    static inline Tile low;
    static inline Tile high;

    static void begin(const std::int32_t *bias, bool both) noexcept {
        for (std::size_t row = 0; row < 16; ++row)
            for (std::size_t tile = 0; tile < (both ? 4U : 2U); ++tile)
                std::memcpy(sums[tile][row], bias + tile % 2 * 16, sizeof sums[tile][row]);
    }
    static void load(const std::int32_t *from, bool both) noexcept {
        std::memcpy(sums, from, both ? sizeof sums : sizeof sums / 2);
    }
    static void load(Tile &tile, const void *from, std::size_t stride) noexcept {
        for (std::size_t row = 0; row < 16; ++row)
            std::memcpy(tile.byte[row], static_cast<const unsigned char *>(from) + row * stride, 64);
    }
    static void weights(const std::int8_t *from, std::size_t stride) noexcept {
        load(low, from, stride);
        load(high, from + 64, stride);
    }
    static void multiply(std::int32_t (&sum)[16][16], const Tile &a, const Tile &b) noexcept {
        for (std::size_t m = 0; m < 16; ++m)
            for (std::size_t k = 0; k < 16; ++k)
                for (std::size_t n = 0; n < 16; ++n)
                    for (std::size_t i = 0; i < 4; ++i)
                        sum[m][n] = static_cast<std::int32_t>(
                            static_cast<std::uint32_t>(sum[m][n])
                            + static_cast<std::uint32_t>(a.byte[m][4 * k + i]
                                                         * static_cast<std::int8_t>(b.byte[k][4 * n + i])));
    }
    static void first(const unsigned char *from, std::size_t stride) noexcept {
        Tile a;
        load(a, from, stride);
        multiply(sums[0], a, low);
        multiply(sums[1], a, high);
    }
    static void second(const unsigned char *from, std::size_t stride) noexcept {
        Tile a;
        load(a, from, stride);
        multiply(sums[2], a, low);
        multiply(sums[3], a, high);
    }
    static void store(std::int32_t *to, bool both) noexcept {
        std::memcpy(to, sums, both ? sizeof sums : sizeof sums / 2);
    }
};

} // namespace tandem::test
