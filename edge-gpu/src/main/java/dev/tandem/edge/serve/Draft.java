package dev.tandem.edge.serve;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.Decoding;
import dev.tandem.method.Evidence;
import dev.tandem.method.HeadSection;
import dev.tandem.pack.PackException;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import dev.tandem.transport.frame.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A first preview from the slices that are here while others are on their way: over a slow link a person sees something
 * early, and the answer replaces it. It never fails an exchange, since the answer follows anyway.
 */
final class Draft implements Work, Sink {
    /** A picture that is whole sooner than this is worth waiting for. */
    static final Duration NOT_BEFORE = Duration.ofMillis(250);
    private static final Logger LOG = LoggerFactory.getLogger(Draft.class);

    private final LinkWork answer;
    private final SliceFeed feed;
    private final HeadSection<?> head;
    private final Task task;
    private final Answerer answerer;

    /** {@code answer} is what it comes before. */
    Draft(LinkWork answer, SliceFeed feed, HeadSection<?> head, Task task, Answerer answerer) {
        this.answer = answer;
        this.feed = feed;
        this.head = head;
        this.task = task;
        this.answerer = answerer;
    }

    @Override
    public String device() {
        return answer.device();
    }

    @Override
    public void run() {
        try {
            Optional<Evidence> here = feed.lend(Decoding::evidence);
            if (here.isPresent()) {
                answerer.draft(head, task, here.get(), this);
            } else {
                answer.notDrafted();
            }
        } catch (IllegalArgumentException | CorruptBitstreamException | PackException e) {
            LOG.debug("no first preview: {}", e.getMessage());
        }
    }

    @Override
    public void refused(ErrorCode code, String why) {
        LOG.debug("no first preview: {} {}", code, why);
    }

    /** Pictures only: words go on from the last ones, so a draft's would stay. */
    @Override
    public void part(Part part) {
        if (part instanceof Part.Picture && !cancelled()) {
            answer.part(part);
        }
    }

    @Override
    public boolean cancelled() {
        return answer.whole() || answer.cancelled();
    }
}
