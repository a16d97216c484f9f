package dev.tandem.foreign;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * Asks {@code td_last_error} what a failed call said besides its status. The text belongs to the thread of the
 * operating system, which a virtual thread leaves only where it blocks: whoever asks right after the call gets the
 * call's own. The memory is on the heap, so that nothing has to be allocated where memory is what failed.
 */
final class LastError {
    /** {@code TD_LAST_ERROR_BYTES}. */
    static final int CAPACITY = 256;

    private static final MethodHandle TELL = NativeLibrary.get().available()
            ? NativeLibrary.get().link("td_last_error",
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG),
                    Linker.Option.critical(true))
            : null;

    private LastError() {
    }

    /** What the last failed call of this thread said; empty where it said nothing or returned another status. */
    static String of(int status) {
        if (TELL == null) {
            return "";
        }
        byte[] text = new byte[CAPACITY];
        try {
            if ((int) TELL.invokeExact(status, MemorySegment.ofArray(text), (long) CAPACITY) != NativeStatus.OK
                    .code()) {
                return "";
            }
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_last_error", t);
        }
        int length = 0;
        while (length < CAPACITY && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }
}
