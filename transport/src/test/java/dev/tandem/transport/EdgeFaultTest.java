package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.Arrival;
import dev.tandem.transport.edge.ExchangeHandler;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.PeerException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An edge that runs out of memory says so, counts it and goes on. */
@ExtendWith(NoLeaks.class)
class EdgeFaultTest {
    private static void fail(boolean now) {
        if (now) {
            throw new OutOfMemoryError("no room for a test");
        }
    }

    @Test
    void endsTheExchangeAndAnswersTheNext() throws Exception {
        ExchangeHandler echo = Links.echo();
        ExchangeHandler handler = exchange -> {
            String question = new String(exchange.body(), StandardCharsets.UTF_8);
            fail(question.equals("opened"));
            exchange.onEnd(() -> fail(question.equals("end")));
            Arrival answering = echo.opened(exchange);
            return new Arrival() {
                @Override
                public void slices(List<Slice> fresh) {
                    fail(question.equals("slices"));
                    answering.slices(fresh);
                }

                @Override
                public void ready() {
                    fail(question.equals("ready"));
                    answering.ready();
                }
            };
        };
        try (LogLines log = new LogLines();
                TandemServer server = TandemServer.start(Links.server(), handler);
                TandemClient client = TandemClient.connect(Links.client(server))) {
            for (String where : List.of("opened", "slices", "ready")) {
                PeerException why = Links.failure(Talk.ask(client, Links.ask(where, new byte[1])));
                assertEquals(ErrorCode.ANSWER_FAILED, why.code());
                assertTrue(why.getMessage().contains("no room for a test"), why.getMessage());
            }
            for (String well : List.of("end", "and on")) {
                Talk talk = Talk.ask(client, Links.ask(well, new byte[1]));
                Links.get(talk.answer());
                assertEquals(well, talk.text());
            }
            Links.await("each is counted", () -> server.counters().faults() == 4);
            assertEquals(4, log.with("ERROR ").size());
            assertTrue(client.connected());
            assertEquals(0, server.counters().open());
        }
    }
}
