package dev.tandem.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Asks {@code td_capability_describe}; rarely, so its memory is counted and given back at once. */
final class CapabilityWords {
    private static final int CAPACITY = 256;
    private static final FunctionDescriptor SIGNATURE = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
            ValueLayout.JAVA_LONG);

    private CapabilityWords() {
    }

    static String of(NativeLibrary library) {
        MethodHandle describe = library.link("td_capability_describe", SIGNATURE);
        try (Arena arena = CountedArena.confined(MemoryAccount.process().owner("foreign"))) {
            MemorySegment text = arena.allocate(CAPACITY);
            NativeStatus.check((int) describe.invokeExact(text, text.byteSize()), "describe the vector tier");
            return text.getString(0);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable t) {
            throw new IllegalStateException("td_capability_describe failed", t);
        }
    }
}
