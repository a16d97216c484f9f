package dev.tandem.hil.lab.attack;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Good QUIC with bad content: tricks on their streams or on the wrong one, datagrams, streams left half-open, peers
 * that vanish.
 */
final class QuicAttacker implements Attack.Attacker {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int MANY_STREAMS = 140;
    private static final long WINDOW = 1 << 20;
    /**
     * Connection ids that it would keep: so many as QUIC asks at least, or so many that an edge without a bound makes
     * nothing else.
     */
    private static final int[] CONNECTION_IDS = {2, 1_024, Integer.MAX_VALUE};

    private final Target target;
    private final QuicSslContext tls;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    QuicAttacker(Target target) {
        this.target = target;
        this.tls = QuicSslContextBuilder.forClient()
                .keyManager(target.credentials().key().toFile(), null, target.credentials().certificate().toFile())
                .trustManager(target.credentials().trust().toFile()).applicationProtocols("tandem").build();
    }

    /** Takes what comes and forgets it. */
    private static final class Deaf extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Channel) {
                context.fireChannelRead(message);
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close(); // the edge has ended it, as it should
        }

        @Override
        public boolean isSharable() {
            return true;
        }
    }

    @Override
    public void strike(SplittableRandom random) throws IOException, InterruptedException {
        Channel udp = socket(CONNECTION_IDS[random.nextInt(CONNECTION_IDS.length)]);
        try {
            Future<QuicChannel> connecting = QuicChannel.newBootstrap(udp).handler(new Deaf()).streamHandler(new Deaf())
                    .remoteAddress(new InetSocketAddress(Target.HOST, target.port())).connect();
            if (!connecting.await(CONNECT_MILLIS) || !connecting.isSuccess()) {
                throw new IOException("no QUIC connection", connecting.cause());
            }
            strike(connecting.getNow(), random);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(150));
            if (random.nextInt(4) != 0) { // else it vanishes without a word
                connecting.getNow().close(true, random.nextInt(64), Unpooled.EMPTY_BUFFER).await(CONNECT_MILLIS);
            }
        } finally {
            udp.close().await(CONNECT_MILLIS);
        }
    }

    private Channel socket(int connectionIds) throws InterruptedException {
        return new Bootstrap().group(loop).channel(NioDatagramChannel.class)
                .handler(new QuicClientCodecBuilder()
                        .sslEngineProvider(channel -> tls.newEngine(channel.alloc(), Target.HOST, target.port()))
                        .activeConnectionIdLimit(connectionIds).maxIdleTimeout(5_000, TimeUnit.MILLISECONDS)
                        .initialMaxData(WINDOW).initialMaxStreamDataBidirectionalLocal(WINDOW)
                        .initialMaxStreamDataUnidirectional(WINDOW).initialMaxStreamsUnidirectional(8)
                        .datagram(64, 64).build())
                .bind(0).sync().channel();
    }

    private void strike(QuicChannel quic, SplittableRandom random) throws IOException, InterruptedException {
        if (random.nextInt(16) == 0) { // an exchange before the hello: this stream is the control stream
            send(stream(quic), Trick.ask(1, 1));
            return;
        }
        QuicStreamChannel control = stream(quic);
        send(control, Trick.hello(target.pack()));
        TimeUnit.MILLISECONDS.sleep(40); // whoever is quicker is out of place, which the first case above is
        Trick trick = Trick.values()[random.nextInt(Trick.values().length)];
        List<byte[]> pieces = trick.pieces(target.pack(), random);
        switch (random.nextInt(4)) {
            case 0 -> {
                for (byte[] piece : pieces) {
                    send(control, piece);
                }
            }
            case 1 -> datagrams(quic, random);
            case 2 -> halfOpen(quic, random);
            default -> {
                QuicStreamChannel exchange = stream(quic);
                for (byte[] piece : pieces) {
                    send(trick == Trick.TOO_MANY ? stream(quic) : exchange, piece);
                }
                if (random.nextInt(3) == 0) {
                    exchange.shutdownOutput(random.nextInt(64)); // a reset in mid-exchange
                }
            }
        }
    }

    private static void datagrams(QuicChannel quic, SplittableRandom random) throws IOException, InterruptedException {
        send(stream(quic), Trick.ask(1, 4));
        for (int i = 0; i < 100; i++) {
            byte[] bytes = switch (random.nextInt(5)) {
                case 0 -> Trick.bytes(1 + random.nextInt(1_000), random);
                case 1 -> Trick.ask(1 + random.nextInt(4), 1);
                case 2 -> Trick.slice(1 + random.nextLong(1L << 32), random.nextInt(8), 200, random);
                case 3 -> Trick.slice(2 + random.nextInt(60), random.nextInt(8), 1_000, random);
                default -> Trick.slice(1, random.nextInt(1 << 16), 100, random);
            };
            quic.writeAndFlush(Unpooled.wrappedBuffer(bytes));
        }
    }

    private static void halfOpen(QuicChannel quic, SplittableRandom random) throws IOException, InterruptedException {
        for (int i = 1 + random.nextInt(MANY_STREAMS); i > 0 && quic.isActive(); i--) {
            byte[] ask = Trick.ask(i, 1);
            send(stream(quic), Arrays.copyOf(ask, random.nextInt(ask.length)));
        }
    }

    private static QuicStreamChannel stream(QuicChannel quic) throws IOException, InterruptedException {
        Future<QuicStreamChannel> made = quic.createStream(QuicStreamType.BIDIRECTIONAL, new Deaf());
        if (!made.await(CONNECT_MILLIS) || !made.isSuccess()) {
            throw new IOException("no stream", made.cause());
        }
        return made.getNow();
    }

    private static void send(QuicStreamChannel stream, byte[] bytes) {
        stream.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, CONNECT_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}
