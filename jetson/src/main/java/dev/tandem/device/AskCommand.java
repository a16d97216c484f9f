package dev.tandem.device;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.image.ImageWriter;
import dev.tandem.image.RgbImage;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem device ask}: one task, its answer streamed to the terminal. What goes wrong is thrown, in words. */
@Command(name = "ask", mixinStandardHelpOptions = true, sortOptions = false, description = "Asks about a picture and "
        + "prints the answer as it comes: the edge's, or the device's own where it has one.")
public final class AskCommand implements Callable<Integer> {
    @Mixin
    private LinkOptions link;
    @Mixin
    private PackOption pack;
    @Mixin
    private LookOptions look;
    @Mixin
    private TaskOptions asked;

    @Option(names = "--json", description = "Print one JSON object with answer, bytes and times instead of text.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** Whether words were printed that do not end a line. */
    private boolean midLine;

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandLine line = spec.commandLine();
        Task task = asked.task(line, look.hasPicture());
        if (look.small() != null && !look.hasPicture()) {
            throw new ParameterException(line, "--small [" + look.small() + "] without --image: there is nothing to "
                    + "make it of");
        }
        DeviceSettings settings = link.settings(line, pack.folder(), look.engine(), look.threads());
        try (DeviceAgent agent = DeviceAgent.open(settings)) { // the link is being made from here on, beside the rest
            DeviceRequest request = look.hasPicture()
                    ? DeviceRequest.about(look.picture(), task).withPoint(look.point(line, agent.methods()))
                    : DeviceRequest.of(task);
            if (look.small() != null) {
                small(agent, request);
            }
            report(task, ask(agent, request.withHead(asked.head()).withDeadline(asked.deadline())));
        }
        return ExitCodes.OK;
    }

    private void small(DeviceAgent agent, DeviceRequest request) throws IOException {
        RgbImage small = agent.small(request.picture(), request.point())
                .orElseThrow(() -> new CommandFailedException(ExitCodes.USAGE, "--small [" + look.small()
                        + "]: the method [" + request.point().method() + "] of the point " + request.point().name()
                        + " makes no small picture; needed one that does, or no --small"));
        byte[] file = ImageWriter.png(small);
        Files.write(look.small(), file);
        if (!json) {
            spec.commandLine().getErr().println("wrote " + file.length + " bytes of image/png, " + small.width() + " x "
                    + small.height() + " pixels, to " + look.small() + "; nobody was sent it");
        }
    }

    /** A task that the point's method does not do, or a point that does not fit the pack, is wrong use. */
    private DeviceAnswer ask(DeviceAgent agent, DeviceRequest request) throws InterruptedException {
        try {
            return agent.ask(request, this::take);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCodes.USAGE, e.getMessage(), e);
        }
    }

    /** Words and pictures as they come: a first preview is there to be seen while a better one is made. */
    private void take(Part part) {
        if (!json && part instanceof Part.Words words) {
            spec.commandLine().getOut().print(words.text());
            spec.commandLine().getOut().flush();
            midLine = !words.text().endsWith("\n");
        } else if (part instanceof Part.Picture picture && asked.out() != null) {
            write(picture);
        }
    }

    private void endLine() {
        if (midLine) {
            spec.commandLine().getOut().println();
            midLine = false;
        }
    }

    private void write(Part.Picture picture) {
        endLine();
        try {
            Files.write(asked.out(), picture.file());
        } catch (IOException e) {
            throw new UncheckedIOException("writing the preview to [" + asked.out() + "]: " + e, e);
        }
        if (!json) {
            spec.commandLine().getErr().println("wrote " + picture.file().length + " bytes of " + picture.type()
                    + " to " + asked.out());
        }
    }

    private void report(Task task, DeviceAnswer answer) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (json) {
            out.println(AnswerReport.json(task, answer));
        } else {
            endLine();
            out.print(AnswerReport.table(answer.labels()));
        }
        out.flush();
        if (task instanceof Task.Preview && answer.picture().isEmpty()) {
            throw new CommandFailedException(ExitCodes.PROTOCOL, "writing the preview to [" + asked.out()
                    + "]: the answer holds [" + answer.parts().size() + "] parts and no picture; needed one; "
                    + answer.madeBy().words());
        }
        if (!json) {
            err.println(AnswerReport.line(answer));
        }
        err.flush();
    }
}
