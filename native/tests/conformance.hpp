// Reads the conformance set (docs/conformance.md). The set is our own: a fault in it throws, and the test fails.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace tandem::test {

using Bytes = std::vector<unsigned char>;
using Ints = std::vector<std::int32_t>;

// What a reader must say of some data: code 0 is acceptance.
struct Verdict {
    std::uint32_t code;
    std::uint32_t offset;
};

// As td_rans and the tables file have them: the rows back to back.
struct Tables {
    Ints lengths, offsets, entries;
};

class CaseReader {
public:
    explicit CaseReader(const std::string &kind) {
        const std::string path = std::string(TANDEM_CONFORMANCE_DIR) + "/" + kind + ".bin";
        std::ifstream in(path, std::ios::binary);
        file_.assign(std::istreambuf_iterator<char>(in), {});
        if (file_.size() < 4 || std::memcmp(file_.data(), "TDCF", 4) != 0)
            throw std::runtime_error("no conformance file at " + path);
        at_ = 4;
        if (number() != 1 || text() != kind)
            throw std::runtime_error("not a version 1 conformance file of that kind: " + path);
    }

    std::uint32_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 35; shift += 7) {
            const unsigned char next = octet();
            value |= static_cast<std::uint64_t>(next & 127U) << shift;
            if (next < 128)
                return static_cast<std::uint32_t>(value);
        }
        throw std::runtime_error("a number of more than 32 bits");
    }

    std::int32_t signed_number() {
        const std::uint32_t value = number();
        return static_cast<std::int32_t>((value >> 1) ^ (~(value & 1U) + 1U));
    }

    Bytes bytes() {
        const std::uint32_t count = number();
        if (count > file_.size() - at_)
            throw std::runtime_error("bytes beyond the end");
        const auto from = file_.begin() + static_cast<std::ptrdiff_t>(at_);
        at_ += count;
        return {from, from + count};
    }

    std::string text() {
        const Bytes b = bytes();
        return {b.begin(), b.end()};
    }

    // n numbers, read by one of the functions above.
    template <class Read>
    Ints list(Read read) {
        Ints values(number());
        for (auto &value : values)
            value = static_cast<std::int32_t>(read());
        return values;
    }
    Ints ints() {
        return list([this] { return signed_number(); });
    }
    Ints rows() {
        return list([this] { return number(); });
    }

    float single() {
        std::uint32_t bits = 0;
        for (unsigned shift = 0; shift < 32; shift += 8)
            bits |= static_cast<std::uint32_t>(octet()) << shift;
        return std::bit_cast<float>(bits);
    }
    std::vector<float> floats() {
        std::vector<float> values(number());
        for (auto &value : values)
            value = single();
        return values;
    }

    Verdict verdict() {
        const std::uint32_t code = number();
        return {code, number()};
    }

    Tables tables() {
        Tables t;
        for (std::uint32_t rows = number(); rows > 0; --rows) {
            t.offsets.push_back(signed_number());
            const std::uint32_t symbols = number();
            t.lengths.push_back(static_cast<std::int32_t>(symbols + 1));
            t.entries.push_back(0);
            for (std::uint32_t made = 0; made < symbols;) {
                const auto frequency = static_cast<std::int32_t>(number());
                for (std::uint32_t run = number(); run > 0; --run, ++made)
                    t.entries.push_back(t.entries.back() + frequency);
            }
        }
        return t;
    }

    bool at_end() const noexcept { return at_ == file_.size(); }

private:
    unsigned char octet() {
        if (at_ == file_.size())
            throw std::runtime_error("the conformance file ends in a case");
        return file_[at_++];
    }

    Bytes file_;
    std::size_t at_ = 0;
};

} // namespace tandem::test
