package dev.tandem.hil.lab.trial;

import dev.tandem.hil.lab.sharing.Criterion;
import dev.tandem.hil.lab.sharing.Sharing;
import dev.tandem.hil.lab.sharing.Verdict;
import dev.tandem.pack.Pack;
import dev.tandem.task.Task;
import dev.tandem.transport.device.AskRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Fourteen ways to take an edge from the others, each against a daemon that answers, with a polite device beside it
 * that must not notice (docs/results/trust.md).
 */
final class SharingTrial {
    private static final String NAME = "sharing, ";
    /** More than an edge keeps read. */
    private static final int PICTURES = 8;
    private static final int SLICES = 4;
    private static final int WORDS = 4;

    private SharingTrial() {
    }

    static List<TrialRow> run(Path folder, Collection<Integer> attacks, double minutes, Consumer<String> say)
            throws Exception {
        Task task = new Task.Question("What is in the picture?", WORDS);
        List<AskRequest> questions = TrialSlices.several(Pack.open(folder), SLICES, PICTURES).stream()
                .map(picture -> AskRequest.of(task.code(), task.body()).withPoint(picture.point().name())
                        .withSlices(picture.slices(), picture.need()))
                .toList();
        List<TrialRow> rows = new ArrayList<>();
        Sharing.run(folder, attacks, questions, minutes * TimeUnit.MINUTES.toSeconds(1), verdict -> {
            say.accept(words(verdict));
            verdict.criteria().forEach(each -> rows.add(row(NAME + verdict.attack(), each)));
        });
        return rows;
    }

    private static String words(Verdict verdict) {
        StringJoiner words = new StringJoiner(System.lineSeparator() + "  the edge: ");
        words.add(verdict.attack() + ": " + verdict.what());
        verdict.said().forEach(words::add);
        return words.toString();
    }

    private static TrialRow row(String trial, Criterion found) {
        return found.bounded()
                ? TrialRow.atMost(trial, found.measure(), found.value(), found.most())
                : TrialRow.of(trial, found.measure(), found.value());
    }
}
