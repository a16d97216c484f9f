// bfloat16 dot products on AMX tiles, summed in float32; everything else as AVX-512. A panel of 32 tokens is two tiles high;
// a run of `depth` values is packed twice, as rows for the left side and as pairs of values by column for the right.
#include "cluster/sixteen.hpp"

#include "cluster/gram.hpp"
#include "cluster/passes.hpp"

namespace tandem::cluster {
namespace {

template <class V>
using Tiles = Gram<V, 8, 2>;

constexpr std::size_t panel = Tiles<Sixteen>::panel;
constexpr std::size_t depth = 384;
constexpr std::size_t step = 32;                // values of a tile row
constexpr std::size_t tile = 16 * step;         // bfloat16 values of a tile
constexpr std::size_t run_of_panel = 4 * depth * 16; // most bfloat16 values of a panel: two tiles high, both sides

struct alignas(64) TileConfig {
    std::uint8_t palette = 1;
    std::uint8_t start_row = 0;
    std::uint8_t reserved[14] = {};
    std::uint16_t row_bytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
    std::uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};
static_assert(sizeof(TileConfig) == 64);

// Ties to even; the tile unit takes denormals as zero, so does this nothing about them.
__m256i to_bf16(__m512 x) noexcept {
    const __m512i bits = _mm512_castps_si512(x);
    const __m512i odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
    const __m512i up = _mm512_add_epi32(bits, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7FFF)));
    return _mm512_cvtepi32_epi16(_mm512_srli_epi32(up, 16));
}

// One row of a left tile: 32 values less centre, zeros past the width.
void pack_row(const float *from, const float *centre, std::size_t count, std::uint16_t *to) noexcept {
    for (std::size_t h = 0; h < step; h += 16) {
        const std::size_t left = count > h ? count - h : 0;
        const auto mask = static_cast<__mmask16>(left >= 16 ? 0xFFFFU : (1U << left) - 1U);
        const __m512 x = _mm512_maskz_loadu_ps(mask, from + h);
        const __m256i y = to_bf16(_mm512_sub_ps(x, _mm512_maskz_loadu_ps(mask, centre + h)));
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(to + h), y);
    }
}

// The right tile of a left one: pairs of values are 32-bit words, and words are transposed.
void pack_pairs(const std::uint16_t *left, std::uint16_t *right) noexcept {
    for (std::size_t h = 0; h < 16; h += 8)
        for (std::size_t q = 0; q < 16; q += 8) {
            __m256 row[8];
            for (std::size_t r = 0; r < 8; ++r)
                row[r] = _mm256_loadu_ps(reinterpret_cast<const float *>(left + (h + r) * step + 2 * q));
            transpose_eight(row);
            for (std::size_t k = 0; k < 8; ++k)
                _mm256_storeu_ps(reinterpret_cast<float *>(right + (q + k) * step + 2 * h), row[k]);
        }
}

// [steps][left 0, left 1, right 0, right 1] tiles.
void pack(const GramTask &task, std::size_t p, std::size_t from, std::size_t length, std::uint16_t *to) noexcept {
    for (std::size_t k = 0; k < length; k += step, to += 4 * tile)
        for (std::size_t half = 0; half < 2; ++half) {
            for (std::size_t r = 0; r < 16; ++r) {
                const std::size_t i = p * panel + half * 16 + r;
                const std::size_t count = i < task.n ? length - k : 0;
                pack_row(i < task.n ? task.tokens + i * task.width + from + k : task.centre + from + k,
                         task.centre + from + k, count, to + half * tile + r * step);
            }
            pack_pairs(to + half * tile, to + (2 + half) * tile);
        }
}

// Adds the products of two panels to their 32 x 32 block of the half matrix.
void product(float *block, std::size_t pitch, bool first, std::size_t length, const std::uint16_t *a,
             const std::uint16_t *b) noexcept {
    const std::size_t bytes = pitch * sizeof(float);
    float *lower = block + 16 * pitch;
    if (first) {
        _tile_zero(0);
        _tile_zero(1);
        _tile_zero(2);
        _tile_zero(3);
    } else {
        _tile_loadd(0, block, bytes);
        _tile_loadd(1, block + 16, bytes);
        _tile_loadd(2, lower, bytes);
        _tile_loadd(3, lower + 16, bytes);
    }
    for (std::size_t k = 0; k < length; k += step, a += 4 * tile, b += 4 * tile) {
        _tile_loadd(4, a, 64);
        _tile_loadd(5, a + tile, 64);
        _tile_loadd(6, b + 2 * tile, 64);
        _tile_loadd(7, b + 3 * tile, 64);
        _tile_dpbf16ps(0, 4, 6);
        _tile_dpbf16ps(1, 4, 7);
        _tile_dpbf16ps(2, 5, 6);
        _tile_dpbf16ps(3, 5, 7);
    }
    _tile_stored(0, block, bytes);
    _tile_stored(1, block + 16, bytes);
    _tile_stored(2, lower, bytes);
    _tile_stored(3, lower + 16, bytes);
}

// The diagonal of the products are the squared norms, summed as all other products are.
void norms(const GramTask &task) noexcept {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i < task.out.stride; ++i) {
        task.norms[i] = i < task.n ? task.out.row(i)[i] : infinity;
        task.floors[i] = i < task.n ? task.norms[i] * near_bound : -infinity;
    }
}

void finish(const GramTask &task, std::size_t row, std::size_t column) noexcept {
    for (std::size_t i = row * panel; i < task.n && i < (row + 1) * panel; ++i)
        for (std::size_t j = column * panel; j < (column + 1) * panel; j += 16) {
            float *at = task.out.row(i) + j;
            Tiles<Sixteen>::finish(task, i, j, Sixteen::load(at), at);
        }
}

void gram_bf16(const GramTask &task) noexcept {
    const TileConfig config;
    // GCC's intrinsic tells the compiler of eight bytes only; the rest must have been written too.
    __asm__ volatile("" : : "r"(&config) : "memory");
    _tile_loadconfig(&config);
    auto *packed = static_cast<std::uint16_t *>(task.packed);
    const std::size_t panels = task.out.stride / panel;
    for (std::size_t from = 0; from < task.width; from += depth) {
        const std::size_t length = task.width - from < depth ? task.width - from : depth;
        const bool first = from == 0;
        const bool last = from + length == task.width;
        for (std::size_t p = 0; p < panels; ++p)
            pack(task, p, from, length, packed + p * run_of_panel);
        __asm__ volatile("" ::: "memory"); // tile loads do not say that they read memory
        const auto multiply = [&](std::size_t row, std::size_t column) {
            product(task.out.row(row * panel) + column * panel, task.out.pitch(row * panel), first, length,
                    packed + row * run_of_panel, packed + column * run_of_panel);
        };
        for (std::size_t p = 0; p < panels; ++p)
            multiply(p, p);
        if (last)
            norms(task);
        for (std::size_t column = 0; column < panels; ++column)
            for (std::size_t row = 0; row <= column; ++row) {
                if (row != column)
                    multiply(row, column);
                if (last)
                    finish(task, row, column);
            }
    }
    _tile_release();
}

constexpr Kernel with_tiles() noexcept {
    Kernel kernel = kernel_of<TD_CAPABILITY_AMX, Sixteen, Tiles>;
    kernel.packed_bytes_per_row = 4 * depth;
    kernel.gram_bf16 = gram_bf16;
    return kernel;
}
static_assert(run_of_panel * sizeof(std::uint16_t) == panel * 4 * depth);

} // namespace

constinit const Kernel kernel_amx = with_tiles();

} // namespace tandem::cluster
