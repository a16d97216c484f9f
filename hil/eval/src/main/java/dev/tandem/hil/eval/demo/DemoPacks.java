package dev.tandem.hil.eval.demo;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The pack of {@code models} that shows a method, where nobody names one. */
final class DemoPacks {
    /** Trained, and one for tests that has learned nothing. */
    private record Packs(String trained, String tiny) {}

    private static final String TABLE = "/demo-packs.properties";
    private static final Map<String, Packs> OF = read();

    private DemoPacks() {
    }

    private static Map<String, Packs> read() {
        Properties table = new Properties();
        try (InputStream in = DemoPacks.class.getResourceAsStream(TABLE)) {
            table.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        Map<String, Packs> packs = new TreeMap<>();
        table.stringPropertyNames().forEach(method -> {
            String[] names = table.getProperty(method).split(" ");
            packs.put(method, new Packs(names[0], names[1]));
        });
        return packs;
    }

    /** The other methods whose trained pack is there, and its folder, in order of their names. */
    static Map<String, Path> others(Path home, String shown) {
        Map<String, Path> found = new TreeMap<>();
        OF.keySet().stream().filter(method -> !method.equals(shown)).filter(
                method -> Files
                        .isRegularFile(home.resolve("models").resolve(OF.get(method).trained()).resolve("pack.json")))
                .forEach(method -> found.put(method, folder(home, method)));
        return found;
    }

    /** The folder below a checkout, checked for a manifest only. */
    static Path folder(Path home, String method) {
        Packs packs = OF.get(method);
        if (packs == null) {
            throw new CommandFailedException(ExitCodes.USAGE, "--method [" + method + "]: needed one of " + OF.keySet()
                    + ", or --pack with the folder of a pack that has it");
        }
        Path models = home.resolve("models");
        Path folder = models.resolve(packs.trained());
        if (!Files.isRegularFile(folder.resolve("pack.json"))) {
            throw new CommandFailedException(ExitCodes.NO_INPUT, "showing the method [" + method
                    + "]: its pack is not there [no pack.json in " + folder + "]; make it (training/README.md), or name"
                    + " one with --pack: " + models.resolve(packs.tiny()) + " has the method and has learned nothing");
        }
        return folder.toAbsolutePath().normalize();
    }
}
