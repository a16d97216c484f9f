package dev.tandem.hil.eval;

import dev.tandem.hil.eval.data.DataSet;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What is asked of which pictures. */
final class DataOptions {
    @Option(names = "--data", required = true, paramLabel = "ZIP|DIR",
            description = "Pictures with a TSV beside them: columns image, question, answer, and kind if wanted. For classes: columns image, label; or folders as val/CLASS/*. With --agree pictures will do.")
    private Path data;
    @Option(names = "--tsv", paramLabel = "NAME",
            description = "The table: in the data, or a file of its own. Default: test.tsv, or the only one.")
    private String tsv;
    @Option(names = "--task", paramLabel = "TASK", defaultValue = "question",
            description = "question, or classify: the class of each picture among all that the pack's head knows, top-1 and top-5. Default: ${DEFAULT-VALUE}.")
    private String task;
    @Option(names = "--classes", paramLabel = "FILE",
            description = "For classify, which class a folder stands for: lines of folder, tab, number or name. Default: the folder's own name; Imagenette's are known.")
    private Path classes;

    Exam exam() {
        return Exam.of(task);
    }

    /** Pictures with questions, with classes, or alone where a point says what is right. */
    DataSet open(Exam exam, Conditions conditions) throws IOException {
        if (exam == Exam.QUESTION) {
            return DataSet.open(data, tsv);
        }
        return conditions.agree().isEmpty()
                ? DataSet.labelled(data, tsv, classes)
                : DataSet.unlabelled(data, tsv);
    }

    /** What a report calls them. */
    String name() {
        return String.valueOf(data.getFileName());
    }
}
