// Memory that ends at an unreadable page: streams, rows, values, files and images at every tail, on every tier.
#include "rans_cases.hpp"

#include "guard_page.hpp"

#include <list>

namespace tandem::test {
namespace {

TEST(RansGuard, no_tier_touches_a_byte_beyond_streams_rows_or_values) {
    std::mt19937_64 random(8);
    const SpecTables tables = random_tables(random);
    const Image image(tables);
    for (std::size_t count = 0; count < 40; ++count) {
        std::vector<PlainStream> cases;
        std::list<GuardPage> pages;
        std::vector<td_rans_decoder> decoders(19);
        for (std::size_t s = 0; s < decoders.size(); ++s) {
            cases.push_back(random_stream(random, tables, s % 3 == 0 ? random() % 40 : count));
            if (s % 5 == 4)
                cases.back().stream.resize(cases.back().stream.size() / 2 / 4 * 4);
        }
        for (const rans::DecodeKernel *kernel : usable_decoders()) {
            std::vector<td_rans_read> reads;
            for (std::size_t s = 0; s < decoders.size(); ++s) {
                const auto copy = [&](const void *from, std::size_t bytes) {
                    unsigned char *to = pages.emplace_back(bytes + 1).last(bytes);
                    if (bytes > 0)
                        std::memcpy(to, from, bytes);
                    return to;
                };
                const PlainStream &c = cases[s];
                td_rans_begin(&decoders[s], copy(c.stream.data(), c.stream.size()), c.stream.size());
                reads.push_back({reinterpret_cast<std::uint16_t *>(copy(c.rows.data(), 2 * c.rows.size())),
                                 reinterpret_cast<std::int32_t *>(copy(c.values.data(), 4 * c.rows.size())),
                                 c.rows.size()});
            }
            rans::get_many(*kernel, image.tables(), decoders.data(), reads.data(), decoders.size());
            for (std::size_t s = 0; s < decoders.size(); ++s) {
                td_rans_end(&decoders[s]);
                const SpecResult wanted = SpecDecoder(tables, cases[s].stream).decode(cases[s].rows);
                ASSERT_EQ(decoders[s].fault.reason, wanted.reason) << tier_name(kernel->tier);
                if (wanted.reason == TD_RANS_FINE) {
                    ASSERT_EQ(std::vector<std::int32_t>(reads[s].values, reads[s].values + reads[s].count),
                              wanted.values);
                }
            }
            pages.clear();
        }
    }
}

TEST(RansGuard, an_image_takes_exactly_its_bytes_and_may_be_moved) {
    std::mt19937_64 random(9);
    for (int round = 0; round < 30; ++round) {
        const SpecTables tables = round == 0 ? adversarial_tables() : random_tables(random);
        const Octets file = tables_file(tables);
        const GuardPage file_page(file.size());
        unsigned char *at = file_page.last(file.size());
        std::memcpy(at, file.data(), file.size());
        td_rans_fault fault;
        std::size_t bytes = 0;
        ASSERT_EQ(td_rans_image_bytes(at, file.size(), &bytes, &fault), TD_STATUS_OK);
        ASSERT_EQ(bytes % 64, 0U);
        const GuardPage image_page(bytes);
        unsigned char *image = image_page.last(bytes);
        EXPECT_EQ(td_rans_prepare(at, file.size(), image, bytes - 1, &fault), TD_STATUS_BUFFER_TOO_SMALL);
        EXPECT_EQ(td_rans_prepare(at, file.size(), image + 4, bytes - 4, &fault), TD_STATUS_OUT_OF_RANGE);
        ASSERT_EQ(td_rans_prepare(at, file.size(), image, bytes, &fault), TD_STATUS_OK);
        const Image other(tables);
        ASSERT_EQ(other.bytes(), bytes);
        EXPECT_EQ(std::memcmp(image, other.get(), bytes), 0);

        const PlainStream c = random_stream(random, tables, 300);
        std::vector<std::int32_t> values(300);
        td_rans_decoder d;
        td_rans_begin(&d, c.stream.data(), c.stream.size());
        EXPECT_EQ(td_rans_get(image, &d, c.rows.data(), values.data(), 300), TD_STATUS_OK);
        EXPECT_EQ(td_rans_end(&d), TD_STATUS_OK);
        EXPECT_EQ(values, c.values);
    }
}

TEST(RansGuard, an_encoder_stays_within_its_bound) {
    std::mt19937_64 random(10);
    // Every value an escape of the greatest size behind a symbol of frequency 1: the most bits that there are.
    SpecRow row{{0, 65535, 65536}, 0};
    const Image image({row});
    for (std::size_t count = 0; count < 200; ++count) {
        const std::vector<std::uint16_t> rows(count, 0);
        const std::vector<std::int32_t> values(count, (1 << 27) - 1);
        const std::size_t bound = td_rans_stream_bound(count);
        const GuardPage page(bound);
        for (const rans::EncodeKernel *kernel : usable_encoders()) {
            td_rans_write w{rows.data(), values.data(), count, page.last(bound), bound, 0, 0, 0, 0};
            ASSERT_EQ(rans::encode(*kernel, image.tables(), &w, 1), TD_STATUS_OK);
            const Octets wanted = spec_encode({row}, rows, values);
            ASSERT_EQ(Octets(page.last(bound), page.last(bound) + w.bytes), wanted);
            ASSERT_LE(w.bytes + 4, bound);
        }
    }
}

} // namespace
} // namespace tandem::test
