package dev.tandem.hil.trial;

import dev.tandem.pack.Pack;
import dev.tandem.transport.netty.Credentials;
import dev.tandem.transport.netty.TransportChoice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Main class of a {@link CountingEdge} in a process of its own, so that its memory can be told: a line in, a line with KiB resident out. */
final class CrowdEdge {
    private CrowdEdge() {
    }

    /** Arguments: pack folder, certificate, key, trust. Ends with its standard input. */
    public static void main(String[] arguments) throws IOException {
        Credentials credentials = new Credentials(Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
        try (CountingEdge edge = CountingEdge.start(Pack.open(Path.of(arguments[0])), credentials,
                TransportChoice.AUTO)) {
            System.out.println(edge.server().address().getPort());
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (in.readLine() != null) {
                System.out.println(residentKib() + " " + edge.server().connections());
            }
        }
        System.exit(0);
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))).findFirst().orElse(0);
    }
}
