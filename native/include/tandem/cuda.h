/*
 * Kernels on an NVIDIA GPU: libtandem_cuda, a library of its own with the CUDA runtime linked in, so that it loads where
 * there is no GPU. Functions that take a td_cuda_launch only put work on the caller's stream: they allocate nothing and
 * wait for nothing; results are there when the stream has got that far.
 *
 * The caller's thread must have the device current that stream and pointers belong to. Pointers marked "device" are
 * device memory (or memory the device can reach), aligned to their element. Sizes are checked before anything is
 * launched; what only the device can see (values, expert ids) is reported in a device word "state" as a td_status.
 *
 * Errors: NULL_ARGUMENT, BAD_SIZE (a count is not allowed), OUT_OF_RANGE (a setting is not), BUFFER_TOO_SMALL (the
 * workspace), UNSUPPORTED (no device, or no code for it), DEVICE_FAILED (a launch failed; cuda_error says how).
 * A kernel's first launch in a process loads its code, which may wait; td_cuda_prepare does that beforehand.
 */
#ifndef TANDEM_CUDA_H
#define TANDEM_CUDA_H

#include <stddef.h>
#include <stdint.h>

#include <tandem/export.h>
#include <tandem/status.h>

TD_BEGIN

/* td_version_abi of this library. */
TD_API uint32_t td_cuda_version_abi(void) TD_NOEXCEPT;

/* Writes the architectures that code was compiled for, for example "sm_80 sm_90 compute_120", ending in a zero byte. */
TD_API td_status td_cuda_architectures(char *text, size_t capacity) TD_NOEXCEPT;

/* Writes what a cuda_error means, in the CUDA runtime's words. */
TD_API td_status td_cuda_error_describe(int32_t cuda_error, char *text, size_t capacity) TD_NOEXCEPT;

/*
 * Loads the code of every kernel for the current device. UNSUPPORTED where there is no device or no code for it;
 * cuda_error (may be null) says what the runtime answered.
 */
TD_API td_status td_cuda_prepare(int32_t *cuda_error) TD_NOEXCEPT;

/* Where to run, and with which scratch memory. */
typedef struct td_cuda_launch {
    void *stream;             /* cudaStream_t; null for the default stream */
    void *workspace;          /* device, 256-byte aligned; in use until the stream has passed the call */
    uint64_t workspace_bytes;
    int32_t cuda_error;       /* out: the runtime's code where the status is DEVICE_FAILED or UNSUPPORTED, else 0 */
    int32_t reserved;         /* 0 */
} td_cuda_launch;

/* --- Density-peak clustering and mean merge, the rules of dev.tandem.cluster.DpcKnn -------------------------------- */

/* Types of token values. Values are pinned. */
enum { TD_CUDA_FLOAT32 = 0, TD_CUDA_FLOAT16 = 1, TD_CUDA_BFLOAT16 = 2 };

/*
 * How products of tokens are summed. FP32: float32 multiply-adds (float32 tokens only). TENSOR: tensor cores with
 * float32 sums, float32 tokens rounded to TF32 (ten fraction bits); float16 and bfloat16 tokens always go this way.
 */
enum { TD_CUDA_GRAM_FP32 = 0, TD_CUDA_GRAM_TENSOR = 1 };

enum { TD_CUDA_TOKENS_MAX = 4096, TD_CUDA_NEIGHBOURS_MAX = 32 };

typedef struct td_cuda_cluster_shape {
    int32_t tiles;      /* pictures, each clustered on its own: 1..65535 */
    int32_t tokens;     /* of a tile: 1..TD_CUDA_TOKENS_MAX */
    int32_t width;      /* values of a token: 1..65536 */
    int32_t clusters;   /* of a tile: 1..tokens */
    int32_t neighbours; /* at least 1; the lesser of it and tokens is used, at most TD_CUDA_NEIGHBOURS_MAX */
    int32_t type;       /* TD_CUDA_FLOAT32, ... */
    int32_t gram;       /* TD_CUDA_GRAM_FP32, ... */
    int32_t reserved;   /* 0 */
} td_cuda_cluster_shape;

/* Bytes of workspace for td_cuda_cluster. */
TD_API td_status td_cuda_cluster_workspace(const td_cuda_cluster_shape *shape, uint64_t *bytes) TD_NOEXCEPT;

/*
 * Clusters tiles and merges each cluster by its mean. All arrays are device memory, row major, distinct:
 * tokens     [tiles, tokens, width], shape->type; fastest where 16-byte aligned with rows of a multiple of 16 bytes
 * centres    [tiles, clusters] index of the token at each centre, the most important first
 * assignment [tiles, tokens] rank of the cluster that each token joined
 * merged     [tiles, clusters, width] mean of each cluster's tokens (summed in float64, in the tokens' order)
 * importance [tiles, clusters] ln(density * separation), descending
 * states     [tiles] TD_STATUS_OK, or TD_STATUS_OUT_OF_RANGE where a value is not finite or a squared length or
 *            distance overflows float32: then centres and assignment are within range and mean nothing
 * The same input gives the same bits on the same architecture: sums have a fixed order. Squared distances come from
 * products of tokens, so they differ from the reference's in the last places; equal tokens have distance 0.
 */
TD_API td_status td_cuda_cluster(td_cuda_launch *launch, const td_cuda_cluster_shape *shape, const void *tokens,
                                 int32_t *centres, int32_t *assignment, float *merged, float *importance,
                                 int32_t *states) TD_NOEXCEPT;

/* --- Integer hyper-synthesis, docs/bitstream.md section 5: the same integers as everywhere ------------------------- */

enum { TD_CUDA_HYPER_TOKENS_MAX = 262144 };

/* Sizes of a checked hyper file. */
typedef struct td_cuda_hyper_model {
    int32_t experts, layers, fraction_bits;
    int32_t widths[9];      /* layers + 1 of them; the first is the hyper width, the last twice the token width */
    int32_t shifts[8];
    uint64_t packed_bytes;  /* of the packed form */
} td_cuda_hyper_model;

/* Checks a hyper file (host memory) and fills model; CORRUPT_DATA for anything that section 5 refuses. */
TD_API td_status td_cuda_hyper_open(const void *file, size_t bytes, td_cuda_hyper_model *model) TD_NOEXCEPT;

/*
 * Rearranges the file that gave model for the device. packed: host memory, model->packed_bytes at least; the caller
 * copies it into device memory (256-byte aligned), once, and hands that to the calls below.
 */
TD_API td_status td_cuda_hyper_pack(const void *file, size_t bytes, void *packed, size_t packed_bytes) TD_NOEXCEPT;

/* Bytes of workspace for td_cuda_hyper with up to tokens tokens (1..TD_CUDA_HYPER_TOKENS_MAX). */
TD_API td_status td_cuda_hyper_workspace(const td_cuda_hyper_model *model, int32_t tokens,
                                         uint64_t *bytes) TD_NOEXCEPT;

/*
 * Runs each token's expert. Device memory, with H the hyper width and W the token width of the model:
 * packed  what td_cuda_hyper_pack wrote
 * experts [tokens]
 * z       [tokens, H] hyper-latents, limited to [-127, 127] on the way in
 * means   [tokens, W] fixed point with fraction_bits
 * logits  [tokens, W]
 * state   one word: TD_STATUS_OK, or TD_STATUS_OUT_OF_RANGE where a token names no expert; its rows are not written
 */
TD_API td_status td_cuda_hyper(td_cuda_launch *launch, const td_cuda_hyper_model *model, const void *packed,
                               int32_t tokens, const int32_t *experts, const int32_t *z, int16_t *means,
                               int16_t *logits, int32_t *state) TD_NOEXCEPT;

/* --- Symbols and table rows, docs/bitstream.md sections 5 and 6; no workspace -------------------------------------- */

/*
 * symbols[i] = (values[i] - means[i] * 2^-fraction_bits) / step in float32, half to even, saturated to 16 bits;
 * scales[i] = scale index 0..63 of logits[i] + scale_shift. Device memory, count elements each; packed as above, for
 * its thresholds. step: 2^-126..10^6; scale_shift: 16 bits.
 * state: one word, TD_STATUS_OK, or TD_STATUS_OUT_OF_RANGE where a value is NaN or infinite; its symbol is 0.
 */
TD_API td_status td_cuda_quantise(td_cuda_launch *launch, const td_cuda_hyper_model *model, const void *packed,
                                  int64_t count, const float *values, const int16_t *means, const int16_t *logits,
                                  float step, int32_t scale_shift, int16_t *symbols, uint8_t *scales,
                                  int32_t *state) TD_NOEXCEPT;

/* values[i] = symbols[i] * step + means[i] * 2^-fraction_bits: a float32 product, then a float32 sum. Device memory. */
TD_API td_status td_cuda_dequantise(td_cuda_launch *launch, const td_cuda_hyper_model *model, int64_t count,
                                    const int16_t *symbols, const int16_t *means, float step,
                                    float *values) TD_NOEXCEPT;

TD_END

#endif
