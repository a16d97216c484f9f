// What the clustering refuses, and that it touches only what it was given.
#include "cluster_tiers.hpp"

#include <tandem/cluster.h>

namespace tandem::test {
namespace {

class ClusterEdges : public ClusterTest {};

TEST_P(ClusterEdges, say_where_a_value_is_not_finite) {
    for (const float bad : {infinity, -infinity, std::numeric_limits<float>::quiet_NaN()})
        for (std::size_t at : {0U, 7U, 30U * 11U - 1U}) {
            auto x = normal_tokens(30, 11, 2);
            x[at] = bad;
            x.back() = bad;
            const Outcome mine = run(kernel(), x, 30, 11, 3, 5);
            EXPECT_EQ(mine.status, TD_STATUS_OUT_OF_RANGE);
            EXPECT_EQ(mine.where, static_cast<std::int64_t>(at));
        }
}

TEST_P(ClusterEdges, refuse_distances_that_overflow_and_only_those) {
    auto x = normal_tokens(30, 11, 2);
    x[5] = 3e38F;
    EXPECT_EQ(run(kernel(), x, 30, 11, 3, 5).status, TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(run(kernel(), x, 30, 11, 3, 5).where, -1);
    // Two points 1.8e19 apart: 3.2e38 is finite, the sum of the squared norms about their centre is too, about 0 it is not.
    EXPECT_EQ(run(kernel(), {1.8e19F, 1.8e19F, 0, 1.8e19F}, 2, 2, 1, 1).status, TD_STATUS_OK);
    // Many on one side: the other's squared norm about the centre, and twice the product, come near the limit.
    std::vector<float> lopsided(40, 9e18F);
    lopsided[17] = -9e18F;
    const Outcome mine = run(kernel(), lopsided, 40, 1, 2, 2);
    ASSERT_EQ(mine.status, TD_STATUS_OK);
    EXPECT_EQ(mine.clusters.centres, (std::vector<std::int32_t>{0, 17}));
}

TEST_P(ClusterEdges, read_and_write_nothing_past_the_end) {
    for (std::size_t n : {1U, 2U, 7U, 8U, 23U, 24U, 25U, 31U, 33U})
        for (std::size_t width = 1; width <= 35; ++width) {
            const std::size_t clusters = (n + 1) / 2;
            const auto x = normal_tokens(n, width, n * 100 + width);
            const auto bytes = [](std::size_t count) { return count * sizeof(float); };
            const GuardPage tokens(bytes(x.size())), centres(bytes(clusters)), assignment(bytes(n)),
                merged(bytes(clusters * width)), importance(bytes(clusters));
            std::memcpy(tokens.last(bytes(x.size())), x.data(), bytes(x.size()));
            const auto floats = [&](const GuardPage &page, std::size_t count) {
                return reinterpret_cast<float *>(page.last(bytes(count)));
            };
            const auto ints = [&](const GuardPage &page, std::size_t count) {
                return reinterpret_cast<std::int32_t *>(page.last(bytes(count)));
            };
            for (const bool bf16 : {false, true}) {
                const cluster::Problem problem{floats(tokens, x.size()), n, width, clusters, std::min<std::size_t>(5, n),
                                               bf16};
                std::vector<unsigned char> workspace(workspace_bytes(kernel(), problem) + 1);
                cluster::Result result{ints(centres, clusters), ints(assignment, n), floats(merged, clusters * width),
                                       floats(importance, clusters), 0};
                ASSERT_EQ(dpc_knn(kernel(), problem, workspace.data() + 1, result), TD_STATUS_OK);
            }
        }
}

INSTANTIATE_TEST_SUITE_P(Tiers, ClusterEdges, testing::ValuesIn(tiers()), name_of);

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
} // namespace tandem::test
