package dev.tandem.transport.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Address validation (RFC 9000, section 8.1): under load a stranger gets a Retry whose token only somebody at that
 * address can send back. Layout and lifetimes: docs/wire.md, section 6; the HMAC is the JDK's. Event loop of the
 * listening socket only.
 */
final class AddressTokens implements QuicTokenHandler {
    private static final byte VERSION = 1;
    private static final int HEAD_BYTES = 1 + 1 + Long.BYTES;
    private static final int MAC_BYTES = 16;
    private static final int MAX_CONNECTION_ID_BYTES = 20;
    private static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long KEY_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final String ALGORITHM = "HmacSHA256";

    private final HandshakeLoad load;
    private final LongSupplier clock;
    private final SecureRandom random = new SecureRandom();
    private final Mac mac;
    private final byte[][] keys = new byte[2][];
    private int keyNumber;
    private long keyMadeNanos;

    AddressTokens(HandshakeLoad load) {
        this(load, System::nanoTime);
    }

    AddressTokens(HandshakeLoad load, LongSupplier clock) {
        this.load = load;
        this.clock = clock;
        try {
            this.mac = Mac.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + ALGORITHM, e);
        }
        newKey(clock.getAsLong());
        keys[0] = keys[1]; // there is no key before the first
    }

    /** Writes a token, so that a Retry is sent; false when there is no load and the handshake may begin at once. */
    @Override
    public boolean writeToken(ByteBuf out, ByteBuf connectionId, InetSocketAddress address) {
        if (!load.high(address)) {
            return false;
        }
        long now = clock.getAsLong();
        if (now - keyMadeNanos > KEY_NANOS) {
            newKey(now);
        }
        byte[] id = ByteBufUtil.getBytes(connectionId);
        byte[] head = ByteBuffer.allocate(HEAD_BYTES).put(VERSION).put((byte) keyNumber).putLong(now).array();
        out.writeBytes(head).writeBytes(sign(keyNumber, head, id, address)).writeBytes(id);
        return true;
    }

    /**
     * Offset of the original connection id in a token of this address that is not too old; -1 for any other. Netty
     * takes everything from there to the end for the id.
     */
    @Override
    public int validateToken(ByteBuf token, InetSocketAddress address) {
        int idBytes = token.readableBytes() - HEAD_BYTES - MAC_BYTES;
        if (idBytes < 0 || idBytes > MAX_CONNECTION_ID_BYTES) {
            return -1;
        }
        byte[] all = ByteBufUtil.getBytes(token);
        ByteBuffer head = ByteBuffer.wrap(all, 0, HEAD_BYTES);
        byte version = head.get();
        int number = head.get();
        long age = clock.getAsLong() - head.getLong();
        boolean knownKey = number == (byte) keyNumber || number == (byte) (keyNumber - 1);
        if (version != VERSION || !knownKey || age < 0 || age > LIFE_NANOS) {
            return -1;
        }
        byte[] expected = sign(number, Arrays.copyOf(all, HEAD_BYTES),
                Arrays.copyOfRange(all, HEAD_BYTES + MAC_BYTES, all.length), address);
        byte[] found = Arrays.copyOfRange(all, HEAD_BYTES, HEAD_BYTES + MAC_BYTES);
        return MessageDigest.isEqual(expected, found) ? HEAD_BYTES + MAC_BYTES : -1;
    }

    @Override
    public int maxTokenLength() {
        return HEAD_BYTES + MAX_CONNECTION_ID_BYTES + MAC_BYTES;
    }

    private byte[] sign(int number, byte[] head, byte[] connectionId, InetSocketAddress address) {
        try {
            mac.init(new SecretKeySpec(keys[number & 1], ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK refuses its own key", e);
        }
        mac.update(head);
        mac.update(connectionId);
        mac.update(address.getAddress().getAddress());
        mac.update((byte) (address.getPort() >> 8));
        mac.update((byte) address.getPort());
        return Arrays.copyOf(mac.doFinal(), MAC_BYTES);
    }

    private void newKey(long now) {
        keyNumber++;
        keyMadeNanos = now;
        byte[] key = new byte[32];
        random.nextBytes(key);
        keys[keyNumber & 1] = key;
    }
}
