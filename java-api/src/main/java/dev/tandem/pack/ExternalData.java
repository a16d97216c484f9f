package dev.tandem.pack;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files beside an ONNX graph that it takes weights from, read from the graph itself: a walk over its protobuf
 * (onnx.proto3) that looks into messages which can hold a tensor and skips everything else, weights included. Stricter
 * than a runtime where the two could disagree: what is not plainly ONNX is refused.
 */
final class ExternalData {
    private static final int MOST_DEPTH = 64;
    private static final int MOST_LOCATIONS = 1024;
    private static final int MOST_TEXT = 4096;

    /** Messages on the way to a tensor; the numbers of their fields that lead on. */
    private enum Kind {
        MODEL, TRAINING, FUNCTION, GRAPH, NODE, ATTRIBUTE, SPARSE, TENSOR, ENTRY;

        private Map<Integer, Kind> fields() {
            return switch (this) {
                case MODEL -> Map.of(7, GRAPH, 20, TRAINING, 25, FUNCTION);
                case TRAINING -> Map.of(1, GRAPH, 2, GRAPH);
                case FUNCTION -> Map.of(7, NODE, 11, ATTRIBUTE);
                case GRAPH -> Map.of(1, NODE, 5, TENSOR, 15, SPARSE);
                case NODE -> Map.of(5, ATTRIBUTE);
                case ATTRIBUTE -> Map.of(5, TENSOR, 6, GRAPH, 10, TENSOR, 11, GRAPH, 22, SPARSE, 23, SPARSE);
                case SPARSE -> Map.of(1, TENSOR, 2, TENSOR);
                case TENSOR -> Map.of(13, ENTRY);
                case ENTRY -> Map.of();
            };
        }
    }

    private final MemorySegment in;
    private final Set<String> locations = new TreeSet<>();
    private long at;

    private ExternalData(MemorySegment in) {
        this.in = in;
    }

    /**
     * Their paths as the graph has them, sorted.
     *
     * @throws IOException if it cannot be read, or is no ONNX; the message says where
     */
    static Set<String> of(Path graph) throws IOException {
        try (FileChannel channel = FileChannel.open(graph); Arena arena = Arena.ofConfined()) {
            ExternalData data = new ExternalData(
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
            data.message(Kind.MODEL, data.in.byteSize(), 0);
            return data.locations;
        }
    }

    private void message(Kind kind, long end, int depth) throws IOException {
        require(depth < MOST_DEPTH, "messages in one another more than " + MOST_DEPTH + " deep");
        Map<Integer, Kind> leads = kind.fields();
        String key = "";
        String value = "";
        while (at < end) {
            long tag = varint(end, 5);
            int field = (int) (tag >>> 3);
            require(field > 0 && tag >>> 32 == 0, "field " + field);
            switch ((int) tag & 7) {
                case 0 -> varint(end, 10);
                case 1 -> skip(8, end);
                case 5 -> skip(4, end);
                case 2 -> {
                    long length = varint(end, 5);
                    require(length <= end - at, "a field of " + length + " bytes");
                    long next = at + length;
                    if (leads.containsKey(field)) {
                        message(leads.get(field), next, depth + 1);
                    } else if (kind == Kind.ENTRY && field == 1) {
                        key = text(length);
                    } else if (kind == Kind.ENTRY && field == 2) {
                        value = text(length);
                    }
                    at = next;
                }
                default -> require(false, "a field of kind " + (tag & 7));
            }
        }
        if (key.equals("location")) {
            require(value.chars().noneMatch(Character::isISOControl), "a file's name with control characters");
            locations.add(value);
            require(locations.size() <= MOST_LOCATIONS, "more than " + MOST_LOCATIONS + " files of external data");
        }
    }

    private void skip(long bytes, long end) throws IOException {
        require(bytes <= end - at, "the end");
        at += bytes;
    }

    private String text(long length) throws IOException {
        require(length <= MOST_TEXT, "a text of " + length + " bytes");
        return new String(in.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    private long varint(long end, int mostBytes) throws IOException {
        long value = 0;
        for (int i = 0; i < mostBytes; i++) {
            require(at < end, "the end");
            byte next = in.get(ValueLayout.JAVA_BYTE, at++);
            value |= (next & 0x7fL) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        throw refused("a number of more than " + mostBytes + " bytes");
    }

    private void require(boolean holds, String found) throws IOException {
        if (!holds) {
            throw refused(found);
        }
    }

    private IOException refused(String found) {
        return new IOException("no ONNX: at byte " + at + " stands " + found);
    }
}
