package dev.tandem.device;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandLine line = spec.commandLine();
        Task task = asked.task(line, look.hasPicture());
        DeviceSettings settings = link.settings(line, pack.folder(), look.engine(), look.threads());
        try (DeviceAgent agent = DeviceAgent.open(settings)) { // the link is being made from here on, beside the rest
            DeviceRequest request = look.hasPicture()
                    ? DeviceRequest.about(look.picture(), task).withPoint(look.point(line, agent.methods()))
                    : DeviceRequest.of(task);
            report(task, ask(agent, request.withHead(asked.head()).withDeadline(asked.deadline())));
        }
        return ExitCodes.OK;
    }

    /** A task that the point's method does not do, or a point that does not fit the pack, is wrong use. */
    private DeviceAnswer ask(DeviceAgent agent, DeviceRequest request) throws InterruptedException {
        try {
            return agent.ask(request, this::stream);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCodes.USAGE, e.getMessage(), e);
        }
    }

    private void stream(Part part) {
        if (!json && part instanceof Part.Words words) {
            spec.commandLine().getOut().print(words.text());
            spec.commandLine().getOut().flush();
        }
    }

    private void report(Task task, DeviceAnswer answer) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (json) {
            out.println(AnswerReport.json(task, answer));
        } else if (!answer.labels().isEmpty()) {
            out.print(AnswerReport.table(answer.labels()));
        } else if (task instanceof Task.Question) {
            out.println();
        }
        out.flush();
        if (task instanceof Task.Preview) {
            write(answer, err);
        }
        if (!json) {
            err.println(AnswerReport.line(answer));
        }
        err.flush();
    }

    private void write(DeviceAnswer answer, PrintWriter err) throws IOException {
        Part.Picture picture = answer.picture().orElseThrow(() -> new CommandFailedException(ExitCodes.PROTOCOL,
                "writing the preview to [" + asked.out() + "]: the answer holds [" + answer.parts().size()
                        + "] parts and no picture; needed one; " + answer.madeBy().words()));
        Files.write(asked.out(), picture.file());
        if (!json) {
            err.println("wrote " + picture.file().length + " bytes of " + picture.type() + " to " + asked.out());
        }
    }
}
