/*
 * Status codes. A function that can fail returns one; zero is success. Values are pinned for ever and grouped by tens:
 * a new code takes a free number of its group, none is ever reused.
 *
 * What a code means is always to be had from td_status_describe. What one call said besides (which argument, which
 * value) is kept for its thread and copied out by td_last_error. A virtual thread of Java may move to another thread
 * wherever it blocks: it asks right after the call, with the code that the call returned. Decide by the code; the text
 * is for people.
 */
#ifndef TANDEM_STATUS_H
#define TANDEM_STATUS_H

#include <stddef.h>
#include <stdint.h>

#include <tandem/export.h>

TD_BEGIN

typedef int32_t td_status;

enum {
    TD_STATUS_OK = 0,

    /* 10-19: the caller's arguments */
    TD_STATUS_NULL_ARGUMENT = 10,
    TD_STATUS_BAD_SIZE = 11,
    TD_STATUS_OUT_OF_RANGE = 12,
    TD_STATUS_BUFFER_TOO_SMALL = 13,

    /* 20-29: resources */
    TD_STATUS_OUT_OF_MEMORY = 20,

    /* 30-39: data from a file or a wire */
    TD_STATUS_CORRUPT_DATA = 30,

    /* 40-49: this machine */
    TD_STATUS_UNSUPPORTED = 40,
    TD_STATUS_DEVICE_FAILED = 41,

    /* 90-99: our own faults */
    TD_STATUS_INTERNAL = 90
};

/*
 * Writes what a code means, ending in a zero byte; a text that does not fit is cut.
 * text: at least capacity bytes, capacity at least 1. An unknown code is described as such.
 */
TD_API td_status td_status_describe(td_status status, char *text, size_t capacity) TD_NOEXCEPT;

/* The longest text of td_last_error, its zero byte included. */
enum { TD_LAST_ERROR_BYTES = 256 };

/*
 * Writes what the last call of libtandem that failed on this thread said besides its code, ending in a zero byte; empty
 * where that call returned another code than of, or has no more to say: the damage of a stream, which its decoder tells
 * (td_rans_fault), is not said again. Calls that succeed change nothing, nor does this one. A text that does not fit is
 * cut. text: at least capacity bytes, capacity at least 1.
 */
TD_API td_status td_last_error(td_status of, char *text, size_t capacity) TD_NOEXCEPT;

TD_END

#endif
