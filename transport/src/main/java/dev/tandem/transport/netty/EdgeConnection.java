package dev.tandem.transport.netty;

import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Bye;
import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameRules;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.HelloAck;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.security.cert.X509Certificate;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One device's connection as the edge sees it: hello, frames, end. All state belongs to the event loop; what other threads call
 * says so. Frames own heap arrays, so nothing here is reference counted.
 */
final class EdgeConnection extends SimpleChannelInboundHandler<Frame> {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeConnection.class);
    /** After an ERROR the socket stays open this long, so that a reset does not overtake the reason. */
    private static final int LINGER_MILLIS = 1_000;

    private final Edge edge;
    private final FrameDecoder decoder;
    private final EdgeExchanges exchanges;
    private final Object writable = new Object();
    private Channel channel;
    private volatile String device = "unknown";
    private ScheduledFuture<?> helloTimer;
    private boolean open;
    private boolean draining;
    private boolean closing;
    private String closeReason = "the device closed the connection";

    EdgeConnection(Edge edge, FrameDecoder decoder) {
        super(Frame.class);
        this.edge = edge;
        this.decoder = decoder;
        this.exchanges = new EdgeExchanges(this, edge);
    }

    /** Name of the device, from its certificate. Any thread. */
    String device() {
        return device;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
        edge.connections().add(this);
        long millis = edge.settings().handshake().toMillis();
        helloTimer = context.executor().schedule(
                () -> refuse(ErrorCode.HANDSHAKE_TIMEOUT, "no hello within [" + millis + "] ms of connecting"), millis,
                TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Frame frame) {
        if (closing) {
            return;
        }
        switch (frame.type()) {
            case HELLO -> hello(context, Hello.read(frame));
            case ASK -> exchanges.ask(frame, Ask.read(frame), draining);
            case SLICE -> exchanges.slice(frame);
            case CANCEL -> exchanges.cancel(frame);
            case PING -> send(Frame.of(FrameType.PONG, 0, frame.payload()));
            case PONG -> {
            }
            case BYE -> close("the device said goodbye: " + Bye.read(frame).reason());
            case ERROR -> failed(frame);
            default -> throw new FrameException(ErrorCode.UNEXPECTED_FRAME, "frame [" + frame.type() + "] on an edge");
        }
    }

    private void hello(ChannelHandlerContext context, Hello hello) {
        Failure refusal = HelloCheck.refusal(hello, edge.settings().pack());
        if (refusal != null) {
            refuse(refusal.known(), refusal.message());
            return;
        }
        helloTimer.cancel(false);
        open = true;
        decoder.rules(FrameRules.open(End.DEVICE, edge.settings().limits()));
        long idleMillis = edge.settings().limits().idle().toMillis();
        // next to the socket: a large slice on a thin link is many reads before it is a frame
        context.pipeline().addFirst(
                new IdleStateHandler(idleMillis, Math.max(1, idleMillis / 3), 0, TimeUnit.MILLISECONDS));
        send(new HelloAck(Hello.VERSION, edge.settings().pack(), edge.settings().limits(), Software.NAME).toFrame());
        LOG.info("device [{}] at [{}] connected, software [{}]", device, channel.remoteAddress(), hello.software());
        if (draining) {
            drain();
        }
    }

    private void failed(Frame frame) {
        Failure failure = Failure.read(frame);
        if (frame.exchange() == 0) {
            close("the device reported: " + failure.message());
        } else {
            exchanges.cancel(frame);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls) {
            if (tls.isSuccess()) {
                device = nameOf(context);
            } else if (!closing) {
                TlsFailure failure = TlsFailure.of(tls.cause(), End.EDGE);
                edge.counters().countEnd(failure.code());
                LOG.warn("device at [{}] refused: {}", channel.remoteAddress(), failure.reason());
                closing = true;
            }
        } else if (event instanceof IdleStateEvent idle && idle.state() == IdleState.WRITER_IDLE) {
            send(Frame.of(FrameType.PING, 0, new byte[Long.BYTES])); // a long upload on a thin link hears nothing else
        } else if (event instanceof IdleStateEvent && !closing) {
            refuse(ErrorCode.IDLE, "nothing came from the device for [" + edge.settings().limits().idle() + "]");
        }
        context.fireUserEventTriggered(event);
    }

    private static String nameOf(ChannelHandlerContext context) {
        try {
            return HostNames.peerName((X509Certificate) context.pipeline().get(SslHandler.class).engine().getSession()
                    .getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException("TLS finished without the device's certificate", e);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        if (closing) {
            return;
        }
        FrameException broken = Causes.find(thrown, FrameException.class);
        if (broken != null) {
            refuse(broken.code(), "a frame of the device breaks the protocol: " + broken.getMessage());
        } else {
            LOG.debug("connection of device [{}] broke", device, thrown);
            close("the connection broke: " + Causes.deepest(thrown));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        wake();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        helloTimer.cancel(false);
        edge.connections().remove(this);
        exchanges.endAll(ErrorCode.PEER_CLOSED, closeReason);
        if (open) {
            LOG.info("device [{}] at [{}] disconnected: {}", device, channel.remoteAddress(), closeReason);
        }
        context.fireChannelInactive();
    }

    /** Ends the connection with an ERROR. */
    private void refuse(ErrorCode code, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        closeReason = reason;
        edge.counters().countEnd(code);
        LOG.warn("device [{}] at [{}] refused: {}", device, channel.remoteAddress(), reason);
        exchanges.endAll(code, reason);
        send(Failure.of(code, reason).toFrame(0));
        channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void close(String reason) {
        closing = true;
        closeReason = reason;
        channel.close();
    }

    /** Says BYE and closes when the last exchange has ended. Any thread. */
    void drain() {
        onLoop(() -> {
            draining = true;
            if (open && !closing) {
                send(new Bye("the edge is shutting down").toFrame());
            }
            closeIfDrained();
        });
    }

    /** Ends what is left and closes. Any thread. */
    void abort(String reason) {
        onLoop(() -> {
            exchanges.endAll(ErrorCode.SHUTTING_DOWN, reason);
            close(reason);
        });
    }

    void closeIfDrained() {
        if (draining && !closing && exchanges.isEmpty()) {
            close("the edge has shut down");
        }
    }

    /** Writes and flushes. Any thread. */
    void send(Frame frame) {
        channel.writeAndFlush(frame, channel.voidPromise());
    }

    /** Sends the terminal frame, if one travels, and tidies up. Any thread. */
    void exchangeEnded(EdgeExchange exchange, Frame terminal) {
        if (terminal != null && channel.isActive()) {
            send(terminal);
        }
        wake();
        onLoop(() -> exchanges.settle(exchange));
    }

    /** Any thread. */
    void countEnd(EdgeExchange exchange, ErrorCode code, String reason) {
        edge.counters().countEnd(code);
        LOG.info("exchange [{}] of device [{}] ended with {}: {}", exchange.id(), device, code, reason);
    }

    /** Any thread. */
    void countAnswer() {
        edge.counters().countAnswer();
    }

    /** Blocks a handler's thread while the device reads too slowly, until the exchange ends. Never on the event loop. */
    void awaitWritable(EdgeExchange exchange, int pollMillis) {
        synchronized (writable) {
            while (!channel.isWritable() && !exchange.cancelled() && !channel.eventLoop().inEventLoop()) {
                try {
                    writable.wait(pollMillis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private void wake() {
        synchronized (writable) {
            writable.notifyAll();
        }
    }

    /** Runs on the event loop, now or soon; not at all when the loop has gone, and the connection with it. */
    void onLoop(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
        } else if (!channel.eventLoop().isShutdown()) {
            try {
                channel.eventLoop().execute(task);
            } catch (RejectedExecutionException e) {
                LOG.debug("event loop gone", e);
            }
        }
    }

    ScheduledFuture<?> schedule(Runnable task, long millis) {
        return channel.eventLoop().schedule(task, millis, TimeUnit.MILLISECONDS);
    }
}
