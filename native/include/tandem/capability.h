/*
 * Which vector instructions kernels may use here. Kernels are compiled for a baseline CPU plus tiers; the best tier is
 * chosen once, from this level.
 */
#ifndef TANDEM_CAPABILITY_H
#define TANDEM_CAPABILITY_H

#include <stddef.h>
#include <stdint.h>

#include <tandem/export.h>
#include <tandem/status.h>

TD_BEGIN

/* Within a hundred, a higher tier includes the lower ones. Values are pinned. */
enum {
    TD_CAPABILITY_SCALAR = 0,

    /* 100-199: x86-64 */
    TD_CAPABILITY_AVX2 = 110,        /* AVX2, FMA, BMI2 */
    TD_CAPABILITY_AVX512 = 120,      /* AVX-512 F, BW, DQ, VL */
    TD_CAPABILITY_AVX512_VNNI = 130, /* and VNNI */
    TD_CAPABILITY_AMX = 140,         /* and AMX TILE, INT8; a kernel must still ask the OS for the tile state */

    /* 200-299: aarch64 */
    TD_CAPABILITY_NEON = 210,
    TD_CAPABILITY_NEON_DOTPROD = 220
};

/*
 * The best tier that CPU and operating system both allow. Negative: the CPU has tier -result, but the operating system
 * (or a hypervisor) keeps the registers from us, so that only scalar code may run.
 */
TD_API int32_t td_capability_level(void) TD_NOEXCEPT;

/* Writes the level and what is withheld in words, ending in a zero byte; a text that does not fit is cut. */
TD_API td_status td_capability_describe(char *text, size_t capacity) TD_NOEXCEPT;

TD_END

#endif
