package dev.tandem.foreign;

import java.util.List;

/**
 * Settles how JavaCPP presets behave in this process, before the first of them loads. Properties that the user has set
 * stand. By default JavaCPP counts the whole process's resident memory against a multiple of the Java heap and ends in
 * OutOfMemoryError where a model is simply large; Tandem frees every native object itself, so both limits are off and
 * the collector is not asked to help.
 * <p>
 * The cache that JavaCPP extracts libraries to is its own default, {@code ~/.javacpp/cache}; it must be on a file
 * system that allows execution.
 */
public final class VendorPresets {
    private static final List<String> UNPACKING = List.of("failed to map segment", "Operation not permitted",
            "Permission denied", "Read-only file system", "Could not create the cache", "No space left on device");

    private VendorPresets() {
    }

    /** Sets what is unset. Call before touching any preset class; calling again does nothing. */
    public static void prepare() {
        setDefault("org.bytedeco.javacpp.maxbytes", "0");
        setDefault("org.bytedeco.javacpp.maxphysicalbytes", "0");
        setDefault("org.bytedeco.javacpp.nopointergc", "true");
    }

    /**
     * Why native libraries cannot be loaded by classes of the given module, or null if they can. JavaCPP itself reports
     * this as a library that is not there.
     */
    public static String refusal(Module module) {
        return module.isNativeAccessEnabled()
                ? null
                : "native access is not granted to [" + (module.isNamed() ? module.getName() : "the class path")
                        + "] and may be refused: start Java with --enable-native-access="
                        + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
    }

    /**
     * What to do where a library came out of its jar and could not be loaded from the folder that it was unpacked to, or
     * not be unpacked; null where that was not the trouble.
     */
    public static String unpacking(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String said = String.valueOf(each.getMessage());
            if (UNPACKING.stream().anyMatch(said::contains)) {
                return "libraries are unpacked below the home [" + System.getProperty("user.home")
                        + "] or the temporary folder [" + System.getProperty("java.io.tmpdir")
                        + "], and programs may not run there (noexec), or it cannot be written: name a folder where they"
                        + " may, TANDEM_JAVA_OPTS=\"-Djava.io.tmpdir=DIR -Duser.home=DIR\"";
            }
        }
        return null;
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
