package dev.tandem.edge.serve;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Point;
import dev.tandem.pack.PackException;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import dev.tandem.transport.edge.Arrival;
import dev.tandem.transport.edge.IncomingExchange;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Slice;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exchange of the link from its ASK to its end: its slices go to the decode threads, then it waits for the model,
 * then its parts go back. Who calls is said at the interfaces; each step hands over to the next.
 */
final class LinkWork implements Arrival, Work, Sink {
    private static final Logger LOG = LoggerFactory.getLogger(LinkWork.class);

    private final IncomingExchange exchange;
    private final HeadSection<?> head;
    private final Task task;
    private final Answerer answerer;
    private final Admission admission;
    private final ServeMeters meters;
    private SliceFeed feed;
    private volatile Request.Picture picture;
    private volatile int slicesHere;
    /** Null where there is none yet. */
    private volatile Draft draft;

    LinkWork(IncomingExchange exchange, HeadSection<?> head, Task task, Answerer answerer, Admission admission,
            ServeMeters meters) {
        this.exchange = exchange;
        this.head = head;
        this.task = task;
        this.answerer = answerer;
        this.admission = admission;
        this.meters = meters;
    }

    /** There will be slices; before any of the other calls. */
    void decode(Decoders decoders, Point point) {
        String device = device();
        feed = new SliceFeed((task, overdue) -> decoders.execute(device, task, overdue), point,
                exchange.slicesAnnounced(), exchange.tiles(), this::fail, this::rested);
        feed.decodeWith(answerer.begin(point, exchange.slicesAnnounced(), exchange.tiles()));
    }

    @Override
    public void slices(List<Slice> fresh) {
        if (feed != null) {
            slicesHere += fresh.size();
            feed.add(fresh.stream().map(LinkWork::arrived).toList());
        }
    }

    private static dev.tandem.method.Slice arrived(Slice slice) {
        return new dev.tandem.method.Slice(slice.index(), slice.tile(), slice.bytes());
    }

    /** Something is decoded and slices are still on their way: time for a first preview, if the model has time too. */
    private void rested() {
        if (task instanceof Task.Preview && exchange.need() == Need.ANY && draft == null
                && slicesHere < exchange.slicesAnnounced() && admission.waiting() == 0
                && System.nanoTime() - exchange.arrivedNanos() >= Draft.NOT_BEFORE.toNanos()) {
            draft = new Draft(this, feed, head, task, answerer);
            admission.submit(draft);
        }
    }

    /** The first preview came at a bad time; another one may be tried. */
    void notDrafted() {
        draft = null;
    }

    /** Whether all of the picture is here that it will be answered from. */
    boolean whole() {
        return picture != null;
    }

    @Override
    public void ready() {
        if (feed == null) {
            admission.submit(this);
        } else {
            feed.finish(decoded -> {
                picture = decoded;
                admission.submit(this);
            });
        }
    }

    /** The exchange has ended, for whatever reason: nothing of it waits any more. */
    void ended() {
        if (feed != null) {
            feed.drop();
        }
        admission.ended(this);
        Draft waits = draft;
        if (waits != null) {
            admission.ended(waits);
        }
    }

    @Override
    public String device() {
        return exchange.fingerprint();
    }

    @Override
    public void run() {
        try {
            Outcome outcome = answerer.answer(
                    new Request(device(), head, task, picture, exchange.arrivedNanos()), this);
            if (!outcome.cancelled()) {
                meters.answered(outcome.head(), task);
                exchange.done(new AnswerSummary(outcome.head(), outcome.counts(), outcome.stageNanos()));
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(Throwable why) {
        switch (why) {
            case RefusedException refused -> refused(refused.code(), refused.getMessage());
            case IllegalArgumentException unfit -> refused(ErrorCode.ANSWER_FAILED, unfit.getMessage());
            case CorruptBitstreamException damaged -> refused(ErrorCode.ANSWER_FAILED, damaged.getMessage());
            case PackException wrong -> refused(ErrorCode.ANSWER_FAILED, wrong.getMessage());
            default -> {
                LOG.warn("exchange {} of device [{}] failed", exchange.id(), exchange.device(), why);
                exchange.fail(why.getMessage() == null ? why.toString() : why.getMessage());
            }
        }
    }

    @Override
    public void refused(ErrorCode code, String why) {
        exchange.fail(code, why);
    }

    @Override
    public void part(Part part) {
        exchange.part(part.code(), part.body());
    }

    @Override
    public boolean cancelled() {
        return exchange.cancelled();
    }
}
