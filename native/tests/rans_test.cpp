// Every tier of the coder against docs/bitstream.md said again (rans_spec.hpp), on seeded tables and streams.
#include "rans_cases.hpp"

#include <string>

namespace tandem::test {
namespace {

// Streams of uneven lengths, some damaged, some empty: all tiers at once and one after another.
void compare(std::mt19937_64 &random, const SpecTables &tables, std::size_t streams, std::size_t most, bool damage) {
    const Image image(tables);
    std::vector<PlainStream> cases;
    for (std::size_t s = 0; s < streams; ++s) {
        cases.push_back(random_stream(random, tables, random() % most));
        Octets &stream = cases.back().stream;
        if (damage && random() % 3 == 0)
            stream[random() % stream.size()] ^= static_cast<unsigned char>(1U << random() % 8);
        else if (damage && random() % 3 == 0)
            stream.resize(random() % stream.size());
    }
    std::vector<SpecResult> wanted;
    for (const PlainStream &c : cases)
        wanted.push_back(SpecDecoder(tables, c.stream).decode(c.rows));
    for (const rans::DecodeKernel *kernel : usable_decoders()) {
        const auto found = decode_many(*kernel, image, cases);
        for (std::size_t s = 0; s < streams; ++s) {
            expect_same(found[s], wanted[s], tier_name(kernel->tier), s);
            expect_same(decode_many(*kernel, image, {cases[s]})[0], wanted[s], "alone", s);
        }
    }
    if (damage)
        return;
    for (const rans::EncodeKernel *kernel : usable_encoders())
        for (const PlainStream &c : cases)
            ASSERT_EQ(encode_one(*kernel, image, c), c.stream) << tier_name(kernel->tier);
}

TEST(Rans, every_tier_reads_and_writes_what_the_specification_says) {
    std::mt19937_64 random(1);
    for (int round = 0; round < 60; ++round)
        compare(random, random_tables(random), 1 + random() % 40, 400, false);
}

TEST(Rans, every_tier_says_the_same_of_damaged_streams_and_spares_their_neighbours) {
    std::mt19937_64 random(2);
    for (int round = 0; round < 120; ++round)
        compare(random, random_tables(random), 1 + random() % 40, 300, true);
}

TEST(Rans, adversarial_tables) {
    std::mt19937_64 random(3);
    const SpecTables all = adversarial_tables();
    for (const SpecRow &row : all)
        compare(random, {row}, 33, 300, false);
    for (int round = 0; round < 4; ++round)
        compare(random, all, 17, 1000, round % 2 == 1);
}

TEST(Rans, many_streams_of_one_length_and_of_none) {
    std::mt19937_64 random(4);
    const SpecTables tables = random_tables(random);
    const Image image(tables);
    for (const std::size_t streams : {1U, 2U, 3U, 4U, 5U, 7U, 8U, 9U, 15U, 16U, 17U, 31U, 32U, 33U, 50U})
        for (const std::size_t count : {0U, 1U, 7U, 8U, 9U, 64U, 100U}) {
            std::vector<PlainStream> cases;
            for (std::size_t s = 0; s < streams; ++s)
                cases.push_back(random_stream(random, tables, count));
            for (const rans::DecodeKernel *kernel : usable_decoders())
                for (std::size_t s = 0; const SpecResult &r : decode_many(*kernel, image, cases)) {
                    ASSERT_EQ(r.reason, TD_RANS_FINE);
                    ASSERT_EQ(r.values, cases[s++].values) << tier_name(kernel->tier) << " " << streams << " " << count;
                }
        }
}

TEST(Rans, a_stream_is_read_in_stages) {
    std::mt19937_64 random(5);
    const SpecTables tables = random_tables(random);
    const Image image(tables);
    const PlainStream c = random_stream(random, tables, 500);
    td_rans_decoder decoder;
    std::vector<std::int32_t> values(500);
    ASSERT_EQ(td_rans_begin(&decoder, c.stream.data(), c.stream.size()), TD_STATUS_OK);
    for (std::size_t from = 0; from < 500; from += 125)
        ASSERT_EQ(td_rans_get(image.get(), &decoder, c.rows.data() + from, values.data() + from, 125), TD_STATUS_OK);
    EXPECT_EQ(td_rans_end(&decoder), TD_STATUS_OK);
    EXPECT_EQ(values, c.values);
}

TEST(Rans, every_truncation_and_every_flipped_bit) {
    std::mt19937_64 random(6);
    for (int round = 0; round < 6; ++round) {
        const SpecTables tables = random_tables(random);
        const Image image(tables);
        const PlainStream whole = random_stream(random, tables, 20 + random() % 60);
        std::vector<PlainStream> cases;
        for (std::size_t bytes = 0; bytes < whole.stream.size(); ++bytes) {
            cases.push_back(whole);
            cases.back().stream.resize(bytes);
        }
        for (std::size_t bit = 0; bit < whole.stream.size() * 8; ++bit) {
            cases.push_back(whole);
            cases.back().stream[bit / 8] ^= static_cast<unsigned char>(1U << bit % 8);
        }
        for (const rans::DecodeKernel *kernel : usable_decoders()) {
            const auto found = decode_many(*kernel, image, cases);
            for (std::size_t s = 0; s < cases.size(); ++s)
                expect_same(found[s], SpecDecoder(tables, cases[s].stream).decode(cases[s].rows),
                            tier_name(kernel->tier), s);
        }
    }
}

TEST(Rans, interleaved_encoders_give_each_its_own_bytes_and_status) {
    std::mt19937_64 random(7);
    const SpecTables tables = random_tables(random);
    const Image image(tables);
    for (const rans::EncodeKernel *kernel : usable_encoders())
        for (std::size_t streams = 1; streams < 12; ++streams) {
            std::vector<PlainStream> cases;
            std::vector<Octets> out;
            std::vector<td_rans_write> writes;
            for (std::size_t s = 0; s < streams; ++s) {
                cases.push_back(random_stream(random, tables, random() % 200));
                out.emplace_back(td_rans_stream_bound(cases[s].values.size()));
            }
            for (std::size_t s = 0; s < streams; ++s)
                writes.push_back({cases[s].rows.data(), cases[s].values.data(), cases[s].values.size(), out[s].data(),
                                  out[s].size(), 0, 0, 0, 0});
            const std::size_t odd = random() % streams;
            if (!cases[odd].values.empty())
                cases[odd].values[cases[odd].values.size() / 2] = 1 << 30;
            const bool bad = !cases[odd].values.empty();
            EXPECT_EQ(rans::encode(*kernel, image.tables(), writes.data(), streams),
                      bad ? TD_STATUS_OUT_OF_RANGE : TD_STATUS_OK);
            for (std::size_t s = 0; s < streams; ++s) {
                if (bad && s == odd) {
                    EXPECT_EQ(writes[s].status, TD_STATUS_OUT_OF_RANGE);
                    EXPECT_EQ(writes[s].bad, cases[s].values.size() / 2);
                    continue;
                }
                ASSERT_EQ(writes[s].status, TD_STATUS_OK);
                out[s].resize(writes[s].bytes);
                ASSERT_EQ(out[s], cases[s].stream) << s << " of " << streams;
            }
        }
}

} // namespace
} // namespace tandem::test
