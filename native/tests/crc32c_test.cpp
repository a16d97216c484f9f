#include "crc32c.hpp"
#include "guard_page.hpp"

#include <cstring>
#include <random>
#include <vector>

#include <gtest/gtest.h>
#include <tandem/crc32c.h>

namespace tandem {
namespace {

constexpr std::uint64_t seed = 20;

// Bit by bit, straight from the definition.
std::uint32_t by_definition(std::uint32_t state, const unsigned char *data, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) {
        state ^= data[i];
        for (int bit = 0; bit < 8; ++bit)
            state = (state >> 1) ^ ((state & 1U) != 0 ? 0x82F63B78U : 0U);
    }
    return state;
}

std::vector<Crc32cTier> tiers() {
    std::vector<Crc32cTier> all{{"table", crc32c_table}};
    if (crc32c_hardware().update != nullptr)
        all.push_back(crc32c_hardware());
    return all;
}

std::vector<unsigned char> noise(std::size_t bytes) {
    std::mt19937_64 random(seed);
    std::vector<unsigned char> data(bytes);
    for (auto &byte : data)
        byte = static_cast<unsigned char>(random());
    return data;
}

TEST(Crc32c, gives_the_check_values_of_rfc_3720) {
    const unsigned char zeros[32] = {};
    unsigned char ones[32];
    std::memset(ones, 0xFF, sizeof ones);
    EXPECT_EQ(td_crc32c_update(0, "123456789", 9), 0xE3069283U);
    EXPECT_EQ(td_crc32c_update(0, zeros, sizeof zeros), 0x8A9136AAU);
    EXPECT_EQ(td_crc32c_update(0, ones, sizeof ones), 0x62A8AB43U);
    EXPECT_EQ(td_crc32c_update(0, nullptr, 0), 0U);
}

TEST(Crc32c, every_tier_reads_exactly_its_bytes_at_every_tail) {
    constexpr std::size_t most = 80;
    const test::GuardPage guard(most);
    ASSERT_TRUE(guard.ready());
    const auto data = noise(most);
    for (const Crc32cTier &tier : tiers())
        for (std::size_t bytes = 0; bytes <= most; ++bytes) {
            unsigned char *last = guard.last(bytes);
            std::memcpy(last, data.data(), bytes);
            EXPECT_EQ(tier.update(0xFFFFFFFFU, last, bytes), by_definition(0xFFFFFFFFU, last, bytes))
                << tier.name << " at " << bytes;
        }
}

TEST(Crc32c, every_tier_agrees_at_every_alignment_and_cut) {
    const auto data = noise(1000);
    for (const Crc32cTier &tier : tiers())
        for (std::size_t from = 0; from < 16; ++from)
            for (std::size_t cut = from; cut < data.size(); cut += 37) {
                const std::uint32_t first = tier.update(from == 0 ? 7U : 0U, data.data() + from, cut - from);
                EXPECT_EQ(tier.update(first, data.data() + cut, data.size() - cut),
                          by_definition(from == 0 ? 7U : 0U, data.data() + from, data.size() - from))
                    << tier.name << " from " << from << " cut at " << cut;
            }
}

} // namespace
} // namespace tandem
