// What a failed call says besides its code: whose words they are, how long they last, and that they are of use.
#include "guard.hpp"

#include <array>
#include <functional>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <tandem/tandem.h>

namespace tandem {
namespace {

std::string last_error(td_status of) {
    char text[TD_LAST_ERROR_BYTES];
    EXPECT_EQ(td_last_error(of, text, sizeof text), TD_STATUS_OK);
    return text;
}

td_status fail(td_status status, const char *words) {
    return guarded([&] { return refused(status, "%s", words); });
}

TEST(LastError, says_what_was_refused_and_only_of_the_status_that_was_returned) {
    std::size_t bytes = 0;
    ASSERT_EQ(td_dpc_knn_workspace(10, 4, 11, 3, 0, &bytes), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(last_error(TD_STATUS_BAD_SIZE), "clusters are [11], needed are 1 to the number of tokens, [10]");
    EXPECT_EQ(last_error(TD_STATUS_OUT_OF_RANGE), "");
    EXPECT_EQ(last_error(TD_STATUS_OK), "");
}

TEST(LastError, carries_what_an_exception_said) {
    EXPECT_EQ(guarded([]() -> td_status { throw std::length_error("vector::reserve"); }), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(last_error(TD_STATUS_BAD_SIZE), "vector::reserve");
    EXPECT_EQ(guarded([]() -> td_status { throw std::runtime_error("what happened"); }), TD_STATUS_INTERNAL);
    EXPECT_EQ(last_error(TD_STATUS_INTERNAL), "what happened");
    EXPECT_EQ(guarded([]() -> td_status { throw 42; }), TD_STATUS_INTERNAL);
    EXPECT_EQ(last_error(TD_STATUS_INTERNAL), "");
}

TEST(LastError, outlives_success_and_ends_with_the_next_failure) {
    fail(TD_STATUS_BAD_SIZE, "the first");
    char text[TD_LAST_ERROR_BYTES];
    EXPECT_EQ(td_status_describe(TD_STATUS_OK, text, sizeof text), TD_STATUS_OK);
    EXPECT_EQ(td_last_error(TD_STATUS_BAD_SIZE, nullptr, 1), TD_STATUS_NULL_ARGUMENT);
    EXPECT_EQ(td_last_error(TD_STATUS_BAD_SIZE, text, 0), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(last_error(TD_STATUS_BAD_SIZE), "the first");
    EXPECT_EQ(guarded([] { return td_status{TD_STATUS_BAD_SIZE}; }), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(last_error(TD_STATUS_BAD_SIZE), "");
    // A text that was kept for another status than the one returned is nobody's.
    guarded([] { return refused(TD_STATUS_BAD_SIZE, "thrown away") == 0 ? TD_STATUS_OK : TD_STATUS_UNSUPPORTED; });
    EXPECT_EQ(last_error(TD_STATUS_UNSUPPORTED), "");
    EXPECT_EQ(last_error(TD_STATUS_BAD_SIZE), "");
}

TEST(LastError, is_cut_to_its_bound_and_to_the_buffer) {
    fail(TD_STATUS_INTERNAL, std::string(1000, 'x').c_str());
    EXPECT_EQ(last_error(TD_STATUS_INTERNAL), std::string(TD_LAST_ERROR_BYTES - 1, 'x'));
    char text[5];
    EXPECT_EQ(td_last_error(TD_STATUS_INTERNAL, text, sizeof text), TD_STATUS_BUFFER_TOO_SMALL);
    EXPECT_EQ(std::string(text), "xxxx");
}

TEST(LastError, belongs_to_its_thread) {
    fail(TD_STATUS_BAD_SIZE, "mine");
    std::thread([] {
        EXPECT_EQ(last_error(TD_STATUS_BAD_SIZE), "");
        fail(TD_STATUS_BAD_SIZE, "another's");
    }).join();
    EXPECT_EQ(last_error(TD_STATUS_BAD_SIZE), "mine");
}

TEST(LastError, of_every_function_is_its_own) {
    char text[8];
    td_rans_fault fault{};
    td_rans_decoder decoder{};
    std::size_t bytes = 0;
    const std::function<td_status()> calls[] = {
        [&] { return td_capability_describe(nullptr, 1); },
        [&] { return td_crc32c_describe(nullptr, 1); },
        [&] { return td_status_describe(TD_STATUS_OK, nullptr, 1); },
        [&] { return td_dpc_knn_describe(nullptr, 1); },
        [&] { return td_dpc_knn_workspace(1, 1, 1, 1, 0, nullptr); },
        [&] { return td_dpc_knn(nullptr, 1, 1, 1, 1, 0, text, 1, nullptr, nullptr, nullptr, nullptr, nullptr); },
        [&] { return td_hyper_image_bytes(text, 8, TD_HYPER_BEST_TIER, nullptr); },
        [&] { return td_hyper_prepare(text, 8, TD_HYPER_BEST_TIER, nullptr, 0); },
        [&] { return td_hyper_image_tier(nullptr, nullptr); },
        [&] { return td_hyper_workspace_bytes(nullptr, 1, &bytes); },
        [&] { return td_hyper_run(nullptr, 0, 1, nullptr, 1, nullptr, nullptr, 1, nullptr, 0); },
        [&] { return td_hyper_run_picture(nullptr, 1, nullptr, nullptr, 1, nullptr, nullptr, 1, nullptr, 0); },
        [&] { return td_scale_rows(nullptr, nullptr, 1, 0, 0, nullptr); },
        [&] { return td_scale_indices(nullptr, nullptr, 1, 0, nullptr); },
        [&] { return td_quantise(nullptr, nullptr, 1, 0, 1.0F, nullptr, nullptr); },
        [&] { return td_dequantise(nullptr, nullptr, 1, 0, 1.0F, nullptr); },
        [&] { return td_rans_image_bytes(nullptr, 1, &bytes, &fault); },
        [&] { return td_rans_prepare(nullptr, 1, text, 1, &fault); },
        [&] { return td_rans_begin(nullptr, text, 8); },
        [&] { return td_rans_get(nullptr, &decoder, nullptr, nullptr, 0); },
        [&] { return td_rans_get_many(nullptr, &decoder, nullptr, 1); },
        [&] { return td_rans_end(nullptr); },
        [&] { return td_rans_encode(nullptr, nullptr, 1); },
        [&] { return td_rans_describe(nullptr, 1); },
    };
    for (std::size_t c = 0; c < std::size(calls); ++c) {
        fail(TD_STATUS_NULL_ARGUMENT, "older");
        ASSERT_EQ(calls[c](), TD_STATUS_NULL_ARGUMENT) << c;
        const std::string said = last_error(TD_STATUS_NULL_ARGUMENT);
        EXPECT_TRUE(said.empty() || said.find("is null") != std::string::npos) << c << ": " << said;
    }
}

TEST(LastError, names_the_damage_of_a_tables_file) {
    const std::array<unsigned char, 20> file{'T', 'D', 'T', 'B', 2};
    std::size_t bytes = 0;
    td_rans_fault fault{};
    ASSERT_EQ(td_rans_image_bytes(file.data(), file.size(), &bytes, &fault), TD_STATUS_CORRUPT_DATA);
    EXPECT_EQ(last_error(TD_STATUS_CORRUPT_DATA),
              "a version of tables files other than 1 at byte [4], row [0], found [2]");
}

TEST(LastError, names_a_tier_that_may_not_run) {
    std::size_t bytes = 0;
    ASSERT_EQ(td_hyper_image_bytes("x", 1, 999, &bytes), TD_STATUS_UNSUPPORTED);
    EXPECT_NE(last_error(TD_STATUS_UNSUPPORTED).find("tier [999] (unknown) may not run here"), std::string::npos);
}

} // namespace
} // namespace tandem
