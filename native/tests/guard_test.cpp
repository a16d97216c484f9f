#include "guard.hpp"

#include <string>

#include <gtest/gtest.h>

namespace tandem {
namespace {

TEST(Guard, turns_what_the_core_throws_into_a_status) {
    EXPECT_EQ(guarded([] { return td_status{TD_STATUS_CORRUPT_DATA}; }), TD_STATUS_CORRUPT_DATA);
    EXPECT_EQ(guarded([]() -> td_status { throw std::bad_alloc(); }), TD_STATUS_OUT_OF_MEMORY);
    EXPECT_EQ(guarded([]() -> td_status { throw std::length_error("x"); }), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(guarded([]() -> td_status { throw std::out_of_range("x"); }), TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(guarded([]() -> td_status { throw std::runtime_error("x"); }), TD_STATUS_INTERNAL);
    EXPECT_EQ(guarded([]() -> td_status { throw 42; }), TD_STATUS_INTERNAL);
}

} // namespace
} // namespace tandem
