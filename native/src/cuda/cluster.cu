// td_cuda_cluster: six launches, each waiting for the one before it on the stream.
#include "gram_fp32.cuh"
#include "gram_tensor.cuh"
#include "kernels.hpp"
#include "launcher.cuh"
#include "merge.cuh"

#include <algorithm>

#include <tandem/cuda.h>

namespace tandem::cuda {
namespace {

// Lists this long cover the neighbours that packs use; longer ones cost registers and time.
constexpr int short_list = 8;
static_assert(TD_CUDA_TOKENS_MAX / density_threads <= greatest_slots);

int blocks_of(const td_cuda_cluster_shape &shape) noexcept {
    return (shape.tokens + side - 1) / side;
}

int neighbours_of(const td_cuda_cluster_shape &shape) noexcept {
    return std::min(shape.neighbours, shape.tokens);
}

td_status check(const td_cuda_cluster_shape *shape) noexcept {
    if (shape == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    if (shape->tiles < 1 || shape->tiles > 65535 || shape->tokens < 1 || shape->tokens > TD_CUDA_TOKENS_MAX
        || shape->width < 1 || shape->width > 65536 || shape->clusters < 1 || shape->clusters > shape->tokens)
        return TD_STATUS_BAD_SIZE;
    if (shape->neighbours < 1 || neighbours_of(*shape) > TD_CUDA_NEIGHBOURS_MAX || shape->type < TD_CUDA_FLOAT32
        || shape->type > TD_CUDA_BFLOAT16 || shape->gram < TD_CUDA_GRAM_FP32 || shape->gram > TD_CUDA_GRAM_TENSOR)
        return TD_STATUS_OUT_OF_RANGE;
    return TD_STATUS_OK;
}

struct Sizes {
    std::size_t distances, lists, rows, greatest;

    explicit Sizes(const td_cuda_cluster_shape &shape) noexcept {
        const auto tiles = static_cast<std::size_t>(shape.tiles);
        const auto blocks = static_cast<std::size_t>(blocks_of(shape));
        const std::size_t pitch = blocks * side;
        distances = tiles * static_cast<std::size_t>(shape.tokens) * pitch;
        lists = tiles * blocks * static_cast<std::size_t>(neighbours_of(shape) + 1) * pitch;
        rows = tiles * pitch;
        greatest = tiles * greatest_slots;
    }

    std::size_t bytes() const noexcept {
        return Launcher::padded(distances * sizeof(float)) + Launcher::padded(lists * sizeof(float))
               + 2 * Launcher::padded(rows * sizeof(double)) + Launcher::padded(greatest * sizeof(float));
    }
};

dim3 grid(int x, int y, int z = 1) noexcept {
    return dim3(static_cast<unsigned>(x), static_cast<unsigned>(y), static_cast<unsigned>(z));
}

template <int capacity>
void distances_and_densities(Launcher &on, const td_cuda_cluster_shape &shape, const Gram &gram, const Peaks &peaks) {
    const dim3 pairs = grid(gram.blocks * (gram.blocks + 1) / 2, shape.tiles);
    if (shape.type == TD_CUDA_FLOAT16)
        on.run(gram_tensor<Float16, capacity>, pairs, gram_threads, gram);
    else if (shape.type == TD_CUDA_BFLOAT16)
        on.run(gram_tensor<Bfloat16, capacity>, pairs, gram_threads, gram);
    else if (shape.gram == TD_CUDA_GRAM_TENSOR)
        on.run(gram_tensor<Tf32, capacity>, pairs, gram_threads, gram);
    else
        on.run(gram_fp32<capacity>, pairs, gram_threads, gram);
    on.run(densities<capacity>, grid((gram.n + density_threads - 1) / density_threads, shape.tiles), density_threads,
           peaks);
}

} // namespace

std::int32_t load_cluster_kernels() noexcept {
    return loaded({code(gram_fp32<short_list>),
                   code(gram_tensor<Tf32, short_list>),
                   code(gram_tensor<Float16, short_list>),
                   code(gram_tensor<Bfloat16, short_list>),
                   code(densities<short_list>),
                   code(gram_fp32<TD_CUDA_NEIGHBOURS_MAX>),
                   code(gram_tensor<Tf32, TD_CUDA_NEIGHBOURS_MAX>),
                   code(gram_tensor<Float16, TD_CUDA_NEIGHBOURS_MAX>),
                   code(gram_tensor<Bfloat16, TD_CUDA_NEIGHBOURS_MAX>),
                   code(densities<TD_CUDA_NEIGHBOURS_MAX>),
                   code(separations),
                   code(ranks),
                   code(assign),
                   code(means<Float32>),
                   code(means<HalfBits>),
                   code(means<Bfloat16Bits>)});
}

} // namespace tandem::cuda

using namespace tandem::cuda;

extern "C" td_status td_cuda_cluster_workspace(const td_cuda_cluster_shape *shape, uint64_t *bytes) noexcept {
    const td_status checked = check(shape);
    if (checked != TD_STATUS_OK)
        return checked;
    if (bytes == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    *bytes = Sizes(*shape).bytes();
    return TD_STATUS_OK;
}

extern "C" td_status td_cuda_cluster(td_cuda_launch *launch, const td_cuda_cluster_shape *shape, const void *tokens,
                                     int32_t *centres, int32_t *assignment, float *merged, float *importance,
                                     int32_t *states) noexcept {
    td_status checked = check(shape);
    if (checked == TD_STATUS_OK)
        checked = check_launch(launch, Sizes(*shape).bytes());
    if (checked != TD_STATUS_OK)
        return checked;
    if (tokens == nullptr || centres == nullptr || assignment == nullptr || merged == nullptr || importance == nullptr
        || states == nullptr)
        return TD_STATUS_NULL_ARGUMENT;

    Launcher on(*launch);
    const Sizes sizes(*shape);
    const int n = shape->tokens;
    const int row_bytes = shape->width * (shape->type == TD_CUDA_FLOAT32 ? 4 : 2);
    Gram gram{};
    gram.tokens = static_cast<const unsigned char *>(tokens);
    gram.distances = on.take<float>(sizes.distances);
    gram.lists = on.take<float>(sizes.lists);
    gram.n = n;
    gram.width = shape->width;
    gram.row_bytes = row_bytes;
    gram.blocks = blocks_of(*shape);
    gram.pitch = gram.blocks * side;
    gram.k = neighbours_of(*shape);
    gram.aligned = row_bytes % 16 == 0 && reinterpret_cast<std::uintptr_t>(tokens) % 16 == 0;
    Peaks peaks{};
    peaks.distances = gram.distances;
    peaks.lists = gram.lists;
    peaks.means = on.take<double>(sizes.rows);
    peaks.importances = on.take<double>(sizes.rows);
    peaks.greatest = on.take<float>(sizes.greatest);
    peaks.centres = centres;
    peaks.importance = importance;
    peaks.states = states;
    peaks.n = n;
    peaks.blocks = gram.blocks;
    peaks.pitch = gram.pitch;
    peaks.k = gram.k;
    peaks.clusters = shape->clusters;
    const Merge merge{gram.tokens, gram.distances, centres, assignment, merged, n, shape->width, gram.pitch,
                      shape->clusters};

    if (gram.k <= short_list)
        distances_and_densities<short_list>(on, *shape, gram, peaks);
    else
        distances_and_densities<TD_CUDA_NEIGHBOURS_MAX>(on, *shape, gram, peaks);
    const dim3 a_warp_each = grid((n + rows_a_block - 1) / rows_a_block, shape->tiles);
    on.run(separations, a_warp_each, row_threads, peaks);
    on.run(ranks, a_warp_each, row_threads, peaks);
    on.run(assign, a_warp_each, row_threads, merge);
    const dim3 columns = grid((shape->width + merge_threads - 1) / merge_threads, shape->clusters, shape->tiles);
    if (shape->type == TD_CUDA_FLOAT32)
        on.run(means<Float32>, columns, merge_threads, merge);
    else if (shape->type == TD_CUDA_FLOAT16)
        on.run(means<HalfBits>, columns, merge_threads, merge);
    else
        on.run(means<Bfloat16Bits>, columns, merge_threads, merge);
    return on.status();
}
