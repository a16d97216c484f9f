package dev.tandem.foreign;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a native function said when it failed reaches the message of the exception, and no other exception's. */
class LastErrorTest {
    private final MethodHandle workspace = NativeBuild.require().link("td_dpc_knn_workspace",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));

    /** A call that is refused: there are more clusters than tokens. */
    private int refused(int clusters) {
        try {
            return (int) workspace.invokeExact(10, 4, clusters, 3, 0, MemorySegment.ofAddress(8));
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private static String message(int status) {
        return assertThrows(NativeCallException.class, () -> NativeStatus.check(status, "measure")).getMessage();
    }

    @Test
    void theExceptionSaysWhatTheKernelSaid() {
        assertEquals("measure failed: status [11], native text [a size is not allowed: "
                + "clusters are [11], needed are 1 to the number of tokens, [10]]", message(refused(11)));
    }

    @Test
    void anotherStatusHasOnlyItsMeaning() {
        refused(11);
        assertEquals("measure failed: status [30], native text [the data is damaged]", message(30));
    }

    @Test
    void aFailureWithoutWordsDoesNotBorrowThoseOfAnEarlierOne() throws Throwable {
        refused(11);
        MethodHandle describe = NativeBuild.require().link("td_crc32c_describe",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
        int status = (int) describe.invokeExact(MemorySegment.ofAddress(8), 0L);
        assertEquals("measure failed: status [11], native text [a size is not allowed]", message(status));
    }

    @Test
    void virtualThreadsGetTheirOwn() throws InterruptedException {
        List<Throwable> wrong = new CopyOnWriteArrayList<>();
        Thread[] threads = new Thread[64];
        for (int t = 0; t < threads.length; t++) {
            int clusters = 100 + t;
            threads[t] = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 200; i++) {
                        int status = refused(clusters);
                        String said = LastError.of(status);
                        assertEquals("clusters are [" + clusters + "], needed are 1 to the number of tokens, [10]",
                                said);
                        Thread.yield();
                    }
                } catch (Throwable e) {
                    wrong.add(e);
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(Collections.emptyList(), wrong);
    }
}
