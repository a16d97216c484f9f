package dev.tandem.foreign;

/** The status codes of our C ABI, pinned in {@code native/include/tandem/status.h}; zero is success. */
public enum NativeStatus {
    OK(0, "success"), NULL_ARGUMENT(10, "an argument that must not be null is null"), BAD_SIZE(11,
            "a size is not allowed"), OUT_OF_RANGE(12, "a value lies outside its range"), BUFFER_TOO_SMALL(13,
                    "the output buffer is too small"), OUT_OF_MEMORY(20,
                            "memory could not be allocated"), CORRUPT_DATA(30, "the data is damaged"), UNSUPPORTED(40,
                                    "this machine lacks what the call needs"), DEVICE_FAILED(41,
                                            "the device or its driver reported an error"), INTERNAL(90,
                                                    "an error inside libtandem");

    private final int code;
    private final String text;

    NativeStatus(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The value in C. */
    public int code() {
        return code;
    }

    /** What the code means. */
    public String text() {
        return text;
    }

    /**
     * Returns for success; anything else becomes an exception. To be called on the thread that called the native
     * function and before anything that may block, because the library keeps a failure's own words for its thread.
     *
     * @param status
     *            what a function of libtandem returned
     * @param operation
     *            what was attempted and on which thing
     * @throws NativeCallException
     *             with the code, its meaning and what the function said besides
     */
    public static void check(int status, String operation) {
        if (status == OK.code) {
            return;
        }
        String said = LastError.of(status);
        throw new NativeCallException(operation, status,
                said.isEmpty() ? meaning(status) : meaning(status) + ": " + said);
    }

    private static String meaning(int status) {
        for (NativeStatus known : values()) {
            if (known.code == status) {
                return known.text;
            }
        }
        return "a status code that this version does not know";
    }
}
