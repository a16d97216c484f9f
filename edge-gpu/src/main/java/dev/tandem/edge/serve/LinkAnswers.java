package dev.tandem.edge.serve;

import dev.tandem.method.HeadSection;
import dev.tandem.method.Point;
import dev.tandem.task.MalformedTaskException;
import dev.tandem.task.Task;
import dev.tandem.transport.edge.Arrival;
import dev.tandem.transport.edge.ExchangeHandler;
import dev.tandem.transport.edge.IncomingExchange;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Slice;
import java.util.List;

/**
 * The link's way to the models: what cannot be answered is refused when the ASK comes, slices are decoded as they come,
 * and what is here then waits in the {@link Admission}. On event loops, so it only hands on. Thread safe.
 */
final class LinkAnswers implements ExchangeHandler {
    private static final Arrival REFUSED = new Arrival() {
        @Override
        public void slices(List<Slice> fresh) {
            // The exchange has ended.
        }

        @Override
        public void ready() {
            // The exchange has ended.
        }
    };

    private final Offer offer;
    private final Answerer answerer;
    private final Admission admission;
    private final Decoders decoders;
    private final ServeMeters meters;

    LinkAnswers(Offer offer, Answerer answerer, Admission admission, Decoders decoders, ServeMeters meters) {
        this.offer = offer;
        this.answerer = answerer;
        this.admission = admission;
        this.decoders = decoders;
        this.meters = meters;
    }

    @Override
    public Arrival opened(IncomingExchange exchange) {
        try {
            admission.ask(exchange.fingerprint());
            Task task = task(exchange);
            Point point = exchange.slicesAnnounced() == 0
                    ? null
                    : offer.point(exchange.pointId(), exchange.pointName());
            HeadSection<?> head = offer.head(exchange.head(), task, point);
            LinkWork work = new LinkWork(exchange, head, task, answerer, admission, meters);
            if (point != null) {
                work.decode(decoders, point);
            }
            exchange.onEnd(work::ended);
            return work;
        } catch (RefusedException e) {
            exchange.fail(e.code(), e.getMessage());
            if (e.last()) {
                exchange.disconnect(e.code(), "it asks although it was told to wait; " + e.getMessage());
            }
            return REFUSED;
        }
    }

    private static Task task(IncomingExchange exchange) {
        try {
            return Task.read(exchange.task(), exchange.body());
        } catch (MalformedTaskException e) {
            throw new RefusedException(ErrorCode.UNSUPPORTED_TASK, e.getMessage(), e);
        }
    }
}
