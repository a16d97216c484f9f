package dev.tandem.hil.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The log of one point, a line of JSON a question, written as it happens: what is in it need not be asked again. A kill
 * may cut the last line short; opening drops such a rest.
 */
final class PointLog implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
    private final FileChannel channel;

    private PointLog(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens or makes the log, with everything that whole lines of it say. */
    static PointLog open(Path file) throws IOException {
        byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        int whole = before.length;
        while (whole > 0 && before[whole - 1] != '\n') {
            whole--;
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        PointLog log = new PointLog(channel);
        try {
            channel.truncate(whole).position(whole);
            int line = 0;
            for (String text : new String(before, 0, whole, StandardCharsets.UTF_8).split("\n")) {
                line++;
                if (!text.isBlank()) {
                    log.remember(file, line, text);
                }
            }
            return log;
        } catch (IOException | RuntimeException problem) {
            channel.close();
            throw problem;
        }
    }

    private void remember(Path file, int line, String text) {
        try {
            Outcome outcome = JSON.readValue(text, Outcome.class);
            outcomes.put(outcome.row(), outcome);
        } catch (JsonProcessingException problem) {
            throw new CommandFailedException(ExitCodes.DATA,
                    String.format(Locale.ROOT, "resuming from %s: line %d is no record [%s]; remove the line", file,
                            line, problem.getOriginalMessage()) + " or the file",
                    problem);
        }
    }

    /** Whether the question of this row has been asked. */
    boolean has(int row) {
        return outcomes.containsKey(row);
    }

    /** What came of the question of this row, or null. */
    Outcome get(int row) {
        return outcomes.get(row);
    }

    /** Everything so far. */
    Collection<Outcome> outcomes() {
        return outcomes.values();
    }

    /** Appends one line in one write. */
    void add(Outcome outcome) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((JSON.writeValueAsString(outcome) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
        outcomes.put(outcome.row(), outcome);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
