// Runs kernels of src/cuda on the host, where there is no GPU: slow, exact, and strict. Every thread of a block is a
// fiber; a barrier or a warp's exchange goes on when all living threads of the block or warp have come, and a thread
// that never comes is an error. Background copies happen only when they are waited for, so that a missing wait shows.
// Threads run one after the other between barriers, in ascending or descending order, so a missing barrier shows as a
// difference between the two.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>

#define TD_BOTH inline
#define TD_DEVICE inline
#define TD_SHARED(type, name, count) alignas(16) static type name[count]
#define __global__ [[maybe_unused]] static
#define __launch_bounds__(...)
#define threadIdx (tandem::simulator::here().thread)
#define blockIdx (tandem::simulator::here().block)

struct dim3 {
    unsigned x = 1, y = 1, z = 1;
};
struct alignas(16) float4 {
    float x, y, z, w;
};
struct alignas(16) int4 {
    int x, y, z, w;
};

namespace tandem::simulator {

struct Words {
    std::uint32_t w[8];
};

struct Place {
    dim3 thread{0, 0, 0}, block{0, 0, 0};
};

// Which thread is running.
const Place &here() noexcept;

// Waits for all living threads of the block.
void barrier();

// Gives every thread of the warp what each has put in; entry l is lane l's.
const Words *exchange(const Words &mine);

void copy_later(void *to, const void *from, int bytes);
void end_group();
void finish_groups(int pending);

// All blocks of a grid, one after the other.
void run(const std::function<void()> &kernel, dim3 grid, int threads);

// The order in which threads of a block are let run.
void set_descending(bool descending) noexcept;

template <class Value>
Words packed(const Value &v) {
    static_assert(sizeof v <= sizeof(Words));
    Words words{};
    std::memcpy(&words, &v, sizeof v);
    return words;
}

template <class Value>
Value unpacked(const Words &words) {
    Value v;
    std::memcpy(&v, &words, sizeof v);
    return v;
}

} // namespace tandem::simulator

inline void __syncthreads() {
    tandem::simulator::barrier();
}

template <class Value>
Value __shfl_xor_sync(unsigned, Value v, int distance) {
    const auto *all = tandem::simulator::exchange(tandem::simulator::packed(v));
    return tandem::simulator::unpacked<Value>(all[(threadIdx.x % 32) ^ static_cast<unsigned>(distance)]);
}

inline unsigned __ballot_sync(unsigned, bool vote) {
    const auto *all = tandem::simulator::exchange(tandem::simulator::packed(vote));
    unsigned ballot = 0;
    for (unsigned lane = 0; lane < 32; ++lane)
        ballot |= tandem::simulator::unpacked<bool>(all[lane]) ? 1U << lane : 0U;
    return ballot;
}

inline int __popc(unsigned v) {
    return __builtin_popcount(v);
}

using std::min;

using cudaStream_t = void *;
using cudaError_t = int;
struct cudaFuncAttributes {};
enum {
    cudaSuccess = 0,
    cudaErrorStubLibrary = 34,
    cudaErrorInsufficientDriver = 35,
    cudaErrorNoDevice = 100,
    cudaErrorNoKernelImageForDevice = 209,
    cudaErrorUnsupportedPtxVersion = 222
};
inline cudaError_t cudaGetLastError() noexcept {
    return cudaSuccess;
}
inline cudaError_t cudaMemsetAsync(void *memory, int value, std::size_t bytes, cudaStream_t) noexcept {
    std::memset(memory, value, bytes);
    return cudaSuccess;
}
inline cudaError_t cudaFuncGetAttributes(cudaFuncAttributes *, const void *) noexcept {
    return cudaSuccess;
}

namespace tandem::cuda {

inline constexpr unsigned whole_warp = 0xFFFFFFFFU;

inline void copy_async(void *to, const void *from, int bytes) {
    simulator::copy_later(to, from, bytes);
}
inline void copy_commit() {
    simulator::end_group();
}
template <int pending>
void copy_wait() {
    simulator::finish_groups(pending);
}

inline void load_matrices(std::uint32_t (&to)[4], const std::uint32_t *row) {
    const auto *all = simulator::exchange(simulator::packed(row));
    const unsigned lane = threadIdx.x % 32;
    for (unsigned m = 0; m < 4; ++m)
        to[m] = simulator::unpacked<const std::uint32_t *>(all[8 * m + lane / 4])[lane % 4];
}

// c[16][8] += a[16][8 words] * b[8][8 words], as the instruction spreads them over a warp. value(word, i) is value i of
// `per_word` in a word.
template <int per_word, class Value>
void multiply_fragments(float (&c)[4], const std::uint32_t (&a)[4], std::uint32_t b0, std::uint32_t b1, Value value) {
    const auto *all = simulator::exchange({{a[0], a[1], a[2], a[3], b0, b1, 0, 0}});
    const unsigned lane = threadIdx.x % 32;
    for (unsigned i = 0; i < 4; ++i) {
        const unsigned row = lane / 4 + i / 2 * 8;
        const unsigned column = lane % 4 * 2 + i % 2;
        for (unsigned word = 0; word < 8; ++word) {
            const std::uint32_t x = all[row % 8 * 4 + word % 4].w[row / 8 + word / 4 * 2];
            const std::uint32_t y = all[column * 4 + word % 4].w[4 + word / 4];
            for (int v = 0; v < per_word; ++v)
                c[i] += value(x, v) * value(y, v);
        }
    }
}

struct Tf32 {
    static constexpr int bytes = 4;
    static std::uint32_t rounded(std::uint32_t word) {
        return (word & 0x7F800000U) == 0x7F800000U ? word : (word + 0x1000U) & 0xFFFFE000U;
    }
    static void multiply(float (&c)[4], const std::uint32_t (&a)[4], std::uint32_t b0, std::uint32_t b1) {
        multiply_fragments<1>(c, a, b0, b1, [](std::uint32_t word, int) {
            float v = 0;
            std::memcpy(&v, &word, sizeof v);
            return v;
        });
    }
};

struct Bfloat16 {
    static constexpr int bytes = 2;
    static std::uint32_t rounded(std::uint32_t word) { return word; }
    static float value(std::uint16_t bits) {
        const std::uint32_t word = static_cast<std::uint32_t>(bits) << 16;
        float v = 0;
        std::memcpy(&v, &word, sizeof v);
        return v;
    }
    static void multiply(float (&c)[4], const std::uint32_t (&a)[4], std::uint32_t b0, std::uint32_t b1) {
        multiply_fragments<2>(c, a, b0, b1, [](std::uint32_t word, int i) {
            return value(static_cast<std::uint16_t>(word >> (16 * i)));
        });
    }
};

struct Float16 {
    static constexpr int bytes = 2;
    static std::uint32_t rounded(std::uint32_t word) { return word; }
    static float value(std::uint16_t bits) {
        const float sign = (bits & 0x8000U) != 0 ? -1.0F : 1.0F;
        const int exponent = (bits >> 10) & 31;
        const int fraction = bits & 1023;
        if (exponent == 31)
            return fraction != 0 ? __builtin_nanf("") : sign * __builtin_inff();
        return sign * (exponent == 0 ? __builtin_ldexpf(static_cast<float>(fraction), -24)
                                     : __builtin_ldexpf(static_cast<float>(1024 + fraction), exponent - 25));
    }
    static void multiply(float (&c)[4], const std::uint32_t (&a)[4], std::uint32_t b0, std::uint32_t b1) {
        multiply_fragments<2>(c, a, b0, b1, [](std::uint32_t word, int i) {
            return value(static_cast<std::uint16_t>(word >> (16 * i)));
        });
    }
};

template <bool unsigned_values>
std::int32_t dot_bytes(std::int32_t weights, std::int32_t values, std::int32_t c) {
    for (int i = 0; i < 4; ++i) {
        const int value = unsigned_values ? (values >> (8 * i)) & 255 : static_cast<std::int8_t>(values >> (8 * i));
        c += static_cast<std::int8_t>(weights >> (8 * i)) * value;
    }
    return c;
}
inline std::int32_t dot_signed(std::int32_t weights, std::int32_t values, std::int32_t c) {
    return dot_bytes<false>(weights, values, c);
}
inline std::int32_t dot_unsigned(std::int32_t weights, std::int32_t values, std::int32_t c) {
    return dot_bytes<true>(weights, values, c);
}

} // namespace tandem::cuda
