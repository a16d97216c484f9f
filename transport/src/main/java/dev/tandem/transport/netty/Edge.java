package dev.tandem.transport.netty;

import io.netty.handler.ssl.SslContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What all connections of one server share. Thread safe. */
record Edge(ServerSettings settings, SslContext tls, AnswerPool answers, LinkCounters counters,
        Set<EdgeConnection> connections) {

    Edge(ServerSettings settings, SslContext tls, AnswerPool answers) {
        this(settings, tls, answers, new LinkCounters(), ConcurrentHashMap.newKeySet());
    }

    boolean full() {
        return connections.size() >= settings.connections();
    }
}
