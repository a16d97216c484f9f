// The clustering of every tier against its plain restatement.
#include "cluster_tiers.hpp"

namespace tandem::test {
namespace {

void expect_near(const std::vector<float> &found, const std::vector<float> &wanted, float tolerance) {
    ASSERT_EQ(found.size(), wanted.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        const float most = tolerance * std::max(1.0F, std::fabs(wanted[i]));
        ASSERT_TRUE(found[i] == wanted[i] || std::fabs(found[i] - wanted[i]) <= most) // both may be infinite
            << found[i] << " for " << wanted[i] << " at " << i;
    }
}

class ClusterTiers : public ClusterTest {
protected:
    void expect_as_plain(const std::vector<float> &x, std::size_t n, std::size_t width, std::size_t clusters,
                         std::size_t neighbours) const {
        const Outcome mine = run(kernel(), x, n, width, clusters, neighbours);
        ASSERT_EQ(mine.status, TD_STATUS_OK);
        const Clustering plain = plain_dpc_knn(x, n, width, clusters, neighbours);
        ASSERT_EQ(mine.clusters.centres, plain.centres);
        ASSERT_EQ(mine.clusters.assignment, plain.assignment);
        expect_near(mine.clusters.merged, plain.merged, 1e-6F);
        expect_near(mine.clusters.importance, plain.importance, 1e-5F);
    }
};

TEST_P(ClusterTiers, reproduce_the_worked_example) {
    const std::vector<float> x{0, 0, .2F, 0, 0, .2F, .2F, .2F, 3, 3, 3.1F, 3, 3, 3.2F, 6, 0};
    const Outcome mine = run(kernel(), x, 8, 2, 3, 3);
    EXPECT_EQ(mine.clusters.centres, (std::vector<std::int32_t>{4, 0, 1}));
    EXPECT_EQ(mine.clusters.assignment, (std::vector<std::int32_t>{1, 2, 1, 2, 0, 0, 0, 0}));
    expect_near(mine.clusters.merged, {3.775F, 2.3F, 0, .1F, .2F, .1F}, 1e-6F);
    const float gamma[] = {.991701F * 4.244997F, .986755F * 3, .986755F * .141421F};
    for (std::size_t c = 0; c < 3; ++c)
        EXPECT_NEAR(std::exp(mine.clusters.importance[c]), gamma[c], 1e-5F);
}

TEST_P(ClusterTiers, agree_with_the_plain_one_at_every_count_of_tokens) {
    for (std::size_t n = 1; n <= 100; ++n)
        expect_as_plain(normal_tokens(n, 13, n), n, 13, std::min<std::size_t>(n, 7), 4);
}

TEST_P(ClusterTiers, agree_with_the_plain_one_at_every_width) {
    for (std::size_t width = 1; width <= 70; ++width)
        expect_as_plain(normal_tokens(37, width, width), 37, width, 5, 5);
    for (std::size_t width : {127U, 128U, 129U, 255U, 256U, 257U, 511U, 513U, 545U, 1100U})
        expect_as_plain(normal_tokens(50, width, width), 50, width, 5, 5);
}

TEST_P(ClusterTiers, agree_with_the_plain_one_for_any_number_of_neighbours_and_clusters) {
    const auto x = normal_tokens(60, 9, 3);
    for (std::size_t k : {1U, 2U, 3U, 8U, 15U, 16U, 17U, 18U, 59U, 60U, 61U, 1000U})
        expect_as_plain(x, 60, 9, 8, k);
    for (std::size_t clusters : {1U, 2U, 59U, 60U})
        expect_as_plain(x, 60, 9, clusters, 5);
}

TEST_P(ClusterTiers, agree_exactly_on_separated_groups_near_and_far_from_the_origin) {
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        auto x = separated_tokens(150, 64, 12, .3F, seed);
        expect_as_plain(x, 150, 64, 12, 5);
        for (float &v : x)
            v += 2000;
        expect_as_plain(x, 150, 64, 12, 5);
    }
}

TEST_P(ClusterTiers, do_not_depend_on_the_order_of_tokens) {
    constexpr std::size_t n = 77;
    constexpr std::size_t width = 150;
    const auto x = normal_tokens(n, width, 5);
    std::mt19937_64 random(6);
    for (const bool bf16 : {false, true}) {
        const Clustering straight = run(kernel(), x, n, width, 9, 5, bf16).clusters;
        for (int turn = 0; turn < 10; ++turn) {
            std::vector<std::int32_t> order(n);
            std::iota(order.begin(), order.end(), 0);
            std::shuffle(order.begin(), order.end(), random);
            std::vector<float> shuffled;
            for (const std::int32_t i : order)
                shuffled.insert(shuffled.end(), x.begin() + i * std::ptrdiff_t{width},
                                x.begin() + (i + 1) * std::ptrdiff_t{width});
            const Clustering other = run(kernel(), shuffled, n, width, 9, 5, bf16).clusters;
            EXPECT_EQ(other.importance, straight.importance);
            for (std::size_t c = 0; c < 9; ++c)
                EXPECT_EQ(order[static_cast<std::size_t>(other.centres[c])], straight.centres[c]);
            for (std::size_t i = 0; i < n; ++i)
                EXPECT_EQ(other.assignment[i], straight.assignment[static_cast<std::size_t>(order[i])]);
        }
    }
}

TEST_P(ClusterTiers, take_equal_tokens_as_one_point) {
    for (std::size_t width : {1U, 3U, 200U}) {
        const std::vector<float> same(40 * width, 1.5F);
        const Clustering c = run(kernel(), same, 40, width, 4, 5).clusters;
        EXPECT_EQ(c.centres, (std::vector<std::int32_t>{0, 1, 2, 3}));
        for (std::size_t i = 0; i < 40; ++i)
            EXPECT_EQ(c.assignment[i], i < 4 ? static_cast<std::int32_t>(i) : 0);
        EXPECT_EQ(c.merged, std::vector<float>(4 * width, 1.5F));
        EXPECT_EQ(c.importance, std::vector<float>(4, -infinity));
    }
    auto doubled = normal_tokens(30, 50, 8);
    doubled.insert(doubled.end(), doubled.begin(), doubled.end());
    expect_as_plain(doubled, 60, 50, 60, 2);
    expect_as_plain(doubled, 60, 50, 9, 4);
    expect_as_plain({0, 0, 0, 5, 5}, 5, 1, 5, 2);
    expect_as_plain({3, 4}, 1, 2, 1, 5);
}

TEST_P(ClusterTiers, keep_the_density_of_tokens_far_apart) {
    auto x = normal_tokens(30, 16, 4);
    for (float &v : x)
        v *= 1000;
    expect_as_plain(x, 30, 16, 5, 5);
}

TEST_P(ClusterTiers, cluster_rounded_tokens_on_request) {
    auto x = normal_tokens(90, 70, 9);
    for (float &v : x)
        v = std::round(v * 8) / 8;
    const Clustering exact = run(kernel(), x, 90, 70, 10, 5).clusters;
    const Clustering rounded = run(kernel(), x, 90, 70, 10, 5, true).clusters;
    for (std::size_t c = 0; c < 10; ++c)
        EXPECT_NEAR(rounded.importance[c], exact.importance[c], 0.02F);
    const auto apart = separated_tokens(150, 64, 12, .3F, 1);
    EXPECT_EQ(run(kernel(), apart, 150, 64, 12, 5, true).clusters.centres,
              run(kernel(), apart, 150, 64, 12, 5).clusters.centres);
}

INSTANTIATE_TEST_SUITE_P(Tiers, ClusterTiers, testing::ValuesIn(tiers()), name_of);

} // namespace
} // namespace tandem::test
