#include "hyper/run.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tandem::hyper {
namespace {

constexpr std::size_t whole_lines(std::size_t bytes) noexcept {
    return (bytes + 63) / 64 * 64;
}

std::size_t rows_for(std::size_t tokens, const Packing &packing) noexcept {
    const auto multiple = static_cast<std::size_t>(packing.tokens_multiple);
    return (std::min(tokens, most_rows) + multiple - 1) / multiple * multiple;
}

template <class Z, class A>
void load_row(const Z *z, std::size_t width, std::int32_t offset, A *to) noexcept {
    for (std::size_t i = 0; i < width; ++i) {
        const std::int32_t value = z[i];
        to[i] = static_cast<A>((value < -127 ? -127 : value > 127 ? 127 : value) + offset);
    }
}

template <class Z>
void load(const Job &job, std::size_t width, const Packing &packing, const std::int32_t *order, std::size_t tokens,
          unsigned char *rows, std::size_t stride) noexcept {
    const auto *z = static_cast<const Z *>(job.z);
    for (std::size_t t = 0; t < tokens; ++t) {
        const Z *from = z + static_cast<std::size_t>(order[t]) * width;
        unsigned char *to = rows + t * stride;
        if (packing.activation_bytes == 2)
            load_row(from, width, packing.first_offset, reinterpret_cast<std::int16_t *>(to));
        else
            load_row(from, width, packing.first_offset, to);
    }
}

struct Work {
    const void *image;
    const Image &header;
    const Kernel &kernel;
    const Job &job;
    unsigned char *rows[2];
    std::size_t stride;

    // order: [tokens] numbers of at most most_rows tokens of one expert.
    void expert(std::int32_t expert, const std::int32_t *order, std::size_t tokens) const noexcept {
        const Shape &shape = header.shape;
        const auto width = static_cast<std::size_t>(shape.hyper_width());
        unsigned char *in = rows[0];
        unsigned char *out = rows[1];
        if (job.z_bytes == 1)
            load<std::int8_t>(job, width, kernel.packing, order, tokens, in, stride);
        else
            load<std::int32_t>(job, width, kernel.packing, order, tokens, in, stride);
        for (std::int32_t l = 0; l + 1 < shape.layers; ++l) {
            kernel.hidden(layer_of(image, header, kernel.packing, expert, l), {in, stride, tokens}, out);
            std::swap(in, out);
        }
        kernel.last(layer_of(image, header, kernel.packing, expert, shape.layers - 1), {in, stride, tokens},
                    {job.mean, job.logit, static_cast<std::size_t>(shape.token_width()), job.stride, order});
    }

    // Any number of tokens, in nearly equal shares.
    void all(std::int32_t number, const std::int32_t *order, std::size_t tokens) const noexcept {
        for (std::size_t shares = (tokens + most_rows - 1) / most_rows; shares > 0; --shares) {
            const std::size_t share = (tokens + shares - 1) / shares;
            expert(number, order, share);
            order += share;
            tokens -= share;
        }
    }
};

} // namespace

std::size_t workspace_bytes(const Shape &shape, const Packing &packing, std::size_t tokens) noexcept {
    return whole_lines(sizeof(std::int32_t) * tokens) + 2 * rows_for(tokens, packing) * row_bytes(shape, packing);
}

void run(const void *image, const Image &header, const Kernel &kernel, const Job &job, void *workspace) noexcept {
    auto *order = static_cast<std::int32_t *>(workspace);
    auto *rows = static_cast<unsigned char *>(workspace) + whole_lines(sizeof(std::int32_t) * job.tokens);
    const std::size_t stride = row_bytes(header.shape, kernel.packing);
    const Work work{image, header, kernel, job, {rows, rows + rows_for(job.tokens, kernel.packing) * stride}, stride};
    if (job.experts == nullptr) {
        for (std::size_t t = 0; t < job.tokens; ++t)
            order[t] = static_cast<std::int32_t>(t);
        work.all(job.expert, order, job.tokens);
        return;
    }
    std::array<std::size_t, most_experts + 1> start{}; // a counting sort; tokens of one expert keep their order
    for (std::size_t t = 0; t < job.tokens; ++t)
        ++start[static_cast<std::size_t>(job.experts[t]) + 1];
    for (std::size_t e = 0; e < most_experts; ++e)
        start[e + 1] += start[e];
    std::array<std::size_t, most_experts + 1> next = start;
    for (std::size_t t = 0; t < job.tokens; ++t)
        order[next[static_cast<std::size_t>(job.experts[t])]++] = static_cast<std::int32_t>(t);
    for (std::int32_t e = 0; e < header.shape.experts; ++e) {
        const auto at = static_cast<std::size_t>(e);
        work.all(e, order + start[at], start[at + 1] - start[at]);
    }
}

} // namespace tandem::hyper
