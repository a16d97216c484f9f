// Distances by tensor cores, sums in float32. Four warps take 32 x 32 products each. Fragments are counted in 32-bit
// words, so TF32 (8 words of depth a step) and halves (the same 8 words, 16 values) share everything but the instruction.
//
// A token's squared length is summed by the same instruction, as the diagonal of a fragment times itself (an 8-row
// fragment is two registers of a 16-row one), so that equal tokens are 0 apart here too.
#pragma once

#include "gram.cuh"

namespace tandem::cuda {

// Fragments of 16 rows of a slab from `row` on, 8 words from `word` on.
template <class Type>
TD_DEVICE void load_rows(std::uint32_t (&to)[4], const std::uint32_t *slab, int row, int word) {
    const int lane = threadIdx.x % 32;
    load_matrices(to, slab + (row + lane % 16) * slab_pitch + word + lane / 16 * 4);
#pragma unroll
    for (int i = 0; i < 4; ++i)
        to[i] = Type::rounded(to[i]);
}

template <class Type, int capacity>
__global__ void __launch_bounds__(gram_threads, gram_resident) gram_tensor(Gram g) {
    TD_SHARED(std::uint32_t, memory, stages * slab_size);
    TD_SHARED(float, lengths, 2 * side);
    const Pair at = pair_of(blockIdx.x, g.blocks);
    const int tile = blockIdx.y;
    const int wy = threadIdx.x / 64;      // rows 32 wy .. of the square
    const int wx = threadIdx.x / 32 % 2;  // columns 32 wx ..
    float sums[2][4][4] = {};             // [16 rows][8 columns]
    float row_lengths[2][4] = {};         // rows 32 wy + 16 wx .., their first and second eight
    float column_lengths[2][4] = {};      // columns 32 wx + 16 wy ..
    for_each_slab<Type::bytes>(g, tile, at, memory, [&](const std::uint32_t *slab) {
#pragma unroll
        for (int word = 0; word < slab_words; word += 8) {
            std::uint32_t a[2][4];
            std::uint32_t b[2][4];
#pragma unroll
            for (int m = 0; m < 2; ++m) {
                load_rows<Type>(a[m], slab, 32 * wy + 16 * m, word);
                load_rows<Type>(b[m], slab, side + 32 * wx + 16 * m, word);
            }
#pragma unroll
            for (int m = 0; m < 2; ++m)
#pragma unroll
                for (int j = 0; j < 4; ++j)
                    Type::multiply(sums[m][j], a[m], b[j / 2][j % 2], b[j / 2][j % 2 + 2]);
            std::uint32_t rows[4];
            std::uint32_t columns[4];
#pragma unroll
            for (int i = 0; i < 4; ++i) {
                rows[i] = wx == 0 ? a[0][i] : a[1][i];
                columns[i] = wy == 0 ? b[0][i] : b[1][i];
            }
#pragma unroll
            for (int h = 0; h < 2; ++h) {
                Type::multiply(row_lengths[h], rows, rows[h], rows[h + 2]);
                Type::multiply(column_lengths[h], columns, columns[h], columns[h + 2]);
            }
        }
    });
    // A lane holds rows y and y + 8, columns x and x + 1 of a 16 x 8 fragment.
    const int y = threadIdx.x % 32 / 4;
    const int x = threadIdx.x % 4 * 2;
    if (y / 2 == x / 2)
#pragma unroll
        for (int h = 0; h < 2; ++h) {
            lengths[32 * wy + 16 * wx + 8 * h + y] = y % 2 == 0 ? row_lengths[h][2 * h] : row_lengths[h][2 * h + 1];
            lengths[side + 32 * wx + 16 * wy + 8 * h + y] =
                y % 2 == 0 ? column_lengths[h][2 * h] : column_lengths[h][2 * h + 1];
        }
    __syncthreads();
    auto *square = reinterpret_cast<float *>(memory);
#pragma unroll
    for (int m = 0; m < 2; ++m)
#pragma unroll
        for (int j = 0; j < 4; ++j)
#pragma unroll
            for (int i = 0; i < 4; ++i) {
                const int r = 32 * wy + 16 * m + y + i / 2 * 8;
                const int c = 32 * wx + 8 * j + x + i % 2;
                square[r * square_pitch + c] = distance(plus(lengths[r], lengths[side + c]), sums[m][j][i],
                                                        static_cast<float>(g.width), at.row == at.column && r == c);
            }
    __syncthreads();
    keep<capacity>(g, tile, at, square);
}

} // namespace tandem::cuda
