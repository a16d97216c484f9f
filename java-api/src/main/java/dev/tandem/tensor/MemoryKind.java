package dev.tandem.tensor;

/** Where the bytes of a {@link Tensor} live, and so who may touch them. */
public enum MemoryKind {
    /** Ordinary off-heap memory of the process. */
    HOST,
    /** Page-locked host memory: the CPU reads and writes it, a device copies from it without staging. */
    PINNED,
    /** Page-locked host memory that is also mapped into the device's addresses (a free copy on integrated boards). */
    MAPPED,
    /** Device memory: the address means nothing to the CPU, which must never read or write it. */
    DEVICE;

    /** Whether the CPU may read and write this memory. */
    public boolean hostReadable() {
        return this != DEVICE;
    }
}
