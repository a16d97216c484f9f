// What the two ways of multiplying tokens share: a block takes 64 tokens against 64 others of one tile, walks along
// their width in slabs, and ends with 64 x 64 distances, of which it keeps each token's smallest.
#pragma once

#include "nearest.cuh"

namespace tandem::cuda {

inline constexpr int side = 64;         // tokens on each side of a block
inline constexpr int slab_words = 16;   // 32-bit words of each token in a slab
inline constexpr int slab_pitch = 20;   // an odd multiple of four words: eight rows never meet in a bank of 16 bytes
inline constexpr int slab_size = 2 * side * slab_pitch;
inline constexpr int stages = 3;
inline constexpr int gram_threads = 128;
inline constexpr int square_pitch = side + 1;
// Blocks that one processor should hold: five on those with shared memory for them (sm_80, sm_90), whose registers allow
// 96 a thread; others hold fewer anyway, or spill at 96.
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ != 800 && __CUDA_ARCH__ != 900
inline constexpr int gram_resident = 4;
#else
inline constexpr int gram_resident = 5;
#endif
static_assert(side * square_pitch <= stages * slab_size, "distances take the place of slabs");

struct Gram {
    const unsigned char *tokens; // [tiles][n][row_bytes]
    float *distances;            // [tiles][n][pitch]; columns from n on are not meaningful
    float *lists;                // [tiles][blocks][k + 1][pitch]: k smallest of a token in a block of others, greatest
    int n, width, row_bytes;
    int blocks, pitch;           // n in blocks of side; pitch = blocks * side
    int k;
    bool aligned;                // rows are 16-byte aligned multiples of 16 bytes
};

// Starts the copy of slab s: rows 0..63 of the slab are tokens of block `at.row`, 64..127 of `at.column`. Tokens from n
// on and values beyond a row's end are zero.
template <int value_bytes>
TD_DEVICE void copy_slab(const Gram &g, int tile, Pair at, int s, std::uint32_t *slab) {
    const unsigned char *tokens = g.tokens + static_cast<std::size_t>(tile) * g.n * g.row_bytes;
    for (int chunk = threadIdx.x; chunk < 2 * side * slab_words / 4; chunk += gram_threads) {
        const int row = chunk / (slab_words / 4);
        const int word = chunk % (slab_words / 4) * 4;
        const int token = (row < side ? at.row * side : at.column * side - side) + row;
        const int from = (s * slab_words + word) * 4;
        const int left = token < g.n && from < g.row_bytes ? g.row_bytes - from : 0;
        const int bytes = left < 16 ? left : 16;
        const unsigned char *source = bytes > 0 ? tokens + static_cast<std::size_t>(token) * g.row_bytes + from : tokens;
        std::uint32_t *to = slab + row * slab_pitch + word;
        if (g.aligned) {
            copy_async(to, source, bytes);
        } else if (value_bytes == 4) {
            const auto *values = reinterpret_cast<const std::uint32_t *>(source);
            for (int i = 0; i < 4; ++i)
                to[i] = 4 * i < bytes ? values[i] : 0;
        } else {
            const auto *values = reinterpret_cast<const std::uint16_t *>(source);
            for (int i = 0; i < 4; ++i)
                to[i] = (4 * i < bytes ? values[2 * i] : 0U) | (4 * i + 2 < bytes ? values[2 * i + 1] : 0U) << 16;
        }
    }
}

// Calls work(slab) for every slab in order; all threads of the block take part. Three slabs are on their way, and one
// barrier a slab is enough: the slab that is overwritten was used before it. The caller may reuse the memory after the
// next barrier.
template <int value_bytes, class Work>
TD_DEVICE void for_each_slab(const Gram &g, int tile, Pair at, std::uint32_t *memory, Work work) {
    const int slabs = (g.row_bytes + 4 * slab_words - 1) / (4 * slab_words);
    for (int s = 0; s < stages - 1; ++s) {
        if (s < slabs)
            copy_slab<value_bytes>(g, tile, at, s, memory + s * slab_size);
        copy_commit();
    }
    for (int s = 0; s < slabs; ++s) {
        copy_wait<stages - 2>();
        __syncthreads();
        const int next = s + stages - 1;
        if (next < slabs)
            copy_slab<value_bytes>(g, tile, at, next, memory + next % stages * slab_size);
        copy_commit();
        work(memory + s % stages * slab_size);
    }
    copy_wait<0>();
}

// Writes the distances both ways round, and each token's k smallest and greatest among the 64 others.
template <int capacity>
TD_DEVICE void keep(const Gram &g, int tile, Pair at, const float *square) {
    const int rows = min(side, g.n - at.row * side);
    const int columns = min(side, g.n - at.column * side);
    float *distances = g.distances + static_cast<std::size_t>(tile) * g.n * g.pitch;
    const int lane = threadIdx.x % side;
    for (int r = threadIdx.x / side; r < rows; r += gram_threads / side)
        distances[static_cast<std::size_t>(at.row * side + r) * g.pitch + at.column * side + lane] =
            square[r * square_pitch + lane];
    if (at.row != at.column)
        for (int c = threadIdx.x / side; c < columns; c += gram_threads / side)
            distances[static_cast<std::size_t>(at.column * side + c) * g.pitch + at.row * side + lane] =
                square[lane * square_pitch + c];

    // Half of the threads own a row of the square, the others a column.
    const bool owns_row = threadIdx.x < side;
    const int others = owns_row ? columns : rows;
    if (lane >= (owns_row ? rows : columns) || (!owns_row && at.row == at.column))
        return;
    const float *first = square + lane * (owns_row ? square_pitch : 1);
    const int step = owns_row ? 1 : square_pitch;
    float list[capacity];
#pragma unroll
    for (int i = 0; i < capacity; ++i)
        list[i] = infinite();
    float greatest = 0;
    for (int i = 0; i < others; ++i) {
        const float d = first[i * step];
        insert(list, d);
        greatest = fmaxf(greatest, d);
    }
    const int own = owns_row ? at.row : at.column;
    const int other = owns_row ? at.column : at.row;
    float *to = g.lists + (static_cast<std::size_t>(tile) * g.blocks + other) * (g.k + 1) * g.pitch + own * side + lane;
#pragma unroll
    for (int i = 0; i < capacity; ++i)
        if (i < g.k)
            to[static_cast<std::size_t>(i) * g.pitch] = list[i];
    to[static_cast<std::size_t>(g.k) * g.pitch] = greatest;
}

} // namespace tandem::cuda
