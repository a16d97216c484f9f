// Seeded tables and streams, and the tiers of this machine run over them.
#pragma once

#include "rans_spec.hpp"

#include "capability.hpp"
#include "rans/encode.hpp"
#include "rans/lanes.hpp"
#include "tier.hpp"

#include <cstdlib>
#include <memory>

#include <gtest/gtest.h>

namespace tandem::test {

struct Free {
    void operator()(void *p) const { std::free(p); }
};

// A prepared image of some tables.
class Image {
public:
    explicit Image(const SpecTables &tables) {
        const Octets file = tables_file(tables);
        td_rans_fault fault;
        std::size_t bytes = 0;
        EXPECT_EQ(td_rans_image_bytes(file.data(), file.size(), &bytes, &fault), TD_STATUS_OK) << fault.reason;
        memory_.reset(std::aligned_alloc(64, bytes));
        EXPECT_EQ(td_rans_prepare(file.data(), file.size(), memory_.get(), bytes, &fault), TD_STATUS_OK);
        EXPECT_EQ(td_rans_rows(memory_.get()), tables.size());
        bytes_ = bytes;
    }

    const void *get() const { return memory_.get(); }
    std::size_t bytes() const { return bytes_; }
    rans::Tables tables() const { return rans::Tables::of(memory_.get()); }

private:
    std::unique_ptr<void, Free> memory_;
    std::size_t bytes_ = 0;
};

inline Tiers<rans::DecodeKernel> usable_decoders() {
    return usable(rans::decode_kernels(), probe_capability().usable);
}

inline Tiers<rans::EncodeKernel> usable_encoders() {
    return usable(rans::encode_kernels(), probe_capability().usable);
}

// symbols frequencies that sum to 65536; the higher the power, the more peaked.
inline std::vector<std::int32_t> random_row(std::mt19937_64 &random, std::int32_t symbols, int power) {
    std::vector<std::int32_t> cdf(static_cast<std::size_t>(symbols) + 1);
    std::vector<double> weight(static_cast<std::size_t>(symbols));
    double sum = 0;
    for (double &w : weight) {
        const double p = static_cast<double>(random() % 65536 + 1) / 65536;
        w = 1e-9;
        double q = p;
        for (int k = 0; k < power; ++k)
            q *= p;
        w += q;
        sum += w;
    }
    double below = 0;
    for (std::int32_t k = 0; k < symbols; ++k) {
        cdf[static_cast<std::size_t>(k)] = k + static_cast<std::int32_t>(below / sum * (65536 - symbols));
        below += weight[static_cast<std::size_t>(k)];
    }
    cdf.back() = 65536;
    return cdf;
}

inline SpecTables random_tables(std::mt19937_64 &random) {
    SpecTables tables;
    for (std::uint64_t rows = 1 + random() % 8; rows > 0; --rows) {
        const auto symbols = static_cast<std::int32_t>(2 + random() % (random() % 2 == 0 ? 6 : 299));
        const auto offset = static_cast<std::int32_t>(random() % 300) - 200;
        tables.push_back({random_row(random, symbols, static_cast<int>(random() % 12)), offset});
    }
    return tables;
}

// Rows that a decoder could trip over.
inline SpecTables adversarial_tables() {
    SpecTables tables{{{0, 1, 65536}, 0},
                      {{0, 65535, 65536}, 0},
                      {{0, 1, 2, 65535, 65536}, 1 << 24},
                      {{0, 32768, 65536}, -(1 << 24)},
                      {{0, 65533, 65534, 65535, 65536}, 5}};
    SpecRow widest{{}, -32768};
    for (std::int32_t k = 0; k <= 65536; ++k)
        widest.cdf.push_back(k);
    tables.push_back(widest);
    SpecRow ones_below{{}, -3}; // 4096 of frequency 1, then all the rest at the escape
    for (std::int32_t k = 0; k <= 4096; ++k)
        ones_below.cdf.push_back(k);
    ones_below.cdf.push_back(65536);
    tables.push_back(ones_below);
    SpecRow ones_above{{0}, 7};
    for (std::int32_t k = 61440; k <= 65536; ++k)
        ones_above.cdf.push_back(k);
    tables.push_back(ones_above);
    return tables;
}

// Mostly drawn by the row's probabilities, some just outside, a few far out.
inline std::int32_t random_value(std::mt19937_64 &random, const SpecRow &row) {
    const std::uint64_t kind = random() % 100;
    if (kind < 90) {
        const auto f = static_cast<std::int32_t>(random() % 65536);
        const auto above = std::upper_bound(row.cdf.begin(), row.cdf.end(), f);
        return static_cast<std::int32_t>(above - row.cdf.begin()) - 1 + row.offset;
    }
    const int bits = kind < 98 ? 10 : 26;
    return static_cast<std::int32_t>(random() % (1U << bits)) - (1 << (bits - 1)) + row.offset;
}

struct PlainStream {
    std::vector<std::uint16_t> rows;
    std::vector<std::int32_t> values;
    Octets stream;
};

inline PlainStream random_stream(std::mt19937_64 &random, const SpecTables &tables, std::size_t count) {
    PlainStream c;
    for (std::size_t i = 0; i < count; ++i) {
        c.rows.push_back(static_cast<std::uint16_t>(random() % tables.size()));
        c.values.push_back(random_value(random, tables[c.rows[i]]));
    }
    c.stream = spec_encode(tables, c.rows, c.values);
    return c;
}

// Whole streams at once by one tier, each in memory of exactly its size.
inline std::vector<SpecResult> decode_many(const rans::DecodeKernel &tier, const Image &image,
                                           const std::vector<PlainStream> &cases) {
    std::vector<SpecResult> results(cases.size());
    std::vector<td_rans_decoder> decoders(cases.size());
    std::vector<td_rans_read> reads(cases.size());
    for (std::size_t s = 0; s < cases.size(); ++s) {
        td_rans_begin(&decoders[s], cases[s].stream.data(), cases[s].stream.size());
        results[s].values.assign(cases[s].rows.size(), -1);
        reads[s] = {cases[s].rows.data(), results[s].values.data(), cases[s].rows.size()};
    }
    const rans::Tables t = image.tables();
    rans::get_many(tier, t, decoders.data(), reads.data(), decoders.size());
    for (std::size_t s = 0; s < cases.size(); ++s)
        if (td_rans_end(&decoders[s]) != TD_STATUS_OK)
            results[s] = {results[s].values, decoders[s].fault.reason, decoders[s].fault.offset, decoders[s].read};
    return results;
}

inline Octets encode_one(const rans::EncodeKernel &tier, const Image &image, const PlainStream &c) {
    Octets stream(td_rans_stream_bound(c.values.size()));
    td_rans_write write{c.rows.data(), c.values.data(), c.values.size(), stream.data(), stream.size(), 0, 0, 0, 0};
    EXPECT_EQ(rans::encode(tier, image.tables(), &write, 1), TD_STATUS_OK);
    stream.resize(write.bytes);
    return stream;
}

inline void expect_same(const SpecResult &found, const SpecResult &wanted, const char *what, std::size_t which) {
    ASSERT_EQ(found.reason, wanted.reason) << what << " " << which;
    ASSERT_EQ(found.offset, wanted.offset) << what << " " << which;
    const auto read = static_cast<std::ptrdiff_t>(wanted.read);
    if (wanted.reason != TD_RANS_FINE) {
        ASSERT_EQ(found.read, wanted.read) << what << " " << which;
    }
    ASSERT_TRUE(std::equal(wanted.values.begin(), wanted.values.begin() + read, found.values.begin()))
        << what << " " << which;
}

} // namespace tandem::test
