package dev.tandem.device;

/** Who made an answer. */
public sealed interface MadeBy {
    /** One phrase for a person. */
    String words();

    /**
     * An edge.
     *
     * @param head of its pack, as it says; empty where it names none
     */
    record Edge(String head) implements MadeBy {
        @Override
        public String words() {
            return head.isEmpty() ? "answered by the edge" : "answered by the edge's head " + head;
        }
    }

    /**
     * The device, alone.
     *
     * @param why it did not take an edge
     */
    record Device(String why) implements MadeBy {
        @Override
        public String words() {
            return "answered on the device: " + why;
        }
    }
}
