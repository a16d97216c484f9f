// The vectors of docs/bitstream.md, section 10, and what the ABI says to arguments that cannot be.
#include "rans_cases.hpp"

#include <string>

namespace tandem::test {
namespace {

const SpecTables vector_tables{{{0, 6554, 19661, 45875, 58982, 65536}, -2}, {{0, 3277, 62259, 64880, 65536}, -1}};

struct Vector {
    std::vector<std::int32_t> values;
    std::vector<std::uint16_t> rows;
    const char *hex;
};

const Vector vectors[] = {
    {{0, 0, 0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 0}, "d259b708fb020000"},
    {{-2, -1, 0, 1, 0, -1, 1, 0}, {0, 0, 0, 0, 0, 0, 0, 0}, "b4021883bebe0000"},
    {{0, 2, 3, -3, 100, -100, 0, 1}, {0, 0, 0, 0, 0, 0, 0, 0}, "ff7c5f7d0100000090b53ed7428cf50f"},
    {{0, 0, -1, 5, 1, 0, -2, -1}, {0, 1, 0, 1, 0, 1, 0, 1}, "d08ed15ecbf3c20b"},
    {{0, 134217722, -134217726, 1}, {0, 0, 0, 0}, "3296bdf170020000ffffff7df7ffffdf"},
    {{0}, {0}, "6766014001000000"},
    {{}, {}, "0000008000000000"},
};

std::string hex_of(const Octets &bytes) {
    std::string text;
    for (const unsigned char b : bytes) {
        text += "0123456789abcdef"[b >> 4];
        text += "0123456789abcdef"[b & 15];
    }
    return text;
}

Octets encode(const Image &image, const PlainStream &c, td_status wanted = TD_STATUS_OK) {
    Octets stream(td_rans_stream_bound(c.values.size()));
    td_rans_write write{c.rows.data(), c.values.data(), c.values.size(), stream.data(), stream.size(), 0, 0, 0, 0};
    EXPECT_EQ(td_rans_encode(image.get(), &write, 1), wanted);
    stream.resize(write.bytes);
    return stream;
}

TEST(RansVectors, agree_byte_for_byte) {
    const Image image(vector_tables);
    for (const Vector &v : vectors) {
        EXPECT_EQ(hex_of(encode(image, {v.rows, v.values, {}})), v.hex);
        EXPECT_EQ(hex_of(spec_encode(vector_tables, v.rows, v.values)), v.hex);
        for (const rans::DecodeKernel *kernel : usable_decoders()) {
            const PlainStream c{v.rows, v.values, spec_encode(vector_tables, v.rows, v.values)};
            const std::vector<PlainStream> many(21, c);
            for (const SpecResult &r : decode_many(*kernel, image, many)) {
                EXPECT_EQ(r.reason, TD_RANS_FINE);
                EXPECT_EQ(r.values, v.values);
            }
        }
    }
}

TEST(RansVectors, values_up_to_the_escape_limit_and_none_beyond) {
    const Image image(vector_tables);
    constexpr std::int32_t most = (1 << 27) - 1 + 4 - 2;
    constexpr std::int32_t least = -(1 << 27) - 2;
    EXPECT_FALSE(encode(image, {{0, 0}, {most, least}, {}}).empty());
    for (const std::int32_t beyond : {most + 1, least - 1, INT32_MAX, INT32_MIN})
        EXPECT_TRUE(encode(image, {{0, 0}, {1, beyond}, {}}, TD_STATUS_OUT_OF_RANGE).empty()) << beyond;
}

TEST(RansVectors, arguments_that_cannot_be_are_refused_before_anything_is_read) {
    const Image image(vector_tables);
    const std::uint16_t rows[] = {0, 2};
    std::int32_t values[2] = {};
    const Octets stream = spec_encode(vector_tables, {0, 0}, {0, 0});
    td_rans_decoder d;
    td_rans_begin(&d, stream.data(), stream.size());
    EXPECT_EQ(td_rans_get(image.get(), &d, rows, values, 2), TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(td_rans_get(image.get(), &d, nullptr, values, 2), TD_STATUS_NULL_ARGUMENT);
    EXPECT_EQ(td_rans_get(values, &d, rows, values, 1), TD_STATUS_NULL_ARGUMENT);
    EXPECT_EQ(td_rans_get(image.get(), &d, nullptr, nullptr, 0), TD_STATUS_OK);
    const td_rans_read reads[] = {{rows, values, 2}};
    EXPECT_EQ(td_rans_get_many(image.get(), &d, reads, 1), TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(td_rans_get_many(image.get(), nullptr, nullptr, 0), TD_STATUS_OK);
    EXPECT_EQ(td_rans_get(image.get(), &d, rows, values, 1), TD_STATUS_OK);
    EXPECT_EQ(td_rans_end(&d), TD_STATUS_CORRUPT_DATA);
    EXPECT_EQ(d.fault.reason, TD_RANS_FINAL_STATE);
    EXPECT_EQ(td_rans_get(image.get(), &d, rows, values, 1), TD_STATUS_CORRUPT_DATA);
    EXPECT_EQ(td_rans_begin(nullptr, stream.data(), 8), TD_STATUS_NULL_ARGUMENT);
    EXPECT_EQ(td_rans_stream_bound((std::size_t{1} << 28) + 1), 0U);

    Octets small(td_rans_stream_bound(1) - 1);
    td_rans_write write{rows, values, 1, small.data(), small.size(), 0, 0, 0, 0};
    EXPECT_EQ(td_rans_encode(image.get(), &write, 1), TD_STATUS_BUFFER_TOO_SMALL);
    write.count = std::uint64_t{1} << 40;
    EXPECT_EQ(td_rans_encode(image.get(), &write, 1), TD_STATUS_BAD_SIZE);
    char name[32];
    EXPECT_EQ(td_rans_describe(name, sizeof name), TD_STATUS_OK);
}

} // namespace
} // namespace tandem::test
