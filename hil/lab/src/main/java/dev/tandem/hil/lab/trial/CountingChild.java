package dev.tandem.hil.lab.trial;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.pack.Pack;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Credentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Main class of a {@link CountingEdge} in a process of its own: its port out, then for each line in its {@link
 * EdgeVitals} as JSON.
 */
final class CountingChild {
    private CountingChild() {
    }

    /** Arguments: pack folder, certificate, key, trust, whether leaks are watched. Ends with its standard input. */
    public static void main(String[] arguments) throws IOException {
        if (Boolean.parseBoolean(arguments[4])) {
            Leaks.watch();
        }
        Credentials credentials = new Credentials(Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
        ObjectMapper json = new ObjectMapper();
        try (CountingEdge edge = CountingEdge.start(Pack.open(Path.of(arguments[0])), credentials,
                TransportChoice.AUTO)) {
            System.out.println(edge.server().address().getPort());
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (in.readLine() != null) {
                System.out.println(json.writeValueAsString(EdgeVitals.of(edge.server())));
            }
        }
        System.exit(0);
    }
}
