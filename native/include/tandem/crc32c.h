/* CRC-32C (Castagnoli, reflected polynomial 0x82F63B78), the check that a slice carries. */
#ifndef TANDEM_CRC32C_H
#define TANDEM_CRC32C_H

#include <stddef.h>
#include <stdint.h>

#include <tandem/export.h>
#include <tandem/status.h>

TD_BEGIN

/*
 * Continues a checksum over bytes more bytes. Start with 0; feeding data in pieces gives the same as all at once.
 * data: bytes readable bytes, any alignment; may be null only where bytes is 0. The CRC of "123456789" is 0xE3069283.
 */
TD_API uint32_t td_crc32c_update(uint32_t crc, const void *data, size_t bytes) TD_NOEXCEPT;

/* Writes the name of the implementation that runs here ("table", "sse4.2", "armv8"), ending in a zero byte. */
TD_API td_status td_crc32c_describe(char *text, size_t capacity) TD_NOEXCEPT;

TD_END

#endif
