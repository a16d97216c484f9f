/*
 * From the hyper-synthesis to the coder: table rows from scale logits, symbols from values, and back
 * (docs/bitstream.md, sections 5 and 6). Arrays have any natural alignment, and do not overlap.
 */
#ifndef TANDEM_QUANTISE_H
#define TANDEM_QUANTISE_H

#include <stddef.h>
#include <stdint.h>

#include <tandem/export.h>
#include <tandem/status.h>

TD_BEGIN

enum { TD_SCALE_THRESHOLDS = 63 };

/*
 * rows[i] = base + the number of thresholds that are <= logit[i] + shift.
 * thresholds: int32 [63], strictly ascending (OUT_OF_RANGE otherwise); 16, 32, ... as usual is faster, any are right.
 * logit: int16 [count]; rows: uint16 [count]; base: 0..65535 - 63 (OUT_OF_RANGE); shift: an int16 (OUT_OF_RANGE).
 */
TD_API td_status td_scale_rows(const int32_t *thresholds, const int16_t *logit, size_t count, int32_t shift,
                               int32_t base, uint16_t *rows) TD_NOEXCEPT;

/* The same with base 0, one byte each. */
TD_API td_status td_scale_indices(const int32_t *thresholds, const int16_t *logit, size_t count, int32_t shift,
                                  uint8_t *indices) TD_NOEXCEPT;

/*
 * symbols[i] = (y[i] - mean[i] * 2^-fraction_bits) / step in float32, rounded half to even, limited to an int16.
 * y: float32 [count]; mean: int16 [count]; symbols: int32 [count]; fraction_bits: 0..15; step: 2^-126..10^6.
 * OUT_OF_RANGE with *bad < count: y[*bad] is the first NaN or infinity, and symbols hold nothing of use; with
 * *bad = count: another argument lies outside its range. bad may be null.
 */
TD_API td_status td_quantise(const float *y, const int16_t *mean, size_t count, int32_t fraction_bits, float step,
                             int32_t *symbols, size_t *bad) TD_NOEXCEPT;

/* y[i] = symbols[i] * step, then + mean[i] * 2^-fraction_bits; each rounded to float32. Arguments as above. */
TD_API td_status td_dequantise(const int32_t *symbols, const int16_t *mean, size_t count, int32_t fraction_bits,
                               float step, float *y) TD_NOEXCEPT;

TD_END

#endif
