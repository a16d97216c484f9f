package dev.tandem.hil.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.tandem.pack.Pack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The random pack of this checkout, real shapes and nothing learned, and how rows are read. */
final class Tiny {
    private Tiny() {
    }

    static Path folder() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("models"))) {
            folder = folder.getParent();
        }
        return folder.resolve("models/tiny-vqa");
    }

    static Pack pack() {
        return Pack.open(folder());
    }

    /** The only row of this trial with this measure. */
    static TrialRow row(List<TrialRow> rows, String trial, String measure) {
        List<TrialRow> found = rows.stream()
                .filter(each -> each.trial().equals(trial) && each.measure().equals(measure)).toList();
        assertEquals(1, found.size(), () -> "[" + trial + "] [" + measure + "] of " + rows);
        return found.getFirst();
    }

    static double value(List<TrialRow> rows, String trial, String measure) {
        return row(rows, trial, measure).value();
    }

    /** A row that was to reach something, and did. */
    static void reached(List<TrialRow> rows, String trial, String measure) {
        TrialRow row = row(rows, trial, measure);
        assertNotNull(row.reached(), row.toString());
        assertEquals(true, row.reached(), row.toString());
    }
}
