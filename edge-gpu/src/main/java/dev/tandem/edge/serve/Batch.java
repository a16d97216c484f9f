package dev.tandem.edge.serve;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.Evidence;
import dev.tandem.pack.PackException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Requests whose evidence one run of a head's graph reads: the one whose turn it is, and others that wait for theirs,
 * which find it read then. So a turn costs nobody else one, and answers go out in turns as before. On the model thread.
 */
final class Batch {
    /** More make the first one wait longer than they save. */
    static final int MOST = 8;

    private final List<Member> members = new ArrayList<>();

    /** One request and what is here of its picture. */
    record Member(Request request, Evidence evidence) {}

    private Batch(Member first) {
        members.add(first);
    }

    /**
     * A request with those of {@code waiting} that can be read with it, of each other device one at most, so that who
     * asks much makes nobody wait for more; alone where the head reads each alone.
     *
     * @param waiting of each device the next; not asked for where the head reads each alone
     * @param most    requests in all
     * @param known   whether a request's picture is read already
     */
    static Batch of(Request request, Evidence evidence, Supplier<List<Request>> waiting, OpenHeads heads, int most,
            Predicate<Request> known) {
        Batch batch = new Batch(new Member(request, evidence));
        Object alike = evidence == null || most < 2 ? null : heads.alike(request.head(), evidence);
        if (alike == null) {
            return batch;
        }
        for (Request other : waiting.get()) {
            if (batch.members.size() == Math.min(most, MOST)) {
                break;
            }
            if (!other.device().equals(request.device()) && other.head().name().equals(request.head().name())
                    && !known.test(other)) {
                batch.join(other, alike, heads);
            }
        }
        return batch;
    }

    /** What is wrong with another request is said when its own turn comes. */
    private void join(Request other, Object alike, OpenHeads heads) {
        try {
            Evidence evidence = other.picture().decoding().evidence();
            heads.check(other.head(), evidence, other.task());
            if (alike.equals(heads.alike(other.head(), evidence))) {
                members.add(new Member(other, evidence));
            }
        } catch (IllegalArgumentException | CorruptBitstreamException | PackException unfit) {
            return;
        }
    }

    /** The one whose turn it is first; at least that. */
    List<Member> members() {
        return members;
    }
}
