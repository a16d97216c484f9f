package dev.tandem.task;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of an answer as it comes (docs/wire.md section 2, part). Words go on from the last ones; labels and pictures
 * replace the last ones. Immutable.
 */
public sealed interface Part {
    /** The kind's number on the wire. */
    int code();

    /** Its bytes on the wire; a fresh array. */
    byte[] body();

    /** Whole characters of text, not empty. */
    record Words(String text) implements Part {
        public static final int CODE = 1;

        public Words {
            TaskBytes.require(!text.isEmpty(), "words of [0] characters; needed at least one");
        }

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public byte[] body() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Classes, the likeliest first, at most 255. */
    record Labels(List<Label> best) implements Part {
        public static final int CODE = 2;

        public Labels {
            best = List.copyOf(best);
            TaskBytes.range("labels", best.size(), 0, 0xFF);
        }

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public byte[] body() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(best.size());
            for (Label label : best) {
                byte[] name = label.name().getBytes(StandardCharsets.UTF_8);
                out.writeBytes(ByteBuffer.allocate(Float.BYTES + Short.BYTES + 1).order(ByteOrder.LITTLE_ENDIAN)
                        .putFloat(label.probability()).putShort((short) label.index()).put((byte) name.length)
                        .array());
                out.writeBytes(name);
            }
            return out.toByteArray();
        }
    }

    /**
     * A picture file. The array is not copied: leave it alone.
     *
     * @param file its bytes
     * @param type media type, for example {@code image/jpeg}; at most 255 bytes
     */
    record Picture(byte[] file, String type) implements Part {
        public static final int CODE = 3;

        public Picture {
            TaskBytes.range("bytes of the media type", type.getBytes(StandardCharsets.UTF_8).length, 1, 0xFF);
        }

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public byte[] body() {
            byte[] name = type.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(1 + name.length + file.length).put((byte) name.length).put(name).put(file)
                    .array();
        }
    }

    /**
     * A part from the wire.
     *
     * @throws MalformedTaskException for a kind that this version does not know, or bytes that are not of that kind
     */
    static Part read(int code, byte[] body) {
        TaskBytes in = new TaskBytes("part " + code, body);
        try {
            Part part = switch (code) {
                case Words.CODE -> new Words(in.rest());
                case Labels.CODE -> labels(in);
                case Picture.CODE -> picture(in);
                default -> throw new MalformedTaskException("reading the part [" + code + "] of " + body.length
                        + " bytes; this end knows 1 words, 2 labels, 3 picture: update the older end");
            };
            in.end();
            return part;
        } catch (IllegalArgumentException e) {
            throw new MalformedTaskException("reading part " + code + ": " + e.getMessage(), e);
        }
    }

    private static Part picture(TaskBytes in) {
        String type = in.str8();
        return new Picture(in.restBytes(), type);
    }

    private static Part labels(TaskBytes in) {
        List<Label> best = new ArrayList<>();
        for (int left = in.u8(); left > 0; left--) {
            float probability = in.f32();
            int index = in.u16();
            best.add(new Label(index, in.str8(), probability));
        }
        return new Labels(best);
    }
}
