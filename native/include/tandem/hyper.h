/*
 * The integer hyper-synthesis (docs/bitstream.md, section 5): int8 weights, int32 sums, multiply and shift. Every tier of
 * every machine gives the same integers.
 *
 * An image is the network packed once for the tier that will run it. It lies in the caller's memory, holds no pointers
 * and is only read by the functions below, so any number of threads may share it; a workspace belongs to one call at a
 * time. Images and workspaces start at multiples of TD_HYPER_ALIGNMENT bytes (else OUT_OF_RANGE). Nothing is allocated.
 */
#ifndef TANDEM_HYPER_H
#define TANDEM_HYPER_H

#include <stddef.h>
#include <stdint.h>

#include <tandem/export.h>
#include <tandem/status.h>

TD_BEGIN

enum {
    TD_HYPER_ALIGNMENT = 64,
    TD_HYPER_BEST_TIER = -1
};

/*
 * Bytes that td_hyper_prepare needs for a hyper file. Reads the file's header only.
 * tier: a TD_CAPABILITY_* of capability.h that may run here, or TD_HYPER_BEST_TIER; UNSUPPORTED for another one.
 * CORRUPT_DATA: the header is damaged, or does not fit the file's length.
 */
TD_API td_status td_hyper_image_bytes(const void *file, size_t file_bytes, int32_t tier, size_t *bytes) TD_NOEXCEPT;

/*
 * Checks a whole hyper file, as section 5 demands it, and packs it for a tier. A tier without a kernel of its own becomes
 * the best one below it that has one; AMX becomes AVX-512 VNNI where the operating system refuses the tile state.
 * file: any alignment, not used after the call. CORRUPT_DATA: nothing of the image may be used.
 */
TD_API td_status td_hyper_prepare(const void *file, size_t file_bytes, int32_t tier, void *image,
                                  size_t image_bytes) TD_NOEXCEPT;

/* The tier that an image was packed for. CORRUPT_DATA: that is no image. */
TD_API td_status td_hyper_image_tier(const void *image, int32_t *tier) TD_NOEXCEPT;

/* Bytes of workspace for up to that many tokens a call: 4 a token, and activations of 128 tokens at most. */
TD_API td_status td_hyper_workspace_bytes(const void *image, int32_t tokens, size_t *bytes) TD_NOEXCEPT;

/*
 * Runs tokens that chose one expert.
 * z:     int8 or int32 [tokens, H], as z_bytes = 1 or 4 says; values beyond +-127 are limited.
 * mean:  int16 [tokens, W], rows stride elements apart, stride >= W; likewise
 * logit: int16 [tokens, W]. With logit = mean + W and stride = 2 W both lie in one [tokens, 2 W].
 * The outputs overlap neither each other nor anything else. UNSUPPORTED: the image's tier may not run here.
 */
TD_API td_status td_hyper_run(const void *image, int32_t expert, int32_t tokens, const void *z, int32_t z_bytes,
                              int16_t *mean, int16_t *logit, size_t stride, void *workspace,
                              size_t workspace_bytes) TD_NOEXCEPT;

/*
 * The same for a whole picture: experts int32 [tokens] names the expert of each token; OUT_OF_RANGE, before anything is
 * written, if one does not exist. Tokens of one expert run together.
 */
TD_API td_status td_hyper_run_picture(const void *image, int32_t tokens, const int32_t *experts, const void *z,
                                      int32_t z_bytes, int16_t *mean, int16_t *logit, size_t stride, void *workspace,
                                      size_t workspace_bytes) TD_NOEXCEPT;

TD_END

#endif
