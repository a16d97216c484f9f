#include "cluster/dpc_knn.hpp"
#include "cluster/steps.hpp"
#include "guard.hpp"
#include "text.hpp"

#include <algorithm>
#include <cinttypes>
#include <cmath>

#include <tandem/cluster.h>

namespace tandem::cluster {
namespace {

td_status check(std::int32_t n, std::int32_t width, std::int32_t clusters, std::int32_t neighbours,
                std::uint32_t options) noexcept {
    if (n < 1 || n > TD_CLUSTER_MOST_TOKENS)
        return refused(TD_STATUS_BAD_SIZE, "tokens are [%d], needed are 1 to [%d]", n, TD_CLUSTER_MOST_TOKENS);
    if (width < 1)
        return refused(TD_STATUS_BAD_SIZE, "the width is [%d], needed is at least 1", width);
    if (clusters < 1 || clusters > n)
        return refused(TD_STATUS_BAD_SIZE, "clusters are [%d], needed are 1 to the number of tokens, [%d]", clusters,
                       n);
    if (neighbours < 1)
        return refused(TD_STATUS_BAD_SIZE, "neighbours are [%d], needed is at least 1", neighbours);
    if ((options & ~std::uint32_t{TD_CLUSTER_BF16}) != 0)
        return refused(TD_STATUS_UNSUPPORTED, "the options are [%#x], known are [%#x]", options,
                       std::uint32_t{TD_CLUSTER_BF16});
    return TD_STATUS_OK;
}

Problem problem_of(const float *tokens, std::int32_t n, std::int32_t width, std::int32_t clusters,
                   std::int32_t neighbours, std::uint32_t options) noexcept {
    return {tokens,
            static_cast<std::size_t>(n),
            static_cast<std::size_t>(width),
            static_cast<std::size_t>(clusters),
            static_cast<std::size_t>(std::min(neighbours, n)),
            (options & TD_CLUSTER_BF16) != 0};
}

} // namespace

std::size_t workspace_bytes(const Kernel &kernel, const Problem &problem) noexcept {
    return Workspace(kernel, problem, 0).bytes + Workspace::line - 1;
}

td_status dpc_knn(const Kernel &kernel, const Problem &problem, void *workspace, Result &result) noexcept {
    const auto base = reinterpret_cast<std::uintptr_t>(workspace);
    Workspace work(kernel, problem, (base + Workspace::line - 1) / Workspace::line * Workspace::line);
    result.where = -1;
    if (!find_centre(kernel, problem, work, result.where))
        return TD_STATUS_OUT_OF_RANGE;
    const float greatest = measure(kernel, problem, work);
    if (!std::isfinite(greatest))
        return TD_STATUS_OUT_OF_RANGE;
    rank_by_density(problem, work);
    weigh(kernel, problem, work, greatest);
    choose_centres(problem, work, result);
    assign(problem, work, result);
    merge(kernel, problem, work, result);
    return TD_STATUS_OK;
}

} // namespace tandem::cluster

extern "C" td_status td_dpc_knn_workspace(int32_t n, int32_t width, int32_t clusters, int32_t neighbours,
                                          uint32_t options, size_t *bytes) noexcept {
    namespace tc = tandem::cluster;
    return tandem::guarded([&]() -> td_status {
        if (bytes == nullptr)
            return tandem::refused_null({{"bytes", bytes}});
        const td_status status = tc::check(n, width, clusters, neighbours, options);
        if (status == TD_STATUS_OK)
            *bytes = tc::workspace_bytes(tandem::chosen<tc::kernels>(),
                                         tc::problem_of(nullptr, n, width, clusters, neighbours, options));
        return status;
    });
}

extern "C" td_status td_dpc_knn(const float *tokens, int32_t n, int32_t width, int32_t clusters, int32_t neighbours,
                                uint32_t options, void *workspace, size_t workspace_bytes, int32_t *centres,
                                int32_t *assignment, float *merged, float *importance, int64_t *where) noexcept {
    namespace tc = tandem::cluster;
    return tandem::guarded([&]() -> td_status {
        if (where != nullptr)
            *where = -1;
        if (tokens == nullptr || workspace == nullptr || centres == nullptr || assignment == nullptr
            || merged == nullptr || importance == nullptr)
            return tandem::refused_null({{"tokens", tokens}, {"workspace", workspace}, {"centres", centres},
                                         {"assignment", assignment}, {"merged", merged}, {"importance", importance}});
        if (const td_status status = tc::check(n, width, clusters, neighbours, options); status != TD_STATUS_OK)
            return status;
        const tc::Problem problem = tc::problem_of(tokens, n, width, clusters, neighbours, options);
        if (const std::size_t needed = tc::workspace_bytes(tandem::chosen<tc::kernels>(), problem);
            workspace_bytes < needed)
            return tandem::refused(TD_STATUS_BUFFER_TOO_SMALL, "the workspace has [%zu] bytes, needed are [%zu]",
                                   workspace_bytes, needed);
        tc::Result result{centres, assignment, merged, importance, -1};
        const td_status status = tc::dpc_knn(tandem::chosen<tc::kernels>(), problem, workspace, result);
        if (where != nullptr)
            *where = result.where;
        if (status == TD_STATUS_OUT_OF_RANGE && result.where < 0)
            return tandem::refused(status, "all values are finite, but a squared distance overflows float32");
        if (status == TD_STATUS_OUT_OF_RANGE)
            return tandem::refused(status, "value [%" PRId64 "] of token [%" PRId64 "] is not finite",
                                   result.where % width, result.where / width);
        return status;
    });
}

extern "C" td_status td_dpc_knn_describe(char *text, size_t capacity) noexcept {
    return tandem::guarded([&] {
        return tandem::copy_text(tandem::tier_name(tandem::chosen<tandem::cluster::kernels>().tier), text, capacity);
    });
}
