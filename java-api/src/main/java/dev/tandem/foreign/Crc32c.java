package dev.tandem.foreign;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.zip.CRC32C;

/**
 * CRC-32C (Castagnoli) of off-heap memory: by libtandem where it is there, otherwise by the JDK, which is also the
 * reference. Bytes on the heap go to {@link CRC32C} directly. <b>Threads:</b> any.
 */
public final class Crc32c {
    private static final MethodHandle UPDATE = NativeLibrary.get().available()
            ? NativeLibrary.get().link("td_crc32c_update",
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG))
            : null;

    private Crc32c() {
    }

    /**
     * The checksum of all bytes of a native segment, 0 for an empty one.
     *
     * @throws IllegalArgumentException
     *             for a heap segment
     */
    public static int of(MemorySegment data) {
        if (!data.isNative())
            throw new IllegalArgumentException("CRC-32C of a heap segment: use java.util.zip.CRC32C");
        return UPDATE != null ? update(0, data) : reference(data);
    }

    /** The JDK's answer. */
    static int reference(MemorySegment data) {
        CRC32C crc = new CRC32C();
        for (long from = 0; from < data.byteSize(); from += Integer.MAX_VALUE)
            crc.update(data.asSlice(from, Math.min(Integer.MAX_VALUE, data.byteSize() - from)).asByteBuffer());
        return (int) crc.getValue();
    }

    /** Continues a checksum natively; only where the library is available. */
    static int update(int crc, MemorySegment data) {
        try {
            return (int) UPDATE.invokeExact(crc, data, data.byteSize());
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_crc32c_update", t);
        }
    }
}
