#include "hyper/scaling.hpp"
#include "hyper_plain_vectors.hpp"
#include "hyper_subjects.hpp"

#include <algorithm>
#include <cstdio>

namespace tandem::test {

std::vector<Subject> subjects() {
    std::vector<Subject> all;
    for (const hyper::Kernel *kernel : usable(hyper::kernels(), capability().usable))
        all.push_back({tier_name(kernel->tier), *kernel});
    hyper::Packing tiles = PlainVnni::packing;
    tiles.inputs_multiple = 64;
    tiles.tokens_multiple = 16;
    all.push_back({"plain VNNI", {0, PlainVnni::packing, hyper::blocked_hidden<PlainVnni>,
                                  hyper::blocked_last<PlainVnni>}});
    all.push_back({"plain AMX", {0, tiles, hyper::tiled_hidden<PlainVnni, PlainTiles>,
                                 hyper::tiled_last<PlainVnni, PlainTiles>}});
    all.push_back({"plain dot product", {0, PlainDotprod::packing, hyper::blocked_hidden<PlainDotprod>,
                                         hyper::blocked_last<PlainDotprod>}});
    return all;
}

namespace {

using Random = Network::Random;

std::vector<std::int32_t> random_z(Random &random, std::size_t count, bool bytes) {
    std::vector<std::int32_t> z;
    for (std::size_t i = 0; i < count; ++i)
        z.push_back(random() % 16 == 0 ? (bytes ? -128 : static_cast<std::int32_t>(random()))
                                       : Network::between(random, -128, 127));
    return z;
}

// Compares every output of some tokens with the plain restatement; returns how many.
std::size_t compare(Random &random, const Network &network, const std::vector<Subject> &all, std::size_t tokens) {
    std::vector<std::int32_t> experts;
    for (std::size_t t = 0; t < tokens; ++t)
        experts.push_back(Network::between(random, 0, network.experts() - 1));
    const auto width = static_cast<std::size_t>(network.hyper_width());
    const int z_bytes = random() % 2 == 0 ? 1 : 4;
    const std::vector<std::int32_t> z = random_z(random, tokens * width, z_bytes == 1);
    std::vector<std::int16_t> expected;
    for (std::size_t t = 0; t < tokens; ++t) {
        const auto from = z.begin() + static_cast<std::ptrdiff_t>(t * width);
        const auto row = network.plain(experts[t], {from, from + static_cast<std::ptrdiff_t>(width)});
        expected.insert(expected.end(), row.begin(), row.end());
    }
    const std::vector<unsigned char> file = network.file();
    for (const Subject &subject : all) {
        const std::vector<std::int16_t> found = Guarded(subject, file).run(experts, z, z_bytes);
        EXPECT_EQ(found, expected) << subject.name << ", " << tokens << " tokens";
    }
    return expected.size();
}

TEST(Hyper, every_tier_agrees_at_every_tail_of_every_width) {
    Random random(1);
    const std::vector<Subject> all = subjects();
    for (int width = 1; width <= 70; ++width)
        for (const auto &widths : {std::vector<int>{width, 2}, std::vector<int>{3, 2 * width},
                                   std::vector<int>{5, width, 8}, std::vector<int>{1, 37, width, 34}})
            compare(random, Network(random, 2, widths), all, static_cast<std::size_t>(width % 9));
}

TEST(Hyper, every_tier_agrees_for_every_number_of_tokens) {
    Random random(2);
    const std::vector<Subject> all = subjects();
    const Network network(random, 2, {7, 33, 20, 22});
    for (std::size_t tokens = 0; tokens <= 130; ++tokens)
        compare(random, network, all, tokens);
    compare(random, network, all, 517);
}

TEST(Hyper, every_tier_agrees_where_a_block_is_cut_into_chunks) {
    Random random(7);
    const std::vector<Subject> all = subjects();
    for (int width : {319, 320, 321, 639, 640, 641, 643, 1153, 1300, 2001})
        for (std::size_t tokens : {1U, 6U, 7U, 13U, 33U, 128U, 129U})
            compare(random, Network(random, 1, {3, width, 38}), all, tokens);
}

// The length that a run gets is in the environment: TANDEM_HYPER_OUTPUTS=100000000.
TEST(Hyper, a_million_outputs_of_random_networks_are_equal_in_every_tier) {
    const char *asked = std::getenv("TANDEM_HYPER_OUTPUTS");
    const std::size_t wanted = asked == nullptr ? 1'000'000 : std::strtoull(asked, nullptr, 10);
    std::vector<Subject> all = subjects();
    if (asked != nullptr)
        std::erase_if(all, [](const Subject &subject) { return subject.kernel.tier == 0 && subject.name != "scalar"; });
    Random random(3);
    std::size_t outputs = 0;
    for (int round = 0; outputs < wanted && !testing::Test::HasFailure(); ++round) {
        std::vector<int> widths{Network::between(random, 1, 80)};
        for (int l = Network::between(random, 0, 3); l > 0; --l)
            widths.push_back(Network::between(random, 1, 300));
        widths.push_back(2 * Network::between(random, 1, 200));
        outputs += compare(random, Network(random, Network::between(random, 1, 4), widths), all,
                           static_cast<std::size_t>(Network::between(random, 1, 130)));
    }
    EXPECT_GE(outputs, wanted);
    std::string names;
    for (const Subject &subject : all)
        names += (names.empty() ? "" : ", ") + subject.name;
    std::printf("%zu outputs compared with the plain restatement in each of: %s\n", outputs, names.c_str());
}

// Exhaustive around the limits, and random beyond: the short form of the scaling is the long one, limited.
TEST(Hyper, scaling_within_the_useful_range_is_the_definition) {
    Random random(4);
    for (int shift = 1; shift <= 47; ++shift)
        for (int round = 0; round < 400; ++round) {
            const auto m = static_cast<std::int32_t>(round < 3 ? (round == 0 ? 0 : round == 1 ? 1 : INT32_MAX)
                                                               : random() >> Network::between(random, 33, 63));
            for (const hyper::Limits limits : {hyper::hidden_limits, hyper::last_limits}) {
                const hyper::Range range = hyper::useful_range(m, shift, limits);
                ASSERT_LE(range.lowest, range.highest);
                const hyper::Scaling by = hyper::scaling(shift);
                for (std::int64_t base : {std::int64_t{range.lowest}, std::int64_t{range.highest}, std::int64_t{0},
                                          std::int64_t{static_cast<std::int32_t>(random())}})
                    for (std::int64_t acc = base - 3; acc <= base + 3; ++acc) {
                        if (acc < -INT32_MAX || acc > INT32_MAX)
                            continue;
                        std::int64_t wanted = (acc * m + (std::int64_t{1} << (shift - 1))) >> shift;
                        wanted = std::clamp(wanted, std::int64_t{limits.least}, std::int64_t{limits.most});
                        const std::int64_t near = std::clamp(acc, std::int64_t{range.lowest}, std::int64_t{range.highest});
                        const auto high = static_cast<std::uint64_t>(near * m + by.addend) >> by.shift;
                        const auto low = static_cast<std::int32_t>(static_cast<std::uint32_t>(high)
                                                                   - static_cast<std::uint32_t>(by.correction));
                        ASSERT_EQ(std::clamp(low, limits.least, limits.most), wanted)
                            << "acc " << acc << " m " << m << " s " << shift;
                    }
            }
        }
}

} // namespace
} // namespace tandem::test
