package dev.tandem.hil.eval.data;

import java.io.IOException;
import java.util.List;

/** Files in a folder or a ZIP, by path with '/' between names. One thread at a time. */
interface Pictures extends AutoCloseable {

    /** Every file's path, sorted. */
    List<String> paths();

    /** The whole of one file; larger than {@code most} bytes is refused. */
    byte[] read(String path, long most) throws IOException;

    /** Its first bytes, at most that many. */
    byte[] head(String path, int most) throws IOException;

    @Override
    void close() throws IOException;
}
