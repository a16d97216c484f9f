package dev.tandem.hil.eval.demo;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.device.DeviceAnswer;
import dev.tandem.hil.eval.EvalPoints;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Evidence;
import dev.tandem.method.HeadSection;
import dev.tandem.method.PackHeads;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.method.Squares;
import dev.tandem.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is shown of an operating point, by what its method sends and what the pack's heads make of it: questions where
 * one answers them; where patches are chosen, the class of every picture and its patches; where several heads read the
 * same, each of them about one picture, and that picture restored. Immutable.
 *
 * @param classifiers heads that classify from what is sent
 * @param questions whether a head answers them from it
 * @param previews whether a head restores the picture from it
 */
record Programme(PackMethods methods, Point point, List<String> classifiers, boolean questions, boolean previews) {
    private static final int LABELS = 5;
    private static final int SIDE = 512;

    /**
     * @param method whose first point is shown; null: the default point
     * @param name of the point; null: that one
     */
    static Programme of(PackMethods methods, String method, String name) {
        Point point = name != null
                ? EvalPoints.point(methods, "--point", name)
                : method == null ? methods.defaultPoint() : methods.first(method);
        if (method != null && !point.method().equals(method)) {
            throw new CommandFailedException(ExitCodes.USAGE, "--point [" + name + "] belongs to the method ["
                    + point.method() + "], not to [" + method + "]: leave out one of them");
        }
        PackHeads heads = PackHeads.of(methods.pack());
        Class<? extends Evidence> evidence = methods.evidence(point.method());
        return new Programme(methods, point,
                heads.all().stream().filter(head -> head.answers().contains(Task.Classify.class))
                        .filter(head -> head.reads().isAssignableFrom(evidence)).map(HeadSection::name).toList(),
                heads.choose("", new Task.Question("?", 0), evidence).isPresent(),
                heads.choose("", new Task.Preview(SIDE), evidence).isPresent());
    }

    private Optional<Squares> squares() {
        return methods.section(point.method()).squares();
    }

    /** Pictures where nobody names any. */
    List<Shot> usual() throws IOException {
        if (questions) {
            return Shot.bundled();
        }
        return squares().isPresent() ? Shot.photographs() : Shot.photographs().subList(0, 1);
    }

    /**
     * @param folder null: {@code demo-} and the method's name
     * @param small the small picture that the method makes of one, where it makes one
     */
    Keeper keeper(Path folder, Function<RgbImage, Optional<RgbImage>> small) {
        Path to = folder == null ? Path.of("demo-" + point.method()) : folder;
        return squares().<Keeper>map(
                squares -> new LitPatches(to, squares, methods.pack().manifest().preprocessing()))
                .orElseGet(() -> previews ? new Sheets(new RestoredPictures(to), small) : Keeper.NONE);
    }

    /** All of it. */
    void show(DemoTalk talk, List<Shot> shots) throws InterruptedException, IOException {
        if (questions) {
            for (Shot shot : shots) {
                talk.about(shot);
            }
        }
        if (classifiers.size() > 1 || previews) {
            for (Shot shot : shots) {
                everyHead(talk, shot);
            }
        } else if (!classifiers.isEmpty()) {
            for (Shot shot : questions ? shots.subList(0, 1) : shots) {
                talk.classify(shot, LABELS, "");
            }
        }
    }

    private void everyHead(DemoTalk talk, Shot shot) throws InterruptedException, IOException {
        List<DeviceAnswer> answers = new ArrayList<>();
        for (String head : classifiers) {
            talk.classify(shot, LABELS, head).ifPresent(answers::add);
        }
        if (previews) {
            talk.preview(shot, SIDE).ifPresent(answers::add);
        }
        talk.compare(answers);
    }
}
