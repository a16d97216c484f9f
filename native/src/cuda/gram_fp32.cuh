// Distances of float32 tokens by float32 multiply-adds. A thread owns 8 x 4 products; each is one chain of fused
// multiply-adds along the width, and so is a token's squared length: equal tokens are exactly 0 apart.
#pragma once

#include "gram.cuh"

namespace tandem::cuda {

template <int capacity>
__global__ void __launch_bounds__(gram_threads, gram_resident) gram_fp32(Gram g) {
    TD_SHARED(std::uint32_t, memory, stages * slab_size);
    TD_SHARED(float, lengths, 2 * side);
    const Pair at = pair_of(blockIdx.x, g.blocks);
    const int tile = blockIdx.y;
    const int ty = threadIdx.x / 16; // rows ty + 8 i of the square
    const int tx = threadIdx.x % 16; // columns tx + 16 j
    float sums[8][4] = {};
    float length = 0;
    for_each_slab<4>(g, tile, at, memory, [&](const std::uint32_t *words) {
        const auto *slab = reinterpret_cast<const float *>(words);
#pragma unroll
        for (int q = 0; q < slab_words; q += 4) {
            float4 b[4];
#pragma unroll
            for (int j = 0; j < 4; ++j)
                b[j] = *reinterpret_cast<const float4 *>(slab + (side + tx + 16 * j) * slab_pitch + q);
#pragma unroll
            for (int i = 0; i < 8; ++i) {
                const float4 a = *reinterpret_cast<const float4 *>(slab + (ty + 8 * i) * slab_pitch + q);
#pragma unroll
                for (int j = 0; j < 4; ++j) {
                    sums[i][j] = fmaf(a.x, b[j].x, sums[i][j]);
                    sums[i][j] = fmaf(a.y, b[j].y, sums[i][j]);
                    sums[i][j] = fmaf(a.z, b[j].z, sums[i][j]);
                    sums[i][j] = fmaf(a.w, b[j].w, sums[i][j]);
                }
            }
            const float4 own = *reinterpret_cast<const float4 *>(slab + threadIdx.x * slab_pitch + q);
            length = fmaf(own.x, own.x, length);
            length = fmaf(own.y, own.y, length);
            length = fmaf(own.z, own.z, length);
            length = fmaf(own.w, own.w, length);
        }
    });
    lengths[threadIdx.x] = length;
    __syncthreads();
    auto *square = reinterpret_cast<float *>(memory);
#pragma unroll
    for (int i = 0; i < 8; ++i)
#pragma unroll
        for (int j = 0; j < 4; ++j) {
            const int r = ty + 8 * i;
            const int c = tx + 16 * j;
            square[r * square_pitch + c] = distance(plus(lengths[r], lengths[side + c]), sums[i][j],
                                                    static_cast<float>(g.width), at.row == at.column && r == c);
        }
    __syncthreads();
    keep<capacity>(g, tile, at, square);
}

} // namespace tandem::cuda
