/* The version of the C ABI. The Java side refuses a library whose major number differs or whose minor is smaller. */
#ifndef TANDEM_VERSION_H
#define TANDEM_VERSION_H

#include <stdint.h>

#include <tandem/export.h>

TD_BEGIN

/* Goes up when a function changes or goes away. */
#define TD_ABI_MAJOR 1
/* Goes up when a function is added. */
#define TD_ABI_MINOR 2

/* major << 16 | minor of the library that was loaded, to be compared with the constants compiled against. */
TD_API uint32_t td_version_abi(void) TD_NOEXCEPT;

TD_END

#endif
