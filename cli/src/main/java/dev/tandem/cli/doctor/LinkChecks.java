package dev.tandem.cli.doctor;

import dev.tandem.transport.tls.Certificates;
import dev.tandem.transport.tls.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates and the port that an edge needs. */
final class LinkChecks {

    private LinkChecks() {
    }

    /** The six files that {@code cert new} makes; null looks at none. */
    static List<Finding> certificates(Path folder, String host) {
        if (folder == null) {
            return List.of(
                    Finding.note("certificates", "none named; --certs DIR looks at some, 'tandem cert new DIR' makes"
                            + " some for trying things out"));
        }
        List<Finding> findings = new ArrayList<>();
        for (String end : List.of("edge", "device")) {
            Certificates.Development both = Certificates.development(folder);
            Credentials credentials = end.equals("edge") ? both.edge() : both.device();
            List<String> faults = Certificates.check(credentials, end.equals("edge") ? host : null);
            findings.add(faults.isEmpty()
                    ? Finding.ok(end + " certificate", "nothing is wrong with "
                            + credentials.certificate())
                    : Finding.fault(end + " certificate", String.join("; ", faults)));
        }
        return findings;
    }

    /** Whether the port can be listened on now. */
    static Finding port(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[4]), port));
            return Finding.ok("port " + port, "free");
        } catch (IOException problem) {
            return Finding.note("port " + port, "cannot be listened on [" + problem.getMessage()
                    + "]; an edge may be running, or choose another with --port");
        }
    }
}
