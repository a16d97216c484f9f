/*
 * DPC-KNN clustering of one picture's tokens with a plain mean merge. Distances are ||a - b||^2 / width; a token's density
 * is exp(-(1/K) sum of its K smallest distances, itself included), its separation the least distance to a denser token (the
 * greatest distance of all for the densest one). Centres are the tokens with the greatest product of the two; every token
 * joins its nearest centre. On ties the lower index is denser, and the more important centre nearer. Equal tokens have a
 * distance of exactly 0.
 *
 * Distances come from float32 dot products, so near-ties may fall otherwise than elsewhere: results are reproducible on
 * one tier of instructions, not across tiers. Nothing here chooses a probability; a decoder needs only the merged tokens.
 */
#ifndef TANDEM_CLUSTER_H
#define TANDEM_CLUSTER_H

#include <stddef.h>
#include <stdint.h>

#include <tandem/export.h>
#include <tandem/status.h>

TD_BEGIN

/* The distances of all pairs are kept: 4 * n * n / 2 bytes. */
#define TD_CLUSTER_MOST_TOKENS 32768

/* Options, added up. */
enum {
    /*
     * Distances of the tokens (less a common centre) rounded to bfloat16, products summed in float32: by AMX where the
     * tier has it, else by the float32 kernel, to the same distances but not to the same speed. Close pairs are still
     * taken from the tokens as given, and so are the means.
     */
    TD_CLUSTER_BF16 = 1
};

/* Bytes of workspace for one call of these sizes. Errors as td_dpc_knn; bytes is not null. */
TD_API td_status td_dpc_knn_workspace(int32_t n, int32_t width, int32_t clusters, int32_t neighbours,
                                      uint32_t options, size_t *bytes) TD_NOEXCEPT;

/*
 * Clusters n tokens, the most important cluster first.
 *
 * tokens: float32 [n, width], row major, finite; read only
 * n: 1..TD_CLUSTER_MOST_TOKENS; width: at least 1; clusters: 1..n
 * neighbours: K, at least 1; above n counts as n. Up to 16 is fast.
 * workspace: any alignment, not shared by two calls at once; its content before and after means nothing
 * centres: int32 [clusters], the token at each centre
 * assignment: int32 [n], the rank of the cluster that each token joined
 * merged: float32 [clusters, width], means of the clusters' tokens
 * importance: float32 [clusters], ln(density * separation), descending; negative infinity where a centre coincides with a
 *     denser token
 * where: may be null; on TD_STATUS_OUT_OF_RANGE the index in tokens of the first value that is NaN or infinite, or -1
 *     where all are finite but a squared distance overflows float32; else -1
 *
 * No output overlaps an input, the workspace or another output. Outputs mean nothing after an error.
 * Errors: NULL_ARGUMENT; BAD_SIZE for n, width, clusters or neighbours; UNSUPPORTED for an option this version does not
 * know; BUFFER_TOO_SMALL for the workspace; OUT_OF_RANGE as above.
 */
TD_API td_status td_dpc_knn(const float *tokens, int32_t n, int32_t width, int32_t clusters, int32_t neighbours,
                            uint32_t options, void *workspace, size_t workspace_bytes, int32_t *centres,
                            int32_t *assignment, float *merged, float *importance, int64_t *where) TD_NOEXCEPT;

/* Writes the tier that td_dpc_knn uses here ("avx2", "amx"), ending in a zero byte. */
TD_API td_status td_dpc_knn_describe(char *text, size_t capacity) TD_NOEXCEPT;

TD_END

#endif
