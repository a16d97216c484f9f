// From centres to merged tokens: who belongs to which cluster, and the mean of each cluster.
#pragma once

#include "peaks.cuh"

namespace tandem::cuda {

struct Merge {
    const unsigned char *tokens;
    const float *distances;
    const std::int32_t *centres;
    std::int32_t *assignment; // [tiles][n]
    float *merged;            // [tiles][clusters][width]
    int n, width, pitch, clusters;
};

struct Float32 {
    using Bits = float;
    TD_DEVICE static float value(float v) { return v; }
};

struct HalfBits : Float16 {
    using Bits = std::uint16_t;
};

struct Bfloat16Bits : Bfloat16 {
    using Bits = std::uint16_t;
};

// A warp a token: the nearest centre, the more important one on ties; a centre stays in its own cluster.
__global__ void __launch_bounds__(row_threads) assign(Merge m) {
    const int tile = blockIdx.y;
    const int token = blockIdx.x * rows_a_block + threadIdx.x / 32;
    const int lane = threadIdx.x % 32;
    if (token >= m.n)
        return;
    const float *distances = m.distances + (static_cast<std::size_t>(tile) * m.n + token) * m.pitch;
    const std::int32_t *centres = m.centres + static_cast<std::size_t>(tile) * m.clusters;
    float best = infinite();
    int cluster = INT32_MAX;
    int own = -1;
    for (int c = lane; c < m.clusters; c += 32) {
        const int centre = centres[c];
        const float d = distances[centre];
        if (nearer(d, c, best, cluster)) {
            best = d;
            cluster = c;
        }
        if (centre == token)
            own = c;
    }
#pragma unroll
    for (int away = 16; away > 0; away /= 2) {
        const float d = __shfl_xor_sync(whole_warp, best, away);
        const int c = __shfl_xor_sync(whole_warp, cluster, away);
        if (nearer(d, c, best, cluster)) {
            best = d;
            cluster = c;
        }
    }
    own = warp_greatest(own);
    if (lane == 0)
        m.assignment[static_cast<std::size_t>(tile) * m.n + token] = own >= 0 ? own : cluster;
}

inline constexpr int merge_threads = 256;

// A block a cluster and 256 columns: lists the members in order, then every thread sums its column.
template <class Type>
__global__ void __launch_bounds__(merge_threads) means(Merge m) {
    TD_SHARED(std::uint16_t, members, TD_CUDA_TOKENS_MAX);
    TD_SHARED(int, counts, merge_threads / 32);
    const int cluster = blockIdx.y;
    const int tile = blockIdx.z;
    const int warp = threadIdx.x / 32;
    const int lane = threadIdx.x % 32;
    const std::int32_t *assignment = m.assignment + static_cast<std::size_t>(tile) * m.n;
    int total = 0;
    for (int from = 0; from < m.n; from += merge_threads) {
        const int token = from + threadIdx.x;
        const bool member = token < m.n && assignment[token] == cluster;
        const unsigned ballot = __ballot_sync(whole_warp, member);
        if (lane == 0)
            counts[warp] = __popc(ballot);
        __syncthreads();
        int before = total;
        for (int w = 0; w < merge_threads / 32; ++w) {
            before += w < warp ? counts[w] : 0;
            total += counts[w];
        }
        if (member)
            members[before + __popc(ballot & ((1U << lane) - 1))] = static_cast<std::uint16_t>(token);
        __syncthreads();
    }
    const int column = blockIdx.x * merge_threads + threadIdx.x;
    if (column >= m.width)
        return;
    const auto *values = reinterpret_cast<const typename Type::Bits *>(m.tokens)
                         + static_cast<std::size_t>(tile) * m.n * m.width + column;
    double sum = 0;
#pragma unroll 8
    for (int i = 0; i < total; ++i)
        sum += static_cast<double>(Type::value(values[static_cast<std::size_t>(members[i]) * m.width]));
    m.merged[(static_cast<std::size_t>(tile) * m.clusters + cluster) * m.width + column] =
        static_cast<float>(sum / total);
}

} // namespace tandem::cuda
