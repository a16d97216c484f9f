package dev.tandem.engine.tensorrt;

/**
 * A TensorRT version. Most of its interface is virtual tables, so a library older than the headers that the preset was
 * built with does not fail to link: it crashes. Newer within the same major number is what NVIDIA keeps compatible.
 */
record TensorRtVersion(int major, int minor, int patch) {
    /** Whether bindings built with these headers may call that library. */
    static boolean compatible(TensorRtVersion headers, TensorRtVersion library) {
        return library.major == headers.major
                && (library.minor > headers.minor || library.minor == headers.minor && library.patch >= headers.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
