// AMX: tdpbusd over tiles, which lie in memory as VNNI's blocks do; VNNI scales and stores.
#include "hyper/tiled.hpp"
#include "hyper/vnni.hpp"

namespace tandem::hyper {
namespace {

// Sums in tiles 0-3, activations in 4 and 5, weights in 6 and 7; each 16 rows of 64 bytes.
struct Amx {
    class Session {
    public:
        Session() noexcept {
            alignas(64) struct {
                std::uint8_t palette = 1;
                std::uint8_t start_row = 0;
                std::uint8_t reserved[14] = {};
                std::uint16_t row_bytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
                std::uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
            } config;
            static_assert(sizeof config == 64);
            // The intrinsic tells the compiler of eight bytes only; the rest must have been written too.
            __asm__ volatile("" : : "r"(&config) : "memory");
            _tile_loadconfig(&config);
        }
        ~Session() noexcept { _tile_release(); }
        Session(const Session &) = delete;
        Session &operator=(const Session &) = delete;
    };

    static void begin(const std::int32_t *bias, bool both) noexcept { // the same in every row
        _tile_loadd(0, bias, 0);
        _tile_loadd(1, bias + tile_rows, 0);
        if (both) {
            _tile_loadd(2, bias, 0);
            _tile_loadd(3, bias + tile_rows, 0);
        }
    }
    static void load(const std::int32_t *sum, bool both) noexcept {
        _tile_loadd(0, sum, 64);
        _tile_loadd(1, sum + square, 64);
        if (both) {
            _tile_loadd(2, sum + 2 * square, 64);
            _tile_loadd(3, sum + 3 * square, 64);
        }
    }
    static void weights(const std::int8_t *from, std::size_t stride) noexcept {
        _tile_loadd(6, from, stride);
        _tile_loadd(7, from + 64, stride);
    }
    static void first(const unsigned char *from, std::size_t stride) noexcept {
        _tile_loadd(4, from, stride);
        _tile_dpbusd(0, 4, 6);
        _tile_dpbusd(1, 4, 7);
    }
    static void second(const unsigned char *from, std::size_t stride) noexcept {
        _tile_loadd(5, from, stride);
        _tile_dpbusd(2, 5, 6);
        _tile_dpbusd(3, 5, 7);
    }
    static void store(std::int32_t *sum, bool both) noexcept {
        _tile_stored(0, sum, 64);
        _tile_stored(1, sum + square, 64);
        if (both) {
            _tile_stored(2, sum + 2 * square, 64);
            _tile_stored(3, sum + 3 * square, 64);
        }
    }
};

constexpr Packing packing = [] {
    Packing tiles = Vnni::packing;
    tiles.inputs_multiple = tile_inputs;
    tiles.tokens_multiple = tile_rows;
    return tiles;
}();

} // namespace

constinit const Kernel kernel_amx{TD_CAPABILITY_AMX, packing, tiled_hidden<Vnni, Amx>, tiled_last<Vnni, Amx>};

} // namespace tandem::hyper
