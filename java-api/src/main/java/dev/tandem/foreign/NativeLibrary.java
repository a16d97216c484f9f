package dev.tandem.foreign;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;

/**
 * Our own library, libtandem, or the reasons why it cannot be used; both are ordinary answers, because every kernel has
 * a reference in Java.
 * <p>
 * Put the library into {@code <os>-<arch>} beside the jar, or name its directory with
 * {@code -Dtandem.native.dir=DIRECTORY}. <b>Threads:</b> immutable, any thread; the first caller of {@link #get()}
 * loads.
 */
public final class NativeLibrary {
    /** The property that names the directory holding the library. */
    public static final String DIRECTORY_PROPERTY = NativeLocation.PROPERTY;

    private static final class Holder {
        static final NativeLibrary LOADED = NativeLoader.load(NativeLocation.directory());
    }

    private final Path file;
    private final NativeSymbols symbols;
    private final int level;
    private final List<String> reasons;

    NativeLibrary(Path file, NativeSymbols symbols, int level, List<String> reasons) {
        this.file = file;
        this.symbols = symbols;
        this.level = level;
        this.reasons = List.copyOf(reasons);
    }

    /** The library of this process; never throws. */
    public static NativeLibrary get() {
        return Holder.LOADED;
    }

    /**
     * Loads another library of ours from the directory of this one; never throws. The caller keeps the answer.
     *
     * @param name
     *            for example {@code tandem_cuda}
     * @param version
     *            its function that answers as {@code td_version_abi} does
     */
    public static NativeLibrary sibling(String name, String version) {
        return NativeLoader.load(NativeLocation.directory(), name, version);
    }

    /** Whether it is loaded and of our version. */
    public boolean available() {
        return symbols != null;
    }

    /** Why it is not available, one sentence each; empty where it is. */
    public List<String> reasons() {
        return reasons;
    }

    /** The file that was looked for. */
    public Path file() {
        return file;
    }

    /** The instructions kernels may use; {@link CapabilityLevel#SCALAR} where the library is not available. */
    public CapabilityLevel capability() {
        return CapabilityLevel.of(level);
    }

    /**
     * The tier in use in the library's own words, and what keeps a better one from being used: the operating system, or
     * the environment variable {@code TANDEM_TIER}. For example {@code avx2; lowered by TANDEM_TIER}. Empty where the
     * library is not available.
     */
    public String capabilityWords() {
        return available() ? CapabilityWords.of(this) : "";
    }

    /** The raw answer of {@code td_capability_level}: negative where the system withholds what the CPU has. */
    public int capabilityCode() {
        return level;
    }

    /**
     * Links one C function.
     *
     * @param name
     *            for example {@code td_crc32c_update}
     * @throws NativeUnavailableException
     *             if the library is not available or lacks the function
     */
    public MethodHandle link(String name, FunctionDescriptor signature, Linker.Option... options) {
        if (!available()) {
            throw new NativeUnavailableException("function [" + name + "]", reasons);
        }
        return symbols.link(name, signature, options);
    }

    /** For example {@code libtandem at /opt/tandem/linux-x64/libtandem.so, AVX512_VNNI}. */
    @Override
    public String toString() {
        return available()
                ? "libtandem at " + file + ", " + capability()
                : "no libtandem: " + String.join("; ", reasons);
    }
}
