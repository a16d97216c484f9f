package dev.tandem.hil.relay;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Calls once, at the earliest of the times that it was set to. Only the event loop touches it. */
final class Alarm {
    private final EventLoop loop;
    private final Link link;
    private final Runnable call;
    private Future<?> timer;
    private long timerNs = Link.NEVER;

    Alarm(EventLoop loop, Link link, Runnable call) {
        this.loop = loop;
        this.link = link;
        this.call = call;
    }

    /** By the link's clock; {@link Link#NEVER} changes nothing. */
    void at(long ns) {
        if (ns >= timerNs) {
            return;
        }
        cancel();
        timerNs = ns;
        timer = loop.schedule(() -> {
            timer = null;
            timerNs = Link.NEVER;
            call.run();
        }, ns - link.nowNs(), TimeUnit.NANOSECONDS);
    }

    void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        timerNs = Link.NEVER;
    }
}
