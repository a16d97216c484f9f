#include <string>

#include <gtest/gtest.h>
#include <tandem/status.h>

namespace {

std::string describe(td_status status) {
    char text[128];
    EXPECT_EQ(td_status_describe(status, text, sizeof text), TD_STATUS_OK);
    return text;
}

TEST(Status, values_are_pinned) {
    EXPECT_EQ(TD_STATUS_OK, 0);
    EXPECT_EQ(TD_STATUS_NULL_ARGUMENT, 10);
    EXPECT_EQ(TD_STATUS_BAD_SIZE, 11);
    EXPECT_EQ(TD_STATUS_OUT_OF_RANGE, 12);
    EXPECT_EQ(TD_STATUS_BUFFER_TOO_SMALL, 13);
    EXPECT_EQ(TD_STATUS_OUT_OF_MEMORY, 20);
    EXPECT_EQ(TD_STATUS_CORRUPT_DATA, 30);
    EXPECT_EQ(TD_STATUS_UNSUPPORTED, 40);
    EXPECT_EQ(TD_STATUS_DEVICE_FAILED, 41);
    EXPECT_EQ(TD_STATUS_INTERNAL, 90);
}

TEST(Status, every_code_has_words_and_others_are_called_unknown) {
    const std::string unknown = describe(77);
    for (td_status status : {0, 10, 11, 12, 13, 20, 30, 40, 41, 90})
        EXPECT_NE(describe(status), unknown) << status;
}

} // namespace
