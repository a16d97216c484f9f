package dev.tandem.transport.netty;

import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Bye;
import dev.tandem.transport.frame.Done;
import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameRules;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.HelloAck;
import dev.tandem.transport.frame.LinkLimits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device's connection: hello, exchanges, end. All state belongs to the event loop; what other threads call says so. Frames own
 * heap arrays, so nothing here is reference counted.
 */
final class DeviceConnection extends SimpleChannelInboundHandler<Frame> {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceConnection.class);

    private record Ping(long sentNanos, CompletableFuture<Duration> answer) {}

    private final ClientSettings settings;
    private final FrameDecoder decoder;
    private final CompletableFuture<HelloAck> opened = new CompletableFuture<>();
    private final Map<Long, DeviceExchange> exchanges = new LinkedHashMap<>();
    private final Queue<Ping> pings = new ArrayDeque<>();
    private Channel channel;
    private volatile LinkLimits limits;
    private volatile boolean usable;
    private boolean tlsDone;
    private long highest;
    private ErrorCode endCode;
    private String endReason;

    DeviceConnection(ClientSettings settings, FrameDecoder decoder) {
        super(Frame.class);
        this.settings = settings;
        this.decoder = decoder;
    }

    /** Completes after HELLO_ACK, or with a {@link PeerException}. */
    CompletableFuture<HelloAck> opened() {
        return opened;
    }

    SocketAddress remote() {
        return channel.remoteAddress();
    }

    /** What the edge takes; null before HELLO_ACK. Any thread. */
    LinkLimits limits() {
        return limits;
    }

    /** Whether questions can be asked. Any thread. */
    boolean usable() {
        return usable;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls) {
            if (tls.isSuccess()) {
                tlsDone = true;
                send(new Hello(Hello.VERSION, Hello.VERSION, settings.pack(), Software.NAME).toFrame());
            } else {
                tlsFailed(tls.cause());
            }
        } else if (event instanceof IdleStateEvent idle) {
            if (idle.state() == IdleState.READER_IDLE) {
                end(ErrorCode.IDLE, "nothing came from the edge for [" + limits.idle() + "]", null);
            } else {
                ping(new CompletableFuture<>());
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Frame frame) {
        if (endCode != null) {
            return;
        }
        switch (frame.type()) {
            case HELLO_ACK -> opened(context, HelloAck.read(frame));
            case WORDS, DONE -> answer(frame);
            case ERROR -> failed(frame);
            case PING -> send(Frame.of(FrameType.PONG, 0, frame.payload()));
            case PONG -> pong(frame);
            case BYE -> {
                usable = false;
                LOG.info("edge [{}] says goodbye: {}", remote(), Bye.read(frame).reason());
            }
            default -> throw new FrameException(ErrorCode.UNEXPECTED_FRAME, "frame [" + frame.type() + "] on a device");
        }
    }

    private void opened(ChannelHandlerContext context, HelloAck ack) {
        ErrorCode mismatch = HelloCheck.mismatch(settings.pack(), ack.pack());
        if (mismatch != null || ack.version() != Hello.VERSION) {
            end(mismatch == null ? ErrorCode.UNSUPPORTED_VERSION : mismatch, "hello refused by the device: version ["
                    + ack.version() + "]; " + HelloCheck.difference(settings.pack(), ack.pack()), null);
            return;
        }
        limits = ack.limits();
        decoder.rules(FrameRules.open(End.EDGE, limits));
        long idleMillis = limits.idle().toMillis();
        // next to the socket: a large slice on a thin link is many reads before it is a frame
        context.pipeline().addFirst(
                new IdleStateHandler(idleMillis, Math.max(1, idleMillis / 3), 0, TimeUnit.MILLISECONDS));
        usable = true;
        opened.complete(ack);
    }

    /** Sends a question. Event loop only; exchanges must come in the order of their ids. */
    void ask(DeviceExchange exchange) {
        if (exchange.ended()) {
            return; // cancelled before it was sent: its id is skipped
        }
        if (!usable) {
            exchange.end(endCode == null ? ErrorCode.SHUTTING_DOWN : endCode,
                    endReason == null ? "the edge is shutting down and takes no question" : endReason, null);
            return;
        }
        Ask ask = exchange.ask();
        Failure refusal = refusal(exchange, ask);
        if (refusal != null) {
            exchange.end(refusal.known(), "not sent: " + refusal.message(), null);
            return;
        }
        highest = exchange.id();
        exchanges.put(exchange.id(), exchange);
        long longest = limits.longestDeadline().toMillis();
        long millis = ask.deadlineMillis() == 0 ? longest : Math.min(ask.deadlineMillis(), longest);
        exchange.deadline(channel.eventLoop().schedule(() -> {
            if (exchange.end(ErrorCode.DEADLINE_EXCEEDED, "no answer within the deadline of [" + millis + "] ms",
                    null)) {
                giveUp(exchange);
            }
        }, millis, TimeUnit.MILLISECONDS));
        exchange.frames(ask)
                .forEach(each -> channel.write(each).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE));
        channel.flush();
    }

    private Failure refusal(DeviceExchange exchange, Ask ask) {
        Failure refusal = AskCheck.refusal(ask, ask.question().getBytes(StandardCharsets.UTF_8).length,
                exchanges.size(), limits);
        long total = 0;
        for (byte[] slice : exchange.slices()) {
            total += slice.length;
            if (slice.length > limits.sliceBytes() || total > limits.exchangeBytes()) {
                return Failure.of(ErrorCode.EXCHANGE_TOO_LARGE, "a slice of [" + slice.length + "] bytes, [" + total
                        + "] bytes so far, the edge takes at most " + limits.sliceBytes() + " a slice and "
                        + limits.exchangeBytes() + " an exchange");
            }
        }
        return refusal;
    }

    /** Any thread. */
    void cancel(DeviceExchange exchange) {
        if (exchange.end(ErrorCode.CANCELLED, "the device gave up", null)) {
            onLoop(() -> giveUp(exchange));
        }
    }

    /** Tells the edge that nobody waits any more. Event loop only. */
    void giveUp(DeviceExchange exchange) {
        if (exchanges.remove(exchange.id()) != null && channel.isActive()) {
            send(Frame.cancel(exchange.id()));
        }
    }

    private void answer(Frame frame) {
        DeviceExchange exchange = find(frame);
        if (exchange == null) {
            return;
        }
        if (frame.type() == FrameType.WORDS) {
            exchange.take(frame);
        } else {
            exchanges.remove(exchange.id());
            exchange.done(Done.read(frame));
        }
    }

    private void failed(Frame frame) {
        Failure failure = Failure.read(frame);
        String reason = failure.known() == null
                ? "code [" + failure.code() + "]: " + failure.message()
                : failure.message();
        if (frame.exchange() == 0) {
            end(failure.known(), "the edge ended the connection: " + reason, null);
            return;
        }
        DeviceExchange exchange = find(frame);
        if (exchange != null) {
            exchanges.remove(exchange.id());
            exchange.end(failure.known(), "the edge did not answer: " + reason, null);
        }
    }

    /** The open exchange of a frame; null when it has ended here and the frame is late. */
    private DeviceExchange find(Frame frame) {
        if (frame.exchange() > highest) {
            throw new FrameException(ErrorCode.MALFORMED_FRAME, "frame [" + frame.type() + "] of exchange ["
                    + frame.exchange() + "], which was never opened; the last is " + highest);
        }
        return exchanges.get(frame.exchange());
    }

    /** Event loop only. */
    void ping(CompletableFuture<Duration> answer) {
        if (!usable && exchanges.isEmpty()) {
            answer.completeExceptionally(new PeerException(remote(), 0, endCode == null ? ErrorCode.CLOSED : endCode,
                    endReason == null ? "the connection is closing" : endReason, null));
            return;
        }
        long now = System.nanoTime();
        pings.add(new Ping(now, answer));
        send(Frame.of(FrameType.PING, 0, ByteBuffer.allocate(Long.BYTES).putLong(now).array()));
    }

    private void pong(Frame frame) {
        Ping ping = pings.poll();
        if (ping == null || ByteBuffer.wrap(frame.payload()).getLong() != ping.sentNanos()) {
            throw new FrameException(ErrorCode.UNEXPECTED_FRAME, "PONG without its PING");
        }
        ping.answer().complete(Duration.ofNanos(System.nanoTime() - ping.sentNanos()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        FrameException broken = Causes.find(thrown, FrameException.class);
        if (broken != null && endCode == null) {
            send(Failure.of(broken.code(), broken.getMessage()).toFrame(0));
            end(broken.code(), "a frame of the edge breaks the protocol: " + broken.getMessage(), thrown);
        } else if (opened.isDone()) {
            end(ErrorCode.PEER_CLOSED, "the connection broke: " + Causes.deepest(thrown), thrown);
        } else {
            tlsFailed(thrown);
        }
    }

    private void tlsFailed(Throwable cause) {
        TlsFailure failure = TlsFailure.of(cause, End.DEVICE);
        boolean dropped = tlsDone && failure.code() == ErrorCode.TLS_FAILED;
        end(dropped ? ErrorCode.PEER_CLOSED : failure.code(),
                (dropped ? beforeHello() + " [" + Causes.deepest(cause) + "]" : failure.reason()) + ownFindings(),
                cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(ErrorCode.PEER_CLOSED, opened.isDone()
                ? "the edge closed the connection"
                : beforeHello() + ownFindings(), null);
        context.fireChannelInactive();
    }

    private static String beforeHello() {
        return "the edge closed the connection before its hello; it may have refused this device's certificate, "
                + "or has too many devices: its log says which";
    }

    private String ownFindings() {
        String findings = String.join("; ", Certificates.check(settings.credentials(), null));
        return findings.isEmpty() ? "" : "; this device's own check says: " + findings;
    }

    /** Ends everything that is open, once. Event loop only. */
    void end(ErrorCode code, String reason, Throwable cause) {
        if (endReason != null) {
            return;
        }
        usable = false;
        endCode = code == null ? ErrorCode.PEER_CLOSED : code;
        endReason = reason;
        opened.completeExceptionally(new PeerException(remote(), 0, code, reason, cause));
        for (DeviceExchange exchange : new ArrayList<>(exchanges.values())) {
            exchange.end(endCode, reason, cause);
        }
        exchanges.clear();
        for (Ping ping; (ping = pings.poll()) != null;) {
            ping.answer().completeExceptionally(new PeerException(remote(), 0, endCode, reason, cause));
        }
        channel.close();
    }

    /** Cancels what is open, says BYE and closes. Event loop only. */
    void close() {
        for (DeviceExchange exchange : new ArrayList<>(exchanges.values())) {
            exchange.end(ErrorCode.CLOSED, "the device closed the connection", null);
            giveUp(exchange);
        }
        if (usable && channel.isActive()) {
            send(new Bye("the device is done").toFrame());
        }
        end(ErrorCode.CLOSED, "the device closed the connection", null);
    }

    private void send(Frame frame) {
        channel.writeAndFlush(frame, channel.voidPromise());
    }

    /** Always queued, so that tasks keep the order in which they were handed over; false when the loop has gone. Any thread. */
    boolean onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("event loop gone", e);
            return false;
        }
    }
}
