package dev.tandem.hil.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;

/**
 * One direction of a TCP connection: sits on the channel it reads from; its {@link Outlet} writes to the other one.
 * Reads only while the link has room, so that what the link cannot take waits in the sender's own buffers. A stream's
 * end and a reset travel like data, behind it. Owns the payloads between reading and writing. Only the event loop
 * touches it.
 */
final class Pump extends ChannelInboundHandlerAdapter {
    /** What may be on its way at once where no rate and no queue bounds it: near Linux' largest window. */
    private static final long WINDOW_BYTES = 4 << 20;

    private final Way way;
    private final Link link;
    private final Counters counters;
    private final int headerBytes;
    private final Outlet outlet;
    private final Alarm alarm;
    private Pump back;
    private SocketChannel from;
    private boolean reading;
    /** Nothing more is read. */
    private boolean ended;
    /** The end is a reset. */
    private boolean broken;
    /** The end has arrived at the receiver. */
    private boolean shut;

    Pump(EventLoop loop, Way way, Link link, Counters counters, int headerBytes) {
        this.way = way;
        this.link = link;
        this.counters = counters;
        this.headerBytes = headerBytes;
        this.outlet = new Outlet(way, link, counters, headerBytes, this::arrived);
        this.alarm = new Alarm(loop, link, this::resume);
    }

    /** Begins to move bytes; {@code other} is the pump of the other direction. Both channels are connected. */
    void start(SocketChannel source, SocketChannel target, Pump other) {
        from = source;
        back = other;
        outlet.start(target);
        resume();
    }

    /** Looks again whether something may be read or written: the link has changed. */
    void resume() {
        alarm.at(outlet.drain());
        pull();
    }

    /** Releases what was on its way: nobody is there to take it. */
    void discard() {
        ended = true;
        alarm.cancel();
        outlet.discard();
    }

    private void pull() {
        long now = link.nowNs();
        // While the link is cut one segment is let in, so that the sender's time-outs run; the next pull comes when it
        // heals.
        boolean waits = link.cut(now) && !outlet.isEmpty();
        if (reading || ended || from == null || waits || outlet.bytes() >= WINDOW_BYTES) {
            return;
        }
        long roomNs = link.segments(way).roomAtNs(now, headerBytes);
        if (roomNs > now) {
            alarm.at(roomNs);
        } else {
            reading = true;
            from.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf read = (ByteBuf) message;
        try {
            while (!outlet.gone() && read.isReadable()) {
                int bytes = Math.min(read.readableBytes(), Segment.PAYLOAD);
                send(read.readRetainedSlice(bytes), bytes);
            }
        } finally {
            read.release();
        }
    }

    private void send(ByteBuf payload, int bytes) {
        Segment<ByteBuf> segment = link.segments(way).send(link.nowNs(), payload, bytes, headerBytes, link.rttNs());
        if (segment.lost() && payload != null) {
            counters.add(way, Outcome.LOST);
        }
        outlet.add(segment);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        resume();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            end(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(true);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(true);
        if (back != null) {
            back.discard();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (back != null) {
            back.resume();
        }
    }

    private void end(boolean reset) {
        if (!ended) {
            ended = true;
            broken = reset;
            send(null, 0);
            alarm.at(outlet.drain());
        }
    }

    private void arrived() {
        SocketChannel to = outlet.target();
        if (broken) {
            to.config().setOption(ChannelOption.SO_LINGER, 0); // a reset here too
            to.close();
            return;
        }
        // The listener runs when all before it is written; closing sooner would throw that away.
        to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            shut = true;
            to.shutdownOutput();
            if (back.shut) {
                from.close();
                to.close();
            }
        });
    }
}
