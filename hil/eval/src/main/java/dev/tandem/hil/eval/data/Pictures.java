package dev.tandem.hil.eval.data;

import java.io.IOException;
import java.util.List;

/** Files in a folder or a ZIP, by path with '/' between names. One thread at a time. */
interface Pictures extends AutoCloseable {

    /** Every file's path, sorted. */
    List<String> paths();

    /** The whole of one file; larger than 64 MiB is refused. */
    byte[] read(String path) throws IOException;

    @Override
    void close() throws IOException;
}
