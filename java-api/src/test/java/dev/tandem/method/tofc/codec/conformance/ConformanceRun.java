package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.foreign.NativeLibrary;
import dev.tandem.method.tofc.codec.CodecConformance;
import java.io.IOException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code java dev.tandem.method.tofc.codec.conformance.ConformanceRun SET [OWN OTHER]} runs the conformance set in the
 * folder SET over every implementation, the hash of {@link CodecConformance} and, with OWN and OTHER, {@link
 * CrossMachine}; no test framework is needed. Prints each check that failed, then the machine, the library and the
 * counts; ends with 1 if one failed.
 */
public final class ConformanceRun {
    private ConformanceRun() {
    }

    /** See the class. */
    public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
        ConformanceSet.folder(Path.of(args[0]));
        System.out.println(System.getProperty("os.arch") + ", Java " + Runtime.version() + ", " + NativeLibrary.get());
        Map<String, Runnable> checks = new LinkedHashMap<>(ConformanceChecks.all());
        String hash = CodecConformance.hash();
        checks.put("hash", () -> Differences.none("hash", CodecConformance.EXPECTED, hash));
        int failed = 0;
        for (Map.Entry<String, Runnable> check : checks.entrySet()) {
            try {
                check.getValue().run();
            } catch (AssertionError | RuntimeException e) {
                failed++;
                System.out.println("FAILED " + check.getKey() + ": " + e);
            }
        }
        System.out.println("coders " + Coders.all().keySet() + ", networks " + Networks.readers().keySet() + ": "
                + (checks.size() - failed) + " checks passed, " + failed + " failed");
        if (args.length > 2) {
            System.out.println(CrossMachine.run(Path.of(args[1]), Path.of(args[2])));
        }
        System.exit(failed == 0 ? 0 : 1);
    }
}
