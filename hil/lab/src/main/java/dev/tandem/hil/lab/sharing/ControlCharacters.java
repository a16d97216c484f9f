package dev.tandem.hil.lab.sharing;

import dev.tandem.hil.lab.attack.Target;
import dev.tandem.task.Task;
import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.tls.Credentials;
import java.io.IOException;
import java.util.List;

/** Line ends and escape sequences in a certificate's name, a software's, a point's, a head's and a question. */
final class ControlCharacters implements SharingAttack {
    /** What a forged line of the log begins with. */
    private static final String FORGED = "FORGED";
    private static final String EVIL = "x\n" + FORGED + " all is well\r\u001B[2J\u0007\u009B31m";
    private static final String EVIL_NAME = "x\\0A" + FORGED + " all is well\\0D\\1B[2J\\07";
    private static final int EVERY_MILLIS = 100;

    private Credentials credentials;

    @Override
    public String name() {
        return "10 control characters";
    }

    @Override
    public String what() {
        return "line ends and escapes in the names of a certificate, a software, a point and a head, and in a question;"
                + " the edge logs at INFO";
    }

    @Override
    public String logLevel() {
        return "INFO";
    }

    @Override
    public void prepare(Scene scene) throws IOException {
        credentials = scene.authority().named("evil", EVIL_NAME);
    }

    @Override
    public void run(Scene scene) throws IOException, InterruptedException {
        Target target = new Target(scene.edge().port(), credentials, scene.identity());
        while (!scene.over()) {
            try (FrameSocket socket = new FrameSocket(target, EVIL)) {
                scene.closing(socket);
                socket.listening(scene);
                for (int i = 0; i < 50 && !scene.over(); i += 3) {
                    socket.send(ask(EVIL, "", "what is this?").toFrame(i + 1).toBytes());
                    socket.send(ask("", EVIL, "what is this?").toFrame(i + 2).toBytes());
                    socket.send(ask("", "", EVIL.repeat(100)).toFrame(i + 3).toBytes());
                    scene.struck();
                    scene.pause(EVERY_MILLIS);
                }
            }
            oldVersion(scene, target);
        }
    }

    /** Refused before its name is known to be one of a good device. */
    private static void oldVersion(Scene scene, Target target) throws IOException {
        Hello hello = new Hello(new Hello.Versions(0, 0), scene.identity(), EVIL);
        try (FrameSocket socket = new FrameSocket(target, hello)) {
            socket.read();
        }
    }

    private static Ask ask(String point, String head, String question) {
        Task task = new Task.Question(question, 1);
        int slices = point.isEmpty() ? 0 : 1;
        return new Ask(0, slices, slices, Need.ANY, 0, 0, point, head, task.code(), task.body());
    }

    @Override
    public List<Criterion> criteria(Scene scene) throws IOException {
        return List.of(Criterion.atMost("control characters in the log", scene.edge().log().controlCharacters(), 0),
                Criterion.atMost("lines of the log that the attacker wrote",
                        scene.edge().log().linesThatBeginWith(FORGED), 0));
    }
}
