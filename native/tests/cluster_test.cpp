#include "cluster/dpc_knn.hpp"
#include "cluster_reference.hpp"
#include "guard_page.hpp"

#include <cstring>
#include <string>

#include <gtest/gtest.h>
#include <tandem/cluster.h>

namespace tandem {
namespace {

using cluster::Kernels;
using test::Clustering;
using test::normal_tokens;
using test::plain_dpc_knn;
using Tier = Tiered<const Kernels>;

constexpr float infinity = std::numeric_limits<float>::infinity();

std::vector<Tier> tiers() {
    std::vector<Tier> all;
    for (const Tier &tier : cluster::all_kernels())
        if (runs_at(tier.tier, probe_capability().usable))
            all.push_back(tier);
    return all;
}

struct Outcome {
    td_status status;
    std::int64_t where;
    Clustering clusters;
};

// The workspace starts as garbage, and ends at an unreadable page.
Outcome run(const Kernels &kernels, const std::vector<float> &x, std::size_t n, std::size_t width, std::size_t clusters,
            std::size_t neighbours, bool bf16 = false) {
    const cluster::Problem problem{x.data(), n, width, clusters, std::min(neighbours, n), bf16};
    const std::size_t bytes = workspace_bytes(kernels, problem);
    const test::GuardPage guard(bytes);
    std::memset(guard.last(bytes), 0xFF, bytes);
    Clustering c{std::vector<std::int32_t>(clusters), std::vector<std::int32_t>(n),
                 std::vector<float>(clusters * width), std::vector<float>(clusters)};
    cluster::Result result{c.centres.data(), c.assignment.data(), c.merged.data(), c.importance.data(), 0};
    const td_status status = dpc_knn(kernels, problem, guard.last(bytes), result);
    return {status, result.where, c};
}

void expect_near(const std::vector<float> &found, const std::vector<float> &wanted, float tolerance) {
    ASSERT_EQ(found.size(), wanted.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        const float most = tolerance * std::max(1.0F, std::fabs(wanted[i]));
        ASSERT_TRUE(found[i] == wanted[i] || std::fabs(found[i] - wanted[i]) <= most) // both may be infinite
            << found[i] << " for " << wanted[i] << " at " << i;
    }
}

class ClusterTiers : public testing::TestWithParam<Tier> {
protected:
    const Kernels &kernels() const { return *GetParam().run; }

    void expect_as_plain(const std::vector<float> &x, std::size_t n, std::size_t width, std::size_t clusters,
                         std::size_t neighbours) const {
        const Outcome mine = run(kernels(), x, n, width, clusters, neighbours);
        ASSERT_EQ(mine.status, TD_STATUS_OK);
        const Clustering plain = plain_dpc_knn(x, n, width, clusters, neighbours);
        ASSERT_EQ(mine.clusters.centres, plain.centres);
        ASSERT_EQ(mine.clusters.assignment, plain.assignment);
        expect_near(mine.clusters.merged, plain.merged, 1e-6F);
        expect_near(mine.clusters.importance, plain.importance, 1e-5F);
    }
};

TEST_P(ClusterTiers, reproduce_the_vector_of_part_b) {
    const std::vector<float> x{0, 0, .2F, 0, 0, .2F, .2F, .2F, 3, 3, 3.1F, 3, 3, 3.2F, 6, 0};
    const Outcome mine = run(kernels(), x, 8, 2, 3, 3);
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
        auto x = test::separated_tokens(150, 64, 12, .3F, seed);
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
        const Clustering straight = run(kernels(), x, n, width, 9, 5, bf16).clusters;
        for (int turn = 0; turn < 10; ++turn) {
            std::vector<std::int32_t> order(n);
            std::iota(order.begin(), order.end(), 0);
            std::shuffle(order.begin(), order.end(), random);
            std::vector<float> shuffled;
            for (const std::int32_t i : order)
                shuffled.insert(shuffled.end(), x.begin() + i * std::ptrdiff_t{width},
                                x.begin() + (i + 1) * std::ptrdiff_t{width});
            const Clustering other = run(kernels(), shuffled, n, width, 9, 5, bf16).clusters;
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
        const Clustering c = run(kernels(), same, 40, width, 4, 5).clusters;
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
        v = std::round(v * 8) / 8; // 8 bits are enough for each, less any centre of theirs they need more
    const Clustering exact = run(kernels(), x, 90, 70, 10, 5).clusters;
    const Clustering rounded = run(kernels(), x, 90, 70, 10, 5, true).clusters;
    for (std::size_t c = 0; c < 10; ++c)
        EXPECT_NEAR(rounded.importance[c], exact.importance[c], 0.02F);
    const auto apart = test::separated_tokens(150, 64, 12, .3F, 1);
    EXPECT_EQ(run(kernels(), apart, 150, 64, 12, 5, true).clusters.centres,
              run(kernels(), apart, 150, 64, 12, 5).clusters.centres);
}

TEST_P(ClusterTiers, say_where_a_value_is_not_finite) {
    for (const float bad : {infinity, -infinity, std::numeric_limits<float>::quiet_NaN()})
        for (std::size_t at : {0U, 7U, 30U * 11U - 1U}) {
            auto x = normal_tokens(30, 11, 2);
            x[at] = bad;
            x.back() = bad;
            const Outcome mine = run(kernels(), x, 30, 11, 3, 5);
            EXPECT_EQ(mine.status, TD_STATUS_OUT_OF_RANGE);
            EXPECT_EQ(mine.where, static_cast<std::int64_t>(at));
        }
}

TEST_P(ClusterTiers, refuse_distances_that_overflow_and_only_those) {
    auto x = normal_tokens(30, 11, 2);
    x[5] = 3e38F;
    EXPECT_EQ(run(kernels(), x, 30, 11, 3, 5).status, TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(run(kernels(), x, 30, 11, 3, 5).where, -1);
    // Two points 1.8e19 apart: 3.2e38 is finite, the sum of the squared norms about their centre is too, about 0 it is not.
    EXPECT_EQ(run(kernels(), {1.8e19F, 1.8e19F, 0, 1.8e19F}, 2, 2, 1, 1).status, TD_STATUS_OK);
    // Many on one side: the other's squared norm about the centre, and twice the product, come near the limit.
    std::vector<float> lopsided(40, 9e18F);
    lopsided[17] = -9e18F;
    const Outcome mine = run(kernels(), lopsided, 40, 1, 2, 2);
    ASSERT_EQ(mine.status, TD_STATUS_OK);
    EXPECT_EQ(mine.clusters.centres, (std::vector<std::int32_t>{0, 17}));
}

TEST_P(ClusterTiers, read_and_write_nothing_past_the_end) {
    for (std::size_t n : {1U, 2U, 7U, 8U, 23U, 24U, 25U, 31U, 33U})
        for (std::size_t width = 1; width <= 35; ++width) {
            const std::size_t clusters = (n + 1) / 2;
            const auto x = normal_tokens(n, width, n * 100 + width);
            const auto bytes = [](std::size_t count) { return count * sizeof(float); };
            const test::GuardPage tokens(bytes(x.size())), centres(bytes(clusters)), assignment(bytes(n)),
                merged(bytes(clusters * width)), importance(bytes(clusters));
            std::memcpy(tokens.last(bytes(x.size())), x.data(), bytes(x.size()));
            const auto floats = [&](const test::GuardPage &page, std::size_t count) {
                return reinterpret_cast<float *>(page.last(bytes(count)));
            };
            const auto ints = [&](const test::GuardPage &page, std::size_t count) {
                return reinterpret_cast<std::int32_t *>(page.last(bytes(count)));
            };
            for (const bool bf16 : {false, true}) {
                const cluster::Problem problem{floats(tokens, x.size()), n, width, clusters, std::min<std::size_t>(5, n),
                                               bf16};
                std::vector<unsigned char> workspace(workspace_bytes(kernels(), problem) + 1);
                cluster::Result result{ints(centres, clusters), ints(assignment, n), floats(merged, clusters * width),
                                       floats(importance, clusters), 0};
                ASSERT_EQ(dpc_knn(kernels(), problem, workspace.data() + 1, result), TD_STATUS_OK);
            }
        }
}

INSTANTIATE_TEST_SUITE_P(Tiers, ClusterTiers, testing::ValuesIn(tiers()), [](const auto &tier) {
    std::string name = tier_name(tier.param.tier);
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

TEST(Cluster, checks_its_arguments) {
    const std::vector<float> x{1, 2, 3, 4, 5, 6};
    std::int32_t centres[2], assignment[3];
    float merged[4], importance[2];
    std::int64_t where = 7;
    std::size_t bytes = 0;
    ASSERT_EQ(td_dpc_knn_workspace(3, 2, 2, 5, 0, &bytes), TD_STATUS_OK);
    std::vector<unsigned char> workspace(bytes);
    const auto call = [&](std::int32_t n, std::int32_t width, std::int32_t clusters, std::int32_t neighbours,
                          std::uint32_t options, std::size_t room) {
        return td_dpc_knn(x.data(), n, width, clusters, neighbours, options, workspace.data(), room, centres, assignment,
                          merged, importance, &where);
    };
    EXPECT_EQ(call(3, 2, 2, 5, 0, bytes), TD_STATUS_OK);
    EXPECT_EQ(where, -1);
    EXPECT_EQ(call(3, 2, 2, 5, TD_CLUSTER_BF16, bytes), TD_STATUS_OK);
    EXPECT_EQ(call(3, 2, 2, 5, 2, bytes), TD_STATUS_UNSUPPORTED);
    EXPECT_EQ(call(3, 2, 2, 5, 0, bytes - 1), TD_STATUS_BUFFER_TOO_SMALL);
    EXPECT_EQ(call(0, 2, 1, 5, 0, bytes), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(call(-1, 2, 1, 5, 0, bytes), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(call(TD_CLUSTER_MOST_TOKENS + 1, 2, 1, 5, 0, bytes), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(call(3, 0, 2, 5, 0, bytes), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(call(3, 2, 0, 5, 0, bytes), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(call(3, 2, 4, 5, 0, bytes), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(call(3, 2, 2, 0, 0, bytes), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(td_dpc_knn_workspace(3, 2, 2, 5, 0, nullptr), TD_STATUS_NULL_ARGUMENT);
    EXPECT_EQ(td_dpc_knn_workspace(3, 2, 4, 5, 0, &bytes), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(td_dpc_knn(x.data(), 3, 2, 2, 5, 0, workspace.data(), bytes, centres, assignment, merged, importance,
                         nullptr),
              TD_STATUS_OK);
    EXPECT_EQ(td_dpc_knn(nullptr, 3, 2, 2, 5, 0, workspace.data(), bytes, centres, assignment, merged, importance,
                         &where),
              TD_STATUS_NULL_ARGUMENT);
    EXPECT_EQ(td_dpc_knn(x.data(), 3, 2, 2, 5, 0, nullptr, bytes, centres, assignment, merged, importance, &where),
              TD_STATUS_NULL_ARGUMENT);
}

TEST(Cluster, names_its_tier) {
    char text[64];
    EXPECT_EQ(td_dpc_knn_describe(text, sizeof text), TD_STATUS_OK);
    EXPECT_NE(std::string(text), "unknown");
}

} // namespace
} // namespace tandem
