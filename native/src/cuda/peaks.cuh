// From distances to centres: densities, separations, importances, and the most important tokens. No sort: a token's
// rank is the number of tokens before it, counted by one warp.
#pragma once

#include "nearest.cuh"
#include "warp.cuh"

#include <tandem/cuda.h>

namespace tandem::cuda {

inline constexpr int density_threads = 128;
inline constexpr int row_threads = 256; // a warp a token
inline constexpr int rows_a_block = row_threads / 32;
inline constexpr int greatest_slots = 32; // density blocks of a tile: TD_CUDA_TOKENS_MAX / density_threads

struct Peaks {
    const float *distances; // as Gram's
    const float *lists;
    double *means;          // [tiles][pitch] mean of a token's k smallest distances
    float *greatest;        // [tiles][greatest_slots] greatest distance seen by each density block
    double *importances;    // [tiles][pitch]
    std::int32_t *centres;  // [tiles][clusters]
    float *importance;      // [tiles][clusters]
    std::int32_t *states;   // [tiles]
    int n, blocks, pitch, k, clusters;
};

// A thread a token: merges the lists of all blocks.
template <int capacity>
__global__ void __launch_bounds__(density_threads, 4) densities(Peaks p) {
    TD_SHARED(float, greatest, density_threads / 32);
    const int tile = blockIdx.y;
    const int token = blockIdx.x * density_threads + threadIdx.x;
    float list[capacity];
#pragma unroll
    for (int i = 0; i < capacity; ++i)
        list[i] = infinite();
    float most = 0;
    if (token < p.n) {
        for (int block = 0; block < p.blocks; ++block) {
            const float *from =
                p.lists + (static_cast<std::size_t>(tile) * p.blocks + block) * (p.k + 1) * p.pitch + token;
#pragma unroll
            for (int i = 0; i < capacity; ++i)
                if (i < p.k)
                    insert(list, from[static_cast<std::size_t>(i) * p.pitch]);
            most = fmaxf(most, from[static_cast<std::size_t>(p.k) * p.pitch]);
        }
        p.means[static_cast<std::size_t>(tile) * p.pitch + token] = mean_of(list, p.k);
    }
    most = warp_greatest(most);
    if (threadIdx.x % 32 == 0)
        greatest[threadIdx.x / 32] = most;
    __syncthreads();
    if (threadIdx.x == 0) {
        for (int w = 1; w < density_threads / 32; ++w)
            most = fmaxf(most, greatest[w]);
        p.greatest[tile * greatest_slots + blockIdx.x] = most;
    }
}

// A warp a token: the least distance to a denser one; the densest token gets the greatest distance of the tile.
__global__ void __launch_bounds__(row_threads) separations(Peaks p) {
    const int tile = blockIdx.y;
    const int token = blockIdx.x * rows_a_block + threadIdx.x / 32;
    const int lane = threadIdx.x % 32;
    if (token >= p.n)
        return;
    const double *means = p.means + static_cast<std::size_t>(tile) * p.pitch;
    const float *distances = p.distances + (static_cast<std::size_t>(tile) * p.n + token) * p.pitch;
    const std::int64_t mine = order_of(means[token]);
    float least = infinite();
    int found = 0;
#pragma unroll 4
    for (int j = lane; j < p.n; j += 32) {
        const float d = distances[j];
        if (denser(order_of(means[j]), j, mine, token)) {
            least = fminf(least, d);
            found = 1;
        }
    }
    least = warp_least(least);
    found = warp_greatest(found);
    const int slots = (p.n + density_threads - 1) / density_threads;
    const float greatest = warp_greatest(lane < slots ? p.greatest[tile * greatest_slots + lane] : 0.0F);
    if (lane == 0) {
        p.importances[static_cast<std::size_t>(tile) * p.pitch + token] =
            importance_of(means[token], found != 0 ? least : greatest);
        if (token == 0)
            p.states[tile] = greatest <= FLT_MAX ? TD_STATUS_OK : TD_STATUS_OUT_OF_RANGE;
    }
}

// A warp a token: its rank; the first `clusters` ranks are the centres.
__global__ void __launch_bounds__(row_threads) ranks(Peaks p) {
    const int tile = blockIdx.y;
    const int token = blockIdx.x * rows_a_block + threadIdx.x / 32;
    const int lane = threadIdx.x % 32;
    if (token >= p.n)
        return;
    const double *importances = p.importances + static_cast<std::size_t>(tile) * p.pitch;
    const std::int64_t mine = order_of(importances[token]);
    int before = 0;
#pragma unroll 4
    for (int j = lane; j < p.n; j += 32)
        before += more_important(order_of(importances[j]), j, mine, token) ? 1 : 0;
    before = warp_sum(before);
    if (lane == 0 && before < p.clusters) {
        const std::size_t at = static_cast<std::size_t>(tile) * p.clusters + before;
        p.centres[at] = token;
        p.importance[at] = static_cast<float>(importances[token]);
    }
}

} // namespace tandem::cuda
