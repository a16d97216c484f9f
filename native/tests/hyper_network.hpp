// Random hyper files over the whole of what docs/bitstream.md allows, and section 5 restated plainly.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>
#include <vector>

namespace tandem::test {

struct PlainLayer {
    int inputs;
    int outputs;
    int shift;
    std::vector<std::int8_t> weights;
    std::vector<std::int32_t> biases;
    std::vector<std::int32_t> multipliers;
};

class Network {
public:
    using Random = std::mt19937_64;

    // last width even. Half of the layers have multipliers that spread results over their range; the others are extreme.
    Network(Random &random, int experts, const std::vector<int> &widths) : widths_(widths) {
        for (std::size_t l = 0; l + 1 < widths.size(); ++l)
            shifts_.push_back(between(random, 1, 47));
        for (int e = 0; e < experts; ++e) {
            std::vector<PlainLayer> layers;
            for (std::size_t l = 0; l + 1 < widths.size(); ++l)
                layers.push_back(layer(random, l));
            experts_.push_back(layers);
        }
    }

    int hyper_width() const { return widths_.front(); }
    int token_width() const { return widths_.back() / 2; }
    int experts() const { return static_cast<int>(experts_.size()); }
    PlainLayer &layer_of(int expert, std::size_t l) { return experts_[static_cast<std::size_t>(expert)][l]; }

    std::vector<unsigned char> file() const {
        std::vector<unsigned char> out;
        put(out, 0x53484454);
        put(out, 1);
        put(out, experts());
        put(out, static_cast<std::int32_t>(shifts_.size()));
        put(out, 8);
        for (int width : widths_)
            put(out, width);
        for (int shift : shifts_)
            out.push_back(static_cast<unsigned char>(shift));
        pad(out);
        for (int k = 1; k <= 63; ++k)
            put(out, 16 * k);
        for (const auto &layers : experts_)
            for (const PlainLayer &l : layers) {
                for (std::int8_t w : l.weights)
                    out.push_back(static_cast<unsigned char>(w));
                pad(out);
                for (std::int32_t b : l.biases)
                    put(out, b);
                for (std::int32_t m : l.multipliers)
                    put(out, m);
            }
        return out;
    }

    // Means, then logits, of one token.
    std::vector<std::int16_t> plain(int expert, const std::vector<std::int32_t> &z) const {
        std::vector<std::int64_t> a(z.begin(), z.end());
        for (std::int64_t &v : a)
            v = limit(v, -127, 127);
        const auto &layers = experts_[static_cast<std::size_t>(expert)];
        for (std::size_t l = 0; l < layers.size(); ++l) {
            std::vector<std::int64_t> next;
            for (int o = 0; o < layers[l].outputs; ++o) {
                const auto at = static_cast<std::size_t>(o);
                std::int64_t acc = layers[l].biases[at];
                for (std::size_t i = 0; i < a.size(); ++i)
                    acc += layers[l].weights[at * a.size() + i] * a[i];
                const std::int64_t v = (acc * layers[l].multipliers[at] + (std::int64_t{1} << (layers[l].shift - 1)))
                                       >> layers[l].shift;
                next.push_back(l + 1 < layers.size() ? limit(v, 0, 255) : limit(v, -32768, 32767));
            }
            a = next;
        }
        std::vector<std::int16_t> out;
        for (std::int64_t v : a)
            out.push_back(static_cast<std::int16_t>(v));
        return out;
    }

    static int between(Random &random, int least, int most) {
        return std::uniform_int_distribution<int>(least, most)(random);
    }

private:
    static std::int64_t limit(std::int64_t v, std::int64_t least, std::int64_t most) {
        return v < least ? least : v > most ? most : v;
    }
    static void put(std::vector<unsigned char> &out, std::int32_t value) {
        for (int i = 0; i < 4; ++i)
            out.push_back(static_cast<unsigned char>(static_cast<std::uint32_t>(value) >> (8 * i)));
    }
    static void pad(std::vector<unsigned char> &out) {
        while (out.size() % 4 != 0)
            out.push_back(0);
    }

    PlainLayer layer(Random &random, std::size_t l) const {
        PlainLayer made{widths_[l], widths_[l + 1], shifts_[l], {}, {}, {}};
        const int spread = between(random, 0, 3) == 0 ? 0 : between(random, 1, 128); // 0: nothing but extremes
        for (int i = 0; i < made.inputs * made.outputs; ++i)
            made.weights.push_back(static_cast<std::int8_t>(
                spread == 0 ? (random() % 2 == 0 ? -128 : 127) : between(random, -spread, spread < 128 ? spread : 127)));
        const bool tuned = random() % 2 == 0;
        for (int o = 0; o < made.outputs; ++o) {
            std::int64_t magnitudes = 0;
            for (int i = 0; i < made.inputs; ++i)
                magnitudes += std::abs(int{made.weights[static_cast<std::size_t>(o * made.inputs + i)]});
            const std::int64_t room = INT32_MAX - magnitudes * (l == 0 ? 127 : 255);
            const std::int64_t near = magnitudes * 30 + 1;
            const std::int64_t most = tuned && near < room ? near : room;
            made.biases.push_back(static_cast<std::int32_t>(
                !tuned && random() % 4 == 0 ? (random() % 2 == 0 ? room : -room)
                                            : std::uniform_int_distribution<std::int64_t>(-most, most)(random)));
            made.multipliers.push_back(tuned ? multiplier(random, l, near, made.shift) : any_multiplier(random));
        }
        return made;
    }
    // So that a usual sum comes to some 200, or 20,000 in the last layer.
    std::int32_t multiplier(Random &random, std::size_t l, std::int64_t sum, int shift) const {
        const double wanted = l + 2 < widths_.size() ? 200.0 : 20000.0;
        const double scale = wanted / static_cast<double>(sum) * static_cast<double>(std::int64_t{1} << shift)
                             * std::uniform_real_distribution<double>(0.2, 3.0)(random);
        return scale > 2147483647.0 ? INT32_MAX : static_cast<std::int32_t>(scale);
    }
    static std::int32_t any_multiplier(Random &random) {
        constexpr std::int32_t edges[] = {0, 1, 2, INT32_MAX, INT32_MAX - 1, 1 << 30};
        return random() % 3 == 0 ? edges[random() % 6]
                                 : static_cast<std::int32_t>(random() & ((std::uint64_t{1} << between(random, 1, 31)) - 1));
    }

    std::vector<int> widths_;
    std::vector<int> shifts_;
    std::vector<std::vector<PlainLayer>> experts_;
};

} // namespace tandem::test
