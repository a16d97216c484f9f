// Random networks as hyper files, and the rules of docs/bitstream.md section 5 again, plainly.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <vector>

namespace tandem::test {

struct HyperLayer {
    int inputs, outputs, shift;
    std::vector<std::int8_t> weights;
    std::vector<std::int32_t> biases, multipliers;
};

struct Network {
    int fraction_bits = 8;
    std::vector<int> widths;
    std::vector<int> shifts;
    std::array<std::int32_t, 63> thresholds{};
    std::vector<std::vector<HyperLayer>> experts; // [expert][layer]

    std::vector<unsigned char> file() const {
        std::vector<unsigned char> to{'T', 'D', 'H', 'S'};
        const auto word = [&](std::int64_t v) {
            for (int i = 0; i < 4; ++i)
                to.push_back(static_cast<unsigned char>(v >> (8 * i)));
        };
        const auto pad = [&](std::size_t bytes) { to.insert(to.end(), (4 - bytes % 4) % 4, 0); };
        word(1);
        word(static_cast<std::int64_t>(experts.size()));
        word(static_cast<std::int64_t>(shifts.size()));
        word(fraction_bits);
        for (const int width : widths)
            word(width);
        for (const int shift : shifts)
            to.push_back(static_cast<unsigned char>(shift));
        pad(shifts.size());
        for (const std::int32_t threshold : thresholds)
            word(threshold);
        for (const auto &layers : experts)
            for (const HyperLayer &l : layers) {
                for (const std::int8_t weight : l.weights)
                    to.push_back(static_cast<unsigned char>(weight));
                pad(l.weights.size());
                for (const std::int32_t bias : l.biases)
                    word(bias);
                for (const std::int32_t multiplier : l.multipliers)
                    word(multiplier);
            }
        return to;
    }

    // Means, then logits, of one token.
    std::vector<std::int16_t> run(int expert, const std::int32_t *z) const {
        std::vector<std::int64_t> values(z, z + widths.front());
        for (auto &v : values)
            v = std::clamp<std::int64_t>(v, -127, 127);
        const auto &layers = experts[static_cast<std::size_t>(expert)];
        for (const HyperLayer &l : layers) {
            const bool last = &l == &layers.back();
            std::vector<std::int64_t> next(static_cast<std::size_t>(l.outputs));
            for (std::size_t o = 0; o < next.size(); ++o) {
                std::int64_t sum = l.biases[o];
                for (std::size_t i = 0; i < values.size(); ++i)
                    sum += l.weights[o * values.size() + i] * values[i];
                const std::int64_t scaled = (sum * l.multipliers[o] + (std::int64_t{1} << (l.shift - 1))) >> l.shift;
                next[o] = last ? std::clamp<std::int64_t>(scaled, -32768, 32767) : std::clamp<std::int64_t>(scaled, 0, 255);
            }
            values = std::move(next);
        }
        return {values.begin(), values.end()};
    }
};

// extreme: weights of greatest magnitude and multipliers over their whole range, so that everything saturates.
inline Network random_network(unsigned seed, int experts, const std::vector<int> &widths, bool extreme) {
    std::mt19937 random(seed);
    const auto between = [&](std::int64_t least, std::int64_t most) {
        return least + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most - least + 1));
    };
    Network net;
    net.widths = widths;
    net.fraction_bits = static_cast<int>(between(0, 15));
    for (std::size_t i = 0; i < 63; ++i)
        net.thresholds[i] = static_cast<std::int32_t>(16 * (i + 1));
    for (std::size_t l = 0; l + 1 < widths.size(); ++l)
        net.shifts.push_back(static_cast<int>(extreme ? between(1, 47) : 30));
    for (int e = 0; e < experts; ++e) {
        net.experts.emplace_back();
        for (std::size_t l = 0; l + 1 < widths.size(); ++l) {
            HyperLayer layer{widths[l], widths[l + 1], net.shifts[l], {}, {}, {}};
            const auto inputs = static_cast<std::size_t>(layer.inputs);
            for (std::size_t i = 0; i < inputs * static_cast<std::size_t>(layer.outputs); ++i)
                layer.weights.push_back(
                    static_cast<std::int8_t>(extreme ? (random() % 2 == 0 ? -128 : 127) : between(-127, 127)));
            const double ratio = 90.0 / (73.0 * (l == 0 ? 3 : 60) * std::sqrt(static_cast<double>(inputs)));
            for (int o = 0; o < layer.outputs; ++o) {
                const std::int64_t room = INT32_MAX - 128 * (l == 0 ? 127 : 255) * static_cast<std::int64_t>(inputs);
                layer.biases.push_back(static_cast<std::int32_t>(extreme ? between(-room, room) : between(-900, 900)));
                layer.multipliers.push_back(static_cast<std::int32_t>(
                    extreme ? between(0, INT32_MAX)
                            : static_cast<std::int64_t>(ratio * static_cast<double>(between(50, 150)) * 0.01 * (1 << 30))));
            }
            net.experts.back().push_back(std::move(layer));
        }
    }
    return net;
}

} // namespace tandem::test
