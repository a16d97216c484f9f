package dev.tandem.transport.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the keytool of the running JDK on one PKCS#12 store. All cryptography is keytool's; the store's password lives
 * as long as this object and travels by environment, not by command line. Not thread safe.
 */
final class Keytool {
    private static final String PASSWORD_VARIABLE = "TANDEM_STORE_PASSWORD";

    private final Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
    private final Path store;
    private final String password = HexFormat.of().formatHex(randomBytes());

    Keytool(Path store) {
        this.store = store;
    }

    Path store() {
        return store;
    }

    char[] password() {
        return password.toCharArray();
    }

    /**
     * Makes an EC P-256 key and its certificate under {@code alias}.
     *
     * @param signer alias of the authority; null: signs itself
     * @param start keytool's start date, such as {@code -1H}
     * @param extensions keytool's {@code -ext} values
     */
    void generate(String alias, String name, String signer, String start, int days, List<String> extensions)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(program.toString(), "-J-XX:TieredStopAtLevel=1", "-J-Duser.language=en", "-genkeypair",
                        "-alias", alias, "-dname",
                        name, "-keyalg", "EC", "-groupname", "secp256r1", "-startdate", start, "-validity",
                        Integer.toString(days), "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass:env",
                        PASSWORD_VARIABLE));
        if (signer != null) {
            command.addAll(List.of("-signer", signer));
        }
        extensions.forEach(each -> command.addAll(List.of("-ext", each)));
        run("certificate " + alias, command);
    }

    /**
     * Signs a revocation list of {@code alias} in PEM, valid for {@code days}. keytool keeps nothing of an earlier list
     * and dates every entry now.
     *
     * @param entries serial numbers in decimal, each followed by {@code :} and a reason code if there is a reason
     */
    void revoke(String alias, List<String> entries, int days, Path list) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-J-XX:TieredStopAtLevel=1",
                "-J-Duser.language=en", "-gencrl",
                "-rfc", "-alias", alias, "-validity", Integer.toString(days), "-file", list.toString(), "-storetype",
                "PKCS12", "-keystore", store.toString(), "-storepass:env", PASSWORD_VARIABLE));
        entries.forEach(each -> command.addAll(List.of("-id", each)));
        run("revocation list of " + alias, command);
    }

    private void run(String what, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(PASSWORD_VARIABLE, password);
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("making [" + what + "] with [" + program + "] failed: [" + output
                        + "]; the JDK needs its keytool, and the folder must be writable");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("making [" + what + "] was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static byte[] randomBytes() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
