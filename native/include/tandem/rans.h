/*
 * The entropy coder of a slice's stream: tables made ready once, a decoder that can stop and go on, many streams decoded
 * or encoded at once (docs/bitstream.md, sections 2 to 4). The bytes are those of CompressAI's coder `ans`.
 *
 * Nothing here allocates; all memory is the caller's. Prepared tables are only read and may be shared by threads; a
 * decoder or a job belongs to one thread at a time. Data from a file or a wire is never trusted: what is wrong with it
 * comes back as TD_STATUS_CORRUPT_DATA with the place, and no byte outside the given range is read. A prepared image is
 * not such data: it must be one that td_rans_prepare wrote, unchanged (it may be moved; it holds no pointers).
 */
#ifndef TANDEM_RANS_H
#define TANDEM_RANS_H

#include <stddef.h>
#include <stdint.h>

#include <tandem/export.h>
#include <tandem/status.h>

TD_BEGIN

/* What was wrong; found in brackets. Values are pinned. */
enum {
    TD_RANS_FINE = 0,

    /* 1-9: a stream */
    TD_RANS_LENGTH = 1,        /* no multiple of 4 bytes, or fewer than 8 [bytes] */
    TD_RANS_FIRST_STATE = 2,   /* the first state lies outside [2^31, 2^63) [state] */
    TD_RANS_TRUNCATED = 3,     /* a word is needed and there is none [0] */
    TD_RANS_LONG_ESCAPE = 4,   /* an escape of more than 7 nibbles [nibbles] */
    TD_RANS_LEADING_ZERO = 5,  /* an escape whose most significant nibble is 0 [nibbles << 32 | raw value] */
    TD_RANS_LEFT_OVER = 6,     /* the last value was read and words are left [bytes] */
    TD_RANS_FINAL_STATE = 7,   /* the last value was read and the state is not 2^31 [state] */

    /* 10-19: a tables file */
    TD_RANS_SHORT_FILE = 10,   /* fewer bytes than a header [bytes] */
    TD_RANS_MAGIC = 11,        /* not "TDTB" [magic] */
    TD_RANS_VERSION = 12,      /* [version] */
    TD_RANS_ROWS = 13,         /* not 1..65536 rows [rows] */
    TD_RANS_ENTRIES = 14,      /* not 1..2^24 entries [entries] */
    TD_RANS_FILE_LENGTH = 15,  /* the counts need another number of bytes [bytes] */
    TD_RANS_ROW_LENGTH = 16,   /* a row reaches beyond the entries, or they do not sum to them [length or sum] */

    /* 20-29: a row of it; offset is where the row begins */
    TD_RANS_ROW_ENTRIES = 20,  /* not 3..65537 entries [entries] */
    TD_RANS_ROW_FIRST = 21,    /* the first entry is not 0 [entry] */
    TD_RANS_ROW_ASCENT = 22,   /* an entry is not above the one before it [entry] */
    TD_RANS_ROW_LAST = 23,     /* the last entry is not 65536 [entry] */
    TD_RANS_ROW_OFFSET = 24    /* the offset lies outside +-2^24 [offset] */
};

typedef struct td_rans_fault {
    uint64_t offset; /* byte in the stream or file at which it showed */
    int64_t found;
    int32_t reason; /* TD_RANS_*, TD_RANS_FINE where nothing is wrong */
    uint32_t row;   /* for a row of tables */
} td_rans_fault;

/*
 * Checks a tables file (section 2) and says how large its image is.
 * file: bytes bytes, any alignment. image_bytes: written on success. fault: written on success and on CORRUPT_DATA.
 */
TD_API td_status td_rans_image_bytes(const void *file, size_t bytes, size_t *image_bytes,
                                     td_rans_fault *fault) TD_NOEXCEPT;

/*
 * Checks a tables file and writes its image: searches cut short for decoding, reciprocals for encoding.
 * image: at least what td_rans_image_bytes says, aligned to 64 bytes; its content is undefined after a failure.
 */
TD_API td_status td_rans_prepare(const void *file, size_t bytes, void *image, size_t image_bytes,
                                 td_rans_fault *fault) TD_NOEXCEPT;

/* Rows of an image; a row index of any call below must be smaller. 0 for memory that holds no image. */
TD_API uint32_t td_rans_rows(const void *image) TD_NOEXCEPT;

/* A stream half read. The caller provides the memory and leaves the content alone; any copy of it can go on too. */
typedef struct td_rans_decoder {
    const void *stream; /* the caller's, must stay as it is while decoding */
    uint64_t bytes;
    uint64_t next; /* byte offset of the next word */
    uint64_t state;
    td_rans_fault fault;
    uint64_t read;    /* values that the last get gave: all, or those before the failure */
    td_status status; /* the first failure; every later call gives it again */
    uint32_t reserved;
} td_rans_decoder;

/* Takes the first state. stream: bytes bytes, any alignment. Writes the whole decoder. */
TD_API td_status td_rans_begin(td_rans_decoder *decoder, const void *stream, size_t bytes) TD_NOEXCEPT;

/*
 * The next count values. rows: which row models each. values: count; undefined from a failure on.
 * OUT_OF_RANGE for a row that the image does not have: nothing was read.
 */
TD_API td_status td_rans_get(const void *image, td_rans_decoder *decoder, const uint16_t *rows, int32_t *values,
                             size_t count) TD_NOEXCEPT;

/* To be called after the last value: the stream must end here, in the state in which its encoder began. */
TD_API td_status td_rans_end(td_rans_decoder *decoder) TD_NOEXCEPT;

/* What td_rans_get_many reads from one decoder: arguments as of td_rans_get. */
typedef struct td_rans_read {
    const uint16_t *rows;
    int32_t *values;
    uint64_t count;
} td_rans_read;

/*
 * td_rans_get for decoders of independent streams, one a vector lane; counts may differ. Each decoder ends with its own
 * status; a damaged stream never harms another. OK if all are, else CORRUPT_DATA; a decoder that had failed before is
 * left alone. OUT_OF_RANGE for a row that the image does not have, NULL_ARGUMENT: nothing was read from any.
 */
TD_API td_status td_rans_get_many(const void *image, td_rans_decoder *decoders, const td_rans_read *reads,
                                  size_t streams) TD_NOEXCEPT;

/* Bytes that a stream of count values can need at most, whatever they are; 0 for more than 2^28 values. */
TD_API size_t td_rans_stream_bound(size_t count) TD_NOEXCEPT;

/* One stream to encode. */
typedef struct td_rans_write {
    const uint16_t *rows;
    const int32_t *values; /* in the order in which they are decoded */
    uint64_t count;
    void *stream;      /* any alignment */
    uint64_t capacity; /* at least td_rans_stream_bound(count) */
    uint64_t bytes;    /* out: length of the stream, which begins at stream */
    uint64_t bad;      /* out: index of the value for OUT_OF_RANGE */
    td_status status;  /* out */
    uint32_t reserved;
} td_rans_write;

/*
 * Encodes one stream after another, interleaved. Each ends with its own status: BUFFER_TOO_SMALL for a capacity below the
 * bound, OUT_OF_RANGE for a row that the image does not have or a value whose escape does not stay below 2^28 (about 2^27
 * beyond its row). Returns the first that is not OK.
 */
TD_API td_status td_rans_encode(const void *image, td_rans_write *writes, size_t streams) TD_NOEXCEPT;

/* Writes the name of the tier that decodes many streams here, ending in a zero byte. */
TD_API td_status td_rans_describe(char *text, size_t capacity) TD_NOEXCEPT;

TD_END

#endif
