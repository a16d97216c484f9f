package dev.tandem.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** Standard output, with the first reason why something could not be written: print streams keep it to themselves. */
final class OutputWatch extends OutputStream {
    private final OutputStream out;
    private volatile IOException first;

    OutputWatch(OutputStream out) {
        this.out = new BufferedOutputStream(out);
    }

    /** In words; null when all was written. */
    String failure() {
        IOException why = first;
        return why == null ? null : String.valueOf(why.getMessage());
    }

    /** Whether the reader went before the end, as {@code head} does: no news to anybody. */
    boolean readerGone() {
        String why = failure();
        return why != null && why.toLowerCase(Locale.ROOT).contains("broken pipe");
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void watched(Writing writing) throws IOException {
        try {
            writing.run();
        } catch (IOException e) {
            first = first == null ? e : first;
            throw e;
        }
    }

    @Override
    public void write(int value) throws IOException {
        watched(() -> out.write(value));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        watched(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        watched(out::flush);
    }

    @Override
    public void close() throws IOException {
        watched(out::close);
    }
}
