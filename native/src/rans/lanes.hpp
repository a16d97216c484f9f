// Several streams decoded side by side: what a tier's kernels share with the code that keeps their lanes full.
#pragma once

#include "rans/cursor.hpp"
#include "tier.hpp"

#include <cstddef>
#include <span>

namespace tandem::rans {

constexpr std::size_t most_lanes = 32;
constexpr std::size_t block = 8; // values that a kernel reads from each lane before it looks up

// One stream a lane. Kernels advance everything but end, and read nothing of other lanes.
struct Lanes {
    alignas(64) std::uint64_t x[most_lanes];
    const unsigned char *next[most_lanes];
    const unsigned char *end[most_lanes];
    const std::uint16_t *rows[most_lanes];
    std::int32_t *values[most_lanes];
    // Set by fail; a dead lane goes on with some state, and what it writes is nobody's.
    bool dead[most_lanes];
    bool died; // any of them
    Failure why[most_lanes];
    const unsigned char *where[most_lanes];

    void fail(std::size_t lane, const unsigned char *at, Failure failure) noexcept {
        dead[lane] = true;
        died = true;
        why[lane] = failure;
        where[lane] = at;
    }
};

// Reads up to blocks * 8 values from every lane, ending after the block in which one died; says how many blocks it read.
using RunLanes = std::size_t(const Tables &t, Lanes &lanes, std::size_t blocks) noexcept;
// count values of one stream; false on a failure.
using RunOne = bool(const Tables &t, Cursor &c, const std::uint16_t *rows, std::int32_t *values, std::size_t count,
                    Failure &why) noexcept;

struct Width {
    std::size_t lanes;
    RunLanes *run;
};

struct DecodeKernel {
    std::int32_t tier;
    RunOne *one;
    std::span<const Width> many; // the widest first
};

// An architecture defines and lists its own.
extern const DecodeKernel decode_scalar;
extern const DecodeKernel decode_avx2;
extern const DecodeKernel decode_avx512;
extern const DecodeKernel decode_neon;

// Those of this architecture.
Tiers<DecodeKernel> decode_kernels() noexcept;

// Whether every row is below limit.
bool rows_within(const std::uint16_t *rows, std::size_t count, std::uint32_t limit) noexcept;

// td_rans_get_many by one tier; all arguments are checked.
td_status get_many(const DecodeKernel &tier, const Tables &t, td_rans_decoder *decoders, const td_rans_read *reads,
                   std::size_t streams) noexcept;
// td_rans_get likewise.
td_status get(const DecodeKernel &tier, const Tables &t, td_rans_decoder &decoder, const td_rans_read &read) noexcept;

} // namespace tandem::rans
