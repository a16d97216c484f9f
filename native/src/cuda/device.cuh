// What kernels use of the machine, by name. nvcc sees CUDA's own; a plain C++ compiler sees the same names from a
// simulator in the tests (tests/cuda/simulator.hpp), so that kernels run, slowly, where there is no GPU.
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__CUDACC__)

#include <cuda_runtime.h>

#define TD_BOTH __host__ __device__ inline
#define TD_DEVICE __device__ inline
#define TD_SHARED(type, name, count) __shared__ __align__(16) type name[count]

namespace tandem::cuda {

inline constexpr unsigned whole_warp = 0xFFFFFFFFU;

// 16 bytes from global to shared memory, in the background: bytes (0..16) are read, the rest becomes zero.
TD_DEVICE void copy_async(void *shared, const void *global, int bytes) {
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(
                     static_cast<unsigned>(__cvta_generic_to_shared(shared))),
                 "l"(global), "r"(bytes)
                 : "memory");
}

// Ends a group of copies.
TD_DEVICE void copy_commit() {
    asm volatile("cp.async.commit_group;" ::: "memory");
}

// Waits until at most `pending` of this thread's groups are under way.
template <int pending>
TD_DEVICE void copy_wait() {
    asm volatile("cp.async.wait_group %0;" ::"n"(pending) : "memory");
}

// Four 8x4 matrices of 32-bit words; lane l names row l % 8 of matrix l / 8 (16 bytes) and gets word l % 4 of row l / 4
// of each.
TD_DEVICE void load_matrices(std::uint32_t (&to)[4], const std::uint32_t *row) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(to[0]), "=r"(to[1]), "=r"(to[2]), "=r"(to[3])
                 : "r"(static_cast<unsigned>(__cvta_generic_to_shared(row)))
                 : "memory");
}

// One multiplication of a 16-row and an 8-row fragment (rows of 8 words: 8 TF32 or 16 halves), summed into c.
#define TD_MULTIPLY(instruction)                                                                                       \
    asm volatile(instruction " {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"                        \
                 : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])                                                      \
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1))

struct Tf32 {
    static constexpr int bytes = 4;
    TD_DEVICE static std::uint32_t rounded(std::uint32_t word) {
        std::uint32_t to;
        asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(to) : "f"(__uint_as_float(word)));
        return to;
    }
    TD_DEVICE static void multiply(float (&c)[4], const std::uint32_t (&a)[4], std::uint32_t b0, std::uint32_t b1) {
        TD_MULTIPLY("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32");
    }
};

struct Float16 {
    static constexpr int bytes = 2;
    TD_DEVICE static std::uint32_t rounded(std::uint32_t word) { return word; }
    TD_DEVICE static void multiply(float (&c)[4], const std::uint32_t (&a)[4], std::uint32_t b0, std::uint32_t b1) {
        TD_MULTIPLY("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32");
    }
    TD_DEVICE static float value(std::uint16_t bits) {
        float to;
        asm("cvt.f32.f16 %0, %1;" : "=f"(to) : "h"(bits));
        return to;
    }
};

struct Bfloat16 {
    static constexpr int bytes = 2;
    TD_DEVICE static std::uint32_t rounded(std::uint32_t word) { return word; }
    TD_DEVICE static void multiply(float (&c)[4], const std::uint32_t (&a)[4], std::uint32_t b0, std::uint32_t b1) {
        TD_MULTIPLY("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32");
    }
    TD_DEVICE static float value(std::uint16_t bits) { return __uint_as_float(static_cast<unsigned>(bits) << 16); }
};

#undef TD_MULTIPLY

// Four products of signed bytes, summed onto c.
TD_DEVICE std::int32_t dot_signed(std::int32_t weights, std::int32_t values, std::int32_t c) {
    return __dp4a(weights, values, c);
}

// The same for signed weights and unsigned values.
TD_DEVICE std::int32_t dot_unsigned(std::int32_t weights, std::int32_t values, std::int32_t c) {
    std::int32_t to;
    asm("dp4a.s32.u32 %0, %1, %2, %3;" : "=r"(to) : "r"(weights), "r"(values), "r"(c));
    return to;
}

} // namespace tandem::cuda

#else

#include "simulator.hpp"

#endif
