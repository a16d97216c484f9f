package dev.tandem.hil.lab.trial;

import dev.tandem.command.Identities;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import dev.tandem.transport.edge.ServerSettings;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Credentials;
import java.net.InetSocketAddress;

/** An edge that decodes what comes and answers with how much that was: the link's work without the model's. */
final class CountingEdge implements AutoCloseable {
    private final Counting counting;
    private final TandemServer server;

    private CountingEdge(Pack pack, Credentials credentials, TransportChoice transport) {
        this.counting = new Counting(PackMethods.of(pack));
        this.server = TandemServer.start(ServerSettings
                .of(new InetSocketAddress("127.0.0.1", 0), credentials, identity(pack)).withTransport(transport),
                counting);
    }

    static CountingEdge start(Pack pack, Credentials credentials, TransportChoice transport) {
        return new CountingEdge(pack, credentials, transport);
    }

    static PackIdentity identity(Pack pack) {
        return Identities.of(PackMethods.of(pack));
    }

    TandemServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
        counting.close();
    }
}
