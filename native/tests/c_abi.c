/* Compiled as strict C11: the public headers are C, and the library answers a C program. */
#include <tandem/tandem.h>

#include <stdio.h>
#include <string.h>

static int failures = 0;

static void expect(int condition, const char *what) {
    if (!condition) {
        fprintf(stderr, "failed: %s\n", what);
        ++failures;
    }
}

int main(void) {
    char text[128];
    expect(td_version_abi() == ((uint32_t)TD_ABI_MAJOR << 16 | TD_ABI_MINOR), "headers and library agree");
    expect(td_crc32c_update(0, "123456789", 9) == 0xE3069283U, "the check value of CRC-32C");
    expect(td_status_describe(TD_STATUS_OK, text, sizeof text) == TD_STATUS_OK, "a status has a text");
    expect(strcmp(text, "success") == 0, "zero is success");
    expect(td_status_describe(TD_STATUS_OK, 0, 1) == TD_STATUS_NULL_ARGUMENT, "no text without memory for it");
    expect(td_last_error(TD_STATUS_NULL_ARGUMENT, text, sizeof text) == TD_STATUS_OK, "a failure has a text");
    expect(td_capability_describe(text, sizeof text) == TD_STATUS_OK, "the capability has a text");
    printf("capability %d: %s\n", (int)td_capability_level(), text);
    expect(td_crc32c_describe(text, sizeof text) == TD_STATUS_OK, "the checksum has a text");
    printf("crc32c: %s\n", text);
    return failures == 0 ? 0 : 1;
}
