package dev.tandem.transport.frame;

/** The two ends of a link: the device asks, the edge answers. */
public enum End {
    DEVICE, EDGE;

    /** The other one. */
    public End other() {
        return this == DEVICE ? EDGE : DEVICE;
    }
}
