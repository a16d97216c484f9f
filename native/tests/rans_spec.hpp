// docs/bitstream.md, sections 2 to 4, said again as plainly as can be: what every tier is tested against.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

#include <tandem/rans.h>

namespace tandem::test {

using Octets = std::vector<unsigned char>;

struct SpecRow {
    std::vector<std::int32_t> cdf;
    std::int32_t offset;
};
using SpecTables = std::vector<SpecRow>;

// What a stream gives: values and no reason, or a reason and where.
struct SpecResult {
    std::vector<std::int32_t> values;
    std::int32_t reason = TD_RANS_FINE;
    std::uint64_t offset = 0;
    std::uint64_t read = 0; // values before the failure
};

inline void append(Octets &to, std::uint32_t word) {
    for (unsigned shift = 0; shift < 32; shift += 8)
        to.push_back(static_cast<unsigned char>(word >> shift));
}

inline Octets tables_file(const SpecTables &tables) {
    Octets file{'T', 'D', 'T', 'B'};
    std::size_t entries = 0;
    for (const SpecRow &row : tables)
        entries += row.cdf.size();
    append(file, 1);
    append(file, static_cast<std::uint32_t>(tables.size()));
    append(file, static_cast<std::uint32_t>(entries));
    for (const SpecRow &row : tables)
        append(file, static_cast<std::uint32_t>(row.cdf.size()));
    for (const SpecRow &row : tables)
        append(file, static_cast<std::uint32_t>(row.offset));
    for (const SpecRow &row : tables)
        for (const std::int32_t entry : row.cdf)
            append(file, static_cast<std::uint32_t>(entry));
    return file;
}

inline Octets spec_encode(const SpecTables &tables, const std::vector<std::uint16_t> &rows,
                          const std::vector<std::int32_t> &values) {
    struct Operation {
        std::uint64_t start, frequency;
        unsigned bits;
    };
    std::vector<Operation> operations;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const SpecRow &row = tables[rows[i]];
        const auto escape = static_cast<std::int64_t>(row.cdf.size()) - 2;
        const std::int64_t v = std::int64_t{values[i]} - row.offset;
        const auto k = static_cast<std::size_t>(v >= 0 && v < escape ? v : escape);
        operations.push_back({static_cast<std::uint64_t>(row.cdf[k]),
                              static_cast<std::uint64_t>(row.cdf[k + 1] - row.cdf[k]), 16});
        if (v >= 0 && v < escape)
            continue;
        std::int64_t raw = v < 0 ? -2 * v - 1 : 2 * (v - escape);
        std::vector<std::uint64_t> nibbles;
        for (; raw > 0; raw /= 16)
            nibbles.push_back(static_cast<std::uint64_t>(raw % 16));
        operations.push_back({nibbles.size(), 1, 4});
        for (const std::uint64_t nibble : nibbles)
            operations.push_back({nibble, 1, 4});
    }
    std::uint64_t x = std::uint64_t{1} << 31;
    std::vector<std::uint32_t> words;
    for (auto o = operations.rbegin(); o != operations.rend(); ++o) {
        // freq * 2^(63 - b), which may be 2^63
        if (x >= o->frequency << (63 - o->bits)) {
            words.push_back(static_cast<std::uint32_t>(x));
            x >>= 32;
        }
        x = ((x / o->frequency) << o->bits) + x % o->frequency + o->start;
    }
    Octets stream;
    append(stream, static_cast<std::uint32_t>(x));
    append(stream, static_cast<std::uint32_t>(x >> 32));
    for (auto w = words.rbegin(); w != words.rend(); ++w)
        append(stream, *w);
    return stream;
}

class SpecDecoder {
public:
    SpecDecoder(const SpecTables &tables, const Octets &stream) : tables_(tables), stream_(stream) {}

    SpecResult decode(const std::vector<std::uint16_t> &rows) {
        if (stream_.size() % 4 != 0 || stream_.size() < 8)
            return failed(TD_RANS_LENGTH);
        x_ = word();
        x_ |= std::uint64_t{word()} << 32;
        if (x_ < std::uint64_t{1} << 31 || x_ >> 63 != 0)
            return failed(TD_RANS_FIRST_STATE);
        for (const std::uint16_t row : rows) {
            value(tables_[row]);
            if (result_.reason != TD_RANS_FINE)
                return failed(result_.reason);
            ++result_.read;
        }
        if (at_ != stream_.size())
            return failed(TD_RANS_LEFT_OVER);
        return x_ == std::uint64_t{1} << 31 ? result_ : failed(TD_RANS_FINAL_STATE);
    }

private:
    SpecResult failed(std::int32_t reason) const { return {result_.values, reason, at_, result_.read}; }

    std::uint32_t word() {
        std::uint32_t w = 0;
        for (unsigned i = 0; i < 4; ++i)
            w |= static_cast<std::uint32_t>(stream_[at_++]) << (8 * i);
        return w;
    }

    void renormalise() {
        if (x_ >= std::uint64_t{1} << 31)
            return;
        if (at_ == stream_.size())
            result_.reason = TD_RANS_TRUNCATED;
        else
            x_ = x_ * (std::uint64_t{1} << 32) + word();
    }

    std::uint32_t raw() {
        const auto v = static_cast<std::uint32_t>(x_ % 16);
        x_ /= 16;
        renormalise();
        return v;
    }

    void value(const SpecRow &row) {
        const auto f = static_cast<std::int32_t>(x_ % 65536);
        const auto escape = static_cast<std::int32_t>(row.cdf.size()) - 2;
        const auto above = std::upper_bound(row.cdf.begin(), row.cdf.end(), f);
        const auto k = static_cast<std::int32_t>(above - row.cdf.begin()) - 1;
        const auto start = static_cast<std::uint64_t>(row.cdf[static_cast<std::size_t>(k)]);
        x_ = (static_cast<std::uint64_t>(*above) - start) * (x_ / 65536) + static_cast<std::uint64_t>(f) - start;
        renormalise();
        std::int32_t v = k;
        if (result_.reason == TD_RANS_FINE && k == escape)
            v = escaped(escape);
        result_.values.push_back(v + row.offset);
    }

    std::int32_t escaped(std::int32_t escape) {
        const std::uint32_t count = raw();
        if (result_.reason == TD_RANS_FINE && count > 7)
            result_.reason = TD_RANS_LONG_ESCAPE;
        std::uint32_t sum = 0;
        std::uint32_t nibble = 1;
        for (std::uint32_t i = 0; i < count && result_.reason == TD_RANS_FINE; ++i) {
            nibble = raw();
            sum += nibble << (4 * i);
        }
        if (result_.reason == TD_RANS_FINE && nibble == 0)
            result_.reason = TD_RANS_LEADING_ZERO;
        const auto half = static_cast<std::int32_t>(sum / 2);
        return sum % 2 == 1 ? -half - 1 : half + escape;
    }

    const SpecTables &tables_;
    const Octets &stream_;
    std::size_t at_ = 0;
    std::uint64_t x_ = 0;
    SpecResult result_;
};

} // namespace tandem::test
