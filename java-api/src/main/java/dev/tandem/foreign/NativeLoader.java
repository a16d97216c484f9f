package dev.tandem.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the library from one directory and checks its version. {@code System.load} comes first because it names a
 * missing dependency, which a symbol lookup does not; the lookup of the same file then sees only that file's symbols.
 */
final class NativeLoader {
    /** TD_ABI_MAJOR and the least TD_ABI_MINOR that this code was written for. */
    static final int ABI_MAJOR = 1;
    static final int ABI_MINOR = 2;

    private static final Logger LOG = LoggerFactory.getLogger(NativeLoader.class);

    private NativeLoader() {
    }

    static NativeLibrary load(Path directory) {
        Path file = directory.resolve(NativeLocation.fileName());
        NativeLibrary library = attempt(file, "td_version_abi", "td_capability_level");
        if (!library.available()) {
            LOG.info("native code is off, the Java reference runs instead: {}", library.reasons());
        } else if (library.capabilityCode() < 0) {
            LOG.warn("the CPU has vector tier [{}], but the operating system withholds it: native code runs scalar",
                    -library.capabilityCode());
        }
        return library;
    }

    /** Another library of ours; the function {@code version} answers as td_version_abi does. */
    static NativeLibrary load(Path directory, String name, String version) {
        return attempt(directory.resolve(NativeLocation.fileName(name)), version, null);
    }

    /** {@code level} names the function that tells the capability; null for a library without one. */
    @SuppressWarnings("restricted") // this package is where native code is loaded
    private static NativeLibrary attempt(Path file, String version, String level) {
        if (!Files.isRegularFile(file)) {
            return unavailable(file,
                    "there is no library at [" + file + "]: build native/, or name its directory with -D"
                            + NativeLocation.PROPERTY);
        }
        try {
            System.load(file.toString());
            NativeSymbols symbols = new NativeSymbols(file, SymbolLookup.libraryLookup(file, Arena.global()));
            int abi = callInt(symbols, version);
            if (abi >>> 16 != ABI_MAJOR || (abi & 0xffff) < ABI_MINOR) {
                return unavailable(file, "the library [" + file + "] has ABI version [" + (abi >>> 16) + "."
                        + (abi & 0xffff) + "], needed is [" + ABI_MAJOR + "." + ABI_MINOR
                        + "] or a later minor: rebuild native/ from the same sources");
            }
            return new NativeLibrary(file, symbols, level == null ? 0 : callInt(symbols, level), List.of());
        } catch (IllegalCallerException e) {
            return unavailable(file, "loading [" + file + "] was refused: [" + e.getMessage()
                    + "]; start Java with --enable-native-access=ALL-UNNAMED");
        } catch (LinkageError | RuntimeException e) {
            return unavailable(file, "loading [" + file + "] failed: [" + e.getMessage() + "]");
        }
    }

    private static int callInt(NativeSymbols symbols, String name) {
        MethodHandle handle = symbols.link(name, FunctionDescriptor.of(ValueLayout.JAVA_INT));
        try {
            return (int) handle.invokeExact();
        } catch (Throwable t) {
            throw new IllegalStateException("calling [" + name + "] failed", t);
        }
    }

    private static NativeLibrary unavailable(Path file, String reason) {
        List<String> reasons = new ArrayList<>(List.of(reason));
        String refusal = VendorPresets.refusal(NativeLoader.class.getModule());
        if (refusal != null && !reason.contains("--enable-native-access")) {
            reasons.add(refusal);
        }
        return new NativeLibrary(file, null, 0, reasons);
    }
}
