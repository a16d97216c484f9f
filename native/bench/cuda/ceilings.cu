#include "ceilings.hpp"

#include <cuda_runtime.h>

namespace tandem::bench {
namespace {

constexpr int chains = 16;
constexpr int steps = 4096;

__global__ void multiply_add(float *out, float factor) {
    float sums[chains];
    for (int i = 0; i < chains; ++i)
        sums[i] = static_cast<float>(threadIdx.x + i);
    for (int step = 0; step < steps; ++step)
#pragma unroll
        for (int i = 0; i < chains; ++i)
            sums[i] = fmaf(sums[i], factor, 0.5F);
    float sum = 0;
    for (int i = 0; i < chains; ++i)
        sum += sums[i];
    if (sum == 0.25F) // never; keeps the work
        *out = sum;
}

__global__ void dot_products(float *out, int word) {
    int sums[chains];
    for (int i = 0; i < chains; ++i)
        sums[i] = static_cast<int>(threadIdx.x) + i;
    for (int step = 0; step < steps; ++step)
#pragma unroll
        for (int i = 0; i < chains; ++i)
            sums[i] = __dp4a(sums[i], word, sums[i]);
    int sum = 0;
    for (int i = 0; i < chains; ++i)
        sum += sums[i];
    if (sum == 7)
        *out = static_cast<float>(sum);
}

__global__ void copy(const float4 *from, float4 *to, std::size_t count) {
    for (std::size_t i = blockIdx.x * blockDim.x + threadIdx.x; i < count; i += gridDim.x * blockDim.x)
        to[i] = from[i];
}

constexpr int blocks_each = 8;
constexpr int threads = 256;

} // namespace

double run_multiply_add(int processors, void *out, void *stream) {
    multiply_add<<<processors * blocks_each, threads, 0, static_cast<cudaStream_t>(stream)>>>(static_cast<float *>(out),
                                                                                             0.999F);
    return 2.0 * chains * steps * threads * blocks_each * processors;
}

double run_dot_products(int processors, void *out, void *stream) {
    dot_products<<<processors * blocks_each, threads, 0, static_cast<cudaStream_t>(stream)>>>(static_cast<float *>(out),
                                                                                             0x01FF02FE);
    return 8.0 * chains * steps * threads * blocks_each * processors;
}

double run_copy(int processors, const void *from, void *to, std::size_t bytes, void *stream) {
    copy<<<processors * blocks_each, threads, 0, static_cast<cudaStream_t>(stream)>>>(
        static_cast<const float4 *>(from), static_cast<float4 *>(to), bytes / sizeof(float4));
    return 2.0 * static_cast<double>(bytes);
}

} // namespace tandem::bench
