#include "rans/reciprocal.hpp"

#include <random>

#include <gtest/gtest.h>

namespace tandem::rans {
namespace {

std::uint64_t stepped(std::uint64_t x, std::uint64_t f, std::uint64_t start) {
    return x / f * 65536 + x % f + start;
}

// The bound of reciprocal.hpp for every frequency there is, and so for every state.
TEST(RansReciprocal, is_exact_for_every_frequency_and_state) {
    for (std::uint32_t f = 2; f < total; ++f) {
        const Symbol s = symbol_of(0, f);
        const unsigned power = 63 + s.shift + 1U;
        const Wide e = static_cast<Wide>(s.reciprocal) * f - (static_cast<Wide>(1) << power);
        ASSERT_LT(e, f);
        ASSERT_LT(e * ((std::uint64_t{1} << 63) - 1), static_cast<Wide>(1) << power) << f;
        ASSERT_EQ(s.complement, total - f);
    }
}

TEST(RansReciprocal, agrees_with_division_at_edges_and_at_random) {
    std::mt19937_64 random(11);
    for (std::uint32_t f = 1; f < total; ++f) {
        const std::uint32_t start = static_cast<std::uint32_t>(random() % (total - f + 1));
        const Symbol s = symbol_of(start, f);
        const std::uint64_t limit = std::uint64_t{f} << 47;
        const std::uint64_t low = lower_bound >> 16; // after a word was pushed
        for (const std::uint64_t x : {low, low + 1, lower_bound, limit - 1, limit - 2, limit / 2, limit - f, limit - f - 1})
            ASSERT_EQ(pushed(x, s), stepped(x, f, start)) << x << " / " << f;
        for (int i = 0; i < 24; ++i) {
            const std::uint64_t x = std::max<std::uint64_t>(1, (random() >> (random() % 40)) % limit);
            ASSERT_EQ(pushed(x, s), stepped(x, f, start)) << x << " / " << f;
            const std::uint64_t multiple = std::max<std::uint64_t>(x / f * f, f);
            ASSERT_EQ(pushed(multiple, s), stepped(multiple, f, start));
            if (multiple > 1) {
                ASSERT_EQ(pushed(multiple - 1, s), stepped(multiple - 1, f, start));
            }
        }
    }
}

} // namespace
} // namespace tandem::rans
