package dev.tandem.task;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What a device asks for (docs/wire.md section 2, task and its body). Immutable. */
public sealed interface Task {
    /** The task's number on the wire. */
    int code();

    /** Its body on the wire; a fresh array. */
    byte[] body();

    /** One word for command lines, logs and metrics. */
    String word();

    /**
     * Words about the picture, or about nothing but the question.
     *
     * @param text the question, not empty
     * @param most answer tokens at most; 0: the edge's own limit
     */
    record Question(String text, int most) implements Task {
        public static final int CODE = 1;

        public Question {
            TaskBytes.require(!text.isEmpty(), "a question of [0] characters; needed at least one");
            TaskBytes.range("answer tokens at most", most, 0, 0xFFFF);
        }

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public String word() {
            return "question";
        }

        @Override
        public byte[] body() {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(Short.BYTES + utf8.length).order(ByteOrder.LITTLE_ENDIAN).putShort((short) most)
                    .put(utf8).array();
        }
    }

    /**
     * The likeliest classes of the picture.
     *
     * @param top labels wanted, 1 to 255
     */
    record Classify(int top) implements Task {
        public static final int CODE = 2;

        public Classify {
            TaskBytes.range("labels wanted", top, 1, 0xFF);
        }

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public String word() {
            return "classify";
        }

        @Override
        public byte[] body() {
            return new byte[]{(byte) top};
        }
    }

    /**
     * A picture for a person, restored from what was sent.
     *
     * @param side longest side, pixels, 1 to 65,535
     */
    record Preview(int side) implements Task {
        public static final int CODE = 3;

        public Preview {
            TaskBytes.range("longest side", side, 1, 0xFFFF);
        }

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public String word() {
            return "preview";
        }

        @Override
        public byte[] body() {
            return ByteBuffer.allocate(Short.BYTES).order(ByteOrder.LITTLE_ENDIAN).putShort((short) side).array();
        }
    }

    /**
     * A task from the wire.
     *
     * @throws MalformedTaskException for a number that this version does not know, or a body that is not of that task
     */
    static Task read(int code, byte[] body) {
        TaskBytes in = new TaskBytes("task " + code, body);
        try {
            Task task = switch (code) {
                case Question.CODE -> question(in);
                case Classify.CODE -> new Classify(in.u8());
                case Preview.CODE -> new Preview(in.u16());
                default -> throw new MalformedTaskException("reading the task [" + code + "] of " + body.length
                        + " bytes; this end knows 1 question, 2 classify, 3 preview: update the older end");
            };
            in.end();
            return task;
        } catch (IllegalArgumentException e) {
            throw new MalformedTaskException("reading task " + code + ": " + e.getMessage(), e);
        }
    }

    private static Task question(TaskBytes in) {
        int most = in.u16();
        return new Question(in.rest(), most);
    }
}
