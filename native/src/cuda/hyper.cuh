// The integer hyper-synthesis over tokens grouped by expert. A block takes up to 8 tokens of one expert and 64 outputs
// of a layer: every weight is read once for its 8 tokens, four at a time (dp4a). Sums are integers, so their order is
// free; the file's check keeps all of them within 32 bits.
#pragma once

#include "arithmetic.cuh"
#include "hyper_file.hpp"

namespace tandem::cuda {

inline constexpr int hyper_threads = 256;
inline constexpr int chunk_tokens = 8;
inline constexpr int chunk_outputs = 64;
inline constexpr int depth_parts = hyper_threads / chunk_outputs; // threads that share one output
inline constexpr int depth_words = 512;                           // inputs held at a time, in words

// Tokens order[from .. from + count) of one expert.
struct Chunk {
    std::int32_t expert, from, count;
};

// One block: a thread an expert. Orders tokens by expert, the earlier token first, and cuts them into chunks.
__global__ void __launch_bounds__(hyper_threads)
    group(const std::int32_t *experts, int tokens, int expert_count, std::int32_t *order, Chunk *chunks,
          int chunk_count, std::int32_t *state) {
    TD_SHARED(std::int32_t, ids, hyper_threads);
    TD_SHARED(std::int32_t, token_ends, hyper_threads);
    TD_SHARED(std::int32_t, chunk_ends, hyper_threads);
    const int expert = threadIdx.x;
    int mine = 0;
    for (int from = 0; from < tokens; from += hyper_threads) {
        const int at = from + static_cast<int>(threadIdx.x);
        ids[threadIdx.x] = at < tokens ? experts[at] : -1;
        __syncthreads();
#pragma unroll 16
        for (int i = 0; i < hyper_threads; ++i)
            mine += ids[i] == expert ? 1 : 0;
        __syncthreads();
    }
    if (expert >= expert_count)
        mine = 0;
    const int my_chunks = (mine + chunk_tokens - 1) / chunk_tokens;
    token_ends[expert] = mine;
    chunk_ends[expert] = my_chunks;
    __syncthreads();
    for (int reach = 1; reach < hyper_threads; reach *= 2) { // inclusive sums
        const int more_tokens = expert >= reach ? token_ends[expert - reach] : 0;
        const int more_chunks = expert >= reach ? chunk_ends[expert - reach] : 0;
        __syncthreads();
        token_ends[expert] += more_tokens;
        chunk_ends[expert] += more_chunks;
        __syncthreads();
    }
    int next = token_ends[expert] - mine;
    for (int c = 0; c < my_chunks; ++c) {
        const int done = c * chunk_tokens;
        chunks[chunk_ends[expert] - my_chunks + c] = {expert, next + done, min(chunk_tokens, mine - done)};
    }
    for (int c = chunk_ends[hyper_threads - 1] + expert; c < chunk_count; c += hyper_threads)
        chunks[c] = {0, 0, 0};
    if (expert == 0)
        *state = token_ends[hyper_threads - 1] == tokens ? TD_STATUS_OK : TD_STATUS_OUT_OF_RANGE;
    for (int from = 0; from < tokens; from += hyper_threads) {
        const int at = from + static_cast<int>(threadIdx.x);
        ids[threadIdx.x] = at < tokens ? experts[at] : -1;
        __syncthreads();
        if (mine > 0)
            for (int i = 0; i < hyper_threads; ++i)
                if (ids[i] == expert)
                    order[next++] = from + i;
        __syncthreads();
    }
}

struct Layer {
    const std::int32_t *weights; // of expert 0
    std::size_t expert_words;
    PackedLayer form;
    int shift;
    const Chunk *chunks;
    const std::int32_t *order;
    const std::int32_t *z;       // first layer: [tokens][inputs]
    const std::uint32_t *from;   // later layers: bytes [position in order][form.in] words
    std::uint8_t *to;            // all but the last: bytes, rows of to_bytes
    int to_bytes;
    std::int16_t *means;         // last layer: [tokens][outputs / 2]
    std::int16_t *logits;
};

// Inputs of token `position` in order, one word of four.
template <bool first>
TD_DEVICE std::uint32_t input_word(const Layer &l, int position, int word) {
    if constexpr (first) {
        const std::int32_t *z = l.z + static_cast<std::size_t>(l.order[position]) * l.form.inputs;
        std::uint32_t bytes = 0;
        for (int i = 0; i < 4; ++i)
            if (4 * word + i < l.form.inputs)
                bytes |= as_signed_byte(z[4 * word + i], i);
        return bytes;
    } else {
        return l.from[static_cast<std::size_t>(position) * l.form.in + word];
    }
}

// Four products; hyper-latents are signed bytes, hidden values unsigned ones, weights always signed.
template <bool first>
TD_DEVICE std::int32_t dot(std::int32_t weights, std::int32_t values, std::int32_t sum) {
    if constexpr (first)
        return dot_signed(weights, values, sum);
    else
        return dot_unsigned(weights, values, sum);
}

template <bool last>
TD_DEVICE void put(const Layer &l, int position, int output, std::int64_t v) {
    if constexpr (last) {
        const int half = l.form.outputs / 2;
        std::int16_t *to = output < half ? l.means : l.logits;
        if (output < l.form.outputs)
            to[static_cast<std::size_t>(l.order[position]) * half + (output < half ? output : output - half)] =
                static_cast<std::int16_t>(limited(v, -32768, 32767));
    } else if (output < l.to_bytes) { // padding becomes zero
        l.to[static_cast<std::size_t>(position) * l.to_bytes + output] =
            static_cast<std::uint8_t>(output < l.form.outputs ? limited(v, 0, 255) : 0);
    }
}

template <bool first, bool last>
__global__ void __launch_bounds__(hyper_threads) run_layer(Layer l) {
    TD_SHARED(std::uint32_t, inputs, chunk_tokens * depth_words);
    TD_SHARED(std::int32_t, parts, depth_parts * chunk_tokens * chunk_outputs);
    const Chunk chunk = l.chunks[blockIdx.y];
    if (chunk.count == 0)
        return;
    const int lane = threadIdx.x % chunk_outputs;
    const int part = threadIdx.x / chunk_outputs;
    const int out = l.form.out;
    const std::int32_t *layer = l.weights + chunk.expert * l.expert_words + l.form.at;
    const std::int32_t *mine = layer + blockIdx.x * chunk_outputs + lane;
    std::int32_t sums[chunk_tokens] = {};
    for (int from = 0; from < l.form.in; from += depth_words) {
        const int words = min(depth_words, l.form.in - from);
        __syncthreads();
        for (int i = threadIdx.x; i < chunk_tokens * words; i += hyper_threads) {
            const int token = i / words;
            inputs[token * depth_words + i % words] =
                token < chunk.count ? input_word<first>(l, chunk.from + token, from + i % words) : 0;
        }
        __syncthreads();
        // Unrolled further it spills registers; eight words of weights are on their way as it is.
#pragma unroll 2
        for (int word = 4 * part; word < words; word += 4 * depth_parts) {
            std::int32_t w[4];
#pragma unroll
            for (int i = 0; i < 4; ++i)
                w[i] = mine[static_cast<std::size_t>(from + word + i) * out];
#pragma unroll
            for (int token = 0; token < chunk_tokens; ++token) {
                const int4 v = *reinterpret_cast<const int4 *>(inputs + token * depth_words + word);
                sums[token] = dot<first>(w[0], v.x, sums[token]);
                sums[token] = dot<first>(w[1], v.y, sums[token]);
                sums[token] = dot<first>(w[2], v.z, sums[token]);
                sums[token] = dot<first>(w[3], v.w, sums[token]);
            }
        }
    }
#pragma unroll
    for (int token = 0; token < chunk_tokens; ++token)
        parts[(part * chunk_tokens + token) * chunk_outputs + lane] = sums[token];
    __syncthreads();
    const std::int32_t *biases = layer + static_cast<std::size_t>(l.form.in) * out;
    for (int token = part; token < chunk.count; token += depth_parts) {
        const int output = blockIdx.x * chunk_outputs + lane;
        std::int32_t sum = biases[output];
        for (int p = 0; p < depth_parts; ++p)
            sum += parts[(p * chunk_tokens + token) * chunk_outputs + lane];
        put<last>(l, chunk.from + token, output, requantised(sum, biases[out + output], l.shift));
    }
}

} // namespace tandem::cuda
