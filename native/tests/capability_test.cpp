#include "capability.hpp"
#include "cluster/kernel.hpp"
#include "hyper/kernel.hpp"
#include "quantise/quantise.hpp"
#include "rans/encode.hpp"
#include "rans/lanes.hpp"
#include "tier.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <tandem/capability.h>

namespace tandem {
namespace {

TEST(Capability, is_negative_only_when_the_system_withholds_everything) {
    EXPECT_EQ(level_of({TD_CAPABILITY_SCALAR, TD_CAPABILITY_SCALAR}), 0);
    EXPECT_EQ(level_of({TD_CAPABILITY_AVX2, TD_CAPABILITY_AVX2}), 110);
    EXPECT_EQ(level_of({TD_CAPABILITY_AVX512_VNNI, TD_CAPABILITY_AMX}), 130);
    EXPECT_EQ(level_of({TD_CAPABILITY_SCALAR, TD_CAPABILITY_AVX512}), -120);
}

TEST(Capability, is_the_same_every_time_and_within_the_cpu) {
    const Capability found = probe_capability();
    EXPECT_LE(found.usable, found.in_cpu);
    EXPECT_EQ(td_capability_level(), level_of(capability()));
    EXPECT_LE(capability().usable, found.usable);
    EXPECT_EQ(td_capability_level(), td_capability_level());
}

TEST(Capability, is_lowered_by_name_and_never_raised) {
    const Capability amx{TD_CAPABILITY_AMX, TD_CAPABILITY_AMX};
    EXPECT_EQ(lowered(amx, "avx2").usable, TD_CAPABILITY_AVX2);
    EXPECT_EQ(lowered(amx, "AVX2").usable, TD_CAPABILITY_AVX2);
    EXPECT_EQ(lowered(amx, "avx3").usable, TD_CAPABILITY_AMX);
    EXPECT_EQ(lowered(amx, "scalar").usable, TD_CAPABILITY_SCALAR);
    EXPECT_EQ(level_of(lowered(amx, "scalar")), 0);
    EXPECT_EQ(lowered(amx, "neon").usable, TD_CAPABILITY_AMX);
    EXPECT_EQ(lowered(amx, "").usable, TD_CAPABILITY_AMX);
    EXPECT_EQ(lowered({TD_CAPABILITY_AVX2, TD_CAPABILITY_AVX2}, "amx").usable, TD_CAPABILITY_AVX2);
}

struct Kernel {
    std::int32_t tier;
};
constexpr Kernel scalar{TD_CAPABILITY_SCALAR}, avx2{TD_CAPABILITY_AVX2}, avx512{TD_CAPABILITY_AVX512},
    neon{TD_CAPABILITY_NEON};

TEST(Tier, is_the_highest_that_may_run) {
    constexpr const Kernel *x86[] = {&scalar, &avx2, &avx512};
    constexpr const Kernel *arm[] = {&scalar, &neon};
    EXPECT_EQ(&best<Kernel>(x86, TD_CAPABILITY_SCALAR), &scalar);
    EXPECT_EQ(&best<Kernel>(x86, TD_CAPABILITY_AVX2), &avx2);
    EXPECT_EQ(&best<Kernel>(x86, TD_CAPABILITY_AMX), &avx512);
    EXPECT_EQ(&best<Kernel>(x86, TD_CAPABILITY_NEON_DOTPROD), &scalar);
    EXPECT_EQ(&best<Kernel>(x86, -TD_CAPABILITY_AVX512), &scalar);
    EXPECT_EQ(&best<Kernel>(arm, TD_CAPABILITY_NEON_DOTPROD), &neon);
    EXPECT_EQ(usable<Kernel>(x86, TD_CAPABILITY_AVX2).size(), 2U);
}

template <class Kernel>
bool ascends(Tiers<Kernel> kernels) {
    const auto above = [](const Kernel *a, const Kernel *b) { return a->tier >= b->tier; };
    return kernels.front()->tier == TD_CAPABILITY_SCALAR
           && std::adjacent_find(kernels.begin(), kernels.end(), above) == kernels.end();
}

TEST(Tier, every_table_starts_with_the_scalar_kernel_and_ascends) {
    EXPECT_TRUE(ascends(cluster::kernels()));
    EXPECT_TRUE(ascends(hyper::kernels()));
    EXPECT_TRUE(ascends(quantise::kernels()));
    EXPECT_TRUE(ascends(rans::decode_kernels()));
    EXPECT_TRUE(ascends(rans::encode_kernels()));
    EXPECT_EQ(&chosen<quantise::kernels>(), &best(quantise::kernels(), capability().usable));
}

#if defined(__x86_64__)
TEST(Capability, agrees_with_the_compilers_own_probe) {
    const std::int32_t level = probe_capability().usable;
    EXPECT_EQ(level >= TD_CAPABILITY_AVX2, __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
                                               && __builtin_cpu_supports("bmi2"));
    EXPECT_EQ(level >= TD_CAPABILITY_AVX512, __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
                                                 && __builtin_cpu_supports("avx512dq")
                                                 && __builtin_cpu_supports("avx512vl"));
}
#endif

TEST(Capability, has_words_that_are_cut_to_the_buffer) {
    char text[5];
    EXPECT_EQ(td_capability_describe(text, 3), TD_STATUS_BUFFER_TOO_SMALL);
    EXPECT_EQ(std::string(text).size(), 2U);
    EXPECT_EQ(td_capability_describe(nullptr, 3), TD_STATUS_NULL_ARGUMENT);
    EXPECT_EQ(td_capability_describe(text, 0), TD_STATUS_BAD_SIZE);
}

} // namespace
} // namespace tandem
