#include "cluster_fixture.hpp"

#include <cmath>

namespace tandem::test {
namespace {

Tiles make(int tiles, int tokens, int width, int clusters, int neighbours, const Way &way) {
    return {{tiles, tokens, width, clusters, neighbours, way.type, way.gram, 0}, {}};
}

// Small integers: every product and sum is exact in every type, and ties abound.
Tiles integers(Tiles tiles, int range, unsigned seed) {
    std::mt19937 random(seed);
    tiles.tokens.resize(tiles.tile_values() * static_cast<std::size_t>(tiles.shape.tiles));
    for (float &v : tiles.tokens)
        v = static_cast<float>(static_cast<int>(random() % static_cast<unsigned>(2 * range + 1)) - range);
    return tiles;
}

Tiles fractions(Tiles tiles, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> uniform(-1, 1);
    tiles.tokens.resize(tiles.tile_values() * static_cast<std::size_t>(tiles.shape.tiles));
    for (float &v : tiles.tokens)
        v = coarse(uniform(random));
    return tiles;
}

void expect_reference(const Tiles &tiles, const Answer &answer, const std::string &what, float tolerance) {
    const td_cuda_cluster_shape &shape = tiles.shape;
    for (int t = 0; t < shape.tiles; ++t) {
        const Clusters ours = answer.tile(t, shape);
        const Clusters theirs = cluster(tiles.tile(t), shape.tokens, shape.width, shape.clusters, shape.neighbours);
        EXPECT_EQ(answer.states[static_cast<std::size_t>(t)], TD_STATUS_OK) << what;
        EXPECT_EQ(ours.centres, theirs.centres) << what << ", tile " << t;
        EXPECT_EQ(ours.assignment, theirs.assignment) << what << ", tile " << t;
        EXPECT_EQ(ours.merged, theirs.merged) << what << ", tile " << t;
        for (std::size_t c = 0; c < theirs.importance.size(); ++c)
            if (std::isfinite(theirs.importance[c]))
                EXPECT_NEAR(ours.importance[c], theirs.importance[c], tolerance) << what << ", tile " << t;
            else
                EXPECT_EQ(ours.importance[c], theirs.importance[c]) << what << ", tile " << t;
    }
}

// What holds however distances were rounded.
void expect_sound(const Tiles &tiles, const Answer &answer, const std::string &what, float tolerance) {
    const td_cuda_cluster_shape &shape = tiles.shape;
    for (int t = 0; t < shape.tiles; ++t) {
        const Clusters ours = answer.tile(t, shape);
        const Clusters theirs = cluster(tiles.tile(t), shape.tokens, shape.width, shape.clusters, shape.neighbours);
        for (std::size_t c = 0; c < ours.centres.size(); ++c) {
            ASSERT_TRUE(ours.centres[c] >= 0 && ours.centres[c] < shape.tokens) << what;
            EXPECT_EQ(ours.assignment[static_cast<std::size_t>(ours.centres[c])], static_cast<std::int32_t>(c)) << what;
            EXPECT_NEAR(ours.importance[c], theirs.importance[c], tolerance) << what;
        }
        const auto apart = [&](std::int32_t i, std::int32_t j) {
            return mean_square(tiles.tile(t) + i * shape.width, tiles.tile(t) + j * shape.width, shape.width);
        };
        for (std::int32_t i = 0; i < shape.tokens; ++i) {
            const std::int32_t mine = ours.assignment[static_cast<std::size_t>(i)];
            ASSERT_TRUE(mine >= 0 && mine < shape.clusters) << what;
            for (const std::int32_t centre : ours.centres)
                EXPECT_LE(apart(i, ours.centres[static_cast<std::size_t>(mine)]), apart(i, centre) + tolerance) << what;
        }
        EXPECT_EQ(ours.merged, means_of(tiles.tile(t), ours.assignment, shape.width, shape.clusters)) << what;
    }
}

// The worked example that every clusterer must give, moved to numbers that float32 holds, so that its ties are ties.
TEST(CudaCluster, reproduces_the_worked_example) {
    TANDEM_NEEDS_DEVICE();
    for (const Way &way : ways) {
        Tiles tiles = make(1, 8, 2, 3, 3, way);
        tiles.tokens = {0, 0, .25F, 0, 0, .25F, .25F, .25F, 3, 3, 3.125F, 3, 3, 3.25F, 6, 0};
        const Answer answer = run(tiles);
        EXPECT_EQ(answer.centres, (std::vector<std::int32_t>{4, 0, 1})) << way.name;
        EXPECT_EQ(answer.assignment, (std::vector<std::int32_t>{1, 2, 1, 2, 0, 0, 0, 0})) << way.name;
        EXPECT_EQ(answer.merged, (std::vector<float>{3.78125F, 2.3125F, 0, .125F, .25F, .125F})) << way.name;
        expect_reference(tiles, answer, way.name, 1e-6F);
    }
}

TEST(CudaCluster, equals_the_reference_where_arithmetic_is_exact) {
    TANDEM_NEEDS_DEVICE();
    for (const Way &way : ways) {
        for (const int n : {1, 2, 3, 5, 31, 32, 33, 63, 64, 65, 127, 128, 129, 200}) {
            const int width = 1 + n % 5 * 9;
            const Tiles tiles = integers(make(1 + n % 2, n, width, std::min(n, 16), 5, way), 7, static_cast<unsigned>(n));
            expect_reference(tiles, run(tiles), words(tiles.shape, way), 2e-6F);
        }
        for (const int width : {2, 4, 5, 6, 7, 9, 15, 16, 31, 32, 33, 48, 63, 64, 65, 95, 96, 97, 130}) {
            const Tiles tiles = integers(make(1, 70, width, 9, 4, way), 9, static_cast<unsigned>(width));
            expect_reference(tiles, run(tiles), words(tiles.shape, way), 2e-6F);
        }
    }
}

TEST(CudaCluster, equals_the_reference_for_every_count_of_neighbours_and_clusters) {
    TANDEM_NEEDS_DEVICE();
    for (const Way &way : ways) {
        for (const int k : {1, 2, 7, 8, 9, 16, 31, 32}) {
            const Tiles tiles = integers(make(1, 100, 24, 12, k, way), 5, static_cast<unsigned>(k));
            expect_reference(tiles, run(tiles), words(tiles.shape, way), 4e-6F);
        }
        const Tiles more_than_tokens = integers(make(2, 30, 8, 4, 1000, way), 5, 3);
        expect_reference(more_than_tokens, run(more_than_tokens), words(more_than_tokens.shape, way), 4e-6F);
        for (const int clusters : {1, 2, 33, 90}) {
            const Tiles tiles = integers(make(1, 90, 12, clusters, 5, way), 6, static_cast<unsigned>(clusters));
            expect_reference(tiles, run(tiles), words(tiles.shape, way), 2e-6F);
        }
    }
}

TEST(CudaCluster, reads_tokens_at_any_alignment_of_their_type) {
    TANDEM_NEEDS_DEVICE();
    for (const Way &way : ways)
        for (const std::size_t skip : {1U, 2U, 3U}) {
            const Tiles tiles = integers(make(2, 67, 32, 8, 5, way), 8, 5);
            expect_reference(tiles, run(tiles, skip), words(tiles.shape, way), 2e-6F);
        }
}

TEST(CudaCluster, agrees_with_the_reference_on_fractions) {
    TANDEM_NEEDS_DEVICE();
    for (const Way &way : ways)
        for (const int n : {40, 129}) {
            const Tiles tiles = fractions(make(2, n, 50, 12, 5, way), static_cast<unsigned>(n));
            const Answer answer = run(tiles);
            expect_sound(tiles, answer, words(tiles.shape, way), 1e-4F);
            if (way.gram == TD_CUDA_GRAM_FP32)
                expect_reference(tiles, answer, words(tiles.shape, way), 1e-5F);
        }
}

TEST(CudaCluster, takes_the_lower_index_when_all_tokens_are_equal) {
    TANDEM_NEEDS_DEVICE();
    for (const Way &way : ways) {
        Tiles tiles = fractions(make(1, 1, 75, 1, 5, way), 9); // one token of awkward fractions, repeated
        const std::vector<float> token = tiles.tokens;
        tiles.shape.tokens = 140;
        tiles.shape.clusters = 4;
        for (int i = 1; i < 140; ++i)
            tiles.tokens.insert(tiles.tokens.end(), token.begin(), token.end());
        const Answer answer = run(tiles);
        EXPECT_EQ(answer.centres, (std::vector<std::int32_t>{0, 1, 2, 3})) << way.name;
        for (std::size_t i = 0; i < 140; ++i)
            EXPECT_EQ(answer.assignment[i], i < 4 ? static_cast<std::int32_t>(i) : 0) << way.name;
        for (const float v : answer.importance)
            EXPECT_EQ(v, -std::numeric_limits<float>::infinity()) << way.name;
    }
}

TEST(CudaCluster, reports_a_tile_with_values_it_cannot_use_and_finishes_the_others) {
    TANDEM_NEEDS_DEVICE();
    for (const Way &way : ways) {
        const Tiles good = integers(make(3, 70, 20, 6, 5, way), 5, 8);
        const Answer expected = run(good);
        const float infinity = std::numeric_limits<float>::infinity();
        for (const float bad : {std::numeric_limits<float>::quiet_NaN(), infinity, -infinity}) {
            Tiles tiles = good;
            tiles.tokens[2 * tiles.tile_values() - 1] = bad;
            const Answer answer = run(tiles);
            EXPECT_EQ(answer.states, (std::vector<std::int32_t>{TD_STATUS_OK, TD_STATUS_OUT_OF_RANGE, TD_STATUS_OK}));
            for (const int t : {0, 2})
                EXPECT_EQ(answer.tile(t, tiles.shape).assignment, expected.tile(t, tiles.shape).assignment);
            for (const std::int32_t centre : answer.centres)
                EXPECT_TRUE(centre >= 0 && centre < 70);
            for (const std::int32_t c : answer.assignment)
                EXPECT_TRUE(c >= 0 && c < 6);
        }
    }
    Tiles huge = integers(make(1, 20, 4, 3, 5, ways[0]), 5, 8);
    huge.tokens[7] = 3e38F;
    EXPECT_EQ(run(huge).states[0], TD_STATUS_OUT_OF_RANGE);
}

TEST(CudaCluster, refuses_what_it_cannot_run_before_it_launches) {
    td_cuda_cluster_shape shape{1, 10, 4, 3, 5, TD_CUDA_FLOAT32, TD_CUDA_GRAM_FP32, 0};
    std::uint64_t bytes = 0;
    ASSERT_EQ(td_cuda_cluster_workspace(&shape, &bytes), TD_STATUS_OK);
    EXPECT_EQ(td_cuda_cluster_workspace(nullptr, &bytes), TD_STATUS_NULL_ARGUMENT);
    EXPECT_EQ(td_cuda_cluster_workspace(&shape, nullptr), TD_STATUS_NULL_ARGUMENT);
    const auto refused = [&](auto change) {
        td_cuda_cluster_shape other = shape;
        change(other);
        return td_cuda_cluster_workspace(&other, &bytes);
    };
    EXPECT_EQ(refused([](auto &s) { s.tiles = 0; }), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(refused([](auto &s) { s.tiles = 65536; }), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(refused([](auto &s) { s.tokens = 4097; }), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(refused([](auto &s) { s.width = 0; }), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(refused([](auto &s) { s.clusters = 11; }), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(refused([](auto &s) { s.clusters = 0; }), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(refused([](auto &s) { s.neighbours = 0; }), TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(refused([](auto &s) { s.tokens = s.neighbours = 33; }), TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(refused([](auto &s) { s.type = 3; }), TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(refused([](auto &s) { s.gram = 2; }), TD_STATUS_OUT_OF_RANGE);
    alignas(256) static unsigned char memory[512];
    td_cuda_launch launch{nullptr, memory, bytes - 1, 0, 0};
    float values[1] = {};
    std::int32_t ids[1] = {};
    EXPECT_EQ(td_cuda_cluster(&launch, &shape, values, ids, ids, values, values, ids), TD_STATUS_BUFFER_TOO_SMALL);
    launch = {nullptr, memory + 1, bytes, 0, 0};
    EXPECT_EQ(td_cuda_cluster(&launch, &shape, values, ids, ids, values, values, ids), TD_STATUS_OUT_OF_RANGE);
    launch = {nullptr, memory, bytes, 0, 0};
    EXPECT_EQ(td_cuda_cluster(&launch, &shape, nullptr, ids, ids, values, values, ids), TD_STATUS_NULL_ARGUMENT);
    EXPECT_EQ(td_cuda_cluster(nullptr, &shape, values, ids, ids, values, values, ids), TD_STATUS_NULL_ARGUMENT);
}

#if !defined(TANDEM_SIMULATED)
TEST(CudaCluster, holds_at_full_size) {
    TANDEM_NEEDS_DEVICE();
    for (const Way &way : ways)
        for (const auto &[n, width] : {std::pair{576, 1024}, {729, 1152}, {1024, 64}, {4096, 33}}) {
            const Tiles tiles = fractions(make(n > 1000 ? 1 : 7, n, width, 16, 5, way), 4);
            expect_sound(tiles, run(tiles), words(tiles.shape, way), 1e-3F);
        }
}
#endif

} // namespace
} // namespace tandem::test
