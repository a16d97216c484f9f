// Quantised Gaussian latents over CompressAI's 64 scales (0.11 to 256): what an image codec's entropy coder gets.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <tandem/rans.h>

namespace tandem::bench {

constexpr int scales = 64;

inline double scale_of(int i) {
    return std::exp(std::log(0.11) + (std::log(256.0) - std::log(0.11)) * i / (scales - 1));
}

// Probabilities to a row (docs/bitstream.md, section 8).
inline std::vector<std::int32_t> quantised(const std::vector<float> &pmf) {
    const std::size_t n = pmf.size();
    std::vector<std::int64_t> q(n);
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < n; ++i)
        sum += q[i] = static_cast<std::int64_t>(std::round(pmf[i] * 65536.0F));
    std::vector<std::int32_t> c(n + 1);
    for (std::size_t i = 0; i < n; ++i)
        c[i + 1] = c[i] + static_cast<std::int32_t>(65536 * q[i] / sum);
    c[n] = 65536;
    for (std::size_t i = 0; i < n; ++i) {
        if (c[i] != c[i + 1])
            continue;
        std::size_t donor = n;
        for (std::size_t j = 0; j < n; ++j)
            if (c[j + 1] - c[j] > 1 && (donor == n || c[j + 1] - c[j] < c[donor + 1] - c[donor]))
                donor = j;
        for (std::size_t k = donor + 1; k <= i; ++k)
            --c[k];
        for (std::size_t k = i + 1; k <= donor; ++k)
            ++c[k];
    }
    return c;
}

struct Tables {
    std::vector<std::vector<std::int32_t>> cdf; // padded to one length, as CompressAI passes them
    std::vector<std::int32_t> lengths, offsets;
    std::unique_ptr<void, decltype(&std::free)> image{nullptr, &std::free};
    std::size_t image_bytes = 0;

    Tables() {
        const auto below = [](double t) { return static_cast<float>(std::erfc(-t / std::sqrt(2.0)) / 2); };
        for (int i = 0; i < scales; ++i) {
            const double s = scale_of(i);
            const int centre = static_cast<int>(std::ceil(s * 6.109410204869)); // -Phi^-1(0.5e-9)
            std::vector<float> pmf;
            for (int j = -centre; j <= centre; ++j)
                pmf.push_back(below((0.5 - std::abs(j)) / s) - below((-0.5 - std::abs(j)) / s));
            pmf.push_back(2 * below((-0.5 - centre) / s));
            cdf.push_back(quantised(pmf));
            lengths.push_back(static_cast<std::int32_t>(cdf.back().size()));
            offsets.push_back(-centre);
        }
        prepare();
        for (auto &row : cdf)
            row.resize(static_cast<std::size_t>(*std::max_element(lengths.begin(), lengths.end())));
    }

private:
    void prepare() {
        std::vector<std::int32_t> file{0x42544454, 1, scales, 0};
        file.insert(file.end(), lengths.begin(), lengths.end());
        file.insert(file.end(), offsets.begin(), offsets.end());
        for (const auto &row : cdf)
            file.insert(file.end(), row.begin(), row.end());
        file[3] = static_cast<std::int32_t>(file.size()) - 4 - 2 * scales;
        td_rans_fault fault;
        if (td_rans_image_bytes(file.data(), 4 * file.size(), &image_bytes, &fault) != TD_STATUS_OK)
            std::abort();
        image.reset(std::aligned_alloc(64, image_bytes));
        if (td_rans_prepare(file.data(), 4 * file.size(), image.get(), image_bytes, &fault) != TD_STATUS_OK)
            std::abort();
    }
};

// 32 slices of count symbols; sigma log-uniform, one for each symbol.
struct Slices {
    std::vector<std::vector<std::uint16_t>> rows;
    std::vector<std::vector<std::int32_t>> values;
    std::vector<std::vector<unsigned char>> streams; // encoded by us

    Slices(const Tables &tables, double least, double most, std::size_t count) {
        std::mt19937_64 random(17);
        std::uniform_real_distribution<double> uniform(std::log(least), std::log(most));
        std::normal_distribution<double> normal;
        for (std::size_t s = 0; s < 32; ++s) {
            rows.emplace_back();
            values.emplace_back();
            for (std::size_t i = 0; i < count; ++i) {
                const double sigma = std::exp(uniform(random));
                int row = 0;
                while (row < scales - 1 && scale_of(row) < sigma)
                    ++row;
                rows.back().push_back(static_cast<std::uint16_t>(row));
                values.back().push_back(static_cast<std::int32_t>(std::nearbyint(sigma * normal(random))));
            }
            streams.emplace_back(td_rans_stream_bound(count));
            td_rans_write w = write(s, streams.back());
            if (td_rans_encode(tables.image.get(), &w, 1) != TD_STATUS_OK)
                std::abort();
            streams.back().resize(w.bytes);
        }
    }

    td_rans_write write(std::size_t s, std::vector<unsigned char> &to) const {
        return {rows[s].data(), values[s].data(), values[s].size(), to.data(), to.size(), 0, 0, 0, 0};
    }
};

} // namespace tandem::bench
