package dev.tandem.hil.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a run was started with, kept as {@code run.json} beside its logs. A run may be resumed, with more points if
 * wanted, only where all of this is the same.
 *
 * @param pack
 *            SHA-256 of the pack's manifest
 * @param task
 *            what is asked
 * @param table
 *            SHA-256 of the question table
 * @param limit
 *            of the sample, 0 for all
 * @param seed
 *            of the sample and of what is lost
 */
record RunFile(int schema, String pack, String task, String table, int limit, long seed, Conditions conditions) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Writes this beside new logs, or compares it with what is beside old ones. */
    void claim(Path folder, boolean resume) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("run.json");
        if (!Files.exists(file)) {
            JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
            return;
        }
        if (!resume) {
            throw new CommandFailedException(ExitCodes.USAGE, "starting an evaluation in " + folder
                    + ": there is one already; --resume goes on with it, --out names another folder");
        }
        RunFile before = JSON.readValue(file.toFile(), RunFile.class);
        if (!before.equals(this)) {
            throw new CommandFailedException(ExitCodes.DATA,
                    String.format(Locale.ROOT, "resuming in %s: it was started otherwise [then %s, now %s];", folder,
                            before, this)
                            + " use the same pack, table, --limit, --seed, --head, --lose and --agree, or another --out");
        }
    }
}
