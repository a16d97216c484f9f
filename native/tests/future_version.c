/* Answers with an ABI that no Java side knows; loaded by a test that expects to be refused. */
#include <tandem/version.h>

uint32_t td_version_abi(void) {
    return (uint32_t)(TD_ABI_MAJOR + 1) << 16;
}
