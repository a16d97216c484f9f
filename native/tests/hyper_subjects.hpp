// Every kernel that can run here, and those of other machines over plain vectors.
#pragma once

#include "guard_page.hpp"
#include "hyper/run.hpp"
#include "hyper_network.hpp"

#include <cstring>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tandem::test {

struct Subject {
    std::string name;
    hyper::Kernel kernel;
};

std::vector<Subject> subjects(); // made in hyper_test.cpp

// An image that ends at an unreadable page, and runs with every buffer ending at one.
class Guarded {
public:
    Guarded(const Subject &subject, const std::vector<unsigned char> &bytes) : subject_(subject), image_(room(bytes)) {
        hyper::pack(file_, subject_.kernel, image_.last(size_));
        EXPECT_EQ(hyper::read_image(image_.last(size_), header_), TD_STATUS_OK);
    }

    // Means, then logits, of all tokens, [tokens][2 W].
    std::vector<std::int16_t> run(const std::vector<std::int32_t> &experts, const std::vector<std::int32_t> &z,
                                  int z_bytes) const {
        const std::size_t tokens = experts.size();
        const auto width = static_cast<std::size_t>(header_.shape.token_width());
        const std::size_t work = hyper::workspace_bytes(header_.shape, subject_.kernel.packing, tokens);
        const std::size_t out = sizeof(std::int16_t) * tokens * width;
        const GuardPage workspace(work);
        const GuardPage mean(out);
        const GuardPage logit(out);
        const GuardPage in(z.size() * static_cast<std::size_t>(z_bytes));
        unsigned char *from = in.last(z.size() * static_cast<std::size_t>(z_bytes));
        for (std::size_t i = 0; i < z.size(); ++i) {
            const auto narrow = static_cast<std::int8_t>(z[i]);
            if (z_bytes == 1)
                from[i] = static_cast<unsigned char>(narrow);
            else
                std::memcpy(from + 4 * i, &z[i], 4);
        }
        std::memset(workspace.last(work), 0xA5, work);
        hyper::run(image_.last(size_), header_, subject_.kernel,
                   {tokens, experts.data(), 0, from, z_bytes, reinterpret_cast<std::int16_t *>(mean.last(out)),
                    reinterpret_cast<std::int16_t *>(logit.last(out)), width},
                   workspace.last(work));
        std::vector<std::int16_t> both(2 * tokens * width);
        for (std::size_t t = 0; t < tokens; ++t) {
            std::memcpy(both.data() + 2 * t * width, mean.last(out) + 2 * t * width, 2 * width);
            std::memcpy(both.data() + (2 * t + 1) * width, logit.last(out) + 2 * t * width, 2 * width);
        }
        return both;
    }

private:
    std::size_t room(const std::vector<unsigned char> &bytes) {
        EXPECT_EQ(hyper::read_header(bytes.data(), bytes.size(), file_), TD_STATUS_OK);
        EXPECT_EQ(hyper::check_layers(file_), TD_STATUS_OK);
        size_ = hyper::image_bytes(file_.shape, subject_.kernel.packing);
        return size_;
    }

    const Subject &subject_;
    hyper::File file_;
    hyper::Image header_;
    std::size_t size_ = 0;
    GuardPage image_;
};

} // namespace tandem::test
