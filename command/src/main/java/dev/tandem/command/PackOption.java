package dev.tandem.command;

import dev.tandem.pack.Pack;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --pack}, for every command that needs one. */
public final class PackOption {
    /** The pack that ships with the project. */
    public static final String DEFAULT = "models/smol-vqa";

    @Option(names = "--pack", paramLabel = "DIR", description = "Folder of the pack. Default: TANDEM_PACK, else "
            + DEFAULT + " of this checkout.")
    private Path chosen;

    /** Whether the command line names one. */
    public boolean named() {
        return chosen != null;
    }

    /** Whether it is the one that ships with the project because nobody has named another. */
    public boolean shipped() {
        return asked() == null;
    }

    /** What the command line says, or else TANDEM_PACK; null: neither. */
    private Path asked() {
        String usual = System.getenv("TANDEM_PACK");
        return chosen != null || usual == null || usual.isBlank() ? chosen : Path.of(usual);
    }

    /** The folder, checked for a manifest only. */
    public Path folder() {
        Path folder = shipped() ? home().resolve(DEFAULT) : asked();
        if (!Files.isRegularFile(folder.resolve("pack.json"))) {
            throw new CommandFailedException(ExitCodes.NO_INPUT, "opening the pack: no pack.json in [" + folder
                    + "]; name a pack with --pack (one that works but has learned nothing is models/tiny-vqa), or make one:"
                    + " training/README.md");
        }
        return folder.toAbsolutePath().normalize();
    }

    /** Opens and checks it. */
    public Pack open() {
        return Pack.open(folder());
    }

    /** The checkout that the launcher belongs to, or the working folder. */
    public static Path home() {
        return Path.of(System.getProperty("tandem.home", "."));
    }
}
